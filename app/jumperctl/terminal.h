/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a console is like on this system: terminal-posix.c or terminal-win32.c. Main thread. */

#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

typedef enum {
  CTL_STDIN,
  CTL_STDOUT,
  CTL_STDERR,
} CtlStream;

/* Makes sure that the three streams are taken, so that no file that is opened becomes one of them, and
 * that what is written goes out as it is. */
void ctl_terminal_set_up (void);
/* A file that was opened just now gets what is written as it is, with the ends of lines of all systems. */
void ctl_terminal_make_plain (FILE *stream);
/* The character set of the terminal; %TRUE when that is UTF-8. */
gboolean ctl_terminal_charset (const char **charset);
/* Whether a person is at the other end. */
gboolean ctl_terminal_is (CtlStream stream);
/* Columns of the terminal behind standard error; 80 where it does not say. */
guint ctl_terminal_width (void);
/* Its lines; 24 where it does not say. */
guint ctl_terminal_height (void);
/* Whether the terminal behind standard error understands how to move the cursor (ECMA-48). */
gboolean ctl_terminal_can_move (void);
/* The command line in the encoding of file names, without the program's name, up to NULL. */
char **ctl_terminal_arguments (int argc, char **argv) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
