/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/srecord.h"

#include "base/error.h"
#include "image/records-private.h"

/* @n_data: data records so far. */
typedef struct {
  JmpRecords records;
  guint32 n_data;
} Walk;

static void
walk_clear (Walk *self)
{
  jmp_records_clear (&self->records);
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

static gboolean
find_damage (Walk *walk, const char *what, guint has, guint should, GError **error)
{
  return jmp_records_find_damage (
      &walk->records, error, "the %s is 0x%02X, and should be 0x%02X", what, has, should);
}

static gboolean
check_sum (Walk *walk, const guint8 *record, gsize size, GError **error)
{
  guint8 sum = (guint8)~jmp_records_sum (record, size - 1);

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

  for (gsize i = 0; i < address_size; i++)
    address = address << 8 | record[i];
  if (kind >= 1 && kind <= 3) {
    walk->n_data++;
    return jmp_records_add (
        &walk->records, address, record + address_size, size - address_size, error);
  }
  if (kind == 5 || kind == 6)
    return address == (walk->n_data & (kind == 5 ? 0xFFFFu : 0xFFFFFFu))
           || find_damage (walk, "count of records", address, walk->n_data, error);
  if (kind >= 7) {
    walk->records.end_line = walk->records.lines.number;
    walk->records.hints.has_entry = address != 0;
    walk->records.hints.entry = address;
  }
  return TRUE;
}

static gboolean
fail_line (Walk *walk, JmpError code, const char *what, GError **error)
{
  g_set_error (error, JMP_ERROR, code, "line %u: %s", walk->records.lines.number, what);
  return FALSE;
}

static gboolean
read_line (Walk *walk, const char *line, gsize length, GError **error)
{
  guint8 record[JMP_RECORD_MAX];
  gsize size;
  guint kind;

  if (walk->records.end_line != 0)
    return fail_line (walk, JMP_ERROR_INVALID_FILE, "something follows the end record", error);
  if (length < 2 || line[0] != 'S' || !g_ascii_isdigit (line[1]) || line[1] == '4')
    return fail_line (walk, JMP_ERROR_INVALID_FILE, "it does not begin as an S-record", error);
  kind = (guint)(line[1] - '0');
  if (!jmp_lines_decode (&walk->records.lines, line + 2, length - 2, record, &size, error))
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
  g_auto (Walk) walk = { 0 };
  const char *line;
  gsize length;

  jmp_records_init (&walk.records, JMP_IMAGE_SRECORD, bytes, options);
  while (jmp_lines_next (&walk.records.lines, &line, &length))
    if (!read_line (&walk, line, length, error))
      return NULL;
  return jmp_records_end (&walk.records, error);
}
