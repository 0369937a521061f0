/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the work is, on the program's icon in the dock or task bar, where the desktop shows that
 * (com.canonical.Unity.LauncherEntry: KDE Plasma, Ubuntu Dock, Dash to Dock). Main thread only. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GVariant *jmp_taskbar_make (const char *app_id, double fraction) G_GNUC_WARN_UNUSED_RESULT;
void jmp_taskbar_set (GApplication *app, double fraction);

G_END_DECLS
