/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/libusb-private.h"

/* Windows and macOS let everybody open a device, and one program at a time: libusb says "access denied"
 * (ERROR_ACCESS_DENIED, kIOReturnExclusiveAccess) to the next. */
const JmpUsbRefusal jmp_usb_access_refusal = { JMP_ERROR_BUSY, "another program has it" };
