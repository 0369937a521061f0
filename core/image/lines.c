/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/lines-private.h"

#include "base/error.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

void
jmp_lines_init (JmpLines *self, GBytes *bytes)
{
  gsize size;

  self->at = g_bytes_get_data (bytes, &size);
  /* No bytes have no place. */
  self->end = size > 0 ? self->at + size : self->at;
  self->number = 0;
  if (size >= 3 && memcmp (self->at, BYTE_ORDER_MARK, 3) == 0)
    self->at += 3;
}

static gboolean
is_space (char c)
{
  /* Control-Z ends a text of DOS, NULs fill the last block of some programmers. */
  return c == ' ' || c == '\t' || c == '\r' || c == '\x1A' || c == '\0';
}

/* Takes the next line that is not blank, without what stands around it. CR, LF and CR LF end one. */
gboolean
jmp_lines_next (JmpLines *self, const char **line, gsize *length)
{
  while (self->at < self->end) {
    const char *start = self->at;
    const char *end = start;

    while (end < self->end && *end != '\n' && *end != '\r')
      end++;
    self->at = end < self->end ? end + 1 : end;
    if (end < self->end && *end == '\r' && self->at < self->end && *self->at == '\n')
      self->at++;
    self->number++;
    while (start < end && is_space (*start))
      start++;
    while (start < end && is_space (end[-1]))
      end--;
    if (start < end) {
      *line = start;
      *length = (gsize)(end - start);
      return TRUE;
    }
  }
  return FALSE;
}

/* Whether the first line that is not blank begins with @mark and @n_digits hexadecimal digits. */
gboolean
jmp_lines_begin_with (GBytes *bytes, char mark, gsize n_digits)
{
  JmpLines lines;
  const char *line;
  gsize length;

  jmp_lines_init (&lines, bytes);
  if (!jmp_lines_next (&lines, &line, &length) || length < 1 + n_digits || line[0] != mark)
    return FALSE;
  for (gsize i = 1; i <= n_digits; i++)
    if (!g_ascii_isxdigit (line[i]))
      return FALSE;
  return TRUE;
}

/* Makes bytes of digits; @out has room for JMP_RECORD_MAX of them. */
gboolean
jmp_lines_decode (const JmpLines *self,
                  const char *digits,
                  gsize n_digits,
                  guint8 *out,
                  gsize *size,
                  GError **error)
{
  if (n_digits % 2 != 0 || n_digits / 2 > JMP_RECORD_MAX) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "line %u: %zu digits are no record",
                 self->number,
                 n_digits);
    return FALSE;
  }
  for (gsize i = 0; i < n_digits; i++) {
    int value = g_ascii_xdigit_value (digits[i]);

    if (value < 0) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "line %u: character 0x%02X is no hexadecimal digit",
                   self->number,
                   (guint8)digits[i]);
      return FALSE;
    }
    out[i / 2] = (guint8)(i % 2 == 0 ? value << 4 : out[i / 2] | value);
  }
  *size = n_digits / 2;
  return TRUE;
}
