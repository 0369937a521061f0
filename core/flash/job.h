/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One piece of work on one board: the object that a window or a command watches.
 *
 * A job opens the board, saves a backup where one is wanted, carries out its plan, and closes the
 * board. jmp_job_run() does it in the caller's thread; jmp_job_start() does it on a thread of its own
 * and tells the main context that was the default when the job was made: properties change, and
 * "finished" is emitted, there only. A job runs once.
 *
 * Properties: "state" (#JmpJobState), "phase" (#JmpPhase), "fraction" (0 to 1, of everything). */

#pragma once

#include "flash/backup-file.h"
#include "flash/run.h"

G_BEGIN_DECLS

typedef enum {
  JMP_JOB_READY,
  JMP_JOB_RUNNING,
  JMP_JOB_CANCELLING,
  JMP_JOB_DONE,
  JMP_JOB_FAILED,
  JMP_JOB_CANCELLED,
} JmpJobState;

#define JMP_TYPE_JOB (jmp_job_get_type ())
G_DECLARE_FINAL_TYPE (JmpJob, jmp_job, JMP, JOB, GObject)

/* Opens the board; called once, on the job's thread. */
typedef JmpUsb *(*JmpJobOpenFunc) (gpointer user_data, GError **error);

JmpJob *jmp_job_new (JmpDfuInfo *info,
                     JmpJobOpenFunc open,
                     gpointer user_data,
                     GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
void jmp_job_set_plan (JmpJob *self, JmpPlan *plan);
void jmp_job_set_backup (JmpJob *self, JmpPlan *plan, const char *path, JmpBackupFormat format);
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
