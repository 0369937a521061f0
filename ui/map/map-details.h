/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All about one region, in a popover. Follows its region while it is open. Main thread only. */

#pragma once

#include "map/map-region.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAP_DETAILS (jmp_map_details_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapDetails, jmp_map_details, JMP, MAP_DETAILS, GtkPopover)

GtkWidget *jmp_map_details_new (void);
void jmp_map_details_set_region (JmpMapDetails *self, JmpMapRegion *region);
void jmp_map_details_popup (JmpMapDetails *self);

G_END_DECLS
