/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done next, below the page of a board and always in sight: open a file, the main button,
 * whose label is the state, and why it cannot be pressed. Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_MAIN_BAR (jmp_main_bar_get_type ())
G_DECLARE_FINAL_TYPE (JmpMainBar, jmp_main_bar, JMP, MAIN_BAR, GtkBox)

void jmp_main_bar_set_session (JmpMainBar *self, JmpSession *session);

G_END_DECLS
