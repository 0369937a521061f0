/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is left when the power goes in the middle, and what the level of read protection does when the
 * chip starts. */

#include "wire.h"

#include <string.h>

#define KIB 1024

static void
peek (JmpVirtualBoard *board, guint8 alt, guint32 address, guint8 *data, gsize size)
{
  assert_true (jmp_virtual_board_peek (board, alt, address, data, size));
}

/* DNLOAD and the GETSTATUS that starts the work; nothing of it has passed. */
static void
start (JmpVirtualBoard *board, guint16 block, const guint8 *data, guint16 length)
{
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint8 status[6];

  assert_int_equal (wire_transfer (board, 0x21, 1, block, copy, length).reply, JMP_VIRTUAL_OK);
  assert_int_equal (wire_transfer (board, 0xA1, 3, 0, status, 6).reply, JMP_VIRTUAL_OK);
  assert_int_equal (status[4], 4);
}

static void
pass (JmpVirtualBoard *board, gint64 us)
{
  jmp_virtual_board_sleep_until (board, jmp_virtual_board_now (board) + us);
}

/* The sector at 0x08004000 after its erase, which takes 250 ms, was interrupted after @us. */
static guint8 *
interrupt_erase (gint64 us, guint8 **before)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  const guint8 erase[] = { 0x41, 0x00, 0x40, 0x00, 0x08 };
  guint8 *after = g_malloc (16 * KIB);
  guint8 next[4];
  guint8 next_before[4];

  wire_ready (board);
  *before = g_malloc (16 * KIB);
  peek (board, 0, 0x08004000, *before, 16 * KIB);
  peek (board, 0, 0x08008000, next_before, 4);
  start (board, 0, erase, sizeof erase);
  pass (board, us);
  jmp_virtual_board_unplug (board);
  peek (board, 0, 0x08004000, after, 16 * KIB);
  peek (board, 0, 0x08008000, next, 4);
  assert_memory_equal (next, next_before, 4);
  return after;
}

static gsize
count_equal (const guint8 *a, const guint8 *b, gsize size)
{
  gsize n = 0;

  for (gsize i = 0; i < size; i++)
    n += a[i] == b[i];
  return n;
}

static void
test_power_erase_is_interrupted (void **state)
{
  g_autofree guint8 *blank = g_malloc (16 * KIB);
  g_autofree guint8 *before = NULL;
  g_autofree guint8 *again_before = NULL;
  g_autofree guint8 *half = interrupt_erase (125000, &before);
  g_autofree guint8 *again = interrupt_erase (125000, &again_before);

  memset (blank, 0xFF, 16 * KIB);
  /* Neither what it was nor blank: of random bytes, one in 256 would be equal. */
  assert_true (count_equal (half, before, 16 * KIB) < 256);
  assert_true (count_equal (half, blank, 16 * KIB) < 256);
  assert_memory_equal (half, again, 16 * KIB);
}

static void
test_power_erase_before_and_after (void **state)
{
  g_autofree guint8 *before = NULL;
  g_autofree guint8 *before_done = NULL;
  g_autofree guint8 *nothing = interrupt_erase (0, &before);
  g_autofree guint8 *done = interrupt_erase (250000, &before_done);

  assert_memory_equal (nothing, before, 16 * KIB);
  for (gsize i = 0; i < 16 * KIB; i++)
    assert_int_equal (done[i], 0xFF);
}

static void
test_power_program_is_interrupted (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  guint8 data[2048];
  guint8 found[2048];

  memset (data, 0x3C, sizeof data);
  wire_ready (board);
  assert_int_equal (wire_set_address (board, 0x080E0000), 0);
  start (board, 2, data, sizeof data);
  /* A word takes 16 us: 100 are done, and half of the next. */
  pass (board, 100 * 16 + 8);
  jmp_virtual_board_unplug (board);
  peek (board, 0, 0x080E0000, found, sizeof found);
  assert_memory_equal (found, data, 400);
  for (gsize i = 400; i < 404; i++)
    assert_int_equal (found[i] & 0x3C, 0x3C);
  for (gsize i = 404; i < sizeof found; i++)
    assert_int_equal (found[i], 0xFF);
}

static void
test_power_mass_erase_is_interrupted (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autofree guint8 *before = g_malloc (KIB * KIB);
  g_autofree guint8 *after = g_malloc (KIB * KIB);
  const guint8 erase[] = { 0x41 };

  wire_ready (board);
  peek (board, 0, 0x08000000, before, KIB * KIB);
  start (board, 0, erase, sizeof erase);
  /* 8 s for 1 MiB: after 600 ms, four sectors of 16 KiB are done, and the next has begun. */
  pass (board, 600000);
  jmp_virtual_board_unplug (board);
  peek (board, 0, 0x08000000, after, KIB * KIB);
  for (gsize i = 0; i < 64 * KIB; i++)
    assert_int_equal (after[i], 0xFF);
  assert_true (count_equal (after + 64 * KIB, before + 64 * KIB, 64 * KIB) < 1024);
  assert_memory_equal (after + 128 * KIB, before + 128 * KIB, 896 * KIB);
}

static void
test_power_plain_block_is_interrupted (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0");
  guint8 data[1024];
  guint8 found[1024];

  memset (data, 0, sizeof data);
  /* The page takes 20 ms to erase, a half-word 53 us to program. */
  start (board, 0, data, sizeof data);
  pass (board, 20000 + 53 * 10);
  jmp_virtual_board_unplug (board);
  peek (board, 0, 0x08002000, found, sizeof found);
  assert_memory_equal (found, data, 20);
  for (gsize i = 22; i < sizeof found; i++)
    assert_int_equal (found[i], 0xFF);
}

static void
test_power_protected_sector_is_not_harmed (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  const guint8 erase[] = { 0x41, 0x00, 0x40, 0x00, 0x08 };
  guint8 before[64];
  guint8 found[64];

  wire_ready (board);
  jmp_virtual_board_protect_sector (board, 0, 0x08004000);
  peek (board, 0, 0x08004000, before, sizeof before);
  start (board, 0, erase, sizeof erase);
  jmp_virtual_board_unplug (board);
  peek (board, 0, 0x08004000, found, sizeof found);
  assert_memory_equal (found, before, sizeof found);
}

static void
test_power_unplug_at_cuts_the_work_that_a_fake_clock_jumps_over (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  const guint8 erase[] = { 0x41, 0x00, 0x40, 0x00, 0x08 };
  guint8 status[6];
  guint8 found[4];
  gint64 cut;

  wire_ready (board);
  start (board, 0, erase, sizeof erase);
  cut = jmp_virtual_board_now (board) + 100000;
  jmp_virtual_board_unplug_at (board, cut);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
  assert_int_equal (wire_transfer (board, 0xA1, 3, 0, status, 6).reply, JMP_VIRTUAL_GONE);
  assert_int_equal (jmp_virtual_board_now (board), cut);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_UNPLUGGED);
  peek (board, 0, 0x08004000, found, 4);
  assert_memory_not_equal (found, "\xFF\xFF\xFF\xFF", 4);
  assert_memory_not_equal (found, "\xEB\x3C\x90\x4D", 4);
  jmp_virtual_board_plug (board);
  converse (board, "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00");
}

static void
test_power_unplug_in_the_spec (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,unplug=30");

  converse (board, "A1 05 00 00 00 00 01 00 -> 0A");
  pass (board, 30000);
  converse (board, "A1 05 00 00 00 00 01 00 -> gone");
}

/* F405: the user byte and 0xAA for no read protection; the rest as erased. */
static void
test_power_option_bytes_as_delivered (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  wire_alt (board, 1);
  assert_int_equal (wire_set_address (board, 0x1FFFC000), 0);
  wire_abort (board);
  converse (board, "A1 02 02 00 00 00 10 00 -> ED AA FF FF FF FF FF FF FF FF FF FF FF FF FF FF");
}

static void
test_power_level_1_from_the_spec (void **state)
{
  static const char *const specs[] = { "pyboard,speed=0,rdp=1", "f072,speed=0,rdp=1" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board (specs[i]);

    wire_ready (board);
    assert_int_equal (wire_set_address (board, 0x08000000), 0x0B);
    wire_ready (board);
    converse (board,
              "A1 02 02 00 00 00 04 00 -> stall\n"
              "A1 03 00 00 00 00 06 00 -> 0B 00 00 00 0A 00");
  }
}

/* Writes the user byte and the level, and asserts that the chip resets. */
static void
write_level (JmpVirtualBoard *board, const char *download)
{
  wire_ready (board);
  wire_alt (board, 1);
  assert_int_equal (wire_set_address (board, 0x1FFFC000), 0);
  converse (board, download);
}

static void
test_power_level_1_by_option_bytes (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=on");
  guint8 found[4];

  write_level (board,
               "21 01 02 00 00 00 02 00 | ED 55 -> ok\n"
               "A1 03 00 00 00 00 06 00 -> 00 68 00 00 04 00\n"
               "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00");
  wire_ready (board);
  /* The flash is as it was, and cannot be read. */
  peek (board, 0, 0x08000000, found, 4);
  assert_memory_equal (found, "\x00\x00\x02\x20", 4);
  assert_int_equal (wire_set_address (board, 0x08000000), 0x0B);
  wire_ready (board);
  converse (board,
            "# read unprotect: everything is gone, and the level, too\n"
            "21 01 00 00 00 00 01 00 | 92 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 64 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 02 00 00 00 04 00 -> FF FF FF FF");
  peek (board, 1, 0x1FFFC000, found, 2);
  assert_memory_equal (found, "\xED\xAA", 2);
}

static void
test_power_level_2_is_for_ever (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=on");

  write_level (board,
               "21 01 02 00 00 00 02 00 | ED CC -> ok\n"
               "A1 03 00 00 00 00 06 00 -> 00 68 00 00 04 00\n"
               "A1 03 00 00 00 00 06 00 -> gone");
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  pass (board, 20000);
  jmp_virtual_board_set_jumper (board, TRUE);
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_plug (board);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
}

static void
test_power_level_2_from_the_spec_has_no_boot_loader (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,rdp=2");

  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  converse (board, "A1 03 00 00 00 00 06 00 -> gone");
}

static void
test_power_option_bytes_interrupted_are_level_1 (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=on");
  guint8 found[2];

  wire_ready (board);
  wire_alt (board, 1);
  assert_int_equal (wire_set_address (board, 0x1FFFC000), 0);
  start (board, 2, (const guint8 *)"\xED\xAA", 2);
  pass (board, 10000);
  jmp_virtual_board_unplug (board);
  peek (board, 1, 0x1FFFC000, found, 2);
  assert_memory_equal (found, "\xFF\xFF", 2);
  jmp_virtual_board_plug (board);
  wire_ready (board);
  assert_int_equal (wire_set_address (board, 0x08000000), 0x0B);
}

static void
test_power_read_unprotect_interrupted_stays_protected (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=on,rdp=1");
  guint8 found[4];

  wire_ready (board);
  start (board, 0, (const guint8 *)"\x92", 1);
  pass (board, 4000000);
  jmp_virtual_board_unplug (board);
  peek (board, 0, 0x08000000, found, 4);
  assert_memory_equal (found, "\xFF\xFF\xFF\xFF", 4);
  jmp_virtual_board_plug (board);
  wire_ready (board);
  assert_int_equal (wire_set_address (board, 0x08000000), 0x0B);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_power_erase_is_interrupted),
    cmocka_unit_test (test_power_erase_before_and_after),
    cmocka_unit_test (test_power_program_is_interrupted),
    cmocka_unit_test (test_power_mass_erase_is_interrupted),
    cmocka_unit_test (test_power_plain_block_is_interrupted),
    cmocka_unit_test (test_power_protected_sector_is_not_harmed),
    cmocka_unit_test (test_power_unplug_at_cuts_the_work_that_a_fake_clock_jumps_over),
    cmocka_unit_test (test_power_unplug_in_the_spec),
    cmocka_unit_test (test_power_option_bytes_as_delivered),
    cmocka_unit_test (test_power_level_1_from_the_spec),
    cmocka_unit_test (test_power_level_1_by_option_bytes),
    cmocka_unit_test (test_power_level_2_is_for_ever),
    cmocka_unit_test (test_power_level_2_from_the_spec_has_no_boot_loader),
    cmocka_unit_test (test_power_option_bytes_interrupted_are_level_1),
    cmocka_unit_test (test_power_read_unprotect_interrupted_stays_protected),
  };

  return cmocka_run_group_tests_name ("core/virtual/power", tests, NULL, NULL);
}
