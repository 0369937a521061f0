/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "image/dfuse-file.h"

static const JmpReadOptions strict = { 0 };

/* Facts of real, published files: the vector table is in the first element, and the handler that it
 * names in the second. */
static void
test_real_files_facts (void **state)
{
  static const struct {
    const char *name;
    gsize size;
    gsize sizes[2];
    guint32 reset;
  } cases[] = {
    { "pybv11-network-v1.11.dfu", 422253, { 14872, 407064 }, 0x0804EE19 },
    { "pybstick26std-f411.dfu", 321621, { 14672, 306632 }, 0x0804C895 },
    { "f4-led-dimmer-mpy.dfu", 298805, { 14696, 283792 }, 0x0804AAE9 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = firmware_path (cases[i].name);
    g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JmpImage) image = NULL;
    g_autoptr (GError) error = NULL;
    const JmpImageTarget *target;
    JmpVectorTable vector;

    if (path == NULL)
      skip ();
    bytes = g_file_load_bytes (file, NULL, NULL, NULL);
    assert_int_equal (g_bytes_get_size (bytes), cases[i].size);
    image = jmp_dfuse_file_parse (bytes, &strict, &error);
    assert_no_error (error);
    assert_int_equal (jmp_image_get_crc (image), JMP_CRC_OK);
    assert_true (jmp_image_names_board (image));
    assert_true (jmp_image_is_for (image, 0x0483, 0xDF11));
    assert_null (jmp_image_get_warnings (image)[0]);
    assert_int_equal (jmp_image_get_n_targets (image), 1);

    target = jmp_image_find_target (image, 0);
    assert_int_equal (target->n_segments, 2);
    assert_int_equal (target->segments[0].address, 0x08000000);
    assert_int_equal (target->segments[1].address, 0x08020000);
    for (guint s = 0; s < 2; s++)
      assert_int_equal (g_bytes_get_size (target->segments[s].bytes), cases[i].sizes[s]);

    assert_true (jmp_image_find_vector_table (image, &vector));
    assert_int_equal (vector.address, 0x08000000);
    assert_int_equal (vector.stack, 0x2001FFF8);
    assert_int_equal (vector.reset, cases[i].reset);
  }
}

/* The pyboard's file, written again, is the same file. */
static void
test_real_files_written_again (void **state)
{
  g_autofree char *path = firmware_path ("pybv11-network-v1.11.dfu");
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GBytes) written = NULL;
  g_autoptr (JmpImage) image = NULL;

  if (path == NULL) {
    skip ();
    return;
  }
  file = g_file_new_for_path (path);
  bytes = g_file_load_bytes (file, NULL, NULL, NULL);
  image = jmp_dfuse_file_parse (bytes, &strict, NULL);
  assert_int_equal (jmp_image_get_size (image), 14872 + 407064);
  written = jmp_dfuse_file_write (image, NULL);
  assert_true (g_bytes_equal (bytes, written));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_real_files_facts),
    cmocka_unit_test (test_real_files_written_again),
  };

  return cmocka_run_group_tests_name ("core/image/real-files", tests, NULL, NULL);
}
