/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "mock-usbfs-node.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/timerfd.h>
#include <unistd.h>

void
mock_usbfs_node_init (MockUsbfsNode *self, const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);

  self->fd = -1;
  if (g_mkdir_with_parents (folder, 0755) == 0 && mkfifo (path, 0666) == 0)
    self->fd = open (path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
  if (self->fd < 0 || fcntl (self->fd, F_SETPIPE_SZ, 1) < 0)
    g_error ("simulated usbfs: %s: %s", path, g_strerror (errno));
  self->ready = TRUE; /* as an empty pipe is */
  mock_usbfs_node_set_ready (self, FALSE);
  self->timer_fd = timerfd_create (CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
}

void
mock_usbfs_node_clear (MockUsbfsNode *self)
{
  g_close (self->timer_fd, NULL);
  g_close (self->fd, NULL);
}

void
mock_usbfs_node_set_ready (MockUsbfsNode *self, gboolean ready)
{
  char byte = 0;

  if (self->ready == ready)
    return;
  if ((ready ? read (self->fd, &byte, 1) : write (self->fd, &byte, 1)) != 1)
    g_error ("simulated usbfs: a node is stuck: %s", g_strerror (errno));
  self->ready = ready;
}

/* GLib's own timers are up to a millisecond late, which is longer than most transfers take. */
GSource *
mock_usbfs_node_new_timer (MockUsbfsNode *self)
{
  return g_unix_fd_source_new (self->timer_fd, G_IO_IN);
}

void
mock_usbfs_node_set_timer (MockUsbfsNode *self, gint64 time_us)
{
  const struct itimerspec when = { .it_value = { .tv_sec = time_us / G_USEC_PER_SEC,
                                                 .tv_nsec = time_us % G_USEC_PER_SEC * 1000 } };

  if (timerfd_settime (self->timer_fd, TFD_TIMER_ABSTIME, &when, NULL) != 0)
    g_error ("simulated usbfs: no timer: %s", g_strerror (errno));
}

gboolean
mock_usbfs_node_take_timer (MockUsbfsNode *self)
{
  guint64 times;

  return read (self->timer_fd, &times, sizeof times) == sizeof times;
}
