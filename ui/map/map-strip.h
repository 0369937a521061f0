/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The regions of one alt setting, side by side, as many rows as the width asks for.
 *
 * One stop of the Tab key: inside, Left, Right, Home and End walk. Main thread only. */

#pragma once

#include "map/map-cell.h"

G_BEGIN_DECLS

#define JMP_TYPE_MAP_STRIP (jmp_map_strip_get_type ())
G_DECLARE_FINAL_TYPE (JmpMapStrip, jmp_map_strip, JMP, MAP_STRIP, GtkWidget)

GtkWidget *jmp_map_strip_new (GListModel *regions, guint8 alt);

G_END_DECLS
