/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* On a computer where the driver package is not installed and this copy of the program has none that is
 * signed, as on one that builds it. */

#include "assert-text.h"

#include "base/error.h"
#include "device/permission.h"

#include <string.h>

static void
test_permission_looks_at_drivers (void **state)
{
  g_autoptr (JmpPermission) permission = jmp_permission_look ();

  assert_non_null (permission->drivers);
  assert_int_not_equal (permission->state, JMP_PERMISSION_NOT_NEEDED);
  assert_false (permission->is_ours);
  assert_null (permission->file);
  assert_false (permission->can_install);
}

static void
test_permission_rule_is_the_driver_package (void **state)
{
  g_autoptr (GBytes) rule = jmp_permission_get_rule ();
  g_autofree char *text = g_strndup (g_bytes_get_data (rule, NULL), g_bytes_get_size (rule));

  assert_string_equal (jmp_permission_get_rule_file (), "jumper.inf");
  assert_true (jmp_driver_inf_names (text, 0x0483, 0xDF11));
  assert_false (jmp_driver_inf_names (text, 0x0483, 0x374B));
}

/* Nothing is run, and nobody is asked, for what cannot succeed. */
static void
test_permission_refuses_what_cannot_be_done (void **state)
{
  g_autoptr (GError) error = NULL;

  assert_null (jmp_permission_make_commands ());
  assert_false (jmp_permission_install (NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "no signed driver package");
  g_clear_error (&error);
  assert_false (jmp_permission_remove (NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "not installed");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_permission_looks_at_drivers),
    cmocka_unit_test (test_permission_rule_is_the_driver_package),
    cmocka_unit_test (test_permission_refuses_what_cannot_be_done),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
