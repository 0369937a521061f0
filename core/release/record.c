/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/record-private.h"

#include "base/error.h"
#include "base/save.h"
#include "board/json.h"

#include <glib/gstdio.h>
#include <string.h>

#define RECORD_VERSION  1
#define RECORD_MAX_SIZE (16 * 1024)

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

/* Any text: a key may have line ends. */
static const char *
get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

static gboolean
read_object (JsonObject *object, char **key, JmpRecord *out)
{
  guint64 version, size, date = 0;

  if (!jmp_json_get_number (object, "version", G_MAXINT64, &version) || version != RECORD_VERSION
      || !jmp_json_get_number (object, "size", G_MAXINT64, &size)
      || get_text (object, "key") == NULL || !jmp_is_sha256 (get_text (object, "sha256")))
    return FALSE;
  jmp_json_get_number (object, "date", G_MAXINT64, &date);
  *key = g_strdup (get_text (object, "key"));
  out->sha256 = g_strdup (get_text (object, "sha256"));
  out->size = size;
  out->etag = g_strdup (get_text (object, "etag"));
  out->last_modified = g_strdup (get_text (object, "last-modified"));
  out->date = (gint64)date;
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
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonNode) root = NULL;
  g_autoptr (GError) problem = NULL;
  GStatBuf status;
  char *text;
  gsize size;

  if (g_stat (path, &status) != 0)
    return JMP_RECORD_ABSENT;
  if (status.st_size > RECORD_MAX_SIZE)
    return JMP_RECORD_DAMAGED;
  /* another program may have removed it meanwhile */
  if (!jmp_read_whole (path, &text, &size, &problem))
    return g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? JMP_RECORD_ABSENT
                                                                       : JMP_RECORD_DAMAGED;
  bytes = g_bytes_new_take (text, size);
  root = jmp_json_parse (bytes, RECORD_MAX_SIZE, NULL);
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

/* What a server says may be any bytes (RFC 9110, 5.5); JSON is UTF-8. */
static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && g_utf8_validate (text, -1, NULL))
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
  return jmp_keep_bytes (path, bytes, error);
}
