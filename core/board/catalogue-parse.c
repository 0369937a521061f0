/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include <string.h>

#include "base/error.h"
#include "board/catalogue-private.h"
#include "board/catalogue-resource.h"
#include "board/json.h"
#include "board/source-json.h"

#define CATALOGUE_PATH "/io/github/dfujumper/Jumper/core/catalogue.json"

#define MAX_WORDS   2000
#define MAX_PROSE   500
#define MAX_SOURCES 100

/* A newer schema is told apart first: its members are not known here. */
static gboolean
check_schema (JsonNode *root, GError **error)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  guint64 schema;

  if (object == NULL || !jmp_json_get_number (object, "schema", G_MAXUINT32, &schema)) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not a catalogue: no \"schema\"");
    return FALSE;
  }
  if (schema != JMP_CATALOGUE_SCHEMA) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "a catalogue of schema %u, which this version does not know (it knows %u)",
                 (guint)schema,
                 JMP_CATALOGUE_SCHEMA);
    return FALSE;
  }
  return TRUE;
}

static gboolean
is_date (const char *text)
{
  return strlen (text) == 8 && strspn (text, "0123456789") == 8 && g_str_has_prefix (text, "20");
}

static void
read_words (JmpFields *fields, JmpCatalogue *self)
{
  JsonObject *object = jmp_fields_object (fields, "words");
  JsonObjectIter iter;
  const char *key;
  JsonNode *node;

  if (object == NULL || json_object_get_size (object) > MAX_WORDS) {
    jmp_fields_fail (fields, "more than %u words", MAX_WORDS);
    return;
  }
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &key, &node)) {
    const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

    if (!jmp_word_is_plain (key, JMP_SOURCE_MAX_NAME) || text == NULL
        || !jmp_json_text_is_plain (text, MAX_PROSE)) {
      jmp_fields_fail (fields, "words that are not a line of text");
      return;
    }
    g_hash_table_insert (self->words, g_strdup (key), g_strdup (text));
  }
}

static gboolean
read_pin (JmpCatalogue *self, const char *name, JsonNode *node, GError **error)
{
  g_auto (JmpFields) fields = { 0 };
  g_autofree char *sha256 = NULL;
  JmpPin *pin;
  guint64 size = 0;

  jmp_fields_init (&fields, node, "pin");
  if (!jmp_word_is_plain (name, JMP_SOURCE_MAX_NAME))
    jmp_fields_fail (&fields, "not a plain file name");
  sha256 = jmp_fields_word (&fields, "sha256", 64, JMP_FIELD_OPTIONAL);
  if (fields.object != NULL && json_object_has_member (fields.object, "size"))
    size = jmp_fields_number (&fields, "size", G_MAXUINT32);
  if (sha256 != NULL && (strlen (sha256) != 64 || strspn (sha256, "0123456789abcdef") != 64))
    jmp_fields_fail (&fields, "not a SHA-256");
  if (sha256 == NULL && size == 0)
    jmp_fields_fail (&fields, "neither size nor SHA-256");
  if (!jmp_fields_end (&fields, error))
    return FALSE;
  pin = g_new0 (JmpPin, 1);
  pin->size = size;
  pin->sha256 = g_steal_pointer (&sha256);
  g_hash_table_insert (self->pins, g_strdup (name), pin);
  return TRUE;
}

static void
read_pins (JmpFields *fields, JmpCatalogue *self)
{
  JsonObject *object = jmp_fields_object (fields, "pins");
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (object == NULL || json_object_get_size (object) > JMP_CATALOGUE_MAX_PINS) {
    jmp_fields_fail (fields, "more than %u pins", JMP_CATALOGUE_MAX_PINS);
    return;
  }
  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &node))
    if (!read_pin (self, name, node, &fields->error))
      return;
}

/* "1.29.0" */
static gboolean
is_version (const char *text)
{
  gsize length = strlen (text);

  return length > 0 && length <= 32 && g_ascii_isdigit (text[0])
         && g_ascii_isdigit (text[length - 1]) && strspn (text, "0123456789.") == length
         && strstr (text, "..") == NULL;
}

static gboolean
has_version (GArray *versions, const char *text)
{
  for (guint i = 0; i < versions->len; i++)
    if (g_str_equal (g_array_index (versions, JmpStableVersion, i).version, text))
      return TRUE;
  return FALSE;
}

static void
read_versions (JmpFields *fields, JmpCatalogue *self)
{
  JsonArray *array = jmp_fields_array (fields, "versions", JMP_CATALOGUE_MAX_VERSIONS);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    JsonArray *pair = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
    const char *text[2] = { NULL, NULL };
    JmpStableVersion version;

    for (guint n = 0; n < 2 && pair != NULL && json_array_get_length (pair) == 2; n++) {
      JsonNode *member = json_array_get_element (pair, n);

      text[n] = JSON_NODE_HOLDS_VALUE (member) ? json_node_get_string (member) : NULL;
    }
    if (text[0] == NULL || text[1] == NULL || !is_version (text[0]) || !is_date (text[1])
        || has_version (self->versions, text[0])) {
      jmp_fields_fail (fields, "\"versions\" element %u is not a new version and its date", i);
      return;
    }
    version = (JmpStableVersion){ g_strdup (text[0]), g_strdup (text[1]) };
    g_array_append_val (self->versions, version);
  }
}

static void
read_sources (JmpFields *fields, JmpCatalogue *self)
{
  JsonArray *array = jmp_fields_array (fields, "sources", MAX_SOURCES);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JmpSource *source = jmp_source_from_json (
        json_array_get_element (array, i), i, FALSE, &fields->error);

    if (source == NULL)
      return;
    if (jmp_catalogue_find_source (self, source->id) != NULL)
      jmp_fields_fail (fields, "two sources %s", source->id);
    g_ptr_array_add (self->sources, source);
  }
}

/* Each name of a board, old or new, leads to that board alone. */
static gboolean
is_new (JmpCatalogue *self, JmpBoard *board)
{
  if (jmp_catalogue_find_board (self, board->id) != NULL)
    return FALSE;
  for (guint i = 0; board->old_names[i] != NULL; i++)
    if (jmp_catalogue_find_board (self, board->old_names[i]) != NULL)
      return FALSE;
  return TRUE;
}

static void
read_boards (JmpFields *fields, JmpCatalogue *self)
{
  JsonArray *array = jmp_fields_array (fields, "boards", JMP_CATALOGUE_MAX_BOARDS);

  for (guint i = 0; array != NULL && fields->error == NULL && i < json_array_get_length (array);
       i++) {
    JmpBoard *board = jmp_board_read (json_array_get_element (array, i), i, self, &fields->error);

    if (board == NULL)
      return;
    if (!is_new (self, board))
      jmp_fields_fail (fields, "board %u: another one is called %s", i, board->id);
    g_ptr_array_add (self->boards, board);
  }
}

/**
 * jmp_catalogue_parse:
 * @json: a catalogue
 * @error: return location for an error
 *
 * Reads a catalogue. All of it must be right: types, ranges, lengths, names that stand once, no member
 * that is not known.
 *
 * Errors: %JMP_ERROR_INVALID_FILE; %JMP_ERROR_NOT_SUPPORTED for another schema.
 *
 * Returns: (transfer full): the catalogue, or %NULL
 */
JmpCatalogue *
jmp_catalogue_parse (GBytes *json, GError **error)
{
  g_autoptr (JmpCatalogue) self = jmp_catalogue_new_empty ();
  g_autoptr (JsonNode) root = jmp_json_parse (json, JMP_CATALOGUE_MAX_SIZE, error);
  g_auto (JmpFields) fields = { 0 };

  if (root == NULL || !check_schema (root, error))
    return NULL;
  jmp_fields_init (&fields, root, "catalogue");
  jmp_fields_number (&fields, "schema", JMP_CATALOGUE_SCHEMA);
  self->generated = jmp_fields_word (&fields, "generated", 32, JMP_FIELD_REQUIRED);
  read_words (&fields, self);
  read_versions (&fields, self);
  read_pins (&fields, self);
  read_sources (&fields, self);
  read_boards (&fields, self);
  if (!jmp_fields_end (&fields, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * jmp_catalogue_new_built_in:
 * @error: return location for an error
 *
 * Reads the catalogue that is compiled in.
 *
 * Errors: those of jmp_catalogue_parse(), when the program was built wrong.
 *
 * Returns: (transfer full): the catalogue, or %NULL
 */
JmpCatalogue *
jmp_catalogue_new_built_in (GError **error)
{
  g_autoptr (GBytes) bytes = g_resource_lookup_data (
      jmp_catalogue_get_resource (), CATALOGUE_PATH, G_RESOURCE_LOOKUP_FLAGS_NONE, error);

  if (bytes == NULL)
    return NULL;
  return jmp_catalogue_parse (bytes, error);
}
