/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "base/error.h"
#include "release/feeds-file.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) sources = jmp_feeds_file_parse (bytes, &error);

  fuzz_check ((sources == NULL) == (error != NULL));
  if (sources == NULL) {
    fuzz_check (g_error_matches (error, JMP_ERROR, JMP_ERROR_INVALID_FILE)
                || g_error_matches (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED));
    fuzz_check (g_utf8_validate (error->message, -1, NULL));
    return 0;
  }
  fuzz_check (sources->len <= JMP_FEEDS_FILE_MAX);
  for (guint i = 0; i < sources->len; i++)
    fuzz_check (((JmpSource *)sources->pdata[i])->personal);
  return 0;
}
