/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* "Which board is this?": a list to search in, the boards that it can be first; and reading the board to
 * find out, when the person wants that. Closes itself with the choice. Main thread only; the board is
 * read on a worker. */

#pragma once

#include "session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_KIND_WINDOW (jmp_kind_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpKindWindow, jmp_kind_window, JMP, KIND_WINDOW, AdwWindow)

GtkWidget *jmp_kind_window_new (JmpSession *session);

G_END_DECLS
