/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Boot loaders that speak DFU 1.1, or 1.0, and nothing of ST's: no memory map on the wire. */

#include "virtual/profile-private.h"

/* STM32F103: there is no DFU in its ROM. */
#define F103                                                                                       \
  .start = 0x08000000, .ram = { { 0x20000000, 0x20005000 } }, .program_unit = 2, .program_us = 53, \
  .erase = { { 1024, 20000 } }, .is_plain = TRUE, .state_after_bad_upload = 10

static const JmpVirtualProfile profiles[] = {
  /* STM32F103C8 with stm32duino's boot loader: alt setting 1 is for programs linked for 0x08005000,
   * 2 for those at 0x08002000 */
  {
      .kind = "bluepill",
      F103,
      .vendor = 0x1EAF,
      .product = 0x0003,
      .bcd_device = 0x0201,
      .bcd_usb = 0x0200,
      .manufacturer_text = "LeafLabs",
      .product_text = "Maple 003",
      .serial = "LLM 003",
      .protocol = 2,
      .attributes = 0x03,
      .dfu_version = 0x0110,
      .transfer_size = 2048,
      .alts = {
        { "STM32duino bootloader v1.0  ERROR. Upload to RAM not supported.",
          .map = "@Flash /0x08000000/64*001Kg",
          .refuses = TRUE,
          .fill = jmp_virtual_content_bluepill },
        { "STM32duino bootloader v1.0  Upload to Flash 0x8005000",
          .is_view = TRUE,
          .base = 0x08005000,
          .also_erased = 0x08002000 },
        { "STM32duino bootloader v1.0  Upload to Flash 0x8002000",
          .is_view = TRUE,
          .base = 0x08002000 },
      },
      .programs = { 0x08002000, 0x08005000 },
      .poll_erase = 32,
      .poll_block = 32,
      .leave = JMP_VIRTUAL_LEAVE_WAITS,
  },
  {
      .kind = "dapboot",
      F103,
      .vendor = 0x1209,
      .product = 0xDB42,
      .bcd_device = 0x0110,
      .bcd_usb = 0x0210,
      .manufacturer_text = "Devanarchy",
      .product_text = "DAPBoot DFU Bootloader",
      .serial = "066EFF495351885087171826",
      .has_run_time = TRUE,
      .protocol = 2,
      .attributes = 0x0B,
      .dfu_version = 0x0110,
      .transfer_size = 1024,
      .alts = {
        { "DAPBoot DFU",
          .map = "@Flash /0x08000000/64*001Kg",
          .base = 0x08002000,
          .fill = jmp_virtual_content_bluepill },
      },
      .programs = { 0x08002000 },
      .poll_erase = 100,
      .poll_block = 100,
  },
  /* Openmoko's U-Boot: DFU 1.0, told behind the last alt setting alone, and poll time-outs that mean
   * nothing. Its memories are partitions of a NAND flash */
  {
      .kind = "dfu10",
      .vendor = 0x1D50,
      .product = 0x5119,
      .bcd_device = 0x0240,
      .bcd_usb = 0x0110,
      .manufacturer_text = "OpenMoko, Inc",
      .product_text = "Neo1973 Bootloader U-Boot",
      .serial = "0000000",
      .has_run_time = TRUE,
      .protocol = 2,
      .attributes = 0x07,
      .transfer_size = 4096,
      .alts = {
        { "u-boot", .map = "@u-boot /0x00000000/02*128Kg" },
        { "kernel", .map = "@kernel /0x00000000/04*128Kg" },
      },
      .ram = { { 0x30000000, 0x38000000 } },
      .program_unit = 2048,
      .program_us = 300,
      .erase = { { 128 * 1024, 2000 } },
      .poll_erase = 0x00C0FFEE,
      .poll_block = 0x00C0FFEE,
      .is_plain = TRUE,
      .leave = JMP_VIRTUAL_LEAVE_STAYS,
      .short_functional = TRUE,
      .state_after_bad_upload = 10,
  },
  /* STM32MP1: the ROM's strings look like memory maps, but their addresses are phase numbers */
  {
      .kind = "stm32mp1",
      .vendor = 0x0483,
      .product = 0xDF11,
      .bcd_device = 0x0200,
      .bcd_usb = 0x0200,
      .manufacturer_text = "STMicroelectronics",
      .product_text = "DFU in HS Mode @Device ID /0x500, @Revision ID /0x0000",
      .serial = "003B00453438510D32363038",
      .protocol = 2,
      .attributes = 0x0B,
      .dfu_version = 0x0110,
      .transfer_size = 1024,
      .alts = {
        { "@Partition0 /0x00/1*256Ke", .map = "@RAM /0x00000000/1*256Kg" },
        { "@FSBL /0x01/1*1Me", .map = "@RAM /0x00000000/1*1Mg" },
      },
      .ram = { { 0x2FFC0000, 0x30000000 } },
      .program_unit = 1024,
      .program_us = 1,
      .erase = { { 256 * 1024, 1 }, { 1024 * 1024, 1 } },
      .poll_block = 1,
      .is_plain = TRUE,
      .state_after_bad_upload = 10,
  },
};

JmpVirtualProfiles
jmp_virtual_profiles_plain (void)
{
  return (JmpVirtualProfiles){ profiles, G_N_ELEMENTS (profiles) };
}
