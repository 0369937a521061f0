/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One device node of the simulated usbfs: answers the ioctls of <linux/usbdevice_fs.h>.
 *
 * The ioctls come in umockdev's thread, timers run in the mock's, the verbs in the test's; a lock is
 * inside. Private to mock-usbfs. */

#pragma once

#include "virtual/board.h"

#include <umockdev.h>

G_BEGIN_DECLS

#define MOCK_TYPE_USBFS_DEVICE (mock_usbfs_device_get_type ())
G_DECLARE_FINAL_TYPE (MockUsbfsDevice, mock_usbfs_device, MOCK, USBFS_DEVICE, UMockdevIoctlBase)

MockUsbfsDevice *mock_usbfs_device_new (JmpVirtualBoard *board,
                                        const char *node,
                                        GMainContext *timers);
/* The next transfer ends with this errno. */
void mock_usbfs_device_fail_next (MockUsbfsDevice *self, int error);
void mock_usbfs_device_hang (MockUsbfsDevice *self);
/* See mock_usbfs_drag(). */
void mock_usbfs_device_drag (MockUsbfsDevice *self, const JmpVirtualCounters *from, guint us);
guint mock_usbfs_device_get_under_way (MockUsbfsDevice *self);
/* The board has left: new transfers fail, those under way are still delivered. */
void mock_usbfs_device_leave (MockUsbfsDevice *self);
/* The cable is out: those under way fail as well. */
void mock_usbfs_device_break (MockUsbfsDevice *self);
/* The hub has noticed: every ioctl fails. To be called in the thread that runs the timers. */
void mock_usbfs_device_vanish (MockUsbfsDevice *self);

G_END_DECLS
