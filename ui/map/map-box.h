/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture of a state: a box with a pattern, a filling, a symbol and a few letters.
 *
 * Stands in a cell of the map, and small in the legend, so that both always look alike. What a state
 * looks like is in map.css. Decoration for assistive technology: its owner has the words. */

#pragma once

#include "map/map-state.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_BOX (jmp_map_box_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapBox, jmp_map_box, JMP, MAP_BOX, GtkWidget)

GtkWidget *jmp_map_box_new (void);
void jmp_map_box_set_text (JmpMapBox *self, const char *text);
void jmp_map_box_set_weight (JmpMapBox *self, int weight);
void jmp_map_box_set_state (JmpMapBox *self, JmpMapState state, gboolean locked);
void jmp_map_box_set_keeps (JmpMapBox *self, gboolean keeps);
void jmp_map_box_set_fraction (JmpMapBox *self, double fraction);

G_END_DECLS
