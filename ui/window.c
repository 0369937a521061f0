/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window-private.h"

#include "device-row.h"
#include "resource.h"
#include "virtual/board.h"

#include <glib/gi18n-lib.h>

#define NO_BOARD "no-board"

G_DEFINE_FINAL_TYPE (JmpWindow, jmp_window, ADW_TYPE_APPLICATION_WINDOW)

/* --- Pages --- */

/* Opening changes the session, which comes back here: the file is taken first. */
static void
offer_waiting_file (JmpWindow *self)
{
  g_autoptr (GFile) file = NULL;

  if (self->waiting_file == NULL || self->current == NULL || jmp_session_is_working (self->current)
      || jmp_session_is_finished (self->current))
    return;
  file = g_steal_pointer (&self->waiting_file);
  jmp_no_board_page_set_file (self->no_board, NULL);
  jmp_session_open_file (self->current, file);
}

static GtkWidget *
ensure_page (JmpWindow *self, JmpSession *session)
{
  GtkWidget *page = g_hash_table_lookup (self->pages, session);

  if (page == NULL) {
    page = jmp_board_page_new (session);
    gtk_stack_add_titled (
        self->pages_stack, page, NULL, jmp_device_get_name (jmp_session_get_device (session)));
    g_hash_table_insert (self->pages, session, page);
  }
  return page;
}

void
jmp_window_show_page (JmpWindow *self, JmpSession *session)
{
  self->current = session;
  if (session != NULL) {
    gtk_stack_set_visible_child (self->pages_stack, ensure_page (self, session));
    self->connecting = FALSE;
  } else {
    gtk_stack_set_visible_child_name (self->pages_stack, NO_BOARD);
  }
  jmp_window_update_actions (self);
  offer_waiting_file (self);
}

void
jmp_window_toast (JmpWindow *self, const char *text)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (text));
}

/* --- Sessions --- */

/* How many boards are being worked on, and one of them. */
guint
jmp_window_count_working (JmpWindow *self, JmpSession **one)
{
  GHashTableIter iter;
  gpointer session;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session)) {
    if (!jmp_session_is_working (session))
      continue;
    n++;
    if (one != NULL)
      *one = session;
  }
  return n;
}

/* A board that is worked on, or whose result was not seen, keeps its row when it is unplugged. */
static void
update_hold (JmpWindow *self, JmpSession *session)
{
  JmpDevice *device = jmp_session_get_device (session);
  const gboolean hold = jmp_session_is_working (session) || jmp_session_is_finished (session);

  if (hold && g_hash_table_add (self->held, session))
    jmp_monitor_hold (self->monitor, device);
  else if (!hold && g_hash_table_remove (self->held, session))
    jmp_monitor_release (self->monitor, device);
}

static void
session_changed_cb (JmpSession *session, JmpWindow *self)
{
  update_hold (self, session);
  jmp_window_update_inhibit (self);
  jmp_window_update_question (self);
  jmp_window_update_actions (self);
  if (session == self->current)
    offer_waiting_file (self);
  if (self->closing && jmp_window_count_working (self, NULL) == 0)
    gtk_window_destroy (GTK_WINDOW (self));
}

static JmpSession *
ensure_session (JmpWindow *self, JmpDevice *device)
{
  JmpSession *session = g_hash_table_lookup (self->sessions, device);

  if (session == NULL) {
    session = jmp_session_new (device, G_LIST_MODEL (self->monitor));
    g_hash_table_insert (self->sessions, g_object_ref (device), session);
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
    g_signal_connect_object (
        session, "progress", G_CALLBACK (jmp_window_update_question), self, G_CONNECT_SWAPPED);
  }
  return session;
}

static void
forget_session (JmpWindow *self, JmpSession *session)
{
  GtkWidget *page = g_hash_table_lookup (self->pages, session);

  g_hash_table_remove (self->held, session);
  if (session == self->current)
    jmp_window_show_page (self, NULL);
  if (page != NULL) {
    g_hash_table_remove (self->pages, session);
    gtk_stack_remove (self->pages_stack, page);
  }
}

static gboolean
is_listed (JmpWindow *self, JmpDevice *device)
{
  GListModel *model = G_LIST_MODEL (self->monitor);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++) {
    g_autoptr (JmpDevice) item = g_list_model_get_item (model, i);

    if (item == device)
      return TRUE;
  }
  return FALSE;
}

static void
forget_unlisted (JmpWindow *self)
{
  GHashTableIter iter;
  gpointer device, session;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, &device, &session)) {
    if (is_listed (self, device))
      continue;
    forget_session (self, session);
    g_hash_table_iter_remove (&iter);
  }
}

/* --- The list --- */

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  return jmp_device_row_new (ensure_session (user_data, item));
}

static void
row_selected_cb (JmpWindow *self, GtkListBoxRow *row)
{
  /* The list loses its rows when the window goes. */
  if (self->sessions == NULL)
    return;
  if (row != NULL)
    jmp_window_show_page (self, jmp_device_row_get_session (JMP_DEVICE_ROW (row)));
  else
    jmp_window_show_page (self, NULL);
}

static void
row_activated_cb (JmpWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
}

/* The window moves on by itself when the first board comes; later it leaves the choice alone, unless
 * one more was waited for. */
static void
devices_changed_cb (JmpWindow *self, guint position, guint removed, guint added)
{
  GtkListBoxRow *row;

  forget_unlisted (self);
  if (gtk_list_box_get_selected_row (self->list) != NULL)
    return;
  if (!self->connecting)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  else if (added > removed)
    row = gtk_list_box_get_row_at_index (self->list, (int)(position + added) - 1);
  else
    return;
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
}

static gboolean
drop_cb (JmpWindow *self, const GValue *value)
{
  g_autoptr (GFile) file = NULL;

  if (self->current != NULL && jmp_session_is_working (self->current))
    return FALSE;
  if (G_VALUE_HOLDS (value, G_TYPE_FILE)) {
    file = g_value_dup_object (value);
  } else if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST)) {
    g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

    file = files != NULL ? g_object_ref (files->data) : NULL;
  }
  if (file == NULL)
    return FALSE;
  jmp_window_open_file (self, file);
  return TRUE;
}

static void
add_drop_target (JmpWindow *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_swapped (target, "drop", G_CALLBACK (drop_cb), self);
  gtk_widget_add_controller (self->board_pane, GTK_EVENT_CONTROLLER (target));
}

static void
update_contrast (JmpWindow *self)
{
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    gtk_widget_add_css_class (GTK_WIDGET (self), "high-contrast");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "high-contrast");
}

static void
fill_practice_menu (JmpWindow *self)
{
  const char *const *kinds = jmp_virtual_board_kinds ();

  for (guint i = 0; kinds[i] != NULL; i++) {
    /* Translators: %s is the name of a kind of board. */
    g_autofree char *label = g_strdup_printf (_ ("Practice %s"), kinds[i]);
    g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

    g_menu_item_set_action_and_target (item, "app.practice", "s", kinds[i]);
    g_menu_append_item (self->practice_section, item);
  }
}

/* --- The object --- */

static void
jmp_window_dispose (GObject *object)
{
  JmpWindow *self = JMP_WINDOW (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  self->current = NULL;
  g_clear_object (&self->chooser);
  g_clear_object (&self->waiting_file);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_object (&self->monitor);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_WINDOW);
  G_OBJECT_CLASS (jmp_window_parent_class)->dispose (object);
}

static void
jmp_window_class_init (JmpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = jmp_window_close_request;
  g_type_ensure (JMP_TYPE_NO_BOARD_PAGE);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, board_pane);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, practice_section);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, usb_notice);
  gtk_widget_class_bind_template_child_full (
      widget_class, "pages", FALSE, G_STRUCT_OFFSET (JmpWindow, pages_stack));
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, no_board);
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  jmp_window_install_actions (widget_class);
}

static void
jmp_window_init (JmpWindow *self)
{
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->pages = g_hash_table_new (NULL, NULL);
  self->held = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_practice_menu (self);
  add_drop_target (self);
  g_signal_connect_object (adw_style_manager_get_default (),
                           "notify::high-contrast",
                           G_CALLBACK (update_contrast),
                           self,
                           G_CONNECT_SWAPPED);
  update_contrast (self);
  g_signal_connect (
      self, "notify::is-active", G_CALLBACK (jmp_window_withdraw_notifications), NULL);
}

/**
 * jmp_window_new:
 * @app: the application
 * @monitor: the boards
 * @usb_problem: (nullable): why boards on USB cannot be seen
 *
 * Returns: (transfer floating): the window
 */
GtkWidget *
jmp_window_new (GtkApplication *app, JmpMonitor *monitor, const GError *usb_problem)
{
  JmpWindow *self = g_object_new (JMP_TYPE_WINDOW, "application", app, NULL);

  self->monitor = g_object_ref (monitor);
  gtk_widget_set_visible (self->usb_notice, usb_problem != NULL);
  jmp_no_board_page_set_usb_problem (self->no_board, usb_problem);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (monitor), create_row_cb, self, NULL);
  /* After the list's own handler, so that the rows are there. */
  g_signal_connect_object (
      monitor, "items-changed", G_CALLBACK (devices_changed_cb), self, G_CONNECT_SWAPPED);
  devices_changed_cb (self, 0, 0, 0);
  jmp_window_update_actions (self);
  return GTK_WIDGET (self);
}

/**
 * jmp_window_open_file:
 * @self: the window
 * @file: a firmware file
 *
 * Opens @file for the board that is shown, or, where there is none or it is being worked on, as soon
 * as there is one that can take it.
 */
void
jmp_window_open_file (JmpWindow *self, GFile *file)
{
  g_set_object (&self->waiting_file, file);
  jmp_no_board_page_set_file (self->no_board, file);
  if (self->current != NULL && jmp_session_is_finished (self->current))
    jmp_session_dismiss (self->current);
  offer_waiting_file (self);
  if (self->waiting_file != NULL && self->current != NULL)
    jmp_window_toast (self, _ ("The file is opened when the work is done."));
  adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
}

/**
 * jmp_window_select:
 * @self: the window
 * @device: a board in the monitor
 *
 * Shows the board.
 */
void
jmp_window_select (JmpWindow *self, JmpDevice *device)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    JmpSession *session = jmp_device_row_get_session (JMP_DEVICE_ROW (row));

    if (jmp_session_get_device (session) != device)
      continue;
    gtk_list_box_select_row (self->list, row);
    adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
  }
}
