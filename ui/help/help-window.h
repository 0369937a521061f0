/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The help: topics on the left, one page on the right; folds to one pane. Main thread only. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_HELP_WINDOW (jmp_help_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpHelpWindow, jmp_help_window, JMP, HELP_WINDOW, AdwWindow)

GtkWidget *jmp_help_window_new (GtkWindow *parent);
void jmp_help_window_show_topic (JmpHelpWindow *self, const char *name);

G_END_DECLS
