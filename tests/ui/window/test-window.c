/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "config.h"
#include "device/practice.h"
#include "draw/resource.h"
#include "widget-kit.h"
#include "window/window-private.h"

#include <string.h>

static AdwApplication *app;

typedef struct {
  JmpMonitor *monitor;
  KitBoard *kit;
  JmpWindow *window;
  GtkWidget *widget; /* the same */
} Desk;

static Desk *
desk_new (const GError *usb_problem)
{
  Desk *self = g_new0 (Desk, 1);

  self->monitor = jmp_monitor_new (NULL);
  self->kit = kit_board_new ("");
  self->widget = jmp_window_new (GTK_APPLICATION (app), self->monitor, usb_problem);
  g_set_weak_pointer (&self->window, JMP_WINDOW (self->widget));
  gtk_window_present (GTK_WINDOW (self->window));
  kit_settle ();
  return self;
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

static void
desk_free (Desk *self)
{
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  kit_wait (is_gone, &self->window);
  kit_assert_finalized (self->monitor);
  kit_board_free (self->kit);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static void
plug (Desk *self)
{
  jmp_monitor_add (self->monitor, self->kit->device);
  kit_settle ();
}

static void
open_file (Desk *self, const KitFirmware *firmware, JmpSessionState state)
{
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  jmp_window_open_file (self->window, file);
  kit_wait_for_state (self->window->current, state);
  kit_settle ();
}

static void
act (Desk *self, const char *action)
{
  assert_true (gtk_widget_activate_action (self->widget, action, NULL));
}

static void
finish (Desk *self, JmpSessionState state)
{
  kit_wait_for_state (self->window->current, state);
  kit_settle ();
}

/* What must be true of every page. */
static void
assert_good_page (Desk *self)
{
  kit_assert_named (self->widget);
  kit_assert_small (self->widget);
}

static void
test_window_without_a_board_shows_the_way (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  assert_true (kit_shows (desk->widget, "Join DFU and 3V3"));
  assert_true (kit_shows (desk->widget, "Waiting for your board…"));
  assert_non_null (kit_find_button (desk->widget, "Use a _Practice Board"));
  assert_good_page (desk);
}

/* The first key must not open a menu or make a board. */
static void
test_window_focus_begins_where_nothing_happens (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (desk->widget));

  assert_non_null (focus);
  assert_true (gtk_widget_is_ancestor (focus, GTK_WIDGET (desk->window->no_board)));
  assert_true (GTK_IS_LIST_BOX_ROW (focus));
  plug (desk);
  focus = gtk_window_get_focus (GTK_WINDOW (desk->widget));
  assert_non_null (focus);
  assert_false (gtk_widget_is_ancestor (focus, GTK_WIDGET (desk->window->no_board)));
  assert_false (GTK_IS_MENU_BUTTON (focus));
}

/* A board that was in the list all the time came back in update mode, while the steps were shown. */
static void
test_window_moves_on_when_a_listed_board_comes_back (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  jmp_monitor_hold (desk->monitor, desk->kit->device);
  kit_board_unplug (desk->kit);
  kit_settle ();
  act (desk, "win.connect");
  kit_settle ();
  assert_null (desk->window->current);
  kit_board_plug (desk->kit);
  kit_settle ();
  assert_non_null (desk->window->current);
  jmp_monitor_release (desk->monitor, desk->kit->device);
}

static void
test_window_says_why_there_is_no_usb (void **state)
{
  g_autoptr (GError)
      problem = g_error_new (JMP_ERROR, JMP_ERROR_FAILED, "libusb could not be started");
  g_autoptr (Desk) desk = desk_new (problem);

  assert_false (kit_shows (desk->widget, "Waiting for your board…"));
  assert_true (kit_shows (desk->widget, "libusb could not be started"));
  assert_good_page (desk);
  plug (desk);
  assert_non_null (desk->window->current);
}

static void
test_window_moves_on_when_a_board_comes (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  assert_true (kit_shows (desk->widget, "Ready to update"));
  assert_true (kit_shows (desk->widget, "No Firmware Chosen"));
  assert_true (kit_shows (desk->widget, "Choose firmware first."));
  assert_false (kit_can_press (desk->widget, "_Install"));
  assert_good_page (desk);
  jmp_monitor_remove (desk->monitor, desk->kit->device);
  kit_settle ();
  assert_null (desk->window->current);
  assert_true (kit_shows (desk->widget, "Waiting for your board…"));
}

static void
test_window_opens_a_file_as_soon_as_there_is_a_board (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "early.dfu");

  jmp_window_open_file (desk->window, file);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "early.dfu"));
  plug (desk);
  finish (desk, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "early.dfu"));
  assert_true (kit_can_press (desk->widget, "_Install"));
}

static void
test_window_installs (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "firmware.dfu"));
  assert_true (kit_shows (desk->widget, "Fits This Board"));
  assert_true (kit_shows (desk->widget, "Up to 11384 bytes beside the firmware are kept."));
  assert_true (kit_shows (desk->widget, "will be erased and written"));
  assert_good_page (desk);

  kit_press (desk->widget, "_Install");
  finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
  assert_true (kit_shows (desk->widget, "5000 bytes were written and read back, byte for byte."));
  assert_true (kit_shows (desk->widget, "10360 bytes beside the firmware were kept."));
  assert_true (kit_shows (desk->widget, "bytes beside the firmware kept · 1 sector, 16 KiB"));
  assert_true (kit_shows (desk->widget, "Take the Jumper Off"));
  assert_false (kit_can_press (desk->widget, "_Try Again"));
  assert_true (kit_board_holds (desk->kit, &KIT_GOOD));
  assert_good_page (desk);

  kit_press (desk->widget, "_Done");
  kit_settle ();
  assert_false (kit_shows (desk->widget, "Firmware Installed"));
  assert_non_null (kit_find_button (desk->widget, "_Reinstall"));
}

/* The board pane's own drop target. */
static GtkDropTarget *
find_drop_target (Desk *desk)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (desk->window->board_pane);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++) {
    g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

    if (GTK_IS_DROP_TARGET (controller))
      return GTK_DROP_TARGET (controller);
  }
  fail_msg ("the board pane takes no drops");
  return NULL;
}

static gboolean
drop (Desk *desk, const GValue *value)
{
  gboolean taken = FALSE;

  g_signal_emit_by_name (find_drop_target (desk), "drop", value, 10.0, 10.0, &taken);
  return taken;
}

static void
test_window_takes_dropped_files (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);
  g_autoptr (GFile) one = kit_firmware_file (&KIT_GOOD, "one.dfu");
  g_autoptr (GFile) two = kit_firmware_file (&KIT_GOOD, "two.dfu");
  GSList list = { .data = two };
  g_auto (GValue) file = G_VALUE_INIT;
  g_auto (GValue) files = G_VALUE_INIT;
  g_auto (GValue) text = G_VALUE_INIT;

  g_value_init (&file, G_TYPE_FILE);
  g_value_set_object (&file, one);
  g_value_init (&files, GDK_TYPE_FILE_LIST);
  g_value_set_boxed (&files, &list);
  g_value_init (&text, G_TYPE_STRING);
  plug (desk);
  assert_true (drop (desk, &file));
  finish (desk, JMP_SESSION_READY);
  assert_string_equal (jmp_session_get_firmware_name (desk->window->current), "one.dfu");
  assert_true (drop (desk, &files));
  finish (desk, JMP_SESSION_READY);
  assert_string_equal (jmp_session_get_firmware_name (desk->window->current), "two.dfu");
  assert_false (drop (desk, &text));
}

static void
test_window_says_why_a_file_cannot_be_used (void **state)
{
  const KitFirmware other = { 0x08000000, 64, 0x1234, 0x5678 };
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  open_file (desk, &other, JMP_SESSION_BAD_FIRMWARE);
  assert_true (kit_shows (desk->widget, "The firmware file was made for another board."));
  assert_true (kit_shows (desk->widget, "Choose the firmware that was built for this board."));
  assert_false (kit_can_press (desk->widget, "_Install"));
  assert_good_page (desk);

  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  assert_false (kit_shows (desk->widget, "The firmware file was made for another board."));
  assert_true (kit_can_press (desk->widget, "_Install"));
}

static void
test_window_shows_what_is_wrong_with_a_board (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);
  g_autoptr (JmpDevice) device = kit_unusable_device_new (JMP_ERROR_BUSY);

  jmp_monitor_add (desk->monitor, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Another program is using the board."));
  assert_true (kit_shows (desk->widget, "The board cannot be used yet."));
  assert_good_page (desk);
}

/* --- While it works --- */

static void
look_and_cancel_hand (gpointer user_data)
{
  Desk *desk = user_data;

  kit_settle ();
  assert_true (kit_shows (desk->widget, "Writing"));
  assert_true (kit_shows (desk->widget, "The board will not start until firmware is installed"));
  assert_false (kit_shows (desk->widget, "Fits This Board"));
  assert_good_page (desk);
  kit_press (desk->widget, "_Cancel");
  kit_settle ();
  assert_false (kit_can_press (desk->widget, "Stopping…"));
}

static void
test_window_cancels (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, look_and_cancel_hand, desk);
  act (desk, "win.start");
  finish (desk, JMP_SESSION_STOPPED);
  assert_true (kit_shows (desk->widget, "Installation Stopped"));
  assert_true (kit_shows (desk->widget, "The board has no complete firmware"));
  assert_true (kit_can_press (desk->widget, "_Continue"));
  assert_false (kit_shows (desk->widget, "Take the Jumper Off"));
  assert_good_page (desk);
  kit_press (desk->widget, "_Continue");
  finish (desk, JMP_SESSION_SUCCEEDED);
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

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, unplug_hand, desk);
  act (desk, "win.start");
  finish (desk, JMP_SESSION_WAITING);
  assert_true (kit_shows (desk->widget, "The Board Went Away"));
  assert_true (kit_shows (desk->widget, "Connect it again, in update mode"));
  assert_true (kit_shows (desk->widget, "Waiting for the board"));
  assert_true (kit_shows (desk->widget, "The board will not start until firmware is installed"));
  assert_true (kit_can_press (desk->widget, "_Cancel"));
  assert_good_page (desk);
  kit_board_plug (desk->kit);
  finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
  assert_true (kit_shows (desk->widget, "5000 bytes are on the board, compared byte for byte."));
  assert_true (kit_board_holds (desk->kit, &KIT_GOOD));
}

static void
test_window_cancels_while_it_waits (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, unplug_hand, desk);
  act (desk, "win.start");
  finish (desk, JMP_SESSION_WAITING);
  kit_press (desk->widget, "_Cancel");
  finish (desk, JMP_SESSION_STOPPED);
  assert_true (kit_shows (desk->widget, "Installation Stopped"));
  assert_true (kit_shows (desk->widget, "The board has no complete firmware"));
  assert_true (kit_shows (desk->widget, "Saved Bytes"));
  assert_true (kit_shows (desk->widget, "are not back in place"));
  assert_true (kit_shows (desk->widget, "Connect the board in update mode first."));
  assert_false (kit_can_press (desk->widget, "_Continue"));
  assert_good_page (desk);
  kit_board_plug (desk->kit);
  kit_settle ();
  kit_press (desk->widget, "_Continue");
  finish (desk, JMP_SESSION_SUCCEEDED);
  assert_false (kit_shows (desk->widget, "Saved Bytes"));
}

static void
look_at_comparison_hand (gpointer user_data)
{
  Desk *desk = user_data;

  kit_settle ();
  assert_true (kit_shows (desk->widget, "Comparing"));
  assert_true (kit_shows (desk->widget, "Nothing on the board has been changed yet"));
  assert_good_page (desk);
}

static void
test_window_compares_and_finds_all_right (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  open_file (desk, &KIT_PROGRAM, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "At most: Erases 3 sectors (48 KiB)."));
  kit_board_at (desk->kit, KIT_COMPARE, look_at_comparison_hand, desk);
  kit_press (desk->widget, "_Install");
  finish (desk, JMP_SESSION_SUCCEEDED);
  kit_press (desk->widget, "_Done");
  kit_board_plug (desk->kit);
  kit_settle ();
  kit_press (desk->widget, "_Reinstall");
  finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Already Installed"));
  assert_true (kit_shows (desk->widget, "Nothing had to be written"));
  assert_true (kit_shows (desk->widget, "already right · 3 sectors, 48 KiB"));
  assert_good_page (desk);
}

static gboolean
device_is_ready (gpointer device)
{
  return jmp_device_get_mode (device) == JMP_DEVICE_DFU;
}

static gboolean
device_is_gone (gpointer device)
{
  return jmp_device_get_mode (device) == JMP_DEVICE_GONE;
}

static void
test_window_takes_practice_boards_away (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);

  assert_no_error (error);
  jmp_monitor_add (desk->monitor, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Ready to update"));
  act (desk, "win.unplug-practice");
  kit_wait (device_is_gone, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "The Board Is Not Connected"));
  act (desk, "win.restart-practice");
  kit_wait (device_is_ready, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Ready to update"));
  act (desk, "win.remove-practice");
  kit_settle ();
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (desk->monitor)), 0);
  assert_null (desk->window->current);
}

static void
look_elsewhere_hand (gpointer user_data)
{
  Desk *desk = user_data;

  act (desk, "win.connect");
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

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, look_elsewhere_hand, desk);
  act (desk, "win.start");
  finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
}

/* --- Leaving --- */

static void
escape_hand (gpointer user_data)
{
  Desk *desk = user_data;

  act (desk, "win.escape");
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

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, escape_hand, desk);
  act (desk, "win.start");
  finish (desk, JMP_SESSION_SUCCEEDED);
  act (desk, "win.escape");
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

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, question_left_open_hand, desk);
  act (desk, "win.start");
  finish (desk, JMP_SESSION_SUCCEEDED);
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

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  kit_board_at (desk->kit, KIT_WRITE, close_hand, desk);
  act (desk, "win.start");
  kit_wait (is_gone, &desk->window);
  assert_false (kit_board_holds (desk->kit, &KIT_GOOD));
}

static void
test_window_closes_at_once_without_work (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  plug (desk);
  open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  gtk_window_close (GTK_WINDOW (desk->window));
  kit_wait (is_gone, &desk->window);
}

static int
setup (void **state)
{
  g_autoptr (GError) error = NULL;

  if (kit_make_folder (state) != 0)
    return -1;
  jmp_resource_ensure ();
  app = g_object_new (
      ADW_TYPE_APPLICATION, "application-id", JMP_APP_ID, "flags", G_APPLICATION_NON_UNIQUE, NULL);
  return g_application_register (G_APPLICATION (app), NULL, &error) ? 0 : -1;
}

static int
teardown (void **state)
{
  g_clear_object (&app);
  return kit_remove_folder (state);
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_window_without_a_board_shows_the_way),
    cmocka_unit_test (test_window_focus_begins_where_nothing_happens),
    cmocka_unit_test (test_window_moves_on_when_a_listed_board_comes_back),
    cmocka_unit_test (test_window_says_why_there_is_no_usb),
    cmocka_unit_test (test_window_moves_on_when_a_board_comes),
    cmocka_unit_test (test_window_opens_a_file_as_soon_as_there_is_a_board),
    cmocka_unit_test (test_window_installs),
    cmocka_unit_test (test_window_takes_dropped_files),
    cmocka_unit_test (test_window_says_why_a_file_cannot_be_used),
    cmocka_unit_test (test_window_shows_what_is_wrong_with_a_board),
    cmocka_unit_test (test_window_cancels),
    cmocka_unit_test (test_window_waits_for_a_board_that_went_away),
    cmocka_unit_test (test_window_cancels_while_it_waits),
    cmocka_unit_test (test_window_compares_and_finds_all_right),
    cmocka_unit_test (test_window_takes_practice_boards_away),
    cmocka_unit_test (test_window_goes_on_while_another_page_is_shown),
    cmocka_unit_test (test_window_escape_asks),
    cmocka_unit_test (test_window_drops_a_question_that_is_moot),
    cmocka_unit_test (test_window_closes_when_the_work_has_stopped),
    cmocka_unit_test (test_window_closes_at_once_without_work),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/window", tests, setup, teardown);
}
