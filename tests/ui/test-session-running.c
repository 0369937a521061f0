/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "device/practice.h"
#include "status.h"
#include "ui-kit.h"

static JmpSession *
running_session (JmpDevice **device)
{
  g_autoptr (GError) error = NULL;
  JmpSession *session;

  *device = jmp_practice_device_parse ("virtual:pyboard,speed=0,running=on", &error);
  assert_no_error (error);
  session = jmp_session_new (*device, NULL);
  jmp_session_set_knowledge (session, kit_library (), NULL);
  return session;
}

static gboolean
is_in_dfu_mode (gpointer device)
{
  return jmp_device_get_mode (device) == JMP_DEVICE_DFU;
}

static gboolean
has_answer (gpointer session)
{
  return jmp_session_get_running (session) != NULL;
}

static void
test_session_running_restarts_without_a_jumper (void **state)
{
  g_autoptr (JmpDevice) device = NULL;
  g_autoptr (JmpSession) session = running_session (&device);
  g_autofree char *button = jmp_status_button (session);

  assert_true (jmp_session_has_console (session));
  assert_int_equal (jmp_session_get_main_button (session), JMP_MAIN_RESTART);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);
  assert_string_equal (button, "_Restart into Update Mode");
  assert_false (jmp_session_start (session));
  assert_true (jmp_session_begin (session));
  assert_true (jmp_session_is_talking (session));
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_TALKING);
  assert_false (jmp_session_begin (session));
  kit_wait (is_in_dfu_mode, device);
  assert_false (jmp_session_has_console (session));
}

static void
test_session_running_says_what_runs (void **state)
{
  g_autoptr (JmpDevice) device = NULL;
  g_autoptr (JmpSession) session = running_session (&device);
  g_auto (JmpStatus) status = { 0 };

  assert_null (jmp_session_get_running (session));
  assert_true (jmp_session_ask_running (session));
  kit_wait (has_answer, session);
  assert_string_equal (jmp_session_get_version (session),
                       jmp_session_get_running (session)->version);
  status = jmp_status_get (session);
  assert_true (g_str_has_prefix (status.text, "Running v"));
}

static void
test_session_running_has_nothing_to_say_in_dfu_mode (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);

  assert_false (jmp_session_has_console (session));
  assert_false (jmp_session_ask_running (session));
  assert_false (jmp_session_restart_board (session));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_session_running_restarts_without_a_jumper),
    cmocka_unit_test (test_session_running_says_what_runs),
    cmocka_unit_test (test_session_running_has_nothing_to_say_in_dfu_mode),
  };

  return cmocka_run_group_tests_name (
      "ui/session-running", tests, kit_make_folder, kit_remove_folder);
}
