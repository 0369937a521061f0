/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One box of the map and one row of the table: a span and what is true of it now.
 *
 * A row of the map's list model. It has its words as properties, so that widgets bind to them and
 * change only where something changed. Main thread only. */

#pragma once

#include "map/map-contents.h"
#include "map/map-state.h"

#include <glib-object.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_REGION (jmp_map_region_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapRegion, jmp_map_region, JMP, MAP_REGION, GObject)

JmpMapRegion *jmp_map_region_new (const JmpMapSpan *span,
                                  const char *memory,
                                  const char *name,
                                  gboolean own_files) G_GNUC_WARN_UNUSED_RESULT;

const JmpMapSpan *jmp_map_region_get_span (JmpMapRegion *self);
const char *jmp_map_region_get_memory (JmpMapRegion *self);
const char *jmp_map_region_get_name (JmpMapRegion *self);
JmpMapState jmp_map_region_get_state (JmpMapRegion *self);
double jmp_map_region_get_fraction (JmpMapRegion *self);
const char *jmp_map_region_get_difference (JmpMapRegion *self);
JmpMapContents jmp_map_region_get_contents (JmpMapRegion *self);
char *jmp_map_region_dup_label (JmpMapRegion *self) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_map_region_dup_tooltip (JmpMapRegion *self) G_GNUC_WARN_UNUSED_RESULT;

/* For the map. */
void jmp_map_region_set_span (JmpMapRegion *self, const JmpMapSpan *span);
gboolean jmp_map_region_update (JmpMapRegion *self, const JmpMapWork *work);

G_END_DECLS
