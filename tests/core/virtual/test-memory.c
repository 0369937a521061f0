/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "virtual/memory-private.h"

#include <string.h>

static JmpVirtualMemory *
new_memory (const char *kind)
{
  g_autoptr (GError) error = NULL;
  JmpVirtualMemory *memory = jmp_virtual_memory_new (jmp_virtual_profile_find (kind), &error);

  assert_no_error (error);
  return memory;
}

static JmpSector
sector_at (JmpVirtualMemory *memory, guint alt, guint32 address)
{
  JmpSector sector;

  assert_true (jmp_layout_find (jmp_virtual_memory_layout (memory, alt), address, &sector));
  return sector;
}

static guint8
byte_at (JmpVirtualMemory *memory, guint alt, guint32 address)
{
  guint8 byte;

  assert_true (jmp_virtual_memory_peek (memory, alt, address, &byte, 1));
  return byte;
}

static guint
erase (JmpVirtualMemory *memory, guint alt, guint32 address)
{
  JmpSector sector = sector_at (memory, alt, address);

  return jmp_virtual_memory_erase (memory, alt, &sector);
}

static void
test_memory_programming_only_clears_bits (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("nucleo-h743");
  const guint8 first[] = { 0xFF, 0xF0, 0x3C };
  const guint8 second[] = { 0xFF, 0x30, 0xC3 };
  JmpVirtualProgram program;

  program = jmp_virtual_memory_program (memory, 0, 0x08000000, first, sizeof first);
  assert_false (program.conflict);
  program = jmp_virtual_memory_program (memory, 0, 0x08000000, second, sizeof second);
  assert_true (program.conflict);
  assert_int_equal (program.conflict_at, 0x08000002);
  assert_false (program.refused);
  assert_int_equal (byte_at (memory, 0, 0x08000000), 0xFF);
  assert_int_equal (byte_at (memory, 0, 0x08000001), 0x30);
  assert_int_equal (byte_at (memory, 0, 0x08000002), 0x00);
}

static void
test_memory_f072_checks_before_it_programs (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("f072");
  const guint8 first[] = { 0xF0 };
  const guint8 second[] = { 0x11, 0x0F, 0x22 };
  JmpVirtualProgram program;

  jmp_virtual_memory_program (memory, 0, 0x08000001, first, sizeof first);
  program = jmp_virtual_memory_program (memory, 0, 0x08000000, second, sizeof second);
  assert_true (program.refused);
  assert_int_equal (byte_at (memory, 0, 0x08000000), 0x11);
  assert_int_equal (byte_at (memory, 0, 0x08000001), 0xF0);
  assert_int_equal (byte_at (memory, 0, 0x08000002), 0xFF);
}

static void
test_memory_erases_one_sector (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("pyboard");
  guint8 before[2];
  guint8 bytes[0x4000];

  before[0] = byte_at (memory, 0, 0x08003BFF);
  before[1] = byte_at (memory, 0, 0x08008000);
  assert_int_not_equal (before[1], 0xFF);
  erase (memory, 0, 0x08004000);
  assert_true (jmp_virtual_memory_peek (memory, 0, 0x08004000, bytes, sizeof bytes));
  for (guint i = 0; i < sizeof bytes; i++)
    assert_int_equal (bytes[i], 0xFF);
  assert_int_equal (byte_at (memory, 0, 0x08003BFF), before[0]);
  assert_int_equal (byte_at (memory, 0, 0x08008000), before[1]);
}

static void
test_memory_times_are_those_of_the_data_sheet (void **state)
{
  static const struct {
    const char *name;
    const char *kind;
    guint32 address;
    guint erase_us;
    gsize length;
    guint program_us;
  } rows[] = {
    { "F405 16 KiB, a word", "pyboard", 0x0800C000, 250000, 4, 16 },
    { "F405 64 KiB, a word and a byte", "pyboard", 0x08010000, 550000, 5, 32 },
    { "F405 128 KiB, a block", "pyboard", 0x080E0000, 1000000, 2048, 8192 },
    { "H743 128 KiB, a block", "nucleo-h743", 0x08020000, 900000, 1024, 3200 },
    { "H743, a byte is a flash word", "nucleo-h743", 0x08000000, 900000, 1, 100 },
    { "F072 2 KiB, a block", "f072", 0x0801F800, 30000, 2048, 54272 },
  };
  g_autofree guint8 *data = g_malloc0 (2048);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpVirtualMemory) memory = new_memory (rows[i].kind);
    JmpVirtualProgram program;

    print_message ("%s\n", rows[i].name);
    assert_int_equal (erase (memory, 0, rows[i].address), rows[i].erase_us);
    program = jmp_virtual_memory_program (memory, 0, rows[i].address, data, rows[i].length);
    assert_int_equal (program.us, rows[i].program_us);
  }
}

static void
test_memory_protected_sector_ignores_everything (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("pyboard");
  const guint8 zero[2] = { 0, 0 };
  guint8 kept = byte_at (memory, 0, 0x08007FFF);
  JmpVirtualProgram program;
  JmpSector sector;

  assert_true (jmp_virtual_memory_protect (memory, 0, 0x08005678));
  assert_int_equal (erase (memory, 0, 0x08004000), 0);
  /* One byte is protected, the other is not. */
  program = jmp_virtual_memory_program (memory, 0, 0x08007FFF, zero, sizeof zero);
  assert_false (program.conflict);
  assert_int_equal (byte_at (memory, 0, 0x08007FFF), kept);
  assert_int_equal (byte_at (memory, 0, 0x08008000), 0);
  sector = sector_at (memory, 0, 0x08004000);
  assert_false (jmp_virtual_memory_is_erased_with_all (memory, &sector));
  sector = sector_at (memory, 0, 0x08008000);
  assert_true (jmp_virtual_memory_is_erased_with_all (memory, &sector));
  assert_false (jmp_virtual_memory_protect (memory, 0, 0x08100000));
  assert_false (jmp_virtual_memory_protect (memory, 4, 0x08000000));
}

static void
test_memory_otp_is_for_once (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("pyboard");
  const guint8 first[] = { 0xF0 };
  const guint8 second[] = { 0x0F };

  jmp_virtual_memory_program (memory, 2, 0x1FFF7800, first, 1);
  assert_int_equal (erase (memory, 2, 0x1FFF7800), 0);
  assert_int_equal (byte_at (memory, 2, 0x1FFF7800), 0xF0);
  assert_true (jmp_virtual_memory_program (memory, 2, 0x1FFF7800, second, 1).conflict);
  assert_int_equal (byte_at (memory, 2, 0x1FFF7800), 0x00);
}

static void
test_memory_option_bytes_and_registers_take_what_comes (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("pyboard");
  const guint8 low[] = { 0x00 };
  const guint8 high[] = { 0xAA };

  for (guint alt = 1; alt <= 3; alt += 2) {
    guint32 address = alt == 1 ? 0x1FFFC000 : 0xFFFF0000;

    jmp_virtual_memory_program (memory, alt, address, low, 1);
    assert_false (jmp_virtual_memory_program (memory, alt, address, high, 1).conflict);
    assert_int_equal (byte_at (memory, alt, address), 0xAA);
  }
}

static void
test_memory_ranges_cross_runs_and_stop_at_the_end (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("pyboard");
  const guint8 data[] = { 1, 2, 3, 4 };
  guint8 back[4];

  /* From the last 16 KiB sector into the 64 KiB one. */
  assert_true (jmp_virtual_memory_poke (memory, 0, 0x0800FFFE, data, 4));
  assert_true (jmp_virtual_memory_peek (memory, 0, 0x0800FFFE, back, 4));
  assert_memory_equal (back, data, 4);
  assert_int_equal (byte_at (memory, 0, 0x08010001), 4);

  assert_false (jmp_virtual_memory_peek (memory, 0, 0x080FFFFE, back, 4));
  assert_false (jmp_virtual_memory_poke (memory, 0, 0x080FFFFE, data, 4));
  assert_int_equal (byte_at (memory, 0, 0x080FFFFE), 0xFF);
  assert_false (jmp_virtual_memory_peek (memory, 0, 0x07FFFFFF, back, 4));
  assert_false (jmp_virtual_memory_peek (memory, 3, 0xFFFF0003, back, 4));
  assert_false (jmp_virtual_memory_peek (memory, 4, 0x08000000, back, 1));
  jmp_virtual_memory_program (memory, 0, 0x080FFFFE, data, 4);
  assert_int_equal (byte_at (memory, 0, 0x080FFFFE), 0xFF);
}

static void
test_memory_knows_what_changed (void **state)
{
  g_autoptr (JmpVirtualMemory) memory = new_memory ("pyboard");
  const guint8 blank[] = { 0xFF };
  const guint8 mark[] = { 0x5A };

  assert_false (jmp_virtual_memory_is_changed (memory, 0));
  jmp_virtual_memory_program (memory, 0, 0x080F0000, blank, 1);
  assert_false (jmp_virtual_memory_is_changed (memory, 0));
  jmp_virtual_memory_program (memory, 0, 0x080F0000, mark, 1);
  assert_true (jmp_virtual_memory_is_changed (memory, 0));
  assert_false (jmp_virtual_memory_is_changed (memory, 1));
  jmp_virtual_memory_set_changed (memory, 0, FALSE);
  erase (memory, 0, 0x08000000);
  assert_true (jmp_virtual_memory_is_changed (memory, 0));
}

static void
test_memory_fresh_pyboard_holds_its_own_files (void **state)
{
  g_autoptr (JmpVirtualMemory) one = new_memory ("pyboard");
  g_autoptr (JmpVirtualMemory) other = new_memory ("pyboard");
  g_autofree guint8 *bytes = g_malloc (0x1C000);
  const guint8 *a;
  const guint8 *b;
  gsize size;

  a = jmp_virtual_memory_raw (one, 0, &size);
  b = jmp_virtual_memory_raw (other, 0, &size);
  assert_int_equal (size, 0x100000);
  assert_memory_equal (a, b, size);
  assert_true (jmp_virtual_memory_peek (one, 0, 0x08004000, bytes, 0x1C000));
  assert_memory_equal (bytes + 510, "\x55\xAA", 2);
  assert_memory_equal (bytes + 0x1000, "# boot.py -- run on boot-up\n", 28);
  for (guint i = 0; i < 0x1C000; i++)
    assert_int_not_equal (bytes[i], 0xFF);
  /* A stack in RAM, a reset handler in the code behind the files. */
  assert_memory_equal (a, "\x00\x00\x02\x20\x89\x01\x02\x08", 8);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_memory_programming_only_clears_bits),
    cmocka_unit_test (test_memory_f072_checks_before_it_programs),
    cmocka_unit_test (test_memory_erases_one_sector),
    cmocka_unit_test (test_memory_times_are_those_of_the_data_sheet),
    cmocka_unit_test (test_memory_protected_sector_ignores_everything),
    cmocka_unit_test (test_memory_otp_is_for_once),
    cmocka_unit_test (test_memory_option_bytes_and_registers_take_what_comes),
    cmocka_unit_test (test_memory_ranges_cross_runs_and_stop_at_the_end),
    cmocka_unit_test (test_memory_knows_what_changed),
    cmocka_unit_test (test_memory_fresh_pyboard_holds_its_own_files),
  };

  return cmocka_run_group_tests_name ("core/virtual/memory", tests, NULL, NULL);
}
