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

static void
test_paths_safe_names (void **state)
{
  static const struct {
    const char *text;
    const char *name;
  } cases[] = {
    { "1-4.2_Ab09", "1-4+2E2_Ab09" },
    { "../x", "+2E+2E+2Fx" },
    { "\xC3\xA9", "+C3+A9" },
    { "", "" },
  };
  g_autofree char *endless = g_strnfill (1000, 'a');
  g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, endless, -1);
  g_autofree char *short_name = jmp_paths_safe_name (endless);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *name = jmp_paths_safe_name (cases[i].text);

    assert_string_equal (name, cases[i].name);
  }
  assert_string_equal (short_name, sum);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_paths_are_in_the_state_folder),
    cmocka_unit_test (test_paths_are_in_the_data_folder),
    cmocka_unit_test (test_paths_safe_names),
  };

  return cmocka_run_group_tests_name ("base/paths", tests, setup, NULL);
}
