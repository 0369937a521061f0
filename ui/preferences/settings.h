/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person prefers. Where the schema is not installed, everything is as it is by default and
 * nothing is kept: the program works all the same. Knows no toolkit. Main thread only. */

#pragma once

#include "release/release.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define JMP_SETTING_WINDOW_WIDTH     "window-width"
#define JMP_SETTING_WINDOW_HEIGHT    "window-height"
#define JMP_SETTING_WINDOW_MAXIMIZED "window-maximized"
#define JMP_SETTING_CHANNEL          "channel"
#define JMP_SETTING_LOOK_BY_ITSELF   "look-by-itself"
#define JMP_SETTING_BACKUP_FIRST     "backup-first"
#define JMP_SETTING_EXPERT_DETAILS   "expert-details"
#define JMP_SETTING_WELCOME_SHOWN    "welcome-shown"

GSettings *jmp_settings_get (void);
gboolean jmp_settings_get_boolean (const char *key);
void jmp_settings_set_boolean (const char *key, gboolean value);
int jmp_settings_get_int (const char *key);
void jmp_settings_set_int (const char *key, int value);
JmpChannel jmp_settings_get_channel (void);

G_END_DECLS
