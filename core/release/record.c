/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/record-private.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#define RECORD_VERSION  1
#define RECORD_MAX_SIZE (16 * 1024)
#define MODE_OWNER_ONLY 0600
#define MODE_FOLDER     0700

void
jmp_record_clear (JmpRecord *self)
{
  g_clear_pointer (&self->sha256, g_free);
  g_clear_pointer (&self->etag, g_free);
  g_clear_pointer (&self->last_modified, g_free);
}

/*
 * jmp_is_sha256:
 * @text: (nullable): anything
 *
 * Returns: whether it is 64 hexadecimal digits in lower case, and so a safe name of a file
 */
gboolean
jmp_is_sha256 (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

/*
 * jmp_record_path:
 * @folder: where records are
 * @key: any text
 *
 * Returns: (transfer full): the file of the record
 */
char *
jmp_record_path (const char *folder, const char *key)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, key, -1);
  g_autofree char *name = g_strconcat (hash, ".json", NULL);

  return g_build_filename (folder, name, NULL);
}

/*
 * jmp_save_bytes:
 * @path: a file, in a folder that need not be there yet
 * @bytes: what it is to hold
 * @error: return location for a #GError
 *
 * Saves a file under a temporary name, syncs it and renames it: either all of it is there or nothing
 * new is.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE when it is there for good
 */
gboolean
jmp_save_bytes (const char *path, GBytes *bytes, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) failure = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  /* What goes wrong with the folder, saving tells. */
  g_mkdir_with_parents (folder, MODE_FOLDER);
  if (g_file_set_contents_full (path,
                                data != NULL ? data : "",
                                (gssize)size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                MODE_OWNER_ONLY,
                                &failure))
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping %s: %s", path, failure->message);
  return FALSE;
}

static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gint64
get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_INT64)
    return -1;
  return json_node_get_int (node);
}

static gboolean
read_object (JsonObject *object, char **key, JmpRecord *out)
{
  gint64 size = get_number (object, "size");

  if (get_number (object, "version") != RECORD_VERSION || get_text (object, "key") == NULL
      || !jmp_is_sha256 (get_text (object, "sha256")) || size < 0)
    return FALSE;
  *key = g_strdup (get_text (object, "key"));
  out->sha256 = g_strdup (get_text (object, "sha256"));
  out->size = (guint64)size;
  out->etag = g_strdup (get_text (object, "etag"));
  out->last_modified = g_strdup (get_text (object, "last-modified"));
  out->date = MAX (get_number (object, "date"), 0);
  return TRUE;
}

/*
 * jmp_record_load_path:
 * @path: a file
 * @key: (out) (transfer full): whose record it is
 * @out: (out): the record
 *
 * Reads a record from its file; what is wrong with a damaged one does not matter to anyone.
 *
 * Returns: whether it is there and makes sense; @key and @out are set only then
 */
JmpRecordState
jmp_record_load_path (const char *path, char **key, JmpRecord *out)
{
  g_autoptr (JsonParser) parser = NULL;
  g_autofree char *text = NULL;
  GStatBuf status;
  gsize size;
  JsonNode *root;

  if (g_stat (path, &status) != 0)
    return JMP_RECORD_ABSENT;
  if (status.st_size > RECORD_MAX_SIZE || !g_file_get_contents (path, &text, &size, NULL))
    return JMP_RECORD_DAMAGED;
  parser = json_parser_new_immutable ();
  if (!g_utf8_validate_len (text, size, NULL)
      || !json_parser_load_from_data (parser, text, (gssize)size, NULL))
    return JMP_RECORD_DAMAGED;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root)
      || !read_object (json_node_get_object (root), key, out))
    return JMP_RECORD_DAMAGED;
  return JMP_RECORD_PRESENT;
}

/*
 * jmp_record_load:
 * @folder: where records are
 * @key: which one
 * @out: (out): the record
 *
 * Returns: whether it is there, makes sense and belongs to @key; @out is set only then
 */
JmpRecordState
jmp_record_load (const char *folder, const char *key, JmpRecord *out)
{
  g_autofree char *path = jmp_record_path (folder, key);
  g_autofree char *found = NULL;
  JmpRecordState state = jmp_record_load_path (path, &found, out);

  if (state != JMP_RECORD_PRESENT || g_str_equal (found, key))
    return state;
  jmp_record_clear (out);
  return JMP_RECORD_DAMAGED;
}

static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL)
    json_object_set_string_member (object, name, text);
}

/*
 * jmp_record_save:
 * @folder: where records are; made when it is not there
 * @key: which one
 * @record: what to keep; a record that is there is replaced
 * @error: return location for a #GError
 *
 * Errors: %JMP_ERROR_FILE; also for a key that is not UTF-8 or far too long for an address.
 *
 * Returns: %TRUE when it is there for good
 */
gboolean
jmp_record_save (const char *folder, const char *key, const JmpRecord *record, GError **error)
{
  g_autofree char *path = jmp_record_path (folder, key);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  json_object_set_int_member (object, "version", RECORD_VERSION);
  add_text (object, "key", key);
  add_text (object, "sha256", record->sha256);
  json_object_set_int_member (object, "size", (gint64)record->size);
  add_text (object, "etag", record->etag);
  add_text (object, "last-modified", record->last_modified);
  json_object_set_int_member (object, "date", record->date);
  json_node_set_object (root, object);
  text = json_to_string (root, TRUE);
  bytes = g_bytes_new_take (text, strlen (text));
  if (!g_utf8_validate (key, -1, NULL) || g_bytes_get_size (bytes) > RECORD_MAX_SIZE) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping %s: its address cannot be kept", path);
    return FALSE;
  }
  return jmp_save_bytes (path, bytes, error);
}
