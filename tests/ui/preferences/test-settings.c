/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Run with the schema, and with the argument "without" where there is none. */

#include "assert-text.h"

#include "preferences/settings.h"

static void
test_settings_are_as_by_default (void **state)
{
  assert_int_equal (jmp_settings_get_int (JMP_SETTING_WINDOW_WIDTH), 1180);
  assert_int_equal (jmp_settings_get_int (JMP_SETTING_WINDOW_HEIGHT), 820);
  assert_false (jmp_settings_get_boolean (JMP_SETTING_WINDOW_MAXIMIZED));
  assert_true (jmp_settings_get_boolean (JMP_SETTING_LOOK_BY_ITSELF));
  assert_true (jmp_settings_get_boolean (JMP_SETTING_BACKUP_FIRST));
  assert_false (jmp_settings_get_boolean (JMP_SETTING_EXPERT_DETAILS));
  assert_false (jmp_settings_get_boolean (JMP_SETTING_WELCOME_SHOWN));
  assert_int_equal (jmp_settings_get_channel (), JMP_CHANNEL_STABLE);
}

static void
test_settings_keep_what_was_set (void **state)
{
  assert_non_null (jmp_settings_get ());
  jmp_settings_set_boolean (JMP_SETTING_LOOK_BY_ITSELF, FALSE);
  jmp_settings_set_int (JMP_SETTING_WINDOW_WIDTH, 640);
  assert_false (jmp_settings_get_boolean (JMP_SETTING_LOOK_BY_ITSELF));
  assert_int_equal (jmp_settings_get_int (JMP_SETTING_WINDOW_WIDTH), 640);
  assert_true (g_settings_set_string (jmp_settings_get (), JMP_SETTING_CHANNEL, "preview"));
  assert_int_equal (jmp_settings_get_channel (), JMP_CHANNEL_PREVIEW);
}

static void
test_settings_do_without_a_schema (void **state)
{
  assert_null (jmp_settings_get ());
  jmp_settings_set_boolean (JMP_SETTING_LOOK_BY_ITSELF, FALSE);
  jmp_settings_set_int (JMP_SETTING_WINDOW_WIDTH, 640);
  assert_true (jmp_settings_get_boolean (JMP_SETTING_LOOK_BY_ITSELF));
  assert_int_equal (jmp_settings_get_int (JMP_SETTING_WINDOW_WIDTH), 1180);
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest with[] = {
    cmocka_unit_test (test_settings_are_as_by_default),
    cmocka_unit_test (test_settings_keep_what_was_set),
  };
  const struct CMUnitTest without[] = {
    cmocka_unit_test (test_settings_are_as_by_default),
    cmocka_unit_test (test_settings_do_without_a_schema),
  };

  if (argc > 1)
    return cmocka_run_group_tests_name ("ui/settings without schema", without, NULL, NULL);
  return cmocka_run_group_tests_name ("ui/settings", with, NULL, NULL);
}
