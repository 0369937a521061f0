/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "device/practice.h"
#include "image/dfu-suffix.h"
#include "session/status.h"
#include "ui-kit.h"

#include <string.h>

static JmpSession *
session_with_file (JmpDevice *device, const KitFirmware *firmware, JmpSessionState state)
{
  JmpSession *session = jmp_session_new (device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, state);
  return session;
}

static void
assert_status (JmpSession *session, const char *text, const char *style)
{
  g_auto (JmpStatus) status = jmp_status_get (session);

  assert_string_equal (status.text, text);
  assert_string_equal (status.style, style);
  assert_true (g_str_has_suffix (status.icon, "-symbolic"));
}

static void
assert_button (JmpSession *session, const char *label)
{
  g_autofree char *found = jmp_status_button (session);

  assert_string_equal (found, label);
}

static void
test_status_of_boards_that_cannot_be_opened (void **state)
{
  const struct {
    int code;
    const char *text;
  } rows[] = {
    { JMP_ERROR_PERMISSION, "No permission" },
    { JMP_ERROR_NO_DRIVER, "Driver missing" },
    { JMP_ERROR_BUSY, "In use" },
    { JMP_ERROR_PROTOCOL, "Cannot be used yet" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpDevice) device = kit_unusable_device_new (rows[i].code);
    g_autoptr (JmpSession) session = jmp_session_new (device, NULL);
    g_autofree char *obstacle = jmp_status_obstacle (session);

    assert_status (session, rows[i].text, "warning");
    assert_non_null (obstacle);
  }
}

static void
show_working_hand (gpointer user_data)
{
  JmpSession *session = user_data;
  g_auto (JmpStatus) status = jmp_status_get (session);
  g_autofree char *obstacle = jmp_status_obstacle (session);

  assert_true (g_str_has_prefix (status.text, "Updating "));
  assert_true (g_str_has_suffix (status.text, " %"));
  assert_string_equal (status.style, "accent");
  assert_null (obstacle);
  jmp_session_stop (session);
  assert_status (session, "Stopping…", "warning");
}

static void
test_status_follows_the_work (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_GOOD, JMP_SESSION_READY);

  assert_status (session, "Ready to update", "success");
  assert_button (session, "_Install");
  kit_board_at (kit, KIT_WRITE, show_working_hand, session);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_STOPPED);
  assert_status (session, "Stopped", "warning");
  assert_button (session, "_Continue");
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_status (session, "Updated", "success");
  assert_button (session, "_Reinstall");
  jmp_session_dismiss (session);
  jmp_device_set_gone (kit->device);
  assert_status (session, "Not connected", "");
}

static void
test_status_says_why_a_file_cannot_be_used (void **state)
{
  const struct {
    const char *name;
    KitFirmware firmware;
    const char *part;
  } rows[] = {
    { "another board", { 0x08000000, 64, 0x1234, 0x5678 }, "made for another board" },
    { "too large", { 0x08000000, 0x100001, 0x0483, 0xdf11 }, "does not fit" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession)
        session = session_with_file (kit->device, &rows[i].firmware, JMP_SESSION_BAD_FIRMWARE);
    g_autofree char *obstacle = jmp_status_obstacle (session);

    print_message ("  %s: %s\n", rows[i].name, obstacle);
    assert_non_null (strstr (obstacle, rows[i].part));
  }
}

static gboolean
has_takers (gpointer session)
{
  return jmp_session_get_takers (session) != NULL;
}

/* A file that is a little too large says what to get instead. */
static void
test_status_names_chips_that_take_what_does_not_fit (void **state)
{
  const KitFirmware firmware = { 0x08005000, 0x1b001, 0x1d50, 0x607f, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:spark,speed=0", &error);
  g_autoptr (JmpSession) session = NULL;
  g_autoptr (GFile) file = kit_firmware_file (&firmware, "large.dfu");
  g_autofree char *problem = NULL;

  assert_no_error (error);
  session = jmp_session_new (device, NULL);
  jmp_session_set_knowledge (session, kit_library (), NULL);
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  kit_wait (has_takers, session);
  problem = jmp_status_problem (session);
  print_message ("  %s\n", problem);
  assert_non_null (strstr (problem, "too large for the memory of this board. "));
  assert_non_null (strstr (problem, "Chips of the same line with room for it: STM32F103"));
}

/* As a build for a Blue Pill is, without a vector table that says where it begins. */
static GFile *
make_plain_file (void)
{
  enum {
    BODY = 4000,
    SUFFIX = 16
  };
  const guint8 suffix[SUFFIX] = { 0xFF, 0xFF, 0x03, 0x00, 0xAF, 0x1E,
                                  0x00, 0x01, 'U',  'F',  'D',  SUFFIX };
  g_autofree guint8 *data = g_malloc0 (BODY + SUFFIX);
  guint32 crc;

  memcpy (data + BODY, suffix, SUFFIX);
  crc = GUINT32_TO_LE (jmp_dfu_crc (data, BODY + SUFFIX - sizeof crc));
  memcpy (data + BODY + SUFFIX - sizeof crc, &crc, sizeof crc);
  return kit_file ("plain.dfu", data, BODY + SUFFIX);
}

static gboolean
has_plan (gpointer session)
{
  return jmp_session_get_plan (session) != NULL;
}

/* Nothing is chosen for the person, and nothing is refused. */
static void
test_status_asks_which_of_several_places (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:bluepill,speed=0", &error);
  g_autoptr (JmpSession) session = jmp_session_new (device, NULL);
  g_autoptr (GFile) file = make_plain_file ();
  g_autofree char *problem = NULL;
  guint n_steps = 0;

  assert_no_error (error);
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_true (jmp_session_wants_place (session));
  assert_int_equal (jmp_session_get_places (session)->len, 2);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_ADDRESS);
  problem = jmp_status_problem (session);
  assert_string_equal (problem, "It fits several places of this board.");
  jmp_session_set_place (session, 2);
  kit_wait (has_plan, session);
  assert_false (jmp_session_wants_place (session));
  assert_int_equal (jmp_plan_get_steps (jmp_session_get_plan (session), &n_steps)[0].alt, 2);
}

static void
test_status_names_what_is_lost_and_kept (void **state)
{
  const struct {
    const char *name;
    KitFirmware firmware;
    const char *losses;
    const char *kept;
  } rows[] = {
    { "a program of a whole sector", { 0x08000000, 0x4000, 0x0483, 0xdf11, TRUE }, NULL, NULL },
    { "a program of part of one",
      { 0x08000000, 0x3000, 0x0483, 0xdf11, TRUE },
      "The rest of sector 0 will be erased.",
      NULL },
    { "a program that ends in the third",
      { 0x08000000, 0x8001, 0x0483, 0xdf11, TRUE },
      "The rest of sector 2 will be erased.",
      NULL },
    { "data at both ends",
      { 0x08002000, 0x4000, 0x0483, 0xdf11, FALSE },
      NULL,
      "Up to 16384 bytes beside the firmware are kept." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession)
        session = session_with_file (kit->device, &rows[i].firmware, JMP_SESSION_READY);
    g_autofree char *losses = jmp_status_losses (jmp_session_get_look (session));
    g_autofree char *kept = jmp_status_kept (session);

    print_message ("  %s: %s %s\n", rows[i].name, losses, kept);
    assert_int_equal (g_strcmp0 (losses, rows[i].losses), 0);
    assert_int_equal (g_strcmp0 (kept, rows[i].kept), 0);
  }
}

/* Only of a practice pyboard is it known for certain where the files are. */
static void
test_status_says_what_becomes_of_files (void **state)
{
  const struct {
    KitFirmware firmware;
    const char *kept;
  } rows[] = {
    { { 0x08000000, 0x3C00, 0x0483, 0xdf11, TRUE }, "Your files are kept." },
    { { 0x08000000, 0x5000, 0x0483, 0xdf11, TRUE },
      "Your files in PYBFLASH will be overwritten. Up to 12288 bytes beside the firmware are "
      "kept." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);
    g_autoptr (JmpSession) session = NULL;
    g_autofree char *kept = NULL;

    assert_no_error (error);
    session = session_with_file (device, &rows[i].firmware, JMP_SESSION_READY);
    jmp_session_set_knowledge (session, kit_library (), NULL);
    kept = jmp_status_kept (session);
    assert_string_equal (kept, rows[i].kept);
  }
}

static void
test_status_promises_no_more_than_it_knows (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_PROGRAM, JMP_SESSION_READY);
  g_autofree char *before = jmp_status_plan (session);
  g_autofree char *after = NULL;

  assert_true (g_str_has_prefix (before, "At most: Erases 3 sectors (48 KiB). "));
  assert_true (g_str_has_suffix (before, " What is already right stays as it is."));
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  after = jmp_status_plan (session);
  assert_true (g_str_has_prefix (after, "Erases 3 sectors (48 KiB). "));
}

static void
assert_success (JmpSession *session, const char *title, const char *text)
{
  g_autofree char *found = NULL;

  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  found = jmp_status_success (session);
  assert_string_equal (found, text);
  assert_string_equal (jmp_status_result_title (session), title);
}

static void
test_status_says_what_was_proven (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_GOOD, JMP_SESSION_READY);

  assert_true (jmp_session_start (session));
  assert_success (session,
                  "Firmware Installed",
                  "5000 bytes were written and read back, byte for byte. 10360 bytes beside the "
                  "firmware were kept. 11 sectors were not touched.");
  jmp_session_dismiss (session);
  kit_board_plug (kit);
  assert_true (jmp_session_start (session));
  assert_success (session,
                  "Already Installed",
                  "Nothing had to be written: the board already holds this firmware, byte for "
                  "byte.");
}

static void
test_status_tells_written_from_right (void **state)
{
  const guint8 other = 0x00;
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_PROGRAM, JMP_SESSION_READY);

  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  jmp_session_dismiss (session);
  kit_board_plug (kit);
  assert_true (jmp_virtual_board_poke (kit->board, 0, 0x08004001, &other, 1));
  assert_true (jmp_session_start (session));
  /* With the sector that has the vector table, which is never left over an image that is not whole. */
  assert_success (session,
                  "Firmware Installed",
                  "32768 bytes were written and read back, byte for byte. 7232 bytes were already "
                  "right. 9 sectors were not touched.");
}

static void
unplug_hand (gpointer user_data)
{
  kit_board_unplug (user_data);
}

static void
test_status_of_a_board_that_is_waited_for (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_GOOD, JMP_SESSION_READY);
  g_autofree char *recovery = NULL;

  kit_board_at (kit, KIT_VERIFY, unplug_hand, kit);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_WAITING);
  assert_status (session, "Waiting for the board", "warning");
  jmp_session_stop (session);
  kit_wait_for_state (session, JMP_SESSION_STOPPED);
  recovery = jmp_status_recovery (jmp_job_get_outcome (jmp_session_get_job (session)));
  assert_non_null (recovery);
  assert_non_null (strstr (recovery, "are not back in place"));
  kit_board_plug (kit);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_null (jmp_status_recovery (jmp_job_get_outcome (jmp_session_get_job (session))));
}

static void
note_meaning_hand (gpointer user_data)
{
  JmpSession *session = user_data;

  assert_string_equal (jmp_status_stop_meaning (session),
                       "The board will not start until firmware is installed again.");
}

/* The sector that lets the board start comes after that. */
static void
test_status_of_stopping_while_verifying (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_PROGRAM, JMP_SESSION_READY);

  kit_board_at (kit, KIT_VERIFY, note_meaning_hand, session);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_status_of_boards_that_cannot_be_opened),
    cmocka_unit_test (test_status_follows_the_work),
    cmocka_unit_test (test_status_says_why_a_file_cannot_be_used),
    cmocka_unit_test (test_status_names_chips_that_take_what_does_not_fit),
    cmocka_unit_test (test_status_asks_which_of_several_places),
    cmocka_unit_test (test_status_names_what_is_lost_and_kept),
    cmocka_unit_test (test_status_says_what_becomes_of_files),
    cmocka_unit_test (test_status_promises_no_more_than_it_knows),
    cmocka_unit_test (test_status_says_what_was_proven),
    cmocka_unit_test (test_status_tells_written_from_right),
    cmocka_unit_test (test_status_of_a_board_that_is_waited_for),
    cmocka_unit_test (test_status_of_stopping_while_verifying),
  };

  return cmocka_run_group_tests_name ("ui/status", tests, kit_make_folder, kit_remove_folder);
}
