/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/terminal.h"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* What cannot be written to: a result that goes there is a result that is lost, not a success. */
void
ctl_terminal_set_up (void)
{
  int fd;

  do
    fd = open ("/dev/null", O_RDONLY);
  while (fd >= 0 && fd <= STDERR_FILENO);
  if (fd >= 0)
    close (fd);
}

void
ctl_terminal_make_plain (FILE *stream)
{
}

gboolean
ctl_terminal_charset (const char **charset)
{
  return g_get_console_charset (charset);
}

gboolean
ctl_terminal_is (CtlStream stream)
{
  return isatty ((int)stream) == 1;
}

guint
ctl_terminal_width (void)
{
  struct winsize size = { 0 };

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;
  return 80;
}

guint
ctl_terminal_height (void)
{
  struct winsize size = { 0 };

  if (ioctl (STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_row > 0)
    return size.ws_row;
  return 24;
}

gboolean
ctl_terminal_can_move (void)
{
  const char *kind = g_getenv ("TERM");

  return kind != NULL && *kind != '\0' && !g_str_equal (kind, "dumb");
}

char **
ctl_terminal_arguments (int argc, char **argv)
{
  return argc > 1 ? g_strdupv (argv + 1) : g_new0 (char *, 1);
}
