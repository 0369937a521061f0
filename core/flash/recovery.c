/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/recovery.h"

#include "base/error.h"
#include "base/paths.h"
#include "flash/backup-file.h"
#include "flash/plan-private.h"
#include "image/dfuse-file.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define MAX_ASIDE 1000

#define STOPPED "kept while the program is erased"

/**
 * jmp_recovery_path:
 * @folder: where such files are
 * @identity: which board: any text that is the same whenever it is the same board, such as its port
 *   and serial number
 *
 * Returns: (transfer full) (type filename): the file for that board
 */
char *
jmp_recovery_path (const char *folder, const char *identity)
{
  g_autofree char *name = jmp_paths_safe_name (identity);
  g_autofree char *file = g_strdup_printf ("recovery-%s.dfu", name);

  return g_build_filename (folder, file, NULL);
}

/**
 * jmp_recovery_fits:
 * @image: saved bytes
 * @info: a board
 * @error: return location for a #GError
 *
 * Whether saved bytes may be those of a board: made for its ids, and all in memory that can be erased,
 * written and read.
 *
 * Errors: %JMP_ERROR_MISMATCH, %JMP_ERROR_DOES_NOT_FIT, %JMP_ERROR_WRITE_PROTECTED,
 * %JMP_ERROR_NOT_SUPPORTED, %JMP_ERROR_REFUSED.
 *
 * Returns: %TRUE if so
 */
gboolean
jmp_recovery_fits (JmpImage *image, JmpDfuInfo *info, GError **error)
{
  const JmpAccess all = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE;

  if (jmp_image_get_vid (image) != info->vid || jmp_image_get_pid (image) != info->pid) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_MISMATCH,
                 "the saved bytes are of %04x:%04x, the board is %04x:%04x",
                 jmp_image_get_vid (image),
                 jmp_image_get_pid (image),
                 info->vid,
                 info->pid);
    return FALSE;
  }
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    const JmpImageTarget *target = jmp_image_get_target (image, i);
    const JmpDfuAlt *memory = jmp_plan_find_memory (info, target->alt, error);

    if (memory == NULL || !jmp_plan_refuse_special (memory, error))
      return FALSE;
    for (guint j = 0; j < target->n_segments; j++) {
      const JmpSegment *segment = &target->segments[j];
      guint32 where = segment->address;

      if (jmp_layout_allows (
              memory->layout, segment->address, g_bytes_get_size (segment->bytes), all, &where))
        continue;
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_DOES_NOT_FIT,
                   "the saved bytes at 0x%08X are in no memory that this board keeps bytes in",
                   where);
      return FALSE;
    }
  }
  return TRUE;
}

static JmpImage *
read_file (const char *path, GError **error)
{
  const JmpReadOptions options = { 0 };
  g_autofree char *contents = NULL;
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = NULL;
  gsize length;

  if (!g_file_get_contents (path, &contents, &length, &failure)) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_FILE, failure->message);
    return NULL;
  }
  bytes = g_bytes_new_take (g_steal_pointer (&contents), length);
  return jmp_dfuse_file_parse (bytes, &options, error);
}

/* Only a file that this program may have made is read at all. */
static gboolean
check_file (const char *path, gboolean *exists, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GFileInfo) about = g_file_query_info (
      file, "standard::size,standard::type", G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, &failure);

  *exists = about != NULL;
  if (about == NULL && g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return TRUE;
  if (about != NULL && g_file_info_get_file_type (about) == G_FILE_TYPE_REGULAR
      && g_file_info_get_size (about) <= JMP_IMAGE_MAX_FILE)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               about == NULL ? JMP_ERROR_FILE : JMP_ERROR_INVALID_FILE,
               "recovery file %s: %s",
               path,
               about == NULL ? failure->message : "it is no plain file, or far too large");
  return FALSE;
}

/**
 * jmp_recovery_load:
 * @path: of jmp_recovery_path()
 * @info: the board
 * @image: (out) (transfer full) (nullable): the bytes that are to be put back; %NULL when there is no
 *   such file
 * @error: return location for a #GError
 *
 * Looks for what an interrupted run left to be done.
 *
 * Errors: %JMP_ERROR_FILE, those of jmp_dfuse_file_parse() and of jmp_recovery_fits(): a file that
 * must not be used.
 *
 * Returns: %FALSE on error
 */
gboolean
jmp_recovery_load (const char *path, JmpDfuInfo *info, JmpImage **image, GError **error)
{
  g_autoptr (JmpImage) found = NULL;
  gboolean exists;

  *image = NULL;
  if (!check_file (path, &exists, error))
    return FALSE;
  if (!exists)
    return TRUE;
  found = read_file (path, error);
  if (found == NULL || !jmp_recovery_fits (found, info, error)) {
    g_prefix_error (error, "recovery file %s: ", path);
    return FALSE;
  }
  *image = g_steal_pointer (&found);
  return TRUE;
}

/**
 * jmp_recovery_save:
 * @path: of jmp_recovery_path(); its folder is made if it is not there
 * @image: what has to be put back, with the ids of the board
 * @error: return location for a #GError
 *
 * Saves bytes until they are back in place. They are on the disk when this returns, as a whole or not
 * at all, and only their owner can read them.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE when they are safe
 */
gboolean
jmp_recovery_save (const char *path, JmpImage *image, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  return jmp_backup_file_save (image, path, JMP_BACKUP_DFUSE, error);
}

/**
 * jmp_recovery_remove:
 * @path: of jmp_recovery_path()
 * @error: return location for a #GError
 *
 * Removes the file: its bytes are in place again. Nothing happens where there is none.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE when it is not there
 */
gboolean
jmp_recovery_remove (const char *path, GError **error)
{
  int problem;

  if (g_unlink (path) == 0 || errno == ENOENT)
    return TRUE;
  problem = errno;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "removing %s: %s", path, g_strerror (problem));
  return FALSE;
}

/* A name beside @path that nothing has; %NULL when there are too many. */
static char *
aside_name (const char *path)
{
  for (guint i = 1; i <= MAX_ASIDE; i++) {
    g_autofree char *aside = g_strdup_printf ("%s.aside-%u", path, i);

    if (!g_file_test (aside, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK))
      return g_steal_pointer (&aside);
  }
  return NULL;
}

/**
 * jmp_recovery_save_aside:
 * @path: of jmp_recovery_path()
 * @image: bytes that are about to be replaced by those that were saved before
 * @error: return location for a #GError
 *
 * Saves bytes beside the recovery file, where nothing uses or removes them.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: (transfer full) (nullable) (type filename): where they are
 */
char *
jmp_recovery_save_aside (const char *path, JmpImage *image, GError **error)
{
  g_autofree char *aside = aside_name (path);

  if (aside == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "too many files are put aside at %s", path);
    return NULL;
  }
  return jmp_recovery_save (aside, image, error) ? g_steal_pointer (&aside) : NULL;
}

/**
 * jmp_recovery_target_name:
 * @stopped: whether the board cannot start its program until the bytes are back
 *
 * What the targets of a recovery file are called: it has to say in which state the board was left.
 *
 * Returns: (transfer none): the name
 */
const char *
jmp_recovery_target_name (gboolean stopped)
{
  return stopped ? STOPPED : "kept beside a program that runs";
}

/**
 * jmp_recovery_was_stopped:
 * @image: saved bytes
 *
 * Returns: whether the board could not start its program when they were taken off it: one that can has
 *   been given another since, by someone else
 */
gboolean
jmp_recovery_was_stopped (JmpImage *image)
{
  return jmp_image_get_n_targets (image) > 0
         && g_strcmp0 (jmp_image_get_target (image, 0)->name, STOPPED) == 0;
}

/**
 * jmp_recovery_put_aside:
 * @path: of jmp_recovery_path()
 * @error: return location for a #GError
 *
 * Gives a file that must not be used another name beside it, so that nothing overwrites or removes it.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: (transfer full) (nullable) (type filename): its name now
 */
char *
jmp_recovery_put_aside (const char *path, GError **error)
{
  g_autofree char *aside = aside_name (path);
  int problem = EEXIST;

  if (aside != NULL && g_rename (path, aside) == 0)
    return g_steal_pointer (&aside);
  if (aside != NULL)
    problem = errno;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_FILE,
               "the recovery file %s cannot be used, and not be put aside: %s",
               path,
               g_strerror (problem));
  return NULL;
}
