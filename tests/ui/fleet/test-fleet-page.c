/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "config.h"
#include "draw/resource.h"
#include "fleet/fleet-page.h"
#include "fleet/fleet-row.h"
#include "widget-kit.h"
#include "window/taskbar.h"
#include "window/window-private.h"

#define N_BOARDS 3

/* What is left of the smallest window. */
#define PAGE_WIDTH 358

static AdwApplication *app;

/* A window with some pyboards. */
typedef struct {
  JmpMonitor *monitor;
  KitBoard *kits[N_BOARDS];
  JmpWindow *window;
  GtkWidget *widget; /* the same */
} Desk;

static Desk *
desk_new (void)
{
  Desk *self = g_new0 (Desk, 1);

  self->monitor = jmp_monitor_new (NULL);
  self->widget = jmp_window_new (GTK_APPLICATION (app), self->monitor, NULL);
  g_set_weak_pointer (&self->window, JMP_WINDOW (self->widget));
  for (guint i = 0; i < N_BOARDS; i++) {
    self->kits[i] = kit_board_new ("");
    jmp_monitor_add (self->monitor, self->kits[i]->device);
  }
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
  for (guint i = 0; i < N_BOARDS; i++)
    kit_board_free (self->kits[i]);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static void
act (Desk *self, const char *action)
{
  assert_true (gtk_widget_activate_action (self->widget, action, NULL));
  kit_settle ();
}

static GtkListBoxRow *
row_at (Desk *self, int i)
{
  return gtk_list_box_get_row_at_index (self->window->list, i);
}

static gboolean
is_ready (gpointer user_data)
{
  return jmp_fleet_count (user_data, JMP_FLEET_BOARD_READY) == N_BOARDS;
}

static gboolean
is_done (gpointer user_data)
{
  return jmp_fleet_get_state (user_data) == JMP_FLEET_DONE;
}

static void
open_file (Desk *self)
{
  g_autoptr (GFile) file = kit_firmware_file (&KIT_PROGRAM, "firmware.dfu");

  jmp_window_open_file (self->window, file);
  kit_wait (is_ready, self->window->fleet);
  kit_settle ();
}

static void
assert_good_page (Desk *self)
{
  kit_assert_named (self->widget);
  kit_assert_small (self->widget);
}

/* --- Widgets by themselves --- */

static void
test_fleet_page_comes_and_goes (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (JmpFleet) fleet = jmp_fleet_new (NULL);
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
  g_autoptr (JmpFleetBoard) board = NULL;

  g_ptr_array_add (sessions, session);
  jmp_fleet_set_sessions (fleet, sessions);
  board = g_list_model_get_item (G_LIST_MODEL (fleet), 0);
  kit_assert_finalized (g_object_ref_sink (jmp_fleet_row_new (board)));
  kit_assert_finalized (g_object_ref_sink (jmp_fleet_page_new (fleet)));
}

static void
test_fleet_row_says_all_that_it_shows (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (",serial=ABC");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (JmpFleet) fleet = jmp_fleet_new (NULL);
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
  g_autoptr (JmpFleetBoard) board = NULL;
  GtkWidget *row;
  g_autofree char *wrong = NULL;

  g_ptr_array_add (sessions, session);
  jmp_fleet_set_sessions (fleet, sessions);
  kit_board_unplug (kit);
  board = g_list_model_get_item (G_LIST_MODEL (fleet), 0);
  jmp_fleet_choose_newest (fleet);
  while (jmp_fleet_board_get_reason (board) != JMP_FLEET_GONE)
    g_main_context_iteration (NULL, TRUE);
  row = g_object_ref_sink (jmp_fleet_row_new (board));
  wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (row),
      GTK_ACCESSIBLE_PROPERTY_LABEL,
      "STM32 board, serial ABC, USB port 1-1: Not connected. The board is not connected.");
  if (wrong != NULL)
    fail_msg ("the row is called %s", wrong);
  kit_assert_finalized (row);
}

/* --- The window --- */

static void
test_fleet_window_updates_all (void **state)
{
  g_autoptr (Desk) desk = desk_new ();

  assert_non_null (kit_find_button (desk->widget, "_Update 3 Boards…"));
  act (desk, "win.update-all");
  assert_true (jmp_window_shows_fleet (desk->window));
  assert_true (kit_shows (desk->widget, "3 Boards"));
  assert_good_page (desk);
  assert_false (kit_can_press (desk->widget, "_Install"));
  open_file (desk);
  assert_true (kit_can_press (desk->widget, "_Install on 3 Boards"));
  assert_good_page (desk);
  kit_press (desk->widget, "_Install on 3 Boards");
  kit_wait (is_done, desk->window->fleet);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "All 3 Boards Updated"));
  assert_null (kit_find_button (desk->widget, "_Retry the Failed Ones"));
  assert_good_page (desk);
  for (guint i = 0; i < N_BOARDS; i++)
    assert_true (kit_board_holds (desk->kits[i], &KIT_PROGRAM));
  act (desk, "win.done");
  assert_true (kit_shows (desk->widget, "3 Boards"));
  act (desk, "win.escape");
  assert_false (jmp_window_shows_fleet (desk->window));
  assert_non_null (desk->window->current);
}

static void
test_fleet_window_takes_what_is_selected (void **state)
{
  g_autoptr (Desk) desk = desk_new ();

  act (desk, "win.select-several");
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (desk->window->fleet)), 1);
  gtk_list_box_select_row (desk->window->list, row_at (desk, 2));
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (desk->window->fleet)), 2);
  gtk_list_box_unselect_all (desk->window->list);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "Choose the boards in the list first."));
  assert_good_page (desk);
  act (desk, "win.select-several");
  assert_false (jmp_window_shows_fleet (desk->window));
  assert_int_equal (gtk_list_box_get_selection_mode (desk->window->list), GTK_SELECTION_SINGLE);
}

/* The one that was pulled out is the one whose row says so. */
static void
test_fleet_window_tells_which_board_was_unplugged (void **state)
{
  g_autoptr (Desk) desk = desk_new ();

  act (desk, "win.update-all");
  open_file (desk);
  kit_board_unplug (desk->kits[1]);
  kit_settle ();
  assert_true (kit_shows (GTK_WIDGET (row_at (desk, 1)), "Not connected"));
  assert_true (kit_shows (desk->window->fleet_page, "Not connected"));
  assert_true (kit_can_press (desk->widget, "_Install on 2 Boards"));
  kit_board_plug (desk->kits[1]);
  kit_settle ();
  assert_true (kit_can_press (desk->widget, "_Install on 3 Boards"));
}

static void
pull_out (gpointer user_data)
{
  kit_board_unplug (user_data);
}

static gboolean
is_waiting (gpointer user_data)
{
  JmpFleetBoard *board = user_data;

  return jmp_session_get_state (jmp_fleet_board_get_session (board)) == JMP_SESSION_WAITING;
}

static void
test_fleet_window_retries_the_failed_ones (void **state)
{
  g_autoptr (Desk) desk = desk_new ();
  g_autoptr (JmpFleetBoard) second = NULL;

  kit_board_at (desk->kits[1], KIT_WRITE, pull_out, desk->kits[1]);
  act (desk, "win.update-all");
  open_file (desk);
  second = g_list_model_get_item (G_LIST_MODEL (desk->window->fleet), 1);
  act (desk, "win.start");
  kit_wait (is_waiting, second);
  kit_settle ();
  assert_good_page (desk);
  kit_press (desk->widget, "_Stop All");
  kit_wait (is_done, desk->window->fleet);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "2 of 3 Boards Updated"));
  assert_good_page (desk);
  kit_board_plug (desk->kits[1]);
  kit_settle ();
  kit_press (desk->widget, "_Retry the Failed Ones");
  kit_wait (is_done, desk->window->fleet);
  kit_settle ();
  assert_true (kit_shows (desk->widget, "All 3 Boards Updated"));
}

/* One board of several can be looked at while they are worked on, and the way back is there. */
static void
test_fleet_window_leads_to_one_board_and_back (void **state)
{
  g_autoptr (Desk) desk = desk_new ();

  act (desk, "win.update-all");
  open_file (desk);
  act (desk, "win.start");
  kit_wait (is_done, desk->window->fleet);
  kit_settle ();
  gtk_list_box_select_row (desk->window->list, row_at (desk, 0));
  kit_settle ();
  assert_false (jmp_window_shows_fleet (desk->window));
  assert_non_null (desk->window->current);
  kit_press (desk->widget, "_Show the 3 Boards");
  kit_settle ();
  assert_true (jmp_window_shows_fleet (desk->window));
}

static void
fit_large_and_mirrored (Desk *desk)
{
  GtkSettings *settings = gtk_settings_get_default ();
  int dpi, width;

  g_object_get (settings, "gtk-xft-dpi", &dpi, NULL);
  g_object_set (settings, "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  kit_settle ();
  gtk_widget_measure (
      desk->window->fleet_page, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  if (width > PAGE_WIDTH)
    fail_msg ("the page needs %d", width);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_object_set (settings, "gtk-xft-dpi", dpi, NULL);
}

static void
test_fleet_window_fits_with_large_text (void **state)
{
  g_autoptr (Desk) desk = desk_new ();

  act (desk, "win.update-all");
  open_file (desk);
  fit_large_and_mirrored (desk);
  act (desk, "win.start");
  kit_wait (is_done, desk->window->fleet);
  kit_settle ();
  fit_large_and_mirrored (desk);
}

/* --- The task bar --- */

static void
test_taskbar_says_how_far_it_is (void **state)
{
  const struct {
    const char *name;
    double fraction;
    const char *text;
  } rows[] = {
    { "half", 0.5, "{'progress': <0.5>, 'progress-visible': <true>}" },
    { "more than all", 2, "{'progress': <1.0>, 'progress-visible': <true>}" },
    { "no work", -1, "{'progress': <0.0>, 'progress-visible': <false>}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GVariant) value = g_variant_ref_sink (jmp_taskbar_make ("a.b.C", rows[i].fraction));
    g_autofree char *wanted = g_strdup_printf ("('application://a.b.C.desktop', %s)", rows[i].text);
    g_autofree char *found = g_variant_print (value, FALSE);

    if (!g_str_equal (found, wanted))
      fail_msg ("%s: %s", rows[i].name, found);
  }
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  app = adw_application_new ("io.github.dfujumper.Jumper.Test", G_APPLICATION_NON_UNIQUE);
  return kit_make_folder (state) != 0 || !g_application_register (G_APPLICATION (app), NULL, NULL);
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
    cmocka_unit_test (test_fleet_page_comes_and_goes),
    cmocka_unit_test (test_fleet_row_says_all_that_it_shows),
    cmocka_unit_test (test_fleet_window_updates_all),
    cmocka_unit_test (test_fleet_window_takes_what_is_selected),
    cmocka_unit_test (test_fleet_window_tells_which_board_was_unplugged),
    cmocka_unit_test (test_fleet_window_retries_the_failed_ones),
    cmocka_unit_test (test_fleet_window_leads_to_one_board_and_back),
    cmocka_unit_test (test_fleet_window_fits_with_large_text),
    cmocka_unit_test (test_taskbar_says_how_far_it_is),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/fleet-page", tests, setup, teardown);
}
