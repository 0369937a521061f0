/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/source-json.h"

#include "board/fields.h"

typedef enum {
  FORM_WORD,
  FORM_TEXT,
} Form;

/* The members of text, and where they belong. */
static const struct {
  const char *key;
  gsize offset;
  Form form;
  gsize max;
  JmpFieldNeed need;
} members[] = {
  { "id", G_STRUCT_OFFSET (JmpSource, id), FORM_WORD, 64, JMP_FIELD_REQUIRED },
  { "url", G_STRUCT_OFFSET (JmpSource, url), FORM_TEXT, JMP_SOURCE_MAX_URL, JMP_FIELD_REQUIRED },
  { "file", G_STRUCT_OFFSET (JmpSource, file), FORM_TEXT, JMP_SOURCE_MAX_NAME, JMP_FIELD_OPTIONAL },
  { "pattern",
    G_STRUCT_OFFSET (JmpSource, pattern),
    FORM_TEXT,
    JMP_SOURCE_MAX_NAME,
    JMP_FIELD_OPTIONAL },
  { "path", G_STRUCT_OFFSET (JmpSource, path), FORM_TEXT, JMP_SOURCE_MAX_NAME, JMP_FIELD_OPTIONAL },
  { "board", G_STRUCT_OFFSET (JmpSource, board), FORM_WORD, 64, JMP_FIELD_OPTIONAL },
  { "target", G_STRUCT_OFFSET (JmpSource, target), FORM_WORD, 64, JMP_FIELD_OPTIONAL },
  { "notes",
    G_STRUCT_OFFSET (JmpSource, notes),
    FORM_TEXT,
    JMP_SOURCE_MAX_URL,
    JMP_FIELD_OPTIONAL },
};

static char **
member_of (JmpSource *values, guint index)
{
  return &G_STRUCT_MEMBER (char *, values, members[index].offset);
}

/**
 * jmp_source_from_json:
 * @node: an object
 * @index: which of its list, for messages
 * @personal: whether the person wrote it
 * @error: return location for an error
 *
 * Reads a source, strictly. Only a personal one may have "allow_http".
 *
 * Errors: %JMP_ERROR_INVALID_FILE.
 *
 * Returns: (transfer full): the source, or %NULL
 */
JmpSource *
jmp_source_from_json (JsonNode *node, guint index, gboolean personal, GError **error)
{
  g_auto (JmpFields) fields = { 0 };
  JmpSource values = { .personal = personal };
  g_autofree char *kind = NULL;
  JmpSource *source = NULL;

  jmp_fields_init (&fields, node, "source %u", index);
  kind = jmp_fields_word (&fields, "kind", 64, JMP_FIELD_REQUIRED);
  if (kind != NULL && !jmp_source_kind_from_string (kind, &values.kind))
    jmp_fields_fail (&fields, "no such kind: %s", kind);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    *member_of (
        &values,
        i) = members[i].form == FORM_WORD
                 ? jmp_fields_word (&fields, members[i].key, members[i].max, members[i].need)
                 : jmp_fields_text (&fields, members[i].key, members[i].max, members[i].need);
  values.allow_http = jmp_fields_flag (&fields, "allow_http", JMP_FIELD_OPTIONAL);
  if (jmp_fields_end (&fields, error))
    source = jmp_source_new (&values, error);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_free (*member_of (&values, i));
  return source;
}

/**
 * jmp_source_to_json:
 * @source: a source
 *
 * Returns: (transfer full): the object that jmp_source_from_json() reads
 */
JsonNode *
jmp_source_to_json (const JmpSource *source)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (object, "kind", jmp_source_kind_to_string (source->kind));
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *text = *member_of ((JmpSource *)source, i);

    if (text != NULL)
      json_object_set_string_member (object, members[i].key, text);
  }
  if (source->allow_http)
    json_object_set_boolean_member (object, "allow_http", TRUE);
  json_node_take_object (node, object);
  return node;
}
