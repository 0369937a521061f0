/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The size of the window, from one time to the next. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jmp_settings_bind_window (GtkWindow *window);

G_END_DECLS
