/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/bytes.h"
#include "base/error.h"
#include "dfu/dfuse.h"
#include "virtual/virtual-usb.h"

#define FLASH 0x08000000

/* A virtual board on the bench, its boot loader idle and its flash selected. */
typedef struct {
  JmpVirtualBoard *board;
  JmpDfu *dfu;
  guint64 transfers;
} Bench;

static Bench
bench_open (const char *spec)
{
  Bench bench = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) info = NULL;
  JmpUsb *usb;

  bench.board = jmp_virtual_board_new (spec, &error);
  assert_no_error (error);
  usb = jmp_virtual_usb_open (bench.board, &error);
  assert_no_error (error);
  info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  bench.dfu = jmp_dfu_open (usb, info, &error);
  assert_no_error (error);
  assert_true (jmp_dfu_select_alt (bench.dfu, 0, NULL, &error));
  return bench;
}

static Bench
bench_new (const char *spec)
{
  Bench bench = bench_open (spec);
  g_autoptr (GError) error = NULL;

  jmp_dfu_to_idle (bench.dfu, NULL, &error);
  assert_no_error (error);
  bench.transfers = jmp_dfu_get_transfers (bench.dfu);
  return bench;
}

static void
bench_free (Bench *self)
{
  jmp_dfu_free (self->dfu);
  jmp_virtual_board_unref (self->board);
}

/* The transfers since the last time, which the board must have counted as well. */
static guint
transfers_since (Bench *self)
{
  guint64 now = jmp_dfu_get_transfers (self->dfu);
  guint since = (guint)(now - self->transfers);

  self->transfers = now;
  assert_int_equal (jmp_virtual_board_get_counters (self->board).transfers, now);
  return since;
}

static guint8
state_of (Bench *self)
{
  guint8 state = 0xFF;

  assert_true (jmp_dfu_get_state (self->dfu, &state, NULL, NULL));
  return state;
}

static void
assert_no_violations (Bench *self)
{
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (self->board);
  g_autofree char *text = g_strjoinv ("\n", violations);

  assert_string_equal (text, "");
}

static JmpSector
sector_at (Bench *self, guint32 address)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (jmp_dfu_get_info (self->dfu), 0);
  JmpSector sector;

  assert_true (jmp_layout_find (alt->layout, address, &sector));
  return sector;
}

static void
fill (guint8 *data, gsize size, guint8 seed)
{
  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(seed + 7 * i + (i >> 8));
}

static void
assert_flash (Bench *self, guint32 address, const guint8 *data, gsize size)
{
  g_autofree guint8 *there = g_malloc (size);

  assert_true (jmp_virtual_board_peek (self->board, 0, address, there, size));
  assert_memory_equal (there, data, size);
}

static void
test_dfuse_commands_take_three_transfers (void **state)
{
  Bench bench = bench_new ("pyboard,speed=0");
  JmpSector sector = sector_at (&bench, FLASH + 0x4000);
  guint8 written[2 * 2048];
  guint8 read[2048];

  fill (written, sizeof written, 1);
  assert_true (jmp_dfuse_erase_sector (bench.dfu, &sector, NULL, NULL));
  assert_int_equal (transfers_since (&bench), 3);
  assert_true (jmp_dfuse_set_address (bench.dfu, sector.address, NULL, NULL));
  assert_int_equal (transfers_since (&bench), 3);
  for (guint16 i = 0; i < 2; i++) {
    assert_true (jmp_dfuse_write_block (
        bench.dfu, JMP_DFUSE_FIRST_BLOCK + i, written + 2048 * i, 2048, NULL, NULL));
    assert_int_equal (transfers_since (&bench), 3);
  }
  assert_flash (&bench, sector.address, written, sizeof written);

  assert_true (jmp_dfu_abort (bench.dfu, NULL, NULL));
  transfers_since (&bench);
  for (guint16 i = 0; i < 2; i++) {
    assert_true (
        jmp_dfuse_read_block (bench.dfu, JMP_DFUSE_FIRST_BLOCK + i, read, 2048, NULL, NULL));
    assert_int_equal (transfers_since (&bench), 1);
    assert_memory_equal (read, written + 2048 * i, 2048);
  }
  assert_int_equal (jmp_virtual_board_get_counters (bench.board).sectors_erased, 1);
  assert_no_violations (&bench);
  bench_free (&bench);
}

static void
test_dfuse_fresh_rom_is_idle_after_three_transfers (void **state)
{
  Bench bench = bench_open ("pyboard,speed=0");
  g_autoptr (GError) error = NULL;

  assert_int_equal (state_of (&bench), JMP_DFU_ERROR);
  transfers_since (&bench);
  assert_true (jmp_dfu_to_idle (bench.dfu, NULL, &error));
  assert_int_equal (transfers_since (&bench), 3);
  assert_int_equal (state_of (&bench), JMP_DFU_IDLE);
  assert_no_violations (&bench);
  bench_free (&bench);
}

static void
test_dfuse_idle_from_where_commands_end (void **state)
{
  Bench bench = bench_new ("nucleo-h743,speed=0");
  guint8 data[4];

  assert_true (jmp_dfuse_set_address (bench.dfu, FLASH, NULL, NULL));
  assert_int_equal (state_of (&bench), JMP_DFU_DNLOAD_IDLE);
  assert_true (jmp_dfu_to_idle (bench.dfu, NULL, NULL));
  assert_true (jmp_dfuse_read_block (bench.dfu, 2, data, 4, NULL, NULL));
  assert_int_equal (state_of (&bench), JMP_DFU_UPLOAD_IDLE);
  assert_true (jmp_dfu_to_idle (bench.dfu, NULL, NULL));
  assert_int_equal (state_of (&bench), JMP_DFU_IDLE);
  assert_no_violations (&bench);
  bench_free (&bench);
}

/* The F072 stalls GETSTATUS while it works. */
static void
test_dfuse_early_polls_that_stall (void **state)
{
  Bench bench = bench_new ("f072,speed=0");
  JmpSector sector = sector_at (&bench, FLASH + 0x1000);
  guint8 written[2048];
  guint8 read[2048];
  g_autoptr (GError) error = NULL;

  fill (written, sizeof written, 9);
  jmp_dfuse_erase_sector (bench.dfu, &sector, NULL, &error);
  assert_no_error (error);
  assert_in_range (transfers_since (&bench), 4, 20);
  jmp_dfuse_set_address (bench.dfu, sector.address, NULL, &error);
  assert_no_error (error);
  jmp_dfuse_write_block (bench.dfu, 2, written, sizeof written, NULL, &error);
  assert_no_error (error);
  assert_flash (&bench, sector.address, written, sizeof written);
  assert_true (jmp_dfu_abort (bench.dfu, NULL, NULL));
  jmp_dfuse_read_block (bench.dfu, 2, read, sizeof read, NULL, &error);
  assert_no_error (error);
  assert_memory_equal (read, written, sizeof written);
  bench_free (&bench);
}

static void
test_dfuse_read_protection (void **state)
{
  static const char *const specs[] = { "pyboard,speed=0", "nucleo-h743,speed=0" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    Bench bench = bench_new (specs[i]);
    guint8 data[4];
    GError *error = NULL;

    jmp_virtual_board_set_read_protection (bench.board, 1);
    assert_false (jmp_dfuse_set_address (bench.dfu, FLASH, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_READ_PROTECTED, "setting the address 0x08000000");
    g_clear_error (&error);
    assert_int_equal (state_of (&bench), JMP_DFU_IDLE);
    assert_false (jmp_dfuse_read_block (bench.dfu, 2, data, 4, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_READ_PROTECTED, "errVENDOR");
    g_clear_error (&error);
    assert_int_equal (state_of (&bench), JMP_DFU_IDLE);
    bench_free (&bench);
  }
}

static void
test_dfuse_addresses_that_the_device_refuses (void **state)
{
  Bench bench = bench_new ("pyboard,speed=0");
  const JmpSector nowhere = { .address = 0x40000000,
                              .size = 1024,
                              .access = JMP_ACCESS_READ | JMP_ACCESS_ERASE };
  g_autoptr (GError) error = NULL;

  assert_false (jmp_dfuse_erase_sector (bench.dfu, &nowhere, NULL, &error));
  assert_error (
      error, JMP_ERROR, JMP_ERROR_DEVICE_STATUS, "erasing 0x40000000: the device reports err");
  assert_int_equal (state_of (&bench), JMP_DFU_IDLE);
  assert_int_equal (jmp_virtual_board_get_counters (bench.board).bytes_erased, 0);
  bench_free (&bench);
}

static void
test_dfuse_mass_erase (void **state)
{
  Bench bench = bench_new ("pyboard,speed=0");
  g_autofree guint8 *flash = g_malloc (1024 * 1024);
  g_autoptr (GError) error = NULL;

  jmp_dfuse_mass_erase (bench.dfu, NULL, &error);
  assert_no_error (error);
  assert_int_equal (transfers_since (&bench), 3);
  assert_true (jmp_virtual_board_peek (bench.board, 0, FLASH, flash, 1024 * 1024));
  assert_true (jmp_bytes_are_blank (flash, 1024 * 1024));
  assert_no_violations (&bench);
  bench_free (&bench);
}

static void
test_dfuse_get_commands (void **state)
{
  static const guint8 expected[] = { 0x00, 0x21, 0x41, 0x92 };
  Bench bench = bench_new ("pyboard,speed=0");
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) commands = jmp_dfuse_get_commands (bench.dfu, NULL, &error);

  assert_no_error (error);
  assert_int_equal (g_bytes_get_size (commands), 4);
  assert_memory_equal (g_bytes_get_data (commands, NULL), expected, 4);
  assert_int_equal (state_of (&bench), JMP_DFU_IDLE);
  assert_no_violations (&bench);
  bench_free (&bench);
}

static void
test_dfuse_leave_starts_the_program (void **state)
{
  Bench bench = bench_new ("pyboard,speed=0,jumper=off");
  g_autoptr (GError) error = NULL;

  jmp_dfuse_leave (bench.dfu, FLASH, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_dfu_get_transfers (bench.dfu) - bench.transfers, 5);
  assert_int_equal (jmp_virtual_board_get_started_at (bench.board), FLASH);
  assert_no_violations (&bench);
  bench_free (&bench);
}

static void
test_dfuse_unplugged (void **state)
{
  Bench bench = bench_new ("pyboard,speed=0");
  guint64 before = jmp_dfu_get_transfers (bench.dfu);
  g_autoptr (GError) error = NULL;

  jmp_virtual_board_unplug (bench.board);
  assert_false (jmp_dfuse_set_address (bench.dfu, FLASH, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "setting the address 0x08000000");
  assert_int_equal (jmp_dfu_get_transfers (bench.dfu), before + 1);
  bench_free (&bench);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_dfuse_commands_take_three_transfers),
    cmocka_unit_test (test_dfuse_fresh_rom_is_idle_after_three_transfers),
    cmocka_unit_test (test_dfuse_idle_from_where_commands_end),
    cmocka_unit_test (test_dfuse_early_polls_that_stall),
    cmocka_unit_test (test_dfuse_read_protection),
    cmocka_unit_test (test_dfuse_addresses_that_the_device_refuses),
    cmocka_unit_test (test_dfuse_mass_erase),
    cmocka_unit_test (test_dfuse_get_commands),
    cmocka_unit_test (test_dfuse_leave_starts_the_program),
    cmocka_unit_test (test_dfuse_unplugged),
  };

  return cmocka_run_group_tests_name ("core/dfu/dfuse", tests, NULL, NULL);
}
