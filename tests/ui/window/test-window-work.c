/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window while it works, and what becomes of the work when it is left. */

#include "assert-text.h"

#include "desk-kit.h"
#include "device/practice.h"

#include <string.h>

static void
look_and_cancel_hand (gpointer user_data)
{
  Desk *desk = user_data;

  kit_settle ();
  assert_true (kit_shows (desk->widget, "Writing"));
  assert_true (kit_shows (desk->widget, "The board will not start until firmware is installed"));
  assert_false (kit_shows (desk->widget, "Fits This Board"));
  desk_assert_good_page (desk);
  kit_press (desk->widget, "_Cancel");
  kit_settle ();
  assert_false (kit_can_press (desk->widget, "Stopping…"));
}

static void
test_window_cancels (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, look_and_cancel_hand, desk);
  desk_act (desk, "win.start");
  desk_finish (desk, JMP_SESSION_STOPPED);
  assert_true (kit_shows (desk->widget, "Installation Stopped"));
  assert_true (kit_shows (desk->widget, "The board has no complete firmware"));
  assert_true (kit_can_press (desk->widget, "_Continue"));
  assert_false (kit_shows (desk->widget, "Start the Board"));
  desk_assert_good_page (desk);
  kit_press (desk->widget, "_Continue");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
}

static void
unplug_hand (gpointer user_data)
{
  Desk *desk = user_data;

  kit_board_unplug (desk->kit);
}

static void
test_window_waits_for_a_board_that_went_away (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, unplug_hand, desk);
  desk_act (desk, "win.start");
  desk_finish (desk, JMP_SESSION_WAITING);
  assert_true (kit_shows (desk->widget, "The Board Went Away"));
  assert_true (kit_shows (desk->widget, "Connect it again, in update mode"));
  assert_true (kit_shows (desk->widget, "Waiting for the board"));
  assert_true (kit_shows (desk->widget, "The board will not start until firmware is installed"));
  assert_true (kit_can_press (desk->widget, "_Cancel"));
  desk_assert_good_page (desk);
  kit_board_plug (desk->kit);
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
  assert_true (kit_shows (desk->widget, "5000 bytes are on the board, compared byte for byte."));
  assert_true (kit_board_holds (desk->kit, &KIT_GOOD));
}

static void
test_window_cancels_while_it_waits (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, unplug_hand, desk);
  desk_act (desk, "win.start");
  desk_finish (desk, JMP_SESSION_WAITING);
  kit_press (desk->widget, "_Cancel");
  desk_finish (desk, JMP_SESSION_STOPPED);
  assert_true (kit_shows (desk->widget, "Installation Stopped"));
  assert_true (kit_shows (desk->widget, "The board has no complete firmware"));
  assert_true (kit_shows (desk->widget, "Saved Bytes"));
  assert_true (kit_shows (desk->widget, "are not back in place"));
  assert_true (kit_shows (desk->widget, "Connect the board in update mode first."));
  assert_false (kit_can_press (desk->widget, "_Continue"));
  desk_assert_good_page (desk);
  kit_board_plug (desk->kit);
  kit_settle ();
  kit_press (desk->widget, "_Continue");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_false (kit_shows (desk->widget, "Saved Bytes"));
}

static void
look_at_comparison_hand (gpointer user_data)
{
  Desk *desk = user_data;

  kit_settle ();
  assert_true (kit_shows (desk->widget, "Comparing"));
  assert_true (kit_shows (desk->widget, "Nothing on the board has been changed yet"));
  desk_assert_good_page (desk);
}

static void
test_window_compares_and_finds_all_right (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_PROGRAM, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "At most: Erases 3 sectors (48 KiB)."));
  kit_board_at (desk->kit, KIT_COMPARE, look_at_comparison_hand, desk);
  kit_press (desk->widget, "_Install");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  kit_press (desk->widget, "_Done");
  kit_board_plug (desk->kit);
  kit_settle ();
  kit_press (desk->widget, "_Reinstall");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Already Installed"));
  assert_true (kit_shows (desk->widget, "Nothing had to be written"));
  assert_true (kit_shows (desk->widget, "already right · 3 sectors, 48 KiB"));
  desk_assert_good_page (desk);
}

static void
look_elsewhere_hand (gpointer user_data)
{
  Desk *desk = user_data;

  desk_act (desk, "win.connect");
  kit_settle ();
  assert_null (desk->window->current);
  assert_true (kit_shows (desk->widget, "Join DFU and 3V3"));
  assert_true (kit_shows (desk->widget, "Updating "));
  jmp_window_select (desk->window, desk->kit->device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Writing"));
}

static void
test_window_goes_on_while_another_page_is_shown (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, look_elsewhere_hand, desk);
  desk_act (desk, "win.start");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
}

static gboolean
is_running (gpointer device)
{
  return jmp_device_get_mode (device) == JMP_DEVICE_RUNNING;
}

/* What was done is not what will be done. */
static void
test_window_forgets_a_plan_that_is_over (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);

  assert_no_error (error);
  jmp_monitor_add (desk->monitor, device);
  kit_settle ();
  desk_open_file (desk, &KIT_PROGRAM, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "will be erased and written"));
  assert_true (kit_shows (desk->widget, "Fits This Board"));
  assert_true (jmp_session_start (desk->window->current));
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  kit_wait (is_running, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
  assert_false (kit_shows (desk->widget, "will be erased and written"));
  kit_press (desk->widget, "_Done");
  kit_settle ();
  assert_true (kit_shows (desk->widget, "The Board Runs Its Program"));
  assert_false (kit_shows (desk->widget, "will be erased and written"));
  assert_false (kit_shows (desk->widget, "Fits This Board"));
  desk_act (desk, "win.unplug-practice");
  kit_settle ();
  assert_true (kit_shows (desk->widget, "The Board Is Not Connected"));
  assert_false (kit_shows (desk->widget, "will be erased and written"));
}

/* --- Leaving --- */

static void
escape_hand (gpointer user_data)
{
  Desk *desk = user_data;

  desk_act (desk, "win.escape");
  assert_non_null (desk->window->dialog);
  assert_non_null (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (desk->window->dialog)),
                           "will not start"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (desk->window->dialog), "keep");
  assert_null (desk->window->dialog);
  assert_int_equal (jmp_session_get_state (desk->window->current), JMP_SESSION_WORKING);
}

static void
test_window_escape_asks (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, escape_hand, desk);
  desk_act (desk, "win.start");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  desk_act (desk, "win.escape");
  assert_int_equal (jmp_session_get_state (desk->window->current), JMP_SESSION_READY);
}

static void
question_left_open_hand (gpointer user_data)
{
  Desk *desk = user_data;

  gtk_window_close (GTK_WINDOW (desk->window));
  assert_non_null (desk->window->dialog);
}

static void
test_window_drops_a_question_that_is_moot (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, question_left_open_hand, desk);
  desk_act (desk, "win.start");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_null (desk->window->dialog);
  assert_false (desk->window->closing);
}

static void
close_hand (gpointer user_data)
{
  Desk *desk = user_data;

  gtk_window_close (GTK_WINDOW (desk->window));
  assert_non_null (desk->window->dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (desk->window->dialog), "stop");
  /* It waits for the board to be left in a known state. */
  assert_non_null (desk->window);
  assert_int_equal (jmp_session_get_state (desk->window->current), JMP_SESSION_STOPPING);
}

static void
test_window_closes_when_the_work_has_stopped (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, close_hand, desk);
  desk_act (desk, "win.start");
  kit_wait (desk_is_gone, &desk->window);
  assert_false (kit_board_holds (desk->kit, &KIT_GOOD));
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_window_cancels),
    cmocka_unit_test (test_window_waits_for_a_board_that_went_away),
    cmocka_unit_test (test_window_cancels_while_it_waits),
    cmocka_unit_test (test_window_compares_and_finds_all_right),
    cmocka_unit_test (test_window_goes_on_while_another_page_is_shown),
    cmocka_unit_test (test_window_forgets_a_plan_that_is_over),
    cmocka_unit_test (test_window_escape_asks),
    cmocka_unit_test (test_window_drops_a_question_that_is_moot),
    cmocka_unit_test (test_window_closes_when_the_work_has_stopped),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/window-work", tests, desk_set_up, desk_tear_down);
}
