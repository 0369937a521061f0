/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Virtual boards on the simulated usbfs, libusb on top of it, and dfu-util beside. */

#pragma once

#include "dfu/dfu.h"
#include "mock-usbfs.h"
#include "usb/bus.h"

#define BUS_KIT_MOST 32

typedef struct {
  MockUsbfs *mock;
  JmpUsbBus *bus;
  gsize n_boards;
  JmpVirtualBoard *boards[BUS_KIT_MOST];
  const char *paths[BUS_KIT_MOST];
} BusKit;

/* Plugs in one board for each of the NULL-terminated @specs. */
BusKit *bus_kit_new (const char *const *specs);
void bus_kit_free (BusKit *self);

/* Board @i through libusb, as the program opens it. */
JmpDfu *bus_kit_open (BusKit *self, gsize i);

/* Runs dfu-util on the simulated bus, to end with @status, and returns what it says. */
char *bus_kit_run_dfu_util (BusKit *self, const char *const *args, int status);

/* Whether usbfs can be simulated, and dfu-util is here; the tests are skipped otherwise. */
gboolean bus_kit_is_possible (void);
