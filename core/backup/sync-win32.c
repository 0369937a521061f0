/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backup/backup-private.h"

/* NTFS keeps its own journal of names; there is no way to sync a folder, and no need. */
gboolean
jmp_folder_sync (const char *path, GError **error)
{
  return TRUE;
}
