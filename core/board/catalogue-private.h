/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of a catalogue: catalogue-parse.c fills it, catalogue.c answers from it. */

#pragma once

#include "board/catalogue.h"
#include "board/fields.h"

struct _JmpCatalogue {
  char *generated;
  GPtrArray *boards;
  GPtrArray *sources;
  GArray *versions;
  GHashTable *pins;
  GHashTable *words;
};

JmpCatalogue *jmp_catalogue_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;
JmpBoard *jmp_board_read (JsonNode *node, guint index, JmpCatalogue *catalogue, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
