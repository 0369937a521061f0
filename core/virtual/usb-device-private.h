/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The USB side of a virtual board: its descriptors, and the standard requests of USB 2.0, 9.4.
 *
 * Part of a board, used under the board's lock. */

#pragma once

#include "usb/usb.h"
#include "virtual/machine-private.h"

G_BEGIN_DECLS

typedef struct {
  const JmpVirtualProfile *profile; /* (not owned) static */
  const char *serial;               /* (not owned) the board's */
  JmpVirtualMachine *machine;       /* (not owned) the board's: its alt setting */
  guint8 configuration;
} JmpVirtualUsbDevice;

GBytes *jmp_virtual_usb_device_descriptors (JmpVirtualUsbDevice *self);
JmpVirtualAnswer jmp_virtual_usb_device_request (JmpVirtualUsbDevice *self,
                                                 const JmpUsbSetup *setup,
                                                 guint8 *data);

G_END_DECLS
