/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* JSON as text, on one line. JSON-GLib writes numbers with all 17 digits of a double
 * (8.2511080000000003); here they have three decimals at most, which is what they are good for. */

#include "jumperctl/json.h"

#include <string.h>

#define DECIMALS "%.3f"

static void append_node (GString *text, JsonNode *node);

/* With a decimal at least, so that it reads back as the kind of number that it is. */
static void
append_real (GString *text, double value)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE + 320];
  gsize length;

  g_ascii_formatd (digits, sizeof digits, DECIMALS, value);
  length = strlen (digits);
  while (digits[length - 1] == '0' && digits[length - 2] != '.')
    length--;
  g_string_append_len (text, digits, (gssize)length);
}

static void
append_string (GString *text, const char *value)
{
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), value);
  g_autofree char *quoted = json_to_string (node, FALSE);

  g_string_append (text, quoted);
}

static void
append_object (GString *text, JsonObject *object)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;
  const char *comma = "";

  g_string_append_c (text, '{');
  json_object_iter_init_ordered (&iter, object);
  while (json_object_iter_next_ordered (&iter, &name, &member)) {
    g_string_append (text, comma);
    append_string (text, name);
    g_string_append_c (text, ':');
    append_node (text, member);
    comma = ",";
  }
  g_string_append_c (text, '}');
}

static void
append_array (GString *text, JsonArray *array)
{
  g_string_append_c (text, '[');
  for (guint i = 0; i < json_array_get_length (array); i++) {
    if (i > 0)
      g_string_append_c (text, ',');
    append_node (text, json_array_get_element (array, i));
  }
  g_string_append_c (text, ']');
}

static void
append_node (GString *text, JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node)) {
    append_object (text, json_node_get_object (node));
  } else if (JSON_NODE_HOLDS_ARRAY (node)) {
    append_array (text, json_node_get_array (node));
  } else if (json_node_get_value_type (node) == G_TYPE_DOUBLE) {
    append_real (text, json_node_get_double (node));
  } else {
    g_autofree char *value = json_to_string (node, FALSE);

    g_string_append (text, value);
  }
}

/**
 * ctl_json_to_text:
 * @node: what to write; a tree that was built here, so it is not deep
 *
 * JSON text in UTF-8; real numbers are rounded to thousandths.
 *
 * Returns: (transfer full): the text, without a line's end
 */
char *
ctl_json_to_text (JsonNode *node)
{
  GString *text = g_string_new (NULL);

  append_node (text, node);
  return g_string_free (text, FALSE);
}
