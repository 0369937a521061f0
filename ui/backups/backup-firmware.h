/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A backup as firmware that can be chosen for a board. Any thread. */

#pragma once

#include "backup/store.h"
#include "session/firmware.h"

G_BEGIN_DECLS

JmpFirmwareLoader *jmp_backup_loader_new (JmpBackupStore *store,
                                          JmpBackup *backup) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
