/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Conversations in bytes: requests and states are literals out of DFU 1.1 and AN3156.
 * bRequest 01 DNLOAD, 02 UPLOAD, 03 GETSTATUS, 04 CLRSTATUS, 05 GETSTATE, 06 ABORT.
 * A GETSTATUS answer is bStatus, three bytes of poll time-out, bState, iString. */

#include "wire.h"

#include "virtual/machine-private.h"

#include <string.h>

static void
test_machine_fresh_start_is_an_error_to_clear (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  converse (board,
            "A1 05 00 00 00 00 01 00 -> 0A\n"
            "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00\n"
            "A1 05 00 00 00 00 01 00 -> 02");
  assert_violations (board, "");
}

static void
test_machine_new_rom_starts_idle (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("nucleo-h743,speed=0");

  converse (board, "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_violations (board, "");
}

static void
test_machine_clear_status_out_of_place (void **state)
{
  g_autoptr (JmpVirtualBoard) old = new_board ("pyboard,speed=0");
  g_autoptr (JmpVirtualBoard) new = new_board ("nucleo-h743,speed=0");

  converse (old,
            "21 04 00 00 00 00 00 00 -> ok\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_violations (old, "CLRSTATUS in dfuIDLE");
  converse (new,
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 0E 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_violations (new, "CLRSTATUS in dfuIDLE");
}

static void
test_machine_download_takes_three_steps (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  converse (board,
            "# erase, then the address, then data: busy with the ROM's 100 and 104 ms\n"
            "21 01 00 00 00 00 05 00 | 41 00 00 0E 08 -> ok\n"
            "A1 05 00 00 00 00 01 00 -> 03\n"
            "A1 03 00 00 00 00 06 00 -> 00 64 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00\n"
            "21 01 00 00 00 00 05 00 | 21 00 00 0E 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 68 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00\n"
            "21 01 02 00 00 00 04 00 | 11 22 33 44 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 68 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00\n"
            "21 06 00 00 00 00 00 00 -> ok\n"
            "A1 02 02 00 00 00 06 00 -> 11 22 33 44 FF FF\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 09 00");
  assert_violations (board, "");
}

static void
test_machine_download_without_its_status_stalls (void **state)
{
  static const char after_dnload[] = "21 01 00 00 00 00 05 00 | 21 00 00 00 08 -> ok\n"
                                     "21 01 00 00 00 00 05 00 | 21 00 00 00 08 -> stall\n"
                                     "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00\n"
                                     "21 04 00 00 00 00 00 00 -> ok";
  static const char after_busy[] = "21 01 00 00 00 00 05 00 | 21 00 00 00 08 -> ok\n"
                                   "A1 03 00 00 00 00 06 00 -> 00 68 00 00 04 00\n"
                                   "21 01 00 00 00 00 05 00 | 21 00 00 00 08 -> stall\n"
                                   "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00";
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  converse (board, after_dnload);
  converse (board, after_busy);
  assert_violations (board,
                     "DNLOAD without the GETSTATUS that starts the one before\n"
                     "DNLOAD without the GETSTATUS that ends the one before");
}

static void
test_machine_download_out_of_place_stalls (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  converse (board,
            "# in dfuERROR\n"
            "21 01 00 00 00 00 05 00 | 21 00 00 00 08 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "# in dfuUPLOAD-IDLE\n"
            "A1 02 02 00 00 00 01 00 -> 00\n"
            "21 01 00 00 00 00 05 00 | 21 00 00 00 08 -> stall\n"
            "A1 05 00 00 00 00 01 00 -> 0A");
  assert_violations (board, "DNLOAD in dfuERROR\nDNLOAD in dfuUPLOAD-IDLE");
}

static void
test_machine_upload_out_of_place_stalls (void **state)
{
  g_autoptr (JmpVirtualBoard) old = new_board ("pyboard,speed=0");
  g_autoptr (JmpVirtualBoard) new = new_board ("nucleo-h743,speed=0");

  wire_ready (old);
  assert_int_equal (wire_set_address (old, 0x08000000), 0);
  converse (old,
            "A1 02 02 00 00 00 04 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00");
  assert_violations (old, "UPLOAD in dfuDNLOAD-IDLE");
  assert_int_equal (wire_set_address (new, 0x08000000), 0);
  converse (new,
            "# ST's stack leaves 15 where the state belongs; it takes two CLRSTATUS to get out\n"
            "A1 02 02 00 00 00 04 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0F 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 0E 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_violations (new, "UPLOAD in dfuDNLOAD-IDLE");
}

static void
test_machine_reserved_block_and_long_transfers_stall (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("nucleo-h743,speed=0");
  guint8 data[2048] = { 0 };

  converse (board,
            "21 01 01 00 00 00 02 00 | 12 34 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 01 00 00 00 02 00 -> stall\n"
            "A1 05 00 00 00 00 01 00 -> 0F\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "21 04 00 00 00 00 00 00 -> ok");
  assert_int_equal (wire_transfer (board, 0x21, 1, 2, data, 1025).reply, JMP_VIRTUAL_STALL);
  wire_ready (board);
  assert_int_equal (wire_transfer (board, 0xA1, 2, 2, data, 1025).reply, JMP_VIRTUAL_STALL);
  assert_violations (board,
                     "DNLOAD with wBlockNum 1, which is reserved\n"
                     "UPLOAD of 2 bytes with wBlockNum 1\n"
                     "DNLOAD of 1025 bytes, where a transfer has 1024\n"
                     "UPLOAD of 1025 bytes with wBlockNum 2");
}

static void
test_machine_get_commands (void **state)
{
  g_autoptr (JmpVirtualBoard) old = new_board ("pyboard,speed=0");
  g_autoptr (JmpVirtualBoard) new = new_board ("nucleo-h743,speed=0");

  wire_ready (old);
  converse (old,
            "A1 02 00 00 00 00 40 00 -> 00 21 41 92\n"
            "# a short answer ends the upload\n"
            "A1 05 00 00 00 00 01 00 -> 02\n"
            "A1 02 00 00 00 00 03 00 -> 00 21 41\n"
            "A1 05 00 00 00 00 01 00 -> 09");
  converse (new, "A1 02 00 00 00 00 40 00 -> 00 21 41");
  assert_violations (old, "");
  assert_violations (new, "");
}

static void
test_machine_unknown_requests_and_commands (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  converse (board,
            "21 01 00 00 00 00 01 00 | FA -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "# an address that is cut off\n"
            "21 01 00 00 00 00 04 00 | 21 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "# DETACH, a request that does not exist, another interface, a wrong direction\n"
            "21 00 E8 03 00 00 00 00 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "21 07 00 00 00 00 00 00 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 01 00 06 00 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 04 00 00 00 00 00 00 -> stall");
  assert_violations (board,
                     "unknown command 0xFA of 1 bytes\n"
                     "unknown command 0x21 of 4 bytes\n"
                     "class request 0x00 in dfuIDLE\n"
                     "class request 0x07 in dfuIDLE\n"
                     "class request 0x03 to interface 1\n"
                     "class request 0x04 in dfuIDLE");
}

static void
test_machine_abort (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  converse (board,
            "21 06 00 00 00 00 00 00 -> ok\n"
            "# a DNLOAD that is only buffered is dropped: nothing is erased\n"
            "21 01 00 00 00 00 05 00 | 41 00 00 00 08 -> ok\n"
            "21 06 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00\n"
            "A1 02 02 00 00 00 04 00 -> 00 00 02 20\n"
            "21 06 00 00 00 00 00 00 -> ok\n"
            "A1 05 00 00 00 00 01 00 -> 02");
  assert_violations (board, "");
  converse (board,
            "21 01 01 00 00 00 01 00 | 00 -> stall\n"
            "21 06 00 00 00 00 00 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 0F 00 00 00 0A 00");
  assert_violations (board, "DNLOAD with wBlockNum 1, which is reserved\nABORT in dfuERROR");
}

static void
test_machine_errors_come_with_the_second_status (void **state)
{
  static const struct {
    const char *name;
    guint8 alt;
    const char *download;
    guint8 status;
    const char *violation;
  } rows[] = {
    { "address outside",
      0,
      "00 00 05 21 00 00 10 08",
      0x01,
      "SET_ADDRESS 0x08100000, outside the map" },
    { "erase outside", 0, "00 00 05 41 00 00 10 08", 0x01, "erase at 0x08100000, outside the map" },
    { "erase of option bytes",
      1,
      "00 00 05 41 00 C0 FF 1F",
      0x04,
      "erase at 0x1FFFC000, which has no erase" },
    { "data past the end",
      0,
      "03 02 04 11 22 33 44",
      0x08,
      "block 515 is 0x08100800 +0x4, outside the map" },
    { "data in another memory",
      2,
      "02 00 04 11 22 33 44",
      0x08,
      "block 2 is 0x08000000 +0x4, outside the map" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
    guint block = 0;
    guint8 data[8];
    guint count = 0;
    g_auto (GStrv) words = g_strsplit (rows[i].download, " ", -1);

    print_message ("%s\n", rows[i].name);
    block = (guint)(g_ascii_strtoull (words[0], NULL, 16)
                    | g_ascii_strtoull (words[1], NULL, 16) << 8);
    for (guint w = 3; words[w] != NULL; w++)
      data[count++] = (guint8)g_ascii_strtoull (words[w], NULL, 16);
    wire_ready (board);
    wire_alt (board, rows[i].alt);
    assert_int_equal (wire_download (board, (guint16)block, data, (guint16)count), rows[i].status);
    converse (board, "A1 05 00 00 00 00 01 00 -> 0A");
    assert_violations (board, rows[i].violation);
  }
}

static void
test_machine_upload_outside_the_map_stalls (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  converse (board,
            "# block 0x0202 is the first behind the flash\n"
            "A1 02 02 02 00 00 04 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 08 00 00 00 0A 00");
  assert_violations (board, "block 514 is 0x08100000 +0x4, outside the map");
}

static void
test_machine_pointer_arithmetic_uses_the_constant (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("nucleo-h743,speed=0");
  const guint8 mark[] = { 0xA5 };
  guint8 found;

  assert_int_equal (wire_set_address (board, 0x08020000), 0);
  /* A block of one byte: block 5 is 3 x 1024 behind the pointer all the same. */
  assert_int_equal (wire_download (board, 5, mark, 1), 0);
  assert_true (jmp_virtual_board_peek (board, 0, 0x08020C00, &found, 1));
  assert_int_equal (found, 0xA5);
  /* The last block of the flash, by number alone. */
  assert_int_equal (wire_set_address (board, 0x08000000), 0);
  assert_int_equal (wire_download (board, 2047 + 2, mark, 1), 0);
  assert_true (jmp_virtual_board_peek (board, 0, 0x081FFC00, &found, 1));
  assert_int_equal (found, 0xA5);
  assert_violations (board, "");
}

static void
test_machine_block_numbers_are_16_bit (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  converse (board,
            "# 0xFFFF is far outside; what a host means by 0x10000 is block 0\n"
            "A1 02 FF FF 00 00 04 00 -> stall\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 00 00 00 00 04 00 -> 00 21 41 92");
}

static void
test_machine_erase_moves_the_pointer (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  const guint8 mark[] = { 0xA5 };
  guint8 found;

  wire_ready (board);
  assert_int_equal (wire_set_address (board, 0x080E0000), 0);
  assert_int_equal (wire_erase (board, 0x080C0000), 0);
  assert_int_equal (wire_download (board, 2, mark, 1), 0);
  assert_true (jmp_virtual_board_peek (board, 0, 0x080C0000, &found, 1));
  assert_int_equal (found, 0xA5);
}

static void
test_machine_read_protection (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  const guint8 data[] = { 1 };

  wire_ready (board);
  jmp_virtual_board_set_read_protection (board, 1);
  assert_int_equal (wire_set_address (board, 0x08000000), 0x0B);
  wire_ready (board);
  assert_int_equal (wire_erase (board, 0x08000000), 0x0B);
  wire_ready (board);
  assert_int_equal (wire_download (board, 2, data, 1), 0x0B);
  wire_ready (board);
  converse (board,
            "A1 02 02 00 00 00 04 00 -> stall\n"
            "A1 03 00 00 00 00 06 00 -> 0B 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 00 00 00 00 04 00 -> 00 21 41 92");
  assert_violations (board, "");
}

static void
test_machine_read_unprotect_wipes_and_resets (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=on");
  guint8 found[4];

  wire_ready (board);
  jmp_virtual_board_set_read_protection (board, 1);
  converse (board,
            "21 01 00 00 00 00 01 00 | 92 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 64 00 00 04 00\n"
            "# a new appearance\n"
            "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 02 00 00 00 04 00 -> FF FF FF FF");
  assert_true (jmp_virtual_board_peek (board, 0, 0x08004000, found, 4));
  assert_memory_equal (found, "\xFF\xFF\xFF\xFF", 4);
  assert_int_equal (jmp_virtual_board_get_counters (board).sectors_erased, 12);
}

static void
test_machine_mass_erase (void **state)
{
  g_autoptr (JmpVirtualBoard) old = new_board ("pyboard,speed=0");
  g_autoptr (JmpVirtualBoard) new = new_board ("nucleo-h743,speed=0");
  const guint8 mark[] = { 0x12 };
  const guint8 erase[] = { 0x41 };
  guint8 found;

  wire_ready (old);
  assert_int_equal (wire_download (old, 0, erase, 1), 0);
  assert_true (jmp_virtual_board_peek (old, 0, 0x08000000, &found, 1));
  assert_int_equal (found, 0xFF);
  assert_int_equal (jmp_virtual_board_get_counters (old).bytes_erased, 0x100000);
  /* The new ROM says that it did. */
  assert_true (jmp_virtual_board_poke (new, 0, 0x08000000, mark, 1));
  assert_int_equal (wire_download (new, 0, erase, 1), 0);
  assert_true (jmp_virtual_board_peek (new, 0, 0x08000000, &found, 1));
  assert_int_equal (found, 0x12);
}

static void
test_machine_stuck_busy_needs_two_clear_status (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("nucleo-h743,speed=0,stuck=2");

  assert_int_equal (wire_erase (board, 0x08000000), 0);
  converse (board,
            "21 01 00 00 00 00 05 00 | 41 00 00 02 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 32 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 32 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> 00 32 00 00 04 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 0E 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00");
  assert_violations (board, "");
  assert_int_equal (wire_erase (board, 0x08020000), 0);
}

static void
test_machine_short_status_buffer (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  converse (board,
            "A1 03 00 00 00 00 02 00 -> 0A 00\n"
            "A1 05 00 00 00 00 00 00 -> ok");
}

/* One DNLOAD with its two GETSTATUS, on a machine without a board; returns bStatus. */
static guint8
run (JmpVirtualMachine *machine, guint16 block, const guint8 *bytes, guint16 length)
{
  const JmpUsbSetup download = { 0x21, 1, block, 0, length };
  const JmpUsbSetup get_status = { 0xA1, 3, 0, 0, 6 };
  guint8 data[8];
  guint8 status[6];

  memcpy (data, bytes, length);
  assert_int_equal (jmp_virtual_machine_request (machine, &download, data).reply, JMP_VIRTUAL_OK);
  jmp_virtual_machine_request (machine, &get_status, status);
  assert_int_equal (status[4], 4);
  jmp_virtual_machine_request (machine, &get_status, status);
  return status[0];
}

static void
test_machine_access_letters (void **state)
{
  static const struct {
    const char *letter;
    gboolean reads;
    guint8 erases;
    guint8 writes;
    guint violations;
  } rows[] = {
    { "a", TRUE, 0x04, 0x06, 2 },  { "b", FALSE, 0x00, 0x06, 2 }, { "c", TRUE, 0x00, 0x06, 1 },
    { "d", FALSE, 0x04, 0x00, 2 }, { "e", TRUE, 0x04, 0x00, 1 },  { "f", FALSE, 0x00, 0x00, 1 },
    { "g", TRUE, 0x00, 0x00, 0 },
  };
  const JmpUsbSetup upload = { 0xA1, 2, 2, 0, 4 };
  const JmpUsbSetup clear_status = { 0x21, 4, 0, 0, 0 };
  const JmpUsbSetup stop = { 0x21, 6, 0, 0, 0 };
  const guint8 erase[] = { 0x41, 0x00, 0x00, 0x00, 0x08 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *map = g_strdup_printf ("@Map /0x08000000/01*1K%s", rows[i].letter);
    JmpVirtualProfile profile = *jmp_virtual_profile_find ("pyboard");
    g_autoptr (JmpVirtualMemory) memory = NULL;
    JmpVirtualLedger ledger;
    JmpVirtualMachine machine;
    guint8 data[4];

    print_message ("%s\n", rows[i].letter);
    profile.alts[0].text = map;
    profile.alts[0].fill = NULL;
    memory = jmp_virtual_memory_new (&profile, NULL);
    jmp_virtual_ledger_init (&ledger);
    jmp_virtual_machine_init (&machine, &profile, memory, &ledger);
    jmp_virtual_machine_power_on (&machine, FALSE);
    jmp_virtual_machine_request (&machine, &clear_status, NULL);

    assert_int_equal (run (&machine, 0, erase, 5), rows[i].erases);
    jmp_virtual_machine_request (
        &machine, machine.state == JMP_VIRTUAL_ERROR ? &clear_status : &stop, NULL);
    assert_int_equal (run (&machine, 2, erase, 5), rows[i].writes);
    jmp_virtual_machine_request (
        &machine, machine.state == JMP_VIRTUAL_ERROR ? &clear_status : &stop, NULL);
    assert_int_equal (jmp_virtual_machine_request (&machine, &upload, data).reply,
                      rows[i].reads ? JMP_VIRTUAL_OK : JMP_VIRTUAL_STALL);
    assert_int_equal (ledger.counters.violations, rows[i].violations);
    jmp_virtual_machine_clear (&machine);
    jmp_virtual_ledger_clear (&ledger);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_machine_fresh_start_is_an_error_to_clear),
    cmocka_unit_test (test_machine_new_rom_starts_idle),
    cmocka_unit_test (test_machine_clear_status_out_of_place),
    cmocka_unit_test (test_machine_download_takes_three_steps),
    cmocka_unit_test (test_machine_download_without_its_status_stalls),
    cmocka_unit_test (test_machine_download_out_of_place_stalls),
    cmocka_unit_test (test_machine_upload_out_of_place_stalls),
    cmocka_unit_test (test_machine_reserved_block_and_long_transfers_stall),
    cmocka_unit_test (test_machine_get_commands),
    cmocka_unit_test (test_machine_unknown_requests_and_commands),
    cmocka_unit_test (test_machine_abort),
    cmocka_unit_test (test_machine_errors_come_with_the_second_status),
    cmocka_unit_test (test_machine_upload_outside_the_map_stalls),
    cmocka_unit_test (test_machine_pointer_arithmetic_uses_the_constant),
    cmocka_unit_test (test_machine_block_numbers_are_16_bit),
    cmocka_unit_test (test_machine_erase_moves_the_pointer),
    cmocka_unit_test (test_machine_read_protection),
    cmocka_unit_test (test_machine_read_unprotect_wipes_and_resets),
    cmocka_unit_test (test_machine_mass_erase),
    cmocka_unit_test (test_machine_stuck_busy_needs_two_clear_status),
    cmocka_unit_test (test_machine_short_status_buffer),
    cmocka_unit_test (test_machine_access_letters),
  };

  return cmocka_run_group_tests_name ("core/virtual/machine", tests, NULL, NULL);
}
