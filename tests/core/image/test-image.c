/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "image-text.h"

static gboolean
add (JmpImageBuilder *builder, guint8 alt, guint64 address, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);

  return jmp_image_builder_add (builder, alt, address, bytes, error);
}

static void
test_image_sorts_targets_and_segments (void **state)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  assert_true (add (builder, 2, 0x1FFF7800, 3, &error));
  assert_true (add (builder, 0, 0x90000000, 4, &error));
  assert_true (add (builder, 0, 0x08000010, 2, &error));
  assert_true (add (builder, 0, 0x08000000, 16, &error));
  jmp_image_builder_name_target (builder, 2, "OTP");
  jmp_image_builder_name_target (builder, 7, "nothing there");
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  text = image_text (image);
  assert_lines_equal (text,
                      "dfuse crc=none FFFF:FFFF\n"
                      "alt 0 (unnamed)\n"
                      "  0x08000000 +16 00..00\n"
                      "  0x08000010 +2 00..00\n"
                      "  0x90000000 +4 00..00\n"
                      "alt 2 OTP\n"
                      "  0x1FFF7800 +3 00..00");
  assert_int_equal (jmp_image_get_size (image), 25);
  assert_ptr_equal (jmp_image_find_target (image, 2), jmp_image_get_target (image, 1));
  assert_null (jmp_image_find_target (image, 7));
}

static void
test_image_refuses (void **state)
{
  static const struct {
    const char *name;
    struct {
      guint8 alt;
      guint64 address;
      gsize size;
    } pieces[3];
    const char *message;
  } cases[] = {
    { "nothing at all", { { 0, 0, 0 } }, "no bytes" },
    { "the last byte overlaps the first",
      { { 3, 0x2000, 16 }, { 3, 0x1000, 0x1001 } },
      "alt 3: 0x00001000-0x00002000 and 0x00002000-0x0000200F overlap" },
    { "one inside another, a third between their starts",
      { { 0, 0x100, 0x100 }, { 0, 0x180, 1 }, { 0, 0x120, 1 } },
      "0x00000100-0x000001FF and 0x00000120-0x00000120 overlap" },
    { "the same twice", { { 0, 8, 4 }, { 0, 8, 4 } }, "0x00000008-0x0000000B" },
    { "one byte past 4 GiB",
      { { 0, 0xFFFFFFF0, 17 } },
      "alt 0: 17 bytes at 0xFFFFFFF0 pass 4 GiB" },
    { "an address past 4 GiB", { { 0, G_GUINT64_CONSTANT (0x100000000), 1 } }, "0x100000000" },
    { "an address that wraps", { { 0, G_MAXUINT64, 2 } }, "pass 4 GiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_RAW);
    g_autoptr (JmpImage) image = NULL;
    g_autoptr (GError) error = NULL;
    gboolean ok = TRUE;

    for (guint p = 0; ok && p < G_N_ELEMENTS (cases[i].pieces); p++)
      ok = add (builder,
                cases[i].pieces[p].alt,
                cases[i].pieces[p].address,
                cases[i].pieces[p].size,
                &error);
    if (ok)
      image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
    if (image != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

static void
test_image_may_touch_and_may_end_at_4_gib (void **state)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (add (builder, 0, 0xFFFFFFF0, 16, &error));
  assert_true (add (builder, 0, 0xFFFFFFE0, 16, &error));
  assert_true (add (builder, 1, 0xFFFFFFE8, 16, &error));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_target (image, 0)->n_segments, 2);
}

static void
test_image_limits (void **state)
{
  g_autoptr (JmpImageBuilder) segments = jmp_image_builder_new (JMP_IMAGE_RAW);
  JmpImageBuilder *targets = jmp_image_builder_new (JMP_IMAGE_RAW);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < JMP_IMAGE_MAX_SEGMENTS; i++)
    assert_true (add (segments, 0, i, 1, &error));
  assert_false (add (segments, 0, JMP_IMAGE_MAX_SEGMENTS, 1, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "10000 segments");
  g_clear_error (&error);

  for (guint alt = 0; alt <= JMP_IMAGE_MAX_TARGETS; alt++)
    assert_true (add (targets, (guint8)alt, 0, 1, &error));
  image = jmp_image_builder_end (targets, &error);
  assert_null (image);
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "255 targets");
}

static void
test_image_warns_a_limited_number_of_times (void **state)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;
  const char *const *warnings;

  assert_true (add (builder, 0, 0x100, 1, &error));
  for (guint i = 0; i < 500; i++)
    assert_true (add (builder, 1, 0x200 + i, 0, &error));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  warnings = jmp_image_get_warnings (image);
  assert_string_equal (warnings[0], "alt 1: an element without bytes at 0x00000200 is skipped");
  assert_int_equal (g_strv_length ((char **)warnings), 21);
  assert_string_equal (warnings[20], "and 480 more");
  assert_int_equal (jmp_image_get_n_targets (image), 1);
}

static void
test_image_ids (void **state)
{
  static const struct {
    const char *name;
    guint16 vid;
    guint16 pid;
    gboolean names_board;
    gboolean for_st;
    gboolean for_arduino;
    gboolean for_st_other;
  } cases[] = {
    { "both named", 0x0483, 0xDF11, TRUE, TRUE, FALSE, FALSE },
    { "any product", 0x0483, 0xFFFF, FALSE, TRUE, FALSE, TRUE },
    { "product 0, as ST writes it", 0x0483, 0x0000, FALSE, TRUE, FALSE, TRUE },
    { "any board", 0xFFFF, 0xFFFF, FALSE, TRUE, TRUE, TRUE },
    { "a product of no vendor", 0xFFFF, 0x1234, FALSE, TRUE, TRUE, TRUE },
    { "another vendor", 0x2341, 0x035B, TRUE, FALSE, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
    g_autoptr (JmpImage) image = NULL;

    assert_true (add (builder, 0, 0, 1, NULL));
    jmp_image_builder_set_ids (builder, cases[i].vid, cases[i].pid, 0x2200);
    image = jmp_image_builder_end (builder, NULL);
    if (jmp_image_names_board (image) != cases[i].names_board
        || jmp_image_is_for (image, 0x0483, 0xDF11) != cases[i].for_st
        || jmp_image_is_for (image, 0x2341, 0x035B) != cases[i].for_arduino
        || jmp_image_is_for (image, 0x0483, 0x5740) != cases[i].for_st_other)
      fail_msg ("%s", cases[i].name);
    assert_int_equal (jmp_image_get_bcd_device (image), 0x2200);
  }
}

static void
test_image_names_can_be_shown (void **state)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (JmpImage) image = NULL;

  for (guint8 alt = 0; alt < 3; alt++)
    assert_true (add (builder, alt, 0, 1, NULL));
  jmp_image_builder_name_target (builder, 0, "");
  jmp_image_builder_name_target (builder, 1, "\033[2J \xFF\xC3\xA4");
  jmp_image_builder_name_target (builder, 2, "first");
  jmp_image_builder_name_target (builder, 2, "second");
  image = jmp_image_builder_end (builder, NULL);
  assert_null (jmp_image_find_target (image, 0)->name);
  assert_string_equal (jmp_image_find_target (image, 1)->name,
                       "\xEF\xBF\xBD[2J \xEF\xBF\xBD\xC3\xA4");
  assert_string_equal (jmp_image_find_target (image, 2)->name, "first");
}

static void
test_image_vector_table (void **state)
{
  static const struct {
    const char *name;
    guint8 alt;
    guint32 address;
    guint32 stack;
    guint32 reset;
    gboolean found;
  } cases[] = {
    { "F405: the stack begins at the RAM's end", 0, 0x08000000, 0x20020000, 0x08000101, TRUE },
    { "core-coupled RAM", 0, 0x08010000, 0x10010000, 0x08010009, TRUE },
    { "H7 AXI RAM", 0, 0x08000000, 0x24080000, 0x08000009, TRUE },
    { "handler in the other segment", 0, 0x08000000, 0x20020000, 0x08020011, TRUE },
    { "no Thumb bit", 0, 0x08000000, 0x20020000, 0x08000100, FALSE },
    { "handler just past the segment", 0, 0x08000000, 0x20020000, 0x08000201, FALSE },
    { "stack at the RAM's first byte", 0, 0x08000000, 0x20000000, 0x08000101, FALSE },
    { "stack in the flash", 0, 0x08000000, 0x08020000, 0x08000101, FALSE },
    { "odd stack", 0, 0x08000000, 0x20020002, 0x08000101, FALSE },
    { "blank", 0, 0x08000000, 0xFFFFFFFF, 0xFFFFFFFF, FALSE },
    { "another alt setting", 1, 0x08000000, 0x20020000, 0x08000101, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
    guint8 table[0x200] = { 0 };
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JmpImage) image = NULL;
    JmpVectorTable vector;

    jmp_put_u32 (table, cases[i].stack);
    jmp_put_u32 (table + 4, cases[i].reset);
    bytes = g_bytes_new (table, sizeof table);
    assert_true (jmp_image_builder_add (builder, cases[i].alt, cases[i].address, bytes, NULL));
    assert_true (add (builder, cases[i].alt, 0x08020000, 0x100, NULL));
    assert_true (add (builder, cases[i].alt, 0x07000000, 4, NULL));
    image = jmp_image_builder_end (builder, NULL);
    if (jmp_image_find_vector_table (image, &vector) != cases[i].found)
      fail_msg ("%s", cases[i].name);
    if (cases[i].found) {
      assert_int_equal (vector.address, cases[i].address);
      assert_int_equal (vector.stack, cases[i].stack);
      assert_int_equal (vector.reset, cases[i].reset);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_image_sorts_targets_and_segments),
    cmocka_unit_test (test_image_refuses),
    cmocka_unit_test (test_image_may_touch_and_may_end_at_4_gib),
    cmocka_unit_test (test_image_limits),
    cmocka_unit_test (test_image_warns_a_limited_number_of_times),
    cmocka_unit_test (test_image_ids),
    cmocka_unit_test (test_image_names_can_be_shown),
    cmocka_unit_test (test_image_vector_table),
  };

  return cmocka_run_group_tests_name ("core/image/image", tests, NULL, NULL);
}
