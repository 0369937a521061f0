/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "image-text.h"
#include "image/raw.h"

static const guint8 data[] = { 0xA0, 1, 2, 3, 4, 5, 6, 0xAF };

static void
test_raw_stands_where_it_is_told (void **state)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, sizeof data);
  JmpReadOptions options = { .has_address = TRUE, .address = 0x08004000, .alt = 1 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = jmp_raw_parse (bytes, &options, &error);
  g_autofree char *text = NULL;

  assert_no_error (error);
  text = image_text (image);
  assert_lines_equal (text,
                      "raw crc=none FFFF:FFFF\n"
                      "alt 1 (unnamed)\n"
                      "  0x08004000 +8 A0..AF");
}

static void
test_raw_refuses (void **state)
{
  static const struct {
    const char *name;
    JmpReadOptions options;
    gsize size;
    JmpError code;
    const char *message;
  } cases[] = {
    { "no address", { .alt = 0 }, 8, JMP_ERROR_USAGE, "8 raw bytes, and no address" },
    { "no bytes", { .has_address = TRUE }, 0, JMP_ERROR_INVALID_FILE, "no bytes" },
    { "past 4 GiB",
      { .has_address = TRUE, .address = 0xFFFFFFF9 },
      8,
      JMP_ERROR_INVALID_FILE,
      "0xFFFFFFF9 pass 4 GiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (data, cases[i].size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_raw_parse (bytes, &cases[i].options, &error);

    if (image != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
  }
}

/* 4 bytes of data at @first in alt 0, and 4 more at @second in @alt. */
static JmpImage *
two_segments (guint32 first, guint32 second, guint8 alt)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) low = g_bytes_new_static (data, 4);
  g_autoptr (GBytes) high = g_bytes_new_static (data + 4, 4);

  assert_true (jmp_image_builder_add (builder, alt, second, high, NULL));
  assert_true (jmp_image_builder_add (builder, 0, first, low, NULL));
  return jmp_image_builder_end (builder, NULL);
}

static void
test_raw_writes_segments_that_touch (void **state)
{
  g_autoptr (JmpImage) image = two_segments (0xFFFFFFF8, 0xFFFFFFFC, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) file = jmp_raw_write (image, &error);

  assert_no_error (error);
  assert_int_equal (g_bytes_get_size (file), sizeof data);
  assert_memory_equal (g_bytes_get_data (file, NULL), data, sizeof data);
}

static void
test_raw_writes_one_range_only (void **state)
{
  g_autoptr (JmpImage) gap = two_segments (0x08000000, 0x08004000, 0);
  g_autoptr (JmpImage) targets = two_segments (0x08000000, 0x08000004, 1);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_raw_write (gap, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "0x08000004-0x08003FFF");
  g_clear_error (&error);
  assert_null (jmp_raw_write (targets, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "2 targets");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_raw_stands_where_it_is_told),
    cmocka_unit_test (test_raw_refuses),
    cmocka_unit_test (test_raw_writes_segments_that_touch),
    cmocka_unit_test (test_raw_writes_one_range_only),
  };

  return cmocka_run_group_tests_name ("core/image/raw", tests, NULL, NULL);
}
