/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plain DFU 1.1, in bytes written from its chapters 3 to 7 and appendix A. */

#include "wire.h"

#include <string.h>

static void
test_plain_descriptors (void **state)
{
  g_autoptr (JmpVirtualBoard) bluepill = new_board ("bluepill,speed=0");
  g_autoptr (JmpVirtualBoard) dapboot = new_board ("dapboot,speed=0");
  g_autoptr (JmpVirtualBoard) old = new_board ("dfu10,speed=0");

  converse (bluepill,
            "80 06 00 01 00 00 12 00 -> 12 01 00 02 00 00 00 40 AF 1E 03 00 01 02 01 02 03 01\n"
            "# three alt settings; download and upload, 255 ms, 2048 bytes, 1.1\n"
            "80 06 00 02 00 00 FF 00 -> 09 02 2D 00 01 01 00 C0 32"
            " 09 04 00 00 00 FE 01 02 04"
            " 09 04 00 01 00 FE 01 02 05"
            " 09 04 00 02 00 FE 01 02 06"
            " 09 21 03 FF 00 00 08 10 01");
  converse (dapboot,
            "80 06 00 01 00 00 12 00 -> 12 01 10 02 00 00 00 40 09 12 42 DB 10 01 01 02 03 01\n"
            "81 06 00 21 00 00 09 00 -> 09 21 0B FF 00 00 04 10 01");
  converse (old,
            "# 7 bytes, behind the last alt setting\n"
            "80 06 00 02 00 00 FF 00 -> 09 02 22 00 01 01 00 C0 32"
            " 09 04 00 00 00 FE 01 02 04"
            " 09 04 00 01 00 FE 01 02 05"
            " 07 21 07 FF 00 00 10");
}

/* Sends @size bytes in blocks of @block_size, and asserts that all of them are taken. */
static void
send_file (JmpVirtualBoard *board, const guint8 *data, gsize size, guint16 block_size)
{
  for (gsize at = 0; at < size; at += block_size)
    assert_int_equal (
        wire_download (
            board, (guint16)(at / block_size), data + at, (guint16)MIN (block_size, size - at)),
        0);
}

static guint8 *
new_file (gsize size)
{
  guint8 *data = g_malloc (size);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8)(i ^ (i >> 8) ^ 0x5A);
  return data;
}

/* Makes @data a program: its stack at the end of RAM, its reset handler in it. */
static void
make_program (guint8 *data, guint32 address)
{
  const guint8 vectors[] = {
    0x00, 0x50, 0x00, 0x20, 0x01, 0x01, (guint8)(address >> 16), (guint8)(address >> 24),
  };

  memcpy (data, vectors, sizeof vectors);
  data[5] = (guint8)((address >> 8) + 1);
}

static void
test_plain_download_goes_where_the_alt_setting_says (void **state)
{
  static const struct {
    const char *name;
    const char *spec;
    guint8 alt;
    guint32 address;
    guint16 block_size;
  } rows[] = {
    { "stm32duino, alt 1", "bluepill,speed=0", 1, 0x08005000, 2048 },
    { "stm32duino, alt 2", "bluepill,speed=0", 2, 0x08002000, 2048 },
    { "dapboot", "dapboot,speed=0", 0, 0x08002000, 1024 },
  };
  g_autofree guint8 *file = new_file (5000);
  guint8 found[5000];
  guint8 around[2];

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board (rows[i].spec);
    guint8 before[2];

    print_message ("%s\n", rows[i].name);
    assert_true (jmp_virtual_board_peek (board, 0, rows[i].address - 1, &before[0], 1));
    assert_true (jmp_virtual_board_peek (board, 0, 0x0800F000, &before[1], 1));
    wire_alt (board, rows[i].alt);
    send_file (board, file, 5000, rows[i].block_size);
    assert_true (jmp_virtual_board_peek (board, 0, rows[i].address, found, sizeof found));
    assert_memory_equal (found, file, sizeof found);
    assert_true (jmp_virtual_board_peek (board, 0, rows[i].address - 1, &around[0], 1));
    assert_true (jmp_virtual_board_peek (board, 0, 0x0800F000, &around[1], 1));
    assert_memory_equal (around, before, 2);
    assert_violations (board, "");
  }
}

static void
test_plain_alt_1_of_stm32duino_erases_the_other_program (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("bluepill,speed=0");
  const guint8 data[] = { 1, 2, 3, 4 };
  guint8 found[4];

  wire_alt (board, 1);
  assert_int_equal (wire_download (board, 0, data, 4), 0);
  assert_true (jmp_virtual_board_peek (board, 0, 0x08002000, found, 4));
  assert_memory_equal (found, "\xFF\xFF\xFF\xFF", 4);
  assert_true (jmp_virtual_board_peek (board, 0, 0x08002400, found, 4));
  assert_memory_not_equal (found, "\xFF\xFF\xFF\xFF", 4);
}

static void
test_plain_alt_0_of_stm32duino_is_refused (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("bluepill,speed=0");

  converse (board,
            "21 01 00 00 00 00 04 00 | 01 02 03 04 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "# errTARGET\n"
            "A1 03 00 00 00 00 06 00 -> 01 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 00 00 00 00 04 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 01 00 00 00 0A 00");
  assert_violations (board, "");
}

static void
test_plain_past_the_end_is_an_error (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("bluepill,speed=0");
  const guint8 data[2048] = { 0 };
  guint16 block;

  wire_alt (board, 2);
  for (block = 0; block < 28; block++)
    assert_int_equal (wire_download (board, block, data, sizeof data), 0);
  /* 0x08002000 + 28 x 2048 is the end of 64 KiB: errADDRESS. */
  assert_int_equal (wire_download (board, block, data, sizeof data), 0x08);
  converse (board, "A1 05 00 00 00 00 01 00 -> 0A");
}

static void
test_plain_a_block_is_busy_for_as_long_as_it_says (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("bluepill,speed=0");

  wire_alt (board, 2);
  converse (board,
            "21 01 00 00 00 00 04 00 | 01 02 03 04 -> ok\n"
            "A1 05 00 00 00 00 01 00 -> 03\n"
            "A1 03 00 00 00 00 06 00 -> 00 20 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00");
  assert_violations (board, "");
}

static void
test_plain_has_no_commands_and_no_reserved_block (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0");
  guint8 found[5];

  converse (board,
            "# what would be an erase is data\n"
            "21 01 00 00 00 00 05 00 | 41 00 20 00 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 64 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00");
  assert_true (jmp_virtual_board_peek (board, 0, 0x08002000, found, 5));
  assert_memory_equal (found, "\x41\x00\x20\x00\x08", 5);
  assert_violations (board, "");
}

static void
test_plain_rules_that_hosts_break (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0");
  guint8 data[1024] = { 0 };

  converse (board,
            "# nothing to manifest yet\n"
            "21 01 00 00 00 00 00 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok");
  assert_int_equal (wire_download (board, 0, data, 1024), 0);
  assert_int_equal (wire_download (board, 2, data, 100), 0);
  assert_int_equal (wire_download (board, 3, data, 1024), 0);
  wire_abort (board);
  assert_int_equal (wire_transfer (board, 0xA1, 2, 1, data, 1024).reply, JMP_VIRTUAL_OK);
  assert_violations (board,
                     "empty DNLOAD in dfuIDLE\n"
                     "DNLOAD of block 2, where 1 is next\n"
                     "DNLOAD behind a short block\n"
                     "UPLOAD of block 1, where 0 is next");
}

static void
test_plain_upload_ends_with_a_short_block (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0");
  g_autofree guint8 *expected = g_malloc (0xE000);
  g_autofree guint8 *found = g_malloc0 (0xE000);
  guint8 nothing[1024];
  guint16 block;

  assert_true (jmp_virtual_board_peek (board, 0, 0x08002000, expected, 0xE000));
  for (block = 0; block < 56; block++)
    assert_int_equal (wire_transfer (board, 0xA1, 2, block, found + block * 1024, 1024).length,
                      1024);
  assert_memory_equal (found, expected, 0xE000);
  converse (board, "A1 05 00 00 00 00 01 00 -> 09");
  assert_int_equal (wire_transfer (board, 0xA1, 2, block, nothing, 1024).length, 0);
  converse (board, "A1 05 00 00 00 00 01 00 -> 02");
  assert_violations (board, "");
}

static void
test_plain_dapboot_detaches_by_itself (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0");
  g_autofree guint8 *file = new_file (3000);

  make_program (file, 0x08002000);
  send_file (board, file, 3000, 1024);
  converse (board,
            "21 01 03 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 07 00\n"
            "A1 03 00 00 00 00 06 00 -> gone");
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0x08002000);
  assert_violations (board, "");
}

static void
test_plain_stm32duino_waits_for_a_reset (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("bluepill,speed=0");
  g_autofree guint8 *file = new_file (3000);

  make_program (file, 0x08005000);
  wire_alt (board, 1);
  send_file (board, file, 3000, 2048);
  converse (board,
            "21 01 02 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 07 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 08 00\n"
            "A1 05 00 00 00 00 01 00 -> 08");
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
  jmp_virtual_board_reset (board);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0x08005000);
  assert_violations (board, "");
}

static void
test_plain_reset_before_the_end_of_the_file (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("bluepill,speed=0");
  const guint8 data[] = { 1, 2, 3, 4 };

  wire_alt (board, 2);
  assert_int_equal (wire_download (board, 0, data, 4), 0);
  jmp_virtual_board_reset (board);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
  converse (board,
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00\n"
            "81 0A 00 00 00 00 01 00 -> 00");
}

static void
test_plain_manifestation_tolerant_goes_on (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dfu10,speed=0");
  const guint8 data[] = { 1, 2, 3, 4 };
  guint8 found[4];

  wire_alt (board, 1);
  converse (board,
            "21 01 00 00 00 00 04 00 | 01 02 03 04 -> ok\n"
            "# a poll time-out of three and a half hours\n"
            "A1 03 00 00 00 00 06 00 -> 00 EE FF C0 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00\n"
            "21 01 01 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 07 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_true (jmp_virtual_board_peek (board, 1, 0, found, 4));
  assert_memory_equal (found, data, 4);
  /* The other partition is another memory. */
  assert_true (jmp_virtual_board_peek (board, 0, 0, found, 4));
  assert_memory_equal (found, "\xFF\xFF\xFF\xFF", 4);
  assert_violations (board, "");
}

static void
test_plain_program_detaches_to_the_boot_loader (void **state)
{
  static const struct {
    const char *name;
    const char *spec;
    const char *descriptors;
    gboolean needs_reset;
  } rows[] = {
    { "detaches by itself, another id",
      "blackmagic,speed=0,runtime=on",
      "80 06 00 01 00 00 0E 00 -> 12 01 00 02 00 00 00 40 50 1D 18 60 00 01\n"
      "80 06 00 02 00 00 12 00 -> 09 02 1B 00 01 01 00 C0 32 09 04 00 00 00 FE 01 01 04",
      FALSE },
    { "waits for a reset, the same id",
      "dfu10,speed=0,runtime=on",
      "80 06 00 01 00 00 0E 00 -> 12 01 10 01 00 00 00 40 50 1D 19 51 40 02\n"
      "80 06 00 02 00 00 12 00 -> 09 02 19 00 01 01 00 C0 32 09 04 00 00 00 FE 01 01 04",
      TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board (rows[i].spec);

    print_message ("%s\n", rows[i].name);
    assert_true (jmp_virtual_board_is_run_time (board));
    converse (board, rows[i].descriptors);
    converse (board,
              "A1 05 00 00 00 00 01 00 -> 00\n"
              "A1 03 00 00 00 00 06 00 -> 00 00 00 00 00 00\n"
              "21 00 E8 03 00 00 00 00 -> ok");
    if (rows[i].needs_reset) {
      converse (board, "A1 05 00 00 00 00 01 00 -> 01");
      jmp_virtual_board_reset (board);
    }
    assert_false (jmp_virtual_board_is_run_time (board));
    converse (board, "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
    assert_violations (board, "");
  }
}

static void
test_plain_program_takes_no_file (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0,runtime=on");

  converse (board,
            "21 01 00 00 00 00 01 00 | 00 -> stall\n"
            "A1 05 00 00 00 00 01 00 -> 00\n"
            "01 0B 01 00 00 00 00 00 -> stall");
  jmp_virtual_board_reset (board);
  assert_true (jmp_virtual_board_is_run_time (board));
  assert_violations (board, "class request 0x01 in appIDLE");
}

static void
test_plain_program_comes_back_when_the_file_is_there (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("dapboot,speed=0,runtime=on");
  g_autofree guint8 *file = new_file (3000);

  converse (board, "21 00 E8 03 00 00 00 00 -> ok");
  make_program (file, 0x08002000);
  send_file (board, file, 3000, 1024);
  converse (board,
            "21 01 03 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 07 00\n"
            "A1 05 00 00 00 00 01 00 -> 00");
  assert_true (jmp_virtual_board_is_run_time (board));
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0x08002000);
  assert_violations (board, "");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plain_descriptors),
    cmocka_unit_test (test_plain_download_goes_where_the_alt_setting_says),
    cmocka_unit_test (test_plain_alt_1_of_stm32duino_erases_the_other_program),
    cmocka_unit_test (test_plain_alt_0_of_stm32duino_is_refused),
    cmocka_unit_test (test_plain_past_the_end_is_an_error),
    cmocka_unit_test (test_plain_a_block_is_busy_for_as_long_as_it_says),
    cmocka_unit_test (test_plain_has_no_commands_and_no_reserved_block),
    cmocka_unit_test (test_plain_rules_that_hosts_break),
    cmocka_unit_test (test_plain_upload_ends_with_a_short_block),
    cmocka_unit_test (test_plain_dapboot_detaches_by_itself),
    cmocka_unit_test (test_plain_stm32duino_waits_for_a_reset),
    cmocka_unit_test (test_plain_reset_before_the_end_of_the_file),
    cmocka_unit_test (test_plain_manifestation_tolerant_goes_on),
    cmocka_unit_test (test_plain_program_detaches_to_the_boot_loader),
    cmocka_unit_test (test_plain_program_takes_no_file),
    cmocka_unit_test (test_plain_program_comes_back_when_the_file_is_there),
  };

  return cmocka_run_group_tests_name ("core/virtual/plain", tests, NULL, NULL);
}
