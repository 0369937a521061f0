/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One piece of work on one board: the object that a window or a command watches.
 *
 * A job opens the board, saves a backup where one is wanted, carries out its plan, and closes the
 * board. For an image it makes the plan itself: it looks at the board first, and does no more than is
 * left to do. jmp_job_run() does it in the caller's thread; jmp_job_start() does it on a thread of its
 * own and tells the main context that was the default when the job was made: properties change, and
 * "finished" is emitted, there only. A job runs once.
 *
 * Properties: "state" (#JmpJobState), "phase" (#JmpPhase), "fraction" (0 to 1, of everything), "plan"
 * (#JmpPlan; only its notification). */

#pragma once

#include "flash/backup-file.h"
#include "flash/guard.h"
#include "flash/run.h"

G_BEGIN_DECLS

/**
 * JmpJobState:
 * @JMP_JOB_READY: not begun
 * @JMP_JOB_RUNNING: at work
 * @JMP_JOB_WAITING: the board went away in the middle, and its return is waited for
 * @JMP_JOB_CANCELLING: it ends after the transfer that is under way
 * @JMP_JOB_DONE: all was done
 * @JMP_JOB_FAILED: not all was done
 * @JMP_JOB_CANCELLED: the person stopped it
 */
typedef enum {
  JMP_JOB_READY,
  JMP_JOB_RUNNING,
  JMP_JOB_WAITING,
  JMP_JOB_CANCELLING,
  JMP_JOB_DONE,
  JMP_JOB_FAILED,
  JMP_JOB_CANCELLED,
} JmpJobState;

#define JMP_TYPE_JOB (jmp_job_get_type ())
G_DECLARE_FINAL_TYPE (JmpJob, jmp_job, JMP, JOB, GObject)

/* Opens the board; called once, on the job's thread. */
typedef JmpUsb *(*JmpJobOpenFunc) (gpointer user_data, GError **error);

/* Waits until the same board (port and serial number) is back and opens it; called on the job's thread.
 * How long it waits is its own affair; it gives %NULL with an error when that time is over, and when it
 * is cancelled %G_IO_ERROR_CANCELLED. */
typedef JmpUsb *(*JmpJobReopenFunc) (gpointer user_data, GCancellable *cancellable, GError **error);

/* Keeps what was read; called on the job's thread. */
typedef gboolean (*JmpJobKeepFunc) (JmpImage *read,
                                    gpointer user_data,
                                    GCancellable *cancellable,
                                    GError **error);

JmpJob *jmp_job_new (JmpDfuInfo *info,
                     JmpJobOpenFunc open,
                     gpointer user_data,
                     GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
void jmp_job_set_plan (JmpJob *self, JmpPlan *plan);
void jmp_job_set_flash (JmpJob *self, JmpImage *image, const JmpPlanOptions *options);
void jmp_job_set_guard (JmpJob *self, const JmpGuardRegion *regions, guint n_regions);
void jmp_job_set_dry_run (JmpJob *self, gboolean dry_run);
void jmp_job_set_reopen (JmpJob *self, JmpJobReopenFunc reopen, gpointer user_data);
void jmp_job_set_recovery_dir (JmpJob *self, const char *folder, const char *identity);
void jmp_job_set_speeds_dir (JmpJob *self, const char *folder);
void jmp_job_set_backup (JmpJob *self, JmpPlan *plan, const char *path, JmpBackupFormat format);
void jmp_job_set_backup_func (
    JmpJob *self, JmpPlan *plan, JmpJobKeepFunc keep, gpointer user_data, GDestroyNotify destroy);
void jmp_job_set_progress (JmpJob *self, JmpProgressFunc progress, gpointer user_data);

gboolean jmp_job_run (JmpJob *self, GCancellable *cancellable, GError **error);
void jmp_job_start (JmpJob *self);
void jmp_job_cancel (JmpJob *self);

JmpJobState jmp_job_get_state (JmpJob *self);
JmpProgress jmp_job_get_progress (JmpJob *self);
double jmp_job_get_speed (JmpJob *self);
double jmp_job_get_seconds_left (JmpJob *self);
const JmpOutcome *jmp_job_get_outcome (JmpJob *self);
const GError *jmp_job_get_error (JmpJob *self);
JmpPlan *jmp_job_get_plan (JmpJob *self);

G_END_DECLS
