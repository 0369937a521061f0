/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/erased.h"

#include "base/bytes.h"

#include <string.h>

static gboolean
are_zero (const guint8 *data, gsize size)
{
  return size == 0 || (data[0] == 0 && memcmp (data, data + 1, size - 1) == 0);
}

/**
 * jmp_erased_fill:
 * @self: what erased bytes read
 *
 * What to write where something has to be written and nothing is wanted.
 *
 * Returns: that byte; 0xFF where it is not known
 */
guint8
jmp_erased_fill (JmpErased self)
{
  return self == JMP_ERASED_ZEROS ? 0x00 : 0xFF;
}

/**
 * jmp_erased_is_blank:
 * @self: what erased bytes read
 * @data: bytes of that memory
 * @size: how many
 *
 * Returns: whether all of them certainly are what an erase leaves; no bytes are
 */
gboolean
jmp_erased_is_blank (JmpErased self, const guint8 *data, gsize size)
{
  switch (self) {
  case JMP_ERASED_ONES:
    return jmp_bytes_are_blank (data, size);
  case JMP_ERASED_ZEROS:
    return are_zero (data, size);
  case JMP_ERASED_UNKNOWN:
    break;
  }
  return size == 0;
}

/**
 * jmp_erased_learn:
 * @self: what erased bytes read
 * @data: bytes that were just erased
 * @size: how many
 *
 * What erased bytes read, when @data was found where an erase was done.
 *
 * Returns: @self where it is known, or where @data does not tell
 */
JmpErased
jmp_erased_learn (JmpErased self, const guint8 *data, gsize size)
{
  if (self != JMP_ERASED_UNKNOWN || size == 0)
    return self;
  if (jmp_bytes_are_blank (data, size))
    return JMP_ERASED_ONES;
  return are_zero (data, size) ? JMP_ERASED_ZEROS : self;
}
