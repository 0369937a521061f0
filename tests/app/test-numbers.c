/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "jumperctl/numbers.h"

static void
test_numbers_are_read (void **state)
{
  static const struct {
    const char *name;
    guint64 max;
    gint64 value; /* -1: refused */
  } rows[] = {
    { "0", 10, 0 },
    { "10", 10, 10 },
    { "11", 10, -1 },
    { "010", 10, 10 },
    { "0x10", 255, 16 },
    { "0X1f", 255, 31 },
    { "0xFFFFFFFF", G_MAXUINT32, G_MAXUINT32 },
    { "0x100000000", G_MAXUINT32, -1 },
    { "4096M", G_MAXUINT32, -1 },
    { "112K", G_MAXUINT32, 114688 },
    { "1m", G_MAXUINT32, 1048576 },
    { "0x4k", G_MAXUINT32, 4096 },
    { "", 10, -1 },
    { "0x", 10, -1 },
    { "K", 10, -1 },
    { "-1", 10, -1 },
    { "+1", 10, -1 },
    { " 1", 10, -1 },
    { "1 ", 10, -1 },
    { "1KK", G_MAXUINT32, -1 },
    { "1G", G_MAXUINT32, -1 },
    { "0x1g", G_MAXUINT32, -1 },
    { "99999999999999999999999999", G_MAXUINT64, -1 },
    { "18446744073709551615", G_MAXUINT64, -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint64 value = 0;
    gboolean ok = ctl_parse_number (rows[i].name, rows[i].max, &value);

    if (ok != (rows[i].value >= 0) || (ok && value != (guint64)rows[i].value))
      fail_msg ("\"%s\" gives %d, %" G_GUINT64_FORMAT, rows[i].name, ok, value);
  }
}

static void
test_ranges_are_read (void **state)
{
  static const struct {
    const char *name;
    guint32 address;
    guint64 length; /* 0: refused */
  } rows[] = {
    { "0x08004000:112K", 0x08004000, 112 * 1024 },
    { "0:0x100000000", 0, (guint64)G_MAXUINT32 + 1 },
    { "0xFFFFFFFF:1", G_MAXUINT32, 1 },
    { "0xFFFFFFFF:2", 0, 0 },
    { "0x08004000:0", 0, 0 },
    { "0x08004000", 0, 0 },
    { "0x08004000:", 0, 0 },
    { ":1", 0, 0 },
    { "1:2:3", 0, 0 },
    { "", 0, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    guint32 address = 0;
    guint64 length = 0;

    if (ctl_parse_range (rows[i].name, &address, &length, &error)) {
      if (address != rows[i].address || length != rows[i].length)
        fail_msg ("\"%s\" gives 0x%x and %" G_GUINT64_FORMAT, rows[i].name, address, length);
    } else {
      assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "--range");
      if (rows[i].length != 0)
        fail_msg ("\"%s\" is refused", rows[i].name);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_numbers_are_read),
    cmocka_unit_test (test_ranges_are_read),
  };

  return cmocka_run_group_tests_name ("app/numbers", tests, NULL, NULL);
}
