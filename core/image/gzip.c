/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"
#include "image/archive.h"
#include "image/inflate-private.h"

#include <string.h>

/**
 * jmp_gzip_probe:
 * @bytes: a file
 *
 * Returns: whether it begins as a gzip file of deflated bytes does (RFC 1952, 2.3.1)
 */
gboolean
jmp_gzip_probe (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  return size >= 3 && memcmp (data, "\037\213\010", 3) == 0;
}

/**
 * jmp_gzip_unpack:
 * @bytes: a gzip file
 * @error: return location
 *
 * Unpacks a gzip file with one member (RFC 1952), such as mboot's ".dfu.gz"; zlib compares its check
 * sum and length.
 *
 * Returns: (transfer full): what is in it, or %NULL with %JMP_ERROR_DAMAGED_FILE, or
 *   %JMP_ERROR_INVALID_FILE when it would be larger than %JMP_IMAGE_MAX_FILE, or something follows
 */
GBytes *
jmp_gzip_unpack (GBytes *bytes, GError **error)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize used = 0;
  g_autoptr (GBytes)
      out = jmp_inflate (data, size, JMP_INFLATE_GZIP, JMP_IMAGE_MAX_FILE, &used, error);

  if (out == NULL)
    return NULL;
  if (used != size) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "%zu bytes at offset %zu follow the end of the gzip file",
                 size - used,
                 used);
    return NULL;
  }
  return g_steal_pointer (&out);
}
