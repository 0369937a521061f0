/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/terminal.h"

#include <io.h>
#include <windows.h>

/* A handle is not a number that the next file could take. */
void
ctl_terminal_set_up (void)
{
}

gboolean
ctl_terminal_is (CtlStream stream)
{
  return _isatty ((int)stream) != 0;
}

guint
ctl_terminal_width (void)
{
  CONSOLE_SCREEN_BUFFER_INFO info;

  if (GetConsoleScreenBufferInfo (GetStdHandle (STD_ERROR_HANDLE), &info))
    return (guint)MAX (info.srWindow.Right - info.srWindow.Left + 1, 1);
  return 80;
}

guint
ctl_terminal_height (void)
{
  CONSOLE_SCREEN_BUFFER_INFO info;

  if (GetConsoleScreenBufferInfo (GetStdHandle (STD_ERROR_HANDLE), &info))
    return (guint)MAX (info.srWindow.Bottom - info.srWindow.Top + 1, 1);
  return 24;
}

/* Since Windows 10 a console can, once it is asked to. */
gboolean
ctl_terminal_can_move (void)
{
  HANDLE console = GetStdHandle (STD_ERROR_HANDLE);
  DWORD mode = 0;

  return GetConsoleMode (console, &mode)
         && SetConsoleMode (console, mode | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
}

/* argv is in the system's code page; file names need the real command line, as UTF-8. */
char **
ctl_terminal_arguments (int argc, char **argv)
{
  g_auto (GStrv) line = g_win32_get_command_line ();

  return g_strv_length (line) > 1 ? g_strdupv (line + 1) : g_new0 (char *, 1);
}
