/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "backup/store.h"

#include "backup/backup-private.h"
#include "backup/store-private.h"
#include "base/error.h"
#include "base/paths.h"
#include "image/dfuse-file.h"

#include <string.h>

#define TRASH ".trash"
/* Names that are looked at; nobody has so many. */
#define MAX_BOARDS  1000
#define MAX_ENTRIES 1000
#define DAY_S       (24 * 60 * 60)

struct _JmpBackupStore {
  char *root;
};

/**
 * jmp_backup_store_new:
 * @folder: (nullable) (type filename): where it is; %NULL for "backups" in the user's data folder
 *
 * Opens a store. Nothing is read or made.
 *
 * Returns: (transfer full): the store
 */
JmpBackupStore *
jmp_backup_store_new (const char *folder)
{
  JmpBackupStore *self = g_atomic_rc_box_new0 (JmpBackupStore);
  g_autofree char *data = jmp_paths_data ();

  self->root = folder != NULL ? g_strdup (folder) : g_build_filename (data, "backups", NULL);
  return self;
}

/**
 * jmp_backup_store_ref:
 * @self: a store
 *
 * Returns: (transfer full): @self
 */
JmpBackupStore *
jmp_backup_store_ref (JmpBackupStore *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
store_clear (gpointer data)
{
  JmpBackupStore *self = data;

  g_free (self->root);
}

/**
 * jmp_backup_store_unref:
 * @self: (transfer full): a store
 *
 * Lets go of it; what is in it stays.
 */
void
jmp_backup_store_unref (JmpBackupStore *self)
{
  g_atomic_rc_box_release_full (self, store_clear);
}

/* The folder of a board's backups. A dot never stands in its name, so no board has one of the names
 * that begin with a dot. */
char *
jmp_backup_store_make_path (JmpBackupStore *self, const char *identity)
{
  g_autofree char *name = jmp_paths_safe_name (identity);

  return g_build_filename (self->root, name, NULL);
}

/* --- Tidying --- */

/* What somebody was making when the computer went off. */
static void
remove_unfinished (const char *folder, gint64 now)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    if (g_str_has_prefix (name, JMP_BACKUP_UNFINISHED) && jmp_folder_get_age (path, now) > DAY_S)
      jmp_folder_remove (path, NULL);
  }
}

static void
empty_trash (const char *folder, gint64 now)
{
  g_autoptr (GPtrArray) names = jmp_folder_list (folder, MAX_ENTRIES, NULL);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);

    if (jmp_folder_get_age (path, now) > (gint64)JMP_BACKUP_TRASH_DAYS * DAY_S)
      jmp_folder_remove (path, NULL);
  }
}

/**
 * jmp_backup_store_tidy:
 * @self: a store
 * @now: seconds since 1970
 *
 * Removes for good what was deleted %JMP_BACKUP_TRASH_DAYS days ago, and what was left of backups that
 * were never finished. What cannot be removed stays. For the start of a program.
 */
void
jmp_backup_store_tidy (JmpBackupStore *self, gint64 now)
{
  g_autofree char *trash = g_build_filename (self->root, TRASH, NULL);
  g_autoptr (GPtrArray) boards = jmp_folder_list (self->root, MAX_BOARDS, NULL);
  g_autoptr (GPtrArray) deleted = jmp_folder_list (trash, MAX_BOARDS, NULL);

  for (guint i = 0; boards != NULL && i < boards->len; i++) {
    g_autofree char *path = g_build_filename (self->root, g_ptr_array_index (boards, i), NULL);

    remove_unfinished (path, now);
  }
  for (guint i = 0; deleted != NULL && i < deleted->len; i++) {
    g_autofree char *path = g_build_filename (trash, g_ptr_array_index (deleted, i), NULL);

    empty_trash (path, now);
  }
}

/* --- Listing --- */

static int
compare_newest (gconstpointer a, gconstpointer b)
{
  const JmpBackup *one = *(const JmpBackup *const *)a;
  const JmpBackup *other = *(const JmpBackup *const *)b;

  if (one->date != other->date)
    return one->date > other->date ? -1 : 1;
  return strcmp (other->id, one->id);
}

/* A serial number in capitals and one in small letters share a folder on some systems. */
static gboolean
is_of (const JmpBackup *backup, const char *identity)
{
  return identity == NULL || backup->identity == NULL || g_str_equal (backup->identity, identity);
}

static gboolean
list_board (GPtrArray *all,
            const char *folder,
            const char *identity,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GPtrArray) names = jmp_folder_list (folder, MAX_ENTRIES, error);

  for (guint i = 0; names != NULL && i < names->len; i++) {
    g_autofree char *path = g_build_filename (folder, g_ptr_array_index (names, i), NULL);
    g_autoptr (JmpBackup) backup = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    backup = jmp_backup_read (path);
    if (is_of (backup, identity))
      g_ptr_array_add (all, g_steal_pointer (&backup));
  }
  return names != NULL;
}

/* A folder that cannot be read hides its backups, not those of other boards. */
static gboolean
list_all (JmpBackupStore *self, GPtrArray *all, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) boards = jmp_folder_list (self->root, MAX_BOARDS, error);

  for (guint i = 0; boards != NULL && i < boards->len; i++) {
    g_autofree char *path = g_build_filename (self->root, g_ptr_array_index (boards, i), NULL);

    list_board (all, path, NULL, cancellable, NULL);
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
  }
  return boards != NULL;
}

/**
 * jmp_backup_store_list:
 * @self: a store
 * @identity: (nullable): whose backups; %NULL for those of all boards
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Lists backups. Their descriptions are read, not their bytes: see jmp_backup_store_load().
 *
 * Errors: %JMP_ERROR_FILE, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full) (element-type JmpBackup): the backups, newest first
 */
GPtrArray *
jmp_backup_store_list (JmpBackupStore *self,
                       const char *identity,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_backup_unref);
  g_autofree char *folder = identity != NULL ? jmp_backup_store_make_path (self, identity) : NULL;
  const gboolean ok = identity != NULL ? list_board (all, folder, identity, cancellable, error)
                                       : list_all (self, all, cancellable, error);

  if (!ok) {
    g_prefix_error (error, "listing the backups: ");
    return NULL;
  }
  g_ptr_array_sort (all, compare_newest);
  return g_steal_pointer (&all);
}

/**
 * jmp_backup_store_find:
 * @self: a store
 * @id: a backup's id
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Errors: as jmp_backup_store_list(), and %JMP_ERROR_FILE where there is no such backup.
 *
 * Returns: (transfer full): the backup
 */
JmpBackup *
jmp_backup_store_find (JmpBackupStore *self,
                       const char *id,
                       GCancellable *cancellable,
                       GError **error)
{
  g_autoptr (GPtrArray) all = jmp_backup_store_list (self, NULL, cancellable, error);

  if (all == NULL)
    return NULL;
  for (guint i = 0; i < all->len; i++) {
    JmpBackup *backup = g_ptr_array_index (all, i);

    if (g_str_equal (backup->id, id))
      return jmp_backup_ref (backup);
  }
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "there is no backup %s", id);
  return NULL;
}

/* --- Taking out --- */

static gboolean
set_damaged (const JmpBackup *backup, const char *problem, GError **error)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "backup %s: %s", backup->id, problem);
  return FALSE;
}

static GBytes *
read_file (const JmpBackup *backup, GCancellable *cancellable, GError **error)
{
  g_autofree char *path = g_build_filename (backup->folder, JMP_BACKUP_FILE, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *sum = NULL;
  guint64 size;

  if (backup->problem != NULL || !jmp_folder_is_plain_file (path, &size)) {
    set_damaged (backup, backup->problem != NULL ? backup->problem : "its file is missing", error);
    return NULL;
  }
  bytes = jmp_image_load_file (file, cancellable, error);
  if (bytes == NULL)
    return NULL;
  sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (g_strcmp0 (sum, backup->sha256) != 0) {
    set_damaged (backup, "its file is not what it was when it was made", error);
    return NULL;
  }
  return g_steal_pointer (&bytes);
}

/* The bytes of a range; %NULL when they are not in the file as one piece. */
GBytes *
jmp_backup_find_bytes (const JmpBackupRange *range, JmpImage *image)
{
  const JmpImageTarget *target = jmp_image_find_target (image, range->alt);

  for (guint i = 0; target != NULL && i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (segment->address == range->address && g_bytes_get_size (segment->bytes) == range->size)
      return segment->bytes;
  }
  return NULL;
}

/* Whether the file holds what its description says: no less, and no more. */
static gboolean
check_ranges (const JmpBackup *backup, JmpImage *image, GCancellable *cancellable, GError **error)
{
  if (jmp_image_get_size (image) != backup->size)
    return set_damaged (backup, "its file holds other memory than its description says", error);
  for (guint i = 0; i < backup->ranges->len; i++) {
    const JmpBackupRange *range = g_ptr_array_index (backup->ranges, i);
    GBytes *bytes = range->bytes != NULL ? range->bytes : jmp_backup_find_bytes (range, image);
    g_autofree char *sum = NULL;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (bytes == NULL)
      return set_damaged (backup, "its file holds other memory than its description says", error);
    sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
    if (!g_str_equal (sum, range->sha256))
      return set_damaged (backup, "its bytes are not what they were when it was made", error);
  }
  return TRUE;
}

/**
 * jmp_backup_store_load:
 * @self: a store
 * @backup: a backup of it
 * @cancellable: (nullable): a cancellable
 * @error: return location for a #GError
 *
 * Reads the bytes of a backup and proves that they are what was put in. What is never put back (option
 * bytes, OTP) is not in them; it stands in the backup's ranges.
 *
 * Errors: %JMP_ERROR_DAMAGED_FILE, %JMP_ERROR_FILE, %JMP_ERROR_INVALID_FILE, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the bytes
 */
JmpImage *
jmp_backup_store_load (JmpBackupStore *self,
                       JmpBackup *backup,
                       GCancellable *cancellable,
                       GError **error)
{
  const JmpReadOptions options = { 0 };
  g_autoptr (GBytes) bytes = read_file (backup, cancellable, error);
  g_autoptr (JmpImage) image = NULL;

  if (bytes == NULL)
    return NULL;
  image = jmp_dfuse_file_parse (bytes, &options, error);
  if (image == NULL || !check_ranges (backup, image, cancellable, error))
    return NULL;
  return g_steal_pointer (&image);
}

/* --- Deleting --- */

static char *
make_trash_path (JmpBackupStore *self, const JmpBackup *backup)
{
  g_autofree char *folder = g_path_get_dirname (backup->folder);
  g_autofree char *board = g_path_get_basename (folder);

  return g_build_filename (self->root, TRASH, board, backup->id, NULL);
}

/**
 * jmp_backup_store_delete:
 * @self: a store
 * @backup: a backup of it, damaged or not
 * @error: return location for a #GError
 *
 * Moves a backup into the store's trash, where it stays for %JMP_BACKUP_TRASH_DAYS days.
 *
 * Errors: %JMP_ERROR_FILE; then it is where it was.
 *
 * Returns: %TRUE when it is there
 */
gboolean
jmp_backup_store_delete (JmpBackupStore *self, JmpBackup *backup, GError **error)
{
  g_autofree char *trash = make_trash_path (self, backup);

  if (!jmp_folder_remove (trash, error))
    return FALSE;
  /* from now on its time in the trash counts */
  jmp_folder_touch (backup->folder);
  return jmp_folder_move (backup->folder, trash, error);
}

/**
 * jmp_backup_store_undelete:
 * @self: a store
 * @backup: a backup that was deleted
 * @error: return location for a #GError
 *
 * Brings a backup back from the trash.
 *
 * Errors: %JMP_ERROR_FILE, also where it is there no longer.
 *
 * Returns: %TRUE when it is where it was before
 */
gboolean
jmp_backup_store_undelete (JmpBackupStore *self, JmpBackup *backup, GError **error)
{
  g_autofree char *trash = make_trash_path (self, backup);

  return jmp_folder_move (trash, backup->folder, error);
}
