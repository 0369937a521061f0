/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/json.h"

static const struct {
  const char *name;
  const char *text;
  const char *message;
} cases[] = {
  { "an object", "{\"a\": [1, 2.5, true, null, \"b\"]}", NULL },
  { "an array", " [ ] ", NULL },
  { "brackets in a string", "[\"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[\"]", NULL },
  { "an escaped quote", "[\"\\\"\", 1]", NULL },
  { "the same name in two objects", "[{\"a\": 1}, {\"a\": {\"a\": 2}}]", NULL },
  { "nothing", "", "nothing in it" },
  { "space", " \n", "nothing in it" },
  { "half", "{\"a\":", "not JSON" },
  { "HTML", "<!DOCTYPE html>", "a byte 0x3c at offset 0" },
  { "a comment", "/* [ */ []", "a byte 0x2f at offset 0" },
  { "a line comment", "[] // ]", "a byte 0x2f" },
  { "a hash comment", "# x\n[]", "a byte 0x23" },
  { "other quotes", "['a']", "a byte 0x27" },
  { "an assignment", "var x = {}", "a byte 0x76" },
  { "not UTF-8", "[\"\xff\"]", "not UTF-8" },
  { "a member twice", "{\"a\": 1, \"a\": 2}", "\"a\" has a member twice" },
  { "a member twice, inside", "[[{\"b\": {\"a\": {}, \"c\": 0, \"a\": {}}}]]", "twice" },
  { "two documents", "{} {}", "not JSON" },
  { "an open string", "[\"a", "not JSON" },
};

static void
test_json_takes_json_alone (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) root = jmp_json_parse (bytes, 1000, &error);

    if ((root != NULL) != (cases[i].message == NULL))
      fail_msg ("%s: %s", cases[i].name, error != NULL ? error->message : "accepted");
    if (root == NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

static void
test_json_limits_depth (void **state)
{
  for (guint depth = JMP_JSON_MAX_DEPTH; depth <= JMP_JSON_MAX_DEPTH + 1; depth++) {
    g_autofree char *open = g_strnfill (depth, '[');
    g_autofree char *close = g_strnfill (depth, ']');
    g_autoptr (GBytes) bytes = g_bytes_new_take (g_strconcat (open, close, NULL), 2 * depth);
    g_autoptr (GError) error = NULL;
    g_autoptr (JsonNode) root = jmp_json_parse (bytes, 1000, &error);

    assert_int_equal (root != NULL, depth == JMP_JSON_MAX_DEPTH);
  }
}

/* A parser that calls itself for each of these would leave its stack. */
static void
test_json_survives_a_million_brackets (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_strnfill (1000000, '['), 1000000);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_json_parse (bytes, G_MAXSIZE, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "deeper than 32");
}

static void
test_json_limits_size_and_refuses_nul (void **state)
{
  g_autoptr (GBytes) nul = g_bytes_new_static ("[1\0]", 4);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("[1]", 3);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_json_parse (nul, 10, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not UTF-8");
  g_clear_error (&error);
  assert_null (jmp_json_parse (bytes, 2, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "3 bytes are more than 2");
}

static void
test_json_plain_text (void **state)
{
  assert_true (jmp_json_text_is_plain ("Pyboard v1.1 \xc3\xa4", 20));
  assert_false (jmp_json_text_is_plain ("", 20));
  assert_false (jmp_json_text_is_plain ("too long", 7));
  assert_false (jmp_json_text_is_plain ("two\nlines", 20));
  assert_false (jmp_json_text_is_plain ("\x1b[2J", 20));
  assert_false (jmp_json_text_is_plain ("cod.\xe2\x80\xae"
                                        "ufd",
                                        20));
  assert_false (jmp_json_text_is_plain ("\xff", 20));
}

static void
test_json_getters_say_not_there (void **state)
{
  static const char text[] =
      "{\"s\": \"text\", \"n\": 5, \"d\": 5.5, \"m\": -1, \"t\": true, \"z\": null, \"a\": [{}, 1],"
      " \"e\": \"a\\u0007b\", \"l\": \"one\\ntwo\\u0000\"}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JsonNode) root = jmp_json_parse (bytes, 1000, NULL);
  JsonObject *object = json_node_get_object (root);
  g_autofree char *prose = jmp_json_get_prose (object, "l", 100);
  g_autofree char *cut = jmp_json_get_prose (object, "s", 3);
  guint64 number = 7;

  assert_string_equal (jmp_json_get_text (object, "s", 4), "text");
  assert_null (jmp_json_get_text (object, "s", 3));
  assert_null (jmp_json_get_text (object, "n", 10));
  assert_null (jmp_json_get_text (object, "e", 10));
  assert_null (jmp_json_get_text (object, "z", 10));
  assert_null (jmp_json_get_text (object, "missing", 10));
  assert_string_equal (prose, "one\ntwo");
  assert_string_equal (cut, "tex");
  assert_true (jmp_json_get_number (object, "n", 5, &number));
  assert_int_equal (number, 5);
  assert_false (jmp_json_get_number (object, "n", 4, &number));
  assert_false (jmp_json_get_number (object, "d", 10, &number));
  assert_false (jmp_json_get_number (object, "m", 10, &number));
  assert_false (jmp_json_get_number (object, "s", 10, &number));
  assert_true (jmp_json_get_flag (object, "t"));
  assert_false (jmp_json_get_flag (object, "n"));
  assert_null (jmp_json_get_array (object, "t"));
  assert_non_null (jmp_json_get_element (jmp_json_get_array (object, "a"), 0));
  assert_null (jmp_json_get_element (jmp_json_get_array (object, "a"), 1));
}

/* Notes are cut at a whole character, also where what is not valid grows. */
static void
test_json_prose_is_cut_at_a_character (void **state)
{
  g_autoptr (GString) text = g_string_new ("{\"a\": \"");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;

  for (guint i = 0; i < 100; i++)
    g_string_append (text, "\xe2\x82\xac");
  g_string_append (text, "\"}");
  bytes = g_bytes_new (text->str, text->len);
  root = jmp_json_parse (bytes, 1000, NULL);
  for (gsize max = 1; max <= 20; max++) {
    g_autofree char *prose = jmp_json_get_prose (json_node_get_object (root), "a", max);

    if (prose != NULL && (strlen (prose) > max || !g_utf8_validate (prose, -1, NULL)))
      fail_msg ("%u bytes: %s", (guint)max, prose);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_json_takes_json_alone),
    cmocka_unit_test (test_json_limits_depth),
    cmocka_unit_test (test_json_survives_a_million_brackets),
    cmocka_unit_test (test_json_limits_size_and_refuses_nul),
    cmocka_unit_test (test_json_plain_text),
    cmocka_unit_test (test_json_getters_say_not_there),
    cmocka_unit_test (test_json_prose_is_cut_at_a_character),
  };

  return cmocka_run_group_tests_name ("core/board/json", tests, NULL, NULL);
}
