/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The file of a device node, and the timer that goes with it.
 *
 * A plain file, as umockdev makes its nodes, is always ready for poll(), and a host with nothing to reap
 * would ask without end. This one is a pipe with room for one write: while that is taken, nobody can
 * write, which is what libusb waits for. Private to mock-usbfs-device, used under its lock. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  int fd;
  gboolean ready;
  int timer_fd;
} MockUsbfsNode;

/* @path: the file to make; its owner removes it */
void mock_usbfs_node_init (MockUsbfsNode *self, const char *path);
void mock_usbfs_node_clear (MockUsbfsNode *self);
/* Whether poll() is to say that there is something to reap. */
void mock_usbfs_node_set_ready (MockUsbfsNode *self, gboolean ready);

/* Its callback is a GUnixFDSourceFunc. */
GSource *mock_usbfs_node_new_timer (MockUsbfsNode *self);
/* @time_us: as g_get_monotonic_time(); 0 for never */
void mock_usbfs_node_set_timer (MockUsbfsNode *self, gint64 time_us);
/* Whether the time has come, for the timer's callback. */
gboolean mock_usbfs_node_take_timer (MockUsbfsNode *self);

G_END_DECLS
