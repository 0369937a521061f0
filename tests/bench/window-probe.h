/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Measures a program with a window from inside: when its first frame is there, how long the turns of its
 * main loop take, what wakes it at rest, and what memory it has then. One at a time; main thread. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WindowProbeFunc:
 * @window: the program's window
 * @user_data: the caller's
 *
 * Begins the work that is to be measured.
 */
typedef void (*WindowProbeFunc) (GtkWindow *window, gpointer user_data);

/* Ends the program with its first frame. How long that took is for whoever started it to say. */
int window_probe_first_frame (GtkApplication *app);

/* Leaves the program alone for @seconds after it has settled, and prints as JSON what it did. */
int window_probe_rest (GtkApplication *app, guint seconds);

/* Calls @begin when the program has settled, and prints as JSON what it did in @seconds from then. */
int window_probe_work (GtkApplication *app,
                       guint seconds,
                       WindowProbeFunc begin,
                       gpointer user_data);

/* What comes now is counted apart from what came before. */
void window_probe_next_phase (void);

G_END_DECLS
