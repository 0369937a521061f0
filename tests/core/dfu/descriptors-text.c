/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "descriptors-text.h"

#include "assert-text.h"

#include <stdlib.h>

gsize
descriptors_from_hex (const char *hex, guint8 *data, gsize size)
{
  g_auto (GStrv) words = g_strsplit (hex, " ", -1);
  gsize n = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0')
      continue;
    assert_true (n < size);
    data[n++] = (guint8)strtoul (words[i], NULL, 16);
  }
  return n;
}
