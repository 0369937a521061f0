/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One of the person's own sources of firmware, new or to be changed. What is wrong with it is said while
 * it is typed.
 *
 * Signal: "made" (pointer to a #JmpSource), before it closes itself. Main thread only. */

#pragma once

#include "board/catalogue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_SOURCE_WINDOW (jmp_source_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpSourceWindow, jmp_source_window, JMP, SOURCE_WINDOW, AdwWindow)

GtkWidget *jmp_source_window_new (JmpSource *source, JmpCatalogue *catalogue, GPtrArray *others);
void jmp_source_window_type (JmpSourceWindow *self,
                             const char *name,
                             const char *url,
                             const char *board);
JmpSource *jmp_source_window_get_source (JmpSourceWindow *self);

G_END_DECLS
