/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Firmware files for tests, byte by byte as UM0391 and DFU 1.1 have them, right or wrong on purpose.
 * Written without the project's own writer, so that the two check each other. */

#pragma once

#include <glib.h>

/* Begins a DfuSe file. */
GByteArray *maker_dfuse (guint8 n_targets);
/* A target's prefix; @name may be NULL for an unnamed one. */
void maker_target (
    GByteArray *file, guint8 alt, const char *name, guint32 size, guint32 n_elements);
/* An element of @size bytes that count up from @first. */
void maker_element (GByteArray *file, guint32 address, guint32 size, guint8 first);
void maker_element_prefix (GByteArray *file, guint32 address, guint32 size);
void maker_fill (GByteArray *file, gsize size, guint8 first);
/* Writes DFUImageSize (the file so far) into the prefix. */
void maker_image_size (GByteArray *file, guint32 size);
/* Adds the suffix and its check sum. */
void maker_suffix (GByteArray *file, guint16 vid, guint16 pid, guint16 version, guint8 length);
/* Image size and a suffix for 0483:DF11, and the file as bytes. */
GBytes *maker_end (GByteArray *file);
/* A small right file: alt 0, 16 bytes at 0x08000000, 8 bytes at 0x08004000. */
GBytes *maker_small (void);

void maker_put_u32 (GByteArray *file, gsize at, guint32 value);
guint32 maker_crc (const guint8 *data, gsize size);
