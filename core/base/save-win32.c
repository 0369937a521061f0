/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/save-private.h"
#include "base/save.h"

#include <glib/gstdio.h>
#include <windows.h>

/* Windows does not let a file be replaced while somebody reads it, nor be read while it is replaced: by
 * another program of ours, an indexer, a virus scanner, each for a moment only. Two seconds at most. */
#define TRIES   100
#define WAIT_US (20 * 1000)

/* GLib would remove the old file when it cannot be replaced: then there is none for a moment. */
static gboolean
replace (const char *from, const char *to, GError **error)
{
  g_autofree wchar_t *wide_from = (wchar_t *)g_utf8_to_utf16 (from, -1, NULL, NULL, NULL);
  g_autofree wchar_t *wide_to = (wchar_t *)g_utf8_to_utf16 (to, -1, NULL, NULL, NULL);
  g_autofree char *text = NULL;
  DWORD code = ERROR_INVALID_NAME;

  for (guint i = 0; wide_from != NULL && wide_to != NULL && i < TRIES; i++) {
    if (MoveFileExW (wide_from, wide_to, MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH))
      return TRUE;
    code = GetLastError ();
    if (code != ERROR_ACCESS_DENIED && code != ERROR_SHARING_VIOLATION)
      break;
    g_usleep (WAIT_US);
  }
  text = g_win32_error_message ((int)code);
  g_set_error (error, G_FILE_ERROR, G_FILE_ERROR_FAILED, "%s: %s", to, text);
  return FALSE;
}

gboolean
jmp_save_whole (const char *path, const char *data, gsize size, int mode, GError **error)
{
  g_autofree char *fresh = g_strdup_printf ("%s.%08x.new", path, g_random_int ());

  if (g_file_set_contents_full (fresh, data, (gssize)size, G_FILE_SET_CONTENTS_DURABLE, mode, error)
      && replace (fresh, path, error))
    return TRUE;
  g_unlink (fresh);
  return FALSE;
}

gboolean
jmp_read_whole (const char *path, char **data, gsize *size, GError **error)
{
  for (guint i = 0;; i++) {
    g_autoptr (GError) problem = NULL;

    if (g_file_get_contents (path, data, size, &problem))
      return TRUE;
    if (i == TRIES || !g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_ACCES)
        || g_file_test (path, G_FILE_TEST_IS_DIR)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
    g_usleep (WAIT_US);
  }
}
