/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person says of a board: its name, and which board it is. Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_NAME_BUTTON (jmp_name_button_get_type ())
G_DECLARE_FINAL_TYPE (JmpNameButton, jmp_name_button, JMP, NAME_BUTTON, GtkWidget)

void jmp_name_button_set_session (JmpNameButton *self, JmpSession *session);

G_END_DECLS
