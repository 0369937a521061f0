/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the store's files share. Private to this room. */

#pragma once

#include "backup/store.h"

G_BEGIN_DECLS

/* What the name of a folder begins with in which a backup is being made. */
#define JMP_BACKUP_UNFINISHED ".new-"

char *jmp_backup_store_make_path (JmpBackupStore *self,
                                  const char *identity) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_backup_find_bytes (const JmpBackupRange *range, JmpImage *image);

G_END_DECLS
