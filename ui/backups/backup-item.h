/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A backup as a row of a list: the value, and what was found out about it since.
 *
 * Emits notify::state. Knows no toolkit. Main thread only. */

#pragma once

#include "backup/backup.h"

G_BEGIN_DECLS

/**
 * JmpBackupState:
 * @JMP_BACKUP_UNCHECKED: its bytes were not looked at yet
 * @JMP_BACKUP_WHOLE: it is what was put in
 * @JMP_BACKUP_IDENTICAL: the same, and the board holds just that
 * @JMP_BACKUP_DIFFERENT: the same, and the board holds something else
 * @JMP_BACKUP_DAMAGED: it cannot be used: see its problem
 */
typedef enum {
  JMP_BACKUP_UNCHECKED,
  JMP_BACKUP_WHOLE,
  JMP_BACKUP_IDENTICAL,
  JMP_BACKUP_DIFFERENT,
  JMP_BACKUP_DAMAGED,
} JmpBackupState;

#define JMP_TYPE_BACKUP_ITEM (jmp_backup_item_get_type ())
G_DECLARE_FINAL_TYPE (JmpBackupItem, jmp_backup_item, JMP, BACKUP_ITEM, GObject)

JmpBackupItem *jmp_backup_item_new (JmpBackup *backup) G_GNUC_WARN_UNUSED_RESULT;
JmpBackup *jmp_backup_item_get_backup (JmpBackupItem *self);
JmpBackupState jmp_backup_item_get_state (JmpBackupItem *self);
const char *jmp_backup_item_get_problem (JmpBackupItem *self);
gboolean jmp_backup_item_is_usable (JmpBackupItem *self);
void jmp_backup_item_set_state (JmpBackupItem *self, JmpBackupState state, const char *problem);

G_END_DECLS
