/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A drawing out of data/drawings, in the colours of the style that the window has: light, dark, high
 * contrast. As wide as its place, never mirrored: a board looks the same everywhere. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_DRAWING (jmp_drawing_get_type ())
G_DECLARE_FINAL_TYPE (JmpDrawing, jmp_drawing, JMP, DRAWING, GtkWidget)

GtkWidget *jmp_drawing_new (void);
void jmp_drawing_set (JmpDrawing *self, const char *name, const char *description);
void jmp_drawing_set_height (JmpDrawing *self, int height);
gboolean jmp_drawing_is_there (JmpDrawing *self);

G_END_DECLS
