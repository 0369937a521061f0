/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was done to boards from this computer, newest first: to read, to copy, to forget.
 *
 * Files are read and removed on a worker thread. Main thread only. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_HISTORY_WINDOW (jmp_history_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpHistoryWindow, jmp_history_window, JMP, HISTORY_WINDOW, AdwWindow)

GtkWidget *jmp_history_window_new (GtkWindow *parent, const char *folder);

G_END_DECLS
