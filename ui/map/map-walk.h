/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Walking up and down between the rows of all strips, as they happen to be broken. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jmp_map_walk (GtkWidget *strips, int way);

G_END_DECLS
