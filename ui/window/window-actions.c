/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done in the window, as actions. */

#include "config.h"

#include "window/window-private.h"

#include "device/practice.h"
#include "draw/resource.h"
#include "permission/permission-window.h"
#include "session/report.h"

#include <glib/gi18n-lib.h>

static void
chooser_response_cb (JmpWindow *self, int response)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser));
  g_clear_object (&self->chooser);
  if (file != NULL)
    jmp_window_open_file (self, file);
}

static const char *const FIRMWARE_FILES[] = { "*.[dD][fF][uU]", "*.[hH][eE][xX]",
                                              "*.[bB][iI][nN]", "*.[eE][lL][fF]",
                                              "*.[uU][fF]2",    "*.[sS][rR][eE][cC]",
                                              "*.[sS]19",       NULL };
static const char *const ALL_FILES[] = { "*", NULL };

static void
add_filter (GtkFileChooser *chooser, const char *name, const char *const *patterns)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  gtk_file_filter_set_name (filter, name);
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  gtk_file_chooser_add_filter (chooser, filter);
}

static void
open_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (self->chooser != NULL)
    return;
  self->chooser = gtk_file_chooser_native_new (_ ("Open Firmware File"),
                                               GTK_WINDOW (self),
                                               GTK_FILE_CHOOSER_ACTION_OPEN,
                                               _ ("_Open"),
                                               _ ("_Cancel"));
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("Firmware Files"), FIRMWARE_FILES);
  add_filter (GTK_FILE_CHOOSER (self->chooser), _ ("All Files"), ALL_FILES);
  g_signal_connect_object (
      self->chooser, "response", G_CALLBACK (chooser_response_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
start_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (!jmp_window_fleet_start (self) && self->current != NULL)
    jmp_session_begin (self->current);
}

/* The button stands beside the sentence that says what it means: it does not ask again. */
static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (!jmp_window_fleet_stop (self) && self->current != NULL)
    jmp_session_stop (self->current);
}

static void
done_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (!jmp_window_fleet_done (self) && self->current != NULL)
    jmp_session_dismiss (self->current);
}

static void
copy_report_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);
  g_autofree char *report = NULL;

  if (jmp_window_fleet_copy_report (self) || self->current == NULL)
    return;
  report = jmp_report_session (self->current);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), report);
  jmp_window_toast (self, _ ("The report was copied."));
}

static void
connect_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  jmp_window_fleet_put_away (self);
  self->connecting = TRUE;
  gtk_list_box_unselect_all (self->list);
  jmp_window_show_page (self, NULL);
  adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
  gtk_widget_grab_focus (GTK_WIDGET (self->no_board));
}

static void
permission_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  gtk_window_present (GTK_WINDOW (
      jmp_permission_window_new (GTK_WINDOW (self), G_LIST_MODEL (self->monitor), NULL)));
}

static void
back_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (adw_leaflet_get_folded (self->leaflet)
      && adw_leaflet_get_visible_child (self->leaflet) == self->board_pane)
    adw_leaflet_navigate (self->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
}

/* Escape leaves whatever is there, and asks before it stops work. */
static void
escape_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (jmp_window_fleet_escape (self))
    return;
  if (self->current != NULL && jmp_session_can_stop (self->current))
    jmp_window_ask_to_stop (self);
  else if (self->current != NULL && jmp_session_is_finished (self->current))
    jmp_session_dismiss (self->current);
  else if (self->current != NULL || self->no_board == NULL
           || !jmp_no_board_page_go_back (self->no_board))
    back_action (widget, NULL, NULL);
}

static void
table_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (self->current != NULL)
    jmp_board_page_toggle_table (g_hash_table_lookup (self->pages, self->current));
}

static void
back_up_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (self->current != NULL)
    jmp_board_page_back_up (g_hash_table_lookup (self->pages, self->current));
}

/* GTK would make it with the window, for the few who ask. */
static void
shortcuts_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkApplicationWindow *window = GTK_APPLICATION_WINDOW (widget);

  if (gtk_application_window_get_help_overlay (window) == NULL) {
    g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (JMP_RESOURCE ("shortcuts.ui"));

    gtk_application_window_set_help_overlay (
        window, GTK_SHORTCUTS_WINDOW (gtk_builder_get_object (builder, "help_overlay")));
  }
  gtk_window_present (GTK_WINDOW (gtk_application_window_get_help_overlay (window)));
}

/* What a hand does with a real board: jumper on, plug out and in. */
static void
restart_practice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);
  JmpVirtualBoard *board;

  if (self->current == NULL)
    return;
  board = jmp_practice_device_get_board (jmp_session_get_device (self->current));
  if (board == NULL)
    return;
  jmp_virtual_board_set_jumper (board, TRUE);
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_plug (board);
}

static void
unplug_practice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);
  JmpVirtualBoard *board;

  if (self->current == NULL)
    return;
  board = jmp_practice_device_get_board (jmp_session_get_device (self->current));
  if (board != NULL)
    jmp_virtual_board_unplug (board);
}

/* Not while it is worked on; a result that was not dismissed goes with it. */
static void
remove_practice_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);
  g_autoptr (JmpDevice) device = NULL;

  if (self->current == NULL || jmp_session_is_working (self->current))
    return;
  device = g_object_ref (jmp_session_get_device (self->current));
  if (jmp_device_is_practice (device))
    jmp_monitor_remove (self->monitor, device);
}

void
jmp_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.open", NULL, open_action);
  gtk_widget_class_install_action (widget_class, "win.start", NULL, start_action);
  gtk_widget_class_install_action (widget_class, "win.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "win.done", NULL, done_action);
  gtk_widget_class_install_action (widget_class, "win.copy-report", NULL, copy_report_action);
  gtk_widget_class_install_action (widget_class, "win.connect", NULL, connect_action);
  gtk_widget_class_install_action (widget_class, "win.permission", NULL, permission_action);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back_action);
  gtk_widget_class_install_action (widget_class, "win.escape", NULL, escape_action);
  gtk_widget_class_install_action (widget_class, "win.table", NULL, table_action);
  gtk_widget_class_install_action (widget_class, "win.back-up", NULL, back_up_action);
  gtk_widget_class_install_action (widget_class, "win.show-help-overlay", NULL, shortcuts_action);
  gtk_widget_class_install_action (
      widget_class, "win.restart-practice", NULL, restart_practice_action);
  gtk_widget_class_install_action (
      widget_class, "win.unplug-practice", NULL, unplug_practice_action);
  gtk_widget_class_install_action (
      widget_class, "win.remove-practice", NULL, remove_practice_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "win.escape", NULL);
}

/* What a hand can do with a practice board. */
static void
update_practice_actions (GtkWidget *widget, JmpSession *session)
{
  JmpDevice *device = session != NULL ? jmp_session_get_device (session) : NULL;
  const gboolean practice = device != NULL && jmp_device_is_practice (device);
  const JmpDeviceMode mode = practice ? jmp_device_get_mode (device) : JMP_DEVICE_GONE;

  gtk_widget_action_set_enabled (
      widget, "win.restart-practice", practice && mode != JMP_DEVICE_DFU);
  gtk_widget_action_set_enabled (
      widget, "win.unplug-practice", practice && mode != JMP_DEVICE_GONE);
  gtk_widget_action_set_enabled (
      widget, "win.remove-practice", practice && !jmp_session_is_working (session));
}

/* An action is offered when it would do something. */
void
jmp_window_update_actions (JmpWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  JmpSession *session = self->current;
  const gboolean working = session != NULL && jmp_session_is_working (session);
  const gboolean finished = session != NULL && jmp_session_is_finished (session);

  if (jmp_window_fleet_update_actions (self))
    return;
  gtk_widget_action_set_enabled (widget, "win.open", !working);
  gtk_widget_action_set_enabled (widget,
                                 "win.start",
                                 session != NULL
                                     && jmp_session_get_obstacle (session) == JMP_OBSTACLE_NONE);
  gtk_widget_action_set_enabled (
      widget, "win.stop", session != NULL && jmp_session_can_stop (session));
  gtk_widget_action_set_enabled (widget, "win.done", finished);
  gtk_widget_action_set_enabled (widget, "win.copy-report", session != NULL);
  gtk_widget_action_set_enabled (widget, "win.table", session != NULL);
  gtk_widget_action_set_enabled (widget, "win.back-up", session != NULL && !working && !finished);
  update_practice_actions (widget, session);
}
