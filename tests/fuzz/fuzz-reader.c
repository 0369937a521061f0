/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "image/dfu-suffix.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const JmpReadOptions options[] = {
    { .has_address = FALSE },
    { .has_address = TRUE, .address = 0xFFFFFF00, .alt = 255, .accept_damaged = TRUE },
  };
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  JmpDfuSuffix suffix;

  if (jmp_dfu_suffix_find (bytes, &suffix))
    fuzz_check (suffix.length <= size);
  for (guint i = 0; i < G_N_ELEMENTS (options); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_image_read (bytes, &options[i], &error);
    JmpVectorTable vector;

    fuzz_check ((image == NULL) == (error != NULL));
    if (image == NULL)
      continue;
    /* What was in an archive may be larger than it. */
    fuzz_check (jmp_image_get_size (image) > 0 && jmp_image_get_size (image) <= JMP_IMAGE_MAX_FILE);
    jmp_image_find_vector_table (image, &vector);
  }
  return 0;
}
