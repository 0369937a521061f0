/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the boxes mean, and how many there are of each: only what occurs. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_LEGEND (jmp_map_legend_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapLegend, jmp_map_legend, JMP, MAP_LEGEND, GtkWidget)

void jmp_map_legend_update (JmpMapLegend *self, GListModel *regions, gboolean steady);

G_END_DECLS
