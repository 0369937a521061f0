/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The boot loaders in the ROM of STM32 parts, and those of the parts that copy them.
 *
 * Erase and program times are typical values at 3.3 V: F405 DS8626 table 40 (x32), H743 DS12110
 * (x64), F072 DS9826; the others are of their order. Poll values and strings are those seen on real
 * boards. */

#include "virtual/profile-private.h"

/* The legacy generation, and its copies in other makers' parts. */
#define OLD_BEHAVIOUR                                                                  \
  .bcd_usb = 0x0100, .attributes = 0x0B, .dfu_version = 0x011A, .transfer_size = 2048, \
  .start = 0x08000000, .poll_erase = 100, .poll_address = 104, .poll_block = 104,      \
  .has_read_unprotect = TRUE, .state_after_bad_upload = 10

#define OLD_ROM                                                                                  \
  OLD_BEHAVIOUR, .vendor = 0x0483, .product = 0xDF11, .bcd_device = 0x2200,                      \
                 .manufacturer_text = "STMicroelectronics", .product_text = "STM32  BOOTLOADER", \
                 .protocol = 2, .starts_in_error = TRUE

/* The new one, on ST's published stack; @clear: what it makes of a stray CLRSTATUS. */
#define NEW_ROM(clear)                                                                        \
  .vendor = 0x0483, .product = 0xDF11, .bcd_device = 0x0200, .bcd_usb = 0x0200,               \
  .manufacturer_text = "STMicroelectronics", .product_text = "DFU in FS Mode", .protocol = 2, \
  .attributes = 0x0B, .dfu_version = 0x011A, .transfer_size = 1024, .start = 0x08000000,      \
  .poll_erase = 50, .poll_address = 50, .poll_block = 50, .ignores_mass_erase = TRUE,         \
  .clear_status = clear, .state_after_bad_upload = 15

/* F40x, F41x, F42x. */
#define F4_CHIP                                                                         \
  .ram = { { 0x20000000, 0x20020000 }, { 0x10000000, 0x10010000 } }, .program_unit = 4, \
  .program_us = 16,                                                                     \
  .erase = { { 16 * 1024, 250000 }, { 64 * 1024, 550000 }, { 128 * 1024, 1000000 } },   \
  .mass_erase_us = 8000000, .protection_at = 0x1FFFC001

#define F4_OPTIONS JMP_VIRTUAL_OPTION_BYTES, .fill = jmp_virtual_content_options

static const JmpVirtualProfile profiles[] = {
  {
      .kind = "pyboard",
      OLD_ROM,
      F4_CHIP,
      .serial = "365738513233",
      .alts = {
        { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
          .fill = jmp_virtual_content_pyboard },
        { "@Option Bytes  /0x1FFFC000/01*016 e", F4_OPTIONS },
        { "@OTP Memory /0x1FFF7800/01*512 e,01*016 e", JMP_VIRTUAL_OTP },
        { "@Device Feature/0xFFFF0000/01*004 e", JMP_VIRTUAL_REGISTERS },
      },
  },
  {
      .kind = "nucleo-h743",
      NEW_ROM (JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR),
      .serial = "200364500000",
      .alts = {
        { "@Internal Flash   /0x08000000/16*128Kg" },
        { "@Option Bytes   /0x5200201C/01*128 e",
          JMP_VIRTUAL_OPTION_BYTES,
          .fill = jmp_virtual_content_options_h7 },
      },
      .protection_at = 0x5200201D,
      .ram = { { 0x20000000, 0x20020000 }, { 0x24000000, 0x24080000 } },
      .program_unit = 32,
      .program_us = 100,
      .erase = { { 128 * 1024, 900000 } },
      .mass_erase_us = 14400000,
  },
  {
      .kind = "f072",
      OLD_ROM,
      .serial = "FFFFFFFEFFFF",
      .alts = {
        { "@Internal Flash  /0x08000000/064*0002Kg", .poll_erase = 40 },
        { "@Option Bytes  /0x1FFFF800/01*016 e",
          JMP_VIRTUAL_OPTION_BYTES,
          .fill = jmp_virtual_content_options_f0 },
      },
      .protection_at = 0x1FFFF800,
      .ram = { { 0x20000000, 0x20004000 } },
      .program_unit = 2,
      .program_us = 53,
      .erase = { { 2 * 1024, 30000 } },
      .mass_erase_us = 30000,
      .stalls_while_busy = TRUE,
      .refuses_unerased = TRUE,
  },
  /* A pyboard lite: some lots stall in the middle of writing */
  {
      .kind = "f411",
      OLD_ROM,
      F4_CHIP,
      .serial = "336B376B3238",
      .alts = {
        { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,03*128Kg" },
        { "@Option Bytes  /0x1FFFC000/01*016 e", F4_OPTIONS },
        { "@OTP Memory /0x1FFF7800/01*512 e,01*016 e", JMP_VIRTUAL_OTP },
        { "@Device Feature/0xFFFF0000/01*004 e", JMP_VIRTUAL_REGISTERS },
      },
      .stalls_one_in = 16,
  },
  /* Two banks, and strings that end early */
  {
      .kind = "f427",
      OLD_ROM,
      F4_CHIP,
      .serial = "205F34663230",
      .alts = {
        { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg,04*016Kg,01*064Kg,07*128Kg" },
        { "@Option Bytes  /0x1FFFC000/01*016 e/0x1FFEC000/01*016 e", F4_OPTIONS },
        { "@OTP Memory /0x1FFF7800/01*512 e,01*016 e", JMP_VIRTUAL_OTP },
        { "@Device Feature/0xFFFF0000/01*004 e", JMP_VIRTUAL_REGISTERS },
      },
      .truncated_alt_strings = TRUE,
  },
  /* 1 MiB in two banks (nDBANK = 0), with the map of one: where the map has its sector 6, the chip
   * erases another */
  {
      .kind = "f767",
      OLD_ROM,
      .serial = "357634563433",
      .alts = {
        { "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,03*256Kg",
          .fill = jmp_virtual_content_program },
        { "@Option Bytes  /0x1FFF0000/01*032 e",
          JMP_VIRTUAL_OPTION_BYTES,
          .fill = jmp_virtual_content_options_f7 },
        { "@OTP Memory /0x1FF0F000/01*1024 e", JMP_VIRTUAL_OTP },
        { "@Device Feature/0xFFFF0000/01*004 e", JMP_VIRTUAL_REGISTERS },
      },
      .ram = { { 0x20000000, 0x20080000 } },
      .program_unit = 4,
      .program_us = 16,
      .erase = { { 32 * 1024, 250000 }, { 128 * 1024, 1000000 }, { 256 * 1024, 2000000 } },
      .mass_erase_us = 8000000,
      .not_erased = 0x08080000,
      .protection_at = 0x1FFF0001,
  },
  /* Says 2048 and stalls more than 1024 */
  {
      .kind = "l432",
      OLD_ROM,
      .serial = "204938633530",
      .alts = {
        { "@Internal Flash  /0x08000000/0128*0002Kg", .poll_erase = 21 },
        { "@Option Bytes  /0x1FFF7800/01*040 e",
          JMP_VIRTUAL_OPTION_BYTES,
          .fill = jmp_virtual_content_options_l4 },
      },
      .protection_at = 0x1FFF7800,
      .ram = { { 0x20000000, 0x2000C000 } },
      .program_unit = 8,
      .program_us = 82,
      .erase = { { 2 * 1024, 22000 } },
      .mass_erase_us = 22000,
      .stalls_while_busy = TRUE,
      .longest_block = 1024,
  },
  /* Erased bits are 0. Pages, and half of one at once: DS10685 and DS8890, 6.3.12 */
  {
      .kind = "l073",
      OLD_ROM,
      .serial = "7FB4A4356231",
      .alts = {
        { "@Internal Flash  /0x08000000/1536*128g" },
        { "@Option Bytes  /0x1FF80000/01*032 e",
          JMP_VIRTUAL_OPTION_BYTES,
          .fill = jmp_virtual_content_options_l0 },
        { "@DATA Memory /0x08080000/2*3Ke",
          JMP_VIRTUAL_EEPROM,
          .fill = jmp_virtual_content_eeprom },
      },
      .protection_at = 0x1FF80000,
      .ram = { { 0x20000000, 0x20005000 } },
      .program_unit = 64,
      .program_us = 3280,
      .erase = { { 128, 3280 } },
      .mass_erase_us = 6560,
      .erases_to_zero = TRUE,
      .refuses_unerased = TRUE,
  },
  {
      .kind = "l152",
      OLD_ROM,
      .serial = "76B0A1336969",
      .alts = {
        { "@Internal Flash  /0x08000000/1024*256 g" },
        { "@Option Bytes  /0x1FF80000/01*032 e",
          JMP_VIRTUAL_OPTION_BYTES,
          .fill = jmp_virtual_content_options_l0 },
        { "@DATA Memory /0x08080000/02*004Ke",
          JMP_VIRTUAL_EEPROM,
          .fill = jmp_virtual_content_eeprom },
      },
      .protection_at = 0x1FF80000,
      .ram = { { 0x20000000, 0x20008000 } },
      .program_unit = 128,
      .program_us = 3280,
      .erase = { { 256, 3280 } },
      .mass_erase_us = 6560,
      .erases_to_zero = TRUE,
      .refuses_unerased = TRUE,
  },
  /* One memory, three times */
  {
      .kind = "g0",
      NEW_ROM (JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR),
      .serial = "2079365A4E31",
      .alts = {
        { "@Internal Flash   /0x08000000/256*02Kg" },
        { "@Internal Flash   /0x08000000/256*02Kg", .is_view = TRUE },
        { "@Internal Flash   /0x08000000/256*02Kg", .is_view = TRUE },
      },
      .ram = { { 0x20000000, 0x20024000 } },
      .program_unit = 8,
      .program_us = 85,
      .erase = { { 2 * 1024, 22000 } },
      .mass_erase_us = 22000,
  },
  {
      .kind = "c5",
      NEW_ROM (JMP_VIRTUAL_CLEAR_STALLS),
      .serial = "208B35813930",
      .alts = { { "@Internal Flash   /0x08000000/64*08Kg" } },
      .ram = { { 0x20000000, 0x20020000 } },
      .program_unit = 16,
      .program_us = 40,
      .erase = { { 8 * 1024, 2000 } },
      .mass_erase_us = 130000,
      .hides_functional = TRUE,
  },
  /* The radio's firmware is at the end, and the last GETSTATUS always fails */
  {
      .kind = "wb55",
      NEW_ROM (JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR),
      .serial = "207F37814D31",
      .alts = {
        { "@Internal Flash   /0x08000000/256*04Kg" },
        { "@Option Bytes   /0x1FFF8000/01*128 e", JMP_VIRTUAL_OPTION_BYTES },
      },
      .ram = { { 0x20000000, 0x20030000 } },
      .program_unit = 8,
      .program_us = 85,
      .erase = { { 4 * 1024, 22000 } },
      .mass_erase_us = 5600000,
      .leave = JMP_VIRTUAL_LEAVE_STALLS,
  },
  /* Pages of 1 KiB, not as many as the map says; the serial number knows ("B": 128) */
  {
      .kind = "gd32",
      OLD_BEHAVIOUR,
      .vendor = 0x28E9,
      .product = 0x0189,
      .bcd_device = 0x1000,
      .manufacturer_text = "GDMicroelectronics",
      .product_text = "GD32 USB-DFU",
      .serial = "3CBJ",
      .protocol = 0,
      .alts = {
        { "@Internal Flash  /0x08000000/512*002Kg", .map = "@Flash /0x08000000/128*001Kg" },
        { "@Option Bytes  /0x1FFFF800/01*016 g", JMP_VIRTUAL_OPTION_BYTES },
      },
      .ram = { { 0x20000000, 0x20008000 } },
      .program_unit = 4,
      .program_us = 38,
      .erase = { { 1024, 45000 } },
      .mass_erase_us = 3200000,
      .leave = JMP_VIRTUAL_LEAVE_AT_ONCE,
      .eight_bit_serial = TRUE,
  },
  {
      .kind = "at32",
      OLD_BEHAVIOUR,
      .vendor = 0x2E3C,
      .product = 0xDF11,
      .bcd_device = 0x0200,
      .manufacturer_text = "Artery-Tech",
      .product_text = "AT32 Bootloader DFU",
      .serial = "AT32",
      .protocol = 2,
      .starts_in_error = TRUE,
      .alts = {
        { "@Internal Flash  /0x08000000/ 128*1Kg" },
        { "@Option byte   /0x1FFFF800/01*512g", JMP_VIRTUAL_OPTION_BYTES },
      },
      .ram = { { 0x20000000, 0x20008000 } },
      .program_unit = 4,
      .program_us = 60,
      .erase = { { 1024, 20000 } },
      .mass_erase_us = 2000000,
  },
  {
      .kind = "apm32",
      OLD_BEHAVIOUR,
      .vendor = 0x314B,
      .product = 0x0106,
      .bcd_device = 0x0200,
      .manufacturer_text = "Geehy",
      .product_text = "APM32 DFU ISP Mode",
      .serial = "0448",
      .protocol = 2,
      .starts_in_error = TRUE,
      .alts = { { "@Internal Flash  /0x8000000/06*002Kg,058*002Kg" } },
      .ram = { { 0x20000000, 0x20008000 } },
      .program_unit = 2,
      .program_us = 53,
      .erase = { { 2 * 1024, 30000 } },
      .mass_erase_us = 40000,
  },
};

JmpVirtualProfiles
jmp_virtual_profiles_st (void)
{
  return (JmpVirtualProfiles){ profiles, G_N_ELEMENTS (profiles) };
}
