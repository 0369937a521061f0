/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program: command line, the boards, the one window, and the actions that are not a window's.
 * Main thread only. */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_APPLICATION (jmp_application_get_type ())
G_DECLARE_FINAL_TYPE (JmpApplication, jmp_application, JMP, APPLICATION, AdwApplication)

JmpApplication *jmp_application_new (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
