/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The whole of a job, from opening the board to closing it, without the thread: a backup where one is
 * wanted, saved before anything is changed, then the plan; or, for an image, the survey, then the plan
 * that is made from it. When the board goes away, its return is waited for. Private to this
 * room; one thread. */

#pragma once

#include "flash/job.h"

G_BEGIN_DECLS

/**
 * JmpWork:
 * @info: the board
 * @open: opens it
 * @open_data: for @open
 * @reopen: (nullable): waits until it is back and opens it
 * @reopen_data: for @reopen
 * @plan: (nullable): what to do
 * @image: (nullable): what to bring onto the board
 * @options: how; the regions and their names are owned
 * @guard: (element-type JmpGuardRegion) (nullable): what must not be changed; the texts are owned
 * @dry: whether to stop when the plan is made
 * @backup: (nullable): what to read and save before that
 * @backup_path: (nullable): where to save it
 * @backup_format: how
 * @keep: (nullable): keeps it, where there is no path
 * @keep_data: for @keep
 * @recovery_path: (nullable): where bytes are saved until they are back in place
 * @speeds_folder: (nullable): where speeds are remembered
 *
 * What there is to do. Whoever fills it owns its members.
 */
typedef struct {
  JmpDfuInfo *info;
  JmpJobOpenFunc open;
  gpointer open_data;
  JmpJobReopenFunc reopen;
  gpointer reopen_data;
  JmpPlan *plan;
  JmpImage *image;
  JmpPlanOptions options;
  GArray *guard;
  gboolean dry;
  JmpPlan *backup;
  char *backup_path;
  JmpBackupFormat backup_format;
  JmpJobKeepFunc keep;
  gpointer keep_data;
  char *recovery_path;
  char *speeds_folder;
} JmpWork;

/**
 * JmpWorkWatch:
 * @progress: told how far it is; the time is on the clock of the board's USB
 * @planned: told which plan is carried out from now on
 * @user_data: for both
 *
 * Who watches.
 */
typedef struct {
  void (*progress) (const JmpProgress *progress, gint64 now_us, gpointer user_data);
  void (*planned) (JmpPlan *plan, gpointer user_data);
  gpointer user_data;
} JmpWorkWatch;

gboolean jmp_work_run (const JmpWork *work,
                       const JmpWorkWatch *watch,
                       GCancellable *cancellable,
                       JmpOutcome *outcome,
                       GError **error);

G_END_DECLS
