/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Backups to and from files of the person's. */

#include "backup/store-private.h"
#include "base/error.h"
#include "flash/backup-file.h"
#include "image/dfuse-file.h"
#include "image/raw.h"

/* The one range that is wanted, as an image of its own. */
static JmpImage *
pick_range (JmpBackup *backup, JmpImage *image, guint index, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  const JmpBackupRange *range = index < backup->ranges->len
                                    ? g_ptr_array_index (backup->ranges, index)
                                    : NULL;
  GBytes *bytes = NULL;

  if (range != NULL)
    bytes = range->bytes != NULL ? range->bytes : jmp_backup_find_bytes (range, image);
  if (bytes == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "backup %s has no range %u", backup->id, index);
    return NULL;
  }
  if (!jmp_image_builder_add (builder, range->alt, range->address, bytes, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

/* For what has no path, GIO knows the way. */
static gboolean
replace_contents (
    JmpImage *image, JmpBackupFormat format, GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = format == JMP_BACKUP_DFUSE ? jmp_dfuse_file_write (image, error)
                                                        : jmp_raw_write (image, error);
  g_autoptr (GError) failure = NULL;
  g_autofree char *name = g_file_get_uri (file);
  gsize size;
  const char *data;

  if (bytes == NULL)
    return FALSE;
  data = g_bytes_get_data (bytes, &size);
  if (g_file_replace_contents (
          file, data, size, NULL, FALSE, G_FILE_CREATE_PRIVATE, NULL, cancellable, &failure))
    return TRUE;
  if (jmp_error_is_cancelled (failure))
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "saving %s: %s", name, failure->message);
  return FALSE;
}

/**
 * jmp_backup_store_export:
 * @self: a store
 * @backup: a backup of it
 * @range: which of its ranges, to save its bytes alone; -1 for a DfuSe file with all that can be put
 *   back
 * @file: where to; a file that is there is replaced
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Saves a copy of a backup, after it was proven to be what was put in.
 *
 * Errors: as jmp_backup_store_load(), and %JMP_ERROR_USAGE (no such range).
 *
 * Returns: %TRUE when the file is there
 */
gboolean
jmp_backup_store_export (JmpBackupStore *self,
                         JmpBackup *backup,
                         int range,
                         GFile *file,
                         GCancellable *cancellable,
                         GError **error)
{
  const JmpBackupFormat format = range < 0 ? JMP_BACKUP_DFUSE : JMP_BACKUP_RAW;
  g_autoptr (JmpImage) image = jmp_backup_store_load (self, backup, cancellable, error);
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (JmpImage) wanted = NULL;

  if (image == NULL)
    return FALSE;
  wanted = range < 0 ? jmp_image_ref (image) : pick_range (backup, image, (guint)range, error);
  if (wanted == NULL)
    return FALSE;
  return path != NULL ? jmp_backup_file_save (wanted, path, format, error)
                      : replace_contents (wanted, format, file, cancellable, error);
}

/**
 * jmp_backup_store_import:
 * @self: a store
 * @label: the board whose backup it is to be; its reason does not count
 * @file: a firmware file of any format that can be read
 * @options: (nullable): how to read it
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Keeps a file as a backup.
 *
 * Errors: those of jmp_image_read_file() and jmp_backup_store_add(), and %JMP_ERROR_MISMATCH (it names
 * another board).
 *
 * Returns: (transfer full): the backup
 */
JmpBackup *
jmp_backup_store_import (JmpBackupStore *self,
                         const JmpBackupLabel *label,
                         GFile *file,
                         const JmpReadOptions *options,
                         GCancellable *cancellable,
                         GError **error)
{
  const JmpReadOptions none = { 0 };
  JmpBackupLabel imported = *label;
  g_autoptr (JmpImage)
      image = jmp_image_read_file (file, options != NULL ? options : &none, cancellable, error);

  if (image == NULL)
    return NULL;
  if (label->info != NULL && !jmp_image_is_for (image, label->info->vid, label->info->pid)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_MISMATCH,
                 "the file is for %04x:%04x, the board is %04x:%04x",
                 jmp_image_get_vid (image),
                 jmp_image_get_pid (image),
                 label->info->vid,
                 label->info->pid);
    return NULL;
  }
  imported.reason = JMP_BACKUP_IMPORTED;
  return jmp_backup_store_add (self, &imported, image, cancellable, error);
}
