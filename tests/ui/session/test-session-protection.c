/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "ui-kit.h"

static JmpSession *
failed_session (KitBoard *kit)
{
  JmpSession *session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "firmware.dfu");

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_false (jmp_session_can_unprotect (session));
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_FAILED);
  return session;
}

static gboolean
is_at_rest (gpointer session)
{
  return !jmp_session_is_unprotecting (session);
}

static void
test_session_protection_is_taken_off (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (",rdp=1");
  g_autoptr (JmpSession) session = failed_session (kit);

  assert_error (
      jmp_job_get_error (jmp_session_get_job (session)), JMP_ERROR, JMP_ERROR_READ_PROTECTED, NULL);
  assert_true (jmp_session_can_unprotect (session));
  assert_true (jmp_session_unprotect (session));
  assert_true (jmp_session_is_unprotecting (session));
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_TALKING);
  assert_false (jmp_session_unprotect (session));
  kit_wait (is_at_rest, session);
  assert_null (jmp_session_get_unprotect_problem (session));
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_READY);

  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_true (kit_board_holds (kit, &KIT_GOOD));
}

static void
test_session_protection_stays_where_nothing_is_protected (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);

  assert_false (jmp_session_can_unprotect (session));
  assert_false (jmp_session_unprotect (session));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_session_protection_is_taken_off),
    cmocka_unit_test (test_session_protection_stays_where_nothing_is_protected),
  };

  return cmocka_run_group_tests_name (
      "ui/session-protection", tests, kit_make_folder, kit_remove_folder);
}
