/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/terminal.h"

#include <fcntl.h>
#include <io.h>
#include <stdio.h>
#include <windows.h>

static UINT code_page_before;

static void
restore_code_page (void)
{
  SetConsoleOutputCP (code_page_before);
}

/* Each note is one write, so that no letter is torn. */
void
ctl_terminal_make_plain (FILE *stream)
{
  _setmode (_fileno (stream), _O_BINARY);
  setvbuf (stream, NULL, _IOFBF, BUFSIZ);
}

/* A handle is not a number that the next file could take. What is written is UTF-8 with the ends of lines
 * of other systems, in a console, a pipe or a file; the console is told, and told again at the end what
 * it was before, as it outlives the program. */
void
ctl_terminal_set_up (void)
{
  ctl_terminal_make_plain (stdout);
  ctl_terminal_make_plain (stderr);
  code_page_before = GetConsoleOutputCP ();
  if (code_page_before != 0 && code_page_before != CP_UTF8 && SetConsoleOutputCP (CP_UTF8))
    atexit (restore_code_page);
}

gboolean
ctl_terminal_charset (const char **charset)
{
  *charset = "UTF-8";
  return TRUE;
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
