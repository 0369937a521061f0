/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "device/practice.h"
#include "words/words-platform.h"
#include "words/words-practice.h"
#include "words/words.h"

#include <string.h>

#define LAST_ERROR JMP_ERROR_USAGE

/* Takes @text and checks it. */
static void
assert_takes (char *text, const char *expected)
{
  g_autofree char *owned = text;

  assert_string_equal (owned, expected);
}

static void
test_words_numbers (void **state)
{
  assert_takes (jmp_words_size (0), "0 bytes");
  assert_takes (jmp_words_size (1), "1 byte");
  assert_takes (jmp_words_size (1023), "1023 bytes");
  assert_takes (jmp_words_size (1024), "1 KiB");
  assert_takes (jmp_words_size (407064), "397.5 KiB");
  assert_takes (jmp_words_size (1152 * 1024), "1152 KiB");
  assert_takes (jmp_words_size (2 * 1024 * 1024), "2 MiB");
  assert_takes (jmp_words_size (G_GUINT64_CONSTANT (4294967296)), "4096 MiB");
  assert_takes (jmp_words_address (0x08004000), "0x08004000");
  assert_takes (jmp_words_range (0x08004000, 112 * 1024), "0x08004000–0x0801FFFF");
  assert_takes (jmp_words_range (0xFFFFFFFF, 1), "0xFFFFFFFF–0xFFFFFFFF");
  assert_takes (jmp_words_speed (42291), "41.3 KiB/s");
  assert_takes (jmp_words_speed (204800), "200 KiB/s");
  assert_takes (jmp_words_speed (-1), "0.0 KiB/s");
  assert_takes (jmp_words_duration (9.84), "9.8 s");
  assert_takes (jmp_words_duration (125.2), "2 min 5 s");
  assert_takes (jmp_words_time_left (0), "1 second left");
  assert_takes (jmp_words_time_left (8.4), "8 seconds left");
  assert_takes (jmp_words_time_left (100), "2 minutes left");
  assert_null (jmp_words_time_left (-1));
  assert_null (jmp_words_time_left (0.0 / 0.0));
  assert_takes (jmp_words_ids (0x0483, 0xDF11), "0483:df11");
}

/* Nobody is told that a row installs what it only shows commands for. */
static void
test_words_lead_to_what_there_is (void **state)
{
  const JmpWordsRule *rule = jmp_words_platform.rule;
  const char *commands;

  if (rule == NULL || rule->leads_to_commands == NULL)
    skip ();
  assert_string_equal (jmp_words_rule_leads (rule, TRUE), rule->leads);
  commands = jmp_words_rule_leads (rule, FALSE);
  assert_non_null (strstr (commands, "commands"));
  assert_null (strstr (commands, "undone"));
}

/* Every error has a sentence of its own, and something to do. */
static void
test_words_of_every_error (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = 0; code <= LAST_ERROR; code++) {
    g_autoptr (GError) error = g_error_new (JMP_ERROR, code, "x");
    const char *headline = jmp_words_error (error);

    assert_true (g_str_has_suffix (headline, "."));
    assert_true (g_str_has_suffix (jmp_words_error_advice (error), "."));
    if (!g_hash_table_add (seen, (gpointer)headline))
      fail_msg ("\"%s\" is said for two errors", headline);
  }
}

static void
test_words_of_a_cancel (void **state)
{
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  assert_string_equal (jmp_words_error (cancelled), "The work was stopped, as you asked.");
}

static void
test_words_details_are_utf8 (void **state)
{
  g_autoptr (GError) error = g_error_new (JMP_ERROR, JMP_ERROR_FILE, "a\xFF.dfu: gone");
  g_autofree char *details = jmp_words_error_details (error);

  assert_true (g_utf8_validate (details, -1, NULL));
}

static JmpDevice *
practice (const char *kind)
{
  g_autoptr (GError) error = NULL;
  JmpDevice *device = jmp_practice_device_parse (kind, &error);

  assert_no_error (error);
  return device;
}

/* A promise that a board cannot be damaged is made only for ST's boot loader in ROM. */
static void
test_words_promise_only_what_is_true (void **state)
{
  static const struct {
    const char *name;
    guint16 vid;
    const char *product;
    gboolean option_bytes;
    gboolean rom;
  } rows[] = {
    { "F4", 0x0483, "STM32  BOOTLOADER", TRUE, TRUE },
    { "F1", 0x0483, "STM32 0x418 DFU Bootloader", TRUE, TRUE },
    { "H7", 0x0483, "DFU in FS Mode", TRUE, TRUE },
    { "a loader in flash, from ST's example", 0x0483, "DFU in FS Mode", FALSE, FALSE },
    { "mboot", 0x0483, "Pyboard DFU", TRUE, FALSE },
    { "another maker", 0x28E9, "STM32  BOOTLOADER", TRUE, FALSE },
    { "no name", 0x0483, NULL, TRUE, FALSE },
  };

  assert_false (jmp_words_has_rom_loader (NULL));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GPtrArray) alts = g_ptr_array_new ();
    JmpDfuAlt flash = { .alt = 0, .name = (char *)"Internal Flash" };
    JmpDfuAlt option_bytes = { .alt = 1, .name = (char *)"Option Bytes" };
    const JmpDfuInfo info = {
      .vid = rows[i].vid,
      .pid = 0xDF11,
      .product = (char *)rows[i].product,
      .alts = alts,
    };

    g_ptr_array_add (alts, &flash);
    if (rows[i].option_bytes)
      g_ptr_array_add (alts, &option_bytes);
    if (jmp_words_has_rom_loader (&info) != rows[i].rom)
      fail_msg ("%s: wrong", rows[i].name);
  }
}

static void
test_words_of_board_states (void **state)
{
  g_autoptr (JmpDevice) device = practice ("virtual:pyboard,speed=0");
  const JmpDfuInfo *info = jmp_device_get_info (device);
  static const struct {
    JmpOutcome outcome;
    const char *with_rom;
    const char *advice;
  } rows[] = {
    { { .state = JMP_BOARD_UNTOUCHED }, "Nothing on the board was changed.", NULL },
    { { .state = JMP_BOARD_UNTOUCHED, .transfers = 9 },
      "Nothing on the board was changed. It does not answer any more.",
      NULL },
    { { .state = JMP_BOARD_INCOMPLETE, .transfers = 9, .connected = TRUE },
      "The board has no complete firmware: it will not start until firmware is installed again. It "
      "is not damaged: its boot loader is in ROM, which cannot be overwritten.",
      "Install the firmware once more." },
    { { .state = JMP_BOARD_INCOMPLETE, .transfers = 9 },
      "The board has no complete firmware: it will not start until firmware is installed again. It "
      "is not damaged: its boot loader is in ROM, which cannot be overwritten. It does not answer "
      "any more.",
      "Connect the board in DFU mode again, then install the firmware once more." },
    { { .state = JMP_BOARD_STARTED, .transfers = 9, .bytes_written = 8 },
      "Everything was written, but not read back, and the board’s program was started.",
      NULL },
    { { .state = JMP_BOARD_STARTED, .transfers = 9 },
      "Nothing on the board was changed, and its program was started.",
      NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    assert_takes (jmp_words_board_state (&rows[i].outcome, info), rows[i].with_rom);
    if (rows[i].advice == NULL)
      assert_null (jmp_words_board_advice (&rows[i].outcome));
    else
      assert_string_equal (jmp_words_board_advice (&rows[i].outcome), rows[i].advice);
  }
  assert_takes (jmp_words_board_state (&rows[2].outcome, NULL),
                "The board has no complete firmware: it will not start until firmware is installed "
                "again.");
}

static void
test_words_of_a_difference (void **state)
{
  const JmpOutcome none = { .state = JMP_BOARD_COMPLETE };
  const JmpOutcome some = {
    .has_difference = TRUE,
    .difference_address = 0x08004321,
    .expected = 0x1F,
    .found = 0xFF,
  };

  assert_null (jmp_words_difference (&none));
  assert_takes (jmp_words_difference (&some),
                "The first difference is at 0x08004321: 0x1F is expected there, the board holds "
                "0xFF.");
}

static JmpImage *
make_image (void)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (5000), 5000);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  jmp_image_builder_set_ids (builder, 0x0483, 0xDF11, 0xFFFF);
  jmp_image_builder_add (builder, 0, 0x08000000, bytes, &error);
  jmp_image_builder_add (builder, 0, 0x08020000, bytes, &error);
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  return image;
}

static void
test_words_of_things (void **state)
{
  g_autoptr (JmpDevice) device = practice ("virtual:pyboard,speed=0");
  g_autoptr (JmpImage) image = make_image ();

  assert_takes (jmp_words_image (image), "DfuSe file, 9.8 KiB in 2 parts");
  assert_takes (jmp_words_made_for (image), "made for boards with the USB ids 0483:df11");
  assert_takes (jmp_words_memory (jmp_device_get_info (device)),
                "Internal Flash: 1 MiB in 12 sectors");
  assert_takes (jmp_words_memory (NULL), "memory not known");
  assert_takes (jmp_words_device (device), "Practice Pyboard");
  assert_string_equal (jmp_words_device_name (device), jmp_words_practice ("pyboard"));
  assert_takes (jmp_words_device_twin (device), "practice board, serial 365738513233");
  assert_string_equal (jmp_words_access ((JmpAccess)7), "read, erase, write");
  assert_string_equal (jmp_words_access ((JmpAccess)0), "no access");
}

static void
test_words_of_work (void **state)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  const JmpOutcome done = {
    .state = JMP_BOARD_STARTED,
    .bytes_written = 10048,
    .bytes_verified = 10000,
    .sectors_erased = 2,
    .seconds_total = 2.04,
    .transfers = 50,
  };
  JmpOutcome unverified = done;
  g_autoptr (JmpDevice) device = practice ("virtual:pyboard,speed=0");
  g_autoptr (JmpImage) image = make_image ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, jmp_device_get_info (device), &options, &error);
  g_autoptr (JmpPlan) erase = jmp_plan_erase_range (
      jmp_device_get_info (device), 0, 0x08004000, 112 * 1024, &error);
  const JmpOutcome erased = {
    .state = JMP_BOARD_COMPLETE,
    .bytes_verified = 112 * 1024,
    .sectors_erased = 4,
    .seconds_total = 1.6,
  };
  const JmpPlanSector *sectors;
  guint n = 0;

  assert_no_error (error);
  unverified.bytes_verified = 0;
  sectors = jmp_plan_get_sectors (plan, &n);
  assert_int_equal (n, 2);
  assert_takes (jmp_words_sector (&sectors[1]),
                "Sector 5, 128 KiB at 0x08020000, will be erased and written");
  assert_takes (jmp_words_plan (plan),
                "Erases 2 sectors (144 KiB). Writes 9.8 KiB. Checks 9.8 KiB by reading it back. "
                "Starts the program at 0x08000000.");
  assert_takes (jmp_words_done (plan, &done),
                "Wrote 9.8 KiB in 2.0 s. Every byte was read back and is right. The program was "
                "started.");
  assert_takes (jmp_words_done (erase, &erased),
                "Erased 112 KiB in 1.6 s. Every byte was read back and is blank.");
  assert_takes (jmp_words_done (plan, &unverified),
                "Wrote 9.8 KiB in 2.0 s. It was not verified. The program was started.");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words_numbers),
    cmocka_unit_test (test_words_of_every_error),
    cmocka_unit_test (test_words_lead_to_what_there_is),
    cmocka_unit_test (test_words_of_a_cancel),
    cmocka_unit_test (test_words_details_are_utf8),
    cmocka_unit_test (test_words_promise_only_what_is_true),
    cmocka_unit_test (test_words_of_board_states),
    cmocka_unit_test (test_words_of_a_difference),
    cmocka_unit_test (test_words_of_things),
    cmocka_unit_test (test_words_of_work),
  };

  return cmocka_run_group_tests_name ("ui/words", tests, NULL, NULL);
}
