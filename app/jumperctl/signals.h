/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Ctrl+C, and the system's wish to end the program, as a #GCancellable: signals-posix.c or
 * signals-win32.c.
 *
 * The first cancels, so that the board is left idle and its state is told; one that comes more than a
 * second later ends the program at once. While a question waits for an answer, nothing is going on
 * with a board and the first ends the program. Main thread; to be set up before any other thread. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define CTL_INTERRUPTED 130
/* And of work that was done, and that the boot loader gave no way to verify. */
#define CTL_UNVERIFIED 11

void ctl_signals_set_up (GCancellable *cancellable);
/* Whether Ctrl+C may end the program without further ado. */
void ctl_signals_set_idle (gboolean idle);

G_END_DECLS
