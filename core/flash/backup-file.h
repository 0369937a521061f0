/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Keeping what was read from a board in a file: written to a temporary name, synced, renamed, and
 * readable by its owner alone (a board's flash may hold passwords). Any thread. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

/**
 * JmpBackupFormat:
 * @JMP_BACKUP_DFUSE: a DfuSe file that restores by itself
 * @JMP_BACKUP_RAW: the bytes alone, identical to the memory; one segment only
 */
typedef enum {
  JMP_BACKUP_DFUSE,
  JMP_BACKUP_RAW,
} JmpBackupFormat;

JmpBackupFormat jmp_backup_format_for_path (const char *path);
gboolean jmp_backup_file_check (const char *path, gboolean overwrite, GError **error);
gboolean jmp_backup_file_save (JmpImage *image,
                               const char *path,
                               JmpBackupFormat format,
                               GError **error);

G_END_DECLS
