/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "image/dfuse-file.h"
#include "image/pack.h"
#include "image/raw.h"

/* Eight bytes for each piece: alt setting, size, where in the input, address. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JmpPacker) packer = jmp_packer_new ();
  g_autoptr (GBytes) whole = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autoptr (JmpImage) again = NULL;
  const JmpReadOptions strict = { 0 };
  JmpRawGuess guess;

  if (jmp_raw_guess_base (whole, &guess))
    fuzz_check (guess.address >= 0x08000000);
  for (gsize at = 0; at + 8 <= size; at += 8) {
    guint32 address = (guint32)data[at + 4] | (guint32)data[at + 5] << 8
                      | (guint32)data[at + 6] << 16 | (guint32)data[at + 7] << 24;
    gsize from = MIN (data[at + 2], size);
    g_autoptr (GBytes) bytes = g_bytes_new (data + from, MIN (data[at + 1], size - from));

    if (!jmp_packer_add_bytes (packer, bytes, data[at] & 3, address, "piece", NULL))
      return 0;
  }
  image = jmp_packer_end (g_steal_pointer (&packer), &error);
  fuzz_check ((image == NULL) == (error != NULL));
  if (image == NULL)
    return 0;
  file = jmp_dfuse_file_write (image, NULL);
  again = jmp_dfuse_file_parse (file, &strict, NULL);
  fuzz_check (again != NULL && jmp_image_get_size (again) == jmp_image_get_size (image));
  return 0;
}
