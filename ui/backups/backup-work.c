/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done with the board: reading it, and comparing it with a backup. Nothing here changes it. */

#include "backups/backup-model-private.h"
#include "base/error.h"
#include "words/words-practice.h"

/* On the job's thread. */
static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  return jmp_device_open (user_data, error);
}

void
jmp_backup_model_end_work (JmpBackupModel *self)
{
  g_clear_object (&self->job);
  g_clear_object (&self->compared);
  g_clear_pointer (&self->keeper, jmp_backup_keeper_unref);
  self->work = JMP_BACKUP_CHORE_NONE;
  jmp_backup_model_changed (self);
}

static void
end_reading (JmpBackupModel *self, JmpJob *job)
{
  const GError *error = jmp_job_get_error (job);

  if (error == NULL)
    jmp_backup_model_kept (self, jmp_backup_keeper_get_backup (self->keeper));
  else
    jmp_backup_model_problem (self, JMP_BACKUP_CHORE_KEEP, error);
  jmp_backup_model_end_work (self);
  jmp_backup_model_refresh (self);
}

static void
end_comparing (JmpBackupModel *self, JmpJob *job)
{
  const GError *error = jmp_job_get_error (job);

  if (error == NULL)
    jmp_backup_item_set_state (self->compared, JMP_BACKUP_IDENTICAL, NULL);
  else if (g_error_matches (error, JMP_ERROR, JMP_ERROR_VERIFY))
    jmp_backup_item_set_state (self->compared, JMP_BACKUP_DIFFERENT, NULL);
  else
    jmp_backup_model_problem (self, JMP_BACKUP_CHORE_COMPARE, error);
  jmp_backup_model_end_work (self);
}

static void
finished_cb (JmpJob *job, JmpBackupModel *self)
{
  if (self->work == JMP_BACKUP_CHORE_KEEP)
    end_reading (self, job);
  else
    end_comparing (self, job);
}

static void
make_job (JmpBackupModel *self)
{
  self->job = jmp_job_new (
      jmp_device_get_info (self->device), open_board, g_object_ref (self->device), g_object_unref);
}

static void
start (JmpBackupModel *self)
{
  g_signal_connect_object (self->job,
                           "notify::fraction",
                           G_CALLBACK (jmp_backup_model_progress),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->job, "finished", G_CALLBACK (finished_cb), self, 0);
  jmp_job_start (self->job);
  jmp_backup_model_changed (self);
}

/* Tells of what was found wrong before there was work. */
static void
refuse (JmpBackupModel *self, JmpBackupChore chore, GError *error)
{
  g_autoptr (GError) owned = error;

  jmp_backup_model_problem (self, chore, owned);
  jmp_backup_model_end_work (self);
}

static void
make_keeper (JmpBackupModel *self)
{
  const char *name = self->about.board_name;
  const JmpBackupLabel label = {
    .identity = self->identity,
    .info = jmp_device_get_info (self->device),
    .board_name = name != NULL ? name : jmp_words_device_name (self->device),
    .board_id = self->about.board_id,
    .version = self->about.version,
    .machine = self->about.machine,
  };

  self->keeper = jmp_backup_keeper_new (self->store, &label);
}

/**
 * jmp_backup_model_keep:
 * @self: a model
 *
 * Reads everything off the board and keeps it. Nothing happens where jmp_backup_model_can_work() says
 * no.
 */
void
jmp_backup_model_keep (JmpBackupModel *self)
{
  g_autoptr (JmpPlan) plan = NULL;
  GError *error = NULL;

  if (!jmp_backup_model_can_work (self))
    return;
  self->work = JMP_BACKUP_CHORE_KEEP;
  plan = jmp_plan_backup_all (jmp_device_get_info (self->device), TRUE, &error);
  if (plan == NULL) {
    refuse (self, JMP_BACKUP_CHORE_KEEP, error);
    return;
  }
  make_job (self);
  make_keeper (self);
  jmp_backup_keeper_attach (self->keeper, self->job, plan);
  start (self);
}

/**
 * jmp_backup_model_compare:
 * @self: a model
 * @item: one of its rows
 *
 * Finds out whether the board holds what a backup holds. Nothing happens where
 * jmp_backup_model_can_work() says no.
 */
void
jmp_backup_model_compare (JmpBackupModel *self, JmpBackupItem *item)
{
  if (!jmp_backup_model_can_work (self) || !jmp_backup_item_is_usable (item))
    return;
  self->work = JMP_BACKUP_CHORE_COMPARE;
  self->compared = g_object_ref (item);
  jmp_backup_model_load (self, jmp_backup_item_get_backup (item));
  jmp_backup_model_changed (self);
}

/* The backup was loaded. The board may have gone meanwhile. */
void
jmp_backup_model_compare_with (JmpBackupModel *self, JmpImage *image)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);
  g_autoptr (JmpPlan) plan = NULL;
  GError *error = NULL;

  if (info == NULL || self->compared == NULL) {
    jmp_backup_model_end_work (self);
    return;
  }
  plan = jmp_plan_verify (image, info, &error);
  if (plan == NULL) {
    refuse (self, JMP_BACKUP_CHORE_COMPARE, error);
    return;
  }
  make_job (self);
  jmp_job_set_plan (self->job, plan);
  start (self);
}

/**
 * jmp_backup_model_stop:
 * @self: a model
 *
 * Stops what is being done with the board, after the transfer that is under way.
 */
void
jmp_backup_model_stop (JmpBackupModel *self)
{
  if (self->job != NULL)
    jmp_job_cancel (self->job);
}
