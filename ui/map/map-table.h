/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The map as a table: the same regions, one row each. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_TABLE (jmp_map_table_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapTable, jmp_map_table, JMP, MAP_TABLE, GtkWidget)

void jmp_map_table_set_regions (JmpMapTable *self, GListModel *regions);
void jmp_map_table_show_memory (JmpMapTable *self, gboolean show);
GListModel *jmp_map_table_get_rows (JmpMapTable *self);

G_END_DECLS
