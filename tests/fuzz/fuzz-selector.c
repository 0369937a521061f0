/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "base/error.h"
#include "device/identity.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *)data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSelector) selector = jmp_selector_parse (text, &error);

  fuzz_check ((selector == NULL) == (error != NULL));
  if (error != NULL) {
    fuzz_check (g_error_matches (error, JMP_ERROR, JMP_ERROR_USAGE));
    fuzz_check (g_utf8_validate (error->message, -1, NULL));
  }
  return 0;
}
