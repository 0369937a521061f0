/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The DFU interface in a device's descriptors, before strings and quirks.
 *
 * Pure; used by info.c alone. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JMP_DFU_FUNCTIONAL_TYPE 0x21
#define JMP_DFU_FUNCTIONAL_SIZE 9

/* The functional descriptor (DFU 1.1, 4.1.3). */
typedef struct {
  gboolean found;
  guint8 attributes;
  guint16 detach_timeout_ms;
  guint16 transfer_size;
  guint16 version;
} JmpDfuFunctional;

/* An alt setting and the index of its string. */
typedef struct {
  guint8 alt;
  guint8 string;
} JmpDfuAltIndex;

typedef struct {
  guint16 vid;
  guint16 pid;
  guint16 bcd_device;
  guint16 bcd_usb;
  guint8 manufacturer;
  guint8 product;
  guint8 serial;
  guint8 interface;
  guint8 protocol;
  JmpDfuFunctional functional;
  gboolean is_gadget;
  guint n_alts;
  JmpDfuAltIndex alts[256];
} JmpDfuDescriptors;

gboolean jmp_dfu_descriptors_read (JmpDfuDescriptors *self, const guint8 *data, gsize size);
gboolean jmp_dfu_functional_read (JmpDfuFunctional *self, const guint8 *data, gsize size);

G_END_DECLS
