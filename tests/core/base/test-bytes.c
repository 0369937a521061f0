/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"

static void
test_bytes_reader_stops_at_the_end (void **state)
{
  const guint8 data[] = { 1, 2, 3, 4, 5, 6, 7 };
  JmpReader reader;
  guint8 u8;
  guint16 u16;
  guint32 u32;

  jmp_reader_init (&reader, data, sizeof data);
  assert_true (jmp_reader_u32 (&reader, &u32));
  assert_int_equal (u32, 0x04030201);
  assert_false (jmp_reader_u32 (&reader, &u32));
  assert_int_equal (jmp_reader_left (&reader), 3);
  assert_true (jmp_reader_u16 (&reader, &u16));
  assert_int_equal (u16, 0x0605);
  assert_false (jmp_reader_u16 (&reader, &u16));
  assert_true (jmp_reader_u8 (&reader, &u8));
  assert_int_equal (u8, 7);
  assert_false (jmp_reader_u8 (&reader, &u8));
  assert_false (jmp_reader_skip (&reader, G_MAXSIZE));
  assert_true (jmp_reader_skip (&reader, 0));
}

static void
test_bytes_put_and_get_agree (void **state)
{
  guint8 at[4];

  jmp_put_u32 (at, 0xFEDCBA98);
  assert_int_equal (at[0], 0x98);
  assert_int_equal (jmp_get_u32 (at), 0xFEDCBA98);
  assert_int_equal (jmp_get_u24 (at), 0xDCBA98);
  jmp_put_u16 (at, 0x1234);
  assert_int_equal (jmp_get_u16 (at), 0x1234);
}

static void
test_bytes_blank (void **state)
{
  const guint8 blank[] = { 0xFF, 0xFF, 0xFF };
  const guint8 last[] = { 0xFF, 0xFF, 0xFE };

  assert_true (jmp_bytes_are_blank (blank, sizeof blank));
  assert_false (jmp_bytes_are_blank (last, sizeof last));
  assert_true (jmp_bytes_are_blank (last, 2));
  assert_true (jmp_bytes_are_blank (last, 0));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_bytes_reader_stops_at_the_end),
    cmocka_unit_test (test_bytes_put_and_get_agree),
    cmocka_unit_test (test_bytes_blank),
  };

  return cmocka_run_group_tests_name ("core/base/bytes", tests, NULL, NULL);
}
