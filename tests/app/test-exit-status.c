/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "jumperctl/report.h"

/* Scripts rely on these numbers. */
static void
test_exit_status_of_each_error (void **state)
{
  static const struct {
    JmpError code;
    int status;
  } rows[] = {
    { JMP_ERROR_FAILED, 1 },
    { JMP_ERROR_NOT_FOUND, 3 },
    { JMP_ERROR_SEVERAL, 4 },
    { JMP_ERROR_PERMISSION, 5 },
    { JMP_ERROR_NO_DRIVER, 5 },
    { JMP_ERROR_BUSY, 5 },
    { JMP_ERROR_DISCONNECTED, 8 },
    { JMP_ERROR_TIMED_OUT, 1 },
    { JMP_ERROR_STALLED, 1 },
    { JMP_ERROR_PROTOCOL, 1 },
    { JMP_ERROR_DEVICE_STATUS, 1 },
    { JMP_ERROR_READ_PROTECTED, 10 },
    { JMP_ERROR_WRITE_PROTECTED, 10 },
    { JMP_ERROR_NOT_SUPPORTED, 1 },
    { JMP_ERROR_FILE, 6 },
    { JMP_ERROR_INVALID_FILE, 6 },
    { JMP_ERROR_DAMAGED_FILE, 6 },
    { JMP_ERROR_DOES_NOT_FIT, 6 },
    { JMP_ERROR_MISMATCH, 10 },
    { JMP_ERROR_REFUSED, 10 },
    { JMP_ERROR_VERIFY, 7 },
    { JMP_ERROR_NETWORK, 9 },
    { JMP_ERROR_CHANGED, 10 },
    { JMP_ERROR_USAGE, 2 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = g_error_new (JMP_ERROR, (int)rows[i].code, "x");

    if (ctl_exit_status (error) != rows[i].status)
      fail_msg ("%s gives %d", jmp_error_to_string (rows[i].code), ctl_exit_status (error));
  }
}

static void
test_exit_status_of_the_rest (void **state)
{
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) foreign = g_error_new (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "x");

  assert_int_equal (ctl_exit_status (NULL), 0);
  assert_int_equal (ctl_exit_status (cancelled), 130);
  assert_int_equal (ctl_exit_status (foreign), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_exit_status_of_each_error),
    cmocka_unit_test (test_exit_status_of_the_rest),
  };

  return cmocka_run_group_tests_name ("app/exit-status", tests, NULL, NULL);
}
