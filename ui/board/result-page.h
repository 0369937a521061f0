/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the work ended: what was proven, or what went wrong, the state the board is in, and what to do
 * now. Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_RESULT_PAGE (jmp_result_page_get_type ())
G_DECLARE_FINAL_TYPE (JmpResultPage, jmp_result_page, JMP, RESULT_PAGE, GtkBox)

void jmp_result_page_set_session (JmpResultPage *self, JmpSession *session);

G_END_DECLS
