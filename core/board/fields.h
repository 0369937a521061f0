/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One JSON object, read strictly: every member must be asked for, and be what was asked.
 *
 * The first thing that is wrong is kept; after it the getters answer with empty values, so that a
 * reader can take all members and look once, with jmp_fields_end(). Any thread. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * JmpFields:
 * @object: (nullable): what is read
 * @where: what to call it in messages
 * @n_asked: how many of its members were asked for
 * @error: (nullable): what was wrong first
 */
typedef struct {
  JsonObject *object;
  char *where;
  guint n_asked;
  GError *error;
} JmpFields;

/**
 * JmpFieldNeed:
 * @JMP_FIELD_OPTIONAL: may be missing
 * @JMP_FIELD_REQUIRED: must be there
 */
typedef enum {
  JMP_FIELD_OPTIONAL,
  JMP_FIELD_REQUIRED,
} JmpFieldNeed;

void jmp_fields_init (JmpFields *self, JsonNode *node, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void jmp_fields_clear (JmpFields *self);
void jmp_fields_fail (JmpFields *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
gboolean jmp_fields_end (JmpFields *self, GError **error);

char *jmp_fields_text (JmpFields *self, const char *key, gsize max, JmpFieldNeed need);
char *jmp_fields_word (JmpFields *self, const char *key, gsize max, JmpFieldNeed need);
guint64 jmp_fields_number (JmpFields *self, const char *key, guint64 max);
guint32 jmp_fields_address (JmpFields *self, const char *key);
gboolean jmp_fields_flag (JmpFields *self, const char *key, JmpFieldNeed need);
JsonArray *jmp_fields_array (JmpFields *self, const char *key, guint max);
JsonObject *jmp_fields_object (JmpFields *self, const char *key);
GStrv jmp_fields_words (JmpFields *self, const char *key, guint max);

gboolean jmp_word_is_plain (const char *text, gsize max);
gboolean jmp_address_parse (JsonNode *node, guint32 *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpFields, jmp_fields_clear)

G_END_DECLS
