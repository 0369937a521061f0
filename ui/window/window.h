/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The window: the boards on the left, the chosen one on the right; folds to one pane when narrow.
 *
 * Owns the session and the page of each board in the monitor. Main thread only. */

#pragma once

#include "board/known-boards.h"
#include "device/monitor.h"
#include "release/library.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_WINDOW (jmp_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpWindow, jmp_window, JMP, WINDOW, AdwApplicationWindow)

GtkWidget *jmp_window_new (GtkApplication *app, JmpMonitor *monitor, const GError *usb_problem);
void jmp_window_set_knowledge (JmpWindow *self, JmpLibrary *library, JmpKnownBoards *known);
void jmp_window_open_file (JmpWindow *self, GFile *file);
void jmp_window_select (JmpWindow *self, JmpDevice *device);

G_END_DECLS
