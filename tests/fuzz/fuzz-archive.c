/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "image/archive.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  GBytes *(*const unpackers[]) (GBytes *, GError **) = { jmp_gzip_unpack, jmp_zip_unpack };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);

  for (guint i = 0; i < G_N_ELEMENTS (unpackers); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) out = unpackers[i](bytes, &error);

    fuzz_check ((out == NULL) == (error != NULL));
    fuzz_check (error == NULL || g_utf8_validate (error->message, -1, NULL));
    fuzz_check (out == NULL || g_bytes_get_size (out) <= JMP_IMAGE_MAX_FILE);
  }
  return 0;
}
