/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Descriptors as text: hex with spaces, put together from pieces. Vendor, product, revision and string
 * indexes stand where they stand on the wire. */

#pragma once

#include <glib.h>

gsize descriptors_from_hex (const char *hex, guint8 *data, gsize size);

#define DEVICE_ROM    "12 01 00 01 00 00 00 40 83 04 11 df 00 22 01 02 03 01 "
#define CONFIGURATION "09 02 00 00 01 01 00 c0 32 "
#define ALT(n, s)     "09 04 00 " n " 00 fe 01 02 " s " "
#define FUNCTIONAL    "09 21 0b ff 00 00 08 1a 01 "
#define ENDPOINT      "07 05 81 02 40 00 00 "
#define HID           "09 04 01 00 01 03 00 00 00 09 21 11 01 00 01 22 3f 00 07 05 82 03 40 00 0a "
#define CDC           "09 04 00 00 00 02 02 01 00 05 24 00 10 01 "

#define F405                                                                                   \
  DEVICE_ROM CONFIGURATION ALT ("00", "04") ALT ("01", "05") ALT ("02", "06") ALT ("03", "07") \
      FUNCTIONAL
