/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One region of a strip: its name, its box, its address.
 *
 * A real widget that takes the focus: Enter, Space or a click shows its details, Ctrl+C copies its
 * range, and its accessible label says all about it. Follows its region. Main thread only. */

#pragma once

#include "map/map-region.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_CELL (jmp_map_cell_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapCell, jmp_map_cell, JMP, MAP_CELL, GtkWidget)

GtkWidget *jmp_map_cell_new (JmpMapRegion *region);
JmpMapRegion *jmp_map_cell_get_region (JmpMapCell *self);
void jmp_map_cell_set_heading (JmpMapCell *self, const char *heading);

G_END_DECLS
