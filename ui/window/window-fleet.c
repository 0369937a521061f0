/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several boards in the window: how they are chosen in the list, and when their page is shown.
 *
 * While boards are chosen, the list takes several, and they are the fleet's. Once the work has begun, the
 * list is as always, and leads to one board at a time; the button below it leads back. */

#include "config.h"

#include "window/window-private.h"

#include "fleet/fleet-words.h"
#include "window/device-row.h"
#include "window/names.h"

#include <glib/gi18n-lib.h>

#define STOP "stop"
#define KEEP "keep"

/* --- What is shown --- */

static gboolean
is_choosing (JmpWindow *self)
{
  return jmp_fleet_get_state (self->fleet) == JMP_FLEET_CHOOSING;
}

gboolean
jmp_window_shows_fleet (JmpWindow *self)
{
  return self->fleet_page != NULL
         && gtk_stack_get_visible_child (self->pages_stack) == self->fleet_page;
}

/* The focus must not stay on a page that went away: it goes to the list, where boards are chosen. */
static void
settle_focus (JmpWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (focus != NULL && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages_stack)))
    return;
  if (row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  if (row == NULL || !gtk_widget_grab_focus (GTK_WIDGET (row)))
    gtk_widget_child_focus (self->fleet_page, GTK_DIR_TAB_FORWARD);
}

static void
show_fleet (JmpWindow *self)
{
  if (self->fleet_page == NULL) {
    self->fleet_page = jmp_fleet_page_new (self->fleet);
    gtk_stack_add_titled (self->pages_stack, self->fleet_page, NULL, _ ("Several Boards"));
  }
  self->current = NULL;
  self->connecting = FALSE;
  settle_focus (self);
  gtk_stack_set_visible_child (self->pages_stack, self->fleet_page);
  jmp_window_update_actions (self);
}

static void
mark_rows (JmpWindow *self)
{
  GtkListBoxRow *row;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++)
    jmp_device_row_set_check (
        JMP_DEVICE_ROW (row), self->several, gtk_list_box_row_is_selected (row));
}

static gboolean
is_ready (JmpSession *session)
{
  return !jmp_session_is_working (session)
         && (jmp_device_get_mode (jmp_session_get_device (session)) == JMP_DEVICE_DFU
             || jmp_session_has_console (session));
}

static guint
count_ready (JmpWindow *self)
{
  GHashTableIter iter;
  gpointer session;
  guint n = 0;

  g_hash_table_iter_init (&iter, self->sessions);
  while (g_hash_table_iter_next (&iter, NULL, &session))
    n += is_ready (session);
  return n;
}

/* The button below the list: to the choice of all boards, on from it where the list fills the window, or
 * back to those that are worked on. */
static void
update_button (JmpWindow *self)
{
  const guint n_ready = self->sessions != NULL ? count_ready (self) : 0;
  const guint n_begun = jmp_fleet_count_begun (self->fleet);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->fleet));
  const gboolean folded = adw_leaflet_get_folded (self->leaflet);
  g_autofree char *label = NULL;

  if (self->several)
    label = g_strdup_printf (ngettext ("_Go On with %u Board", "_Go On with %u Boards", n), n);
  else if (!is_choosing (self))
    label = g_strdup_printf (ngettext ("_Show the %u Board", "_Show the %u Boards", n_begun),
                             n_begun);
  else
    label = g_strdup_printf (ngettext ("_Update %u Board…", "_Update %u Boards…", n_ready),
                             n_ready);
  jmp_names_set_button_label (self->update_all, label);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->update_all),
                                  self->several ? "win.forward" : "win.update-all");
  gtk_widget_set_visible (self->update_all_box,
                          self->several ? folded && n > 0
                                        : (folded || !jmp_window_shows_fleet (self))
                                              && (!is_choosing (self) || n_ready > 1));
}

/* --- Choosing --- */

/* What is chosen in the list is the fleet, in the list's order. */
static void
take_selection (JmpWindow *self)
{
  g_autoptr (GPtrArray) sessions = g_ptr_array_new ();
  GtkListBoxRow *row;

  if (!self->several || self->settling)
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    if (gtk_list_box_row_is_selected (row))
      g_ptr_array_add (sessions, jmp_device_row_get_session (JMP_DEVICE_ROW (row)));
  }
  jmp_fleet_set_sessions (self->fleet, sessions);
  mark_rows (self);
  jmp_window_update_holds (self);
  update_button (self);
}

/* The list as it is for one board; none is chosen. */
static void
end_choosing (JmpWindow *self)
{
  if (!self->several)
    return;
  self->several = FALSE;
  self->settling = TRUE;
  gtk_list_box_unselect_all (self->list);
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_SINGLE);
  gtk_list_box_set_activate_on_single_click (self->list, TRUE);
  self->settling = FALSE;
  mark_rows (self);
  gtk_toggle_button_set_active (self->select_several, FALSE);
}

static void
begin_choosing (JmpWindow *self)
{
  if (self->several || !is_choosing (self))
    return;
  self->several = TRUE;
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_MULTIPLE);
  gtk_list_box_set_activate_on_single_click (self->list, FALSE);
  gtk_toggle_button_set_active (self->select_several, TRUE);
  show_fleet (self);
  take_selection (self);
  update_button (self);
}

/* Something else is to be shown. */
void
jmp_window_fleet_put_away (JmpWindow *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();

  end_choosing (self);
  if (is_choosing (self))
    jmp_fleet_set_sessions (self->fleet, none);
  jmp_window_update_holds (self);
  if (jmp_window_shows_fleet (self))
    jmp_window_show_page (self, NULL);
}

/* Back to one board: the first of those that were chosen. */
static void
leave (JmpWindow *self)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GtkListBoxRow *row = gtk_list_box_get_selected_row (self->list);

  if (self->several && row == NULL)
    row = gtk_list_box_get_row_at_index (self->list, 0);
  end_choosing (self);
  if (is_choosing (self))
    jmp_fleet_set_sessions (self->fleet, none);
  jmp_window_update_holds (self);
  if (row != NULL)
    gtk_list_box_select_row (self->list, row);
  else
    jmp_window_show_page (self, NULL);
  update_button (self);
}

static void
toggle_row (GtkListBox *list, GtkListBoxRow *row)
{
  if (gtk_list_box_row_is_selected (row))
    gtk_list_box_unselect_row (list, row);
  else
    gtk_list_box_select_row (list, row);
  gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* Whether the list's signals are about several boards. */
gboolean
jmp_window_is_choosing (JmpWindow *self)
{
  return self->several || self->settling;
}

static void
select_several_cb (JmpWindow *self, GtkToggleButton *button)
{
  if (gtk_toggle_button_get_active (button) == self->several)
    return;
  if (self->several)
    leave (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.select-several", NULL);
}

/* While their work runs there are no others to choose: its page is shown. */
static void
select_several_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);

  if (self->several) {
    leave (self);
    return;
  }
  if (is_choosing (self)) {
    begin_choosing (self);
  } else {
    gtk_list_box_unselect_all (self->list);
    show_fleet (self);
    gtk_toggle_button_set_active (self->select_several, FALSE);
    update_button (self);
  }
}

static void
update_all_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpWindow *self = JMP_WINDOW (widget);
  GtkListBoxRow *row;

  if (!self->several)
    select_several_action (widget, NULL, NULL);
  self->settling = self->several;
  for (int i = 0; self->several && (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL;
       i++) {
    if (is_ready (jmp_device_row_get_session (JMP_DEVICE_ROW (row))))
      gtk_list_box_select_row (self->list, row);
    else
      gtk_list_box_unselect_row (self->list, row);
  }
  self->settling = FALSE;
  take_selection (self);
  adw_leaflet_set_visible_child (self->leaflet, self->board_pane);
}

static void
forward_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  adw_leaflet_navigate (JMP_WINDOW (widget)->leaflet, ADW_NAVIGATION_DIRECTION_FORWARD);
}

/* --- Mouse and keys --- */

/* A press chooses one more board, or one less; with Ctrl it also begins that. */
static void
pressed_cb (GtkGestureClick *gesture, int n_press, double x, double y, JmpWindow *self)
{
  const GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (gesture));
  GtkListBoxRow *row = gtk_list_box_get_row_at_y (self->list, (int)y);
  const gboolean more = (state & GDK_CONTROL_MASK) != 0;
  const gboolean range = (state & GDK_SHIFT_MASK) != 0;

  if (row == NULL || !is_choosing (self) || (!self->several && !more && !range))
    return;
  begin_choosing (self);
  if (range)
    return; /* the list knows how */
  toggle_row (self->list, row);
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

static gboolean
begins_choosing (guint key, GdkModifierType state)
{
  if (state == GDK_CONTROL_MASK)
    return key == GDK_KEY_space || key == GDK_KEY_KP_Space || key == GDK_KEY_a;
  return (state & GDK_SHIFT_MASK) != 0
         && (key == GDK_KEY_Up || key == GDK_KEY_Down || key == GDK_KEY_Home || key == GDK_KEY_End);
}

/* The list's own way would choose the row, and no other. */
static gboolean
walk (GtkListBox *list, GtkListBoxRow *from, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_row_at_index (list,
                                                      gtk_list_box_row_get_index (from) + step);

  return row != NULL && gtk_widget_grab_focus (GTK_WIDGET (row));
}

/* While boards are chosen, the arrows only walk, and Space and Enter choose. */
static gboolean
key_cb (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state, JmpWindow *self)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));

  state &= gtk_accelerator_get_default_mod_mask ();
  if (!self->several && begins_choosing (key, state))
    begin_choosing (self);
  if (!self->several || state != 0)
    return GDK_EVENT_PROPAGATE;
  if (!GTK_IS_LIST_BOX_ROW (focus))
    return GDK_EVENT_PROPAGATE;
  if (key == GDK_KEY_Up || key == GDK_KEY_Down)
    return walk (self->list, GTK_LIST_BOX_ROW (focus), key == GDK_KEY_Up ? -1 : 1);
  if (key != GDK_KEY_space && key != GDK_KEY_KP_Space && key != GDK_KEY_Return)
    return GDK_EVENT_PROPAGATE;
  toggle_row (self->list, GTK_LIST_BOX_ROW (focus));
  return GDK_EVENT_STOP;
}

static void
add_controllers (JmpWindow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect (click, "pressed", G_CALLBACK (pressed_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (key_cb), self);
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

/* --- Actions that are the same for one board and for several: whether it was for several --- */

gboolean
jmp_window_fleet_open (JmpWindow *self, GFile *file)
{
  if (!jmp_window_shows_fleet (self))
    return FALSE;
  if (!jmp_fleet_open_file (self->fleet, file))
    jmp_window_toast (self,
                      is_choosing (self) ? _ ("Choose the boards in the list first.")
                                         : _ ("Open the file again when the work is done."));
  return TRUE;
}

gboolean
jmp_window_fleet_start (JmpWindow *self)
{
  if (!jmp_window_shows_fleet (self))
    return FALSE;
  jmp_fleet_page_start (JMP_FLEET_PAGE (self->fleet_page));
  return TRUE;
}

gboolean
jmp_window_fleet_stop (JmpWindow *self)
{
  if (!jmp_window_shows_fleet (self))
    return FALSE;
  jmp_fleet_stop (self->fleet);
  return TRUE;
}

/* From the results back to the choice of the same boards. */
gboolean
jmp_window_fleet_done (JmpWindow *self)
{
  GtkListBoxRow *row;

  if (!jmp_window_shows_fleet (self))
    return FALSE;
  jmp_fleet_dismiss (self->fleet);
  if (!is_choosing (self))
    return TRUE;
  self->settling = TRUE;
  begin_choosing (self);
  for (int i = 0; (row = gtk_list_box_get_row_at_index (self->list, i)) != NULL; i++) {
    if (jmp_fleet_has (self->fleet, jmp_device_row_get_session (JMP_DEVICE_ROW (row))))
      gtk_list_box_select_row (self->list, row);
  }
  self->settling = FALSE;
  take_selection (self);
  return TRUE;
}

gboolean
jmp_window_fleet_copy_report (JmpWindow *self)
{
  g_autofree char *report = NULL;

  if (!jmp_window_shows_fleet (self))
    return FALSE;
  report = jmp_fleet_report (self->fleet);
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), report);
  jmp_window_toast (self, _ ("The report was copied."));
  return TRUE;
}

static void
stop_answer_cb (JmpWindow *self, const char *answer)
{
  if (g_strcmp0 (answer, STOP) == 0)
    jmp_fleet_stop (self->fleet);
}

static void
ask_to_stop (JmpWindow *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (
      GTK_WINDOW (self),
      _ ("Stop All Installations?"),
      _ ("Boards that are stopped may not start until firmware is installed again.")));

  adw_message_dialog_add_responses (dialog, KEEP, _ ("_Keep Working"), STOP, _ ("_Stop All"), NULL);
  adw_message_dialog_set_response_appearance (dialog, STOP, ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, KEEP);
  adw_message_dialog_set_close_response (dialog, KEEP);
  g_signal_connect_object (
      dialog, "response", G_CALLBACK (stop_answer_cb), self, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
jmp_window_fleet_escape (JmpWindow *self)
{
  if (!jmp_window_shows_fleet (self))
    return FALSE;
  switch (jmp_fleet_get_state (self->fleet)) {
  case JMP_FLEET_CHOOSING:
    leave (self);
    break;
  case JMP_FLEET_WORKING:
    ask_to_stop (self);
    break;
  case JMP_FLEET_DONE:
    jmp_window_fleet_done (self);
    break;
  }
  return TRUE;
}

gboolean
jmp_window_fleet_update_actions (JmpWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  const JmpFleetState state = jmp_fleet_get_state (self->fleet);

  if (!jmp_window_shows_fleet (self))
    return FALSE;
  gtk_widget_action_set_enabled (widget, "win.open", state != JMP_FLEET_WORKING);
  gtk_widget_action_set_enabled (
      widget,
      "win.start",
      (state == JMP_FLEET_CHOOSING && jmp_fleet_count (self->fleet, JMP_FLEET_BOARD_READY) > 0)
          || (state == JMP_FLEET_DONE
              && jmp_fleet_count (self->fleet, JMP_FLEET_BOARD_DONE)
                     < jmp_fleet_count_begun (self->fleet)));
  gtk_widget_action_set_enabled (widget, "win.stop", state == JMP_FLEET_WORKING);
  gtk_widget_action_set_enabled (widget, "win.done", state == JMP_FLEET_DONE);
  gtk_widget_action_set_enabled (
      widget, "win.copy-report", g_list_model_get_n_items (G_LIST_MODEL (self->fleet)) > 0);
  gtk_widget_action_set_enabled (widget, "win.table", FALSE);
  gtk_widget_action_set_enabled (widget, "win.back-up", FALSE);
  return TRUE;
}

/* --- What the boards do --- */

static void
fleet_changed_cb (JmpWindow *self)
{
  if (!is_choosing (self))
    end_choosing (self);
  update_button (self);
  jmp_window_update_actions (self);
  jmp_window_update_inhibit (self);
}

static void
fleet_finished_cb (JmpWindow *self)
{
  jmp_window_notify_all_finished (self);
}

/* Something is different about a board, or one came or went. */
void
jmp_window_fleet_follow (JmpWindow *self)
{
  mark_rows (self);
  update_button (self);
}

void
jmp_window_fleet_init (JmpWindow *self)
{
  g_autoptr (JmpBackupStore) store = jmp_backup_store_new (NULL);

  self->fleet = jmp_fleet_new (store);
  g_signal_connect_object (
      self->fleet, "changed", G_CALLBACK (fleet_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->fleet, "finished", G_CALLBACK (fleet_finished_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->leaflet, "notify::folded", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  add_controllers (self);
}

void
jmp_window_fleet_install (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, select_several);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, update_all);
  gtk_widget_class_bind_template_child (widget_class, JmpWindow, update_all_box);
  gtk_widget_class_bind_template_callback_full (
      widget_class, "select_several_cb", G_CALLBACK (select_several_cb));
  gtk_widget_class_bind_template_callback_full (
      widget_class, "selected_rows_cb", G_CALLBACK (take_selection));
  gtk_widget_class_install_action (widget_class, "win.select-several", NULL, select_several_action);
  gtk_widget_class_install_action (widget_class, "win.update-all", NULL, update_all_action);
  gtk_widget_class_install_action (widget_class, "win.forward", NULL, forward_action);
}
