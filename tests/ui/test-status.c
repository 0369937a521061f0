/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "status.h"
#include "ui-kit.h"

#include <string.h>

static JmpSession *
session_with_file (JmpDevice *device, const KitFirmware *firmware, JmpSessionState state)
{
  JmpSession *session = jmp_session_new (device);
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
    g_autoptr (JmpSession) session = jmp_session_new (device);
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
  assert_string_equal (jmp_status_button (session), "_Install");
  kit_board_at (kit, KIT_WRITE, show_working_hand, session);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_STOPPED);
  assert_status (session, "Stopped", "warning");
  assert_string_equal (jmp_status_button (session), "_Try Again");
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_status (session, "Updated", "success");
  assert_string_equal (jmp_status_button (session), "_Install Again");
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
        session = session_with_file (kit->device, &rows[i].firmware, JMP_SESSION_BAD_FILE);
    g_autofree char *obstacle = jmp_status_obstacle (session);

    print_message ("  %s: %s\n", rows[i].name, obstacle);
    assert_non_null (strstr (obstacle, rows[i].part));
  }
}

static void
test_status_names_what_is_lost (void **state)
{
  const struct {
    const char *name;
    KitFirmware firmware;
    const char *losses;
  } rows[] = {
    { "a whole sector", { 0x08000000, 0x4000, 0x0483, 0xdf11 }, NULL },
    { "part of one",
      { 0x08000000, 0x3000, 0x0483, 0xdf11 },
      "The rest of sector 0 will be erased." },
    { "both ends",
      { 0x08002000, 0x4000, 0x0483, 0xdf11 },
      "The rest of sectors 0 and 1 will be erased." },
    { "the last of three",
      { 0x08000000, 0x8001, 0x0483, 0xdf11 },
      "The rest of sector 2 will be erased." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession)
        session = session_with_file (kit->device, &rows[i].firmware, JMP_SESSION_READY);
    g_autofree char *losses = jmp_status_losses (jmp_session_get_plan (session));

    print_message ("  %s\n", rows[i].name);
    if (rows[i].losses == NULL)
      assert_null (losses);
    else
      assert_string_equal (losses, rows[i].losses);
  }
}

static void
test_status_says_what_was_proven (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit->device, &KIT_GOOD, JMP_SESSION_READY);
  g_autofree char *text = NULL;

  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  text = jmp_status_success (session);
  assert_string_equal (text,
                       "5000 bytes were written and read back, byte for byte. "
                       "11 sectors were not touched.");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_status_of_boards_that_cannot_be_opened),
    cmocka_unit_test (test_status_follows_the_work),
    cmocka_unit_test (test_status_says_why_a_file_cannot_be_used),
    cmocka_unit_test (test_status_names_what_is_lost),
    cmocka_unit_test (test_status_says_what_was_proven),
  };

  return cmocka_run_group_tests_name ("ui/status", tests, NULL, kit_remove_folder);
}
