/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking at widgets the way a person does: what can be read, what can be pressed, what has a name. */

#pragma once

#include "ui-kit.h"
#include "window/window.h"

G_BEGIN_DECLS

gboolean kit_shows (GtkWidget *root, const char *text);
GtkWidget *kit_find_button (GtkWidget *root, const char *label);
gboolean kit_can_press (GtkWidget *root, const char *label);
void kit_press (GtkWidget *root, const char *label);
void kit_assert_named (GtkWidget *root);
void kit_assert_small (GtkWidget *window);
void kit_settle (void);
void kit_assert_finalized (gpointer object);

G_END_DECLS
