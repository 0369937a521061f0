/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/paths.h"

/* Before anything asks GLib, which remembers the answer. */
static int
setup (void **state)
{
  return g_setenv ("XDG_STATE_HOME", "/somewhere/state", TRUE)
                 && g_setenv ("XDG_DATA_HOME", "/somewhere/data", TRUE)
             ? 0
             : -1;
}

static void
test_paths_are_in_the_state_folder (void **state)
{
  g_autofree char *folder = jmp_paths_state ();
  g_autofree char *recovery = jmp_paths_recovery ();

  assert_string_equal (folder, "/somewhere/state/jumper");
  assert_string_equal (recovery, "/somewhere/state/jumper/recovery");
}

static void
test_paths_are_in_the_data_folder (void **state)
{
  g_autofree char *folder = jmp_paths_data ();

  assert_string_equal (folder, "/somewhere/data/jumper");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_paths_are_in_the_state_folder),
    cmocka_unit_test (test_paths_are_in_the_data_folder),
  };

  return cmocka_run_group_tests_name ("base/paths", tests, setup, NULL);
}
