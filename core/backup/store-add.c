/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Putting a backup into the store. */

#include "backup/backup-private.h"
#include "backup/store-private.h"
#include "base/error.h"
#include "base/save.h"
#include "flash/plan.h"
#include "image/dfuse-file.h"

#include <errno.h>
#include <glib/gstdio.h>

#define MODE_FOLDER 0700
/* Option bytes and OTP are a few hundred bytes; what is larger is no such thing. */
#define MAX_SETTINGS (16 * 1024)

/* What was read, in two: what can be put back, and what never is. */
typedef struct {
  JmpImageBuilder *builder;
  guint n_restorable;
  guint64 settings;
} Sorting;

static gboolean
is_special (const JmpBackupLabel *label, guint8 number)
{
  const JmpDfuAlt *alt = label->info != NULL ? jmp_dfu_info_find_alt (label->info, number) : NULL;

  return alt != NULL && alt->layout != NULL && jmp_plan_is_special (alt);
}

static void
add_range (JmpBackup *backup,
           const JmpImageTarget *target,
           const JmpSegment *segment,
           gboolean keep)
{
  JmpBackupRange *range = g_new0 (JmpBackupRange, 1);

  range->alt = target->alt;
  range->memory = g_strdup (target->name);
  range->address = segment->address;
  range->size = (guint32)g_bytes_get_size (segment->bytes);
  range->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, segment->bytes);
  if (keep)
    range->bytes = g_bytes_ref (segment->bytes);
  else
    backup->size += range->size;
  g_ptr_array_add (backup->ranges, range);
}

static gboolean
sort_target (Sorting *self,
             JmpBackup *backup,
             const JmpImageTarget *target,
             gboolean special,
             GError **error)
{
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (special) {
      self->settings += g_bytes_get_size (segment->bytes);
      if (self->settings > MAX_SETTINGS)
        continue;
    } else {
      self->n_restorable++;
      if (!jmp_image_builder_add (
              self->builder, target->alt, segment->address, segment->bytes, error))
        return FALSE;
    }
    add_range (backup, target, segment, special);
  }
  if (!special && target->name != NULL)
    jmp_image_builder_name_target (self->builder, target->alt, target->name);
  return TRUE;
}

static void
set_ids (Sorting *self, JmpBackup *backup, const JmpBackupLabel *label, JmpImage *image)
{
  const gboolean named = jmp_image_names_board (image) || label->info == NULL;

  backup->vid = named ? jmp_image_get_vid (image) : label->info->vid;
  backup->pid = named ? jmp_image_get_pid (image) : label->info->pid;
  jmp_image_builder_set_ids (self->builder,
                             backup->vid,
                             backup->pid,
                             named ? jmp_image_get_bcd_device (image) : label->info->bcd_device);
}

/* The file of a backup; fills in what the description says of it. */
static GBytes *
make_file (JmpBackup *backup, const JmpBackupLabel *label, JmpImage *image, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  Sorting sorting = { .builder = builder };
  g_autoptr (JmpImage) restorable = NULL;
  GBytes *bytes;

  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    const JmpImageTarget *target = jmp_image_get_target (image, i);

    if (!sort_target (&sorting, backup, target, is_special (label, target->alt), error))
      return NULL;
  }
  if (sorting.n_restorable == 0) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_USAGE, "there is nothing in it that could be put back");
    return NULL;
  }
  set_ids (&sorting, backup, label, image);
  restorable = jmp_image_builder_end (g_steal_pointer (&builder), error);
  bytes = restorable != NULL ? jmp_dfuse_file_write (restorable, error) : NULL;
  if (bytes == NULL)
    return NULL;
  backup->file_size = g_bytes_get_size (bytes);
  backup->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  return bytes;
}

static void
fill_in (JmpBackup *self, const JmpBackupLabel *label)
{
  self->identity = g_strdup (label->identity);
  self->board_name = g_strdup (label->board_name);
  self->board_id = g_strdup (label->board_id);
  self->serial = g_strdup (label->info != NULL ? label->info->serial : NULL);
  self->version = g_strdup (label->version);
  self->machine = g_strdup (label->machine);
  self->reason = label->reason;
  self->date = label->date;
}

/* The clock may stand still or go back: the number tells two backups of one second apart. */
static char *
make_id (gint64 date)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (date);
  g_autofree char *text = time != NULL ? g_date_time_format (time, "%Y%m%d-%H%M%S") : NULL;

  return g_strdup_printf ("%s-%08x", text != NULL ? text : "0", g_random_int ());
}

static gboolean
write_file (const char *folder, const char *name, GBytes *bytes, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return jmp_save_bytes (path, bytes, error);
}

static gboolean
make_folder (const char *path, GError **error)
{
  int problem;

  if (g_mkdir_with_parents (path, MODE_FOLDER) == 0)
    return TRUE;
  problem = errno;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "%s: %s", path, g_strerror (problem));
  return FALSE;
}

/* Writes both files into a folder that no list shows, and gives it its name at the end. */
static gboolean
save (const JmpBackup *backup, GBytes *file, GCancellable *cancellable, GError **error)
{
  g_autofree char *board = g_path_get_dirname (backup->folder);
  g_autofree char *hidden = g_strconcat (JMP_BACKUP_UNFINISHED, backup->id, NULL);
  g_autofree char *folder = g_build_filename (board, hidden, NULL);
  g_autoptr (GBytes) description = jmp_backup_describe (backup);
  gboolean ok = make_folder (folder, error) && write_file (folder, JMP_BACKUP_FILE, file, error)
                && write_file (folder, JMP_BACKUP_DESCRIPTION, description, error)
                && jmp_folder_sync (folder, error)
                && !g_cancellable_set_error_if_cancelled (cancellable, error)
                && jmp_folder_move (folder, backup->folder, error);

  if (!ok)
    jmp_folder_remove (folder, NULL);
  return ok;
}

static gboolean
check_room (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) names = jmp_folder_list (folder, JMP_BACKUP_MAX_PER_BOARD, error);

  if (names == NULL)
    return FALSE;
  if (names->len < JMP_BACKUP_MAX_PER_BOARD)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_FILE,
               "there are %d backups of this board, which is the limit",
               JMP_BACKUP_MAX_PER_BOARD);
  return FALSE;
}

/* An error of GLib's about a file says where; what is left is to say what it is to us. */
static void
take_error (GError **error, GError *failure)
{
  if (failure->domain == JMP_ERROR || failure->domain == G_IO_ERROR)
    g_propagate_prefixed_error (error, failure, "keeping a backup: ");
  else {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping a backup: %s", failure->message);
    g_error_free (failure);
  }
}

static JmpBackup *
add (JmpBackupStore *self,
     const JmpBackupLabel *label,
     JmpImage *image,
     GCancellable *cancellable,
     GError **error)
{
  g_autofree char *board = jmp_backup_store_make_path (self, label->identity);
  g_autofree char *id = make_id (label->date);
  g_autofree char *folder = g_build_filename (board, id, NULL);
  g_autoptr (JmpBackup) backup = jmp_backup_new (folder);
  g_autoptr (JmpImage) proof = NULL;
  g_autoptr (GBytes) file = NULL;

  if (!check_room (board, error))
    return NULL;
  fill_in (backup, label);
  file = make_file (backup, label, image, error);
  if (file == NULL || !save (backup, file, cancellable, error))
    return NULL;
  proof = jmp_backup_store_load (self, backup, NULL, error);
  if (proof != NULL)
    return g_steal_pointer (&backup);
  jmp_folder_remove (folder, NULL);
  return NULL;
}

/**
 * jmp_backup_store_add:
 * @self: a store
 * @label: what it is a backup of, and why it is made
 * @image: what was read from the board
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Keeps a backup. It is on the disk and was read back when this returns, or nothing new is in the
 * store. What was read of option bytes and OTP is written down beside the file and not in it, so that
 * no program that restores the file can ever write it.
 *
 * Errors: %JMP_ERROR_FILE (not allowed, disk full, too many), %JMP_ERROR_USAGE (nothing that could be
 * put back), %JMP_ERROR_NOT_SUPPORTED (too large for a file), %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the backup
 */
JmpBackup *
jmp_backup_store_add (JmpBackupStore *self,
                      const JmpBackupLabel *label,
                      JmpImage *image,
                      GCancellable *cancellable,
                      GError **error)
{
  JmpBackupLabel dated = *label;
  GError *failure = NULL;
  JmpBackup *backup;

  if (dated.date == 0)
    dated.date = g_get_real_time () / G_USEC_PER_SEC;
  backup = add (self, &dated, image, cancellable, &failure);
  if (backup == NULL)
    take_error (error, failure);
  return backup;
}
