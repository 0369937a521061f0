/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "image-text.h"
#include "image/uf2.h"

#define F4 0x57755A57
#define F1 0x5EE21072

/* @flags: 0x2000 says that @family is one. */
typedef struct {
  guint32 flags;
  guint32 address;
  guint32 size;
  guint32 number;
  guint32 count;
  guint32 family;
  guint8 first;
} Block;

static GBytes *
make_file (const Block *blocks)
{
  GByteArray *file = g_byte_array_new ();

  for (; blocks->count != 0; blocks++) {
    guint8 block[512] = { 0 };

    jmp_put_u32 (block, 0x0A324655);
    jmp_put_u32 (block + 4, 0x9E5D5157);
    jmp_put_u32 (block + 8, blocks->flags);
    jmp_put_u32 (block + 12, blocks->address);
    jmp_put_u32 (block + 16, blocks->size);
    jmp_put_u32 (block + 20, blocks->number);
    jmp_put_u32 (block + 24, blocks->count);
    jmp_put_u32 (block + 28, blocks->family);
    for (guint i = 0; i < MIN (blocks->size, 476u); i++)
      block[32 + i] = (guint8)(blocks->first + i);
    jmp_put_u32 (block + 508, 0x0AB16F30);
    g_byte_array_append (file, block, sizeof block);
  }
  return g_byte_array_free_to_bytes (file);
}

#define HEAD "uf2 crc=none FFFF:FFFF\nalt 0 (unnamed)\n"

static void
test_uf2_reads (void **state)
{
  static const struct {
    const char *name;
    Block blocks[5];
    const char *image;
    guint32 family;
  } cases[] = {
    { "two blocks that follow",
      { { 0x2000, 0x08000000, 256, 0, 2, F4, 0 }, { 0x2000, 0x08000100, 256, 1, 2, F4, 1 } },
      HEAD "  0x08000000 +512 00..00",
      F4 },
    { "no family, a file size instead",
      { { 0, 0x08000000, 4, 0, 1, 512, 7 } },
      HEAD "  0x08000000 +4 07..0A",
      0 },
    { "any order, and a gap",
      { { 0, 0x08000200, 4, 1, 2, 0, 9 }, { 0, 0x08000000, 4, 0, 2, 0, 1 } },
      HEAD "  0x08000000 +4 01..04\n  0x08000200 +4 09..0C",
      0 },
    { "repeated",
      { { 0, 0x08000000, 4, 0, 2, 0, 1 },
        { 0, 0x08000004, 4, 1, 2, 0, 5 },
        { 0, 0x08000000, 4, 0, 2, 0, 1 } },
      HEAD "  0x08000000 +8 01..08",
      0 },
    { "not for the flash",
      { { 0x2001, 0x08000100, 4, 0, 2, F4, 9 }, { 0x2000, 0x08000000, 4, 1, 2, F4, 1 } },
      HEAD "  0x08000000 +4 01..04",
      F4 },
    { "behind a boot loader",
      { { 0x2000, 0x08004000, 4, 0, 1, F1, 1 } },
      HEAD
      "  0x08004000 +4 01..04\n"
      "! it begins at 0x08004000 and not at the start of the flash: it is made to stand behind "
      "a UF2 boot loader",
      F1 },
    { "476 bytes", { { 0, 0x08000000, 476, 0, 1, 0, 0 } }, HEAD "  0x08000000 +476 00..DB", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    static const JmpReadOptions options = { 0 };
    g_autoptr (GBytes) bytes = make_file (cases[i].blocks);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_uf2_parse (bytes, &options, &error);
    g_autofree char *text = NULL;

    if (image == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    text = image_text (image);
    assert_lines_equal (text, cases[i].image);
    assert_int_equal (jmp_image_get_hints (image)->has_family, cases[i].family != 0);
    assert_int_equal (jmp_image_get_hints (image)->family, cases[i].family);
  }
}

static const Block both[] = {
  { 0x2000, 0x08000000, 4, 0, 1, F4, 0x40 },
  { 0x2000, 0x08002000, 4, 0, 1, F1, 0x10 },
  { 0 },
};

static void
test_uf2_several_families (void **state)
{
  g_autoptr (GBytes) bytes = make_file (both);
  g_autoptr (GError) error = NULL;
  JmpReadOptions options = { 0 };
  g_autoptr (JmpImage) image = NULL;

  assert_null (jmp_uf2_parse (bytes, &options, &error));
  assert_error (error,
                JMP_ERROR,
                JMP_ERROR_USAGE,
                "one must be named: 0x57755A57 (STM32F4), 0x5EE21072 (STM32F1)");
  options.has_family = TRUE;
  options.family = F1;
  image = jmp_uf2_parse (bytes, &options, NULL);
  assert_int_equal (jmp_image_get_target (image, 0)->segments[0].address, 0x08002000);
  assert_int_equal (jmp_image_get_size (image), 4);
}

static void
test_uf2_another_family (void **state)
{
  const JmpReadOptions options = { .has_family = TRUE, .family = 0x6DB66082 };
  g_autoptr (GBytes) bytes = make_file (both);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_uf2_parse (bytes, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_MISMATCH, "nothing in it is for family 0x6DB66082");
}

/* A right file of one block, of which one number is changed. */
static const struct {
  const char *name;
  Block blocks[3];
  gsize at;
  guint32 value;
  gsize cut;
  JmpError code;
  const char *message;
} wrong[] = {
  { "cut",
    { { 0, 0, 4, 0, 1, 0, 0 } },
    0,
    0x0A324655,
    100,
    JMP_ERROR_DAMAGED_FILE,
    "412 bytes are no whole blocks" },
  { "first mark",
    { { 0, 0, 4, 0, 2, 0, 0 }, { 0, 4, 4, 1, 2, 0, 0 } },
    512,
    0,
    0,
    JMP_ERROR_INVALID_FILE,
    "the block at offset 512 lacks its marks" },
  { "last mark",
    { { 0, 0, 4, 0, 1, 0, 0 } },
    508,
    0,
    0,
    JMP_ERROR_INVALID_FILE,
    "lacks its marks" },
  { "477 bytes",
    { { 0, 0, 477, 0, 1, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "more bytes than fit" },
  { "4 GiB of bytes",
    { { 0, 0, 4, 0, 1, 0, 0 } },
    16,
    0xFFFFFFFF,
    0,
    JMP_ERROR_INVALID_FILE,
    "more bytes than fit" },
  { "number past the count",
    { { 0, 0, 4, 1, 1, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "number past its count" },
  { "no count",
    { { 0, 0, 4, 0, 1, 0, 0 } },
    24,
    0,
    0,
    JMP_ERROR_INVALID_FILE,
    "number past its count" },
  { "a huge count",
    { { 0, 0, 4, 0, 0xFFFFFFFF, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_DAMAGED_FILE,
    "of 4294967295 blocks it has at most 1" },
  { "a block is missing",
    { { 0, 0, 4, 0, 2, 0, 0 }, { 0, 0, 4, 0, 2, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_DAMAGED_FILE,
    "of 2 blocks 1 are missing" },
  { "two counts",
    { { 0, 0, 4, 0, 2, 0, 0 }, { 0, 4, 4, 1, 3, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "another count" },
  { "a file container",
    { { 0x1000, 0, 4, 0, 1, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "for a file system" },
  { "overlap",
    { { 0, 0, 8, 0, 2, 0, 0 }, { 0, 4, 8, 1, 2, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "block 0 and block 1 both have bytes for 0x00000004" },
  { "repeated with other bytes",
    { { 0, 0, 4, 0, 2, 0, 0 }, { 0, 0, 4, 1, 2, 0, 5 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "both have bytes" },
  { "passes 4 GiB",
    { { 0, 0xFFFFFFFE, 4, 0, 1, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "block 0: 4 bytes at 0xFFFFFFFE pass 4 GiB" },
  { "nothing for the flash",
    { { 1, 0, 4, 0, 1, 0, 0 } },
    0,
    0x0A324655,
    0,
    JMP_ERROR_INVALID_FILE,
    "no bytes" },
};

static void
test_uf2_refuses (void **state)
{

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    static const JmpReadOptions options = { 0 };
    g_autoptr (GBytes) good = make_file (wrong[i].blocks);
    gsize size = g_bytes_get_size (good) - wrong[i].cut;
    g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (good, NULL), g_bytes_get_size (good));
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    jmp_put_u32 (data + wrong[i].at, wrong[i].value);
    bytes = g_bytes_new (data, size);
    if (jmp_uf2_parse (bytes, &options, &error) != NULL)
      fail_msg ("%s: accepted", wrong[i].name);
    assert_error (error, JMP_ERROR, wrong[i].code, wrong[i].message);
  }
}

static void
test_uf2_family_names (void **state)
{
  guint32 family = 0;

  assert_true (jmp_uf2_family_from_string ("STM32F4", &family));
  assert_int_equal (family, F4);
  assert_true (jmp_uf2_family_from_string ("stm32f1", &family));
  assert_int_equal (family, F1);
  assert_false (jmp_uf2_family_from_string ("STM32", &family));
  assert_false (jmp_uf2_family_from_string ("", &family));
  assert_string_equal (jmp_uf2_family_to_string (F4), "STM32F4");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_uf2_reads),          cmocka_unit_test (test_uf2_several_families),
    cmocka_unit_test (test_uf2_another_family), cmocka_unit_test (test_uf2_refuses),
    cmocka_unit_test (test_uf2_family_names),
  };

  return cmocka_run_group_tests_name ("core/image/uf2", tests, NULL, NULL);
}
