/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "device/practice.h"
#include "device/rows-private.h"
#include "fake-device.h"

/* What the list said of its changes, "+0" for a row that was added at 0, "-0" for one that went. */
typedef struct {
  JmpRows *rows;
  GString *log;
} Fixture;

static void
changed_cb (guint position, guint removed, guint added, gpointer user_data)
{
  Fixture *fixture = user_data;

  assert_int_equal (removed + added, 1);
  g_string_append_printf (fixture->log, "%c%u ", added > 0 ? '+' : '-', position);
}

static int
set_up (void **state)
{
  Fixture *fixture = g_new0 (Fixture, 1);

  fixture->log = g_string_new (NULL);
  fixture->rows = jmp_rows_new (changed_cb, fixture);
  *state = fixture;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *fixture = *state;

  jmp_rows_free (fixture->rows);
  g_string_free (fixture->log, TRUE);
  g_free (fixture);
  return 0;
}

/* A look that finds up to three boards. */
static void
look (Fixture *fixture, JmpDevice *a, JmpDevice *b, JmpDevice *c)
{
  g_autoptr (GPtrArray) present = g_ptr_array_new ();
  JmpDevice *devices[] = { a, b, c };

  for (guint i = 0; i < G_N_ELEMENTS (devices); i++)
    if (devices[i] != NULL)
      g_ptr_array_add (present, devices[i]);
  jmp_rows_update (fixture->rows, present);
}

/* The changes since the last time, and the rows after "|" as path@address:mode. */
static void
expect (Fixture *fixture, const char *expected)
{
  g_string_append_c (fixture->log, '|');
  for (guint i = 0; i < jmp_rows_get_length (fixture->rows); i++) {
    JmpDevice *device = jmp_rows_get (fixture->rows, i);

    g_string_append_printf (fixture->log,
                            " %s@%u:%s",
                            jmp_device_get_path (device),
                            jmp_device_get_address (device),
                            jmp_device_mode_to_string (jmp_device_get_mode (device)));
  }
  assert_string_equal (fixture->log->str, expected);
  g_string_truncate (fixture->log, 0);
}

static void
test_rows_come_and_go (void **state)
{
  g_autoptr (JmpDevice) a = fake_device ("1-1", 1, "A");
  g_autoptr (JmpDevice) b = fake_device ("1-2", 2, "B1");
  g_autoptr (JmpDevice) c = fake_device ("1-3", 3, NULL);

  look (*state, a, NULL, c);
  expect (*state, "+0 +1 | 1-1@1:dfu 1-3@3:unusable");
  look (*state, a, b, c);
  expect (*state, "+2 | 1-1@1:dfu 1-3@3:unusable 1-2@2:dfu");
  look (*state, a, b, c);
  expect (*state, "| 1-1@1:dfu 1-3@3:unusable 1-2@2:dfu");
  look (*state, b, NULL, NULL);
  expect (*state, "-1 -0 | 1-2@2:dfu");
  look (*state, NULL, NULL, NULL);
  expect (*state, "-0 |");
}

static void
test_rows_keep_a_board_that_was_out_between_looks (void **state)
{
  g_autoptr (JmpDevice) before = fake_device ("1-1", 1, "A1");
  g_autoptr (JmpDevice) after = fake_device ("1-1", 2, "A1");

  look (*state, before, NULL, NULL);
  expect (*state, "+0 | 1-1@1:dfu");
  look (*state, after, NULL, NULL);
  expect (*state, "| 1-1@2:dfu");
  assert_ptr_equal (jmp_rows_get (((Fixture *)*state)->rows, 0), before);
}

static void
test_rows_show_a_problem_solved (void **state)
{
  g_autoptr (JmpDevice) denied = fake_device ("1-1", 1, NULL);
  g_autoptr (JmpDevice) allowed = fake_device ("1-1", 1, "A1");

  look (*state, denied, NULL, NULL);
  look (*state, allowed, NULL, NULL);
  expect (*state, "+0 | 1-1@1:dfu");
  assert_ptr_equal (jmp_rows_get (((Fixture *)*state)->rows, 0), denied);
}

static void
test_rows_another_board_at_the_same_port (void **state)
{
  g_autoptr (JmpDevice) one = fake_device ("1-1", 1, "A1");
  g_autoptr (JmpDevice) other = fake_device ("1-1", 2, "B2");

  look (*state, one, NULL, NULL);
  look (*state, other, NULL, NULL);
  expect (*state, "+0 +1 -0 | 1-1@2:dfu");
  assert_ptr_equal (jmp_rows_get (((Fixture *)*state)->rows, 0), other);
}

static void
test_rows_equal_serials_are_two_boards (void **state)
{
  g_autoptr (JmpDevice) one = fake_device ("1-1", 1, "A1");
  g_autoptr (JmpDevice) other = fake_device ("1-2", 2, "A1");
  g_autoptr (JmpDevice) one_again = fake_device ("1-1", 3, "A1");
  g_autoptr (JmpDevice) other_again = fake_device ("1-2", 4, "A1");

  look (*state, one, other, NULL);
  expect (*state, "+0 +1 | 1-1@1:dfu 1-2@2:dfu");
  /* the order in which they come back is not what decides */
  look (*state, other_again, one_again, NULL);
  expect (*state, "| 1-1@3:dfu 1-2@4:dfu");
}

static void
test_rows_two_boards_change_ports (void **state)
{
  g_autoptr (JmpDevice) a = fake_device ("1-1", 1, "A1");
  g_autoptr (JmpDevice) b = fake_device ("1-2", 2, "B2");
  g_autoptr (JmpDevice) b_moved = fake_device ("1-1", 3, "B2");
  g_autoptr (JmpDevice) a_moved = fake_device ("1-2", 4, "A1");

  look (*state, a, b, NULL);
  look (*state, b_moved, a_moved, NULL);
  expect (*state, "+0 +1 | 1-2@4:dfu 1-1@3:dfu");
}

static void
test_rows_hold_a_board_that_goes (void **state)
{
  JmpRows *rows = ((Fixture *)*state)->rows;
  g_autoptr (JmpDevice) before = fake_device ("1-1", 1, "A1");
  g_autoptr (JmpDevice) after = fake_device ("1-1", 2, "A1");
  g_autoptr (JmpDevice) other = fake_device ("1-1", 3, "B2");

  look (*state, before, NULL, NULL);
  jmp_rows_hold (rows, before);
  jmp_rows_hold (rows, before);
  look (*state, NULL, NULL, NULL);
  expect (*state, "+0 | 1-1@1:gone");
  look (*state, after, NULL, NULL);
  expect (*state, "| 1-1@2:dfu");
  look (*state, other, NULL, NULL);
  expect (*state, "+1 | 1-1@2:gone 1-1@3:dfu");
  jmp_rows_release (rows, before);
  expect (*state, "| 1-1@2:gone 1-1@3:dfu");
  jmp_rows_release (rows, before);
  expect (*state, "-0 | 1-1@3:dfu");
}

static void
test_rows_release_a_board_that_is_here (void **state)
{
  JmpRows *rows = ((Fixture *)*state)->rows;
  g_autoptr (JmpDevice) a = fake_device ("1-1", 1, "A1");

  look (*state, a, NULL, NULL);
  jmp_rows_hold (rows, a);
  jmp_rows_release (rows, a);
  expect (*state, "+0 | 1-1@1:dfu");
  look (*state, NULL, NULL, NULL);
  expect (*state, "-0 |");
  /* nothing to hold any more */
  jmp_rows_hold (rows, a);
  jmp_rows_release (rows, a);
  expect (*state, "|");
}

static void
test_rows_held_board_comes_back_elsewhere (void **state)
{
  JmpRows *rows = ((Fixture *)*state)->rows;
  g_autoptr (JmpDevice) before = fake_device ("1-1", 1, "A1");
  g_autoptr (JmpDevice) moved = fake_device ("2-7", 2, "A1");

  look (*state, before, NULL, NULL);
  jmp_rows_hold (rows, before);
  look (*state, NULL, NULL, NULL);
  look (*state, moved, NULL, NULL);
  expect (*state, "+0 | 2-7@2:dfu");
  assert_ptr_equal (jmp_rows_get (rows, 0), before);
}

static void
test_rows_added_stay (void **state)
{
  JmpRows *rows = ((Fixture *)*state)->rows;
  g_autoptr (JmpDevice) practice = jmp_practice_device_parse ("virtual:pyboard,speed=0", NULL);
  g_autoptr (JmpDevice) a = fake_device ("1-1", 1, "A1");

  look (*state, a, NULL, NULL);
  jmp_rows_add (rows, practice);
  look (*state, NULL, NULL, NULL);
  expect (*state, "+0 +1 -0 | virtual:pyboard@0:dfu");
  jmp_rows_remove (rows, a);
  expect (*state, "| virtual:pyboard@0:dfu");
  jmp_rows_remove (rows, practice);
  expect (*state, "-0 |");
}

#define ROWS_TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    ROWS_TEST (test_rows_come_and_go),
    ROWS_TEST (test_rows_keep_a_board_that_was_out_between_looks),
    ROWS_TEST (test_rows_show_a_problem_solved),
    ROWS_TEST (test_rows_another_board_at_the_same_port),
    ROWS_TEST (test_rows_equal_serials_are_two_boards),
    ROWS_TEST (test_rows_two_boards_change_ports),
    ROWS_TEST (test_rows_hold_a_board_that_goes),
    ROWS_TEST (test_rows_release_a_board_that_is_here),
    ROWS_TEST (test_rows_held_board_comes_back_elsewhere),
    ROWS_TEST (test_rows_added_stay),
  };

  return cmocka_run_group_tests_name ("core/device/rows", tests, NULL, NULL);
}
