/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Ties the list of a board's backups to its session: what is restored, who works with the board, what
 * the board is called. Knows no toolkit. Main thread only. */

#pragma once

#include "backups/backup-model.h"
#include "session/session.h"

G_BEGIN_DECLS

JmpBackupModel *jmp_session_backups_new (JmpSession *session,
                                         JmpBackupStore *store) G_GNUC_WARN_UNUSED_RESULT;
JmpBackupModel *jmp_session_backups_look (JmpSession *session,
                                          JmpBackupStore *store) G_GNUC_WARN_UNUSED_RESULT;
void jmp_session_backups_restore (JmpSession *session, JmpBackupModel *model, JmpBackup *backup);

G_END_DECLS
