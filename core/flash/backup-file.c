/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/backup-file.h"

#include "base/error.h"
#include "base/save.h"
#include "image/dfuse-file.h"
#include "image/raw.h"

#include <glib/gstdio.h>
#include <string.h>

/* A board's flash may hold passwords. */

/**
 * jmp_backup_format_for_path:
 * @path: a file name
 *
 * Which format a person means by a file's name.
 *
 * Returns: %JMP_BACKUP_DFUSE for names in ".dfu", in any case; %JMP_BACKUP_RAW for all others
 */
JmpBackupFormat
jmp_backup_format_for_path (const char *path)
{
  gsize length = strlen (path);

  if (length >= 4 && g_ascii_strcasecmp (path + length - 4, ".dfu") == 0)
    return JMP_BACKUP_DFUSE;
  return JMP_BACKUP_RAW;
}

/* Links that are followed, one after the other. */
#define MAX_LINKS 16

/* Where the bytes of @path really are: the rename that ends a save would replace a link, not what it
 * leads to. */
static char *
follow_links (const char *path)
{
  g_autofree char *at = g_strdup (path);

  for (guint i = 0; i < MAX_LINKS && g_file_test (at, G_FILE_TEST_IS_SYMLINK); i++) {
    g_autofree char *link = g_file_read_link (at, NULL);
    g_autofree char *folder = g_path_get_dirname (at);

    if (link == NULL)
      break;
    g_free (at);
    at = g_path_is_absolute (link) ? g_strdup (link) : g_build_filename (folder, link, NULL);
  }
  return g_steal_pointer (&at);
}

/* Whether something is there that is no file: a rename would replace a device or a pipe. */
static gboolean
is_no_file (const char *path)
{
  return g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/**
 * jmp_backup_file_check:
 * @path: where a backup is to be saved
 * @overwrite: whether a file may be there already
 * @error: return location for a #GError
 *
 * Looks whether a backup could be saved, before a board is read for minutes. Writes nothing; the
 * answer may be out of date at once, and saving may still fail on a full disk.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %FALSE when the folder is missing or cannot be written, the path is a folder, a device or a
 *   pipe, or the file is there and must not be overwritten
 */
gboolean
jmp_backup_file_check (const char *path, gboolean overwrite, GError **error)
{
  g_autofree char *target = follow_links (path);
  g_autofree char *folder = g_path_get_dirname (target);
  const char *problem = NULL;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    problem = "there is no such folder";
  else if (g_file_test (path, G_FILE_TEST_IS_DIR))
    problem = "it is a folder";
  else if (is_no_file (target))
    problem = "it is not a regular file";
  else if (!overwrite && g_file_test (path, G_FILE_TEST_EXISTS))
    problem = "the file is already there";
  else if (g_access (folder, W_OK) != 0)
    problem = "the folder cannot be written";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "saving %s: %s", path, problem);
  return FALSE;
}

/**
 * jmp_backup_file_save:
 * @image: what was read
 * @path: where to save it; a file that is there is replaced, a link is followed
 * @format: how
 * @error: return location for a #GError
 *
 * Saves a backup: under a temporary name in the same folder, synced to the disk, then renamed. So
 * either all of it is there or nothing new is, whatever happens meanwhile. Only its owner can read it.
 *
 * Errors: %JMP_ERROR_FILE (no such folder, not a regular file, not allowed, disk full),
 * %JMP_ERROR_NOT_SUPPORTED or %JMP_ERROR_USAGE (an image that the format cannot hold).
 *
 * Returns: %TRUE when the file is there for good
 */
gboolean
jmp_backup_file_save (JmpImage *image, const char *path, JmpBackupFormat format, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *target = follow_links (path);

  if (is_no_file (target)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "saving %s: it is not a regular file", path);
    return FALSE;
  }
  bytes = format == JMP_BACKUP_DFUSE ? jmp_dfuse_file_write (image, error)
                                     : jmp_raw_write (image, error);
  if (bytes == NULL) {
    g_prefix_error (error, "saving %s: ", path);
    return FALSE;
  }
  if (jmp_save_bytes (target, bytes, error))
    return TRUE;
  g_prefix_error (error, "saving %s: ", path);
  return FALSE;
}
