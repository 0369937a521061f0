/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The DFU file suffix (DFU 1.1, appendix B): 16 bytes or more at the end of a firmware file, with the
 * ids of the board it is for and a CRC. DfuSe files have one too. Any thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

/**
 * JmpDfuSuffix:
 * @bcd_device: bcdDevice, or 0xFFFF for any
 * @pid: idProduct, or 0xFFFF for any
 * @vid: idVendor, or 0xFFFF for any
 * @version: bcdDFU: 0x0100, 0x0110, or 0x011A for DfuSe
 * @length: bLength: bytes of the suffix, at least 16
 * @crc: dwCRC as it stands in the file
 * @crc_ok: whether it is right
 * @prefix: what the file begins with
 */
typedef struct {
  guint16 bcd_device;
  guint16 pid;
  guint16 vid;
  guint16 version;
  guint8 length;
  guint32 crc;
  gboolean crc_ok;
  JmpDfuPrefix prefix;
} JmpDfuSuffix;

#define JMP_DFU_SUFFIX_SIZE 16

gboolean jmp_dfu_suffix_find (GBytes *bytes, JmpDfuSuffix *out);
void jmp_dfu_suffix_append (
    GByteArray *file, guint16 vid, guint16 pid, guint16 bcd_device, guint16 version);
guint32 jmp_dfu_crc (const guint8 *data, gsize size);
JmpImage *jmp_dfu_file_parse (GBytes *bytes,
                              const JmpReadOptions *options,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
