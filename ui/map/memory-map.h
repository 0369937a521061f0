/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The memory map of one board: what is there, what would happen to it, what is happening, and what
 * came of it.
 *
 * A widget with a heading, a "Map | Table" switch, one strip of sectors for each alt setting (or the
 * same as a table), and a legend. It knows nothing of jobs and devices: the window hands it values
 * and it copies or references what it keeps. Main thread only. */

#pragma once

#include "flash/run.h"
#include "map/map-span.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JmpMapView:
 * @JMP_MAP_VIEW_MAP: strips of sectors
 * @JMP_MAP_VIEW_TABLE: the same as a table
 */
typedef enum {
  JMP_MAP_VIEW_MAP,
  JMP_MAP_VIEW_TABLE,
} JmpMapView;

#define JMP_TYPE_MAP_VIEW (jmp_map_view_get_type ())
GType jmp_map_view_get_type (void);

#define JMP_TYPE_MEMORY_MAP (jmp_memory_map_get_type ())
G_DECLARE_FINAL_TYPE (JmpMemoryMap, jmp_memory_map, JMP, MEMORY_MAP, GtkWidget)

GtkWidget *jmp_memory_map_new (void);

/* The board; forgets names and work of the board before. Nothing but empty with NULL. */
void jmp_memory_map_set_info (JmpMemoryMap *self, JmpDfuInfo *info);
void jmp_memory_map_set_board (JmpMemoryMap *self,
                               JmpDfuInfo *info,
                               const JmpMapName *names,
                               guint n_names);
/* Names over the regions, copied; none by default. Regions split where a name begins or ends. */
void jmp_memory_map_set_names (JmpMemoryMap *self, const JmpMapName *names, guint n_names);

/* The work, in this order. A new plan forgets progress and outcome of the one before; progress after
 * an outcome is ignored. */
void jmp_memory_map_set_plan (JmpMemoryMap *self, JmpPlan *plan);
void jmp_memory_map_set_look (JmpMemoryMap *self, JmpPlan *look);
void jmp_memory_map_set_progress (JmpMemoryMap *self, const JmpProgress *progress);
void jmp_memory_map_set_outcome (JmpMemoryMap *self, const JmpOutcome *outcome);
void jmp_memory_map_clear_work (JmpMemoryMap *self);

JmpMapView jmp_memory_map_get_view (JmpMemoryMap *self);
void jmp_memory_map_set_view (JmpMemoryMap *self, JmpMapView view);

G_END_DECLS
