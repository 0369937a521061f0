/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/pause.h"

static void
test_pause_takes_its_time (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  GCancellable *const cancellables[] = { cancellable, NULL };

  for (gsize i = 0; i < G_N_ELEMENTS (cancellables); i++) {
    g_autoptr (GError) error = NULL;
    gint64 begin = g_get_monotonic_time ();

    assert_true (jmp_pause (20, cancellables[i], &error));
    assert_no_error (error);
    assert_true (g_get_monotonic_time () - begin >= 19000);
  }
}

static void
test_pause_ends_when_cancelled (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  assert_false (jmp_pause (G_MAXINT, cancellable, &error));
  assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pause_takes_its_time),
    cmocka_unit_test (test_pause_ends_when_cancelled),
  };

  return cmocka_run_group_tests_name ("base/pause", tests, NULL, NULL);
}
