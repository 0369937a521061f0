/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One of several boards: its name and what tells it from its twins, what will be done, how far that is,
 * and what came of it with the way out. The bar moves once per frame, words change four times a second at
 * most. Main thread only. */

#pragma once

#include "fleet/fleet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_FLEET_ROW (jmp_fleet_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpFleetRow, jmp_fleet_row, JMP, FLEET_ROW, GtkListBoxRow)

GtkWidget *jmp_fleet_row_new (JmpFleetBoard *board);

G_END_DECLS
