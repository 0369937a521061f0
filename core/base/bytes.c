/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/bytes.h"

#include <string.h>

/**
 * jmp_reader_init:
 * @self: a reader to set up
 * @data: (not nullable): the bytes; they must outlive the reader
 * @size: number of bytes in @data
 *
 * Places a reader at the first byte of @data.
 */
void
jmp_reader_init (JmpReader *self, const void *data, gsize size)
{
  self->data = data;
  self->size = size;
  self->pos = 0;
}

/**
 * jmp_reader_left:
 * @self: a reader
 *
 * Returns: the number of bytes that were not read yet
 */
gsize
jmp_reader_left (const JmpReader *self)
{
  return self->size - self->pos;
}

/**
 * jmp_reader_bytes:
 * @self: a reader
 * @count: how many bytes
 * @out: (out) (optional) (transfer none): where they begin
 *
 * Takes @count bytes.
 *
 * Returns: %FALSE, with nothing taken, when fewer than @count are left
 */
gboolean
jmp_reader_bytes (JmpReader *self, gsize count, const guint8 **out)
{
  if (count > jmp_reader_left (self))
    return FALSE;
  if (out != NULL)
    *out = self->data + self->pos;
  self->pos += count;
  return TRUE;
}

/**
 * jmp_reader_skip:
 * @self: a reader
 * @count: how many bytes to pass over
 *
 * Returns: %FALSE, with nothing passed over, when fewer than @count are left
 */
gboolean
jmp_reader_skip (JmpReader *self, gsize count)
{
  return jmp_reader_bytes (self, count, NULL);
}

/**
 * jmp_reader_u8:
 * @self: a reader
 * @out: (out): the byte
 *
 * Returns: %FALSE at the end
 */
gboolean
jmp_reader_u8 (JmpReader *self, guint8 *out)
{
  const guint8 *at;

  if (!jmp_reader_bytes (self, 1, &at))
    return FALSE;
  *out = *at;
  return TRUE;
}

/**
 * jmp_reader_u16:
 * @self: a reader
 * @out: (out): the number
 *
 * Returns: %FALSE when fewer than 2 bytes are left
 */
gboolean
jmp_reader_u16 (JmpReader *self, guint16 *out)
{
  const guint8 *at;

  if (!jmp_reader_bytes (self, 2, &at))
    return FALSE;
  *out = jmp_get_u16 (at);
  return TRUE;
}

/**
 * jmp_reader_u32:
 * @self: a reader
 * @out: (out): the number
 *
 * Returns: %FALSE when fewer than 4 bytes are left
 */
gboolean
jmp_reader_u32 (JmpReader *self, guint32 *out)
{
  const guint8 *at;

  if (!jmp_reader_bytes (self, 4, &at))
    return FALSE;
  *out = jmp_get_u32 (at);
  return TRUE;
}

/**
 * jmp_get_u16:
 * @at: 2 bytes
 *
 * Returns: the little-endian number at @at
 */
guint16
jmp_get_u16 (const guint8 *at)
{
  return (guint16)(at[0] | at[1] << 8);
}

/**
 * jmp_get_u24:
 * @at: 3 bytes
 *
 * Returns: the little-endian number at @at, as in bwPollTimeout (DFU 1.1, 6.1.2)
 */
guint32
jmp_get_u24 (const guint8 *at)
{
  return (guint32)at[0] | (guint32)at[1] << 8 | (guint32)at[2] << 16;
}

/**
 * jmp_get_u32:
 * @at: 4 bytes
 *
 * Returns: the little-endian number at @at
 */
guint32
jmp_get_u32 (const guint8 *at)
{
  return jmp_get_u24 (at) | (guint32)at[3] << 24;
}

/**
 * jmp_put_u16:
 * @at: (out caller-allocates): 2 bytes
 * @value: what to write there, little-endian
 */
void
jmp_put_u16 (guint8 *at, guint16 value)
{
  at[0] = (guint8)value;
  at[1] = (guint8)(value >> 8);
}

/**
 * jmp_put_u32:
 * @at: (out caller-allocates): 4 bytes
 * @value: what to write there, little-endian
 */
void
jmp_put_u32 (guint8 *at, guint32 value)
{
  jmp_put_u16 (at, (guint16)value);
  jmp_put_u16 (at + 2, (guint16)(value >> 16));
}

/**
 * jmp_bytes_are_blank:
 * @data: bytes
 * @size: how many
 *
 * Whether all bytes read 0xFF, as erased flash does. No bytes are blank.
 *
 * Returns: %TRUE when nothing but 0xFF is there
 */
gboolean
jmp_bytes_are_blank (const guint8 *data, gsize size)
{
  return size == 0 || (data[0] == 0xFF && memcmp (data, data + 1, size - 1) == 0);
}
