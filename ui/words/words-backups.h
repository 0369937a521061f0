/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about backups and about what was done before.
 *
 * As words.h: no state, no toolkit, translated. Any thread. */

#pragma once

#include "backup/backup.h"
#include "backup/history.h"

G_BEGIN_DECLS

char *jmp_words_when (gint64 date, gint64 now) G_GNUC_WARN_UNUSED_RESULT;

const char *jmp_words_backup_reason (JmpBackupReason reason);
char *jmp_words_backup (const JmpBackup *backup) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_words_backup_name (const JmpBackup *backup, gint64 now) G_GNUC_WARN_UNUSED_RESULT;

const char *jmp_words_history_result (JmpHistoryKind kind, JmpHistoryResult result);
char *jmp_words_history (const JmpHistoryEntry *entry) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
