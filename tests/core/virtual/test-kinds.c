/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is particular about each kind that speaks DfuSe, in bytes. */

#include "wire.h"

#include <string.h>

static void
assert_peek (JmpVirtualBoard *board, guint8 alt, guint32 address, const char *bytes, gsize size)
{
  g_autofree guint8 *found = g_malloc (size);

  assert_true (jmp_virtual_board_peek (board, alt, address, found, size));
  assert_memory_equal (found, bytes, size);
}

static void
test_kinds_mboot (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("mboot,speed=0");

  converse (board,
            "# bcdDevice 0x0300; one alt setting; download, upload, will detach\n"
            "80 06 00 01 00 00 12 00 -> 12 01 00 02 00 00 00 40 83 04 11 DF 00 03 01 02 03 01\n"
            "80 06 00 02 00 00 FF 00 -> 09 02 1B 00 01 01 00 C0 32 09 04 00 00 00 FE 01 02 04"
            " 09 21 0B FF 00 00 08 1A 01\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00\n"
            "# Get commands and GETSTATE: no answer, and no stall either\n"
            "A1 02 00 00 00 00 40 00 -> silence\n"
            "A1 05 00 00 00 00 01 00 -> silence\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_violations (board, "");
}

static void
test_kinds_mboot_works_while_the_status_is_held (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("mboot,speed=0");
  guint8 command[] = { 0x41, 0x00, 0x00, 0x00, 0x80 };
  guint8 status[6];
  gint64 begin;

  wire_transfer (board, 0x21, 1, 0, command, sizeof command);
  begin = wire_transfer (board, 0xA1, 3, 0, status, 6).done_at;
  assert_memory_equal (status, "\x00\x00\x00\x00\x04\x00", 6);
  assert_true (wire_transfer (board, 0xA1, 3, 0, status, 6).done_at >= begin + 120000);
  assert_memory_equal (status, "\x00\x00\x00\x00\x05\x00", 6);
  assert_peek (board, 0, 0x80000000, "\xFF\xFF\xFF\xFF", 4);
  assert_violations (board, "");
}

static void
test_kinds_mboot_says_why (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("mboot,speed=0");

  converse (board,
            "# itself: string 0x10, said once\n"
            "21 01 00 00 00 00 05 00 | 41 00 40 00 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 08 00 00 00 0A 10\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 0A 00\n"
            "80 06 10 03 09 04 0A 00 -> 2C 03 43 00 61 00 6E 00 27 00\n"
            "# ABORT leads out of the error\n"
            "21 06 00 00 00 00 00 00 -> ok\n"
            "# the map has it, the chip has not: string 0x11\n"
            "21 01 00 00 00 00 05 00 | 41 00 00 08 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 08 00 00 00 0A 11\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "# read unprotect is no command of its: an error, and the status is OK\n"
            "21 01 00 00 00 00 01 00 | 92 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 0A 00");
}

static void
test_kinds_mboot_mass_erase_stays_inside (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("mboot,speed=0");
  const guint8 erase[] = { 0x41 };
  guint8 loader[4];
  guint8 files[4];

  assert_true (jmp_virtual_board_peek (board, 0, 0x08000000, loader, 4));
  assert_true (jmp_virtual_board_peek (board, 0, 0x80000400, files, 4));
  assert_int_equal (wire_download (board, 0, erase, 1), 0);
  assert_peek (board, 0, 0x08000000, (const char *)loader, 4);
  assert_peek (board, 0, 0x08008000, "\xFF\xFF\xFF\xFF", 4);
  assert_peek (board, 0, 0x80000400, (const char *)files, 4);
}

static void
test_kinds_mboot_leaves_by_a_reset (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("mboot,speed=0");

  /* Whatever the address. */
  assert_int_equal (wire_set_address (board, 0x80001234), 0);
  wire_leave (board);
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0x08008000);
  assert_violations (board, "");
}

static void
test_kinds_spark_keys (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("spark,speed=0");
  const guint8 data[] = { 0x12, 0x34 };

  assert_peek (board, 1, 0x1000, "\x30\x82\x01\x22\x30\x0D\x06\x09", 8);
  assert_peek (board,
               1,
               0x1180,
               "\x01\x0F"
               "device.spark.io",
               17);
  assert_peek (board, 1, 0x2000, "\x30\x82\x02\x5D\x02\x01\x00", 7);
  /* The factory image is the program, linked for 0x08005000. */
  assert_peek (board, 1, 0x20000, "\x00\x50\x00\x20\x89\x51\x00\x08", 8);
  assert_peek (board, 0, 0x08005000, "\x00\x50\x00\x20\x89\x51\x00\x08", 8);

  /* Address 0x20000 of alt setting 1 is no address of alt setting 0. */
  wire_alt (board, 1);
  converse (board,
            "21 01 00 00 00 00 05 00 | 41 00 00 08 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 14 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00");
  assert_int_equal (wire_set_address (board, 0x80000), 0);
  assert_int_equal (wire_download (board, 2, data, 2), 0);
  assert_peek (board, 1, 0x80000, "\x12\x34", 2);
  assert_violations (board, "");
}

static void
test_kinds_photon_keys (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("photon,speed=0");

  assert_peek (board, 1, 34, "\x30\x82\x02\x5D", 4);
  assert_peek (board, 1, 2082, "\x30\x82\x01\x22", 4);
  assert_peek (board,
               1,
               2082 + 384,
               "\x01\x0F"
               "device",
               8);
  converse (board,
            "81 06 00 21 00 00 09 00 -> 09 21 0B FF 00 00 10 1A 01\n"
            "# no poll time-out at all\n"
            "21 01 00 00 00 00 05 00 | 21 00 00 0A 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00");
}

static void
test_kinds_g0_has_one_memory (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("g0,speed=0");
  const guint8 data[] = { 0xA5 };

  wire_alt (board, 2);
  assert_int_equal (wire_download (board, 2, data, 1), 0);
  for (guint8 alt = 0; alt < 3; alt++)
    assert_peek (board, alt, 0x08000000, "\xA5", 1);
  assert_ptr_equal (jmp_virtual_board_get_layout (board, 0),
                    jmp_virtual_board_get_layout (board, 2));
}

static void
test_kinds_c5 (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("c5,speed=0");
  g_autoptr (JmpVirtualBoard) other = new_board ("c5,speed=0");

  converse (board,
            "# a stray CLRSTATUS stalls and changes nothing\n"
            "21 04 00 00 00 00 00 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00\n"
            "21 06 00 00 00 00 00 00 -> ok\n"
            "# in dfuERROR it is in place\n"
            "21 01 01 00 00 00 01 00 | 00 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  converse (other, "81 06 00 21 00 00 09 00 -> silence");
}

static void
test_kinds_gd32 (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("gd32,speed=0");

  converse (board,
            "# bInterfaceProtocol 0; a serial number of 8-bit characters\n"
            "80 06 00 02 00 00 12 00 -> 09 02 24 00 01 01 00 C0 32 09 04 00 00 00 FE 01 00 04\n"
            "80 06 03 03 09 04 FF 00 -> 06 03 33 43 42 4A");
  /* The map on the wire says 512*002Kg. */
  assert_int_equal (jmp_layout_get_size (jmp_virtual_board_get_layout (board, 0)), 128 * 1024);
  assert_int_equal (wire_set_address (board, 0x08000000), 0);
  converse (board,
            "# it goes without a GETSTATUS\n"
            "21 01 00 00 00 00 00 00 -> ok");
  /* There is no program in it. */
  converse (board, "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
}

static void
test_kinds_f411_stalls_at_random (void **state)
{
  static const char *const specs[] = { "f411,speed=0,seed=7",
                                       "f411,speed=0,seed=7",
                                       "f411,speed=0,seed=8" };
  GString *seen[3];

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board (specs[i]);
    guint8 data[4] = { 0 };
    guint8 status[6];

    seen[i] = g_string_new (NULL);
    wire_ready (board);
    for (guint16 block = 2; block < 130; block++) {
      gboolean ok = wire_transfer (board, 0x21, 1, block, data, 4).reply == JMP_VIRTUAL_OK;

      g_string_append_c (seen[i], ok ? '.' : 'X');
      wire_transfer (board, 0xA1, 3, 0, status, 6);
      if (ok)
        wire_transfer (board, 0xA1, 3, 0, status, 6);
      assert_int_equal (status[0], 0);
    }
    assert_non_null (strchr (seen[i]->str, 'X'));
    assert_non_null (strchr (seen[i]->str, '.'));
    assert_violations (board, "");
  }
  assert_string_equal (seen[0]->str, seen[1]->str);
  assert_string_not_equal (seen[0]->str, seen[2]->str);
  for (guint i = 0; i < G_N_ELEMENTS (specs); i++)
    g_string_free (seen[i], TRUE);
}

static void
test_kinds_l432_stalls_what_it_asked_for (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("l432,speed=0");
  guint8 data[2048] = { 0 };

  wire_ready (board);
  converse (board, "81 06 00 21 00 00 09 00 -> 09 21 0B FF 00 00 08 1A 01");
  assert_int_equal (wire_transfer (board, 0x21, 1, 2, data, 2048).reply, JMP_VIRTUAL_STALL);
  assert_int_equal (wire_transfer (board, 0xA1, 2, 2, data, 2048).reply, JMP_VIRTUAL_STALL);
  assert_int_equal (wire_download (board, 2, data, 1024), 0);
  wire_abort (board);
  assert_int_equal (wire_transfer (board, 0xA1, 2, 2, data, 1024).length, 1024);
  assert_violations (board, "");
}

static void
test_kinds_f427_strings_end_early (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("f427,speed=0");
  guint8 data[255];
  JmpVirtualTransfer transfer = wire_transfer (board, 0x80, 6, 0x0307, data, 255);

  /* "@Device Feature/0xFFFF0000/01*004 e" has 35 characters. */
  assert_int_equal (transfer.length, 2 + 2 * 35);
  assert_int_equal (data[0], 2 + 2 * 36);
}

static void
test_kinds_f767_passes_over_a_sector (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("f767,speed=0");
  const guint8 all[] = { 0x41 };
  guint8 before[4];

  wire_ready (board);
  assert_true (jmp_virtual_board_peek (board, 0, 0x08080000, before, 4));
  assert_int_equal (wire_erase (board, 0x08080000), 0);
  assert_peek (board, 0, 0x08080000, (const char *)before, 4);
  assert_int_equal (wire_erase (board, 0x08040000), 0);
  assert_peek (board, 0, 0x08040000, "\xFF\xFF\xFF\xFF", 4);
  assert_int_equal (wire_download (board, 0, all, 1), 0);
  assert_peek (board, 0, 0x08080000, "\xFF\xFF\xFF\xFF", 4);
}

static void
test_kinds_wb55_stalls_when_it_leaves (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("wb55,speed=0");

  assert_int_equal (wire_set_address (board, 0x08000000), 0);
  converse (board,
            "21 01 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> stall");
  /* Blank, hence back in DFU mode, idle as a new ROM starts. */
  converse (board, "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
}

static void
test_kinds_blackmagic_erases_from_the_start_of_a_sector_only (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("blackmagic,speed=0");
  guint8 before[4];

  assert_true (jmp_virtual_board_peek (board, 0, 0x08004000, before, 4));
  assert_int_equal (wire_erase (board, 0x08004800), 0);
  assert_peek (board, 0, 0x08004000, (const char *)before, 4);
  assert_int_equal (wire_erase (board, 0x08004000), 0);
  assert_peek (board, 0, 0x08004000, "\xFF\xFF\xFF\xFF", 4);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_kinds_mboot),
    cmocka_unit_test (test_kinds_mboot_works_while_the_status_is_held),
    cmocka_unit_test (test_kinds_mboot_says_why),
    cmocka_unit_test (test_kinds_mboot_mass_erase_stays_inside),
    cmocka_unit_test (test_kinds_mboot_leaves_by_a_reset),
    cmocka_unit_test (test_kinds_spark_keys),
    cmocka_unit_test (test_kinds_photon_keys),
    cmocka_unit_test (test_kinds_g0_has_one_memory),
    cmocka_unit_test (test_kinds_c5),
    cmocka_unit_test (test_kinds_gd32),
    cmocka_unit_test (test_kinds_f411_stalls_at_random),
    cmocka_unit_test (test_kinds_l432_stalls_what_it_asked_for),
    cmocka_unit_test (test_kinds_f427_strings_end_early),
    cmocka_unit_test (test_kinds_f767_passes_over_a_sector),
    cmocka_unit_test (test_kinds_wb55_stalls_when_it_leaves),
    cmocka_unit_test (test_kinds_blackmagic_erases_from_the_start_of_a_sector_only),
  };

  return cmocka_run_group_tests_name ("core/virtual/kinds", tests, NULL, NULL);
}
