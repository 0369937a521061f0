/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/records-private.h"

#include "base/error.h"

/* @options stay the caller's. */
void
jmp_records_init (JmpRecords *self,
                  JmpImageFormat format,
                  GBytes *bytes,
                  const JmpReadOptions *options)
{
  *self = (JmpRecords){
    .options = options,
    .builder = jmp_image_builder_new (format),
    .pool = g_byte_array_new (),
  };
  jmp_lines_init (&self->lines, bytes);
  jmp_chunks_init (&self->chunks, "line", FALSE);
}

void
jmp_records_clear (JmpRecords *self)
{
  g_clear_pointer (&self->builder, jmp_image_builder_free);
  jmp_chunks_clear (&self->chunks);
  g_clear_pointer (&self->pool, g_byte_array_unref);
}

/* Takes data of the record that was read last. */
gboolean
jmp_records_add (JmpRecords *self, guint64 address, const guint8 *data, gsize size, GError **error)
{
  gsize at = self->pool->len;

  g_byte_array_append (self->pool, data, (guint)size);
  return jmp_chunks_add (&self->chunks, address, size, at, self->lines.number, error);
}

/* Says what is wrong with a check sum or a count; with accept_damaged it is a warning. */
gboolean
jmp_records_find_damage (JmpRecords *self, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (!self->options->accept_damaged) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "line %u: %s", self->lines.number, what);
    return FALSE;
  }
  jmp_image_builder_warn (self->builder, "line %u: %s", self->lines.number, what);
  self->damaged = TRUE;
  return TRUE;
}

/* After the last line, where no end record came: an error, or a warning where damage is accepted. */
static gboolean
miss_end (JmpRecords *self, GError **error)
{
  if (self->options->accept_damaged) {
    jmp_image_builder_warn (
        self->builder, "there is no end record after line %u", self->lines.number);
    return TRUE;
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DAMAGED_FILE,
               "cut short: there is no end record after line %u",
               self->lines.number);
  return FALSE;
}

/* The image of all records. */
JmpImage *
jmp_records_end (JmpRecords *self, GError **error)
{
  JmpCrcState sums = self->end_line != 0 ? JMP_CRC_OK : JMP_CRC_NONE;

  if ((self->end_line == 0 && !miss_end (self, error))
      || !jmp_chunks_end (
          &self->chunks, self->pool->data, self->options->alt, self->builder, error))
    return NULL;
  jmp_image_builder_set_crc (self->builder, self->damaged ? JMP_CRC_BAD : sums);
  jmp_image_builder_set_hints (self->builder, &self->hints);
  return jmp_image_builder_end (g_steal_pointer (&self->builder), error);
}

/* The sum of bytes, without what does not fit into one. */
guint8
jmp_records_sum (const guint8 *bytes, gsize size)
{
  guint8 sum = 0;

  for (gsize i = 0; i < size; i++)
    sum = (guint8)(sum + bytes[i]);
  return sum;
}
