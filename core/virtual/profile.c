/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/profile-private.h"

/* Erase and program times are typical values at 3.3 V: F405 DS8626 table 40 (x32), H743 DS12110
 * (x64), F072 DS9826. Poll values and strings are those seen on real boards. */
static const JmpVirtualProfile profiles[] = {
  {
      .kind = "pyboard",
      .vendor = 0x0483,
      .product = 0xDF11,
      .bcd_device = 0x2200,
      .bcd_usb = 0x0100,
      .manufacturer_text = "STMicroelectronics",
      .product_text = "STM32  BOOTLOADER",
      .serial = "365738513233",
      .transfer_size = 2048,
      .alts = {
        { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg", JMP_VIRTUAL_FLASH },
        { "@Option Bytes  /0x1FFFC000/01*016 e", JMP_VIRTUAL_OPTION_BYTES },
        { "@OTP Memory /0x1FFF7800/01*512 e,01*016 e", JMP_VIRTUAL_OTP },
        { "@Device Feature/0xFFFF0000/01*004 e", JMP_VIRTUAL_REGISTERS },
      },
      .start = 0x08000000,
      .ram = { { 0x20000000, 0x20020000 }, { 0x10000000, 0x10010000 } },
      .program_unit = 4,
      .program_us = 16,
      .erase = { { 16 * 1024, 250000 }, { 64 * 1024, 550000 }, { 128 * 1024, 1000000 } },
      .mass_erase_us = 8000000,
      .fill = jmp_virtual_content_pyboard,
      .poll_erase = 100,
      .poll_address = 104,
      .poll_block = 104,
      .starts_in_error = TRUE,
      .has_read_unprotect = TRUE,
      .state_after_bad_upload = 10,
  },
  {
      .kind = "nucleo-h743",
      .vendor = 0x0483,
      .product = 0xDF11,
      .bcd_device = 0x0200,
      .bcd_usb = 0x0200,
      .manufacturer_text = "STMicroelectronics",
      .product_text = "DFU in FS Mode",
      .serial = "200364500000",
      .transfer_size = 1024,
      .alts = {
        { "@Internal Flash   /0x08000000/16*128Kg", JMP_VIRTUAL_FLASH },
        { "@Option Bytes   /0x5200201C/01*128 e", JMP_VIRTUAL_OPTION_BYTES },
      },
      .start = 0x08000000,
      .ram = { { 0x20000000, 0x20020000 }, { 0x24000000, 0x24080000 } },
      .program_unit = 32,
      .program_us = 100,
      .erase = { { 128 * 1024, 900000 } },
      .mass_erase_us = 14400000,
      .poll_erase = 50,
      .poll_address = 50,
      .poll_block = 50,
      .strict_clear_status = TRUE,
      .ignores_mass_erase = TRUE,
      .state_after_bad_upload = 15,
  },
  {
      .kind = "f072",
      .vendor = 0x0483,
      .product = 0xDF11,
      .bcd_device = 0x2200,
      .bcd_usb = 0x0100,
      .manufacturer_text = "STMicroelectronics",
      .product_text = "STM32  BOOTLOADER",
      .serial = "FFFFFFFEFFFF",
      .transfer_size = 2048,
      .alts = {
        { "@Internal Flash  /0x08000000/064*0002Kg", JMP_VIRTUAL_FLASH },
        { "@Option Bytes  /0x1FFFF800/01*016 e", JMP_VIRTUAL_OPTION_BYTES },
      },
      .start = 0x08000000,
      .ram = { { 0x20000000, 0x20004000 } },
      .program_unit = 2,
      .program_us = 53,
      .erase = { { 2 * 1024, 30000 } },
      .mass_erase_us = 30000,
      .poll_erase = 40,
      .poll_address = 104,
      .poll_block = 104,
      .starts_in_error = TRUE,
      .stalls_while_busy = TRUE,
      .refuses_unerased = TRUE,
      .has_read_unprotect = TRUE,
      .state_after_bad_upload = 10,
  },
};

/* The row of @kind, or NULL. */
const JmpVirtualProfile *
jmp_virtual_profile_find (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (profiles); i++) {
    if (g_str_equal (profiles[i].kind, kind))
      return &profiles[i];
  }
  return NULL;
}

/* The names of all kinds, NULL-terminated, for ever. */
const char *const *
jmp_virtual_profile_kinds (void)
{
  static const char *kinds[G_N_ELEMENTS (profiles) + 1];
  static gsize ready = 0;

  if (g_once_init_enter (&ready)) {
    for (guint i = 0; i < G_N_ELEMENTS (profiles); i++)
      kinds[i] = profiles[i].kind;
    g_once_init_leave (&ready, 1);
  }
  return kinds;
}
