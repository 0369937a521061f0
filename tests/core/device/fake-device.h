/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards for tests of lists and identities: rows that say what a virtual board says of itself, at any
 * port. */

#pragma once

#include "device/device.h"

/* What a pyboard says of itself; @serial may be NULL for the virtual board's own. */
JmpDfuInfo *fake_info (const char *serial);
/* The @address-th appearance at @path of the board with @serial; without one, it could not be opened. */
JmpDevice *fake_device (const char *path, guint address, const char *serial);
/* How many sources of fake devices were freed since the last call. */
guint fake_device_take_freed (void);
