/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "image-text.h"
#include "image/elf.h"

#define HEADER  52
#define SEGMENT 32
#define SECTION 40

static void
put (GByteArray *file, gsize at, guint32 value, gsize size)
{
  if (file->len < at + size) {
    gsize from = file->len;

    g_byte_array_set_size (file, (guint)(at + size));
    memset (file->data + from, 0, at + size - from);
  }
  for (gsize i = 0; i < size; i++)
    file->data[at + i] = (guint8)(value >> (8 * i));
}

/* An ELF program for ARM, hard-float ABI, with @n_segments rows to fill in. */
static GByteArray *
make_elf (guint n_segments)
{
  GByteArray *file = g_byte_array_new ();

  put (file, HEADER + (gsize)n_segments * SEGMENT, 0, 0);
  g_byte_array_set_size (file, HEADER + n_segments * SEGMENT);
  memset (file->data, 0, file->len);
  memcpy (file->data, "\177ELF\1\1\1", 7);
  put (file, 16, 2, 2);
  put (file, 18, 40, 2);
  put (file, 24, 0x08000201, 4);
  put (file, 28, HEADER, 4);
  put (file, 36, 0x05000400, 4);
  put (file, 42, SEGMENT, 2);
  put (file, 44, n_segments, 2);
  put (file, 46, SECTION, 2);
  return file;
}

static void
set_segment (
    GByteArray *file, guint i, guint32 type, guint32 offset, guint32 physical, guint32 size)
{
  gsize at = HEADER + (gsize)i * SEGMENT;

  put (file, at, type, 4);
  put (file, at + 4, offset, 4);
  put (file, at + 8, 0x20000000, 4);
  put (file, at + 12, physical, 4);
  put (file, at + 16, size, 4);
}

/* Bytes that count up from @first; returns their offset. */
static guint32
add_bytes (GByteArray *file, gsize size, guint8 first)
{
  guint32 at = file->len;

  for (gsize i = 0; i < size; i++) {
    guint8 byte = (guint8)(first + i);

    g_byte_array_append (file, &byte, 1);
  }
  return at;
}

static JmpImage *
parse (GByteArray *file, GError **error)
{
  static const JmpReadOptions options = { 0 };
  g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (file);

  return jmp_elf_parse (bytes, &options, error);
}

/* Segments go where they are loaded, not where they are used; those that follow become one. */
static void
test_elf_load_addresses (void **state)
{
  GByteArray *file = make_elf (5);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = NULL;
  g_autofree char *text = NULL;

  set_segment (file, 0, 0x70000001, 0, 0x08000000, 8);
  set_segment (file, 1, 1, add_bytes (file, 16, 0x10), 0x08000000, 16);
  set_segment (file, 2, 1, add_bytes (file, 8, 0x40), 0x08004000, 8);
  set_segment (file, 3, 1, add_bytes (file, 4, 0x80), 0x08004008, 4);
  set_segment (file, 4, 1, 0xFFFFFF, 0x08004010, 0);
  image = parse (file, &error);
  assert_no_error (error);
  text = image_text (image);
  assert_lines_equal (text,
                      "elf crc=none FFFF:FFFF\n"
                      "alt 0 (unnamed)\n"
                      "  0x08000000 +16 10..1F\n"
                      "  0x08004000 +12 40..83");
  assert_true (jmp_image_get_hints (image)->hard_float);
  assert_int_equal (jmp_image_get_hints (image)->entry, 0x08000201);
  assert_int_equal (jmp_image_get_hints (image)->cpu_arch, 0);
}

static void
set_section (GByteArray *file, gsize at, guint32 name, guint32 type, guint32 offset, guint32 size)
{
  put (file, at, name, 4);
  put (file, at + 4, type, 4);
  put (file, at + 8, type == 1 ? 2 : 0, 4);
  put (file, at + 12, 0x20000000, 4);
  put (file, at + 16, offset, 4);
  put (file, at + 20, size, 4);
  put (file, at + 36, 0, 4);
}

/* With a first segment that begins with the ELF header, and sections to say where the program does. */
static GByteArray *
make_with_sections (void)
{
  static const char names[] = "\0.text\0.data\0.ARM.attributes\0";
  static const guint8 attributes[] = { 'A', 31,  0,  0, 0,  'a', 'e', 'a', 'b', 'i', 0,
                                       1,   21,  0,  0, 0,  5,   'M', '4', 0,   6,   13,
                                       7,   'M', 28, 1, 32, 1,   'x', 0,   10,  6 };
  GByteArray *file = make_elf (1);
  guint32 text = add_bytes (file, 16, 1);
  guint32 data = add_bytes (file, 4, 0xA0);
  guint32 noted = file->len;
  guint32 strings;
  gsize at;

  set_segment (file, 0, 1, 0, 0x08000000 - text, noted);
  g_byte_array_append (file, attributes, sizeof attributes);
  strings = file->len;
  g_byte_array_append (file, (const guint8 *)names, sizeof names);
  at = file->len;
  put (file, 32, (guint32)at, 4);
  put (file, 48, 5, 2);
  put (file, 50, 4, 2);
  set_section (file, at, 0, 0, 0, 0);
  set_section (file, at + SECTION, 1, 1, text, 16);
  set_section (file, at + (gsize)2 * SECTION, 7, 1, data, 4);
  set_section (file, at + (gsize)3 * SECTION, 13, 0x70000003, noted, sizeof attributes);
  set_section (file, at + (gsize)4 * SECTION, 0, 3, strings, sizeof names);
  return file;
}

static void
test_elf_sections (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = parse (make_with_sections (), &error);
  g_autofree char *text = NULL;
  const JmpSection *sections;
  guint n;

  assert_no_error (error);
  text = image_text (image);
  assert_lines_equal (text,
                      "elf crc=none FFFF:FFFF\n"
                      "alt 0 (unnamed)\n"
                      "  0x08000000 +20 01..A3\n"
                      "! the ELF headers, linked at 0x07FFFFAC, are left out");
  sections = jmp_image_get_sections (image, &n);
  assert_int_equal (n, 2);
  assert_string_equal (sections[0].name, ".text");
  assert_int_equal (sections[0].address, 0x08000000);
  assert_int_equal (sections[0].size, 16);
  assert_string_equal (sections[1].name, ".data");
  assert_int_equal (sections[1].address, 0x08000010);
  assert_int_equal (jmp_image_get_hints (image)->cpu_arch, JMP_ARM_ARCH_V7E_M);
  assert_true (jmp_image_get_hints (image)->hard_float);
}

/* One number of a right file is changed. */
static void
test_elf_refuses (void **state)
{
  static const struct {
    const char *name;
    gsize at;
    guint32 value;
    gsize size;
    const char *message;
  } cases[] = {
    { "64 bits", 4, 2, 1, "class 2" },
    { "big-endian", 5, 2, 1, "not little-endian" },
    { "x86", 18, 62, 2, "for machine 62, not for ARM" },
    { "RISC-V", 18, 243, 2, "for machine 243" },
    { "an object file", 16, 1, 2, "type 1, not a linked program" },
    { "a core dump", 16, 4, 2, "type 4" },
    { "no rows", 44, 0, 2, "no segment to load" },
    { "rows of another size", 42, 56, 2, "rows of 56 bytes" },
    { "rows past the end", 44, 9000, 2, "is not in the file" },
    { "table past the end", 28, 0xFFFFFFF0, 4, "is not in the file" },
    { "nothing to load", HEADER, 2, 4, "no segment to load" },
    { "no bytes to load", HEADER + 16, 0, 4, "no segment to load" },
    { "segment past the end", HEADER + 16, 0x7FFFFFFF, 4, "segment 0: 2147483647 bytes" },
    { "offset past the end", HEADER + 4, 0xFFFFFFFF, 4, "at offset 4294967295" },
    { "passes 4 GiB", HEADER + 12, 0xFFFFFFFE, 4, "pass 4 GiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    GByteArray *file = make_elf (1);
    g_autoptr (GError) error = NULL;

    set_segment (file, 0, 1, add_bytes (file, 8, 0), 0x08000000, 8);
    put (file, cases[i].at, cases[i].value, cases[i].size);
    if (parse (file, &error) != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

static void
test_elf_overlap (void **state)
{
  GByteArray *file = make_elf (2);
  g_autoptr (GError) error = NULL;

  set_segment (file, 0, 1, add_bytes (file, 16, 0), 0x08000000, 16);
  set_segment (file, 1, 1, add_bytes (file, 16, 0), 0x0800000C, 16);
  assert_null (parse (file, &error));
  assert_error (error,
                JMP_ERROR,
                JMP_ERROR_INVALID_FILE,
                "loaded segment 0 and loaded segment 1 both have bytes for 0x0800000C");
}

/* Many segments of the same bytes would make a small file a huge image. */
static void
test_elf_bomb (void **state)
{
  GByteArray *file = make_elf (1000);
  guint32 at = add_bytes (file, 100000, 0);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 1000; i++)
    set_segment (file, i, 1, at, 0x08000000 + i * 0x100000, 100000);
  assert_null (parse (file, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "more bytes than the file");
}

/* Sections and attributes that make no sense do not keep the program from being read. */
static void
test_elf_broken_sections (void **state)
{
  g_autoptr (GBytes) good = g_byte_array_free_to_bytes (make_with_sections ());
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);

  for (gsize at = HEADER + SEGMENT + 20; at < size; at++) {
    GByteArray *file = g_byte_array_new ();
    g_autoptr (JmpImage) image = NULL;

    g_byte_array_append (file, data, (guint)size);
    file->data[at] ^= 0xFF;
    image = parse (file, NULL);
    assert_non_null (image);
    assert_true (jmp_image_get_size (image) <= size);
  }
}

static void
test_elf_cut (void **state)
{
  g_autoptr (GBytes) good = g_byte_array_free_to_bytes (make_with_sections ());

  for (gsize size = 4; size < HEADER + SEGMENT + 20; size++) {
    GByteArray *file = g_byte_array_new ();
    g_autoptr (GError) error = NULL;

    g_byte_array_append (file, g_bytes_get_data (good, NULL), (guint)size);
    assert_null (parse (file, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, NULL);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_elf_load_addresses),
    cmocka_unit_test (test_elf_sections),
    cmocka_unit_test (test_elf_refuses),
    cmocka_unit_test (test_elf_overlap),
    cmocka_unit_test (test_elf_bomb),
    cmocka_unit_test (test_elf_broken_sections),
    cmocka_unit_test (test_elf_cut),
  };

  return cmocka_run_group_tests_name ("core/image/elf", tests, NULL, NULL);
}
