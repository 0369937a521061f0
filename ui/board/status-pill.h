/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A board's state as a small coloured pill: a symbol and a word or two. Main thread only. */

#pragma once

#include "session/status.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_STATUS_PILL (jmp_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (JmpStatusPill, jmp_status_pill, JMP, STATUS_PILL, GtkWidget)

void jmp_status_pill_set (JmpStatusPill *self, const JmpStatus *status);

G_END_DECLS
