/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"
#include "image-rules.h"

#include "image/elf.h"

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  return fuzz_image_parser (jmp_elf_parse, data, size);
}
