/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A layout that sets children side by side and goes on in further rows where the width ends.
 *
 * For the boxes of a strip (spread: every row is filled as far as that looks well, and the axis runs
 * from left to right in every language), for the legend and for strips themselves (not spread, in
 * reading direction; a child that expands has a row for itself). */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_FLOW (jmp_map_flow_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapFlow, jmp_map_flow, JMP, MAP_FLOW, GtkLayoutManager)

GtkLayoutManager *jmp_map_flow_new (int column_spacing, int row_spacing, gboolean spread);

G_END_DECLS
