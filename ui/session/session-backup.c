/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a session keeps: a backup before the work, and a line about it afterwards. */

#include "session/session-private.h"

#include "backup/history.h"
#include "base/error.h"

/**
 * jmp_session_set_store:
 * @self: a session
 * @store: where backups are kept
 * @first: whether a backup is made, unless the person says otherwise, before a board without any is
 *   changed, and before files are lost
 */
void
jmp_session_set_store (JmpSession *self, JmpBackupStore *store, gboolean first)
{
  jmp_backup_store_ref (store);
  g_clear_pointer (&self->store, jmp_backup_store_unref);
  self->store = store;
  self->backup_by_itself = first;
}

/**
 * jmp_session_set_has_backup:
 * @self: a session
 * @has_backup: whether there is a backup of the board
 */
void
jmp_session_set_has_backup (JmpSession *self, gboolean has_backup)
{
  if (self->has_backup == has_backup)
    return;
  self->has_backup = has_backup;
  jmp_session_changed (self);
}

static JmpPlan *
plan_backup (JmpSession *self)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);

  return self->store != NULL && info != NULL ? jmp_plan_backup_all (info, FALSE, NULL) : NULL;
}

/**
 * jmp_session_can_back_up:
 * @self: a session
 *
 * Returns: whether a backup can be made before the work
 */
gboolean
jmp_session_can_back_up (JmpSession *self)
{
  g_autoptr (JmpPlan) plan = plan_backup (self);

  return plan != NULL;
}

static gboolean
loses_files (JmpSession *self)
{
  g_autoptr (GArray) files = jmp_session_find_files (self);

  return files->len > 0;
}

/**
 * jmp_session_get_backup_first:
 * @self: a session
 *
 * Whether the work begins with a backup: where files are lost, and of a board that has none, unless the
 * person says otherwise.
 *
 * Returns: %FALSE also where none can be made
 */
gboolean
jmp_session_get_backup_first (JmpSession *self)
{
  if (!jmp_session_can_back_up (self))
    return FALSE;
  if (self->backup_was_said)
    return self->backup_said;
  if (self->backup_stands)
    return FALSE;
  return loses_files (self) || (self->backup_by_itself && !self->has_backup);
}

/**
 * jmp_session_set_backup_first:
 * @self: a session
 * @first: whether the next work begins with a backup
 *
 * What the person says counts for one piece of work.
 */
void
jmp_session_set_backup_first (JmpSession *self, gboolean first)
{
  if (self->backup_was_said && self->backup_said == first)
    return;
  self->backup_was_said = TRUE;
  self->backup_said = first;
  jmp_session_changed (self);
}

/**
 * jmp_session_get_backup:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the backup that was made before the work that has ended
 */
JmpBackup *
jmp_session_get_backup (JmpSession *self)
{
  return self->keeper != NULL && self->finished ? jmp_backup_keeper_get_backup (self->keeper)
                                                : NULL;
}

/**
 * jmp_session_has_backup_stage:
 * @self: a session
 *
 * Returns: whether the work that runs, or has ended, began with a backup
 */
gboolean
jmp_session_has_backup_stage (JmpSession *self)
{
  return self->keeper != NULL;
}

/**
 * jmp_session_hold:
 * @self: a session
 * @held: whether somebody else works with the board, so that no work can be started
 */
void
jmp_session_hold (JmpSession *self, gboolean held)
{
  if (self->held == held)
    return;
  self->held = held;
  jmp_session_changed (self);
}

/**
 * jmp_session_get_boards:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): all boards that are there, to tell twins apart
 */
GListModel *
jmp_session_get_boards (JmpSession *self)
{
  return self->boards;
}

static gboolean
is_reserved (JmpSession *self, const JmpGuardRegion *region)
{
  const GArray *reserved = self->install.regions->guard;

  for (guint i = 0; i < reserved->len; i++) {
    const JmpGuardRegion *known = &g_array_index (reserved, JmpGuardRegion, i);

    if (known->alt == region->alt && known->address == region->address)
      return TRUE;
  }
  return FALSE;
}

/* What the person wants to be kept, and what is reserved and will be changed, whatever they want. */
static JmpPlan *
plan_first (JmpSession *self, const GArray *agreed, gboolean whole, GError **error)
{
  g_autoptr (JmpPlan) plan = whole ? plan_backup (self) : NULL;
  g_autoptr (GArray) reserved = g_array_new (FALSE, FALSE, sizeof (JmpGuardHit));

  for (guint i = 0; i < agreed->len; i++) {
    const JmpGuardHit *hit = &g_array_index (agreed, JmpGuardHit, i);

    if (is_reserved (self, hit->region))
      g_array_append_vals (reserved, hit, 1);
  }
  if (reserved->len == 0)
    return g_steal_pointer (&plan);
  return jmp_guard_plan_backup (jmp_device_get_info (self->device), plan, reserved, error);
}

static JmpBackupReason
find_reason (JmpSession *self, gboolean whole)
{
  if (!whole)
    return JMP_BACKUP_REGION;
  return self->has_backup ? JMP_BACKUP_WOULD_BE_LOST : JMP_BACKUP_FIRST_FLASH;
}

/* The job that was just made begins with a backup, where one is wanted. Returns: FALSE where one must be
 * made, and cannot; then there is a problem in the place of the plan. */
gboolean
jmp_session_attach_backup (JmpSession *self, const GArray *agreed)
{
  const gboolean whole = jmp_session_get_backup_first (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = plan_first (self, agreed, whole, &error);
  g_autofree char *identity = jmp_backup_identity (self->device, self->boards);
  JmpBoard *board = jmp_session_get_board (self);
  const JmpBackupLabel label = {
    .identity = identity,
    .info = jmp_device_get_info (self->device),
    .board_name = jmp_session_get_title (self),
    .board_id = board != NULL ? board->id : NULL,
    .version = jmp_session_get_version (self),
    .machine = self->seen_machine,
    .reason = find_reason (self, whole),
  };

  g_clear_pointer (&self->keeper, jmp_backup_keeper_unref);
  self->backup_was_said = FALSE;
  if (error != NULL) {
    jmp_session_forget_plans (self);
    self->problem = g_steal_pointer (&error);
    return FALSE;
  }
  if (plan == NULL || self->store == NULL)
    return TRUE;
  self->keeper = jmp_backup_keeper_new (self->store, &label);
  jmp_backup_keeper_attach (self->keeper, self->job, plan);
  return TRUE;
}

void
jmp_session_forget_backup (JmpSession *self)
{
  g_clear_pointer (&self->keeper, jmp_backup_keeper_unref);
  g_clear_pointer (&self->store, jmp_backup_store_unref);
}

/* --- The history --- */

static void
history_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  /* not worth an error: the work is done all the same */
  jmp_history_add (NULL, task_data, NULL);
  g_task_return_boolean (task, TRUE);
}

static JmpHistoryResult
history_result (const GError *error)
{
  if (error == NULL)
    return JMP_HISTORY_DONE;
  return jmp_error_is_cancelled (error) ? JMP_HISTORY_STOPPED : JMP_HISTORY_FAILED;
}

/* Writes down what the job that has ended did, and whether what it began with still counts. */
void
jmp_session_write_history (JmpSession *self)
{
  const gboolean is_backup = self->firmware->origin == JMP_FIRMWARE_BACKUP;
  const JmpOutcome *outcome = jmp_job_get_outcome (self->job);
  const GError *error = jmp_job_get_error (self->job);
  JmpHistoryEntry *entry = g_new0 (JmpHistoryEntry, 1);
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  self->backup_stands = error != NULL
                        && (self->backup_stands || jmp_session_get_backup (self) != NULL);
  entry->date = g_get_real_time () / G_USEC_PER_SEC;
  entry->kind = is_backup ? JMP_HISTORY_RESTORE : JMP_HISTORY_INSTALL;
  entry->result = history_result (error);
  entry->board = g_strdup (jmp_session_get_title (self));
  entry->serial = g_strdup (jmp_device_get_serial (self->device));
  entry->firmware = g_strdup (self->firmware->name);
  entry->version = g_strdup (self->firmware->version);
  if (error != NULL)
    entry->error = g_strdup (error->message);
  if (error != NULL && error->domain == JMP_ERROR)
    entry->error_code = g_strdup (jmp_error_to_string ((JmpError)error->code));
  entry->seconds = outcome != NULL ? outcome->seconds_total : 0;
  entry->bytes = outcome != NULL ? outcome->bytes_written : 0;
  g_task_set_task_data (task, entry, (GDestroyNotify)jmp_history_entry_free);
  g_task_run_in_thread (task, history_func);
}
