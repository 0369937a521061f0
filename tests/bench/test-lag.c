/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What times are worth depends on this: the simulation must not charge a host with its own time, and must
 * not give it any either. */

#include "assert-text.h"
#include "mock-usbfs-lag.h"

/* A transfer ends at 1000 µs. The host asks for it at @asked_at and has it after a trip of @trip µs, or
 * more: at @nothing_left, unless 0, it asks for another. It then wants the next transfer at @heard_at. */
static void
test_lag_is_taken_off (void **state)
{
  static const struct {
    const char *name;
    gint64 asked_at;
    gint64 trip;
    gint64 nothing_left;
    gint64 heard_at;
    gint64 begin;
  } cases[] = {
    { "nothing took time", 1000, 0, 0, 1000, 1000 },
    { "the host thinks for 300", 1000, 0, 0, 1300, 1300 },
    { "told 200 late", 1200, 0, 0, 1500, 1300 },
    { "and the way there and back is 20 each time", 1200, 20, 0, 1500, 1260 },
    { "had it only at 1400", 1200, 20, 1400, 1500, 1080 },
    { "never before the last one ended", 1200, 20, 1490, 1500, 1000 },
    { "a host that sleeps for a second", 9000, 0, 0, 9000, 7000 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    MockUsbfsLag lag = { 0 };
    gint64 begin;

    mock_usbfs_lag_end (&lag, 1000);
    mock_usbfs_lag_hand_out (&lag, 1000, cases[i].asked_at, cases[i].asked_at + cases[i].trip);
    if (cases[i].nothing_left != 0)
      mock_usbfs_lag_nothing_left (&lag, cases[i].nothing_left);
    begin = mock_usbfs_lag_begin (&lag, cases[i].heard_at);
    if (begin != cases[i].begin)
      fail_msg ("%s: begins at %" G_GINT64_FORMAT ", not at %" G_GINT64_FORMAT,
                cases[i].name,
                begin,
                cases[i].begin);
  }
}

static void
test_lag_counts_the_first_time_alone (void **state)
{
  MockUsbfsLag lag = { 0 };

  mock_usbfs_lag_end (&lag, 1000);
  mock_usbfs_lag_hand_out (&lag, 1000, 1100, 1100);
  mock_usbfs_lag_nothing_left (&lag, 1200);
  mock_usbfs_lag_nothing_left (&lag, 1900);
  assert_int_equal (mock_usbfs_lag_begin (&lag, 2000), 1800);
}

static void
test_lag_is_taken_off_once (void **state)
{
  MockUsbfsLag lag = { 0 };

  mock_usbfs_lag_end (&lag, 1000);
  mock_usbfs_lag_hand_out (&lag, 1000, 1200, 1200);
  assert_int_equal (mock_usbfs_lag_begin (&lag, 1400), 1200);
  assert_int_equal (mock_usbfs_lag_begin (&lag, 1400), 1400);
}

static void
test_lag_of_what_was_not_the_last_is_none (void **state)
{
  MockUsbfsLag lag = { 0 };

  mock_usbfs_lag_end (&lag, 1000);
  mock_usbfs_lag_hand_out (&lag, 0, 1500, 1500);
  mock_usbfs_lag_nothing_left (&lag, 1600);
  assert_int_equal (mock_usbfs_lag_begin (&lag, 1700), 1700);
}

/* One wire: what is asked for while another is under way begins after it. */
static void
test_lag_keeps_transfers_apart (void **state)
{
  MockUsbfsLag lag = { 0 };

  mock_usbfs_lag_end (&lag, 5000);
  assert_int_equal (mock_usbfs_lag_begin (&lag, 1000), 5000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_lag_is_taken_off),
    cmocka_unit_test (test_lag_counts_the_first_time_alone),
    cmocka_unit_test (test_lag_is_taken_off_once),
    cmocka_unit_test (test_lag_of_what_was_not_the_last_is_none),
    cmocka_unit_test (test_lag_keeps_transfers_apart),
  };

  return cmocka_run_group_tests_name ("bench/lag", tests, NULL, NULL);
}
