/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A source as the catalogue and the person's own list write it. Any thread. */

#pragma once

#include <json-glib/json-glib.h>

#include "board/source.h"

G_BEGIN_DECLS

JmpSource *jmp_source_from_json (JsonNode *node, guint index, gboolean personal, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
JsonNode *jmp_source_to_json (const JmpSource *source) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
