/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The whole of a job, from opening the board to closing it, without the thread: a backup where one is
 * wanted, saved before anything is changed, then the plan. Private to job.c; one thread. */

#pragma once

#include "flash/job.h"

G_BEGIN_DECLS

/**
 * JmpWork:
 * @info: the board
 * @open: opens it
 * @open_data: for @open
 * @plan: (nullable): what to do
 * @backup: (nullable): what to read and save before that
 * @backup_path: where to save it
 * @backup_format: how
 *
 * What there is to do. Whoever fills it owns its members.
 */
typedef struct {
  JmpDfuInfo *info;
  JmpJobOpenFunc open;
  gpointer open_data;
  JmpPlan *plan;
  JmpPlan *backup;
  char *backup_path;
  JmpBackupFormat backup_format;
} JmpWork;

/* @now_us is on the clock of the board's USB. */
typedef void (*JmpWorkFunc) (const JmpProgress *progress, gint64 now_us, gpointer user_data);

gboolean jmp_work_run (const JmpWork *work,
                       JmpWorkFunc func,
                       gpointer user_data,
                       GCancellable *cancellable,
                       JmpOutcome *outcome,
                       GError **error);

G_END_DECLS
