/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/libusb-private.h"

/* Who may open a device is a question of rights. */
const JmpUsbRefusal jmp_usb_access_refusal = { JMP_ERROR_PERMISSION, "no permission" };
