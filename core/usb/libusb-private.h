/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the two files that know libusb tell each other. Private to core/usb; no libusb.h needed. */

#pragma once

#include "usb/bus.h"

G_BEGIN_DECLS

struct libusb_device_handle;

JmpUsb *jmp_usb_libusb_new (struct libusb_device_handle *handle,
                            JmpUsbBus *bus,
                            GBytes *descriptors) G_GNUC_WARN_UNUSED_RESULT;
void jmp_usb_libusb_set_error (GError **error, int code, const char *what);

G_END_DECLS
