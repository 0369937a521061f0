/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Puts what a job read from a board into the store, on the job's thread; and remembers which backup
 * came of it.
 *
 * Ref-counted; made before the job runs, asked after it has ended. */

#pragma once

#include "backup/store.h"
#include "flash/job.h"

G_BEGIN_DECLS

typedef struct _JmpBackupKeeper JmpBackupKeeper;

JmpBackupKeeper *jmp_backup_keeper_new (JmpBackupStore *store,
                                        const JmpBackupLabel *label) G_GNUC_WARN_UNUSED_RESULT;
JmpBackupKeeper *jmp_backup_keeper_ref (JmpBackupKeeper *self);
void jmp_backup_keeper_unref (JmpBackupKeeper *self);
void jmp_backup_keeper_attach (JmpBackupKeeper *self, JmpJob *job, JmpPlan *plan);
JmpBackup *jmp_backup_keeper_get_backup (JmpBackupKeeper *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpBackupKeeper, jmp_backup_keeper_unref)

G_END_DECLS
