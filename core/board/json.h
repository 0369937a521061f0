/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* JSON from outside: parsed with limits, looked at without trust.
 *
 * Used by everything that reads a catalogue or a list of releases. The getters answer "not there" for
 * a member of the wrong type, too long, or with characters that no name has. Any thread. */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How deep objects and arrays may stand in each other. */
#define JMP_JSON_MAX_DEPTH 32

JsonNode *jmp_json_parse (GBytes *bytes, gsize max_size, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_json_text_is_plain (const char *text, gsize max);

const char *jmp_json_get_text (JsonObject *object, const char *key, gsize max);
char *jmp_json_get_prose (JsonObject *object, const char *key, gsize max);
gboolean jmp_json_get_number (JsonObject *object, const char *key, guint64 max, guint64 *out);
gboolean jmp_json_get_flag (JsonObject *object, const char *key);
JsonArray *jmp_json_get_array (JsonObject *object, const char *key);
JsonObject *jmp_json_get_element (JsonArray *array, guint index);

G_END_DECLS
