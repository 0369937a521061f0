/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the map's templates, stylesheet and symbols are. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_MAP_RESOURCE "/io/github/dfujumper/Jumper/map"

/* Puts stylesheet and symbols at the display's disposal, once. */
void jmp_map_resource_add_to_display (GdkDisplay *display);

G_END_DECLS
