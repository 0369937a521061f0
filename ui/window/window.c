/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "window/window-private.h"

#include "draw/resource.h"
#include "preferences/window-state.h"
#include "window/device-row.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (JmpWindow, jmp_window, ADW_TYPE_APPLICATION_WINDOW)

enum {
  DRAWN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

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
  if (self->no_board != NULL)
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

/* A board that was in the list already came into update mode, while the steps for that were shown. */
static void
arrived_cb (JmpWindow *self, JmpDevice *device)
{
  if (self->current == NULL && !jmp_window_shows_fleet (self))
    jmp_window_select (self, device);
}

/* Somebody whose board is plugged in may never need it. */
static JmpNoBoardPage *
ensure_no_board (JmpWindow *self)
{
  if (self->no_board == NULL) {
    GtkWidget *page = jmp_no_board_page_new ();

    self->no_board = JMP_NO_BOARD_PAGE (page);
    jmp_no_board_page_set_usb_problem (self->no_board, self->usb_problem);
    jmp_no_board_page_set_boards (self->no_board, G_LIST_MODEL (self->monitor));
    jmp_no_board_page_set_file (self->no_board, self->waiting_file);
    g_signal_connect_swapped (page, "arrived", G_CALLBACK (arrived_cb), self);
    gtk_stack_add_titled (self->pages_stack, page, NULL, _ ("Connect a Board"));
  }
  return self->no_board;
}

/* The focus must not stay on a page that went away: without one, GTK gives the next key to the first
 * button of the window. */
static void
settle_focus (JmpWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);
  GtkWidget *page = gtk_stack_get_visible_child (self->pages_stack);

  if (focus != NULL
      && (gtk_widget_is_ancestor (focus, page)
          || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages_stack))))
    return;
  if (self->current == NULL)
    gtk_widget_grab_focus (page);
  else if (row == NULL || adw_leaflet_get_folded (self->leaflet)
           || !gtk_widget_grab_focus (GTK_WIDGET (row)))
    gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD);
}

void
jmp_window_show_page (JmpWindow *self, JmpSession *session)
{
  const gboolean first = gtk_stack_get_visible_child (self->pages_stack) == NULL;

  self->current = session;
  if (session != NULL) {
    gtk_stack_set_visible_child (self->pages_stack, ensure_page (self, session));
    self->connecting = FALSE;
  } else {
    gtk_stack_set_visible_child (self->pages_stack, GTK_WIDGET (ensure_no_board (self)));
    jmp_no_board_page_begin (self->no_board);
  }
  /* With no page to go to, GTK gave the focus to the first button. */
  if (first)
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
  settle_focus (self);
  jmp_window_update_actions (self);
  jmp_window_fleet_follow (self);
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

/* A board that is worked on, that was sent into update mode, or whose result was not seen, keeps its row
 * when it is away; so does one of several that are updated together. */
static void
update_hold (JmpWindow *self, JmpSession *session)
{
  JmpDevice *device = jmp_session_get_device (session);
  const gboolean hold = jmp_session_is_working (session) || jmp_session_is_finished (session)
                        || jmp_session_is_restarting (session)
                        || jmp_fleet_has (self->fleet, session);

  if (hold && g_hash_table_add (self->held, session))
    jmp_monitor_hold (self->monitor, device);
  else if (!hold && g_hash_table_remove (self->held, session))
    jmp_monitor_release (self->monitor, device);
}

void
jmp_window_update_holds (JmpWindow *self)
{
  g_autoptr (GList) sessions = g_hash_table_get_values (self->sessions);

  for (GList *l = sessions; l != NULL; l = l->next)
    update_hold (self, l->data);
}

static void
session_changed_cb (JmpSession *session, JmpWindow *self)
{
  update_hold (self, session);
  jmp_window_fleet_follow (self);
  jmp_window_update_taskbar (self);
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
    if (self->library != NULL)
      jmp_session_set_knowledge (session, self->library, self->known);
    g_hash_table_insert (self->sessions, g_object_ref (device), session);
    g_signal_connect_object (session, "changed", G_CALLBACK (session_changed_cb), self, 0);
    g_signal_connect_object (
        session, "progress", G_CALLBACK (jmp_window_update_question), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (
        session, "progress", G_CALLBACK (jmp_window_update_taskbar), self, G_CONNECT_SWAPPED);
    g_signal_connect_object (
        session, "finished", G_CALLBACK (jmp_window_notify_finished), self, G_CONNECT_SWAPPED);
  }
  return session;
}

static void
forget_session (JmpWindow *self, JmpSession *session)
{
  GtkWidget *page = g_hash_table_lookup (self->pages, session);

  g_hash_table_remove (self->held, session);
  jmp_fleet_forget (self->fleet, session);
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
  if (self->sessions == NULL || jmp_window_is_choosing (self))
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
  jmp_window_fleet_follow (self);
  if (!self->drawn || jmp_window_shows_fleet (self)
      || gtk_list_box_get_selected_row (self->list) != NULL)
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

/* Rows need fonts and pictures that the first frame can do without. */
static void
fill_list (JmpWindow *self)
{
  if (self->filled)
    return;
  self->filled = TRUE;
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (self->monitor), create_row_cb, self, NULL);
  /* After the list's own handler, so that the rows are there. */
  g_signal_connect_object (
      self->monitor, "items-changed", G_CALLBACK (devices_changed_cb), self, G_CONNECT_SWAPPED);
}

void
jmp_window_drawn (JmpWindow *self)
{
  self->drawn = TRUE;
  fill_list (self);
  g_signal_emit (self, signals[DRAWN], 0);
  devices_changed_cb (self, 0, 0, 0);
}

/* --- What is dropped --- */

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

/* --- The object --- */

static void
jmp_window_dispose (GObject *object)
{
  JmpWindow *self = JMP_WINDOW (object);

  if (self->monitor != NULL)
    g_signal_handlers_disconnect_by_data (self->monitor, self);
  self->current = NULL;
  self->several = FALSE;
  g_clear_object (&self->chooser);
  g_clear_object (&self->waiting_file);
  g_clear_error (&self->usb_problem);
  g_clear_handle_id (&self->first_look, g_source_remove);
  g_clear_handle_id (&self->first_frame, g_source_remove);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_clear_pointer (&self->sessions, g_hash_table_unref);
  g_clear_object (&self->fleet);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->library, jmp_library_unref);
  g_clear_pointer (&self->known, jmp_known_boards_unref);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_WINDOW);
  G_OBJECT_CLASS (jmp_window_parent_class)->dispose (object);
}

static void
jmp_window_class_init (JmpWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = jmp_window_close_request;

  /**
   * JmpWindow::drawn:
   *
   * The first frame can be seen: what is not needed for it can begin.
   */
  signals[DRAWN] = g_signal_new (
      "drawn", JMP_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class, JMP_RESOURCE ("window/window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, board_pane);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, list);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, no_boards);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, add_button);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, add_menu);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, practice_section);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, main_button);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, main_menu);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, usb_notice);
  gtk_widget_class_bind_template_child_full (
      widget_class, "pages", FALSE, G_STRUCT_OFFSET (JmpWindow, pages_stack));
  gtk_widget_class_bind_template_callback (widget_class, row_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  jmp_window_install_actions (widget_class);
  jmp_window_fleet_install (widget_class);
}

static void
jmp_window_init (JmpWindow *self)
{
  self->sessions = g_hash_table_new_full (NULL, NULL, g_object_unref, g_object_unref);
  self->pages = g_hash_table_new (NULL, NULL);
  self->held = g_hash_table_new (NULL, NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_window_fleet_init (self);
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
  jmp_settings_bind_window (GTK_WINDOW (self));
  gtk_widget_set_visible (self->usb_notice, usb_problem != NULL);
  self->usb_problem = usb_problem != NULL ? g_error_copy (usb_problem) : NULL;
  jmp_window_begin (self);
  jmp_window_update_actions (self);
  return GTK_WIDGET (self);
}

/**
 * jmp_window_set_knowledge:
 * @self: the window
 * @library: the releases and the catalogue
 * @known: what is remembered of boards
 *
 * Says what the program knows, when that is there; once.
 */
void
jmp_window_set_knowledge (JmpWindow *self, JmpLibrary *library, JmpKnownBoards *known)
{
  GHashTableIter iter;
  gpointer session;

  g_return_if_fail (self->library == NULL);

  self->library = jmp_library_ref (library);
  self->known = jmp_known_boards_ref (known);
  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    jmp_session_set_knowledge (session, library, known);
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
  if (jmp_window_fleet_open (self, file))
    return;
  g_set_object (&self->waiting_file, file);
  if (self->no_board != NULL)
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

  fill_list (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    JmpSession *session = jmp_device_row_get_session (JMP_DEVICE_ROW (row));

    if (jmp_session_get_device (session) != device)
      continue;
    gtk_list_box_select_row (self->list, row);
    adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
  }
}
