/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/cache.h"

#include "base/error.h"
#include "base/save.h"
#include "release/record-private.h"

#include <glib/gstdio.h>

/* What a program left behind that died while writing. */
#define LEFTOVER_AGE_S (24 * 60 * 60)

struct _JmpCache {
  char *folder;
  char *records;
  char *objects;
  guint64 max_size;
};

typedef struct {
  char *path;
  char *name;
  guint64 size;
  gint64 used;
} Object;

static void
object_free (Object *object)
{
  g_free (object->path);
  g_free (object->name);
  g_free (object);
}

/**
 * jmp_cache_new:
 * @folder: (nullable): where it is; %NULL for the user's cache folder (XDG_CACHE_HOME/jumper)
 * @max_size: how many bytes to keep; 0 for %JMP_CACHE_DEFAULT_SIZE
 *
 * Opens a cache. The folder is made when something is put in.
 *
 * Returns: (transfer full): the cache
 */
JmpCache *
jmp_cache_new (const char *folder, guint64 max_size)
{
  JmpCache *self = g_new0 (JmpCache, 1);

  self->folder = folder != NULL ? g_strdup (folder)
                                : g_build_filename (g_get_user_cache_dir (), "jumper", NULL);
  self->records = g_build_filename (self->folder, "records", NULL);
  self->objects = g_build_filename (self->folder, "objects", NULL);
  self->max_size = max_size > 0 ? max_size : JMP_CACHE_DEFAULT_SIZE;
  return self;
}

/**
 * jmp_cache_free:
 * @self: a cache
 *
 * Closes it; what is in it stays.
 */
void
jmp_cache_free (JmpCache *self)
{
  g_free (self->folder);
  g_free (self->records);
  g_free (self->objects);
  g_free (self);
}

/**
 * jmp_cache_entry_free:
 * @self: (transfer full): an entry
 *
 * Frees an entry; what is in the cache stays.
 */
void
jmp_cache_entry_free (JmpCacheEntry *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->sha256);
  g_free (self->etag);
  g_free (self->last_modified);
  g_free (self);
}

/**
 * jmp_cache_entry_get_age:
 * @self: an entry
 * @now: seconds since 1970
 *
 * Returns: its age in seconds; -1 when not known, because the clock was or is wrong
 */
gint64
jmp_cache_entry_get_age (const JmpCacheEntry *self, gint64 now)
{
  return self->date > 0 && self->date <= now ? now - self->date : -1;
}

/* Contents by the name of their files; leftovers are removed on the way. */
static GPtrArray *
list_objects (JmpCache *self)
{
  GPtrArray *objects = g_ptr_array_new_with_free_func ((GDestroyNotify)object_free);
  g_autoptr (GDir) dir = g_dir_open (self->objects, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->objects, name, NULL);
    GStatBuf status;
    Object *object;

    if (g_lstat (path, &status) != 0)
      continue;
    if (!jmp_is_sha256 (name)) {
      if (now - (gint64)status.st_mtime > LEFTOVER_AGE_S)
        g_unlink (path);
      continue;
    }
    object = g_new0 (Object, 1);
    object->path = g_steal_pointer (&path);
    object->name = g_strdup (name);
    object->size = (guint64)status.st_size;
    object->used = (gint64)status.st_mtime <= now ? (gint64)status.st_mtime : 0;
    g_ptr_array_add (objects, object);
  }
  return objects;
}

/**
 * jmp_cache_get_size:
 * @self: a cache
 *
 * Returns: bytes of all contents together
 */
guint64
jmp_cache_get_size (JmpCache *self)
{
  g_autoptr (GPtrArray) objects = list_objects (self);
  guint64 size = 0;
  guint i;

  for (i = 0; i < objects->len; i++)
    size += ((Object *)g_ptr_array_index (objects, i))->size;
  return size;
}

/* Removes the records of contents that are gone, or, given @sha256, looks for one that has it. */
static gboolean
walk_records (JmpCache *self, const char *sha256)
{
  g_autoptr (GDir) dir = g_dir_open (self->records, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->records, name, NULL);
    g_auto (JmpRecord) record = { 0 };
    g_autofree char *key = NULL;
    g_autofree char *object = NULL;

    if (jmp_record_load_path (path, &key, &record) != JMP_RECORD_PRESENT)
      continue;
    if (sha256 != NULL) {
      if (g_str_equal (sha256, record.sha256))
        return TRUE;
      continue;
    }
    object = g_build_filename (self->objects, record.sha256, NULL);
    if (!g_file_test (object, G_FILE_TEST_EXISTS))
      g_unlink (path);
  }
  return FALSE;
}

static int
compare_use (gconstpointer a, gconstpointer b)
{
  const Object *one = *(const Object *const *)a;
  const Object *other = *(const Object *const *)b;

  return one->used < other->used ? -1 : one->used > other->used;
}

/* @keep: the content that was put in just now, which stays even when it is larger than the limit. */
static void
trim (JmpCache *self, const char *keep)
{
  g_autoptr (GPtrArray) objects = list_objects (self);
  guint64 size = 0;
  gboolean removed = FALSE;
  guint i;

  for (i = 0; i < objects->len; i++)
    size += ((Object *)g_ptr_array_index (objects, i))->size;
  g_ptr_array_sort (objects, compare_use);
  for (i = 0; i < objects->len && size > self->max_size; i++) {
    const Object *object = g_ptr_array_index (objects, i);

    if (g_str_equal (object->name, keep))
      continue;
    g_unlink (object->path);
    size -= object->size;
    removed = TRUE;
  }
  if (removed)
    walk_records (self, NULL);
}

/**
 * jmp_cache_clear:
 * @self: a cache
 *
 * Removes all contents and their records. What cannot be removed stays.
 */
void
jmp_cache_clear (JmpCache *self)
{
  g_autoptr (GPtrArray) objects = list_objects (self);

  for (guint i = 0; i < objects->len; i++)
    g_unlink (((Object *)g_ptr_array_index (objects, i))->path);
  walk_records (self, NULL);
}

static void
remove_record (JmpCache *self, const char *key)
{
  g_autofree char *path = jmp_record_path (self->records, key);

  g_unlink (path);
}

/* Removes a content that no record has any longer. */
static void
drop_object (JmpCache *self, const char *sha256)
{
  g_autofree char *path = g_build_filename (self->objects, sha256, NULL);

  if (!walk_records (self, sha256))
    g_unlink (path);
}

/**
 * jmp_cache_remove:
 * @self: a cache
 * @key: an address
 *
 * Forgets an address, and its content unless another address has the same.
 */
void
jmp_cache_remove (JmpCache *self, const char *key)
{
  g_auto (JmpRecord) record = { 0 };
  JmpRecordState state = jmp_record_load (self->records, key, &record);

  if (state == JMP_RECORD_ABSENT)
    return;
  remove_record (self, key);
  if (state == JMP_RECORD_PRESENT)
    drop_object (self, record.sha256);
}

/**
 * jmp_cache_has:
 * @self: a cache
 * @key: an address
 * @size: (out) (optional): bytes of its content
 *
 * Looks whether something is there, for lists. Reads nothing but its record: jmp_cache_get() may
 * still find it damaged.
 *
 * Returns: whether it is there
 */
gboolean
jmp_cache_has (JmpCache *self, const char *key, guint64 *size)
{
  g_auto (JmpRecord) record = { 0 };
  g_autofree char *object = NULL;
  GStatBuf status;

  if (jmp_record_load (self->records, key, &record) != JMP_RECORD_PRESENT)
    return FALSE;
  object = g_build_filename (self->objects, record.sha256, NULL);
  if (g_stat (object, &status) != 0 || (guint64)status.st_size != record.size)
    return FALSE;
  if (size != NULL)
    *size = record.size;
  return TRUE;
}

/* The time of the file is when it was last used; where it cannot be set, it goes a little earlier. */
static void
mark_used (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_file_set_attribute_uint64 (file,
                               G_FILE_ATTRIBUTE_TIME_MODIFIED,
                               (guint64)(g_get_real_time () / G_USEC_PER_SEC),
                               G_FILE_QUERY_INFO_NONE,
                               NULL,
                               NULL);
}

/* Another program may remove it at any time: that is no damage. */
static JmpCacheState
read_object (const char *path, const JmpRecord *record, GBytes **out)
{
  g_autofree char *hash = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;
  GStatBuf status;

  if (g_stat (path, &status) != 0)
    return JMP_CACHE_ABSENT;
  if ((guint64)status.st_size != record->size)
    return JMP_CACHE_DAMAGED;
  if (!jmp_read_whole (path, &data, &size, &error))
    return g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? JMP_CACHE_ABSENT
                                                                     : JMP_CACHE_DAMAGED;
  bytes = g_bytes_new_take (data, size);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (!g_str_equal (hash, record->sha256))
    return JMP_CACHE_DAMAGED;
  *out = g_steal_pointer (&bytes);
  return JMP_CACHE_PRESENT;
}

/**
 * jmp_cache_get:
 * @self: a cache
 * @key: an address
 * @out: (out) (transfer full): what is there, with %JMP_CACHE_PRESENT alone
 *
 * Takes something out, after its hash was checked; marks it as used. What is damaged is removed.
 *
 * Returns: whether it was there and right
 */
JmpCacheState
jmp_cache_get (JmpCache *self, const char *key, JmpCacheEntry **out)
{
  g_auto (JmpRecord) record = { 0 };
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  JmpCacheState state;

  *out = NULL;
  switch (jmp_record_load (self->records, key, &record)) {
  case JMP_RECORD_ABSENT:
    return JMP_CACHE_ABSENT;
  case JMP_RECORD_DAMAGED:
    remove_record (self, key);
    return JMP_CACHE_DAMAGED;
  case JMP_RECORD_PRESENT:
    break;
  }
  path = g_build_filename (self->objects, record.sha256, NULL);
  state = read_object (path, &record, &bytes);
  if (state == JMP_CACHE_DAMAGED)
    g_unlink (path);
  if (state != JMP_CACHE_PRESENT) {
    remove_record (self, key);
    return state;
  }
  mark_used (path);
  *out = g_new0 (JmpCacheEntry, 1);
  (*out)->bytes = g_steal_pointer (&bytes);
  (*out)->sha256 = g_steal_pointer (&record.sha256);
  (*out)->etag = g_steal_pointer (&record.etag);
  (*out)->last_modified = g_steal_pointer (&record.last_modified);
  (*out)->date = record.date;
  return JMP_CACHE_PRESENT;
}

/**
 * jmp_cache_put:
 * @self: a cache
 * @key: an address
 * @bytes: its content
 * @etag: (nullable): ETag that came with it
 * @last_modified: (nullable): Last-Modified that came with it
 * @error: return location for a #GError
 *
 * Puts something in, in place of what was there for the address, and makes room for it.
 *
 * Errors: %JMP_ERROR_FILE (not allowed, disk full); then what was there before is still there.
 *
 * Returns: %TRUE when it is there for good
 */
gboolean
jmp_cache_put (JmpCache *self,
               const char *key,
               GBytes *bytes,
               const char *etag,
               const char *last_modified,
               GError **error)
{
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = g_build_filename (self->objects, hash, NULL);
  g_auto (JmpRecord) before = { 0 };
  const JmpRecord record = {
    .sha256 = hash,
    .size = g_bytes_get_size (bytes),
    .etag = (char *)etag,
    .last_modified = (char *)last_modified,
    .date = g_get_real_time () / G_USEC_PER_SEC,
  };

  jmp_record_load (self->records, key, &before);
  if (!jmp_keep_bytes (path, bytes, error) || !jmp_record_save (self->records, key, &record, error))
    return FALSE;
  if (before.sha256 != NULL && !g_str_equal (before.sha256, hash))
    drop_object (self, before.sha256);
  trim (self, hash);
  return TRUE;
}

/**
 * jmp_cache_confirm:
 * @self: a cache
 * @key: an address
 * @error: return location for a #GError
 *
 * Notes that what is there was found to be unchanged just now.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE when that was noted, or nothing is there
 */
gboolean
jmp_cache_confirm (JmpCache *self, const char *key, GError **error)
{
  g_auto (JmpRecord) record = { 0 };

  if (jmp_record_load (self->records, key, &record) != JMP_RECORD_PRESENT)
    return TRUE;
  record.date = g_get_real_time () / G_USEC_PER_SEC;
  return jmp_record_save (self->records, key, &record, error);
}
