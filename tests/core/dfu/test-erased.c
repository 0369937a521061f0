/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "dfu/erased.h"

#include <string.h>

static void
test_erased_is_blank (void **state)
{
  static const struct {
    const char *name;
    const char *bytes;
    gboolean ones;    /* whether they are blank, where those read 0xFF */
    gboolean zeros;   /* and where they read 0x00 */
    JmpErased learnt; /* what they say where nothing is known */
  } rows[] = {
    { "all 0xFF", "\xFF\xFF\xFF\xFF", TRUE, FALSE, JMP_ERASED_ONES },
    { "all 0x00", "\x00\x00\x00\x00", FALSE, TRUE, JMP_ERASED_ZEROS },
    { "the last is 0xFE", "\xFF\xFF\xFF\xFE", FALSE, FALSE, JMP_ERASED_UNKNOWN },
    { "the first is 0x01", "\x01\x00\x00\x00", FALSE, FALSE, JMP_ERASED_UNKNOWN },
    { "both", "\x00\x00\xFF\xFF", FALSE, FALSE, JMP_ERASED_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const guint8 *bytes = (const guint8 *)rows[i].bytes;

    print_message ("  %s\n", rows[i].name);
    assert_int_equal (jmp_erased_is_blank (JMP_ERASED_ONES, bytes, 4), rows[i].ones);
    assert_int_equal (jmp_erased_is_blank (JMP_ERASED_ZEROS, bytes, 4), rows[i].zeros);
    assert_false (jmp_erased_is_blank (JMP_ERASED_UNKNOWN, bytes, 4));
    assert_int_equal (jmp_erased_learn (JMP_ERASED_UNKNOWN, bytes, 4), rows[i].learnt);
    assert_int_equal (jmp_erased_learn (JMP_ERASED_ONES, bytes, 4), JMP_ERASED_ONES);
    assert_int_equal (jmp_erased_learn (JMP_ERASED_ZEROS, bytes, 4), JMP_ERASED_ZEROS);
  }
  for (int erased = JMP_ERASED_ONES; erased <= JMP_ERASED_UNKNOWN; erased++)
    assert_true (jmp_erased_is_blank ((JmpErased)erased, (const guint8 *)"", 0));
  assert_int_equal (jmp_erased_learn (JMP_ERASED_UNKNOWN, (const guint8 *)"", 0),
                    JMP_ERASED_UNKNOWN);
}

static void
test_erased_fill (void **state)
{
  assert_int_equal (jmp_erased_fill (JMP_ERASED_ONES), 0xFF);
  assert_int_equal (jmp_erased_fill (JMP_ERASED_ZEROS), 0x00);
  assert_int_equal (jmp_erased_fill (JMP_ERASED_UNKNOWN), 0xFF);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_erased_is_blank),
    cmocka_unit_test (test_erased_fill),
  };

  return cmocka_run_group_tests_name ("core/dfu/erased", tests, NULL, NULL);
}
