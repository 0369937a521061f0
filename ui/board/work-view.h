/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The work while it runs: phases, bar, amount, time left, and cancel with what it means now. Main
 * thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_WORK_VIEW (jmp_work_view_get_type ())
G_DECLARE_FINAL_TYPE (JmpWorkView, jmp_work_view, JMP, WORK_VIEW, GtkBox)

void jmp_work_view_set_session (JmpWorkView *self, JmpSession *session);

G_END_DECLS
