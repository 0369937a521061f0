/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of a backup: the two files of its folder, and its description as JSON. Private to this
 * room. */

#pragma once

#include "backup/backup.h"

G_BEGIN_DECLS

#define JMP_BACKUP_DESCRIPTION "backup.json"

JmpBackup *jmp_backup_new (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* backup-json.c */
GBytes *jmp_backup_describe (const JmpBackup *self) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_backup_parse (JmpBackup *self, GBytes *description) G_GNUC_WARN_UNUSED_RESULT;
JmpBackup *jmp_backup_read (const char *folder) G_GNUC_WARN_UNUSED_RESULT;

/* folder.c: small things about folders. */
gboolean jmp_folder_is_plain_file (const char *path, guint64 *size);
GPtrArray *jmp_folder_list (const char *path, guint max, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gint64 jmp_folder_get_age (const char *path, gint64 now);
void jmp_folder_touch (const char *path);
gboolean jmp_folder_remove (const char *path, GError **error);
gboolean jmp_folder_move (const char *from, const char *to, GError **error);

/* sync-posix.c, sync-win32.c */
gboolean jmp_folder_sync (const char *path, GError **error);

G_END_DECLS
