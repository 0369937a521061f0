/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a DFU device says about itself: ids, strings, functional descriptor, and the memory behind
 * each alt setting.
 *
 * An immutable, ref-counted value, read from the descriptors alone (a device that may not be opened)
 * or from an open device (strings and memory maps as well). Any thread.
 *
 * Block arithmetic: a DfuSe device puts block N at pointer + (N - 2) * @device_transfer_size. Where
 * that is not @transfer_size (a size that was clamped, repaired or replaced by a quirk), block numbers
 * cannot count: set the address before every block and send it as block 2. */

#pragma once

#include "dfu/layout.h"
#include "dfu/quirks.h"
#include "usb/usb.h"

G_BEGIN_DECLS

/* bmAttributes of the functional descriptor (DFU 1.1, 4.1.3). */
typedef enum {
  JMP_DFU_CAN_DOWNLOAD = 1 << 0,
  JMP_DFU_CAN_UPLOAD = 1 << 1,
  JMP_DFU_MANIFESTATION_TOLERANT = 1 << 2,
  JMP_DFU_WILL_DETACH = 1 << 3,
} JmpDfuAttributes;

/**
 * JmpDfuAlt:
 * @alt: bAlternateSetting
 * @text: (nullable): its interface string, as valid UTF-8
 * @name: what the string names the memory ("Internal Flash"), or "Alt N"
 * @layout: (nullable): its memory map; %NULL without a DfuSe string that can be read
 * @quirks: what is different about this memory
 */
typedef struct {
  guint8 alt;
  char *text;
  char *name;
  JmpLayout *layout;
  JmpQuirks quirks;
} JmpDfuAlt;

/**
 * JmpDfuInfo:
 * @vid: idVendor
 * @pid: idProduct
 * @bcd_device: bcdDevice
 * @bcd_usb: bcdUSB
 * @manufacturer: (nullable): string
 * @product: (nullable): string
 * @serial: (nullable): string
 * @interface: bInterfaceNumber of the DFU interface
 * @dfu_mode: %TRUE in DFU mode, %FALSE when the device runs its program and has a run-time
 *   DFU interface only
 * @is_gadget: whether another interface says that it is no board: a headset, a keyboard, a dock
 * @has_functional: whether a functional descriptor was found; defaults stand below otherwise
 * @attributes: what the device can do
 * @detach_timeout_ms: wDetachTimeOut
 * @version: bcdDFUVersion: 0x0100, 0x0110, or 0x011A for DfuSe
 * @dfuse: whether the device speaks DfuSe: version 0x011A, or a memory map that can be read
 * @transfer_size: the longest block to send: wTransferSize made sane, after quirks, at most
 *   %JMP_USB_MAX_CONTROL
 * @device_transfer_size: wTransferSize as the device has it, which it multiplies block numbers with;
 *   0 when it does not say
 * @quirks: what is different about it
 * @alts: (element-type JmpDfuAlt): the alt settings in their order; each number once
 *
 * Borrow the members; do not change them.
 */
typedef struct {
  guint16 vid;
  guint16 pid;
  guint16 bcd_device;
  guint16 bcd_usb;
  char *manufacturer;
  char *product;
  char *serial;
  guint8 interface;
  gboolean dfu_mode;
  gboolean is_gadget;
  gboolean has_functional;
  guint8 attributes;
  guint16 detach_timeout_ms;
  guint16 version;
  gboolean dfuse;
  guint16 transfer_size;
  guint16 device_transfer_size;
  JmpQuirks quirks;
  GPtrArray *alts;
} JmpDfuInfo;

JmpDfuInfo *jmp_dfu_info_parse (GBytes *descriptors, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpDfuInfo *jmp_dfu_info_read (JmpUsb *usb,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpDfuInfo *jmp_dfu_info_ref (JmpDfuInfo *self);
void jmp_dfu_info_unref (JmpDfuInfo *self);
const JmpDfuAlt *jmp_dfu_info_find_alt (const JmpDfuInfo *self, guint8 alt);
guint32 jmp_dfu_alt_get_base (const JmpDfuAlt *self);
gboolean jmp_dfu_alt_takes (const JmpDfuAlt *self, guint32 address);
gboolean jmp_dfu_info_can_detach (const JmpDfuInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpDfuInfo, jmp_dfu_info_unref)

G_END_DECLS
