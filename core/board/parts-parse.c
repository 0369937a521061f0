/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"
#include "board/json.h"
#include "board/parts-private.h"
#include "board/parts-resource.h"

#define PARTS_PATH "/io/github/dfujumper/Jumper/core/parts.json"
#define MAX_PARTS  10000
#define MAX_RANGES 32
#define MAX_NAME   32

static gboolean
fail (const char *what, const char *name, GError **error)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "the table of parts: %s%s", what, name);
  return FALSE;
}

/* A row of exactly @n numbers, none negative, none past 32 bits. */
static gboolean
read_row (JsonArray *rows, guint index, guint n, guint32 *out)
{
  JsonNode *node = json_array_get_element (rows, index);
  JsonArray *row = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  if (row == NULL || json_array_get_length (row) != n)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    JsonNode *value = json_array_get_element (row, i);
    gint64 number;

    if (!JSON_NODE_HOLDS_VALUE (value) || json_node_get_value_type (value) != G_TYPE_INT64)
      return FALSE;
    number = json_node_get_int (value);
    if (number < 0 || number > G_MAXUINT32)
      return FALSE;
    out[i] = (guint32)number;
  }
  return TRUE;
}

static JmpLayout *
read_flash (JsonArray *rows)
{
  JmpSectorRun runs[MAX_RANGES];
  guint n = rows != NULL ? json_array_get_length (rows) : 0;

  if (n == 0 || n > MAX_RANGES)
    return NULL;
  for (guint i = 0; i < n; i++) {
    guint32 row[3];

    if (!read_row (rows, i, 3, row) || row[1] == 0 || row[2] == 0
        || (guint64)row[1] * row[2] > (guint64)G_MAXUINT32 + 1 - row[0])
      return NULL;
    runs[i] = (JmpSectorRun){
      row[0], row[1], row[2], JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE
    };
  }
  return jmp_layout_new ("Internal Flash", runs, n);
}

static gboolean
read_ram (JsonArray *rows, GArray *ram)
{
  guint n = rows != NULL ? json_array_get_length (rows) : 0;

  if (n == 0 || n > MAX_RANGES)
    return FALSE;
  for (guint i = 0; i < n; i++) {
    guint32 row[2];
    JmpRam range;

    if (!read_row (rows, i, 2, row) || row[1] == 0 || row[1] - 1 > G_MAXUINT32 - row[0])
      return FALSE;
    range = (JmpRam){ row[0], row[1] };
    g_array_append_val (ram, range);
  }
  return TRUE;
}

static gboolean
read_shape (JmpParts *self, JsonObject *object, GError **error)
{
  JmpPartShape *shape;
  const char *series = jmp_json_get_text (object, "series", MAX_NAME);
  guint64 arch;

  if (series == NULL || !jmp_json_get_number (object, "arch", G_MAXUINT8, &arch))
    return fail ("a shape without series or arch", "", error);
  g_array_set_size (self->shapes, self->shapes->len + 1);
  shape = &g_array_index (self->shapes, JmpPartShape, self->shapes->len - 1);
  shape->series = g_strdup (series);
  shape->cpu_arch = (guint8)arch;
  shape->has_fpu = jmp_json_get_flag (object, "fpu");
  shape->ram = g_array_new (FALSE, FALSE, sizeof (JmpRam));
  shape->layout = read_flash (jmp_json_get_array (object, "flash"));
  if (shape->layout == NULL)
    return fail ("a wrong flash of ", series, error);
  if (!read_ram (jmp_json_get_array (object, "ram"), shape->ram))
    return fail ("a wrong RAM of ", series, error);
  return TRUE;
}

static gboolean
read_shapes (JmpParts *self, JsonArray *shapes, GError **error)
{
  guint n = shapes != NULL ? json_array_get_length (shapes) : 0;

  if (n == 0 || n > MAX_PARTS)
    return fail ("no shapes, or too many", "", error);
  for (guint i = 0; i < n; i++) {
    JsonObject *object = jmp_json_get_element (shapes, i);

    if (object == NULL)
      return fail ("a shape that is no object", "", error);
    if (!read_shape (self, object, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean
read_parts (JmpParts *self, JsonObject *names, GError **error)
{
  g_autoptr (GList) keys = names != NULL ? json_object_get_members (names) : NULL;
  guint n = 0;

  for (GList *at = keys; at != NULL; at = at->next, n++) {
    const char *name = at->data;
    guint64 shape;

    if (n == MAX_PARTS || !jmp_json_text_is_plain (name, MAX_NAME)
        || !jmp_json_get_number (names, name, self->shapes->len - 1, &shape))
      return fail ("a wrong part ", name, error);
    jmp_parts_add (self, name, (guint)shape);
  }
  if (n == 0)
    return fail ("no parts", "", error);
  jmp_parts_sort (self);
  return TRUE;
}

/**
 * jmp_parts_parse:
 * @json: a table of parts, of at most %JMP_PARTS_MAX_SIZE
 * @error: return location
 *
 * Reads a table as tools/make-parts makes it; one that is wrong in one place is refused whole.
 *
 * Returns: (transfer full): the table, or %NULL with %JMP_ERROR_INVALID_FILE
 */
JmpParts *
jmp_parts_parse (GBytes *json, GError **error)
{
  g_autoptr (JmpParts) self = jmp_parts_new_empty ();
  g_autoptr (JsonNode) root = jmp_json_parse (json, JMP_PARTS_MAX_SIZE, error);
  JsonObject *object;
  JsonNode *parts;
  guint64 schema;

  if (root == NULL)
    return NULL;
  object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  if (object == NULL || !jmp_json_get_number (object, "schema", JMP_PARTS_SCHEMA, &schema)
      || schema != JMP_PARTS_SCHEMA) {
    fail ("not of a schema that is known", "", error);
    return NULL;
  }
  parts = json_object_get_member (object, "parts");
  if (!read_shapes (self, jmp_json_get_array (object, "shapes"), error)
      || !read_parts (self,
                      parts != NULL && JSON_NODE_HOLDS_OBJECT (parts) ? json_node_get_object (parts)
                                                                      : NULL,
                      error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jmp_parts_new_built_in:
 * @error: return location
 *
 * Reads the table that is compiled in.
 *
 * Returns: (transfer full): the table, or %NULL with an error, which would be a mistake of the build
 */
JmpParts *
jmp_parts_new_built_in (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      jmp_parts_get_resource (), PARTS_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  return bytes != NULL ? jmp_parts_parse (bytes, error) : NULL;
}
