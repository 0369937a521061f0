/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/intel-hex.h"

#include "base/error.h"
#include "image/records-private.h"

typedef enum {
  RECORD_DATA = 0,
  RECORD_END = 1,
  RECORD_SEGMENT_BASE = 2,
  RECORD_SEGMENT_START = 3,
  RECORD_LINEAR_BASE = 4,
  RECORD_LINEAR_START = 5,
} RecordKind;

/* Count, address (2), kind; check sum behind the data. */
#define HEADER_SIZE 4
#define FRAME_SIZE  (HEADER_SIZE + 1)
#define BANK        0x10000u

/* @base: what addresses of data count from; @linear: whether data may run on into the next bank. */
typedef struct {
  JmpRecords records;
  guint32 base;
  gboolean linear;
} Walk;

static void
walk_clear (Walk *self)
{
  jmp_records_clear (&self->records);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Walk, walk_clear)

/**
 * jmp_intel_hex_probe:
 * @bytes: a file
 *
 * Returns: whether its first line is an Intel HEX record
 */
gboolean
jmp_intel_hex_probe (GBytes *bytes)
{
  return jmp_lines_begin_with (bytes, ':', 10);
}

static guint32
get_big_endian (const guint8 *at, gsize size)
{
  guint32 value = 0;

  for (gsize i = 0; i < size; i++)
    value = value << 8 | at[i];
  return value;
}

static gboolean
check_sum (Walk *walk, const guint8 *record, gsize size, GError **error)
{
  guint8 sum = (guint8)-jmp_records_sum (record, size - 1);

  return sum == record[size - 1]
         || jmp_records_find_damage (&walk->records,
                                     error,
                                     "the check sum is 0x%02X, the record's is 0x%02X",
                                     record[size - 1],
                                     sum);
}

/* Data of segment addresses, and of none, wraps inside its bank: no linker writes that. */
static gboolean
add_data (Walk *walk, guint32 offset, const guint8 *data, gsize size, GError **error)
{
  if (!walk->linear && offset + size > BANK) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "line %u: %zu bytes at 0x%04X wrap around the end of their 64 KiB",
                 walk->records.lines.number,
                 size,
                 offset);
    return FALSE;
  }
  return jmp_records_add (&walk->records, (guint64)walk->base + offset, data, size, error);
}

static gboolean
check_size (Walk *walk, RecordKind kind, gsize size, GError **error)
{
  static const gsize sizes[] = { [RECORD_SEGMENT_BASE] = 2,
                                 [RECORD_SEGMENT_START] = 4,
                                 [RECORD_LINEAR_BASE] = 2,
                                 [RECORD_LINEAR_START] = 4 };

  if (size == sizes[kind])
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_INVALID_FILE,
               "line %u: a record of type %02u has %zu bytes, and this one %zu",
               walk->records.lines.number,
               kind,
               sizes[kind],
               size);
  return FALSE;
}

static gboolean
take_record (Walk *walk, const guint8 *record, gsize size, GError **error)
{
  guint kind = record[3];
  const guint8 *data = record + HEADER_SIZE;
  gsize length = size - FRAME_SIZE;

  if (kind > RECORD_LINEAR_START) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "line %u: record type %02u is not known",
                 walk->records.lines.number,
                 kind);
    return FALSE;
  }
  if (kind == RECORD_DATA)
    return add_data (walk, get_big_endian (record + 1, 2), data, length, error);
  if (!check_size (walk, kind, length, error))
    return FALSE;
  if (kind == RECORD_END) {
    walk->records.end_line = walk->records.lines.number;
  } else if (kind == RECORD_SEGMENT_BASE || kind == RECORD_LINEAR_BASE) {
    walk->linear = kind == RECORD_LINEAR_BASE;
    walk->base = get_big_endian (data, 2) << (walk->linear ? 16 : 4);
  } else {
    walk->records.hints.has_entry = TRUE;
    walk->records.hints.entry = kind == RECORD_LINEAR_START ? get_big_endian (data, 4)
                                                            : (get_big_endian (data, 2) << 4)
                                                                  + get_big_endian (data + 2, 2);
  }
  return TRUE;
}

static gboolean
read_line (Walk *walk, const char *line, gsize length, GError **error)
{
  guint8 record[JMP_RECORD_MAX];
  gsize size;

  if (walk->records.end_line != 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "line %u: something follows the end record of line %u",
                 walk->records.lines.number,
                 walk->records.end_line);
    return FALSE;
  }
  if (line[0] != ':') {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "line %u: it does not begin with a colon",
                 walk->records.lines.number);
    return FALSE;
  }
  if (!jmp_lines_decode (&walk->records.lines, line + 1, length - 1, record, &size, error))
    return FALSE;
  if (size < FRAME_SIZE || size - FRAME_SIZE != record[0]) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DAMAGED_FILE,
                 "line %u: %zu bytes are not the %u and %u that its count calls for",
                 walk->records.lines.number,
                 size,
                 size > 0 ? record[0] : 0u,
                 FRAME_SIZE);
    return FALSE;
  }
  return check_sum (walk, record, size, error) && take_record (walk, record, size, error);
}

/**
 * jmp_intel_hex_parse:
 * @bytes: an Intel HEX file
 * @options: the alt setting, and whether wrong check sums or a missing end are accepted
 * @error: return location
 *
 * Reads an Intel HEX file: records of types 00 to 05, as Intel's specification has them. Gaps stay
 * gaps. The start address of types 03 and 05 becomes a hint.
 *
 * Returns: (transfer full): an image, or %NULL with %JMP_ERROR_DAMAGED_FILE (wrong check sum or count,
 *   cut short) or %JMP_ERROR_INVALID_FILE (contradicts itself, no bytes); messages give the line
 */
JmpImage *
jmp_intel_hex_parse (GBytes *bytes, const JmpReadOptions *options, GError **error)
{
  g_auto (Walk) walk = { 0 };
  const char *line;
  gsize length;

  jmp_records_init (&walk.records, JMP_IMAGE_INTEL_HEX, bytes, options);
  while (jmp_lines_next (&walk.records.lines, &line, &length))
    if (!read_line (&walk, line, length, error))
      return NULL;
  return jmp_records_end (&walk.records, error);
}
