/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/fields.h"

static JsonNode *
node_from (const char *text)
{
  return json_from_string (text, NULL);
}

static void
test_fields_all_right (void **state)
{
  g_autoptr (JsonNode) node = node_from (
      "{\"t\": \"a text\", \"w\": \"a-word\", \"n\": 3, \"x\": \"0x08020000\", \"f\": true,"
      " \"a\": [1], \"o\": {}, \"l\": [\"b\", \"c\"]}");
  g_auto (JmpFields) fields = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *word = NULL;
  g_autofree char *none = NULL;
  g_auto (GStrv) words = NULL;

  jmp_fields_init (&fields, node, "thing %d", 4);
  text = jmp_fields_text (&fields, "t", 6, JMP_FIELD_REQUIRED);
  word = jmp_fields_word (&fields, "w", 6, JMP_FIELD_OPTIONAL);
  none = jmp_fields_word (&fields, "missing", 6, JMP_FIELD_OPTIONAL);
  assert_int_equal (jmp_fields_number (&fields, "n", 3), 3);
  assert_int_equal (jmp_fields_address (&fields, "x"), 0x08020000);
  assert_true (jmp_fields_flag (&fields, "f", JMP_FIELD_REQUIRED));
  assert_false (jmp_fields_flag (&fields, "g", JMP_FIELD_OPTIONAL));
  assert_int_equal (json_array_get_length (jmp_fields_array (&fields, "a", 1)), 1);
  assert_non_null (jmp_fields_object (&fields, "o"));
  words = jmp_fields_words (&fields, "l", 2);
  assert_string_equal (text, "a text");
  assert_string_equal (word, "a-word");
  assert_null (none);
  assert_string_equal (words[1], "c");
  assert_true (jmp_fields_end (&fields, &error));
  assert_no_error (error);
}

typedef void (*Asker) (JmpFields *fields);

static void
ask_text (JmpFields *fields)
{
  g_free (jmp_fields_text (fields, "a", 5, JMP_FIELD_REQUIRED));
}

static void
ask_word (JmpFields *fields)
{
  g_free (jmp_fields_word (fields, "a", 5, JMP_FIELD_REQUIRED));
}

static void
ask_number (JmpFields *fields)
{
  jmp_fields_number (fields, "a", 9);
}

static void
ask_address (JmpFields *fields)
{
  jmp_fields_address (fields, "a");
}

static void
ask_flag (JmpFields *fields)
{
  jmp_fields_flag (fields, "a", JMP_FIELD_OPTIONAL);
}

static void
ask_array (JmpFields *fields)
{
  jmp_fields_array (fields, "a", 1);
}

static void
ask_object (JmpFields *fields)
{
  jmp_fields_object (fields, "a");
}

static void
ask_words (JmpFields *fields)
{
  g_strfreev (jmp_fields_words (fields, "a", 2));
}

static void
ask_nothing (JmpFields *fields)
{
}

static const struct {
  const char *json;
  Asker ask;
  const char *message;
} wrong[] = {
  { "[]", ask_nothing, "thing: not an object" },
  { "{\"a\": 1}", ask_nothing, "a member that is not known" },
  { "{\"a\": 1, \"b\": 1}", ask_number, "a member that is not known" },
  { "{}", ask_text, "thing: no \"a\"" },
  { "{}", ask_number, "no \"a\"" },
  { "{\"a\": 1}", ask_text, "not a line of text of at most 5" },
  { "{\"a\": \"longer\"}", ask_text, "not a line of text" },
  { "{\"a\": \"\"}", ask_text, "not a line of text" },
  { "{\"a\": \"a/b\"}", ask_word, "not a plain name" },
  { "{\"a\": \"..\"}", ask_word, "not a plain name" },
  { "{\"a\": \"b c\"}", ask_word, "not a plain name" },
  { "{\"a\": 10}", ask_number, "not a number from 0 to 9" },
  { "{\"a\": -1}", ask_number, "not a number" },
  { "{\"a\": 1.5}", ask_number, "not a number" },
  { "{\"a\": \"1\"}", ask_number, "not a number" },
  { "{\"a\": null}", ask_number, "not a number" },
  { "{\"a\": \"0x0800000\"}", ask_address, "not an address" },
  { "{\"a\": \"0x080000000\"}", ask_address, "not an address" },
  { "{\"a\": \"0x-8000000\"}", ask_address, "not an address" },
  { "{\"a\": \"0x0800000g\"}", ask_address, "not an address" },
  { "{\"a\": 134217728}", ask_address, "not an address" },
  { "{\"a\": 1}", ask_flag, "neither true nor false" },
  { "{\"a\": null}", ask_flag, "neither true nor false" },
  { "{\"a\": {}}", ask_array, "not an array of at most 1" },
  { "{\"a\": [1, 2]}", ask_array, "not an array of at most 1" },
  { "{}", ask_object, "no \"a\"" },
  { "{\"a\": []}", ask_object, "not an object" },
  { "{\"a\": [\"b\", \"b\"]}", ask_words, "not plain, or twice" },
  { "{\"a\": [1]}", ask_words, "not plain, or twice" },
  { "{\"a\": [[]]}", ask_words, "not plain, or twice" },
};

static void
test_fields_say_what_is_wrong (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (JsonNode) node = node_from (wrong[i].json);
    g_auto (JmpFields) fields = { 0 };
    g_autoptr (GError) error = NULL;

    jmp_fields_init (&fields, node, "thing");
    wrong[i].ask (&fields);
    if (jmp_fields_end (&fields, &error))
      fail_msg ("%s: accepted", wrong[i].json);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, wrong[i].message);
  }
}

/* After the first thing that is wrong, everything is empty and nothing crashes. */
static void
test_fields_are_empty_after_an_error (void **state)
{
  g_auto (JmpFields) fields = { 0 };
  g_auto (GStrv) words = NULL;

  jmp_fields_init (&fields, NULL, "thing");
  assert_null (jmp_fields_text (&fields, "a", 5, JMP_FIELD_REQUIRED));
  assert_int_equal (jmp_fields_number (&fields, "a", 5), 0);
  assert_int_equal (jmp_fields_address (&fields, "a"), 0);
  assert_null (jmp_fields_array (&fields, "a", 5));
  assert_null (jmp_fields_object (&fields, "a"));
  words = jmp_fields_words (&fields, "a", 5);
  assert_null (words[0]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fields_all_right),
    cmocka_unit_test (test_fields_say_what_is_wrong),
    cmocka_unit_test (test_fields_are_empty_after_an_error),
  };

  return cmocka_run_group_tests_name ("core/board/fields", tests, NULL, NULL);
}
