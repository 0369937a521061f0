/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/feeds-file.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "base/save.h"
#include "board/fields.h"
#include "board/json.h"
#include "board/source-json.h"

/**
 * jmp_feeds_file_get_path:
 *
 * Returns: (transfer full): where the file is: jumper/feeds.json in the person's configuration folder
 */
char *
jmp_feeds_file_get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "jumper", "feeds.json", NULL);
}

static gboolean
has_id (GPtrArray *sources, const char *id)
{
  for (guint i = 0; i < sources->len; i++)
    if (g_ascii_strcasecmp (((JmpSource *)sources->pdata[i])->id, id) == 0)
      return TRUE;
  return FALSE;
}

static void
read_sources (JmpFields *fields, GPtrArray *sources)
{
  JsonArray *array = jmp_fields_array (fields, "feeds", JMP_FEEDS_FILE_MAX);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JmpSource *source = jmp_source_from_json (
        json_array_get_element (array, i), i, TRUE, &fields->error);

    if (source == NULL)
      return;
    if (has_id (sources, source->id))
      jmp_fields_fail (fields, "two feeds %s", source->id);
    g_ptr_array_add (sources, source);
  }
}

/**
 * jmp_feeds_file_parse:
 * @bytes: what the file has
 * @error: return location for an error
 *
 * Reads the person's sources, strictly.
 *
 * Errors: %JMP_ERROR_INVALID_FILE; %JMP_ERROR_NOT_SUPPORTED for another schema.
 *
 * Returns: (transfer full) (element-type JmpSource): the sources, or %NULL
 */
GPtrArray *
jmp_feeds_file_parse (GBytes *bytes, GError **error)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  g_autoptr (JsonNode) root = jmp_json_parse (bytes, JMP_FEEDS_FILE_MAX_SIZE, error);
  g_auto (JmpFields) fields = { 0 };
  guint64 schema;

  if (root == NULL)
    return NULL;
  jmp_fields_init (&fields, root, "feeds");
  schema = jmp_fields_number (&fields, "schema", G_MAXUINT32);
  if (fields.error == NULL && schema != JMP_FEEDS_FILE_SCHEMA) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "feeds of schema %u, which this version does not know (it knows %u)",
                 (guint)schema,
                 JMP_FEEDS_FILE_SCHEMA);
    return NULL;
  }
  read_sources (&fields, sources);
  if (!jmp_fields_end (&fields, error))
    return NULL;
  return g_steal_pointer (&sources);
}

/**
 * jmp_feeds_file_read:
 * @path: (type filename): the file
 * @error: return location for an error
 *
 * Reads the person's sources from a file. No file is no sources.
 *
 * Errors: %JMP_ERROR_FILE, and those of jmp_feeds_file_parse().
 *
 * Returns: (transfer full) (element-type JmpSource): the sources, or %NULL
 */
GPtrArray *
jmp_feeds_file_read (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GPtrArray *sources;
  char *text;
  gsize size;

  if (!jmp_read_whole (path, &text, &size, &why)) {
    if (g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "%s", why->message);
    return NULL;
  }
  bytes = g_bytes_new_take (text, size);
  sources = jmp_feeds_file_parse (bytes, error);
  if (sources == NULL)
    g_prefix_error (error, "%s: ", path);
  return sources;
}

static char *
make_text (GPtrArray *sources, gsize *size)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < sources->len; i++)
    json_array_add_element (array, jmp_source_to_json (sources->pdata[i]));
  json_object_set_int_member (object, "schema", JMP_FEEDS_FILE_SCHEMA);
  json_object_set_array_member (object, "feeds", array);
  json_node_take_object (root, object);
  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  return json_generator_to_data (generator, size);
}

/**
 * jmp_feeds_file_write:
 * @path: (type filename): the file; its folder is made when it is not there
 * @sources: (element-type JmpSource): all of the person's sources
 * @error: return location for an error
 *
 * Writes the person's sources: to another name, synced, then renamed. What was there before must be
 * readable, so that a file with a slip in it is not lost.
 *
 * Errors: %JMP_ERROR_FILE, and those of jmp_feeds_file_read().
 *
 * Returns: %FALSE when nothing was changed
 */
gboolean
jmp_feeds_file_write (const char *path, GPtrArray *sources, GError **error)
{
  g_autoptr (GPtrArray) before = jmp_feeds_file_read (path, error);
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *folder = g_path_get_dirname (path);
  gsize size;
  char *text;

  if (before == NULL)
    return FALSE;
  text = make_text (sources, &size);
  bytes = g_bytes_new_take (text, size);
  again = jmp_feeds_file_parse (bytes, error);
  if (again == NULL)
    return FALSE;
  if (g_mkdir_with_parents (folder, 0700) != 0) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "%s: the folder cannot be made", folder);
    return FALSE;
  }
  return jmp_save_bytes (path, bytes, error);
}
