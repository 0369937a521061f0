/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a model share: backup-model.c has the list, backup-chores.c does what takes files
 * alone, backup-work.c what takes the board. */

#pragma once

#include "backup/keeper.h"
#include "backups/backup-model.h"

G_BEGIN_DECLS

struct _JmpBackupModel {
  GObject parent;

  JmpBackupStore *store;
  JmpDevice *device;
  GListModel *boards;
  char *identity;
  JmpBackupAbout about; /* owned */
  GPtrArray *items;
  GCancellable *cancellable; /* for all chores */
  gboolean listed;
  gboolean listing;
  gboolean stale; /* the list changed while it was read */
  gboolean checking;
  gboolean held;

  /* With the board */
  JmpBackupChore work;
  JmpJob *job;
  JmpBackupKeeper *keeper;
  JmpBackupItem *compared;
};

/* backup-model.c */
gboolean jmp_backup_model_identify (JmpBackupModel *self);
void jmp_backup_model_changed (JmpBackupModel *self);
void jmp_backup_model_progress (JmpBackupModel *self);
void jmp_backup_model_kept (JmpBackupModel *self, JmpBackup *backup);
void jmp_backup_model_problem (JmpBackupModel *self, JmpBackupChore chore, const GError *error);
JmpBackupItem *jmp_backup_model_find (JmpBackupModel *self, const char *id);
void jmp_backup_model_take_list (JmpBackupModel *self, GPtrArray *backups);
void jmp_backup_about_clear (JmpBackupAbout *about);

/* backup-chores.c */
void jmp_backup_model_load (JmpBackupModel *self, JmpBackup *backup);

/* backup-work.c */
void jmp_backup_model_compare_with (JmpBackupModel *self, JmpImage *image);
void jmp_backup_model_end_work (JmpBackupModel *self);

G_END_DECLS
