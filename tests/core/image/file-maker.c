/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "file-maker.h"

#include <string.h>

static void
append_u16 (GByteArray *file, guint16 value)
{
  guint8 bytes[2] = { (guint8)value, (guint8)(value >> 8) };

  g_byte_array_append (file, bytes, sizeof bytes);
}

static void
append_u32 (GByteArray *file, guint32 value)
{
  append_u16 (file, (guint16)value);
  append_u16 (file, (guint16)(value >> 16));
}

void
maker_put_u32 (GByteArray *file, gsize at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    file->data[at + i] = (guint8)(value >> (8 * i));
}

/* Bit by bit, as DFU 1.1 appendix B defines it. */
guint32
maker_crc (const guint8 *data, gsize size)
{
  guint32 crc = 0xFFFFFFFF;

  for (gsize i = 0; i < size; i++) {
    crc ^= data[i];
    for (guint bit = 0; bit < 8; bit++)
      crc = (crc & 1) != 0 ? crc >> 1 ^ 0xEDB88320 : crc >> 1;
  }
  return crc;
}

GByteArray *
maker_dfuse (guint8 n_targets)
{
  GByteArray *file = g_byte_array_new ();
  const guint8 prefix[] = { 'D', 'f', 'u', 'S', 'e', 1, 0, 0, 0, 0, n_targets };

  g_byte_array_append (file, prefix, sizeof prefix);
  return file;
}

void
maker_target (GByteArray *file, guint8 alt, const char *name, guint32 size, guint32 n_elements)
{
  guint8 text[255] = { 0 };

  g_byte_array_append (file, (const guint8 *)"Target", 6);
  g_byte_array_append (file, &alt, 1);
  append_u32 (file, name != NULL ? 1 : 0);
  if (name != NULL)
    memcpy (text, name, MIN (strlen (name), sizeof text));
  g_byte_array_append (file, text, sizeof text);
  append_u32 (file, size);
  append_u32 (file, n_elements);
}

void
maker_element_prefix (GByteArray *file, guint32 address, guint32 size)
{
  append_u32 (file, address);
  append_u32 (file, size);
}

void
maker_fill (GByteArray *file, gsize size, guint8 first)
{
  for (gsize i = 0; i < size; i++) {
    guint8 byte = (guint8)(first + i);

    g_byte_array_append (file, &byte, 1);
  }
}

void
maker_element (GByteArray *file, guint32 address, guint32 size, guint8 first)
{
  maker_element_prefix (file, address, size);
  maker_fill (file, size, first);
}

void
maker_image_size (GByteArray *file, guint32 size)
{
  maker_put_u32 (file, 6, size);
}

void
maker_suffix (GByteArray *file, guint16 vid, guint16 pid, guint16 version, guint8 length)
{
  append_u16 (file, 0x0200);
  append_u16 (file, pid);
  append_u16 (file, vid);
  append_u16 (file, version);
  g_byte_array_append (file, (const guint8 *)"UFD", 3);
  g_byte_array_append (file, &length, 1);
  append_u32 (file, maker_crc (file->data, file->len));
}

GBytes *
maker_end (GByteArray *file)
{
  maker_image_size (file, file->len);
  maker_suffix (file, 0x0483, 0xDF11, 0x011A, 16);
  return g_byte_array_free_to_bytes (file);
}

GBytes *
maker_small (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 40, 2);
  maker_element (file, 0x08000000, 16, 0x10);
  maker_element (file, 0x08004000, 8, 0x80);
  return maker_end (file);
}
