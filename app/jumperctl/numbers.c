/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/numbers.h"

#include "base/error.h"

#include <string.h>

/**
 * ctl_parse_number:
 * @text: decimal or 0x… digits, with an optional K or M behind (times 1024, 1024²)
 * @max: the largest number that is allowed
 * @out: (out): the number
 *
 * Reads a number the way people write addresses and sizes. A leading zero does not mean octal.
 *
 * Returns: whether @text is a number and nothing else
 */
gboolean
ctl_parse_number (const char *text, guint64 max, guint64 *out)
{
  gboolean hex = g_ascii_strncasecmp (text, "0x", 2) == 0;
  const char *digits = hex ? text + 2 : text;
  guint64 unit = 1;
  guint64 value;
  char *end = NULL;

  if (hex ? !g_ascii_isxdigit (*digits) : !g_ascii_isdigit (*digits))
    return FALSE;
  if (strlen (digits) > 19)
    return FALSE;
  value = g_ascii_strtoull (digits, &end, hex ? 16 : 10);
  if (g_ascii_toupper (*end) == 'K')
    unit = 1024;
  else if (g_ascii_toupper (*end) == 'M')
    unit = 1024 * 1024;
  if (end[unit > 1 ? 1 : 0] != '\0' || value > max / unit)
    return FALSE;
  *out = value * unit;
  return TRUE;
}

/**
 * ctl_parse_range:
 * @text: ADDR:LENGTH
 * @address: (out): where it starts
 * @length: (out): how long it is, at least 1
 * @error: %JMP_ERROR_USAGE
 *
 * Reads a range of memory; it may end at 4 GiB and no later.
 *
 * Returns: %FALSE with @error set where it is none
 */
gboolean
ctl_parse_range (const char *text, guint32 *address, guint64 *length, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ":", 2);
  guint64 start = 0;
  guint64 count = 0;

  if (g_strv_length (parts) != 2 || !ctl_parse_number (parts[0], G_MAXUINT32, &start)
      || !ctl_parse_number (parts[1], (guint64)G_MAXUINT32 + 1, &count)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "--range %s: not ADDR:LENGTH (as in 0x08004000:112K)",
                 text);
    return FALSE;
  }
  if (count == 0 || start + count > (guint64)G_MAXUINT32 + 1) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "--range %s: %s",
                 text,
                 count == 0 ? "the length is 0" : "it ends past 4 GiB");
    return FALSE;
  }
  *address = (guint32)start;
  *length = count;
  return TRUE;
}
