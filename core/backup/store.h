/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The backups of all boards on this computer: a folder for each board, in it a folder for each backup,
 * with a DfuSe file and its description as JSON.
 *
 * A backup is made in a folder whose name begins with a dot, synced, and comes into the list by one
 * rename; it goes by one rename into the trash. So whatever happens meanwhile, a backup is whole or not
 * there. What is damaged or not ours is listed with the reason, and stops nothing else.
 *
 * A value that knows where the store is, and nothing else: any thread, and any number of programs at
 * once. Everything here is synchronous; reading and writing take as long as the disk does.
 *
 * Errors: %JMP_ERROR_FILE (not allowed, disk full, not there any more), %JMP_ERROR_DAMAGED_FILE (it is
 * not what was put in), and where said. */

#pragma once

#include "backup/backup.h"
#include "image/reader.h"

G_BEGIN_DECLS

/* Backups of one board; more are refused until some are deleted. */
#define JMP_BACKUP_MAX_PER_BOARD 200
/* How long a deleted backup can be brought back, in days. */
#define JMP_BACKUP_TRASH_DAYS 7

typedef struct _JmpBackupStore JmpBackupStore;

/**
 * JmpBackupLabel:
 * @identity: which board, see jmp_backup_identity()
 * @info: (nullable): what the board says of itself: what its memories are, and which ids a file
 *   without any gets
 * @board_name: (nullable): what the board is called
 * @board_id: (nullable): which board of the catalogue it is known to be
 * @version: (nullable): version of the firmware that is on it
 * @machine: (nullable): what that firmware calls the board
 * @reason: why the backup is made
 * @date: when, in seconds since 1970; 0 stands for the time when it is made
 *
 * What is written down with a backup. All borrowed.
 */
typedef struct {
  const char *identity;
  JmpDfuInfo *info;
  const char *board_name;
  const char *board_id;
  const char *version;
  const char *machine;
  JmpBackupReason reason;
  gint64 date;
} JmpBackupLabel;

JmpBackupStore *jmp_backup_store_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;
JmpBackupStore *jmp_backup_store_ref (JmpBackupStore *self);
void jmp_backup_store_unref (JmpBackupStore *self);
void jmp_backup_store_tidy (JmpBackupStore *self, gint64 now);

GPtrArray *jmp_backup_store_list (JmpBackupStore *self,
                                  const char *identity,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpBackup *jmp_backup_store_find (JmpBackupStore *self,
                                  const char *id,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpBackup *jmp_backup_store_add (JmpBackupStore *self,
                                 const JmpBackupLabel *label,
                                 JmpImage *image,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpImage *jmp_backup_store_load (JmpBackupStore *self,
                                 JmpBackup *backup,
                                 GCancellable *cancellable,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_backup_store_delete (JmpBackupStore *self, JmpBackup *backup, GError **error);
gboolean jmp_backup_store_undelete (JmpBackupStore *self, JmpBackup *backup, GError **error);

/* store-files.c: to and from files of the person's. */
gboolean jmp_backup_store_export (JmpBackupStore *self,
                                  JmpBackup *backup,
                                  int range,
                                  GFile *file,
                                  GCancellable *cancellable,
                                  GError **error);
JmpBackup *jmp_backup_store_import (JmpBackupStore *self,
                                    const JmpBackupLabel *label,
                                    GFile *file,
                                    const JmpReadOptions *options,
                                    GCancellable *cancellable,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpBackupStore, jmp_backup_store_unref)

G_END_DECLS
