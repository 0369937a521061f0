/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the two files that know libusb tell each other. Private to core/usb; no libusb.h needed. */

#pragma once

#include "base/error.h"
#include "usb/bus.h"

G_BEGIN_DECLS

struct libusb_device_handle;

JmpUsb *jmp_usb_libusb_new (struct libusb_device_handle *handle,
                            JmpUsbBus *bus,
                            GBytes *descriptors) G_GNUC_WARN_UNUSED_RESULT;

/* access-rights.c, access-exclusive.c: what it means on this system that a device may not be opened. */
typedef struct {
  JmpError error;
  const char *text;
} JmpUsbRefusal;

extern const JmpUsbRefusal jmp_usb_access_refusal;

void jmp_usb_libusb_set_error (GError **error, int code, const char *what);

G_END_DECLS
