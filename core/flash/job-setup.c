/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a job is told before it runs. */

#include "flash/job-private.h"
#include "flash/recovery.h"

/**
 * jmp_job_set_plan:
 * @self: a job that has not run
 * @plan: what to do
 *
 * Sets the work.
 */
void
jmp_job_set_plan (JmpJob *self, JmpPlan *plan)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  g_clear_pointer (&self->work.plan, jmp_plan_unref);
  g_clear_pointer (&self->work.image, jmp_image_unref);
  self->work.plan = jmp_plan_ref (plan);
}

/**
 * jmp_job_set_backup:
 * @self: a job that has not run
 * @plan: what to read
 * @path: where to save it; a file that is there is replaced
 * @format: how to save it
 *
 * Sets a backup, which is saved before anything else is done. When it fails, nothing else is. Without
 * a plan it is all the work.
 */
void
jmp_job_set_backup (JmpJob *self, JmpPlan *plan, const char *path, JmpBackupFormat format)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  g_clear_pointer (&self->work.backup, jmp_plan_unref);
  g_free (self->work.backup_path);
  self->work.backup = jmp_plan_ref (plan);
  self->work.backup_path = g_strdup (path);
  self->work.backup_format = format;
}

/**
 * jmp_job_set_backup_func:
 * @self: a job that has not run
 * @plan: what to read
 * @keep: (scope notified) (closure user_data): keeps it; called once, on the job's thread
 * @user_data: for @keep
 * @destroy: (nullable): frees @user_data, with the job
 *
 * As jmp_job_set_backup(), for what is not kept in a file of its own. Only one of both can be set.
 */
void
jmp_job_set_backup_func (
    JmpJob *self, JmpPlan *plan, JmpJobKeepFunc keep, gpointer user_data, GDestroyNotify destroy)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);
  g_return_if_fail (self->work.backup == NULL);

  self->work.backup = jmp_plan_ref (plan);
  self->work.keep = keep;
  self->work.keep_data = user_data;
  self->keep_destroy = destroy;
}

/**
 * jmp_job_set_progress:
 * @self: a job that has not run
 * @progress: (nullable) (scope forever): called on the job's thread, often
 * @user_data: for @progress
 *
 * Sets a function that sees every step, for programs without a main loop.
 */
void
jmp_job_set_progress (JmpJob *self, JmpProgressFunc progress, gpointer user_data)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  self->progress = progress;
  self->progress_data = user_data;
}

/* Frees what jmp_job_set_flash() copied. */
void
jmp_job_free_regions (JmpPlanOptions *options)
{
  for (guint i = 0; i < options->n_regions; i++)
    g_free ((char *)options->regions[i].name);
  g_free ((JmpPlanRegion *)options->regions);
  options->regions = NULL;
  options->n_regions = 0;
}

static JmpPlanRegion *
copy_regions (const JmpPlanRegion *regions, guint n_regions)
{
  JmpPlanRegion *copies = g_new0 (JmpPlanRegion, MAX (n_regions, 1));

  for (guint i = 0; i < n_regions; i++) {
    copies[i] = regions[i];
    copies[i].name = g_strdup (regions[i].name);
  }
  return copies;
}

/**
 * jmp_job_set_flash:
 * @self: a job that has not run
 * @image: what to bring onto the board
 * @options: how; copied. Its recovery is the job's own affair
 *
 * Sets the work: the board is looked at, a plan is made from what it holds, and that is carried out.
 * Another plan that was set is not.
 */
void
jmp_job_set_flash (JmpJob *self, JmpImage *image, const JmpPlanOptions *options)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  jmp_image_ref (image);
  g_clear_pointer (&self->work.plan, jmp_plan_unref);
  g_clear_pointer (&self->work.image, jmp_image_unref);
  jmp_job_free_regions (&self->work.options);
  self->work.image = image;
  self->work.options = *options;
  self->work.options.recovery = NULL;
  self->work.options.regions = copy_regions (options->regions, options->n_regions);
}

static void
guard_clear (gpointer data)
{
  JmpGuardRegion *region = data;

  g_free ((char *)region->name);
  g_free ((char *)region->code);
}

/**
 * jmp_job_set_guard:
 * @self: a job that has not run
 * @regions: (array length=n_regions) (nullable): what must not be erased or written; copied
 * @n_regions: how many
 *
 * Sets what is protected, without what the person agreed to lose. The job ends with
 * %JMP_ERROR_REFUSED, before anything is changed, when its plan touches any of it.
 */
void
jmp_job_set_guard (JmpJob *self, const JmpGuardRegion *regions, guint n_regions)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  g_clear_pointer (&self->work.guard, g_array_unref);
  self->work.guard = g_array_new (FALSE, FALSE, sizeof (JmpGuardRegion));
  g_array_set_clear_func (self->work.guard, guard_clear);
  for (guint i = 0; i < n_regions; i++) {
    JmpGuardRegion region = regions[i];

    region.name = g_strdup (region.name);
    region.code = g_strdup (region.code);
    g_array_append_val (self->work.guard, region);
  }
}

/**
 * jmp_job_set_dry_run:
 * @self: a job that has not run
 * @dry_run: whether to stop when the plan is made
 *
 * With an image: the board is only read, and jmp_job_get_plan() tells what would be done.
 */
void
jmp_job_set_dry_run (JmpJob *self, gboolean dry_run)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  self->work.dry = dry_run;
}

/**
 * jmp_job_set_reopen:
 * @self: a job that has not run
 * @reopen: (scope forever): waits for the board's return
 * @user_data: for @reopen
 *
 * With an image: a board that goes away in the middle is waited for, and the work goes on. Without
 * this it fails with %JMP_ERROR_DISCONNECTED.
 */
void
jmp_job_set_reopen (JmpJob *self, JmpJobReopenFunc reopen, gpointer user_data)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  self->work.reopen = reopen;
  self->work.reopen_data = user_data;
}

/**
 * jmp_job_set_recovery_dir:
 * @self: a job that has not run
 * @folder: where bytes are saved until they are back in place; made if it is not there
 * @identity: which board: any text that is the same whenever it is the same board
 *
 * With an image: bytes that have to be put back are saved before their sector is erased, and what an
 * interrupted job on the same board saved is put back. Without this they are in memory only.
 */
void
jmp_job_set_recovery_dir (JmpJob *self, const char *folder, const char *identity)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  g_free (self->work.recovery_path);
  self->work.recovery_path = jmp_recovery_path (folder, identity);
}

/**
 * jmp_job_set_speeds_dir:
 * @self: a job that has not run
 * @folder: where the speeds of boards are remembered
 *
 * Lets the first guess of the time left come from what boards of this model took the last time.
 */
void
jmp_job_set_speeds_dir (JmpJob *self, const char *folder)
{
  g_return_if_fail (jmp_job_get_state (self) == JMP_JOB_READY);

  g_free (self->work.speeds_folder);
  self->work.speeds_folder = g_strdup (folder);
}
