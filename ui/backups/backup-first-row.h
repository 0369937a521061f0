/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the work begins with a backup: a switch beside the firmware. Main thread only. */

#pragma once

#include "session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_BACKUP_FIRST_ROW (jmp_backup_first_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpBackupFirstRow, jmp_backup_first_row, JMP, BACKUP_FIRST_ROW, AdwActionRow)

void jmp_backup_first_row_set_session (JmpBackupFirstRow *self, JmpSession *session);

G_END_DECLS
