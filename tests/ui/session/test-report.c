/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "session/report.h"
#include "ui-kit.h"

#include <string.h>

static void
assert_has (const char *report, const char *part)
{
  if (strstr (report, part) == NULL)
    fail_msg ("\"%s\" is not in the report:\n%s", part, report);
}

static void
assert_has_not (const char *report, const char *part)
{
  if (strstr (report, part) != NULL)
    fail_msg ("\"%s\" is in the report:\n%s", part, report);
}

static void
test_report_has_what_a_maintainer_asks_for (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (",serial=PRIVATE77");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "firmware.dfu");
  g_autofree char *report = NULL;

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  report = jmp_report_session (session);
  assert_has (report, "Jumper: ");
  assert_has (report, "ids: 0483:df11");
  assert_has (report, "alt 0: @Internal Flash");
  assert_has (report, "firmware: firmware.dfu");
  assert_has (report, "CRC ok");
  assert_has (report, "plan:\n");
  assert_has (report, "board is now: ");
  assert_has (report, "15360 bytes verified, 0 bytes already right, 10360 bytes kept");
  assert_has_not (report, "PRIVATE77");
  assert_has_not (report, kit_folder ());
}

static void
test_report_keeps_folders_to_itself (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = g_file_new_build_filename (kit_folder (), "no such file.dfu", NULL);
  g_autofree char *report = NULL;

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  report = jmp_report_session (session);
  assert_has (report, "firmware problem: ");
  assert_has (report, "no such file.dfu");
  assert_has_not (report, kit_folder ());
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_report_has_what_a_maintainer_asks_for),
    cmocka_unit_test (test_report_keeps_folders_to_itself),
  };

  return cmocka_run_group_tests_name ("ui/report", tests, kit_make_folder, kit_remove_folder);
}
