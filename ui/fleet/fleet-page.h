/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several boards on one page: the firmware for them, the one main button, how far each is, and the table
 * of results. The actions that it offers are the window's: win.open, win.start, win.stop, win.done and
 * win.copy-report. Main thread only. */

#pragma once

#include "fleet/fleet.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_FLEET_PAGE (jmp_fleet_page_get_type ())
G_DECLARE_FINAL_TYPE (JmpFleetPage, jmp_fleet_page, JMP, FLEET_PAGE, GtkWidget)

GtkWidget *jmp_fleet_page_new (JmpFleet *fleet);
void jmp_fleet_page_start (JmpFleetPage *self);

G_END_DECLS
