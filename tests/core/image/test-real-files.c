/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "image/dfuse-file.h"
#include "image/reader.h"

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

static JmpImage *
read_real (const char *name)
{
  g_autofree char *path = firmware_path (name);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  if (file == NULL)
    return NULL;
  image = jmp_image_read_file (file, NULL, NULL, &error);
  assert_no_error (error);
  return image;
}

/* How many addresses two segments share; there they have the same bytes, but for @except and the 7
 * bytes that follow it. */
static guint64
compare_segments (const JmpSegment *a, const JmpSegment *b, guint32 except)
{
  guint64 start = MAX (a->address, b->address);
  guint64 end = MIN (a->address + (guint64)g_bytes_get_size (a->bytes),
                     b->address + (guint64)g_bytes_get_size (b->bytes));
  const guint8 *da = g_bytes_get_data (a->bytes, NULL);
  const guint8 *db = g_bytes_get_data (b->bytes, NULL);

  for (guint64 at = start; at < end; at++)
    if (da[at - a->address] != db[at - b->address] && (at < except || at >= except + 8u))
      fail_msg ("different bytes at 0x%08X", (guint)at);
  return start < end ? end - start : 0;
}

static guint64
compare_images (JmpImage *a, JmpImage *b, guint32 except)
{
  const JmpImageTarget *ta = jmp_image_find_target (a, 0);
  const JmpImageTarget *tb = jmp_image_find_target (b, 0);
  guint64 shared = 0;

  for (guint i = 0; i < ta->n_segments; i++)
    for (guint k = 0; k < tb->n_segments; k++)
      shared += compare_segments (&ta->segments[i], &tb->segments[k], except);
  return shared;
}

/* The HEX file has what is loaded, and so has the ELF file. MicroPython makes its DfuSe file of
 * sections that it names: the 8 bytes of .ARM.exidx between .text and .data are not among them, and
 * are zeros there. */
static void
test_real_files_three_formats (void **state)
{
  g_autoptr (JmpImage) dfu = read_real ("f4-led-dimmer-mpy.dfu");
  g_autoptr (JmpImage) hex = read_real ("f4-led-dimmer-mpy.hex");
  g_autoptr (JmpImage) elf = read_real ("f4-led-dimmer-mpy.elf");
  const guint32 exidx = 0x08065470;
  const JmpSection *sections;
  guint n_sections;

  if (dfu == NULL || hex == NULL || elf == NULL) {
    skip ();
    return;
  }
  assert_int_equal (jmp_image_get_format (hex), JMP_IMAGE_INTEL_HEX);
  assert_int_equal (jmp_image_get_format (elf), JMP_IMAGE_ELF);
  assert_int_equal (jmp_image_get_size (elf), 0x3964 + 0x45478 + 0x18);
  assert_int_equal (jmp_image_get_size (hex), jmp_image_get_size (elf));
  assert_int_equal (compare_images (hex, elf, 0), jmp_image_get_size (elf));
  assert_int_equal (compare_images (dfu, elf, exidx), jmp_image_get_size (elf));
  assert_int_equal (compare_images (dfu, hex, exidx), jmp_image_get_size (elf));

  assert_int_equal (jmp_image_get_hints (elf)->entry, 0x0804AAE9);
  assert_int_equal (jmp_image_get_hints (hex)->entry, 0x0804AAE9);
  assert_int_equal (jmp_image_get_hints (elf)->cpu_arch, JMP_ARM_ARCH_V7E_M);
  assert_true (jmp_image_get_hints (elf)->hard_float);
  sections = jmp_image_get_sections (elf, &n_sections);
  assert_int_equal (n_sections, 4);
  assert_string_equal (sections[3].name, ".data");
  assert_int_equal (sections[3].address, 0x08065478);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_real_files_three_formats),
    cmocka_unit_test (test_real_files_facts),
    cmocka_unit_test (test_real_files_written_again),
  };

  return cmocka_run_group_tests_name ("core/image/real-files", tests, NULL, NULL);
}
