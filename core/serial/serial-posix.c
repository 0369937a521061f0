/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "serial/port-private.h"

#include <errno.h>
#include <poll.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <termios.h>

const int jmp_serial_address_offset = 0;

JmpError
jmp_serial_map_error (int code)
{
  switch (code) {
  case EACCES:
  case EPERM:
    return JMP_ERROR_PERMISSION;
  case EBUSY:
  case EWOULDBLOCK:
    return JMP_ERROR_BUSY;
  case ENOENT:
  case ENODEV:
  case ENXIO:
  case EIO:
  case ENOTCONN:
    return JMP_ERROR_DISCONNECTED;
  default:
    return JMP_ERROR_FAILED;
  }
}

/* TIOCEXCL keeps others from opening the port from now on. It does not help against one that was there
 * before, nor against root: careful programs ask for the lock, too. */
gboolean
jmp_serial_take (struct sp_port *port, GError **error)
{
  int fd = -1;

  if (sp_get_port_handle (port, &fd) != SP_OK || fd < 0)
    return TRUE;
  if (flock (fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_BUSY,
                 "opening %s: another program has it",
                 sp_get_port_name (port));
    return FALSE;
  }
  ioctl (fd, TIOCEXCL);
  return TRUE;
}

void
jmp_serial_give_back (struct sp_port *port)
{
  int fd = -1;

  if (sp_get_port_handle (port, &fd) == SP_OK && fd >= 0)
    ioctl (fd, TIOCNXCL);
}

/* A port that was pulled out is at its end for ever: reading gives nothing, at once. */
gboolean
jmp_serial_is_gone (struct sp_port *port)
{
  int fd = -1;
  struct pollfd poller;

  if (sp_get_port_handle (port, &fd) != SP_OK)
    return TRUE;
  poller = (struct pollfd){ .fd = fd, .events = POLLIN };
  return poll (&poller, 1, 0) > 0 && (poller.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}
