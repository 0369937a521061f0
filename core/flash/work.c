/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/work-private.h"

#include "base/error.h"
#include "flash/recovery.h"
#include "flash/run-private.h"
#include "flash/survey.h"

/* A board that goes away so often has a bad cable. */
#define MAX_RETURNS 20

/**
 * Session:
 * @work: what there is to do
 * @watch: who watches
 * @cancellable: (nullable): for all of it
 * @outcome: what was done so far
 * @dfu: (nullable): the open board
 * @meter: measures all of it
 * @progress: what was told last
 * @told: whether anything was told
 * @backed_up: whether the backup is saved
 * @looked: whether the recovery file was looked for
 * @touched: whether the board was changed
 * @idle: whether the last part of the work left the device in dfuIDLE
 * @recovery: (nullable): what has to be put back
 * @has_file: whether the recovery file is this work's to remove
 */
typedef struct {
  const JmpWork *work;
  const JmpWorkWatch *watch;
  GCancellable *cancellable;
  JmpOutcome *outcome;
  JmpDfu *dfu;
  JmpMeter meter;
  JmpProgress progress;
  gboolean told;
  gboolean backed_up;
  gboolean looked;
  gboolean touched;
  gboolean idle;
  JmpImage *recovery;
  gboolean has_file;
} Session;

static void
tell (Session *self, const JmpProgress *progress)
{
  gint64 now = self->dfu != NULL ? jmp_usb_now (jmp_dfu_get_usb (self->dfu)) : -1;

  self->progress = *progress;
  self->told = TRUE;
  self->watch->progress (progress, now, self->watch->user_data);
}

static void
progress_cb (const JmpProgress *progress, gpointer user_data)
{
  Session *self = user_data;

  /* The second plan prepares once more; who watches has seen more meanwhile. */
  if (progress->phase != JMP_PHASE_PREPARE || !self->told)
    tell (self, progress);
}

/* What can be known to fail before the board is touched. */
static gboolean
check (const JmpWork *work, GCancellable *cancellable, GError **error)
{
  guint n_steps;

  if (work->plan == NULL && work->image == NULL && work->backup == NULL) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_USAGE, "there is nothing to do");
    return FALSE;
  }
  if (work->backup_path != NULL) {
    jmp_plan_get_steps (work->backup, &n_steps);
    if (work->backup_format == JMP_BACKUP_RAW && n_steps > 1) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_NOT_SUPPORTED,
                   "saving %s: raw bytes hold one range of memory, not %u",
                   work->backup_path,
                   n_steps);
      return FALSE;
    }
    if (!jmp_backup_file_check (work->backup_path, TRUE, error))
      return FALSE;
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* What one run took and did is part of the whole. */
static void
absorb (Session *self, JmpOutcome *part)
{
  JmpOutcome *all = self->outcome;

  all->state = part->state;
  all->connected = part->connected;
  all->step = part->step;
  all->has_difference = part->has_difference;
  all->difference_address = part->difference_address;
  all->expected = part->expected;
  all->found = part->found;
  all->bytes_written += part->bytes_written;
  all->bytes_verified += part->bytes_verified;
  all->bytes_skipped += part->bytes_skipped;
  all->bytes_kept += part->bytes_kept;
  all->bytes_read += part->bytes_read;
  all->sectors_erased += part->sectors_erased;
  all->sectors_written += part->sectors_written;
  all->sectors_unchanged += part->sectors_unchanged;
  all->sectors_preserved += part->sectors_preserved;
  all->transfers += part->transfers;
  all->seconds_total += part->seconds_total;
  for (guint i = 0; i < JMP_PHASE_N; i++)
    all->seconds[i] += part->seconds[i];
  g_clear_pointer (&all->read, jmp_image_unref);
  all->read = g_steal_pointer (&part->read);
  self->touched = self->touched || part->sectors_erased > 0 || part->bytes_written > 0
                  || (part->state != JMP_BOARD_UNTOUCHED && part->state != JMP_BOARD_STARTED);
}

static gboolean
run_plan (Session *self, JmpPlan *plan, GError **error)
{
  g_auto (JmpOutcome) part = { 0 };
  gboolean ok = jmp_flash_run_metered (self->dfu,
                                       plan,
                                       &self->meter,
                                       self->idle,
                                       progress_cb,
                                       self,
                                       self->cancellable,
                                       &part,
                                       error);

  absorb (self, &part);
  self->idle = ok && part.connected;
  return ok;
}

static gboolean
keep_backup (Session *self, GError **error)
{
  const JmpWork *work = self->work;
  JmpImage *read = self->outcome->read;

  if (work->keep != NULL)
    return work->keep (read, work->keep_data, self->cancellable, error);
  return jmp_backup_file_save (read, work->backup_path, work->backup_format, error);
}

static gboolean
back_up (Session *self, GError **error)
{
  const JmpWork *work = self->work;

  if (work->backup == NULL || self->backed_up)
    return TRUE;
  if (!run_plan (self, work->backup, error) || !keep_backup (self, error))
    return FALSE;
  self->backed_up = TRUE;
  if (work->plan != NULL || work->image != NULL)
    g_clear_pointer (&self->outcome->read, jmp_image_unref);
  return TRUE;
}

/* A recovery file that must not be used stays, under another name, and is told of. */
static gboolean
put_aside (Session *self, const char *problem, GError **error)
{
  g_autofree char *aside = jmp_recovery_put_aside (self->work->recovery_path, error);

  if (aside == NULL)
    return FALSE;
  g_free (self->outcome->recovery_aside);
  self->outcome->recovery_aside = g_steal_pointer (&aside);
  g_free (self->outcome->recovery_problem);
  self->outcome->recovery_problem = g_strdup (problem);
  return TRUE;
}

/* What an interrupted run left to be put back. */
static gboolean
look_for_recovery (Session *self, GError **error)
{
  const JmpWork *work = self->work;
  g_autoptr (GError) problem = NULL;

  if (self->looked || work->recovery_path == NULL || work->options.preserve == JMP_PRESERVE_NEVER)
    return TRUE;
  self->looked = TRUE;
  if (jmp_recovery_load (work->recovery_path, work->info, &self->recovery, &problem)) {
    self->has_file = self->recovery != NULL;
    return TRUE;
  }
  return work->dry || put_aside (self, problem->message, error);
}

/* What every sector would cost, until more is known. */
static void
expect_survey (Session *self, JmpPlan *plan)
{
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  jmp_meter_expect_plan (&self->meter, plan);
  for (guint i = 0; i < n_sectors; i++) {
    jmp_meter_expect (&self->meter, JMP_STEP_ERASE, sectors[i].sector.size);
    jmp_meter_expect (&self->meter, JMP_STEP_WRITE, sectors[i].image_bytes);
    jmp_meter_expect (&self->meter, JMP_STEP_VERIFY, sectors[i].image_bytes);
  }
}

/* What may have come onto the board since an interrupted run is not thrown away. */
static gboolean
save_replaced (Session *self, JmpSurvey *survey, GError **error)
{
  JmpImage *replaced = jmp_survey_get_replaced (survey);
  char *aside;

  if (replaced == NULL || self->work->dry || self->work->recovery_path == NULL)
    return TRUE;
  aside = jmp_recovery_save_aside (self->work->recovery_path, replaced, error);
  if (aside == NULL)
    return FALSE;
  g_free (self->outcome->recovery_aside);
  self->outcome->recovery_aside = aside;
  g_free (self->outcome->recovery_problem);
  self->outcome->recovery_problem = g_strdup (
      "the bytes of an interrupted run were put back in place of these");
  return TRUE;
}

static JmpPlan *
make_plan (Session *self, GError **error)
{
  const JmpWork *work = self->work;
  JmpPlanOptions options = work->options;
  g_autoptr (JmpPlan) look = NULL;
  g_autoptr (JmpSurvey) survey = NULL;
  g_auto (JmpOutcome) part = { 0 };

  options.recovery = self->recovery;
  look = jmp_plan_survey (work->image, work->info, &options, error);
  if (look == NULL)
    return NULL;
  jmp_meter_forget_all (&self->meter);
  expect_survey (self, look);
  survey = jmp_survey_run_metered (self->dfu,
                                   look,
                                   &self->meter,
                                   self->idle,
                                   progress_cb,
                                   self,
                                   self->cancellable,
                                   &part,
                                   error);
  absorb (self, &part);
  self->idle = survey != NULL && part.connected;
  if (survey == NULL)
    return NULL;
  if (self->has_file && !work->dry && jmp_survey_has_stale (survey)) {
    if (!put_aside (self, "the board holds newer bytes in their place", error))
      return NULL;
    self->has_file = FALSE;
  }
  if (!save_replaced (self, survey, error))
    return NULL;
  return jmp_plan_flash_surveyed (work->image, work->info, survey, &options, error);
}

/* Nothing is erased before its bytes are safe. */
static gboolean
save_kept (Session *self, JmpPlan *plan, GError **error)
{
  JmpImage *kept = jmp_plan_get_kept (plan);

  g_clear_pointer (&self->recovery, jmp_image_unref);
  if (kept == NULL)
    return TRUE;
  self->recovery = jmp_image_ref (kept);
  if (self->work->recovery_path == NULL)
    return TRUE;
  if (!jmp_recovery_save (self->work->recovery_path, kept, error))
    return FALSE;
  self->has_file = TRUE;
  return TRUE;
}

/* Nothing is changed that is protected. */
static gboolean
check_guard (const Session *self, JmpPlan *plan, GError **error)
{
  const GArray *guard = self->work->guard;

  return guard == NULL
         || jmp_guard_check (
             plan, (const JmpGuardRegion *)(const void *)guard->data, guard->len, error);
}

static gboolean
flash_image (Session *self, GError **error)
{
  g_autoptr (JmpPlan) plan = NULL;
  JmpPlanTotals totals;
  guint64 kept;
  gboolean ok;

  if (!look_for_recovery (self, error))
    return FALSE;
  plan = make_plan (self, error);
  if (plan == NULL)
    return FALSE;
  self->watch->planned (plan, self->watch->user_data);
  if (self->work->dry)
    return TRUE;
  if (!check_guard (self, plan, error) || !save_kept (self, plan, error))
    return FALSE;
  jmp_meter_forget_all (&self->meter);
  jmp_meter_expect_plan (&self->meter, plan);
  ok = run_plan (self, plan, error);
  totals = jmp_plan_get_totals (plan);
  kept = self->outcome->bytes_kept;
  if (self->has_file && (ok || (totals.kept > 0 && kept >= totals.kept))) {
    g_clear_pointer (&self->recovery, jmp_image_unref);
    self->has_file = !jmp_recovery_remove (self->work->recovery_path, NULL);
  }
  return ok;
}

/* All that is left to do, on a board that is open. What an earlier try has proven is proven anew. */
static gboolean
attempt (Session *self, GError **error)
{
  self->idle = FALSE;
  self->outcome->bytes_verified = 0;
  self->outcome->bytes_skipped = 0;
  self->outcome->bytes_kept = 0;
  self->outcome->sectors_unchanged = 0;
  self->outcome->sectors_preserved = 0;
  if (!back_up (self, error))
    return FALSE;
  if (self->work->image != NULL)
    return flash_image (self, error);
  return self->work->plan == NULL
         || (check_guard (self, self->work->plan, error)
             && run_plan (self, self->work->plan, error));
}

static gboolean
open_board (Session *self, JmpUsb *usb, GError **error)
{
  if (usb == NULL)
    return FALSE;
  self->dfu = jmp_dfu_open (usb, self->work->info, error);
  return self->dfu != NULL;
}

/* Only work that looks at the board first knows how to go on. */
static gboolean
may_wait (const Session *self, const GError *failure)
{
  return self->work->reopen != NULL && self->work->image != NULL
         && g_error_matches (failure, JMP_ERROR, JMP_ERROR_DISCONNECTED);
}

/* Waits for the board's return and opens it; %FALSE when it does not come back, with the error that
 * tells why it is missed, or that it is waited for no longer. */
static gboolean
wait_for_board (Session *self, GError **failure)
{
  g_autoptr (GError) why = NULL;
  JmpUsb *usb;

  self->progress.waiting = TRUE;
  self->progress.seconds_left = 0;
  tell (self, &self->progress);
  g_clear_pointer (&self->dfu, jmp_dfu_free);
  usb = self->work->reopen (self->work->reopen_data, self->cancellable, &why);
  self->progress.waiting = FALSE;
  if (open_board (self, usb, &why)) {
    g_clear_error (failure);
    tell (self, &self->progress);
    return TRUE;
  }
  if (jmp_error_is_cancelled (why)) {
    g_clear_error (failure);
    *failure = g_steal_pointer (&why);
  }
  return FALSE;
}

static gboolean
try_until_done (Session *self, GError **error)
{
  for (guint returns = 0;; returns++) {
    GError *failure = NULL;

    if (attempt (self, &failure))
      return TRUE;
    if (returns == MAX_RETURNS || !may_wait (self, failure) || !wait_for_board (self, &failure)) {
      g_propagate_error (error, failure);
      return FALSE;
    }
  }
}

static void
finish (Session *self, gboolean ok)
{
  JmpOutcome *outcome = self->outcome;
  JmpProgress progress = self->progress;

  if (self->touched && outcome->state == JMP_BOARD_UNTOUCHED)
    outcome->state = ok ? JMP_BOARD_COMPLETE : JMP_BOARD_INCOMPLETE;
  if (self->has_file)
    outcome->recovery_file = g_strdup (self->work->recovery_path);
  if (ok) {
    progress.fraction = 1;
    progress.seconds_left = 0;
    tell (self, &progress);
  }
}

/* What comes after a backup is part of the whole from the beginning. What is wrong with it, the work
 * itself will tell. */
static void
expect_image (Session *self)
{
  const JmpWork *work = self->work;
  g_autoptr (JmpPlan) look = jmp_plan_survey (work->image, work->info, &work->options, NULL);

  if (look != NULL)
    expect_survey (self, look);
}

/* A guess at first, and better known at the end. */
static void
begin_meter (Session *self, char **key)
{
  const JmpWork *work = self->work;
  JmpSpeeds guess = { 1, 1, 1 };

  if (work->speeds_folder != NULL) {
    *key = jmp_speeds_key (work->info);
    jmp_speeds_load (work->speeds_folder, *key, &guess);
  }
  jmp_meter_init (&self->meter, &guess);
  if (work->backup != NULL)
    jmp_meter_expect_plan (&self->meter, work->backup);
  if (work->plan != NULL)
    jmp_meter_expect_plan (&self->meter, work->plan);
  if (work->backup != NULL && work->image != NULL)
    expect_image (self);
}

static void
end_meter (Session *self, const char *key)
{
  JmpSpeeds speeds;

  /* not worth an error: the next guess is worse, that is all */
  if (key != NULL && jmp_meter_get_speeds (&self->meter, &speeds))
    jmp_speeds_save (self->work->speeds_folder, key, &speeds, NULL);
}

/* Does it all. The outcome of a board that could not be opened is UNTOUCHED and not connected; that of
 * a backup alone still has its image. Errors: those of opening, jmp_survey_run(), jmp_flash_run(),
 * jmp_backup_file_save() and jmp_recovery_save(). */
gboolean
jmp_work_run (const JmpWork *work,
              const JmpWorkWatch *watch,
              GCancellable *cancellable,
              JmpOutcome *outcome,
              GError **error)
{
  Session self = {
    .work = work,
    .watch = watch,
    .cancellable = cancellable,
    .outcome = outcome,
  };
  g_autofree char *key = NULL;
  gboolean ok;

  *outcome = (JmpOutcome){ 0 };
  if (!check (work, cancellable, error)
      || !open_board (&self, work->open (work->open_data, error), error))
    return FALSE;
  outcome->connected = TRUE;
  begin_meter (&self, &key);
  ok = try_until_done (&self, error);
  finish (&self, ok);
  end_meter (&self, key);
  g_clear_pointer (&self.recovery, jmp_image_unref);
  g_clear_pointer (&self.dfu, jmp_dfu_free);
  return ok;
}
