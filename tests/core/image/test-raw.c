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

static void
put_word (guint8 *bytes, gsize at, guint32 value)
{
  for (guint i = 0; i < 4; i++)
    bytes[at + i] = (guint8)(value >> (8 * i));
}

/* @reset, @handler: the first and all other vectors; @header: where a module header stands, or 0 for
 * none, with @start and @end. */
static const struct {
  const char *name;
  gsize size;
  guint32 stack;
  guint32 reset;
  guint32 handler;
  gssize header;
  guint32 start;
  guint32 end;
  gboolean found;
  JmpRawGuess guess;
} guesses[] = {
  { "small, at the start of the flash",
    0x1000,
    0x20005000,
    0x08000201,
    0x08000301,
    -1,
    0,
    0,
    TRUE,
    { 0x08000000, JMP_RAW_VECTORS, TRUE } },
  { "behind Maple's boot loader",
    0x1C04,
    0x20005000,
    0x08002201,
    0x08002301,
    -1,
    0,
    0,
    TRUE,
    { 0x08002000, JMP_RAW_VECTORS, TRUE } },
  { "large, behind a boot loader",
    0x40000,
    0x20020000,
    0x08010401,
    0x08010501,
    -1,
    0,
    0,
    TRUE,
    { 0x08010000, JMP_RAW_VECTORS, FALSE } },
  { "stack in the core-coupled RAM",
    0x1000,
    0x10010000,
    0x08000201,
    0x08000301,
    -1,
    0,
    0,
    TRUE,
    { 0x08000000, JMP_RAW_VECTORS, TRUE } },
  { "Photon module",
    0x14CC,
    0x080A0000,
    0x080A14C8,
    0,
    0,
    0x080A0000,
    0x080A14C8,
    TRUE,
    { 0x080A0000, JMP_RAW_PARTICLE, TRUE } },
  { "Core, with vectors and a header",
    0x1000,
    0x20005000,
    0x08005201,
    0x08005301,
    0x10C,
    0x08005000,
    0x08005FFC,
    TRUE,
    { 0x08005000, JMP_RAW_PARTICLE, TRUE } },
  { "a header of another length counts for nothing",
    0x1000,
    0x20005000,
    0x08005201,
    0x08005301,
    0x10C,
    0x08006000,
    0x08009000,
    TRUE,
    { 0x08005000, JMP_RAW_VECTORS, TRUE } },
  { "reset past the end", 0x1000, 0x20005000, 0x08009001, 0x08009001, -1, 0, 0, FALSE, { 0 } },
  { "no Thumb address", 0x1000, 0x20005000, 0x08000200, 0x08000301, -1, 0, 0, FALSE, { 0 } },
  { "no stack", 0x1000, 0x08000000, 0x08000201, 0x08000301, -1, 0, 0, FALSE, { 0 } },
  { "four bytes", 4, 0x20005000, 0, 0, -1, 0, 0, FALSE, { 0 } },
};

static void
test_raw_guess (void **state)
{

  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++) {
    g_autofree guint8 *raw = g_malloc (MAX (guesses[i].size, 0x400));
    g_autoptr (GBytes) bytes = NULL;
    JmpRawGuess guess = { 0 };

    memset (raw, 0x46, MAX (guesses[i].size, 0x400));
    put_word (raw, 0, guesses[i].stack);
    put_word (raw, 4, guesses[i].reset);
    for (guint v = 2; v < 64; v++)
      put_word (raw, 4 * v, guesses[i].handler);
    if (guesses[i].header >= 0) {
      put_word (raw, (gsize)guesses[i].header, guesses[i].start);
      put_word (raw, (gsize)guesses[i].header + 4, guesses[i].end);
    }
    bytes = g_bytes_new (raw, guesses[i].size);
    if (jmp_raw_guess_base (bytes, &guess) != guesses[i].found)
      fail_msg ("%s: %s", guesses[i].name, guesses[i].found ? "nothing found" : "found something");
    if (guess.address != guesses[i].guess.address || guess.evidence != guesses[i].guess.evidence
        || guess.certain != guesses[i].guess.certain)
      fail_msg (
          "%s: 0x%08X, %d, %d", guesses[i].name, guess.address, guess.evidence, guess.certain);
  }
}

/* MicroPython for the F405 has its handlers behind the file system, of which raw bytes are blank. */
static void
test_raw_guess_with_a_hole (void **state)
{
  gsize size = 0x40000;
  g_autofree guint8 *raw = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  JmpRawGuess guess;

  memset (raw, 0xFF, size);
  memset (raw + 0x20000, 0x46, 0x20000);
  put_word (raw, 0, 0x20020000);
  for (guint v = 1; v < 64; v++)
    put_word (raw, 4 * v, 0x08020101 + 16 * v);
  bytes = g_bytes_new (raw, size);
  assert_true (jmp_raw_guess_base (bytes, &guess));
  assert_int_equal (guess.address, 0x08000000);
  assert_true (guess.certain);
}

/* It is offered, and nothing is read by it. */
static void
test_raw_guess_is_an_offer (void **state)
{
  static const JmpReadOptions options = { 0 };
  g_autofree guint8 *raw = g_malloc (0x400);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  memset (raw, 0x46, 0x400);
  put_word (raw, 0, 0x20005000);
  put_word (raw, 4, 0x08000101);
  bytes = g_bytes_new (raw, 0x400);
  assert_null (jmp_raw_parse (bytes, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "their vector table would fit 0x08000000");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_raw_guess),
    cmocka_unit_test (test_raw_guess_with_a_hole),
    cmocka_unit_test (test_raw_guess_is_an_offer),
    cmocka_unit_test (test_raw_stands_where_it_is_told),
    cmocka_unit_test (test_raw_refuses),
    cmocka_unit_test (test_raw_writes_segments_that_touch),
    cmocka_unit_test (test_raw_writes_one_range_only),
  };

  return cmocka_run_group_tests_name ("core/image/raw", tests, NULL, NULL);
}
