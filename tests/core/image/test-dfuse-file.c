/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "file-maker.h"
#include "image-text.h"
#include "image/dfu-suffix.h"
#include "image/dfuse-file.h"

static const JmpReadOptions strict = { 0 };
static const JmpReadOptions lenient = { .accept_damaged = TRUE };

/* Option bytes and one-time memory beside the flash, out of order. */
static GBytes *
make_three_targets (void)
{
  GByteArray *file = maker_dfuse (3);

  maker_target (file, 2, "OTP", 8 + 4, 1);
  maker_element (file, 0x1FFF7800, 4, 0x20);
  maker_target (file, 0, "Flash", 8 + 16, 1);
  maker_element (file, 0x08000000, 16, 0x00);
  maker_target (file, 1, "Option bytes", 8 + 2, 1);
  maker_element (file, 0x1FFFC000, 2, 0x10);
  return maker_end (file);
}

static GBytes *
make_unnamed (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, NULL, 9, 1);
  maker_element (file, 0x08000000, 1, 0x55);
  return maker_end (file);
}

static GBytes *
make_empty_target_and_element (void)
{
  GByteArray *file = maker_dfuse (2);

  maker_target (file, 1, "nothing", 0, 0);
  maker_target (file, 0, "ST...", 8 + 8 + 3, 2);
  maker_element (file, 0x08008000, 0, 0);
  maker_element (file, 0x08000000, 3, 0x01);
  return maker_end (file);
}

/* MicroPython for the PYBD: internal flash behind mboot, and a QSPI chip. */
static GBytes *
make_pybd (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 32 + 8 + 64, 2);
  maker_element (file, 0x08008000, 32, 0x00);
  maker_element (file, 0x90000000, 64, 0x40);
  return maker_end (file);
}

/* MicroPython's tools/dfu.py pads each element with zeros to 8 bytes. */
static GBytes *
make_zero_padded (void)
{
  GByteArray *file = maker_dfuse (1);
  const guint8 zeros[3] = { 0 };

  maker_target (file, 0, "ST...", 8 + 16, 1);
  maker_element_prefix (file, 0x08000000, 16);
  maker_fill (file, 13, 0x70);
  g_byte_array_append (file, zeros, sizeof zeros);
  return maker_end (file);
}

static GBytes *
make_repeated_alt (void)
{
  GByteArray *file = maker_dfuse (2);

  maker_target (file, 0, "upper", 8 + 4, 1);
  maker_element (file, 0x08004000, 4, 0x20);
  maker_target (file, 0, "lower", 8 + 4, 1);
  maker_element (file, 0x08000000, 4, 0x10);
  return maker_end (file);
}

/* dfuse-pack writes the whole file's size. */
static GBytes *
make_whole_image_size (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "\xFF\033[31m", 9, 1);
  maker_element (file, 0x08000000, 1, 0x55);
  maker_image_size (file, file->len + 16);
  maker_suffix (file, 0xFFFF, 0xFFFF, 0x011A, 16);
  return g_byte_array_free_to_bytes (file);
}

/* Every size that can be stated twice is wrong, and 5 bytes belong to nothing. */
static GBytes *
make_wrong_sizes (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 1000, 1);
  maker_element (file, 0x08000000, 2, 0x55);
  maker_image_size (file, 7);
  maker_suffix (file, 0x0483, 0x0000, 0x011A, 16);
  return g_byte_array_free_to_bytes (file);
}

/* An element that says that it is shorter than it is. */
static GBytes *
make_bytes_of_no_target (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 10, 1);
  maker_element (file, 0x08000000, 2, 0x55);
  maker_fill (file, 5, 0);
  return maker_end (file);
}

static GBytes *
make_long_suffix (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 4, 1);
  maker_element (file, 0x08000000, 4, 0x01);
  maker_image_size (file, file->len);
  maker_fill (file, 13, 0);
  maker_suffix (file, 0x0483, 0xDF11, 0x011A, 29);
  return g_byte_array_free_to_bytes (file);
}

static const struct {
  const char *name;
  GBytes *(*make) (void);
  const char *text;
} right_files[] = {
  { "small",
    maker_small,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 ST...\n"
    "  0x08000000 +16 10..1F\n"
    "  0x08004000 +8 80..87" },
  { "three targets",
    make_three_targets,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 Flash\n"
    "  0x08000000 +16 00..0F\n"
    "alt 1 Option bytes\n"
    "  0x1FFFC000 +2 10..11\n"
    "alt 2 OTP\n"
    "  0x1FFF7800 +4 20..23" },
  { "unnamed, odd size",
    make_unnamed,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 (unnamed)\n"
    "  0x08000000 +1 55..55" },
  { "an empty target and an empty element",
    make_empty_target_and_element,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 ST...\n"
    "  0x08000000 +3 01..03\n"
    "! target 0 (alt 1) at offset 11 has no elements\n"
    "! alt 0: an element without bytes at 0x08008000 is skipped" },
  { "PYBD",
    make_pybd,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 ST...\n"
    "  0x08008000 +32 00..1F\n"
    "  0x90000000 +64 40..7F" },
  { "zero padding is part of the element",
    make_zero_padded,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 ST...\n"
    "  0x08000000 +16 70..00" },
  { "one alt setting twice",
    make_repeated_alt,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 upper\n"
    "  0x08000000 +4 10..13\n"
    "  0x08004000 +4 20..23" },
  { "image size with suffix, a name that is no text",
    make_whole_image_size,
    "dfuse crc=ok FFFF:FFFF\n"
    "alt 0 \xEF\xBF\xBD\xEF\xBF\xBD[31m\n"
    "  0x08000000 +1 55..55" },
  { "wrong sizes",
    make_wrong_sizes,
    "dfuse crc=ok 0483:0000\n"
    "alt 0 ST...\n"
    "  0x08000000 +2 55..56\n"
    "! the prefix says that it has 7 bytes, and it has 295\n"
    "! target 0 (alt 0) at offset 11 says that it has 1000 bytes, and has 10" },
  { "a suffix of 29 bytes",
    make_long_suffix,
    "dfuse crc=ok 0483:DF11\n"
    "alt 0 ST...\n"
    "  0x08000000 +4 01..04" },
};

static void
test_dfuse_file_parses (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (right_files); i++) {
    g_autoptr (GBytes) file = right_files[i].make ();
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_dfuse_file_parse (file, &strict, &error);
    g_autofree char *text = NULL;

    if (image == NULL)
      fail_msg ("%s: %s", right_files[i].name, error->message);
    text = image_text (image);
    assert_lines_equal (text, right_files[i].text);
  }
}

static GBytes *
make_overlap (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 2 * (8 + 16), 2);
  maker_element (file, 0x08000000, 16, 0);
  maker_element (file, 0x0800000F, 16, 0);
  return maker_end (file);
}

static GBytes *
make_repeated_alt_that_overlaps (void)
{
  GByteArray *file = maker_dfuse (2);

  maker_target (file, 3, "ST...", 8 + 16, 1);
  maker_element (file, 0x08000000, 16, 0);
  maker_target (file, 3, "ST...", 8 + 16, 1);
  maker_element (file, 0x08000000, 16, 0);
  return maker_end (file);
}

static GBytes *
make_element_overflow (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 16, 1);
  maker_element_prefix (file, 0x08000000, 0xFFFFFFF0);
  maker_fill (file, 16, 0);
  return maker_end (file);
}

/* It would fit the file, but for the suffix. */
static GBytes *
make_element_into_suffix (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 17, 1);
  maker_element_prefix (file, 0x08000000, 17);
  maker_fill (file, 16, 0);
  return maker_end (file);
}

static GBytes *
make_past_4_gib (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 16, 1);
  maker_element (file, 0xFFFFFFF8, 16, 0);
  return maker_end (file);
}

static GBytes *
make_too_many_targets (void)
{
  GByteArray *file = maker_dfuse (255);

  maker_target (file, 0, "ST...", 8 + 1, 1);
  maker_element (file, 0x08000000, 1, 0);
  return maker_end (file);
}

static GBytes *
make_too_many_elements (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 1, 2);
  maker_element (file, 0x08000000, 1, 0);
  return maker_end (file);
}

static GBytes *
make_absurd_element_count (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 0, 0xFFFFFFFF);
  return maker_end (file);
}

static GBytes *
make_no_targets (void)
{
  return maker_end (maker_dfuse (0));
}

static GBytes *
make_no_target_signature (void)
{
  GByteArray *file = maker_dfuse (1);

  maker_target (file, 0, "ST...", 8 + 1, 1);
  maker_element (file, 0x08000000, 1, 0);
  file->data[11] = 't';
  return maker_end (file);
}

static GBytes *
make_other_version (void)
{
  GByteArray *file = maker_dfuse (1);

  file->data[5] = 2;
  return maker_end (file);
}

static GBytes *
make_prefix_cut_by_suffix (void)
{
  GByteArray *file = maker_dfuse (1);

  g_byte_array_set_size (file, 8);
  maker_suffix (file, 0x0483, 0xDF11, 0x011A, 16);
  return g_byte_array_free_to_bytes (file);
}

static GBytes *
make_wrong_check_sum (void)
{
  g_autoptr (GBytes) right = maker_small ();
  GByteArray *file = g_bytes_unref_to_array (g_steal_pointer (&right));

  file->data[300] ^= 0x80;
  return g_byte_array_free_to_bytes (file);
}

static GBytes *
make_without_suffix (void)
{
  g_autoptr (GBytes) file = maker_small ();

  return g_bytes_new_from_bytes (file, 0, g_bytes_get_size (file) - 16);
}

static void
test_dfuse_file_refuses (void **state)
{
  static const struct {
    const char *name;
    GBytes *(*make) (void);
    JmpError code;
    const char *message;
  } cases[] = {
    { "bytes of no target",
      make_bytes_of_no_target,
      JMP_ERROR_INVALID_FILE,
      "5 bytes at offset 295 belong to no target" },
    { "overlap",
      make_overlap,
      JMP_ERROR_INVALID_FILE,
      "0x08000000-0x0800000F and 0x0800000F-0x0800001E overlap" },
    { "overlap of two targets of one alt setting",
      make_repeated_alt_that_overlaps,
      JMP_ERROR_INVALID_FILE,
      "alt 3: 0x08000000-0x0800000F and 0x08000000-0x0800000F overlap" },
    { "element overflow",
      make_element_overflow,
      JMP_ERROR_INVALID_FILE,
      "the element's data at offset 293 needs 4294967280 bytes, and 16 are left" },
    { "element into the suffix", make_element_into_suffix, JMP_ERROR_INVALID_FILE, "17 bytes" },
    { "past 4 GiB",
      make_past_4_gib,
      JMP_ERROR_INVALID_FILE,
      "the element at offset 285: alt 0: 16 bytes at 0xFFFFFFF8 pass 4 GiB" },
    { "more targets stated",
      make_too_many_targets,
      JMP_ERROR_INVALID_FILE,
      "the target at offset 294 needs 274 bytes, and 0 are left" },
    { "more elements stated",
      make_too_many_elements,
      JMP_ERROR_INVALID_FILE,
      "the element at offset 294 needs 8 bytes, and 0 are left" },
    { "absurd count", make_absurd_element_count, JMP_ERROR_INVALID_FILE, "4294967295 elements" },
    { "no targets", make_no_targets, JMP_ERROR_INVALID_FILE, "no bytes" },
    { "no \"Target\"", make_no_target_signature, JMP_ERROR_INVALID_FILE, "offset 11" },
    { "format version 2", make_other_version, JMP_ERROR_INVALID_FILE, "version 2 at offset 5" },
    { "no room for the prefix", make_prefix_cut_by_suffix, JMP_ERROR_INVALID_FILE, "the prefix" },
    { "wrong check sum", make_wrong_check_sum, JMP_ERROR_DAMAGED_FILE, "the check sum at offset" },
    { "no suffix", make_without_suffix, JMP_ERROR_DAMAGED_FILE, "cut short" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) file = cases[i].make ();
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_dfuse_file_parse (file, &strict, &error);

    if (image != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
  }
}

static void
test_dfuse_file_accepts_damage_when_told (void **state)
{
  g_autoptr (GBytes) wrong_check_sum = make_wrong_check_sum ();
  g_autoptr (GBytes) without_suffix = make_without_suffix ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) bad = jmp_dfuse_file_parse (wrong_check_sum, &lenient, &error);
  g_autoptr (JmpImage) cut = jmp_dfuse_file_parse (without_suffix, &lenient, &error);

  assert_no_error (error);
  assert_int_equal (jmp_image_get_crc (bad), JMP_CRC_BAD);
  assert_non_null (strstr (jmp_image_get_warnings (bad)[0], "check sum"));
  assert_int_equal (jmp_image_get_crc (cut), JMP_CRC_NONE);
  assert_int_equal (jmp_image_get_size (cut), 24);
  assert_false (jmp_image_names_board (cut));
  assert_string_equal (jmp_image_get_warnings (cut)[0], "there is no DFU suffix at its end");
}

/* Cut anywhere, the file is damaged; told to accept damage, only where no element is cut. */
static void
test_dfuse_file_cut_at_every_byte (void **state)
{
  g_autoptr (GBytes) file = maker_small ();
  gsize size = g_bytes_get_size (file);

  for (gsize length = 5; length < size; length++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, length);
    g_autoptr (GError) error = NULL;
    g_autoptr (GError) lenient_error = NULL;
    g_autoptr (JmpImage) image = NULL;

    assert_null (jmp_dfuse_file_parse (cut, &strict, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "cut short");
    image = jmp_dfuse_file_parse (cut, &lenient, &lenient_error);
    if (length < size - 16)
      assert_error (lenient_error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "offset");
    else
      assert_int_equal (jmp_image_get_size (image), 24);
  }
}

/* With every byte set to values that hurt, the answer is an image or a typed error. */
static void
test_dfuse_file_every_byte_changed (void **state)
{
  static const guint8 values[] = { 0x00, 0x01, 0x7F, 0x80, 0xFF };
  g_autoptr (GBytes) file = maker_small ();
  gsize size = g_bytes_get_size (file);
  const guint8 *data = g_bytes_get_data (file, NULL);

  for (gsize at = 0; at < size; at++) {
    for (guint i = 0; i < G_N_ELEMENTS (values); i++) {
      guint8 *changed = g_memdup2 (data, size);
      g_autoptr (GBytes) hurt = g_bytes_new_take (changed, size);
      g_autoptr (GError) error = NULL;
      g_autoptr (JmpImage) image = NULL;

      changed[at] = values[i];
      image = jmp_dfuse_file_parse (hurt, &lenient, &error);
      if (image != NULL)
        assert_true (jmp_image_get_size (image) <= size);
      else if (error->domain != JMP_ERROR
               || (error->code != JMP_ERROR_INVALID_FILE && error->code != JMP_ERROR_DAMAGED_FILE))
        fail_msg ("byte %u = 0x%02X: %s", (guint)at, values[i], error->message);
    }
  }
}

static void
test_dfuse_file_round_trip (void **state)
{
  GBytes *(*makes[]) (void) = { maker_small, make_three_targets, make_unnamed, make_pybd };

  for (guint i = 0; i < G_N_ELEMENTS (makes); i++) {
    g_autoptr (GBytes) file = makes[i]();
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_dfuse_file_parse (file, &strict, &error);
    g_autoptr (GBytes) written = jmp_dfuse_file_write (image, &error);
    g_autoptr (JmpImage) again = jmp_dfuse_file_parse (written, &strict, &error);
    g_autofree char *text = image_text (image);
    g_autofree char *text_again = image_text (again);

    assert_no_error (error);
    assert_lines_equal (text_again, text);
    /* What the maker wrote in order comes back as it was. */
    if (makes[i] != make_three_targets)
      assert_true (g_bytes_equal (file, written));
    else
      assert_int_equal (g_bytes_get_size (file), g_bytes_get_size (written));
  }
}

/* What is written is right field by field, as UM0391 has it. */
static void
test_dfuse_file_written_fields (void **state)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  g_autofree char *name = g_strnfill (253, 'x');
  g_autofree char *long_name = g_strconcat (name, "\xE2\x82\xAC\xE2\x82\xAC", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("abc", 3);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) file = NULL;
  const guint8 *data;
  gsize size;

  assert_true (jmp_image_builder_add (builder, 2, 0x1FFF7800, bytes, NULL));
  jmp_image_builder_set_ids (builder, 0x0483, 0xDF11, 0x2200);
  jmp_image_builder_name_target (builder, 2, long_name);
  image = jmp_image_builder_end (builder, NULL);
  file = jmp_dfuse_file_write (image, NULL);
  data = g_bytes_get_data (file, &size);

  assert_int_equal (size, 11 + 274 + 8 + 3 + 16);
  assert_memory_equal (data, "DfuSe\1", 6);
  assert_int_equal (jmp_get_u32 (data + 6), size - 16);
  assert_int_equal (data[10], 1);
  assert_memory_equal (data + 11, "Target\2", 7);
  assert_int_equal (jmp_get_u32 (data + 18), 1);
  /* 255 bytes hold no half of a three-byte character, and end with NUL. */
  assert_memory_equal (data + 22, name, 253);
  assert_memory_equal (data + 22 + 253, "\0\0", 2);
  assert_int_equal (jmp_get_u32 (data + 277), 8 + 3);
  assert_int_equal (jmp_get_u32 (data + 281), 1);
  assert_int_equal (jmp_get_u32 (data + 285), 0x1FFF7800);
  assert_int_equal (jmp_get_u32 (data + 289), 3);
  assert_memory_equal (data + 293, "abc\x00\x22\x11\xDF\x83\x04\x1A\x01UFD\x10", 15);
  assert_int_equal (jmp_get_u32 (data + size - 4), maker_crc (data, size - 4));
}

static void
test_dfuse_file_write_has_a_limit (void **state)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  gsize most = JMP_IMAGE_MAX_FILE - 11 - 274 - 8 - 16;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (most + 1), most + 1);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (jmp_image_builder_add (builder, 0, 0, bytes, NULL));
  image = jmp_image_builder_end (builder, NULL);
  assert_null (jmp_dfuse_file_write (image, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "limit");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_dfuse_file_parses),
    cmocka_unit_test (test_dfuse_file_refuses),
    cmocka_unit_test (test_dfuse_file_accepts_damage_when_told),
    cmocka_unit_test (test_dfuse_file_cut_at_every_byte),
    cmocka_unit_test (test_dfuse_file_every_byte_changed),
    cmocka_unit_test (test_dfuse_file_round_trip),
    cmocka_unit_test (test_dfuse_file_written_fields),
    cmocka_unit_test (test_dfuse_file_write_has_a_limit),
  };

  return cmocka_run_group_tests_name ("core/image/dfuse-file", tests, NULL, NULL);
}
