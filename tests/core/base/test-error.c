/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"

static void
test_error_words_are_distinct (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int code = JMP_ERROR_FAILED; code <= JMP_ERROR_USAGE; code++)
    assert_true (g_hash_table_add (seen, (gpointer)jmp_error_to_string (code)));
}

static void
test_error_domain_has_its_name (void **state)
{
  assert_string_equal (g_quark_to_string (JMP_ERROR), "jmp-error-quark");
}

static void
test_error_cancelled_is_gio (void **state)
{
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "stop");
  g_autoptr (GError) failed = g_error_new (JMP_ERROR, JMP_ERROR_FAILED, "no");

  assert_true (jmp_error_is_cancelled (cancelled));
  assert_false (jmp_error_is_cancelled (failed));
  assert_false (jmp_error_is_cancelled (NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_error_words_are_distinct),
    cmocka_unit_test (test_error_domain_has_its_name),
    cmocka_unit_test (test_error_cancelled_is_gio),
  };

  return cmocka_run_group_tests_name ("core/base/error", tests, NULL, NULL);
}
