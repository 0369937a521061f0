/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "history/history-window.h"

#include "backup/history.h"
#include "base/error.h"
#include "draw/direction.h"
#include "draw/resource.h"
#include "window/names.h"
#include "words/words-backups.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* Rows made in one go: a long list must not hold up what else is drawn. */
#define ROWS_AT_ONCE 10

struct _JmpHistoryWindow {
  AdwWindow parent;

  char *folder;
  GPtrArray *entries; /* (nullable) */
  GCancellable *cancellable;
  guint n_rows;
  guint filling;

  /* Template widgets */
  AdwToastOverlay *toasts;
  GtkStack *stack;
  GtkWidget *empty;
  AdwStatusPage *problem;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (JmpHistoryWindow, jmp_history_window, ADW_TYPE_WINDOW)

/* --- The rows --- */

static const char *
icon_name (const JmpHistoryEntry *entry)
{
  switch (entry->result) {
  case JMP_HISTORY_FAILED:
    return "dialog-warning-symbolic";
  case JMP_HISTORY_STOPPED:
    return "process-stop-symbolic";
  case JMP_HISTORY_DONE:
    break;
  }
  return "emblem-ok-symbolic";
}

static char *
describe (const JmpHistoryEntry *entry)
{
  const char *mark = jmp_direction_mark ();
  g_autofree char *when = jmp_words_when (entry->date, g_get_real_time () / G_USEC_PER_SEC);
  g_autofree char *about = jmp_words_history (entry);

  if (entry->error == NULL || entry->result == JMP_HISTORY_STOPPED)
    return g_strdup_printf ("%s\n%s%s", when, mark, about);
  return g_strdup_printf ("%s\n%s%s\n%s%s", when, mark, about, mark, entry->error);
}

static GtkWidget *
make_row (const JmpHistoryEntry *entry)
{
  const char *title = jmp_words_history_result (entry->kind, entry->result);
  g_autofree char *subtitle = describe (entry);
  g_autofree char *name = g_strjoin (", ", title, subtitle, NULL);
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE,
                                  "icon-name",
                                  icon_name (entry),
                                  "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION,
                                  NULL);
  GtkWidget *row = g_object_new (ADW_TYPE_ACTION_ROW,
                                 "use-markup",
                                 FALSE,
                                 "title",
                                 title,
                                 "subtitle",
                                 subtitle,
                                 "title-lines",
                                 0,
                                 "subtitle-lines",
                                 0,
                                 NULL);

  if (entry->result != JMP_HISTORY_STOPPED)
    gtk_widget_add_css_class (icon, entry->result == JMP_HISTORY_DONE ? "success" : "warning");
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), icon);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return row;
}

static gboolean
fill_cb (gpointer user_data)
{
  JmpHistoryWindow *self = user_data;

  for (guint i = 0; i < ROWS_AT_ONCE && self->n_rows < self->entries->len; i++)
    gtk_list_box_append (self->list, make_row (g_ptr_array_index (self->entries, self->n_rows++)));
  if (self->n_rows < self->entries->len)
    return G_SOURCE_CONTINUE;
  self->filling = 0;
  return G_SOURCE_REMOVE;
}

static void
clear_rows (JmpHistoryWindow *self)
{
  GtkWidget *row;

  g_clear_handle_id (&self->filling, g_source_remove);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_list_box_remove (self->list, row);
  self->n_rows = 0;
}

static void
show_entries (JmpHistoryWindow *self)
{
  const gboolean any = self->entries != NULL && self->entries->len > 0;

  clear_rows (self);
  gtk_stack_set_visible_child_name (self->stack, any ? "list" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy", any);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear", any);
  if (any && fill_cb (self))
    self->filling = g_idle_add (fill_cb, self);
  /* Where there is nothing to press, what is said has the focus: it is read, and keys are heard. */
  gtk_widget_grab_focus (any ? gtk_widget_get_first_child (GTK_WIDGET (self->list)) : self->empty);
}

/* --- The files --- */

static void
list_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  GPtrArray *entries = jmp_history_list (task_data, cancellable, &error);

  if (entries != NULL)
    g_task_return_pointer (task, entries, (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
clear_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (jmp_history_clear (task_data, &error))
    g_task_return_pointer (task,
                           g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_history_entry_free),
                           (GDestroyNotify)g_ptr_array_unref);
  else
    g_task_return_error (task, error);
}

static void
done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpHistoryWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  if (entries == NULL) {
    g_autofree char *details = jmp_words_error_details (error);

    clear_rows (self);
    adw_status_page_set_description (self->problem, details);
    gtk_stack_set_visible_child_name (self->stack, "problem");
    gtk_widget_grab_focus (GTK_WIDGET (self->problem));
    return;
  }
  clear_rows (self);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  self->entries = g_steal_pointer (&entries);
  show_entries (self);
}

static void
run (JmpHistoryWindow *self, GTaskThreadFunc func)
{
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, done_cb, g_object_ref (self));

  g_task_set_task_data (task, g_strdup (self->folder), g_free);
  g_task_run_in_thread (task, func);
}

/* --- Actions --- */

static void
copy_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpHistoryWindow *self = JMP_HISTORY_WINDOW (widget);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; self->entries != NULL && i < self->entries->len; i++) {
    const JmpHistoryEntry *entry = g_ptr_array_index (self->entries, i);
    g_autofree char *about = describe (entry);

    g_string_append_printf (
        text, "%s\n%s\n\n", jmp_words_history_result (entry->kind, entry->result), about);
  }
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), text->str);
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_ ("The history was copied.")));
}

static void
response_cb (JmpHistoryWindow *self, const char *response)
{
  if (g_str_equal (response, "clear"))
    run (self, clear_func);
}

static void
clear_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GtkWidget *dialog = adw_message_dialog_new (
      GTK_WINDOW (widget),
      _ ("Clear the History?"),
      _ ("What was done is forgotten. Your boards and your backups stay as they are."));

  adw_message_dialog_add_responses (
      ADW_MESSAGE_DIALOG (dialog), "cancel", _ ("_Cancel"), "clear", _ ("C_lear"), NULL);
  adw_message_dialog_set_response_appearance (
      ADW_MESSAGE_DIALOG (dialog), "clear", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (response_cb), widget, G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* --- Life --- */

static void
jmp_history_window_dispose (GObject *object)
{
  JmpHistoryWindow *self = JMP_HISTORY_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->filling, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_HISTORY_WINDOW);
  G_OBJECT_CLASS (jmp_history_window_parent_class)->dispose (object);
}

static void
jmp_history_window_finalize (GObject *object)
{
  JmpHistoryWindow *self = JMP_HISTORY_WINDOW (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_object_unref (self->cancellable);
  g_free (self->folder);
  G_OBJECT_CLASS (jmp_history_window_parent_class)->finalize (object);
}

static void
jmp_history_window_class_init (JmpHistoryWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_history_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = jmp_history_window_finalize;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("history/history-window.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpHistoryWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, JmpHistoryWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, JmpHistoryWindow, empty);
  gtk_widget_class_bind_template_child (widget_class, JmpHistoryWindow, problem);
  gtk_widget_class_bind_template_child (widget_class, JmpHistoryWindow, list);
  gtk_widget_class_install_action (widget_class, "history.copy", NULL, copy_action);
  gtk_widget_class_install_action (widget_class, "history.clear", NULL, clear_action);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_Escape, (GdkModifierType)0, "window.close", NULL);
}

static void
jmp_history_window_init (JmpHistoryWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.copy", FALSE);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "history.clear", FALSE);
}

/**
 * jmp_history_window_new:
 * @parent: (nullable): the window that it belongs to
 * @folder: (nullable) (type filename): where the history is; %NULL for the usual place
 *
 * Returns: (transfer none): the window, which reads the history now
 */
GtkWidget *
jmp_history_window_new (GtkWindow *parent, const char *folder)
{
  JmpHistoryWindow *self = g_object_new (JMP_TYPE_HISTORY_WINDOW, "transient-for", parent, NULL);

  self->folder = g_strdup (folder);
  run (self, list_func);
  return GTK_WIDGET (self);
}
