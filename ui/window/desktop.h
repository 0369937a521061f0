/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the rest of the desktop is told of the work, and asked for: desktop-dbus.c, desktop-macos.c or
 * desktop-win32.c; and how it wants programs to look: style-none.c or style-win32.c. The window shows all
 * of it itself as well; a desktop that cannot do one of these does not. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How far the work is, 0 to 1; less than 0 for no work. */
void jmp_desktop_set_progress (GtkWindow *window, double fraction);
/* For somebody who looks at another window; @id replaces what had it before, and takes it back. */
void jmp_desktop_notify (GtkWindow *window, const char *id, const char *title, const char *body);
void jmp_desktop_withdraw (GtkWindow *window, const char *id);
/* While the work lasts: no sleep by itself, and log-out asks. 0 when the desktop refuses. */
guint jmp_desktop_inhibit (GtkWindow *window, const char *reason);
void jmp_desktop_uninhibit (GtkWindow *window, guint cookie);

/* Dark, high contrast, without motion, as the system is: before and after GTK is initialized. */
void jmp_desktop_prepare_style (void);
void jmp_desktop_follow_style (void);

G_END_DECLS
