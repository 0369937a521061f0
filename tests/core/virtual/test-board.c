/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include "base/error.h"

#include <glib/gstdio.h>
#include <string.h>

static const guint8 mark[] = { 0xDE, 0xAD, 0xBE, 0xEF };

static void
test_board_kinds (void **state)
{
  const char *const *kinds = jmp_virtual_board_kinds ();

  assert_true (g_strv_contains (kinds, "pyboard"));
  for (guint i = 0; kinds[i] != NULL; i++) {
    g_autofree char *spec = g_strdup_printf ("%s,speed=0", kinds[i]);
    g_autoptr (JmpVirtualBoard) board = new_board (spec);

    assert_string_equal (jmp_virtual_board_get_kind (board), kinds[i]);
    assert_true (jmp_virtual_board_is_fake_time (board));
    assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
    assert_non_null (jmp_virtual_board_get_layout (board, 0));
    assert_null (jmp_virtual_board_get_layout (board, 4));
  }
}

static void
test_board_refuses_a_spec_that_makes_no_sense (void **state)
{
  static const struct {
    const char *name;
    const char *spec;
    const char *part;
  } rows[] = {
    { "nothing", "", "there are pyboard, nucleo-h743, f072" },
    { "no such kind", "dinosaur", "no virtual board is called \"dinosaur\"" },
    { "unknown key", "pyboard,colour=red", "\"colour=red\" says nothing" },
    { "empty word", "pyboard,", "\"\" says nothing" },
    { "key without value", "pyboard,speed", "\"speed\" says nothing" },
    { "empty speed", "pyboard,speed=", "speed=" },
    { "speed with a tail", "pyboard,speed=1x", "speed=1x" },
    { "negative speed", "pyboard,speed=-1", "speed=-1" },
    { "no number", "pyboard,speed=nan", "speed=nan" },
    { "too fast", "pyboard,speed=inf", "speed=inf" },
    { "too slow", "pyboard,speed=1e-300", "speed=1e-300" },
    { "empty serial", "pyboard,serial=", "serial=" },
    { "jumper in between", "pyboard,jumper=maybe", "jumper=maybe" },
    { "no file", "pyboard,flash=", "flash=" },
    { "stuck never", "pyboard,stuck=0", "stuck=0 is not a number from 1" },
    { "no such level", "pyboard,rdp=3", "rdp=3 is not a number from 0 to 2" },
    { "run-time ROM", "pyboard,runtime=on", "no program of this kind has a DFU interface" },
    { "run-time off", "dapboot,runtime=off", "runtime=off is not on" },
    { "no seed", "f411,seed=0", "seed=0 is not a number from 1" },
    { "unplugged before", "pyboard,unplug=0", "unplug=0 is not a number from 1" },
    { "not UTF-8", "pyboard,serial=\xFF", "not UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (rows[i].spec, &error);

    print_message ("%s\n", rows[i].name);
    assert_null (board);
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, rows[i].part);
  }
}

static void
test_board_serial (void **state)
{
  g_autoptr (JmpVirtualBoard) plain = new_board ("pyboard");
  g_autoptr (JmpVirtualBoard) named = new_board ("pyboard,serial=first,serial=no. 2");

  assert_int_equal (strlen (jmp_virtual_board_get_serial (plain)), 12);
  assert_int_equal (strspn (jmp_virtual_board_get_serial (plain), "0123456789ABCDEF"), 12);
  assert_string_equal (jmp_virtual_board_get_serial (named), "no. 2");
}

static char *
new_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("jumper-XXXXXX", &error);

  assert_no_error (error);
  return folder;
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);

    assert_int_equal (g_remove (path), 0);
  }
  assert_int_equal (g_rmdir (folder), 0);
}

static void
test_board_keeps_its_memory_in_a_file (void **state)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "flash", NULL);
  g_autofree char *path_of_otp = g_strconcat (path, ".alt2", NULL);
  g_autofree char *path_of_options = g_strconcat (path, ".alt1", NULL);
  g_autofree char *spec = g_strdup_printf ("pyboard,speed=0,flash=%s", path);
  g_autoptr (GError) error = NULL;
  JmpVirtualBoard *board = new_board (spec);
  g_autofree char *contents = NULL;
  guint8 found[4];
  gsize length;

  /* Looking at a board leaves nothing behind. */
  assert_true (jmp_virtual_board_save (board, &error));
  assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  assert_true (jmp_virtual_board_poke (board, 0, 0x080FFFFC, mark, 4));
  assert_true (jmp_virtual_board_save (board, &error));
  assert_true (g_file_get_contents (path, &contents, &length, NULL));
  assert_int_equal (length, 0x100000);
  assert_memory_equal (contents + 0xFFFFC, mark, 4);
  assert_memory_equal (contents + 0x5000, "# boot.py", 9);
  assert_false (g_file_test (path_of_otp, G_FILE_TEST_EXISTS));

  /* The last reference saves what is left. */
  assert_true (jmp_virtual_board_poke (board, 2, 0x1FFF7800, mark, 4));
  jmp_virtual_board_unref (board);
  assert_true (g_file_test (path_of_otp, G_FILE_TEST_EXISTS));
  assert_false (g_file_test (path_of_options, G_FILE_TEST_EXISTS));

  board = new_board (spec);
  assert_true (jmp_virtual_board_peek (board, 0, 0x080FFFFC, found, 4));
  assert_memory_equal (found, mark, 4);
  assert_true (jmp_virtual_board_peek (board, 2, 0x1FFF7800, found, 4));
  assert_memory_equal (found, mark, 4);
  jmp_virtual_board_unref (board);
  remove_folder (folder);
}

static void
test_board_refuses_a_file_that_is_not_its_memory (void **state)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "flash", NULL);
  g_autofree char *spec = g_strdup_printf ("f072,flash=%s", path);
  g_autofree char *spec_of_folder = g_strdup_printf ("f072,flash=%s", folder);
  g_autofree char *spec_of_nowhere = g_strdup_printf ("f072,flash=%s/no/where", folder);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) nowhere = NULL;

  assert_true (g_file_set_contents (path, "short", 5, NULL));
  assert_null (jmp_virtual_board_new (spec, &error));
  assert_error (
      error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "5 bytes, where the board's memory has 131072");
  g_clear_error (&error);

  assert_null (jmp_virtual_board_new (spec_of_folder, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "a board's memory: ");
  g_clear_error (&error);

  nowhere = new_board (spec_of_nowhere);
  assert_true (jmp_virtual_board_poke (nowhere, 0, 0x08000000, mark, 4));
  assert_false (jmp_virtual_board_save (nowhere, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "a board's memory: ");
  remove_folder (folder);
}

/* Writes down the states that a watcher sees. */
static void
note_state_cb (JmpVirtualBoard *board, gpointer user_data)
{
  static const char *const names[] = { "dfu ", "running ", "unplugged " };

  g_string_append (user_data, names[jmp_virtual_board_get_state (board)]);
}

static void
test_board_leaves_to_its_program (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (GString) seen = g_string_new (NULL);

  jmp_virtual_board_watch (board, note_state_cb, seen);
  wire_ready (board);
  assert_int_equal (wire_set_address (board, 0x08000000), 0);
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0);
  wire_leave (board);
  assert_string_equal (seen->str, "running ");
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0x08000000);
  converse (board, "A1 03 00 00 00 00 06 00 -> gone");
  assert_violations (board, "");

  /* Its jumper is off now. */
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_plug (board);
  assert_string_equal (seen->str, "running unplugged running ");
  jmp_virtual_board_set_jumper (board, TRUE);
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_plug (board);
  assert_string_equal (seen->str, "running unplugged running unplugged dfu ");
  converse (board, "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00");
}

static void
test_board_with_the_jumper_joined_comes_back (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=on");
  g_autoptr (GString) seen = g_string_new (NULL);
  gint64 left_at;

  jmp_virtual_board_watch (board, note_state_cb, seen);
  wire_ready (board);
  wire_leave (board);
  left_at = jmp_virtual_board_now (board);
  assert_string_equal (seen->str, "running dfu ");
  assert_int_equal (jmp_virtual_board_get_started_at (board), 0);
  converse (board, "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00");
  /* It took the moment that a boot loader needs. */
  assert_true (jmp_virtual_board_now (board) >= left_at + 250000);
}

static void
test_board_without_a_program_comes_back (void **state)
{
  static const struct {
    const char *name;
    guint8 vectors[8];
    JmpVirtualState state;
  } rows[] = {
    { "blank", { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, JMP_VIRTUAL_IN_DFU },
    { "stack in flash", { 0, 0, 2, 8, 0x89, 1, 2, 8 }, JMP_VIRTUAL_IN_DFU },
    { "stack behind RAM", { 1, 0, 2, 0x20, 0x89, 1, 2, 8 }, JMP_VIRTUAL_IN_DFU },
    { "reset in RAM", { 0, 0, 2, 0x20, 0x89, 1, 2, 0x20 }, JMP_VIRTUAL_IN_DFU },
    { "reset not Thumb", { 0, 0, 2, 0x20, 0x88, 1, 2, 8 }, JMP_VIRTUAL_IN_DFU },
    { "stack in RAM", { 0xF8, 0xFF, 1, 0x20, 0x19, 0xEE, 4, 8 }, JMP_VIRTUAL_RUNNING },
    { "stack in CCM", { 0, 0, 1, 0x10, 0x19, 0xEE, 4, 8 }, JMP_VIRTUAL_RUNNING },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,jumper=off");

    print_message ("%s\n", rows[i].name);
    wire_ready (board);
    assert_true (jmp_virtual_board_poke (board, 0, 0x08000000, rows[i].vectors, 8));
    wire_leave (board);
    assert_int_equal (jmp_virtual_board_get_state (board), rows[i].state);
    jmp_virtual_board_unplug (board);
    jmp_virtual_board_plug (board);
    assert_int_equal (jmp_virtual_board_get_state (board), rows[i].state);
    assert_violations (board, "");
  }
}

static void
test_board_leave_from_a_stray_pointer_breaks_a_rule (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  assert_int_equal (wire_set_address (board, 0x08020800), 0);
  wire_leave (board);
  assert_violations (board, "leave to 0x08020800, not the start of a sector of the flash");
}

static void
test_board_leave_saves (void **state)
{
  g_autofree char *folder = new_folder ();
  g_autofree char *path = g_build_filename (folder, "flash", NULL);
  g_autofree char *spec = g_strdup_printf ("pyboard,speed=0,flash=%s", path);
  g_autoptr (JmpVirtualBoard) board = new_board (spec);

  wire_ready (board);
  assert_true (jmp_virtual_board_poke (board, 0, 0x080FFFFC, mark, 4));
  wire_leave (board);
  assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  remove_folder (folder);
}

static void
test_board_option_bytes_reset_it (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (GString) seen = g_string_new (NULL);
  guint8 found[4];

  jmp_virtual_board_watch (board, note_state_cb, seen);
  wire_ready (board);
  wire_alt (board, 1);
  assert_int_equal (wire_set_address (board, 0x1FFFC000), 0);
  converse (board,
            "21 01 02 00 00 00 04 00 | DE AD BE EF -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 68 00 00 04 00\n"
            "# back from its reset\n"
            "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00");
  assert_string_equal (seen->str, "running dfu ");
  assert_true (jmp_virtual_board_peek (board, 1, 0x1FFFC000, found, 4));
  assert_memory_equal (found, mark, 4);
}

static void
test_board_unplugged_is_gone (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (GString) seen = g_string_new (NULL);

  jmp_virtual_board_watch (board, note_state_cb, seen);
  wire_ready (board);
  converse (board, "21 01 00 00 00 00 05 00 | 41 00 00 00 08 -> ok");
  jmp_virtual_board_unplug (board);
  jmp_virtual_board_unplug (board);
  converse (board,
            "A1 03 00 00 00 00 06 00 -> gone\n"
            "80 06 00 01 00 00 12 00 -> gone");
  jmp_virtual_board_plug (board);
  jmp_virtual_board_plug (board);
  assert_string_equal (seen->str, "unplugged dfu ");
  converse (board,
            "# the erase was only announced\n"
            "A1 03 00 00 00 00 06 00 -> 0A 00 00 00 0A 00\n"
            "21 04 00 00 00 00 00 00 -> ok\n"
            "A1 02 02 00 00 00 04 00 -> 00 00 02 20");
  jmp_virtual_board_watch (board, NULL, NULL);
  jmp_virtual_board_unplug (board);
  assert_string_equal (seen->str, "unplugged dfu ");
}

static void
test_board_usb_reset_stays_in_dfu_mode (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  wire_alt (board, 2);
  assert_int_equal (wire_set_address (board, 0x08004000), 0);
  jmp_virtual_board_reset (board);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
  converse (board,
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 02 00\n"
            "81 0A 00 00 00 00 01 00 -> 00\n"
            "# the pointer is where it was: a FAT boot sector\n"
            "A1 02 02 00 00 00 03 00 -> EB 3C 90");
}

static void
test_board_holds_requests_while_it_is_busy (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  guint8 command[] = { 0x41, 0x00, 0x00, 0x0E, 0x08 };
  guint8 status[6];
  gint64 busy_from;
  JmpVirtualTransfer held;

  wire_ready (board);
  wire_transfer (board, 0x21, 1, 0, command, sizeof command);
  busy_from = wire_transfer (board, 0xA1, 3, 0, status, 6).done_at;
  assert_int_equal (status[4], 4);
  /* Not 100 ms, as the poll time-out says, but the second that erasing takes. */
  held = wire_transfer (board, 0xA1, 3, 0, status, 6);
  assert_int_equal (status[4], 5);
  assert_true (held.done_at >= busy_from + 1000000);
  assert_true (held.done_at < busy_from + 1001000);
}

static void
test_board_f072_stalls_while_it_is_busy (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("f072,speed=0");

  wire_ready (board);
  converse (board,
            "21 01 00 00 00 00 05 00 | 41 00 08 00 08 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 28 00 00 04 00\n"
            "A1 03 00 00 00 00 06 00 -> stall\n"
            "80 06 00 01 00 00 02 00 -> stall");
  jmp_virtual_board_sleep_until (board, jmp_virtual_board_now (board) + 28000);
  converse (board, "A1 03 00 00 00 00 06 00 -> stall");
  jmp_virtual_board_sleep_until (board, jmp_virtual_board_now (board) + 1000);
  converse (board, "A1 03 00 00 00 00 06 00 -> 00 00 00 00 05 00");
  assert_violations (board, "");
}

static void
test_board_f072_reports_a_write_to_what_is_not_erased (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("f072,speed=0");
  const guint8 zero[] = { 0, 0 };

  wire_ready (board);
  assert_int_equal (wire_download (board, 2, zero, 2), 0);
  assert_int_equal (wire_download (board, 2, mark, 2), 0x06);
  assert_violations (board, "write at 0x08000000, which is not erased");
}

static void
test_board_counts (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  guint8 data[2048] = { 0 };
  JmpVirtualCounters counters;

  wire_ready (board);
  jmp_virtual_board_reset_counters (board);
  assert_int_equal (wire_erase (board, 0x080E0000), 0);
  assert_int_equal (wire_set_address (board, 0x080E0000), 0);
  assert_int_equal (wire_download (board, 2, data, sizeof data), 0);
  wire_abort (board);
  wire_alt (board, 0);
  assert_int_equal (wire_transfer (board, 0xA1, 2, 2, data, 2048).length, 2048);
  counters = jmp_virtual_board_get_counters (board);
  /* Three each for erase, address and data, an ABORT, an UPLOAD; SET_INTERFACE is not DFU. */
  assert_int_equal (counters.transfers, 11);
  assert_int_equal (counters.sectors_erased, 1);
  assert_int_equal (counters.bytes_erased, 128 * 1024);
  assert_int_equal (counters.bytes_programmed, 2048);
  assert_int_equal (counters.bytes_read, 2048);
  assert_int_equal (counters.busy_us, 1000000 + 300 + 8192);
  /* 12 x 0.5 ms, 2 KiB down at 1.75 and up at 2.75 ms/KiB, 5-byte commands and 6-byte answers. */
  assert_int_equal (counters.wire_us, 6000 + 3500 + 5500 + 2 * 8 + 6 * 16);
  assert_int_equal (counters.violations, 0);
  assert_int_equal (jmp_virtual_board_now (board),
                    counters.busy_us + counters.wire_us + 500 /* CLRSTATUS, before */);
}

static void
test_board_notes_every_broken_rule (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");

  wire_ready (board);
  assert_int_equal (wire_erase (board, 0x08004800), 0);
  assert_int_equal (wire_set_address (board, 0x08000000), 0);
  assert_int_equal (wire_download (board, 2, mark, 4), 0);
  assert_violations (board,
                     "erase at 0x08004800, not the start of a sector\n"
                     "write at 0x08000000, which is not erased");
  jmp_virtual_board_reset_counters (board);
  assert_violations (board, "");
}

static void
test_board_remembers_a_thousand_broken_rules (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_auto (GStrv) violations = NULL;

  for (guint i = 0; i < 1001; i++)
    wire_transfer (board, 0x21, 0, 0, NULL, 0);
  violations = jmp_virtual_board_get_violations (board);
  assert_int_equal (g_strv_length (violations), 1000);
  assert_int_equal (jmp_virtual_board_get_counters (board).violations, 1001);
}

static void
test_board_write_protection_is_silent (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  guint8 found[4];

  jmp_virtual_board_protect_sector (board, 0, 0x08000000);
  wire_ready (board);
  assert_int_equal (wire_erase (board, 0x08000000), 0);
  assert_int_equal (wire_set_address (board, 0x08000000), 0);
  assert_int_equal (wire_download (board, 2, mark, 4), 0);
  assert_true (jmp_virtual_board_peek (board, 0, 0x08000000, found, 4));
  assert_memory_equal (found, "\x00\x00\x02\x20", 4);
  assert_int_equal (jmp_virtual_board_get_counters (board).sectors_erased, 0);
  assert_violations (board, "");
}

static void
test_board_in_real_time_takes_time (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=10");
  gint64 real = g_get_monotonic_time ();
  gint64 before = jmp_virtual_board_now (board);

  assert_false (jmp_virtual_board_is_fake_time (board));
  wire_ready (board);
  assert_true (jmp_virtual_board_now (board) >= before + 500);
  assert_true (g_get_monotonic_time () >= real + 50);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_board_kinds),
    cmocka_unit_test (test_board_refuses_a_spec_that_makes_no_sense),
    cmocka_unit_test (test_board_serial),
    cmocka_unit_test (test_board_keeps_its_memory_in_a_file),
    cmocka_unit_test (test_board_refuses_a_file_that_is_not_its_memory),
    cmocka_unit_test (test_board_leaves_to_its_program),
    cmocka_unit_test (test_board_with_the_jumper_joined_comes_back),
    cmocka_unit_test (test_board_without_a_program_comes_back),
    cmocka_unit_test (test_board_leave_from_a_stray_pointer_breaks_a_rule),
    cmocka_unit_test (test_board_leave_saves),
    cmocka_unit_test (test_board_option_bytes_reset_it),
    cmocka_unit_test (test_board_unplugged_is_gone),
    cmocka_unit_test (test_board_usb_reset_stays_in_dfu_mode),
    cmocka_unit_test (test_board_holds_requests_while_it_is_busy),
    cmocka_unit_test (test_board_f072_stalls_while_it_is_busy),
    cmocka_unit_test (test_board_f072_reports_a_write_to_what_is_not_erased),
    cmocka_unit_test (test_board_counts),
    cmocka_unit_test (test_board_notes_every_broken_rule),
    cmocka_unit_test (test_board_remembers_a_thousand_broken_rules),
    cmocka_unit_test (test_board_write_protection_is_silent),
    cmocka_unit_test (test_board_in_real_time_takes_time),
  };

  return cmocka_run_group_tests_name ("core/virtual/board", tests, NULL, NULL);
}
