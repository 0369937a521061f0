/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Inflating, bounded: what gzip.c and zip.c share. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* windowBits of zlib: deflate alone, and with a gzip header. */
#define JMP_INFLATE_RAW  (-15)
#define JMP_INFLATE_GZIP (15 + 16)

GBytes *jmp_inflate (const guint8 *data,
                     gsize size,
                     int window_bits,
                     gsize limit,
                     gsize *used,
                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
