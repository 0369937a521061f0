/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/save.h"

#include "base/error.h"
#include "base/save-private.h"

#include <glib/gstdio.h>

#define MODE_FILE   0600
#define MODE_FOLDER 0700

/**
 * jmp_save_bytes:
 * @path: (type filename): a file, in a folder that is there
 * @bytes: what it is to hold
 * @error: return location for a #GError
 *
 * Saves a file under a temporary name, syncs it and renames it: either all of it is there or nothing
 * new is.
 *
 * Errors: %JMP_ERROR_FILE, with what the file system says.
 *
 * Returns: %TRUE when it is there for good
 */
gboolean
jmp_save_bytes (const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (jmp_save_whole (path, data != NULL ? data : "", size, MODE_FILE, &failure))
    return TRUE;
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_FILE, failure->message);
  return FALSE;
}

/**
 * jmp_keep_bytes:
 * @path: (type filename): a file, in a folder that is made when it is not there
 * @bytes: what it is to hold
 * @error: return location for a #GError
 *
 * As jmp_save_bytes(), for what a program remembers: the error says that this could not be kept.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE when it is there for good
 */
gboolean
jmp_keep_bytes (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  /* what goes wrong with the folder, saving tells */
  g_mkdir_with_parents (folder, MODE_FOLDER);
  if (jmp_save_bytes (path, bytes, error))
    return TRUE;
  g_prefix_error (error, "keeping %s: ", path);
  return FALSE;
}
