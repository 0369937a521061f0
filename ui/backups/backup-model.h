/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backups of one board, newest first, as a #GListModel of #JmpBackupItem; and all that can be done
 * with them.
 *
 * Knows no toolkit. Files are read and written on worker threads, the board on a job's; main thread
 * only. Does one thing with the board at a time, and nothing while it is held (jmp_backup_model_hold()):
 * then somebody else works with it.
 *
 * Emits "changed" when anything but the rows is different, "progress" while the board is read, "kept"
 * (JmpBackup) when a new backup is there, and "problem" (JmpBackupChore, GError) when something failed. */

#pragma once

#include "backup/store.h"
#include "backups/backup-item.h"
#include "flash/job.h"

G_BEGIN_DECLS

/**
 * JmpBackupChore:
 * @JMP_BACKUP_CHORE_NONE: nothing
 * @JMP_BACKUP_CHORE_LIST: the list is read
 * @JMP_BACKUP_CHORE_CHECK: the bytes of a backup are read
 * @JMP_BACKUP_CHORE_KEEP: the board is read, and kept as a backup
 * @JMP_BACKUP_CHORE_COMPARE: the board is compared with a backup
 * @JMP_BACKUP_CHORE_DELETE: a backup is deleted
 * @JMP_BACKUP_CHORE_UNDELETE: a backup is brought back
 * @JMP_BACKUP_CHORE_EXPORT: a backup is saved to a file
 * @JMP_BACKUP_CHORE_IMPORT: a file is kept as a backup
 */
typedef enum {
  JMP_BACKUP_CHORE_NONE,
  JMP_BACKUP_CHORE_LIST,
  JMP_BACKUP_CHORE_CHECK,
  JMP_BACKUP_CHORE_KEEP,
  JMP_BACKUP_CHORE_COMPARE,
  JMP_BACKUP_CHORE_DELETE,
  JMP_BACKUP_CHORE_UNDELETE,
  JMP_BACKUP_CHORE_EXPORT,
  JMP_BACKUP_CHORE_IMPORT,
} JmpBackupChore;

/**
 * JmpBackupAbout:
 * @board_name: (nullable): what the board is called
 * @board_id: (nullable): which board of the catalogue it is known to be
 * @version: (nullable): version of the firmware that is on it
 * @machine: (nullable): what that firmware calls the board
 *
 * What is known of the board when a backup is made. Borrowed.
 */
typedef struct {
  const char *board_name;
  const char *board_id;
  const char *version;
  const char *machine;
} JmpBackupAbout;

#define JMP_TYPE_BACKUP_MODEL (jmp_backup_model_get_type ())
G_DECLARE_FINAL_TYPE (JmpBackupModel, jmp_backup_model, JMP, BACKUP_MODEL, GObject)

JmpBackupModel *jmp_backup_model_new (JmpBackupStore *store,
                                      JmpDevice *device,
                                      GListModel *boards) G_GNUC_WARN_UNUSED_RESULT;
void jmp_backup_model_refresh (JmpBackupModel *self);
void jmp_backup_model_set_about (JmpBackupModel *self, const JmpBackupAbout *about);
void jmp_backup_model_hold (JmpBackupModel *self, gboolean held);
void jmp_backup_model_forget_comparisons (JmpBackupModel *self);

void jmp_backup_model_keep (JmpBackupModel *self);
void jmp_backup_model_compare (JmpBackupModel *self, JmpBackupItem *item);
void jmp_backup_model_delete (JmpBackupModel *self, JmpBackup *backup);
void jmp_backup_model_undelete (JmpBackupModel *self, JmpBackup *backup);
void jmp_backup_model_export (JmpBackupModel *self, JmpBackup *backup, GFile *file);
void jmp_backup_model_import (JmpBackupModel *self, GFile *file);
void jmp_backup_model_stop (JmpBackupModel *self);

JmpBackupStore *jmp_backup_model_get_store (JmpBackupModel *self);
gboolean jmp_backup_model_is_listed (JmpBackupModel *self);
gboolean jmp_backup_model_can_work (JmpBackupModel *self);
JmpBackupChore jmp_backup_model_get_work (JmpBackupModel *self);
JmpProgress jmp_backup_model_get_progress (JmpBackupModel *self);

G_END_DECLS
