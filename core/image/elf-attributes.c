/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/bytes.h"
#include "image/elf-private.h"

#include <string.h>

/* Tags of the Addenda to the ABI for the Arm Architecture, 3.3. */
#define TAG_FILE          1
#define TAG_CPU_RAW_NAME  4
#define TAG_CPU_NAME      5
#define TAG_CPU_ARCH      6
#define TAG_VFP_ARGS      28
#define TAG_COMPATIBILITY 32
#define VFP_ARGS_REGISTER 1

/* An unsigned number of seven bits a byte; what does not fit in 32 bits is no tag or value of ours. */
static gboolean
read_uleb (JmpReader *reader, guint32 *out)
{
  guint32 value = 0;
  guint8 byte;

  for (guint shift = 0; shift < 35; shift += 7) {
    if (!jmp_reader_u8 (reader, &byte))
      return FALSE;
    if (shift == 28 && byte > 0x0F)
      return FALSE;
    value |= (guint32)(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) {
      *out = value;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
skip_text (JmpReader *reader)
{
  const guint8 *at = reader->data + reader->pos;
  const guint8 *end = memchr (at, 0, jmp_reader_left (reader));

  return end != NULL && jmp_reader_skip (reader, (gsize)(end - at) + 1);
}

/* Tags from 32 on have text when they are odd and a number when they are even; below, each as the
 * ABI says. */
static gboolean
read_attribute (JmpReader *reader, JmpImageHints *hints)
{
  guint32 tag;
  guint32 value = 0;

  if (!read_uleb (reader, &tag))
    return FALSE;
  if (tag == TAG_COMPATIBILITY)
    return read_uleb (reader, &value) && skip_text (reader);
  if (tag == TAG_CPU_RAW_NAME || tag == TAG_CPU_NAME || (tag > TAG_COMPATIBILITY && tag % 2 == 1))
    return skip_text (reader);
  if (!read_uleb (reader, &value))
    return FALSE;
  if (tag == TAG_CPU_ARCH && value <= G_MAXUINT8)
    hints->cpu_arch = (guint8)value;
  if (tag == TAG_VFP_ARGS && value == VFP_ARGS_REGISTER)
    hints->hard_float = TRUE;
  return TRUE;
}

/* What counts for the whole file; single sections and symbols may have their own, which nothing
 * uses. */
static void
read_vendor (JmpReader *reader, JmpImageHints *hints)
{
  while (jmp_reader_left (reader) > 0) {
    gsize start = reader->pos;
    guint32 tag;
    guint32 size;
    gsize used;
    JmpReader part;

    if (!read_uleb (reader, &tag) || !jmp_reader_u32 (reader, &size))
      return;
    used = reader->pos - start;
    if (size < used || size - used > jmp_reader_left (reader))
      return;
    jmp_reader_init (&part, reader->data + reader->pos, size - used);
    while (tag == TAG_FILE && jmp_reader_left (&part) > 0)
      if (!read_attribute (&part, hints))
        return;
    jmp_reader_skip (reader, size - used);
  }
}

/* Reads a section of type SHT_ARM_ATTRIBUTES; stops where it makes no sense: the attributes only
 * help to say more about the file. */
void
jmp_elf_read_attributes (const guint8 *data, gsize size, JmpImageHints *hints)
{
  JmpReader reader;
  guint8 version;
  guint32 length;

  jmp_reader_init (&reader, data, size);
  if (!jmp_reader_u8 (&reader, &version) || version != 'A')
    return;
  while (jmp_reader_u32 (&reader, &length) && length >= 4
         && length - 4 <= jmp_reader_left (&reader)) {
    JmpReader part;

    jmp_reader_init (&part, reader.data + reader.pos, length - 4);
    if (jmp_reader_left (&part) > 6 && memcmp (part.data, "aeabi", 6) == 0) {
      jmp_reader_skip (&part, 6);
      read_vendor (&part, hints);
    }
    jmp_reader_skip (&reader, length - 4);
  }
}
