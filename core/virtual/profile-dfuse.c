/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Boot loaders that boards bring along in their flash, and that speak DfuSe. */

#include "virtual/profile-private.h"

static const JmpVirtualProfile profiles[] = {
  /* MicroPython's mboot on a PYBD_SF2. Its map has 1 MiB of internal flash; the chip has the half */
  {
      .kind = "mboot",
      .vendor = 0x0483,
      .product = 0xDF11,
      .bcd_device = 0x0300,
      .bcd_usb = 0x0200,
      .manufacturer_text = "MicroPython",
      .product_text = "Pyboard DFU",
      .serial = "3871335E3433",
      .protocol = 2,
      .attributes = 0x0B,
      .dfu_version = 0x011A,
      .transfer_size = 2048,
      .alts = {
        { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg/0x80000000/64*32Kg"
          "/0x90000000/64*32Kg",
          .fill = jmp_virtual_content_pybd },
      },
      .strings = { { 0x10, "Can't overwrite mboot" }, { 0x11, "Address out of range" } },
      .start = 0x08000000,
      .programs = { 0x08008000 },
      .ram = { { 0x20000000, 0x20040000 } },
      .program_unit = 4,
      .program_us = 16,
      .erase = { { 16 * 1024, 250000 }, { 64 * 1024, 550000 }, { 128 * 1024, 1000000 },
                 { 32 * 1024, 120000 } },
      .mass_erase_us = 4000000,
      .refusals = { { { 0x08000000, 0x08008000 }, 0x10 }, { { 0x08080000, 0x08100000 }, 0x11 } },
      .is_silent = TRUE,
      .state_after_bad_upload = 10,
  },
  /* Spark Core: keys and spare firmware in an SPI flash, at addresses from 0 */
  {
      .kind = "spark",
      .vendor = 0x1D50,
      .product = 0x607F,
      .bcd_device = 0x0200,
      .bcd_usb = 0x0200,
      .manufacturer_text = "Particle",
      .product_text = "CORE DFU",
      .serial = "8D7028785754",
      .protocol = 2,
      .attributes = 0x0B,
      .dfu_version = 0x011A,
      .transfer_size = 1024,
      .alts = {
        { "@Internal Flash  /0x08000000/20*001Ka,108*001Kg", .fill = jmp_virtual_content_core },
        { "@SPI Flash : SST25x/0x00000000/512*04Kg",
          .poll_erase = 20,
          .poll_block = 30,
          .fill = jmp_virtual_content_core_spi },
      },
      .start = 0x08000000,
      .programs = { 0x08005000 },
      .ram = { { 0x20000000, 0x20005000 } },
      .program_unit = 4,
      .program_us = 104,
      .erase = { { 1024, 20000 }, { 4 * 1024, 18000 } },
      .mass_erase_us = 20000,
      .poll_erase = 50,
      .poll_address = 50,
      .poll_block = 50,
      .clear_status = JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR,
      .state_after_bad_upload = 10,
  },
  /* Photon: the keys are in the device configuration table behind alt setting 1 */
  {
      .kind = "photon",
      .vendor = 0x2B04,
      .product = 0xD006,
      .bcd_device = 0x0200,
      .bcd_usb = 0x0200,
      .manufacturer_text = "Particle",
      .product_text = "PHOTON DFU Mode",
      .serial = "00000000050C",
      .protocol = 2,
      .attributes = 0x0B,
      .dfu_version = 0x011A,
      .transfer_size = 4096,
      .alts = {
        { "@Internal Flash   /0x08000000/03*016Ka,01*016Kg,01*064Kg,07*128Kg",
          .fill = jmp_virtual_content_photon },
        { "@DCT Flash   /0x00000000/01*016Kg", .fill = jmp_virtual_content_dct },
      },
      .start = 0x08000000,
      .programs = { 0x08020000 },
      .ram = { { 0x20000000, 0x20020000 } },
      .program_unit = 4,
      .program_us = 16,
      .erase = { { 16 * 1024, 250000 }, { 64 * 1024, 550000 }, { 128 * 1024, 1000000 } },
      .mass_erase_us = 8000000,
      .clear_status = JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR,
      .state_after_bad_upload = 10,
  },
  /* Black Magic Probe on an F4: erases only what begins where it is told */
  {
      .kind = "blackmagic",
      .vendor = 0x1D50,
      .product = 0x6017,
      .bcd_device = 0x0100,
      .bcd_usb = 0x0200,
      .manufacturer_text = "Black Magic Debug",
      .product_text = "Black Magic Probe DFU",
      .serial = "7BB070AC",
      .has_run_time = TRUE,
      .run_time_product = 0x6018,
      .protocol = 2,
      .attributes = 0x0B,
      .dfu_version = 0x011A,
      .transfer_size = 1024,
      .alts = {
        { "@Internal Flash   /0x08000000/01*016Ka,03*016Kg,01*064Kg,07*128Kg",
          .fill = jmp_virtual_content_program },
      },
      .start = 0x08000000,
      .programs = { 0x08004000 },
      .ram = { { 0x20000000, 0x20020000 } },
      .program_unit = 4,
      .program_us = 16,
      .erase = { { 16 * 1024, 250000 }, { 64 * 1024, 550000 }, { 128 * 1024, 1000000 } },
      .mass_erase_us = 8000000,
      .poll_erase = 500,
      .poll_block = 26,
      .erases_starts_only = TRUE,
      .state_after_bad_upload = 10,
  },
};

JmpVirtualProfiles
jmp_virtual_profiles_dfuse (void)
{
  return (JmpVirtualProfiles){ profiles, G_N_ELEMENTS (profiles) };
}
