/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Small things about folders: listing within limits, moving and removing whole entries without
 * following a link. */

#include "backup/backup-private.h"
#include "base/error.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>

/* Nothing of ours is nested; what somebody else put in may be. */
#define MAX_DEPTH 16

static GFileType
find_type (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return g_file_query_file_type (file, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL);
}

/* Whether it is a regular file and no link to one; @size: its bytes. */
gboolean
jmp_folder_is_plain_file (const char *path, guint64 *size)
{
  GStatBuf status;

  if (find_type (path) != G_FILE_TYPE_REGULAR || g_lstat (path, &status) != 0)
    return FALSE;
  *size = (guint64)MAX (status.st_size, 0);
  return TRUE;
}

/* The names in a folder that do not begin with a dot, at most @max, in no order; none where there is
 * no folder. */
GPtrArray *
jmp_folder_list (const char *path, guint max, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &failure);
  const char *name;

  if (dir == NULL && !g_error_matches (failure, G_FILE_ERROR, G_FILE_ERROR_NOENT)) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_FILE, failure->message);
    return NULL;
  }
  while (dir != NULL && names->len < max && (name = g_dir_read_name (dir)) != NULL) {
    if (*name != '.')
      g_ptr_array_add (names, g_strdup (name));
  }
  return g_steal_pointer (&names);
}

/* Seconds since it was last changed; 0 where that is not known or in the future. */
gint64
jmp_folder_get_age (const char *path, gint64 now)
{
  GStatBuf status;

  return g_lstat (path, &status) == 0 ? MAX (now - (gint64)status.st_mtime, 0) : 0;
}

/* Makes it look changed just now; where that fails, it looks older than it is. */
void
jmp_folder_touch (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_set_attribute_uint64 (file,
                               G_FILE_ATTRIBUTE_TIME_MODIFIED,
                               (guint64)(g_get_real_time () / G_USEC_PER_SEC),
                               G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                               NULL,
                               NULL);
}

static gboolean
remove_tree (const char *path, guint depth)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  if (find_type (path) == G_FILE_TYPE_DIRECTORY && depth < MAX_DEPTH) {
    dir = g_dir_open (path, 0, NULL);
    while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      if (!remove_tree (inner, depth + 1))
        return FALSE;
    }
  }
  return g_remove (path) == 0 || errno == ENOENT;
}

/* Removes a file, a link, or a folder with all that is in it. */
gboolean
jmp_folder_remove (const char *path, GError **error)
{
  int problem;

  if (remove_tree (path, 0))
    return TRUE;
  problem = errno;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "removing %s: %s", path, g_strerror (problem));
  return FALSE;
}

/* Moves an entry by one rename, so that it is always in one place, and brings that onto the disk. The
 * folder it goes to is made. */
gboolean
jmp_folder_move (const char *from, const char *to, GError **error)
{
  g_autofree char *old_folder = g_path_get_dirname (from);
  g_autofree char *new_folder = g_path_get_dirname (to);
  int problem;

  if (g_mkdir_with_parents (new_folder, 0700) == 0 && g_rename (from, to) == 0)
    return jmp_folder_sync (new_folder, error) && jmp_folder_sync (old_folder, error);
  problem = errno;
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_FILE, "moving %s to %s: %s", from, to, g_strerror (problem));
  return FALSE;
}
