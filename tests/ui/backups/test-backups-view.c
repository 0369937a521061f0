/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "backup/history.h"
#include "backups/backup-first-row.h"
#include "backups/backup-row.h"
#include "backups/backups-view.h"
#include "draw/resource.h"
#include "history/history-window.h"
#include "model-kit.h"
#include "widget-kit.h"

typedef struct {
  ModelKit *kit;
  GtkWidget *window;
  GtkWidget *view;
  JmpBackup *restored;
} Fixture;

static void
restore_cb (Fixture *self, JmpBackup *backup)
{
  self->restored = jmp_backup_ref (backup);
}

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  GtkWidget *toasts = adw_toast_overlay_new ();

  model_kit_set_up ((void **)&self->kit);
  self->window = adw_window_new ();
  self->view = g_object_new (JMP_TYPE_BACKUPS_VIEW, NULL);
  jmp_backups_view_set_model (JMP_BACKUPS_VIEW (self->view), self->kit->model);
  g_signal_connect_swapped (self->view, "restore", G_CALLBACK (restore_cb), self);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), self->view);
  adw_window_set_content (ADW_WINDOW (self->window), toasts);
  gtk_window_present (GTK_WINDOW (self->window));
  kit_settle ();
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;
  GtkWidget *view = g_object_ref (self->view);

  gtk_window_destroy (GTK_WINDOW (self->window));
  kit_assert_finalized (view);
  model_kit_tear_down ((void **)&self->kit);
  g_clear_pointer (&self->restored, jmp_backup_unref);
  g_free (self);
  return 0;
}

static GtkWidget *
find_type (GtkWidget *widget, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = find_type (child, type);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
test_view_says_what_a_backup_is (void **state)
{
  Fixture *self = *state;

  assert_true (kit_shows (self->view, "No Backups Yet"));
  assert_true (kit_can_press (self->view, "_Back Up Now"));
  kit_assert_named (self->window);
}

static void
test_view_makes_a_backup (void **state)
{
  Fixture *self = *state;

  kit_press (self->view, "_Back Up Now");
  assert_true (kit_shows (self->view, "Reading everything off the board…"));
  assert_false (kit_can_press (self->view, "_Back Up Now"));
  model_kit_wait_for (self->kit, 1);
  kit_settle ();
  assert_false (kit_shows (self->view, "No Backups Yet"));
  assert_false (kit_shows (self->view, "Reading everything"));
  assert_true (kit_shows (self->view, "1 MiB · Made by hand"));
  assert_true (kit_shows (self->window, "The backup was made."));
  kit_assert_named (self->window);
}

static void
test_view_asks_for_a_restore (void **state)
{
  Fixture *self = *state;

  model_kit_back_up (self->kit);
  kit_settle ();
  kit_press (self->view, "Restore…");
  assert_ptr_equal (self->restored, jmp_backup_item_get_backup (model_kit_item (self->kit, 0)));
  jmp_backup_model_hold (self->kit->model, TRUE);
  assert_false (kit_can_press (self->view, "Restore…"));
}

static void
test_view_says_that_the_board_holds_it (void **state)
{
  Fixture *self = *state;
  GtkWidget *row;

  model_kit_back_up (self->kit);
  kit_settle ();
  row = find_type (self->view, JMP_TYPE_BACKUP_ROW);
  assert_true (gtk_widget_activate_action (row, "backup.compare", NULL));
  assert_true (kit_shows (self->view, "Comparing the board with the backup…"));
  model_kit_wait (self->kit, model_kit_is_idle);
  kit_settle ();
  assert_true (kit_shows (self->view, "Identical to what is on the board"));
}

static gboolean
says_deleted (gpointer user_data)
{
  return kit_shows (user_data, "The backup was deleted.");
}

static void
test_view_deletes_and_brings_back (void **state)
{
  Fixture *self = *state;

  model_kit_back_up (self->kit);
  kit_settle ();
  assert_true (gtk_widget_activate_action (
      find_type (self->view, JMP_TYPE_BACKUP_ROW), "backup.delete", NULL));
  model_kit_wait_for (self->kit, 0);
  kit_settle ();
  kit_wait (says_deleted, self->window);
  assert_true (kit_shows (self->view, "No Backups Yet"));
  kit_press (self->window, "_Undo");
  model_kit_wait_for (self->kit, 1);
  kit_settle ();
  assert_true (kit_shows (self->view, "1 MiB · Made by hand"));
}

static void
test_view_warns_of_damage (void **state)
{
  Fixture *self = *state;

  model_kit_back_up (self->kit);
  model_kit_spoil (jmp_backup_item_get_backup (model_kit_item (self->kit, 0)));
  jmp_backup_model_compare (self->kit->model, model_kit_item (self->kit, 0));
  model_kit_wait (self->kit, model_kit_is_idle);
  kit_settle ();
  assert_true (kit_shows (self->view, "Damaged, and of no use any more"));
  assert_false (kit_can_press (self->view, "Restore…"));
}

static void
test_view_is_small (void **state)
{
  Fixture *self = *state;
  int width;

  model_kit_back_up (self->kit);
  kit_settle ();
  gtk_widget_measure (self->view, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  /* 18 pixels of margin on both sides */
  assert_true (width <= 360 - 36);
}

static void
test_first_row_follows_the_session (void **state)
{
  Fixture *self = *state;
  g_autoptr (KitBoard) board = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (board->device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "firmware.dfu");
  GtkWidget *row = g_object_ref_sink (g_object_new (JMP_TYPE_BACKUP_FIRST_ROW, NULL));
  GtkSwitch *toggle;

  jmp_session_set_store (session, self->kit->store, TRUE);
  jmp_backup_first_row_set_session (JMP_BACKUP_FIRST_ROW (row), session);
  assert_false (gtk_widget_get_visible (row));
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_true (gtk_widget_get_visible (row));
  assert_true (jmp_session_get_backup_first (session));
  toggle = GTK_SWITCH (find_type (row, GTK_TYPE_SWITCH));
  assert_true (gtk_switch_get_active (toggle));
  gtk_switch_set_active (toggle, FALSE);
  assert_false (jmp_session_get_backup_first (session));
  kit_assert_finalized (row);
}

static gboolean
is_filled (gpointer user_data)
{
  return kit_shows (user_data, "Restoring failed") && kit_shows (user_data, "Installed");
}

static gboolean
is_empty (gpointer user_data)
{
  return kit_shows (user_data, "Nothing Was Done Yet");
}

static gboolean
can_clear (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "history.clear") == 0)
    return gtk_widget_is_sensitive (widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    if (can_clear (child))
      return TRUE;
  }
  return FALSE;
}

static void
test_history_window (void **state)
{
  Fixture *self = *state;
  g_autofree char *folder = g_build_filename (self->kit->folder, ".history", NULL);
  const JmpHistoryEntry entries[] = {
    { .kind = JMP_HISTORY_INSTALL, .board = (char *)"Pyboard", .bytes = 4096, .seconds = 3 },
    { .kind = JMP_HISTORY_RESTORE,
      .result = JMP_HISTORY_FAILED,
      .error = (char *)"erasing 0x08004000: the board went away" },
  };
  GtkWidget *window;

  for (guint i = 0; i < G_N_ELEMENTS (entries); i++)
    assert_true (jmp_history_add (folder, &entries[i], NULL));
  window = jmp_history_window_new (GTK_WINDOW (self->window), folder);
  gtk_window_present (GTK_WINDOW (window));
  kit_wait (is_filled, window);
  assert_true (kit_shows (window, "erasing 0x08004000: the board went away"));
  assert_true (kit_shows (window, "Pyboard · 4 KiB in "));
  kit_settle ();
  kit_assert_named (window);
  assert_true (can_clear (window));
  assert_true (gtk_widget_activate_action (window, "history.copy", NULL));
  assert_true (jmp_history_clear (folder, NULL));
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);

  window = jmp_history_window_new (NULL, folder);
  gtk_window_present (GTK_WINDOW (window));
  kit_wait (is_empty, window);
  assert_false (can_clear (window));
  /* with nothing to press, what is said has the focus: it is read, and Escape is heard */
  assert_non_null (gtk_window_get_focus (GTK_WINDOW (window)));
  kit_assert_named (window);
  gtk_window_destroy (GTK_WINDOW (window));
}

static int
set_up_all (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  return 0;
}

int
main (int argc, char *argv[])
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_view_says_what_a_backup_is),
    TEST (test_view_makes_a_backup),
    TEST (test_view_asks_for_a_restore),
    TEST (test_view_says_that_the_board_holds_it),
    TEST (test_view_deletes_and_brings_back),
    TEST (test_view_warns_of_damage),
    TEST (test_view_is_small),
    TEST (test_first_row_follows_the_session),
    TEST (test_history_window),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/backups-view", tests, set_up_all, kit_remove_folder);
}
