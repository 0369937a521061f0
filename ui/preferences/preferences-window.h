/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person prefers, and their own sources of firmware. Main thread only; files are read and
 * written on a worker. */

#pragma once

#include "release/library.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_PREFERENCES_WINDOW (jmp_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (
    JmpPreferencesWindow, jmp_preferences_window, JMP, PREFERENCES_WINDOW, AdwPreferencesWindow)

GtkWidget *jmp_preferences_window_new (JmpLibrary *library);

G_END_DECLS
