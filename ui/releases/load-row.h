/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A download: how much of it came, how fast, how long it takes, and a button to stop it. Seen only while
 * firmware is loaded. Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_LOAD_ROW (jmp_load_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpLoadRow, jmp_load_row, JMP, LOAD_ROW, GtkListBoxRow)

void jmp_load_row_set_session (JmpLoadRow *self, JmpSession *session);

G_END_DECLS
