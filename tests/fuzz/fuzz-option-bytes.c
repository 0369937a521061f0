/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A board that lies about its option bytes: the first byte says which practice board's memory map goes
 * with the rest. */

#include "fuzz.h"

#include "dfu/option-bytes.h"
#include "virtual/virtual-usb.h"

static JmpDfuInfo *
make_info (guint8 choice)
{
  static const char *const kinds[] = { "pyboard", "f427", "f767", "nucleo-h743",
                                       "l432",    "f072", "wb55" };
  static JmpDfuInfo *infos[G_N_ELEMENTS (kinds)];
  guint i = choice % G_N_ELEMENTS (kinds);

  if (infos[i] == NULL) {
    g_autofree char *spec = g_strconcat (kinds[i], ",speed=0", NULL);
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, NULL);
    g_autoptr (JmpUsb) usb = jmp_virtual_usb_open (board, NULL);

    infos[i] = jmp_dfu_info_read (usb, NULL, NULL);
  }
  return infos[i];
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  JmpDfuInfo *info = size > 0 ? make_info (data[0]) : NULL;
  g_autoptr (GBytes) bytes = size > 0 ? g_bytes_new (data + 1, size - 1) : NULL;
  g_autoptr (JmpOptionBytes) options = NULL;
  JmpSector first;

  if (size == 0)
    return 0;
  options = jmp_option_bytes_decode (info, bytes);
  for (guint i = 0; options != NULL && i < options->write_protected->len; i++) {
    const JmpOptionRange *range = &g_array_index (options->write_protected, JmpOptionRange, i);
    const JmpDfuAlt *flash = jmp_dfu_info_find_alt (info, 0);

    fuzz_check (range->length > 0);
    fuzz_check (jmp_layout_allows (flash->layout, range->address, range->length, 0, NULL));
  }
  /* what locks a chip for ever is never allowed, whatever else is written with it */
  fuzz_check (jmp_layout_get_sector (jmp_option_bytes_find (info)->layout, 0, &first));
  if (options != NULL && options->level == JMP_RDP_LEVEL_2)
    fuzz_check (!jmp_option_bytes_check_write (info, first.address, bytes, NULL));
  return 0;
}
