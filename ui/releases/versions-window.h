/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All versions and builds of the firmware for a board, to choose one. Closes itself with the choice.
 * Main thread only. */

#pragma once

#include "session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_VERSIONS_WINDOW (jmp_versions_window_get_type ())
G_DECLARE_FINAL_TYPE (JmpVersionsWindow, jmp_versions_window, JMP, VERSIONS_WINDOW, AdwWindow)

GtkWidget *jmp_versions_window_new (JmpSession *session);

G_END_DECLS
