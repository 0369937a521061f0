/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backups of a board, as a part of its page: newest first, with what can be done with each.
 *
 * Emits "restore" (JmpBackup) when a backup is to be put back; all else it lets the model do. Knows no
 * session. Main thread only. */

#pragma once

#include "backups/backup-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_BACKUPS_VIEW (jmp_backups_view_get_type ())
G_DECLARE_FINAL_TYPE (JmpBackupsView, jmp_backups_view, JMP, BACKUPS_VIEW, GtkBox)

void jmp_backups_view_set_model (JmpBackupsView *self, JmpBackupModel *model);

G_END_DECLS
