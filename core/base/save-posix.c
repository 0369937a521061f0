/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/save-private.h"
#include "base/save.h"

gboolean
jmp_save_whole (const char *path, const char *data, gsize size, int mode, GError **error)
{
  return g_file_set_contents_full (path,
                                   data,
                                   (gssize)size,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   mode,
                                   error);
}

/**
 * jmp_read_whole:
 * @path: (type filename): a file that jmp_save_bytes() may replace at any time
 * @data: (out) (transfer full): its contents, with a zero behind them
 * @size: (out): how many bytes they are
 * @error: return location for a #GError
 *
 * As g_file_get_contents(), and on Windows waits for who is replacing it.
 *
 * Returns: %TRUE when it was read
 */
gboolean
jmp_read_whole (const char *path, char **data, gsize *size, GError **error)
{
  return g_file_get_contents (path, data, size, error);
}
