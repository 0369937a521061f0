/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One backup in the list: when it was made, what is in it, whether it is whole, and what can be done
 * with it.
 *
 * Emits "asked" with a #JmpBackupAsk and does nothing by itself. Main thread only. */

#pragma once

#include "backups/backup-item.h"

#include <adwaita.h>

G_BEGIN_DECLS

/* What the person asks for. */
typedef enum {
  JMP_BACKUP_ASK_RESTORE,
  JMP_BACKUP_ASK_COMPARE,
  JMP_BACKUP_ASK_SAVE,
  JMP_BACKUP_ASK_DELETE,
} JmpBackupAsk;

#define JMP_TYPE_BACKUP_ROW (jmp_backup_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpBackupRow, jmp_backup_row, JMP, BACKUP_ROW, AdwActionRow)

GtkWidget *jmp_backup_row_new (JmpBackupItem *item);
JmpBackupItem *jmp_backup_row_get_item (JmpBackupRow *self);
void jmp_backup_row_set_can_work (JmpBackupRow *self, gboolean can_work, gboolean can_restore);

G_END_DECLS
