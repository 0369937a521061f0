/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "device/practice.h"
#include "release/practice.h"
#include "releases/offer.h"
#include "session/status.h"
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

/* A board is gone for a moment on its way. */
static void
test_session_running_follows_the_board_through_its_restart (void **state)
{
  g_autoptr (JmpDevice) device = NULL;
  g_autoptr (JmpSession) session = running_session (&device);
  g_autofree char *button = NULL;
  g_auto (JmpStatus) status = { 0 };

  assert_false (jmp_session_is_restarting (session));
  assert_false (jmp_session_came_by_itself (session));
  assert_true (jmp_session_begin (session));
  assert_true (jmp_session_is_restarting (session));
  jmp_device_set_gone (device);
  assert_true (jmp_session_is_restarting (session));
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_TALKING);
  status = jmp_status_get (session);
  assert_string_equal (status.text, "Restarting…");
  kit_wait (is_in_dfu_mode, device);
  assert_false (jmp_session_is_restarting (session));
  assert_true (jmp_session_came_by_itself (session));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_string_equal (jmp_session_get_version (session), "1.18.0-practice");
  button = jmp_status_button (session);
  assert_string_equal (button, "_Update to " JMP_PRACTICE_VERSION);
  jmp_device_set_gone (device);
  assert_false (jmp_session_came_by_itself (session));
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

static gboolean
has_restarted (gpointer session)
{
  return jmp_session_has_console (session);
}

/* Nobody listens where the network would be. */
static void
test_session_running_practice_needs_no_network (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);
  g_autoptr (JmpSession) session = NULL;
  g_autofree char *button = NULL;

  assert_no_error (error);
  session = jmp_session_new (device, NULL);
  jmp_session_set_knowledge (session, kit_library (), NULL);
  assert_string_equal (jmp_session_get_version (session), "1.18.0-practice");
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_true (jmp_practice_is (jmp_session_get_firmware (session)->release));
  assert_int_equal (jmp_session_get_firmware (session)->trust, JMP_TRUST_LOCAL);
  button = jmp_status_button (session);
  assert_string_equal (button, "_Update to " JMP_PRACTICE_VERSION);
  assert_true (jmp_session_begin (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  kit_wait (has_restarted, session);
  kit_wait (has_answer, session);
  assert_string_equal (jmp_session_get_running (session)->version, JMP_PRACTICE_VERSION);
  assert_int_equal (jmp_downloader_get_n_requests (jmp_library_get_downloader (kit_library ())), 0);
}

/* A real board is never offered it. */
static void
test_session_running_practice_firmware_is_for_practice (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  JmpCatalogue *catalogue = jmp_library_get_catalogue (kit_library ());
  JmpOffer *offer;

  jmp_session_set_knowledge (session, kit_library (), NULL);
  jmp_session_set_board (session, jmp_catalogue_find_board (catalogue, JMP_PRACTICE_BOARD), NULL);
  kit_wait_for_state (session, JMP_SESSION_CHOSEN);
  offer = jmp_offer_get (session);
  assert_false (jmp_practice_is (jmp_offer_get_newest (offer)));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_session_running_restarts_without_a_jumper),
    cmocka_unit_test (test_session_running_follows_the_board_through_its_restart),
    cmocka_unit_test (test_session_running_says_what_runs),
    cmocka_unit_test (test_session_running_has_nothing_to_say_in_dfu_mode),
    cmocka_unit_test (test_session_running_practice_needs_no_network),
    cmocka_unit_test (test_session_running_practice_firmware_is_for_practice),
  };

  /* Nobody listens there: no test takes a network. */
  g_setenv ("https_proxy", "http://127.0.0.1:9", TRUE);
  return cmocka_run_group_tests_name (
      "ui/session-running", tests, kit_make_folder, kit_remove_folder);
}
