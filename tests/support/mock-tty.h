/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A simulated serial port of a USB device: sysfs entries for what lists ports, a pseudo-terminal behind
 * its node for what opens it, and a board at the other end, which is a callback (umockdev).
 *
 * The test's thread makes and frees it; the callback runs in a thread of the port's own. */

#pragma once

#include <umockdev.h>

#include "virtual/board.h"

G_BEGIN_DECLS

typedef struct _MockTty MockTty;

/* What came from the host, in pieces; called every few milliseconds with nothing, too. */
typedef void (*MockTtyFunc) (MockTty *tty, const guint8 *data, gsize size, gpointer user_data);

/**
 * MockTtyDevice:
 * @parent: where the USB device is in sysfs: "usb1"
 * @path: its port: "1-4"
 * @devnum: its number on bus 1
 * @vid: idVendor
 * @pid: idProduct
 * @serial: serial number
 * @tty: the node: "ttyACM0"
 */
typedef struct {
  const char *parent;
  const char *path;
  guint devnum;
  guint16 vid;
  guint16 pid;
  const char *serial;
  const char *tty;
} MockTtyDevice;

MockTty *mock_tty_new (UMockdevTestbed *bed,
                       const MockTtyDevice *device,
                       MockTtyFunc func,
                       gpointer user_data);
/* The device is pulled out. */
void mock_tty_free (MockTty *self);

/* From now on nobody may open the port; root neither, after mock_give_up_right_to_open(). */
void mock_tty_deny_open (MockTty *self);

/* For the callback. */
void mock_tty_send (MockTty *self, const char *data, gssize size);
void mock_tty_hang_up (MockTty *self);
gboolean mock_tty_is_open (MockTty *self);

/* A board that runs MicroPython: the callback, with a #MockTtyBoard. It opens a console for each opening
 * of the port. */
typedef struct _MockTtyBoard MockTtyBoard;
MockTtyBoard *mock_tty_board_new (JmpVirtualBoard *board);
void mock_tty_board_free (MockTtyBoard *self);
void mock_tty_board_func (MockTty *tty, const guint8 *data, gsize size, gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockTty, mock_tty_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockTtyBoard, mock_tty_board_free)

G_END_DECLS
