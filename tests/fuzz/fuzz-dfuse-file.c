/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "image/dfuse-file.h"

/* What is accepted can be written, and reads the same again. */
static void
check_round_trip (JmpImage *image)
{
  g_autoptr (GBytes) file = jmp_dfuse_file_write (image, NULL);
  g_autoptr (JmpImage) again = jmp_dfuse_file_parse (file, &(JmpReadOptions){ 0 }, NULL);

  fuzz_check (again != NULL);
  fuzz_check (jmp_image_get_size (again) == jmp_image_get_size (image));
  fuzz_check (jmp_image_get_n_targets (again) == jmp_image_get_n_targets (image));
  fuzz_check (jmp_image_get_warnings (again)[0] == NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JmpImage) strict = jmp_dfuse_file_parse (bytes, &(JmpReadOptions){ 0 }, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage)
      lenient = jmp_dfuse_file_parse (bytes, &(JmpReadOptions){ .accept_damaged = TRUE }, &error);

  fuzz_check ((lenient == NULL) == (error != NULL));
  fuzz_check (strict == NULL || lenient != NULL);
  if (lenient != NULL)
    check_round_trip (lenient);
  return 0;
}
