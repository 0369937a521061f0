/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backup/backup-private.h"
#include "base/error.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>

/* Brings what was made, renamed or removed in a folder onto the disk. Some file systems cannot sync a
 * folder by itself, and say so; that is no failure. */
gboolean
jmp_folder_sync (const char *path, GError **error)
{
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_DIRECTORY, 0);
  gboolean ok = fd >= 0 && (fsync (fd) == 0 || errno == EINVAL || errno == ENOTSUP);
  const int problem = errno;

  if (fd >= 0)
    close (fd);
  if (!ok)
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "syncing %s: %s", path, g_strerror (problem));
  return ok;
}
