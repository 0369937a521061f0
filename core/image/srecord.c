/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/srecord.h"

#include "base/error.h"
#include "image/chunks-private.h"
#include "image/lines-private.h"

/* @n_data: data records so far; @end_line: of the end record, or 0. */
typedef struct {
  JmpLines lines;
  const JmpReadOptions *options;
  JmpImageBuilder *builder;
  JmpChunks chunks;
  GByteArray *pool;
  JmpImageHints hints;
  guint32 n_data;
  guint32 end_line;
  gboolean damaged;
} Walk;

static void
walk_clear (Walk *self)
{
  jmp_chunks_clear (&self->chunks);
  g_byte_array_unref (self->pool);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/**
 * jmp_srecord_probe:
 * @bytes: a file
 *
 * Returns: whether its first line is an S-record
 */
gboolean
jmp_srecord_probe (GBytes *bytes)
{
  return jmp_lines_begin_with (bytes, 'S', 9);
}

/* Says what is wrong with the check sums or counts; with accept_damaged it is a warning. */
static gboolean
find_damage (Walk *walk, const char *what, guint has, guint should, GError **error)
{
  if (!walk->options->accept_damaged) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "line %u: the %s is 0x%02X, and should be 0x%02X",
                 walk->lines.number,
                 what,
                 has,
                 should);
    return FALSE;
  }
  jmp_image_builder_warn (walk->builder,
                          "line %u: the %s is 0x%02X, and should be 0x%02X",
                          walk->lines.number,
                          what,
                          has,
                          should);
  walk->damaged = TRUE;
  return TRUE;
}

static gboolean
check_sum (Walk *walk, const guint8 *record, gsize size, GError **error)
{
  guint8 sum = 0;

  for (gsize i = 0; i < size - 1; i++)
    sum = (guint8)(sum + record[i]);
  sum = (guint8)~sum;
  return sum == record[size - 1] || find_damage (walk, "check sum", record[size - 1], sum, error);
}

/* Bytes of the address of each kind, 0 to 9; S4 is reserved. */
static const guint8 address_sizes[] = { 2, 2, 3, 4, 0, 2, 3, 4, 3, 2 };

/* @size is that of the address and the data. */
static gboolean
take_record (Walk *walk, guint kind, const guint8 *record, gsize size, GError **error)
{
  gsize address_size = address_sizes[kind];
  guint32 address = 0;
  gsize at = walk->pool->len;

  for (gsize i = 0; i < address_size; i++)
    address = address << 8 | record[i];
  if (kind >= 1 && kind <= 3) {
    walk->n_data++;
    g_byte_array_append (walk->pool, record + address_size, (guint)(size - address_size));
    return jmp_chunks_add (
        &walk->chunks, address, size - address_size, at, walk->lines.number, error);
  }
  if (kind == 5 || kind == 6)
    return address == (walk->n_data & (kind == 5 ? 0xFFFFu : 0xFFFFFFu))
           || find_damage (walk, "count of records", address, walk->n_data, error);
  if (kind >= 7) {
    walk->end_line = walk->lines.number;
    walk->hints.has_entry = address != 0;
    walk->hints.entry = address;
  }
  return TRUE;
}

static gboolean
fail_line (Walk *walk, JmpError code, const char *what, GError **error)
{
  g_set_error (error, JMP_ERROR, code, "line %u: %s", walk->lines.number, what);
  return FALSE;
}

static gboolean
read_line (Walk *walk, const char *line, gsize length, GError **error)
{
  guint8 record[JMP_RECORD_MAX];
  gsize size;
  guint kind;

  if (walk->end_line != 0)
    return fail_line (walk, JMP_ERROR_INVALID_FILE, "something follows the end record", error);
  if (length < 2 || line[0] != 'S' || !g_ascii_isdigit (line[1]) || line[1] == '4')
    return fail_line (walk, JMP_ERROR_INVALID_FILE, "it does not begin as an S-record", error);
  kind = (guint)(line[1] - '0');
  if (!jmp_lines_decode (&walk->lines, line + 2, length - 2, record, &size, error))
    return FALSE;
  if (size < 1 || record[0] != size - 1)
    return fail_line (walk, JMP_ERROR_DAMAGED_FILE, "its length is not what its count says", error);
  if (size < 2u + address_sizes[kind])
    return fail_line (walk, JMP_ERROR_INVALID_FILE, "it is too short for its address", error);
  return check_sum (walk, record, size, error)
         && take_record (walk, kind, record + 1, size - 2, error);
}

/**
 * jmp_srecord_parse:
 * @bytes: an S-record file
 * @options: the alt setting, and whether wrong check sums or a missing end are accepted
 * @error: return location
 *
 * Reads a file of Motorola S-records: data with addresses of 16, 24 and 32 bits, counts, and an end
 * record (Motorola, "S-record format"). Gaps stay gaps. A start address other than 0 becomes a hint.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_DAMAGED_FILE (wrong check sum or count,
 *   cut short) or %JMP_ERROR_INVALID_FILE (contradicts itself, no bytes); messages give the line
 */
JmpImage *
jmp_srecord_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_SRECORD);
  g_auto (Walk) walk = { .options = options, .builder = builder, .pool = g_byte_array_new () };
  JmpCrcState sums;
  const char *line;
  gsize length;

  jmp_lines_init (&walk.lines, bytes);
  jmp_chunks_init (&walk.chunks, "line", FALSE);
  while (jmp_lines_next (&walk.lines, &line, &length))
    if (!read_line (&walk, line, length, error))
      return NULL;
  if ((walk.end_line == 0 && !jmp_lines_miss_end (&walk.lines, options, builder, error))
      || !jmp_chunks_end (&walk.chunks, walk.pool->data, options->alt, builder, error))
    return NULL;
  sums = walk.end_line != 0 ? JMP_CRC_OK : JMP_CRC_NONE;
  jmp_image_builder_set_crc (builder, walk.damaged ? JMP_CRC_BAD : sums);
  jmp_image_builder_set_hints (builder, &walk.hints);
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}
