/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One board of a run: what is to be done to it, and what came of it.
 *
 * Owned by the session, which has one of them, or several where several were asked for. Main
 * thread; while the board's job runs, its thread reads @device and writes the recording. */

#pragma once

#include "backup/keeper.h"
#include "board/regions.h"
#include "flash/job.h"

G_BEGIN_DECLS

/**
 * CtlBoard:
 * @device: (nullable): the board, once it was chosen
 * @label: (nullable): its id, made unique among the boards of the run
 * @memory: (nullable): of a practice board, the file that it keeps its memory in
 * @plan: (nullable): what is to be done to it; where an image is, that is only known once the board was
 *   looked at
 * @backup: (nullable): what is read before that
 * @backup_path: (nullable): where that is kept
 * @keeper: (nullable): keeps it among the other backups, in the place of a file
 * @regions: (nullable): what stands where in its memory, where that was asked
 * @restores: whether what is written is a backup of the board, files and all
 * @agreed: (element-type utf8): protected regions that the person named on the terminal
 * @hits: (nullable) (element-type JmpGuardHit): protected regions that will be changed, by consent
 * @wiped: whether everything on it may have been erased, without a job
 * @job: (nullable): the work, once it was begun
 * @error: (nullable): why it failed, or cannot be begun
 * @warnings: (element-type utf8): sentences that are about this board
 */
typedef struct {
  JmpDevice *device;
  char *label;
  char *memory;
  JmpPlan *plan;
  JmpPlan *backup;
  char *backup_path;
  JmpBackupKeeper *keeper;
  JmpRegions *regions;
  gboolean restores;
  GPtrArray *agreed;
  GArray *hits;
  gboolean wiped;
  JmpJob *job;
  GError *error;
  GPtrArray *warnings;
} CtlBoard;

CtlBoard *ctl_board_new (void) G_GNUC_WARN_UNUSED_RESULT;
void ctl_board_free (CtlBoard *self);
void ctl_board_set_device (CtlBoard *self, JmpDevice *device, GPtrArray *among);
void ctl_board_warn (CtlBoard *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
char *ctl_board_file_name (const CtlBoard *self, const char *extension) G_GNUC_WARN_UNUSED_RESULT;
const JmpOutcome *ctl_board_get_outcome (const CtlBoard *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CtlBoard, ctl_board_free)

G_END_DECLS
