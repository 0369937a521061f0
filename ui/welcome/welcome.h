/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program is, in three short pages, for the first time that it runs. Main thread only. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_WELCOME (jmp_welcome_get_type ())
G_DECLARE_FINAL_TYPE (JmpWelcome, jmp_welcome, JMP, WELCOME, AdwWindow)

GtkWidget *jmp_welcome_new (GtkWindow *parent);
guint jmp_welcome_get_page (JmpWelcome *self);

gboolean jmp_welcome_is_due (void);
void jmp_welcome_set_shown (void);

G_END_DECLS
