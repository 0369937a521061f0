/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "desk-kit.h"
#include "device/practice.h"

static void
test_window_without_a_board_shows_the_way (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  assert_true (kit_shows (desk->widget, "Join DFU and 3V3"));
  assert_true (kit_shows (desk->widget, "Waiting for your board…"));
  assert_non_null (kit_find_button (desk->widget, "Use a _Practice Board"));
  desk_assert_good_page (desk);
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
  desk_plug (desk);
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

  desk_plug (desk);
  jmp_monitor_hold (desk->monitor, desk->kit->device);
  kit_board_unplug (desk->kit);
  kit_settle ();
  desk_act (desk, "win.connect");
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
  desk_assert_good_page (desk);
  desk_plug (desk);
  assert_non_null (desk->window->current);
}

static void
test_window_moves_on_when_a_board_comes (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  assert_true (kit_shows (desk->widget, "Ready to update"));
  assert_true (kit_shows (desk->widget, "No Firmware Chosen"));
  assert_true (kit_shows (desk->widget, "Choose firmware first."));
  assert_false (kit_can_press (desk->widget, "_Install"));
  desk_assert_good_page (desk);
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
  desk_plug (desk);
  desk_finish (desk, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "early.dfu"));
  assert_true (kit_can_press (desk->widget, "_Install"));
}

static void
test_window_installs (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  assert_true (kit_shows (desk->widget, "firmware.dfu"));
  assert_true (kit_shows (desk->widget, "Fits This Board"));
  assert_true (kit_shows (desk->widget, "Up to 11384 bytes beside the firmware are kept."));
  assert_true (kit_shows (desk->widget, "will be erased and written"));
  desk_assert_good_page (desk);

  kit_press (desk->widget, "_Install");
  desk_finish (desk, JMP_SESSION_SUCCEEDED);
  assert_true (kit_shows (desk->widget, "Firmware Installed"));
  assert_true (kit_shows (desk->widget, "5000 bytes were written and read back, byte for byte."));
  assert_true (kit_shows (desk->widget, "10360 bytes beside the firmware were kept."));
  assert_true (kit_shows (desk->widget, "bytes beside the firmware kept · 1 sector, 16 KiB"));
  assert_true (kit_shows (desk->widget, "If a jumper or a switch brought it into update mode"));
  assert_false (kit_can_press (desk->widget, "_Try Again"));
  assert_true (kit_board_holds (desk->kit, &KIT_GOOD));
  desk_assert_good_page (desk);

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
  desk_plug (desk);
  assert_true (drop (desk, &file));
  desk_finish (desk, JMP_SESSION_READY);
  assert_string_equal (jmp_session_get_firmware_name (desk->window->current), "one.dfu");
  assert_true (drop (desk, &files));
  desk_finish (desk, JMP_SESSION_READY);
  assert_string_equal (jmp_session_get_firmware_name (desk->window->current), "two.dfu");
  assert_false (drop (desk, &text));
}

static void
test_window_says_why_a_file_cannot_be_used (void **state)
{
  const KitFirmware other = { 0x08000000, 64, 0x1234, 0x5678 };
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &other, JMP_SESSION_BAD_FIRMWARE);
  assert_true (kit_shows (desk->widget, "The firmware file was made for another board."));
  assert_true (kit_shows (desk->widget, "Choose the firmware that was built for this board."));
  assert_false (kit_can_press (desk->widget, "_Install"));
  desk_assert_good_page (desk);

  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
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
  desk_assert_good_page (desk);
}

static JmpUsb *
refuse_open (gpointer user_data, GError **error)
{
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "it runs its program");
  return NULL;
}

/* Each kind has its own. */
static void
test_window_says_the_way_of_a_running_board (void **state)
{
  const JmpDeviceSource source = {
    .path = "1-3", .open = refuse_open, .vid = 0xf055, .pid = 0x9800
  };
  g_autoptr (Desk) desk = desk_new (NULL);
  g_autoptr (JmpDevice) device = jmp_device_new (&source, NULL, NULL);
  JmpCatalogue *catalogue = jmp_library_get_catalogue (kit_library ());

  assert_int_equal (jmp_device_get_mode (device), JMP_DEVICE_RUNNING);
  jmp_monitor_add (desk->monitor, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "The Board Runs Its Program"));
  assert_true (kit_shows (desk->widget, "Once it is known which board it is"));
  jmp_session_set_knowledge (desk->window->current, kit_library (), NULL);
  jmp_session_set_board (
      desk->window->current, jmp_catalogue_find_board (catalogue, "NUCLEO_F401RE"), NULL);
  kit_settle ();
  assert_true (
      kit_shows (desk->widget,
                 "To update it, bring it into update mode:\n1. Disconnect the USB Cable\n2. "
                 "Set BOOT0 High\n3. Connect the USB Cable"));
  assert_false (kit_shows (desk->widget, "Once it is known which board it is"));
  desk_assert_good_page (desk);
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
  desk_act (desk, "win.unplug-practice");
  kit_wait (device_is_gone, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "The Board Is Not Connected"));
  desk_act (desk, "win.restart-practice");
  kit_wait (device_is_ready, device);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Ready to update"));
  desk_act (desk, "win.remove-practice");
  kit_settle ();
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (desk->monitor)), 0);
  assert_null (desk->window->current);
}

static void
test_window_closes_at_once_without_work (void **state)
{
  g_autoptr (Desk) desk = desk_new (NULL);

  desk_plug (desk);
  desk_open_file (desk, &KIT_GOOD, JMP_SESSION_READY);
  gtk_window_close (GTK_WINDOW (desk->window));
  kit_wait (desk_is_gone, &desk->window);
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
    cmocka_unit_test (test_window_says_the_way_of_a_running_board),
    cmocka_unit_test (test_window_takes_practice_boards_away),
    cmocka_unit_test (test_window_closes_at_once_without_work),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/window", tests, desk_set_up, desk_tear_down);
}
