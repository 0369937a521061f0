/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map-kit.h"
#include "map/map-contents.h"

#include <string.h>

static JmpPlan *
plan_with (JmpDfuInfo *info, guint32 address, const char *text)
{
  const JmpPlanOptions how = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (JmpImage) image = NULL;
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  JmpPlan *plan;

  assert_true (jmp_image_builder_add (builder, 0, address, bytes, NULL));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  plan = jmp_plan_survey (image, info, &how, &error);
  assert_no_error (error);
  return plan;
}

static JmpMapSpan
sector (guint32 address, guint32 size)
{
  return (JmpMapSpan){ .address = address, .sector_size = size, .count = 1 };
}

static void
test_contents_are_hex_and_text (void **state)
{
  g_autoptr (JmpDfuInfo) info = kit_info_new (kit_pyboard);
  g_autoptr (JmpPlan) plan = plan_with (info, 0x08020010, "123456789");
  const JmpMapSpan there = sector (0x08020000, 0x20000);
  const JmpMapSpan elsewhere = sector (0x08040000, 0x20000);
  g_auto (JmpMapContents) contents = jmp_map_contents_of (plan, &there);
  g_auto (JmpMapContents) none = jmp_map_contents_of (plan, &elsewhere);

  assert_lines_equal (contents.dump,
                      "08020010  31 32 33 34 35 36 37 38  12345678\n"
                      "08020018  39                       9");
  assert_int_equal (contents.size, 9);
  /* the check value of CRC-32 */
  assert_int_equal (contents.crc, 0xCBF43926);
  assert_int_equal (none.size, 0);
  assert_string_equal (none.dump, "");
}

/* Of what reaches beyond the part, only what is in it counts; and nobody reads more than a few lines. */
static void
test_contents_end_with_the_part (void **state)
{
  g_autoptr (JmpDfuInfo) info = kit_info_new (kit_pyboard);
  g_autofree char *text = g_strnfill (0x300, 'x');
  g_autoptr (JmpPlan) plan = plan_with (info, 0x0803FF00, text);
  const JmpMapSpan first = sector (0x08020000, 0x20000);
  const JmpMapSpan second = sector (0x08040000, 0x20000);
  g_auto (JmpMapContents) before = jmp_map_contents_of (plan, &first);
  g_auto (JmpMapContents) behind = jmp_map_contents_of (plan, &second);
  g_auto (GStrv) lines = g_strsplit (behind.dump, "\n", -1);

  assert_int_equal (before.size, 0x100);
  assert_int_equal (behind.size, 0x200);
  assert_true (g_str_has_prefix (before.dump, "0803FF00  78 78"));
  assert_true (g_str_has_prefix (behind.dump, "08040000  78 78"));
  assert_int_equal (g_strv_length (lines), 8);
}

static void
test_contents_without_a_plan (void **state)
{
  const JmpMapSpan part = sector (0x08000000, 0x4000);
  g_auto (JmpMapContents) contents = jmp_map_contents_of (NULL, &part);

  assert_int_equal (contents.size, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_contents_are_hex_and_text),
    cmocka_unit_test (test_contents_end_with_the_part),
    cmocka_unit_test (test_contents_without_a_plan),
  };

  return cmocka_run_group_tests_name ("ui/map-contents", tests, NULL, NULL);
}
