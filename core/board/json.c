/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/json.h"

#include <string.h>

#include "base/error.h"

/* The end of the string that starts at @at, behind its closing quote; @size when it has none. */
static gsize
skip_string (const char *text, gsize size, gsize at)
{
  for (at++; at < size; at++) {
    if (text[at] == '\\')
      at++;
    else if (text[at] == '"')
      return at + 1;
  }
  return size;
}

/* Outside of strings, at this depth, and before or after the one value of the document. */
static gboolean
may_stand (char c, guint depth, gboolean closed)
{
  if (c != '\0' && strchr (" \t\r\n", c) != NULL)
    return TRUE;
  if (depth == 0)
    return !closed && (c == '{' || c == '[');
  return c != '\0' && strchr ("{}[]:,+-.0123456789eEtrufalsn", c) != NULL;
}

/* The parser behind this calls itself for every level and takes more than JSON: comments, other
 * quotes, assignments, several documents. What gets past here is one object or array, made of JSON's
 * own characters, and not deep. */
static gboolean
check_text (const char *text, gsize size, GError **error)
{
  gboolean closed = FALSE;
  guint depth = 0;
  gsize at = 0;

  while (at < size) {
    char c = text[at];

    if (c == '"' && depth > 0) {
      at = skip_string (text, size, at);
      continue;
    }
    if (!may_stand (c, depth, closed)) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "not JSON: a byte 0x%02x at offset %" G_GSIZE_FORMAT,
                   (guint8)c,
                   at);
      return FALSE;
    }
    if (c == '{' || c == '[')
      depth++;
    else if (c == '}' || c == ']')
      closed = --depth == 0;
    if (depth > JMP_JSON_MAX_DEPTH) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "JSON deeper than %d levels",
                   JMP_JSON_MAX_DEPTH);
      return FALSE;
    }
    at++;
  }
  return TRUE;
}

typedef struct {
  GHashTable *counts;
  char *twice;
} MemberCounts;

static void
object_member_cb (JsonParser *parser, JsonObject *object, const char *name, gpointer data)
{
  MemberCounts *self = data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, object)) + 1;

  g_hash_table_insert (self->counts, object, GUINT_TO_POINTER (count));
}

/* The parser keeps the last of two members with one name, and says nothing. */
static void
object_end_cb (JsonParser *parser, JsonObject *object, gpointer data)
{
  MemberCounts *self = data;
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, object));

  g_hash_table_remove (self->counts, object);
  if (count != json_object_get_size (object) && self->twice == NULL) {
    g_autoptr (GList) names = json_object_get_members (object);

    self->twice = g_strdup (names != NULL ? names->data : "");
  }
}

static JsonNode *
parse_checked (const char *text, gsize size, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GHashTable) table = g_hash_table_new (NULL, NULL);
  g_autoptr (GError) why = NULL;
  MemberCounts counts = { table, NULL };
  g_autofree char *twice = NULL;
  JsonNode *root = NULL;
  gboolean parsed;

  g_signal_connect (parser, "object-member", G_CALLBACK (object_member_cb), &counts);
  g_signal_connect (parser, "object-end", G_CALLBACK (object_end_cb), &counts);
  parsed = json_parser_load_from_data (parser, text, (gssize)size, &why);
  twice = counts.twice;
  if (!parsed) {
    g_autofree char *valid = g_utf8_make_valid (why->message, -1);

    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not JSON: %s", valid);
  } else if (twice != NULL) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "an object that starts with \"%.40s\" has a member twice",
                 twice);
  } else {
    root = json_parser_steal_root (parser);
    if (root == NULL)
      g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "not JSON: nothing in it");
  }
  return root;
}

/**
 * jmp_json_parse:
 * @bytes: a document
 * @max_size: the most bytes that are taken
 * @error: return location for an error
 *
 * Reads JSON (RFC 8259) of UTF-8 without NUL, at most %JMP_JSON_MAX_DEPTH deep, in which no object
 * has a member twice.
 *
 * Errors: %JMP_ERROR_INVALID_FILE.
 *
 * Returns: (transfer full): the root, or %NULL
 */
JsonNode *
jmp_json_parse (GBytes *bytes, gsize max_size, GError **error)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);

  if (size > max_size) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "%" G_GSIZE_FORMAT " bytes are more than %" G_GSIZE_FORMAT,
                 size,
                 max_size);
    return NULL;
  }
  if (size == 0 || !g_utf8_validate (text, (gssize)size, NULL)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 size == 0 ? "not JSON: nothing in it" : "not JSON: not UTF-8");
    return NULL;
  }
  return check_text (text, size, error) ? parse_checked (text, size, error) : NULL;
}

/**
 * jmp_json_text_is_plain:
 * @text: a text
 * @max: the most bytes it may have
 *
 * Whether a text can stand in a line for a person: valid, not empty, not too long, without control
 * characters and without those that turn the direction of what follows.
 *
 * Returns: %TRUE when it is
 */
gboolean
jmp_json_text_is_plain (const char *text, gsize max)
{
  if (*text == '\0' || strlen (text) > max || !g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);
    GUnicodeType type = g_unichar_type (c);

    if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT || type == G_UNICODE_LINE_SEPARATOR
        || type == G_UNICODE_PARAGRAPH_SEPARATOR)
      return FALSE;
  }
  return TRUE;
}

static JsonNode *
get_value (JsonObject *object, const char *key, GType type)
{
  JsonNode *node = json_object_get_member (object, key);

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;
  return node;
}

/**
 * jmp_json_get_text:
 * @object: an object
 * @key: name of a member
 * @max: the most bytes it may have
 *
 * Returns: (nullable) (transfer none): a line of plain text, see jmp_json_text_is_plain()
 */
const char *
jmp_json_get_text (JsonObject *object, const char *key, gsize max)
{
  JsonNode *node = get_value (object, key, G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : NULL;

  return text != NULL && jmp_json_text_is_plain (text, max) ? text : NULL;
}

/**
 * jmp_json_get_prose:
 * @object: an object
 * @key: name of a member
 * @max: the most bytes that are kept
 *
 * Text of several lines: made valid, control characters other than line ends and tabs left out, cut
 * at a whole character.
 *
 * Returns: (nullable) (transfer full): the text; %NULL when there is none
 */
char *
jmp_json_get_prose (JsonObject *object, const char *key, gsize max)
{
  JsonNode *node = get_value (object, key, G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : NULL;
  g_autofree char *valid = text != NULL ? g_utf8_make_valid (text, (gssize)MIN (strlen (text), max))
                                        : NULL;
  GString *kept;

  if (valid == NULL)
    return NULL;
  kept = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    gunichar c = g_utf8_get_char (at);

    if ((c >= 0x20 && g_unichar_type (c) != G_UNICODE_CONTROL) || c == '\n' || c == '\t')
      g_string_append_unichar (kept, c);
  }
  if (kept->len > max)
    g_string_truncate (kept,
                       (gsize)(g_utf8_find_prev_char (kept->str, kept->str + max + 1) - kept->str));
  return g_string_free (kept, kept->len == 0);
}

/**
 * jmp_json_get_number:
 * @object: an object
 * @key: name of a member
 * @max: the largest that is taken
 * @out: (out): the number, 0 to @max
 *
 * Returns: %FALSE when there is no such whole number
 */
gboolean
jmp_json_get_number (JsonObject *object, const char *key, guint64 max, guint64 *out)
{
  JsonNode *node = get_value (object, key, G_TYPE_INT64);
  gint64 number = node != NULL ? json_node_get_int (node) : -1;

  if (number < 0 || (guint64)number > max)
    return FALSE;
  *out = (guint64)number;
  return TRUE;
}

/**
 * jmp_json_get_flag:
 * @object: an object
 * @key: name of a member
 *
 * Returns: %TRUE when it is there and true
 */
gboolean
jmp_json_get_flag (JsonObject *object, const char *key)
{
  JsonNode *node = get_value (object, key, G_TYPE_BOOLEAN);

  return node != NULL && json_node_get_boolean (node);
}

/**
 * jmp_json_get_array:
 * @object: an object
 * @key: name of a member
 *
 * Returns: (nullable) (transfer none): the array
 */
JsonArray *
jmp_json_get_array (JsonObject *object, const char *key)
{
  JsonNode *node = json_object_get_member (object, key);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/**
 * jmp_json_get_element:
 * @array: an array
 * @index: which, below its length
 *
 * Returns: (nullable) (transfer none): the object there
 */
JsonObject *
jmp_json_get_element (JsonArray *array, guint index)
{
  JsonNode *node = json_array_get_element (array, index);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}
