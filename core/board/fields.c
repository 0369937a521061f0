/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/fields.h"

#include <string.h>

#include "base/error.h"
#include "board/json.h"

/**
 * jmp_fields_init:
 * @self: to be set up; give it back with jmp_fields_clear()
 * @node: (nullable): what should be an object; must outlive @self
 * @format: what to call it in messages, printf-like
 *
 * Starts to read an object.
 */
void
jmp_fields_init (JmpFields *self, JsonNode *node, const char *format, ...)
{
  va_list args;

  *self = (JmpFields){ 0 };
  va_start (args, format);
  self->where = g_strdup_vprintf (format, args);
  va_end (args);
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    self->object = json_node_get_object (node);
  else
    jmp_fields_fail (self, "not an object");
}

/**
 * jmp_fields_clear:
 * @self: a reader
 *
 * Gives back what it holds.
 */
void
jmp_fields_clear (JmpFields *self)
{
  g_clear_pointer (&self->where, g_free);
  g_clear_error (&self->error);
  self->object = NULL;
}

/**
 * jmp_fields_fail:
 * @self: a reader
 * @format: what is wrong, printf-like
 *
 * Notes that the object is wrong, unless something was wrong before.
 */
void
jmp_fields_fail (JmpFields *self, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list args;

  if (self->error != NULL)
    return;
  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (&self->error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "%s: %s", self->where, text);
}

/**
 * jmp_fields_end:
 * @self: a reader
 * @error: return location for an error
 *
 * Whether every member was right, and none was there that nobody asked for.
 *
 * Errors: %JMP_ERROR_INVALID_FILE.
 *
 * Returns: %FALSE with @error set otherwise
 */
gboolean
jmp_fields_end (JmpFields *self, GError **error)
{
  if (self->error == NULL && json_object_get_size (self->object) != self->n_asked)
    jmp_fields_fail (self, "has a member that is not known");
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&self->error));
  return FALSE;
}

static JsonNode *
ask (JmpFields *self, const char *key, JmpFieldNeed need)
{
  JsonNode *node = self->error == NULL ? json_object_get_member (self->object, key) : NULL;

  if (node != NULL)
    self->n_asked++;
  else if (need == JMP_FIELD_REQUIRED)
    jmp_fields_fail (self, "no \"%s\"", key);
  return node;
}

/**
 * jmp_fields_text:
 * @self: a reader
 * @key: name of a member
 * @max: the most bytes it may have
 * @need: whether it must be there
 *
 * A line of text for people, see jmp_json_text_is_plain().
 *
 * Returns: (nullable) (transfer full): the text
 */
char *
jmp_fields_text (JmpFields *self, const char *key, gsize max, JmpFieldNeed need)
{
  const char *text;

  if (ask (self, key, need) == NULL)
    return NULL;
  text = jmp_json_get_text (self->object, key, max);
  if (text == NULL)
    jmp_fields_fail (self, "\"%s\" is not a line of text of at most %u bytes", key, (guint)max);
  return g_strdup (text);
}

/**
 * jmp_word_is_plain:
 * @text: a text
 * @max: the most bytes it may have
 *
 * Whether a text is a name for machines: letters and digits of ASCII, "_", "-", "+", "."; not only
 * dots.
 *
 * Returns: %TRUE when it is
 */
gboolean
jmp_word_is_plain (const char *text, gsize max)
{
  gsize length = strlen (text);

  if (length == 0 || length > max || strspn (text, ".") == length)
    return FALSE;
  for (const char *at = text; *at != '\0'; at++)
    if (!g_ascii_isalnum (*at) && strchr ("_-+.", *at) == NULL)
      return FALSE;
  return TRUE;
}

/**
 * jmp_fields_word:
 * @self: a reader
 * @key: name of a member
 * @max: the most bytes it may have
 * @need: whether it must be there
 *
 * A name for machines, see jmp_word_is_plain().
 *
 * Returns: (nullable) (transfer full): the name
 */
char *
jmp_fields_word (JmpFields *self, const char *key, gsize max, JmpFieldNeed need)
{
  g_autofree char *text = jmp_fields_text (self, key, max, need);

  if (text != NULL && !jmp_word_is_plain (text, max)) {
    jmp_fields_fail (self, "\"%s\" is not a plain name", key);
    return NULL;
  }
  return g_steal_pointer (&text);
}

/**
 * jmp_fields_number:
 * @self: a reader
 * @key: name of a member
 * @max: the largest that is taken
 *
 * Returns: a whole number, 0 to @max
 */
guint64
jmp_fields_number (JmpFields *self, const char *key, guint64 max)
{
  guint64 number = 0;

  if (ask (self, key, JMP_FIELD_REQUIRED) != NULL
      && !jmp_json_get_number (self->object, key, max, &number))
    jmp_fields_fail (self, "\"%s\" is not a number from 0 to %" G_GUINT64_FORMAT, key, max);
  return number;
}

/**
 * jmp_address_parse:
 * @node: (nullable): a value
 * @out: (out): the address
 *
 * Reads "0x" and eight hexadecimal digits, the one way in which the catalogue writes an address.
 *
 * Returns: %FALSE when it is something else
 */
gboolean
jmp_address_parse (JsonNode *node, guint32 *out)
{
  const char *text;
  char *end;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return FALSE;
  text = json_node_get_string (node);
  if (strlen (text) != 10 || !g_str_has_prefix (text, "0x") || !g_ascii_isxdigit (text[2]))
    return FALSE;
  *out = (guint32)g_ascii_strtoull (text + 2, &end, 16);
  return *end == '\0';
}

/**
 * jmp_fields_address:
 * @self: a reader
 * @key: name of a member
 *
 * Returns: an address, see jmp_address_parse()
 */
guint32
jmp_fields_address (JmpFields *self, const char *key)
{
  JsonNode *node = ask (self, key, JMP_FIELD_REQUIRED);
  guint32 address = 0;

  if (node != NULL && !jmp_address_parse (node, &address))
    jmp_fields_fail (self, "\"%s\" is not an address", key);
  return address;
}

/**
 * jmp_fields_flag:
 * @self: a reader
 * @key: name of a member
 * @need: whether it must be there
 *
 * Returns: true or false; %FALSE when missing
 */
gboolean
jmp_fields_flag (JmpFields *self, const char *key, JmpFieldNeed need)
{
  JsonNode *node = ask (self, key, need);

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != G_TYPE_BOOLEAN)
    jmp_fields_fail (self, "\"%s\" is neither true nor false", key);
  return jmp_json_get_flag (self->object, key);
}

/**
 * jmp_fields_array:
 * @self: a reader
 * @key: name of a member
 * @max: the most elements it may have
 *
 * Returns: (nullable) (transfer none): an array of at most @max elements; %NULL after an error
 */
JsonArray *
jmp_fields_array (JmpFields *self, const char *key, guint max)
{
  JsonArray *array = NULL;

  if (ask (self, key, JMP_FIELD_REQUIRED) != NULL)
    array = jmp_json_get_array (self->object, key);
  if (array == NULL || json_array_get_length (array) > max) {
    jmp_fields_fail (self, "\"%s\" is not an array of at most %u elements", key, max);
    return NULL;
  }
  return array;
}

/**
 * jmp_fields_object:
 * @self: a reader
 * @key: name of a member
 *
 * Returns: (nullable) (transfer none): an object; %NULL after an error
 */
JsonObject *
jmp_fields_object (JmpFields *self, const char *key)
{
  JsonNode *node = ask (self, key, JMP_FIELD_REQUIRED);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    jmp_fields_fail (self, "\"%s\" is not an object", key);
    return NULL;
  }
  return json_node_get_object (node);
}

/**
 * jmp_fields_words:
 * @self: a reader
 * @key: name of a member
 * @max: the most elements it may have
 *
 * An array of names for machines, each once, see jmp_word_is_plain().
 *
 * Returns: (transfer full): the names; those before the first that is wrong
 */
GStrv
jmp_fields_words (JmpFields *self, const char *key, guint max)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  JsonArray *array = jmp_fields_array (self, key, max);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++) {
    JsonNode *node = json_array_get_element (array, i);
    const char *text = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_string (node) : NULL;

    if (text == NULL || !jmp_word_is_plain (text, 64)
        || g_ptr_array_find_with_equal_func (words, text, g_str_equal, NULL)) {
      jmp_fields_fail (self, "\"%s\" has a name that is not plain, or twice", key);
      break;
    }
    g_ptr_array_add (words, g_strdup (text));
  }
  g_ptr_array_add (words, NULL);
  return (GStrv)g_ptr_array_free (g_steal_pointer (&words), FALSE);
}
