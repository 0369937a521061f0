/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Little-endian reading and writing with every bound checked.
 *
 * A reader walks over bytes that it does not own; a step past the end fails and leaves it where it
 * was. Used by everything that takes bytes from a file or a device. Any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JmpReader:
 * @data: (not owned) the bytes
 * @size: number of bytes
 * @pos: offset of the next byte, at most @size
 */
typedef struct {
  const guint8 *data;
  gsize size;
  gsize pos;
} JmpReader;

void jmp_reader_init (JmpReader *self, const void *data, gsize size);
gsize jmp_reader_left (const JmpReader *self);
gboolean jmp_reader_skip (JmpReader *self, gsize count);
gboolean jmp_reader_u8 (JmpReader *self, guint8 *out);
gboolean jmp_reader_u16 (JmpReader *self, guint16 *out);
gboolean jmp_reader_u32 (JmpReader *self, guint32 *out);
gboolean jmp_reader_bytes (JmpReader *self, gsize count, const guint8 **out);

guint16 jmp_get_u16 (const guint8 *at);
guint32 jmp_get_u24 (const guint8 *at);
guint32 jmp_get_u32 (const guint8 *at);
void jmp_put_u16 (guint8 *at, guint16 value);
void jmp_put_u32 (guint8 *at, guint32 value);

gboolean jmp_bytes_are_blank (const guint8 *data, gsize size);

G_END_DECLS
