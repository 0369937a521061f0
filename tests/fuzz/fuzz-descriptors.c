/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "dfu/info.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) info = jmp_dfu_info_parse (bytes, &error);

  fuzz_check ((info == NULL) == (error != NULL));
  if (info == NULL)
    return 0;
  fuzz_check (info->alts->len > 0);
  fuzz_check (info->transfer_size > 0 && info->transfer_size <= JMP_USB_MAX_CONTROL);
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = info->alts->pdata[i];

    fuzz_check (jmp_dfu_info_find_alt (info, alt->alt) == alt);
  }
  return 0;
}
