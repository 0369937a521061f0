/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A small catalogue, and what must be refused of it: one change at a time. */

#include "assert-text.h"

#include "base/error.h"
#include "board/catalogue.h"

#define PIN "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const char small[] =
    "{\"schema\": 1, \"generated\": \"2026-11-21\",\n"
    "\"sources\": [{\"id\": \"site\", \"kind\": \"links\", \"url\": \"https://h/{board}/\"}],\n"
    "\"versions\": [[\"1.2\", \"20260102\"], [\"1.1\", \"20260101\"]],\n"
    "\"pins\": {\"a.dfu\": {\"size\": 5, \"sha256\": \"" PIN "\"}},\n"
    "\"words\": {\"entry.jump\": \"Jump.\", \"variant.DP\": \"Exact.\", \"advice.keys\": "
    "\"Mind.\"},\n"
    "\"boards\": [{\"id\": \"ONE\", \"product\": \"One\", \"vendor\": \"Us\", \"machine\": "
    "\"ONEv1\",\n"
    "\"mcu\": \"STM32\", \"part\": \"STM32X\", \"flash\": 2048, \"map\": 4096, \"ram\": 512,\n"
    "\"sectors\": [[\"0x08000000\", 512, 2], [\"0x08000400\", 1024, 1]],\n"
    "\"regions\": [{\"kind\": \"code\", \"alt\": 0, \"start\": \"0x08000000\", \"size\": 1024,"
    " \"reserved\": false, \"name\": \"code\"}, {\"kind\": \"files\", \"alt\": 0,"
    " \"start\": \"0x08000400\", \"size\": 1024, \"reserved\": false, \"name\": \"files\"}],\n"
    "\"elements\": [\"0x08000000\"], \"leave\": \"0x08000000\", \"boot_loader\": \"st-rom\",\n"
    "\"dfu_ids\": [\"0483:df11\"], \"normal_ids\": [\"f055:9800\"], \"entries\": [\"jump\"],\n"
    "\"variants\": [\"DP\"], \"advice\": [{\"kind\": \"warn\", \"code\": \"keys\"}],\n"
    "\"old_names\": [\"first\"], \"stlink\": false, \"files_internal\": true,\n"
    "\"sources\": [\"site\"], \"since\": \"1.1\", \"page\": \"https://h/\"}]}\n";

/* The small catalogue with the first @from in it replaced. */
static JmpCatalogue *
parse_changed (const char *from, const char *to, GError **error)
{
  GString *text = g_string_new (small);
  g_autoptr (GBytes) bytes = NULL;

  if (from != NULL)
    assert_int_equal (g_string_replace (text, from, to, 1), 1);
  bytes = g_string_free_to_bytes (text);
  return jmp_catalogue_parse (bytes, error);
}

static void
test_catalogue_small (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpCatalogue) catalogue = parse_changed (NULL, NULL, &error);
  JmpBoard *board;

  assert_no_error (error);
  board = jmp_catalogue_find_board (catalogue, "First");
  assert_string_equal (board->id, "ONE");
  assert_int_equal (board->map_size, 4096);
  assert_string_equal (g_array_index (board->entries, JmpWords, 0).words, "Jump.");
  assert_string_equal (g_array_index (board->advice, JmpAdvice, 0).reason.words, "Mind.");
  assert_int_equal (jmp_catalogue_find_pin (catalogue, "a.dfu")->size, 5);
  assert_string_equal (jmp_catalogue_find_pin (catalogue, "a.dfu")->sha256, PIN);
  assert_null (jmp_catalogue_find_pin (catalogue, "b.dfu"));
}

static const struct {
  const char *from;
  const char *to;
  const char *message;
} changes[] = {
  { "\"schema\": 1,", "", "no \"schema\"" },
  { "\"schema\": 1", "\"schema\": \"1\"", "no \"schema\"" },
  { "\"generated\": \"2026-11-21\"", "\"generated\": 5", "\"generated\"" },
  { "{\"schema\": 1", "{\"new\": 1, \"schema\": 1", "not known" },
  { "\"kind\": \"links\"", "\"kind\": \"ftp\"", "no such kind: ftp" },
  { "https://h/{board}/", "http://h/{board}/", "source site: its address" },
  { "\"id\": \"site\",", "\"id\": \"site\", \"allow_http\": true,", "without TLS" },
  { "{\"id\": \"site\", \"kind\": \"links\", \"url\": \"https://h/{board}/\"}",
    "{\"id\": \"site\", \"kind\": \"links\", \"url\": \"https://h/\"},"
    "{\"id\": \"site\", \"kind\": \"links\", \"url\": \"https://h/\"}",
    "two sources site" },
  { "\"1.1\", \"20260101\"", "\"1.2\", \"20260101\"", "\"versions\" element 1" },
  { "\"1.2\", \"20260102\"", "\"1..2\", \"20260102\"", "\"versions\" element 0" },
  { "\"1.2\", \"20260102\"", "\"1.2\", \"2026-1-2\"", "\"versions\" element 0" },
  { "\"1.2\", \"20260102\"", "\"1.2\"", "\"versions\" element 0" },
  { "\"1.2\", \"20260102\"", "\"1.2\", 20260102", "\"versions\" element 0" },
  { "\"a.dfu\"", "\"../a.dfu\"", "not a plain file name" },
  { "\"size\": 5", "\"size\": -5", "\"size\" is not a number" },
  { "aaaaaaaa\"", "AAAAAAAA\"", "not a SHA-256" },
  { "aaaaaaaa\"", "\"", "not a SHA-256" },
  { "{\"size\": 5, \"sha256\": \"" PIN "\"}", "{}", "neither size nor SHA-256" },
  { "\"Jump.\"", "5", "words" },
  { "\"Jump.\"", "\"two\\nlines\"", "words" },
  { "\"id\": \"ONE\"", "\"id\": \"ONE/TWO\"", "board 0: \"id\" is not a plain name" },
  { "\"id\": \"ONE\", ", "", "board 0: no \"id\"" },
  { "\"product\": \"One\"", "\"product\": \"One\\u001b[2J\"", "board 0: \"product\"" },
  { "\"product\": \"One\"", "\"product\": \"\"", "board 0: \"product\"" },
  { "\"flash\": 2048", "\"flash\": 4096", "contradict each other" },
  { "\"map\": 4096", "\"map\": 1024", "contradict each other" },
  { "\"map\": 4096", "\"map\": 99999999999", "\"map\" is not a number" },
  { "[\"0x08000400\", 1024, 1]", "[\"0x08000800\", 1024, 1]", "\"sectors\" element 1" },
  { "[\"0x08000000\", 512, 2]", "[\"0x08000000\", 0, 2]", "\"sectors\" element 0" },
  { "[\"0x08000000\", 512, 2]", "[\"0xfffffe00\", 512, 2]", "\"sectors\" element 0" },
  { "[\"0x08000000\", 512, 2]", "[\"0x08000000\", 4294967295, 65536]", "\"sectors\" element 0" },
  { "[\"0x08000000\", 512, 2]", "[\"0x08000000\", 512, 1.5]", "\"sectors\" element 0" },
  { "\"kind\": \"code\"", "\"kind\": \"secret\"", "board 0, region 0: no such kind" },
  { "\"kind\": \"code\"", "\"kind\": \"option-bytes\"", "board 0, region 0: no such kind" },
  { "\"size\": 1024", "\"size\": 0", "region 0: empty" },
  { "\"size\": 1024", "\"size\": 4294967295", "region 0: empty, or passes 4 GiB" },
  { "\"size\": 1024", "\"size\": 1025", "region 1: overlaps" },
  { "\"alt\": 0", "\"alt\": 1", "region 1: overlaps the one before, or stands in the wrong order" },
  { "\"alt\": 0", "\"alt\": 256", "\"alt\" is not a number" },
  { "\"reserved\": false", "\"reserved\": 0", "\"reserved\"" },
  { "\"elements\": [\"0x08000000\"]", "\"elements\": [134217728]", "\"elements\"" },
  { "\"leave\": \"0x08000000\"", "\"leave\": \"08000000\"", "\"leave\" is not an address" },
  { "\"0483:df11\"", "\"0483:df111\"", "\"dfu_ids\"" },
  { "\"0483:df11\"", "\"0483-df11\"", "\"dfu_ids\"" },
  { "\"0483:df11\"", "", "no USB id in DFU mode" },
  { "[\"jump\"]", "[\"fly\"]", "no words for entry.fly" },
  { "[\"jump\"]", "[\"jump\", \"jump\"]", "twice" },
  { "[\"DP\"]", "[\"SP\"]", "no words for variant.SP" },
  { "\"kind\": \"warn\"", "\"kind\": \"maybe\"", "advice 0: no such kind: maybe" },
  { "\"code\": \"keys\"", "\"code\": \"other\"", "no words for advice.other" },
  { "{\"kind\": \"warn\", \"code\": \"keys\"}",
    "{\"kind\": \"warn\", \"code\": \"keys\"}, {\"kind\": \"refuse\", \"code\": \"keys\"}",
    "more serious than the one before" },
  { "\"sources\": [\"site\"]", "\"sources\": [\"other\"]", "no source other" },
  { "\"since\": \"1.1\", ", "", "no \"since\"" },
  { "\"page\": \"https://h/\"", "\"page\": \"javascript:x\"", "\"page\" is not the address" },
  { "\"stlink\": false", "\"stlink\": null", "neither true nor false" },
  { "\"ram\": 512", "\"ram\": 512, \"ram\": 513", "has a member twice" },
  { "\"old_names\": [\"first\"]", "\"old_names\": [\"first\", \"first\"]", "twice" },
};

static void
test_catalogue_broken_in_one_place (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpCatalogue) catalogue = parse_changed (changes[i].from, changes[i].to, &error);

    if (catalogue != NULL)
      fail_msg ("accepted: %s -> %s", changes[i].from, changes[i].to);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, changes[i].message);
  }
}

/* A second board may not be called as the first is or was. */
static void
test_catalogue_names_stand_once (void **state)
{
  static const char *const ids[] = { "ONE", "one", "FIRST" };
  const char *boards = strstr (small, "{\"id\": \"ONE\"");
  g_autofree char *board = g_strndup (boards, strlen (boards) - strlen ("]}\n"));

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++) {
    GString *other = g_string_new (board);
    g_autofree char *id = g_strdup_printf ("\"id\": \"%s\"", ids[i]);
    g_autofree char *both = NULL;
    g_autoptr (GError) error = NULL;

    g_string_replace (other, "\"id\": \"ONE\"", id, 1);
    g_string_replace (other, "\"first\"", "", 1);
    both = g_strdup_printf ("%s,\n%s", board, other->str);
    g_string_free (other, TRUE);
    assert_null (parse_changed (board, both, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "board 1: another one is called");
  }
}

static void
test_catalogue_of_another_schema (void **state)
{
  g_autoptr (GBytes) newer = g_bytes_new_static ("{\"schema\": 2, \"all\": \"new\"}", 27);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_catalogue_parse (newer, &error));
  assert_error (error,
                JMP_ERROR,
                JMP_ERROR_NOT_SUPPORTED,
                "a catalogue of schema 2, which this version does not know (it knows 1)");
}

/* Cut anywhere, it is refused whole. */
static void
test_catalogue_cut_anywhere (void **state)
{
  gsize end = strlen (small) - strlen ("\n");

  for (gsize size = 0; size < end; size++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (small, size);
    g_autoptr (GError) error = NULL;

    if (jmp_catalogue_parse (bytes, &error) != NULL)
      fail_msg ("%u bytes of %u: accepted", (guint)size, (guint)end);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, NULL);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_catalogue_small),
    cmocka_unit_test (test_catalogue_broken_in_one_place),
    cmocka_unit_test (test_catalogue_names_stand_once),
    cmocka_unit_test (test_catalogue_of_another_schema),
    cmocka_unit_test (test_catalogue_cut_anywhere),
  };

  return cmocka_run_group_tests_name ("core/board/catalogue, broken", tests, NULL, NULL);
}
