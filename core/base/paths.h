/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where the project keeps what it remembers on this computer, so that every program that stands on the
 * core finds what another one left, and names of files that are safe. Pure; nothing is made. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *jmp_paths_data (void) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_paths_state (void) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_paths_recovery (void) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_paths_safe_name (const char *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
