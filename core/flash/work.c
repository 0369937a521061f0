/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/work-private.h"

#include "base/error.h"
#include "flash/estimate.h"

/* Where the progress of one plan goes: @from and @to are its share of the whole. */
typedef struct {
  JmpWorkFunc func;
  gpointer user_data;
  JmpUsb *usb;
  double from;
  double to;
} Share;

static void
progress_cb (const JmpProgress *progress, gpointer user_data)
{
  const Share *share = user_data;
  JmpProgress whole = *progress;

  /* The second plan prepares once more; who watches has seen the backup meanwhile. */
  if (progress->phase == JMP_PHASE_PREPARE && share->from > 0)
    return;
  if (progress->fraction < 1)
    whole.fraction = share->from + progress->fraction * (share->to - share->from);
  else
    whole.fraction = share->to;
  share->func (&whole, jmp_usb_now (share->usb), share->user_data);
}

/* What can be known to fail before the board is touched. */
static gboolean
check (const JmpWork *work, GCancellable *cancellable, GError **error)
{
  guint n_steps;

  if (work->plan == NULL && work->backup == NULL) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_USAGE, "there is nothing to do");
    return FALSE;
  }
  if (work->backup != NULL) {
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

/* What the backup took is part of the outcome; its image, which is saved, is not. */
static void
add_backup (JmpOutcome *outcome, const JmpOutcome *backup)
{
  outcome->bytes_read += backup->bytes_read;
  outcome->transfers += backup->transfers;
  outcome->seconds_total += backup->seconds_total;
  for (guint i = 0; i < JMP_PHASE_N; i++)
    outcome->seconds[i] += backup->seconds[i];
}

static gboolean
carry_out (const JmpWork *work,
           JmpDfu *dfu,
           Share *share,
           GCancellable *cancellable,
           JmpOutcome *outcome,
           GError **error)
{
  double backup_time = work->backup != NULL ? jmp_estimate_plan (work->backup) : 0;
  double plan_time = work->plan != NULL ? jmp_estimate_plan (work->plan) : 0;
  g_auto (JmpOutcome) backup = { 0 };
  gboolean ok;

  share->to = plan_time > 0 ? backup_time / (backup_time + plan_time) : 1;
  if (work->backup != NULL) {
    if (!jmp_flash_run (dfu, work->backup, progress_cb, share, cancellable, outcome, error)
        || !jmp_backup_file_save (outcome->read, work->backup_path, work->backup_format, error))
      return FALSE;
    if (work->plan == NULL)
      return TRUE;
    g_clear_pointer (&outcome->read, jmp_image_unref);
    backup = *outcome;
  }
  share->from = share->to;
  share->to = 1;
  ok = jmp_flash_run (dfu, work->plan, progress_cb, share, cancellable, outcome, error);
  add_backup (outcome, &backup);
  return ok;
}

/* Does it all. The outcome of a board that could not be opened is UNTOUCHED and not connected; that of
 * a backup alone still has its image. Errors: those of opening, jmp_flash_run() and
 * jmp_backup_file_save(). */
gboolean
jmp_work_run (const JmpWork *work,
              JmpWorkFunc func,
              gpointer user_data,
              GCancellable *cancellable,
              JmpOutcome *outcome,
              GError **error)
{
  Share share = { .func = func, .user_data = user_data };
  g_autoptr (JmpDfu) dfu = NULL;

  *outcome = (JmpOutcome){ 0 };
  if (!check (work, cancellable, error))
    return FALSE;
  share.usb = work->open (work->open_data, error);
  if (share.usb == NULL)
    return FALSE;
  dfu = jmp_dfu_open (share.usb, work->info, error);
  if (dfu == NULL)
    return FALSE;
  return carry_out (work, dfu, &share, cancellable, outcome, error);
}
