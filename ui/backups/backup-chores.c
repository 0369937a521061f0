/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with files alone, each on a worker thread. */

#include "backups/backup-model-private.h"
#include "base/error.h"

#include <string.h>

/* All that the worker needs, and what it found. */
typedef struct {
  JmpBackupChore chore;
  JmpBackupStore *store;
  char *identity;
  char *board_name;
  char *board_id;
  JmpDfuInfo *info;
  JmpBackup *backup;
  GFile *file;
  JmpImage *image;
  GPtrArray *list;
  gboolean to_compare;
  gboolean to_tidy;
} Chore;

static void
chore_free (gpointer data)
{
  Chore *self = data;

  jmp_backup_store_unref (self->store);
  g_free (self->identity);
  g_free (self->board_name);
  g_free (self->board_id);
  g_clear_pointer (&self->info, jmp_dfu_info_unref);
  g_clear_pointer (&self->backup, jmp_backup_unref);
  g_clear_object (&self->file);
  g_clear_pointer (&self->image, jmp_image_unref);
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_free (self);
}

static Chore *
chore_new (JmpBackupModel *model, JmpBackupChore what)
{
  Chore *self = g_new0 (Chore, 1);

  self->chore = what;
  self->store = jmp_backup_store_ref (model->store);
  self->identity = g_strdup (model->identity);
  return self;
}

/* --- On a worker --- */

static gboolean
take_in (Chore *self, GCancellable *cancellable, GError **error)
{
  const JmpBackupLabel label = {
    .identity = self->identity,
    .info = self->info,
    .board_name = self->board_name,
    .board_id = self->board_id,
  };

  self->backup = jmp_backup_store_import (
      self->store, &label, self->file, NULL, cancellable, error);
  return self->backup != NULL;
}

static gboolean
do_chore (Chore *self, GCancellable *cancellable, GError **error)
{
  switch (self->chore) {
  case JMP_BACKUP_CHORE_LIST:
    if (self->to_tidy)
      jmp_backup_store_tidy (self->store, g_get_real_time () / G_USEC_PER_SEC);
    self->list = jmp_backup_store_list (self->store, self->identity, cancellable, error);
    return self->list != NULL;
  case JMP_BACKUP_CHORE_CHECK:
    self->image = jmp_backup_store_load (self->store, self->backup, cancellable, error);
    return self->image != NULL;
  case JMP_BACKUP_CHORE_DELETE:
    return jmp_backup_store_delete (self->store, self->backup, error);
  case JMP_BACKUP_CHORE_UNDELETE:
    return jmp_backup_store_undelete (self->store, self->backup, error);
  case JMP_BACKUP_CHORE_EXPORT:
    return jmp_backup_store_export (self->store, self->backup, -1, self->file, cancellable, error);
  case JMP_BACKUP_CHORE_IMPORT:
    return take_in (self, cancellable, error);
  case JMP_BACKUP_CHORE_NONE:
  case JMP_BACKUP_CHORE_KEEP:
  case JMP_BACKUP_CHORE_COMPARE:
    break;
  }
  return TRUE;
}

static void
chore_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (do_chore (task_data, cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* --- On the main thread --- */

/* One at a time: nobody waits for it. */
static void
check_next (JmpBackupModel *self)
{
  for (guint i = 0; !self->checking && i < self->items->len; i++) {
    JmpBackupItem *item = g_ptr_array_index (self->items, i);

    if (jmp_backup_item_get_state (item) != JMP_BACKUP_UNCHECKED)
      continue;
    self->checking = TRUE;
    jmp_backup_model_load (self, jmp_backup_item_get_backup (item));
  }
}

/* The row says already which backup it is. */
static const char *
without_id (const JmpBackup *backup, const GError *error)
{
  g_autofree char *prefix = g_strdup_printf ("backup %s: ", backup->id);

  return g_str_has_prefix (error->message, prefix) ? error->message + strlen (prefix)
                                                   : error->message;
}

static void
end_check (JmpBackupModel *self, Chore *chore, const GError *error)
{
  JmpBackupItem *item = jmp_backup_model_find (self, chore->backup->id);

  if (chore->to_compare) {
    if (error == NULL)
      jmp_backup_model_compare_with (self, chore->image);
    else
      jmp_backup_model_end_work (self);
  } else {
    self->checking = FALSE;
  }
  if (jmp_error_is_cancelled (error))
    return;
  if (item != NULL && error != NULL)
    jmp_backup_item_set_state (item, JMP_BACKUP_DAMAGED, without_id (chore->backup, error));
  else if (item != NULL && jmp_backup_item_get_state (item) == JMP_BACKUP_UNCHECKED)
    jmp_backup_item_set_state (item, JMP_BACKUP_WHOLE, NULL);
  check_next (self);
}

static void
end_list (JmpBackupModel *self, Chore *chore, const GError *error)
{
  self->listing = FALSE;
  if (self->stale) {
    self->stale = FALSE;
    jmp_backup_model_refresh (self);
    return;
  }
  if (error != NULL) {
    jmp_backup_model_problem (self, chore->chore, error);
    return;
  }
  jmp_backup_model_take_list (self, chore->list);
  check_next (self);
}

static void
end_change (JmpBackupModel *self, Chore *chore, const GError *error)
{
  if (error != NULL)
    jmp_backup_model_problem (self, chore->chore, error);
  else if (chore->chore == JMP_BACKUP_CHORE_IMPORT)
    jmp_backup_model_kept (self, chore->backup);
  jmp_backup_model_refresh (self);
}

static void
chore_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpBackupModel) self = user_data;
  Chore *chore = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  g_task_propagate_boolean (G_TASK (result), &error);
  if (g_cancellable_is_cancelled (self->cancellable))
    return;
  switch (chore->chore) {
  case JMP_BACKUP_CHORE_LIST:
    end_list (self, chore, error);
    break;
  case JMP_BACKUP_CHORE_CHECK:
    end_check (self, chore, error);
    break;
  case JMP_BACKUP_CHORE_EXPORT:
    if (error != NULL)
      jmp_backup_model_problem (self, chore->chore, error);
    break;
  case JMP_BACKUP_CHORE_DELETE:
  case JMP_BACKUP_CHORE_UNDELETE:
  case JMP_BACKUP_CHORE_IMPORT:
    end_change (self, chore, error);
    break;
  case JMP_BACKUP_CHORE_NONE:
  case JMP_BACKUP_CHORE_KEEP:
  case JMP_BACKUP_CHORE_COMPARE:
    break;
  }
}

/* What changes the store is finished also when nobody looks any more. The model is held by the callback,
 * not by the task: a worker may be the last to let go of that. */
static void
begin (JmpBackupModel *self, Chore *chore)
{
  const gboolean reads = chore->chore == JMP_BACKUP_CHORE_LIST
                         || chore->chore == JMP_BACKUP_CHORE_CHECK;
  g_autoptr (GTask) task = g_task_new (
      NULL, reads ? self->cancellable : NULL, chore_done_cb, g_object_ref (self));

  g_task_set_priority (
      task, chore->chore == JMP_BACKUP_CHORE_CHECK ? G_PRIORITY_LOW : G_PRIORITY_DEFAULT);
  g_task_set_task_data (task, chore, chore_free);
  g_task_run_in_thread (task, chore_func);
}

/**
 * jmp_backup_model_refresh:
 * @self: a model
 *
 * Reads the list anew, and then the bytes of those backups that were not looked at yet.
 */
void
jmp_backup_model_refresh (JmpBackupModel *self)
{
  Chore *chore;

  if (self->listing) {
    self->stale = TRUE;
    return;
  }
  self->listing = TRUE;
  jmp_backup_model_identify (self);
  chore = chore_new (self, JMP_BACKUP_CHORE_LIST);
  chore->to_tidy = !self->listed;
  begin (self, chore);
}

static void
begin_with (JmpBackupModel *self, JmpBackupChore what, JmpBackup *backup, GFile *file)
{
  Chore *chore = chore_new (self, what);

  if (backup != NULL)
    chore->backup = jmp_backup_ref (backup);
  if (file != NULL)
    chore->file = g_object_ref (file);
  begin (self, chore);
}

/**
 * jmp_backup_model_delete:
 * @self: a model
 * @backup: one of its backups
 *
 * Deletes a backup; it can be brought back.
 */
void
jmp_backup_model_delete (JmpBackupModel *self, JmpBackup *backup)
{
  begin_with (self, JMP_BACKUP_CHORE_DELETE, backup, NULL);
}

/**
 * jmp_backup_model_undelete:
 * @self: a model
 * @backup: one that was deleted
 *
 * Brings a backup back.
 */
void
jmp_backup_model_undelete (JmpBackupModel *self, JmpBackup *backup)
{
  begin_with (self, JMP_BACKUP_CHORE_UNDELETE, backup, NULL);
}

/**
 * jmp_backup_model_export:
 * @self: a model
 * @backup: one of its backups
 * @file: where to
 *
 * Saves a copy of a backup.
 */
void
jmp_backup_model_export (JmpBackupModel *self, JmpBackup *backup, GFile *file)
{
  begin_with (self, JMP_BACKUP_CHORE_EXPORT, backup, file);
}

/* Loads a backup, to see that it is whole, or to compare the board with it. */
void
jmp_backup_model_load (JmpBackupModel *self, JmpBackup *backup)
{
  Chore *chore = chore_new (self, JMP_BACKUP_CHORE_CHECK);

  chore->backup = jmp_backup_ref (backup);
  chore->to_compare = self->work == JMP_BACKUP_CHORE_COMPARE && self->job == NULL
                      && self->compared != NULL
                      && jmp_backup_item_get_backup (self->compared) == backup;
  begin (self, chore);
}

/**
 * jmp_backup_model_import:
 * @self: a model
 * @file: a firmware file
 *
 * Keeps a file as a backup of this board.
 */
void
jmp_backup_model_import (JmpBackupModel *self, GFile *file)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);
  Chore *chore = chore_new (self, JMP_BACKUP_CHORE_IMPORT);

  chore->board_name = g_strdup (self->about.board_name);
  chore->board_id = g_strdup (self->about.board_id);
  chore->info = info != NULL ? jmp_dfu_info_ref (info) : NULL;
  chore->file = g_object_ref (file);
  begin (self, chore);
}
