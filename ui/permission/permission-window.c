/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "permission/permission-window.h"

#include "base/error.h"
#include "device/device.h"
#include "draw/drawing.h"
#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "window/names.h"
#include "words/words-driver.h"
#include "words/words-platform.h"
#include "words/words-practice.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

static const JmpPermissionOps CORE = {
  .look = jmp_permission_look,
  .install = jmp_permission_install,
  .remove = jmp_permission_remove,
};

/* What the worker does before it looks. */
typedef enum {
  LOOK,
  INSTALL,
  REMOVE,
} Work;

struct _JmpPermissionWindow {
  AdwWindow parent;

  /* Owned */
  GListModel *boards;
  GPtrArray *watched; /* the boards whose state is followed */
  GCancellable *cancellable;
  JmpPermission *found; /* NULL until it was looked for */

  const JmpPermissionOps *ops;
  gboolean busy;
  gboolean has_rule;     /* on this system */
  gboolean has_commands; /* that do the same */

  /* Template widgets */
  AdwWindowTitle *window_title;
  JmpDrawing *drawing;
  GtkLabel *heading;
  AdwActionRow *state_row;
  GtkImage *state_icon;
  GtkSpinner *spinner;
  AdwActionRow *test_row;
  GtkImage *test_icon;
  AdwActionRow *error_row;
  AdwExpanderRow *rule_row;
  GtkLabel *rule;
  AdwExpanderRow *commands_row;
  GtkLabel *commands;
  GtkButton *install;
  GtkButton *undo;
};

G_DEFINE_FINAL_TYPE (JmpPermissionWindow, jmp_permission_window, ADW_TYPE_WINDOW)

static void begin (JmpPermissionWindow *self, Work work);

static void
set_row (AdwActionRow *row, GtkImage *icon, const char *name, const char *title, const char *text)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, text);
  gtk_image_set_from_icon_name (icon, name);
}

/* --- Whether a board can be opened: the monitor tries again by itself --- */

static gboolean
is_refused (JmpDevice *device)
{
  return jmp_device_get_mode (device) == JMP_DEVICE_UNUSABLE
         && g_error_matches (
             jmp_device_get_problem (device), JMP_ERROR, jmp_words_platform.rule_helps);
}

static gboolean
is_open (JmpDevice *device)
{
  return jmp_device_get_mode (device) == JMP_DEVICE_DFU && !jmp_device_is_practice (device);
}

static JmpDevice *
find_board (JmpPermissionWindow *self, gboolean (*fits) (JmpDevice *device))
{
  for (guint i = 0; i < self->watched->len; i++) {
    if (fits (g_ptr_array_index (self->watched, i)))
      return g_ptr_array_index (self->watched, i);
  }
  return NULL;
}

static void
update_test (JmpPermissionWindow *self)
{
  JmpDevice *refused = jmp_words_platform.rule != NULL ? find_board (self, is_refused) : NULL;
  JmpDevice *open = find_board (self, is_open);
  const gboolean installed = self->found != NULL && self->found->state == JMP_PERMISSION_INSTALLED;

  if (refused != NULL)
    set_row (self->test_row,
             self->test_icon,
             "dialog-warning-symbolic",
             jmp_words_device_name (refused),
             installed ? _ ("It cannot be opened yet: unplug it, and plug it in again.")
                       : _ (jmp_words_platform.rule->refused));
  else if (open != NULL)
    set_row (self->test_row,
             self->test_icon,
             "object-select-symbolic",
             jmp_words_device_name (open),
             _ ("It was opened: this board can be used."));
  else
    set_row (self->test_row,
             self->test_icon,
             "jumper-board-symbolic",
             _ ("No Board to Test With"),
             _ ("Connect a board in update mode to see whether it can be used."));
}

static void
forget_boards (JmpPermissionWindow *self)
{
  for (guint i = 0; i < self->watched->len; i++)
    g_signal_handlers_disconnect_by_data (g_ptr_array_index (self->watched, i), self);
  g_ptr_array_set_size (self->watched, 0);
}

static void
boards_changed_cb (JmpPermissionWindow *self)
{
  forget_boards (self);
  for (guint i = 0; self->boards != NULL && i < g_list_model_get_n_items (self->boards); i++) {
    JmpDevice *device = g_list_model_get_item (self->boards, i);

    g_signal_connect_swapped (device, "notify::mode", G_CALLBACK (update_test), self);
    g_ptr_array_add (self->watched, device);
  }
  update_test (self);
  /* where the drivers of boards count, another board is another state */
  if (!self->busy && self->found != NULL && self->found->drivers != NULL)
    begin (self, LOOK);
}

/* --- What there is --- */

static void
show_installed (JmpPermissionWindow *self, const JmpWordsRule *rule)
{
  g_autofree char *text = rule->say_installed (self->found->file);

  set_row (self->state_row, self->state_icon, "object-select-symbolic", _ (rule->installed), text);
}

/* A driver that is in the way is named, with what helps against it. */
static void
show_missing (JmpPermissionWindow *self, const JmpWordsRule *rule)
{
  const JmpDriver *driver = jmp_words_find_driver (self->found, 0, 0);
  const char *advice = driver != NULL ? jmp_words_driver_advice (driver, self->found) : NULL;
  g_autofree char *what = NULL;
  g_autofree char *text = NULL;

  if (advice != NULL) {
    what = jmp_words_driver (driver);
    text = g_strdup_printf ("%s\n%s", what, advice);
  } else {
    text = g_strdup (_ (rule->missing_text));
  }
  set_row (self->state_row, self->state_icon, "dialog-warning-symbolic", _ (rule->missing), text);
}

static void
update_state (JmpPermissionWindow *self)
{
  const JmpWordsRule *rule = jmp_words_platform.rule;

  if (rule == NULL || self->found->state == JMP_PERMISSION_NOT_NEEDED)
    set_row (self->state_row,
             self->state_icon,
             "object-select-symbolic",
             _ ("No Rule Is Needed"),
             _ (jmp_words_platform.no_driver_advice));
  else if (self->found->state == JMP_PERMISSION_INSTALLED)
    show_installed (self, rule);
  else if (self->found->state == JMP_PERMISSION_MISSING)
    show_missing (self, rule);
  else
    set_row (self->state_row,
             self->state_icon,
             "dialog-question-symbolic",
             _ (rule->unknown),
             _ (rule->unknown_text));
}

static void
update (JmpPermissionWindow *self)
{
  const JmpPermission *found = self->found;
  const gboolean installed = found != NULL && found->state == JMP_PERMISSION_INSTALLED;
  const gboolean can = found != NULL && found->can_install;
  const gboolean ours = found != NULL && found->is_ours;
  const gboolean others = installed && !ours;

  if (found != NULL)
    update_state (self);
  else
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), _ ("Looking…"));
  gtk_widget_set_visible (GTK_WIDGET (self->rule_row), self->has_rule && !others);
  gtk_widget_set_visible (GTK_WIDGET (self->commands_row), self->has_commands && !others);
  gtk_widget_set_visible (GTK_WIDGET (self->install), can && !installed && !ours);
  gtk_widget_set_visible (GTK_WIDGET (self->undo), can && ours);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permission.install", !self->busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "permission.undo", !self->busy);
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), self->busy);
  gtk_spinner_set_spinning (self->spinner, self->busy);
  update_test (self);
}

static void
show_problem (JmpPermissionWindow *self, const GError *error)
{
  g_autofree char *details = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->error_row), error != NULL);
  if (error == NULL)
    return;
  if (jmp_error_is_cancelled (error)) {
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row),
                                   _ ("Nothing Was Changed"));
    adw_action_row_set_subtitle (self->error_row, _ ("The question was answered with no."));
    return;
  }
  details = jmp_words_error_details (error);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row), jmp_words_error (error));
  adw_action_row_set_subtitle (self->error_row, details);
}

/* --- The worker --- */

typedef struct {
  const JmpPermissionOps *ops;
  Work work;
  GError *error; /* what went wrong before the look */
} Order;

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_error (&order->error);
  g_free (order);
}

static void
free_found (gpointer data)
{
  jmp_permission_free (data);
}

static void
work_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Order *order = data;

  if (order->work == INSTALL)
    order->ops->install (cancellable, &order->error);
  else if (order->work == REMOVE)
    order->ops->remove (cancellable, &order->error);
  g_task_return_pointer (task, order->ops->look (), free_found);
}

static void
work_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpPermissionWindow) self = user_data;
  Order *order = g_task_get_task_data (G_TASK (result));
  JmpPermission *found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (found == NULL || self->state_row == NULL) {
    jmp_permission_free (found);
    return;
  }
  jmp_permission_free (self->found);
  self->found = found;
  self->busy = FALSE;
  show_problem (self, order->error);
  update (self);
}

static void
begin (JmpPermissionWindow *self, Work work)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, work_done_cb, g_object_ref (self));
  Order *order = g_new0 (Order, 1);

  order->ops = self->ops;
  order->work = work;
  g_task_set_task_data (task, order, order_free);
  self->busy = TRUE;
  show_problem (self, NULL);
  update (self);
  g_task_run_in_thread (task, work_thread);
}

/* --- Actions --- */

static void
install_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (JMP_PERMISSION_WINDOW (widget), INSTALL);
}

static void
undo_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  begin (JMP_PERMISSION_WINDOW (widget), REMOVE);
}

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpPermissionWindow *self = JMP_PERMISSION_WINDOW (widget);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), gtk_label_get_text (self->commands));
}

/* --- The object --- */

static void
jmp_permission_window_dispose (GObject *object)
{
  JmpPermissionWindow *self = JMP_PERMISSION_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  if (self->boards != NULL)
    g_signal_handlers_disconnect_by_data (self->boards, self);
  g_clear_object (&self->boards);
  forget_boards (self);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_PERMISSION_WINDOW);
  self->state_row = NULL;
  G_OBJECT_CLASS (jmp_permission_window_parent_class)->dispose (object);
}

static void
jmp_permission_window_finalize (GObject *object)
{
  JmpPermissionWindow *self = JMP_PERMISSION_WINDOW (object);

  g_ptr_array_unref (self->watched);
  g_object_unref (self->cancellable);
  jmp_permission_free (self->found);
  G_OBJECT_CLASS (jmp_permission_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("permission/permission-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, window_title);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, drawing);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, heading);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, state_row);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, spinner);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, test_row);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, test_icon);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, error_row);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, rule_row);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, rule);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, commands_row);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, commands);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, install);
  gtk_widget_class_bind_template_child (widget_class, JmpPermissionWindow, undo);
}

static void
jmp_permission_window_class_init (JmpPermissionWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_permission_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jmp_permission_window_finalize;
  g_type_ensure (JMP_TYPE_DRAWING);
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  bind_template (widget_class);
  gtk_widget_class_install_action (widget_class, "permission.install", NULL, install_action);
  gtk_widget_class_install_action (widget_class, "permission.undo", NULL, undo_action);
  gtk_widget_class_install_action (widget_class, "permission.copy", NULL, copy_action);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "window.close", NULL);
}

static void
fill_words (JmpPermissionWindow *self, const JmpWordsRule *rule)
{
  gtk_window_set_title (GTK_WINDOW (self), _ (rule->title));
  adw_window_title_set_title (self->window_title, _ (rule->title));
  gtk_label_set_text (self->heading, _ (rule->heading));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rule_row), _ (rule->name));
  adw_expander_row_set_subtitle (self->commands_row, _ (rule->commands));
  jmp_names_set_button_label (self->install, _ (rule->install));
  jmp_names_set_button_label (self->undo, _ (rule->undo));
}

/* The texts of this system: on one without rules there are none. */
static void
fill_texts (JmpPermissionWindow *self)
{
  g_autoptr (GBytes) rule = jmp_permission_get_rule ();
  g_autofree char *commands = jmp_permission_make_commands ();

  jmp_drawing_set (
      self->drawing, "permission", _ ("A keyhole on the cable between the computer and a board."));
  jmp_drawing_set_height (self->drawing, 150);
  if (jmp_words_platform.rule != NULL)
    fill_words (self, jmp_words_platform.rule);
  self->has_rule = rule != NULL;
  self->has_commands = commands != NULL;
  if (self->has_rule) {
    gsize size;
    const char *data = g_bytes_get_data (rule, &size);
    g_autofree char *text = g_strchomp (g_utf8_make_valid (data, (gssize)size));

    gtk_label_set_text (self->rule, text);
    adw_expander_row_set_subtitle (self->rule_row, jmp_permission_get_rule_file ());
  }
  if (self->has_commands)
    gtk_label_set_text (self->commands, commands);
}

static void
jmp_permission_window_init (JmpPermissionWindow *self)
{
  self->cancellable = g_cancellable_new ();
  self->watched = g_ptr_array_new_with_free_func (g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  fill_texts (self);
}

/**
 * jmp_permission_window_new:
 * @parent: (nullable): the window that it stands before
 * @boards: (nullable): a list of #JmpDevice, to test with
 * @ops: (nullable): what is done; the core's functions where %NULL; it outlives the window
 *
 * Begins to look at once.
 *
 * Returns: (transfer floating): the window
 */
GtkWidget *
jmp_permission_window_new (GtkWindow *parent, GListModel *boards, const JmpPermissionOps *ops)
{
  JmpPermissionWindow *self = g_object_new (
      JMP_TYPE_PERMISSION_WINDOW, "transient-for", parent, NULL);

  self->ops = ops != NULL ? ops : &CORE;
  if (boards != NULL) {
    self->boards = g_object_ref (boards);
    g_signal_connect_swapped (boards, "items-changed", G_CALLBACK (boards_changed_cb), self);
  }
  boards_changed_cb (self);
  begin (self, LOOK);
  return GTK_WIDGET (self);
}

/**
 * jmp_permission_window_is_busy:
 * @self: the window
 *
 * Returns: whether the worker works
 */
gboolean
jmp_permission_window_is_busy (JmpPermissionWindow *self)
{
  return self->busy;
}
