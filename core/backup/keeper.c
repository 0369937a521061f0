/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backup/keeper.h"

struct _JmpBackupKeeper {
  JmpBackupStore *store;
  JmpBackupLabel label; /* owned */
  JmpBackup *backup;
};

/**
 * jmp_backup_keeper_new:
 * @store: where to
 * @label: what is written down with the backup; copied
 *
 * Returns: (transfer full): a keeper
 */
JmpBackupKeeper *
jmp_backup_keeper_new (JmpBackupStore *store, const JmpBackupLabel *label)
{
  JmpBackupKeeper *self = g_atomic_rc_box_new0 (JmpBackupKeeper);

  self->store = jmp_backup_store_ref (store);
  self->label = *label;
  self->label.identity = g_strdup (label->identity);
  self->label.info = label->info != NULL ? jmp_dfu_info_ref (label->info) : NULL;
  self->label.board_name = g_strdup (label->board_name);
  self->label.board_id = g_strdup (label->board_id);
  self->label.version = g_strdup (label->version);
  self->label.machine = g_strdup (label->machine);
  return self;
}

/**
 * jmp_backup_keeper_ref:
 * @self: a keeper
 *
 * Returns: (transfer full): @self
 */
JmpBackupKeeper *
jmp_backup_keeper_ref (JmpBackupKeeper *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
keeper_clear (gpointer data)
{
  JmpBackupKeeper *self = data;

  jmp_backup_store_unref (self->store);
  g_free ((char *)self->label.identity);
  g_clear_pointer (&self->label.info, jmp_dfu_info_unref);
  g_free ((char *)self->label.board_name);
  g_free ((char *)self->label.board_id);
  g_free ((char *)self->label.version);
  g_free ((char *)self->label.machine);
  g_clear_pointer (&self->backup, jmp_backup_unref);
}

/**
 * jmp_backup_keeper_unref:
 * @self: (transfer full): a keeper
 *
 * Lets go of it; the backup stays.
 */
void
jmp_backup_keeper_unref (JmpBackupKeeper *self)
{
  g_atomic_rc_box_release_full (self, keeper_clear);
}

/* On the job's thread. */
static gboolean
keep (JmpImage *read, gpointer user_data, GCancellable *cancellable, GError **error)
{
  JmpBackupKeeper *self = user_data;

  g_clear_pointer (&self->backup, jmp_backup_unref);
  self->backup = jmp_backup_store_add (self->store, &self->label, read, cancellable, error);
  return self->backup != NULL;
}

static void
unref_keeper (gpointer data)
{
  jmp_backup_keeper_unref (data);
}

/**
 * jmp_backup_keeper_attach:
 * @self: a keeper
 * @job: a job that has not run
 * @plan: what to read
 *
 * Makes @job keep a backup before it does anything else; without other work, that is all it does.
 */
void
jmp_backup_keeper_attach (JmpBackupKeeper *self, JmpJob *job, JmpPlan *plan)
{
  jmp_job_set_backup_func (job, plan, keep, jmp_backup_keeper_ref (self), unref_keeper);
}

/**
 * jmp_backup_keeper_get_backup:
 * @self: a keeper whose job has ended
 *
 * Returns: (transfer none) (nullable): the backup, where it was kept
 */
JmpBackup *
jmp_backup_keeper_get_backup (JmpBackupKeeper *self)
{
  return self->backup;
}
