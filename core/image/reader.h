/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* From a file's bytes to a #JmpImage: finds out by content which format it is.
 *
 * Errors: %JMP_ERROR_FILE (cannot be read), %JMP_ERROR_INVALID_FILE, %JMP_ERROR_DAMAGED_FILE,
 * %JMP_ERROR_USAGE (raw bytes without an address, or several firmwares and none named),
 * %JMP_ERROR_MISMATCH (not for the UF2 family that was named). Any thread. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

/**
 * JmpReadOptions:
 * @has_address: whether @address is given
 * @address: where raw bytes belong
 * @alt: alt setting of bytes whose format names none
 * @accept_damaged: read a file whose CRC is wrong, or a DfuSe file without its suffix, and say so with
 *   jmp_image_get_crc() and a warning
 * @has_family: whether @family is given
 * @family: which part of a UF2 file for several families of processors is meant
 */
typedef struct {
  gboolean has_address;
  guint32 address;
  guint8 alt;
  gboolean accept_damaged;
  gboolean has_family;
  guint32 family;
} JmpReadOptions;

gboolean jmp_image_detect (GBytes *bytes, JmpImageFormat *format);
JmpImage *jmp_image_read (GBytes *bytes,
                          const JmpReadOptions *options,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_image_load_file (GFile *file,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpImage *jmp_image_read_file (GFile *file,
                               const JmpReadOptions *options,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
