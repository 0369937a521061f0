/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "file-maker.h"
#include "image-text.h"
#include "image/dfu-suffix.h"

/* 12 bytes of firmware, @extra bytes of a longer suffix, and the fixed 16. */
static GBytes *
make_file (guint16 vid, guint16 pid, guint16 version, guint8 extra)
{
  GByteArray *file = g_byte_array_new ();

  maker_fill (file, 12, 0x40);
  maker_fill (file, extra, 0xE0);
  maker_suffix (file, vid, pid, version, (guint8)(16 + extra));
  return g_byte_array_free_to_bytes (file);
}

static void
test_dfu_suffix_check_sum (void **state)
{
  guint8 bytes[256];

  for (guint i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8)(i * 7);
  /* The check value of CRC-32/JAMCRC. */
  assert_int_equal (jmp_dfu_crc ((const guint8 *)"123456789", 9), 0x340BC6D9);
  assert_int_equal (jmp_dfu_crc (bytes, 0), 0xFFFFFFFF);
  for (gsize size = 1; size <= sizeof bytes; size++)
    assert_int_equal (jmp_dfu_crc (bytes, size), maker_crc (bytes, size));
}

static void
test_dfu_suffix_find (void **state)
{
  g_autoptr (GBytes) file = make_file (0x1C11, 0xB007, 0x0100, 13);
  JmpDfuSuffix suffix;

  assert_true (jmp_dfu_suffix_find (file, &suffix));
  assert_int_equal (suffix.vid, 0x1C11);
  assert_int_equal (suffix.pid, 0xB007);
  assert_int_equal (suffix.bcd_device, 0x0200);
  assert_int_equal (suffix.version, 0x0100);
  assert_int_equal (suffix.length, 29);
  assert_true (suffix.crc_ok);
}

/* Cut anywhere, the file has no suffix; with any bit wrong, it has none or a wrong check sum. */
static void
test_dfu_suffix_damage_is_seen (void **state)
{
  g_autoptr (GBytes) file = make_file (0x0483, 0xDF11, 0x0110, 0);
  gsize size = g_bytes_get_size (file);
  JmpDfuSuffix suffix;

  for (gsize length = 0; length < size; length++) {
    g_autoptr (GBytes) cut = g_bytes_new_from_bytes (file, 0, length);

    assert_false (jmp_dfu_suffix_find (cut, &suffix));
  }
  for (gsize bit = 0; bit < size * 8; bit++) {
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (file, NULL), size);
    g_autoptr (GBytes) wrong = NULL;

    data[bit / 8] ^= (guint8)(1 << bit % 8);
    wrong = g_bytes_new (data, size);
    if (jmp_dfu_suffix_find (wrong, &suffix) && suffix.crc_ok)
      fail_msg ("bit %u does not matter", (guint)bit);
  }
}

static void
test_dfu_suffix_length_that_cannot_be (void **state)
{
  static const guint8 lengths[] = { 0, 1, 15, 29, 255 };

  for (guint i = 0; i < G_N_ELEMENTS (lengths); i++) {
    GByteArray *array = g_byte_array_new ();
    g_autoptr (GBytes) file = NULL;
    JmpDfuSuffix suffix;

    maker_fill (array, 12, 0);
    maker_suffix (array, 0xFFFF, 0xFFFF, 0x0100, lengths[i]);
    file = g_byte_array_free_to_bytes (array);
    if (jmp_dfu_suffix_find (file, &suffix))
      fail_msg ("length %u is accepted in a file of 28 bytes", lengths[i]);
  }
}

static void
test_dfu_suffix_append_is_what_find_finds (void **state)
{
  g_autoptr (GByteArray) array = g_byte_array_new ();
  g_autoptr (GBytes) file = NULL;
  JmpDfuSuffix suffix;

  maker_fill (array, 5, 1);
  jmp_dfu_suffix_append (array, 0x2341, 0x035B, 0x0201, 0x0110);
  assert_int_equal (array->len, 21);
  file = g_bytes_new (array->data, array->len);
  assert_true (jmp_dfu_suffix_find (file, &suffix));
  assert_int_equal (suffix.vid, 0x2341);
  assert_int_equal (suffix.pid, 0x035B);
  assert_int_equal (suffix.bcd_device, 0x0201);
  assert_int_equal (suffix.version, 0x0110);
  assert_int_equal (suffix.length, 16);
  assert_true (suffix.crc_ok);
}

static void
test_dfu_file_becomes_an_image (void **state)
{
  static const struct {
    const char *name;
    guint16 vid;
    guint16 pid;
    guint16 version;
    guint8 extra;
    JmpReadOptions options;
    const char *text;
  } cases[] = {
    { "DFU 1.1 with an address",
      0x2341,
      0x035B,
      0x0110,
      0,
      { .has_address = TRUE, .address = 0x08005000 },
      "dfu crc=ok 2341:035B\n"
      "alt 0 (unnamed)\n"
      "  0x08005000 +12 40..4B" },
    { "DFU 1.0 with a long suffix and no address",
      0xFFFF,
      0xFFFF,
      0x0100,
      13,
      { .alt = 1 },
      "dfu crc=ok FFFF:FFFF\n"
      "alt 1 (unnamed)\n"
      "  0x00000000 +12 40..4B\n"
      "! nothing says at which address it belongs" },
    { "an unknown version",
      0x0483,
      0x0000,
      0x0120,
      0,
      { .has_address = TRUE, .address = 0x08000000 },
      "dfu crc=ok 0483:0000\n"
      "alt 0 (unnamed)\n"
      "  0x08000000 +12 40..4B\n"
      "! its DFU version 0x0120 is not known" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes)
        file = make_file (cases[i].vid, cases[i].pid, cases[i].version, cases[i].extra);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_dfu_file_parse (file, &cases[i].options, &error);
    g_autofree char *text = NULL;

    assert_no_error (error);
    text = image_text (image);
    assert_lines_equal (text, cases[i].text);
  }
}

static void
test_dfu_file_wrong_check_sum (void **state)
{
  g_autoptr (GBytes) right = make_file (0x0483, 0xDF11, 0x0110, 0);
  gsize size = g_bytes_get_size (right);
  guint8 *data = g_memdup2 (g_bytes_get_data (right, NULL), size);
  g_autoptr (GBytes) wrong = g_bytes_new_take (data, size);
  JmpReadOptions options = { .has_address = TRUE, .accept_damaged = FALSE };
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected = NULL;

  data[3] ^= 1;
  expected = g_strdup_printf ("offset 24 is 0x%08X, the file's is 0x%08X",
                              maker_crc (g_bytes_get_data (right, NULL), size - 4),
                              maker_crc (data, size - 4));
  assert_null (jmp_dfu_file_parse (wrong, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, expected);
  g_clear_error (&error);

  options.accept_damaged = TRUE;
  image = jmp_dfu_file_parse (wrong, &options, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_crc (image), JMP_CRC_BAD);
}

static void
test_dfu_file_refuses (void **state)
{
  g_autoptr (GBytes) dfuse_without_start = make_file (0x0483, 0xDF11, 0x011A, 0);
  g_autoptr (GByteArray) bare = g_byte_array_new ();
  g_autoptr (GBytes) no_body = NULL;
  g_autoptr (GBytes) no_suffix = g_bytes_new_static ("firmware", 8);
  JmpReadOptions options = { .has_address = TRUE };
  g_autoptr (GError) error = NULL;

  maker_suffix (bare, 0x0483, 0xDF11, 0x0110, 16);
  no_body = g_bytes_new (bare->data, bare->len);
  assert_null (jmp_dfu_file_parse (dfuse_without_start, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "does not begin as one");
  g_clear_error (&error);
  assert_null (jmp_dfu_file_parse (no_body, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "no bytes");
  g_clear_error (&error);
  assert_null (jmp_dfu_file_parse (no_suffix, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "no DFU suffix");
}

/* @crc_from: where the check sum begins to count. */
static void
test_dfu_suffix_prefixes (void **state)
{
  static const struct {
    const char *name;
    guint8 start[16];
    gsize body;
    gsize crc_from;
    gboolean right;
    JmpDfuPrefix prefix;
    gsize stripped;
  } cases[] = {
    { "none", { 0x01, 0x02 }, 64, 0, TRUE, JMP_DFU_PREFIX_NONE, 64 },
    { "LPC of dfu-util", { 0x1A, 0x3F }, 64, 0, TRUE, JMP_DFU_PREFIX_LPC, 48 },
    { "LPC of HackRF, check sum without it", { 0xDA, 0xFF }, 64, 16, TRUE, JMP_DFU_PREFIX_LPC, 48 },
    { "LPC, check sum of nothing", { 0xDA, 0xFF }, 64, 5, FALSE, JMP_DFU_PREFIX_LPC, 48 },
    { "check sum without a prefix that is none",
      { 0xDA, 0 },
      64,
      16,
      FALSE,
      JMP_DFU_PREFIX_NONE,
      64 },
    { "TI", { 0x01, 0x00, 0x02, 0x00, 56 }, 64, 0, TRUE, JMP_DFU_PREFIX_TI, 56 },
    { "TI of another length",
      { 0x01, 0x00, 0x02, 0x00, 57 },
      64,
      0,
      TRUE,
      JMP_DFU_PREFIX_NONE,
      64 },
    { "LPC prefix alone", { 0x1A, 0x3F }, 16, 0, TRUE, JMP_DFU_PREFIX_NONE, 16 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const JmpReadOptions nowhere = { .accept_damaged = TRUE };
    const JmpReadOptions somewhere = { .has_address = TRUE,
                                       .address = 0x08000000,
                                       .accept_damaged = TRUE };
    GByteArray *file = g_byte_array_new ();
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (JmpImage) whole = NULL;
    g_autoptr (JmpImage) stripped = NULL;
    JmpDfuSuffix suffix;

    maker_fill (file, cases[i].body, 0x77);
    memcpy (file->data, cases[i].start, sizeof cases[i].start);
    maker_suffix (file, 0x1FC9, 0x000C, 0x0100, 16);
    maker_put_u32 (file,
                   file->len - 4,
                   maker_crc (file->data + cases[i].crc_from, file->len - 4 - cases[i].crc_from));
    bytes = g_byte_array_free_to_bytes (file);
    assert_true (jmp_dfu_suffix_find (bytes, &suffix));
    if (suffix.crc_ok != cases[i].right || suffix.prefix != cases[i].prefix)
      fail_msg ("%s: check sum %d, prefix %d", cases[i].name, suffix.crc_ok, suffix.prefix);
    whole = jmp_dfu_file_parse (bytes, &nowhere, NULL);
    stripped = jmp_dfu_file_parse (bytes, &somewhere, NULL);
    assert_int_equal (jmp_image_get_size (whole), cases[i].body);
    assert_int_equal (jmp_image_get_size (stripped), cases[i].stripped);
    assert_int_equal (jmp_image_get_hints (whole)->prefix, cases[i].prefix);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_dfu_suffix_prefixes),
    cmocka_unit_test (test_dfu_suffix_check_sum),
    cmocka_unit_test (test_dfu_suffix_find),
    cmocka_unit_test (test_dfu_suffix_damage_is_seen),
    cmocka_unit_test (test_dfu_suffix_length_that_cannot_be),
    cmocka_unit_test (test_dfu_suffix_append_is_what_find_finds),
    cmocka_unit_test (test_dfu_file_becomes_an_image),
    cmocka_unit_test (test_dfu_file_wrong_check_sum),
    cmocka_unit_test (test_dfu_file_refuses),
  };

  return cmocka_run_group_tests_name ("core/image/dfu-suffix", tests, NULL, NULL);
}
