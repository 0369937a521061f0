/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "backups/backups-view.h"

#include "backups/backup-row.h"
#include "draw/resource.h"
#include "draw/wrap-box.h"
#include "window/names.h"
#include "words/words-backups.h"
#include "words/words.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

struct _JmpBackupsView {
  GtkBox parent;

  /* Owned references */
  JmpBackupModel *model;
  GtkFileChooserNative *chooser;
  AdwToast *toast;  /* the last one; not owned */
  JmpBackup *saved; /* of which a copy is saved while the chooser is open */

  /* Template widgets */
  GtkWidget *work_list;
  GtkLabel *work_label;
  GtkProgressBar *work_bar;
  GtkListBox *list;
  GtkWidget *empty_list;
};

G_DEFINE_FINAL_TYPE (JmpBackupsView, jmp_backups_view, GTK_TYPE_BOX)

enum {
  SIGNAL_RESTORE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWindow *
get_window (JmpBackupsView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

/* What is new does not wait behind what was said before. */
static void
add_toast (JmpBackupsView *self, AdwToast *toast)
{
  GtkWidget *overlay = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_TOAST_OVERLAY);

  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);
  g_set_weak_pointer (&self->toast, toast);
  if (overlay != NULL)
    adw_toast_overlay_add_toast (ADW_TOAST_OVERLAY (overlay), toast);
  else
    g_object_unref (g_object_ref_sink (toast));
}

/* --- What went wrong --- */

static const char *
problem_words (JmpBackupChore chore)
{
  switch (chore) {
  case JMP_BACKUP_CHORE_KEEP:
    return _ ("The Board Could Not Be Backed Up");
  case JMP_BACKUP_CHORE_COMPARE:
    return _ ("The Board Could Not Be Compared");
  case JMP_BACKUP_CHORE_DELETE:
    return _ ("The Backup Could Not Be Deleted");
  case JMP_BACKUP_CHORE_UNDELETE:
    return _ ("The Backup Could Not Be Brought Back");
  case JMP_BACKUP_CHORE_EXPORT:
    return _ ("The Copy Could Not Be Saved");
  case JMP_BACKUP_CHORE_IMPORT:
    return _ ("The File Could Not Be Imported");
  case JMP_BACKUP_CHORE_NONE:
  case JMP_BACKUP_CHORE_LIST:
  case JMP_BACKUP_CHORE_CHECK:
    break;
  }
  return _ ("The Backups Could Not Be Read");
}

static void
problem_cb (JmpBackupsView *self, int chore, const GError *error)
{
  GtkWindow *window = get_window (self);
  g_autofree char *details = jmp_words_error_details (error);
  g_autofree char *body = g_strjoin (
      "\n\n", jmp_words_error (error), jmp_words_error_advice (error), details, NULL);
  GtkWidget *dialog;

  if (window == NULL)
    return;
  dialog = adw_message_dialog_new (window, problem_words ((JmpBackupChore)chore), body);
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (dialog), "close", _ ("_Close"));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
kept_cb (JmpBackupsView *self, JmpBackup *backup)
{
  add_toast (self,
             adw_toast_new (backup->reason == JMP_BACKUP_IMPORTED ? _ ("The file was imported.")
                                                                  : _ ("The backup was made.")));
}

/* --- Deleting --- */

typedef struct {
  JmpBackupModel *model;
  JmpBackup *backup;
} Deleted;

static void
deleted_free (gpointer data, GClosure *closure)
{
  Deleted *self = data;

  g_object_unref (self->model);
  jmp_backup_unref (self->backup);
  g_free (self);
}

static void
undo_cb (AdwToast *toast, gpointer user_data)
{
  Deleted *deleted = user_data;

  jmp_backup_model_undelete (deleted->model, deleted->backup);
}

static void delete (JmpBackupsView *self, JmpBackup *backup)
{
  Deleted *deleted = g_new0 (Deleted, 1);
  AdwToast *toast = adw_toast_new (_ ("The backup was deleted."));

  deleted->model = g_object_ref (self->model);
  deleted->backup = jmp_backup_ref (backup);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_cb), deleted, deleted_free, 0);
  jmp_backup_model_delete (self->model, backup);
  add_toast (self, toast);
}

/* --- Files --- */

static void
close_chooser (JmpBackupsView *self)
{
  if (self->chooser != NULL)
    gtk_native_dialog_destroy (GTK_NATIVE_DIALOG (self->chooser));
  g_clear_object (&self->chooser);
  g_clear_pointer (&self->saved, jmp_backup_unref);
}

static void
response_cb (JmpBackupsView *self, int response)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT
                               ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (self->chooser))
                               : NULL;

  if (file != NULL && self->saved != NULL)
    jmp_backup_model_export (self->model, self->saved, file);
  else if (file != NULL)
    jmp_backup_model_import (self->model, file);
  close_chooser (self);
}

static void
choose (JmpBackupsView *self, GtkFileChooserAction action, const char *title, const char *accept)
{
  close_chooser (self);
  self->chooser = gtk_file_chooser_native_new (title, get_window (self), action, accept, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (
      self->chooser, "response", G_CALLBACK (response_cb), self, G_CONNECT_SWAPPED);
}

/* A name that sorts by date and is good on every disk. */
static void
save_copy (JmpBackupsView *self, JmpBackup *backup)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (backup->date);
  g_autofree char *day = time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("0");
  g_autofree char *name = g_strdup_printf ("backup-%s.dfu", day);

  choose (self, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("Save a Copy"), _ ("_Save"));
  self->saved = jmp_backup_ref (backup);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (self->chooser), name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

static void
import_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  JmpBackupsView *self = JMP_BACKUPS_VIEW (widget);

  choose (self, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("Import a File as a Backup"), _ ("_Import"));
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* --- The list --- */

static void
asked_cb (JmpBackupRow *row, int ask, JmpBackupsView *self)
{
  JmpBackupItem *item = jmp_backup_row_get_item (row);
  JmpBackup *backup = jmp_backup_item_get_backup (item);

  switch ((JmpBackupAsk)ask) {
  case JMP_BACKUP_ASK_RESTORE:
    g_signal_emit (self, signals[SIGNAL_RESTORE], 0, backup);
    break;
  case JMP_BACKUP_ASK_COMPARE:
    jmp_backup_model_compare (self->model, item);
    break;
  case JMP_BACKUP_ASK_SAVE:
    save_copy (self, backup);
    break;
  case JMP_BACKUP_ASK_DELETE:
    delete (self, backup);
    break;
  }
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  JmpBackupsView *self = user_data;
  GtkWidget *row = jmp_backup_row_new (item);
  const gboolean can_work = jmp_backup_model_can_work (self->model);

  jmp_backup_row_set_can_work (JMP_BACKUP_ROW (row), can_work, can_work);
  g_signal_connect_object (row, "asked", G_CALLBACK (asked_cb), self, 0);
  return row;
}

static void
update_rows (JmpBackupsView *self)
{
  const gboolean can_work = jmp_backup_model_can_work (self->model);

  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row != NULL;
       row = gtk_widget_get_next_sibling (row)) {
    if (JMP_IS_BACKUP_ROW (row))
      jmp_backup_row_set_can_work (JMP_BACKUP_ROW (row), can_work, can_work);
  }
}

static void
progress_cb (JmpBackupsView *self)
{
  const JmpProgress progress = jmp_backup_model_get_progress (self->model);

  gtk_progress_bar_set_fraction (self->work_bar, CLAMP (progress.fraction, 0, 1));
}

static void
update (JmpBackupsView *self)
{
  const JmpBackupChore work = jmp_backup_model_get_work (self->model);
  const guint n = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  GtkWidget *widget = GTK_WIDGET (self);

  gtk_widget_set_visible (self->work_list, work != JMP_BACKUP_CHORE_NONE);
  gtk_label_set_text (self->work_label,
                      work == JMP_BACKUP_CHORE_COMPARE ? _ ("Comparing the board with the backup…")
                                                       : _ ("Reading everything off the board…"));
  progress_cb (self);
  gtk_widget_set_visible (GTK_WIDGET (self->list), n > 0);
  gtk_widget_set_visible (self->empty_list, n == 0 && jmp_backup_model_is_listed (self->model));
  gtk_widget_action_set_enabled (widget, "backups.keep", jmp_backup_model_can_work (self->model));
  gtk_widget_action_set_enabled (widget, "backups.stop", work != JMP_BACKUP_CHORE_NONE);
  update_rows (self);
}

static void
keep_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  jmp_backup_model_keep (JMP_BACKUPS_VIEW (widget)->model);
}

static void
stop_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  jmp_backup_model_stop (JMP_BACKUPS_VIEW (widget)->model);
}

/* --- Life --- */

static void
jmp_backups_view_dispose (GObject *object)
{
  JmpBackupsView *self = JMP_BACKUPS_VIEW (object);

  close_chooser (self);
  g_clear_weak_pointer (&self->toast);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);
  g_clear_object (&self->model);
  gtk_widget_dispose_template (GTK_WIDGET (self), JMP_TYPE_BACKUPS_VIEW);
  G_OBJECT_CLASS (jmp_backups_view_parent_class)->dispose (object);
}

static void
jmp_backups_view_class_init (JmpBackupsViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = jmp_backups_view_dispose;
  g_type_ensure (JMP_TYPE_WRAP_BOX);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               JMP_RESOURCE ("backups/backups-view.ui"));
  gtk_widget_class_bind_template_child (widget_class, JmpBackupsView, work_list);
  gtk_widget_class_bind_template_child (widget_class, JmpBackupsView, work_label);
  gtk_widget_class_bind_template_child (widget_class, JmpBackupsView, work_bar);
  gtk_widget_class_bind_template_child (widget_class, JmpBackupsView, list);
  gtk_widget_class_bind_template_child (widget_class, JmpBackupsView, empty_list);
  gtk_widget_class_install_action (widget_class, "backups.keep", NULL, keep_action);
  gtk_widget_class_install_action (widget_class, "backups.stop", NULL, stop_action);
  gtk_widget_class_install_action (widget_class, "backups.import", NULL, import_action);
  signals[SIGNAL_RESTORE] = g_signal_new ("restore",
                                          JMP_TYPE_BACKUPS_VIEW,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          1,
                                          G_TYPE_POINTER);
}

static void
jmp_backups_view_init (JmpBackupsView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  jmp_names_tidy (GTK_WIDGET (self));
}

/**
 * jmp_backups_view_set_model:
 * @self: a view
 * @model: a board's backups
 *
 * Says whose backups are shown; once.
 */
void
jmp_backups_view_set_model (JmpBackupsView *self, JmpBackupModel *model)
{
  g_return_if_fail (self->model == NULL);

  self->model = g_object_ref (model);
  gtk_list_box_bind_model (self->list, G_LIST_MODEL (model), make_row, self, NULL);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "problem", G_CALLBACK (problem_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "kept", G_CALLBACK (kept_cb), self, G_CONNECT_SWAPPED);
  update (self);
}
