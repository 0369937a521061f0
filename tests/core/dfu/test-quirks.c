/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "dfu/layout.h"
#include "dfu/quirks.h"

#define F405     "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define GD32     "@Internal Flash  /0x08000000/512*002Kg"
#define ANY_GD32 (JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS | JMP_QUIRK_MAP_MAY_LIE)
#define GD32K(n) "@Internal Flash  /0x08000000/" n "*001Kg"

/* A device, and the row that it must find. */
#define MAPLE (JMP_QUIRK_NOT_DFUSE | JMP_QUIRK_DFU_1_1 | JMP_QUIRK_KEEPS_BLOCKS)

static const struct {
  JmpQuirkKey key;
  JmpQuirks quirks;
} rows[] = {
  { { 0x0483, 0xDF11, 0x2200, "STMicroelectronics", "205E37A05641", F405 }, { 0 } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, NULL }, { 0 } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@Internal Flash  /0x08000000/128*0002Kg" }, { 0 } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@Internal Flash  /0x08000000/0128*0002Kg" },
    { .transfer_size = 1024, .name = "STM32L43x ROM" } },
  { { 0x0483, 0xDF11, 0x0200, NULL, NULL, "@Internal Flash   /0x08000000/16*128Kg" },
    { .flags = JMP_QUIRK_MASS_ERASE_IGNORED, .name = "ST ROM, new generation" } },
  { { 0x0483, 0xDF11, 0x0200, NULL, NULL, "@Internal Flash   /0x08000000/64*08Kg" },
    { .flags = JMP_QUIRK_NO_CLEAR_STATUS | JMP_QUIRK_MASS_ERASE_IGNORED, .name = "STM32C5 ROM" } },
  { { 0x0483, 0xDF11, 0x0300, "MicroPython", "3871335E3433", F405 },
    { .flags = JMP_QUIRK_NO_GET_COMMANDS, .name = "MicroPython mboot" } },
  { { 0xF055, 0x9801, 0x0300, "MicroPython", NULL, NULL },
    { .flags = JMP_QUIRK_NO_GET_COMMANDS, .name = "MicroPython mboot" } },
  { { 0x0483, 0xDF11, 0x0200, NULL, NULL, "@Partition0 /0x00/1*256Ke" },
    { .flags = JMP_QUIRK_NOT_DFUSE, .name = "STM32MP" } },
  { { 0x0483, 0xDF11, 0x0200, NULL, NULL, "@virtual /0xF1/1*512Ba" },
    { .flags = JMP_QUIRK_NOT_DFUSE, .name = "STM32MP" } },
  { { 0x1D50, 0x607F, 0x0200, NULL, NULL, "@SPI Flash : SST25x/0x00000000/512*04Kg" },
    { .name = "Spark Core" } },
  { { 0x2B04, 0xD006, 0x0200, NULL, NULL, NULL }, { .name = "Particle" } },
  { { 0x2E3C, 0xDF11, 0x0200, NULL, "AT32", NULL }, { .name = "AT32 ROM" } },
  { { 0x314B, 0x0106, 0x0200, NULL, "0448", NULL }, { .name = "APM32 ROM" } },
  { { 0x1D50, 0x6017, 0x0100, NULL, NULL, NULL }, { .name = "Black Magic Probe" } },
  { { 0x1D50, 0x6018, 0x0100, NULL, NULL, NULL },
    { .flags = JMP_QUIRK_BOARD, .name = "Black Magic Probe" } },
  { { 0x1209, 0xDB42, 0x0110, NULL, NULL, "DAPBoot DFU" },
    { .flags = JMP_QUIRK_KEEPS_BLOCKS | JMP_QUIRK_BOARD,
      .bases = { 0x08002000, 0x08000000 },
      .n_bases = 2,
      .name = "dapboot" } },
  { { 0x0483,
      0xDF11,
      0x2200,
      NULL,
      NULL,
      "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,07*256Kg" },
    { .flags = JMP_QUIRK_MAP_MAY_LIE, .name = "STM32F7 ROM, one bank or two" } },
  { { 0x0483,
      0xDF11,
      0x2200,
      NULL,
      NULL,
      "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,03*256Kg" },
    { .flags = JMP_QUIRK_MAP_MAY_LIE, .name = "STM32F7 ROM, one bank or two" } },
  { { 0x0483,
      0xDF11,
      0x0200,
      NULL,
      NULL,
      "@External Flash /0x90000000/1001*128Kg,3*128Kg,20*128Ka" },
    { .layout = "@External Flash /0x90000000/998*128Kg,1*128Kg,4*128Kg,21*128Ka",
      .name = "SPRacing H750, early loader" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "3C2J", GD32 },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS,
      .layout = GD32K ("8"),
      .name = "GD32, 8 KiB" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "3C4J", GD32 },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS,
      .layout = GD32K ("16"),
      .name = "GD32, 16 KiB" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "3C6J", GD32 },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS,
      .layout = GD32K ("32"),
      .name = "GD32, 32 KiB" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "3C8J", GD32 },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS,
      .layout = GD32K ("64"),
      .name = "GD32, 64 KiB" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "3CBJ", GD32 },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS,
      .layout = GD32K ("128"),
      .name = "GD32, 128 KiB" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "3CDJ", GD32 },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE | JMP_QUIRK_LEAVE_WITHOUT_STATUS,
      .layout = GD32K ("256"),
      .name = "GD32, 256 KiB" } },
  { { 0x28E9, 0x0189, 0x0100, NULL, "3CBJ", GD32K ("128") },
    { .flags = ANY_GD32, .name = "GD32" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, "B", GD32 }, { .flags = ANY_GD32, .name = "GD32" } },
  { { 0x28E9, 0x0189, 0x1000, NULL, NULL, NULL }, { .flags = ANY_GD32, .name = "GD32" } },
  { { 0x1EAF, 0x0003, 0x0201, "LeafLabs", "LLM 003", "STM32duino bootloader v1.0" },
    { .flags = MAPLE, .name = "Maple, stm32duino" } },
  { { 0x1EAF,
      0x0003,
      0x0201,
      NULL,
      NULL,
      "STM32duino bootloader v1.0  ERROR. Upload to RAM not supported." },
    { .flags = MAPLE,
      .refuses = "this boot loader does not load programs into RAM",
      .name = "Maple, stm32duino" } },
  { { 0x1EAF, 0x0003, 0x0201, NULL, NULL, "STM32duino bootloader v1.0  Upload to Flash 0x8005000" },
    { .flags = MAPLE,
      .bases = { 0x08005000 },
      .n_bases = 1,
      .also_erases = 0x08002000,
      .name = "Maple, stm32duino" } },
  { { 0x1EAF, 0x0003, 0x0201, NULL, NULL, "STM32duino bootloader v1.0  Upload to Flash 0x8002000" },
    { .flags = MAPLE, .bases = { 0x08002000 }, .n_bases = 1, .name = "Maple, stm32duino" } },
  { { 0x1EAF, 0x0004, 0x0201, NULL, NULL, NULL }, { .erased = JMP_ERASED_UNKNOWN } },
  { { 0x1FC9, 0x000C, 0x0100, NULL, NULL, NULL },
    { .flags = JMP_QUIRK_FORCE_DFU_MODE, .name = "NXP LPC" } },
  { { 0x1D50, 0x5119, 0, NULL, NULL, NULL },
    { .flags = JMP_QUIRK_BOARD, .poll_timeout_ms = 5, .name = "Openmoko Freerunner" } },
  { { 0x16C0, 0x076B, 0, NULL, NULL, NULL }, { .poll_timeout_ms = 5, .name = "OpenPCD" } },
  { { 0x16C0, 0x0762, 0, NULL, NULL, NULL }, { .poll_timeout_ms = 5, .name = "SIMtrace" } },
  { { 0x16C0, 0x076C, 0, NULL, NULL, NULL }, { .poll_timeout_ms = 5, .name = "OpenPICC" } },
  { { 0x0908, 0x02C4, 0, NULL, NULL, NULL }, { .poll_timeout_ms = 5, .name = "Siemens PXM 40" } },
  { { 0x0908, 0x02C5, 0, NULL, NULL, NULL }, { .poll_timeout_ms = 5, .name = "Siemens PXM 50" } },
  { { 0x0908, 0x02C5, 1, NULL, NULL, NULL }, { .erased = JMP_ERASED_UNKNOWN } },
  { { 0x0763, 0x2806, 0, NULL, NULL, NULL }, { .poll_timeout_ms = 5, .name = "M-Audio Transit" } },
  { { 0x03EB, 0x2FF4, 0, NULL, NULL, NULL }, { .flags = JMP_QUIRK_NOT_DFU, .name = "Atmel FLIP" } },
  { { 0x03EB, 0x6124, 0, NULL, NULL, NULL }, { .erased = JMP_ERASED_UNKNOWN } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@Internal Flash  /0x08000000/1536*128g" },
    { .flags = JMP_QUIRK_MAP_MAY_LIE, .erased = JMP_ERASED_ZEROS, .name = "STM32L0 ROM" } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@Internal Flash  /0x08000000/1536*128 g" },
    { .flags = JMP_QUIRK_MAP_MAY_LIE, .erased = JMP_ERASED_ZEROS, .name = "STM32L0 ROM" } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@Internal Flash  /0x08000000/1024*256 g" },
    { .erased = JMP_ERASED_ZEROS, .name = "STM32L1 ROM" } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@DATA Memory /0x08080000/2*3Ke" },
    { .erased = JMP_ERASED_ZEROS, .name = "STM32L0 or L1 ROM" } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@DATA Memory /0x08080000/02*004Ke" },
    { .erased = JMP_ERASED_ZEROS, .name = "STM32L0 or L1 ROM" } },
  { { 0x0483, 0xDF11, 0x2200, NULL, NULL, "@Option Bytes  /0x1FF80000/01*032 e" }, { 0 } },
  { { 0x1209, 0x1234, 0x0100, NULL, NULL, "@Internal Flash  /0x08000000/64*4Kg" },
    { .erased = JMP_ERASED_UNKNOWN } },
};

static void
test_quirks_first_row_that_matches (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const JmpQuirkKey *key = &rows[i].key;
    JmpQuirks found = jmp_quirks_lookup (key);
    const JmpQuirks *expected = &rows[i].quirks;

    if (g_strcmp0 (found.name, expected->name) != 0)
      fail_msg ("%04x:%04x %s: %s", key->vid, key->pid, key->layout, found.name);
    assert_int_equal (found.flags, expected->flags);
    assert_int_equal (found.transfer_size, expected->transfer_size);
    assert_int_equal (found.poll_timeout_ms, expected->poll_timeout_ms);
    assert_int_equal (g_strcmp0 (found.layout, expected->layout), 0);
    assert_int_equal (found.n_bases, expected->n_bases);
    assert_memory_equal (found.bases, expected->bases, sizeof found.bases);
    assert_int_equal (found.also_erases, expected->also_erases);
    assert_int_equal (g_strcmp0 (found.refuses, expected->refuses), 0);
    assert_int_equal (found.erased, expected->erased);
  }
}

static void
test_quirks_layouts_can_be_read (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const char *text = jmp_quirks_lookup (&rows[i].key).layout;

    if (text != NULL) {
      g_autoptr (GError) error = NULL;
      g_autoptr (JmpLayout) layout = jmp_layout_parse (text, &error);

      assert_no_error (error);
      assert_non_null (layout);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_quirks_first_row_that_matches),
    cmocka_unit_test (test_quirks_layouts_can_be_read),
  };

  return cmocka_run_group_tests_name ("core/dfu/quirks", tests, NULL, NULL);
}
