/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "file-maker.h"
#include "image-text.h"
#include "image/archive.h"
#include "image/reader.h"

#define ZLIB_CONST
#include <zlib.h>

#define HEX_FILE ":0100000001FE\n:00000001FF\n"

/* @window_bits: as of deflateInit2(). */
static GByteArray *
squeeze (const void *data, gsize size, int window_bits)
{
  GByteArray *out = g_byte_array_new ();
  z_stream stream = { .next_in = data, .avail_in = (guint)size };

  g_byte_array_set_size (out, (guint)compressBound (size) + 64);
  deflateInit2 (&stream, 9, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  stream.next_out = out->data;
  stream.avail_out = out->len;
  assert_int_equal (deflate (&stream, Z_FINISH), Z_STREAM_END);
  g_byte_array_set_size (out, (guint)stream.total_out);
  deflateEnd (&stream);
  return out;
}

static GBytes *
gzip (const void *data, gsize size)
{
  return g_byte_array_free_to_bytes (squeeze (data, size, 15 + 16));
}

/* @packed: deflated, or %NULL to store @text. @name ends the list. */
typedef struct {
  const char *name;
  const char *text;
  gboolean deflated;
  guint16 flags;
} Member;

/* @size: what the directory says instead of the right size, when not 0. */
static GBytes *
zip (const Member *members, guint32 size)
{
  GByteArray *file = g_byte_array_new ();
  g_autoptr (GByteArray) directory = g_byte_array_new ();
  guint8 end[22] = { 'P', 'K', 5, 6 };
  guint n = 0;

  for (; members->name != NULL; members++, n++) {
    gsize length = strlen (members->text);
    g_autoptr (GByteArray) data = members->deflated ? squeeze (members->text, length, -15) : NULL;
    guint8 local[30] = { 'P', 'K', 3, 4, 20 };
    guint8 entry[46] = { 'P', 'K', 1, 2, 20, 0, 20 };
    guint8 *at = entry + 8;

    jmp_put_u16 (at, members->flags);
    jmp_put_u16 (at + 2, members->deflated ? 8 : 0);
    jmp_put_u32 (at + 8, (guint32)crc32 (0, (const guint8 *)members->text, (guint)length));
    jmp_put_u32 (at + 12, data != NULL ? data->len : (guint32)length);
    jmp_put_u32 (at + 16, size != 0 ? size : (guint32)length);
    jmp_put_u16 (at + 20, (guint16)strlen (members->name));
    jmp_put_u32 (entry + 42, file->len);
    memcpy (local + 6, at, 20);
    jmp_put_u16 (local + 26, (guint16)strlen (members->name));
    g_byte_array_append (file, local, sizeof local);
    g_byte_array_append (file, (const guint8 *)members->name, (guint)strlen (members->name));
    if (data != NULL)
      g_byte_array_append (file, data->data, data->len);
    else
      g_byte_array_append (file, (const guint8 *)members->text, (guint)length);
    g_byte_array_append (directory, entry, sizeof entry);
    g_byte_array_append (directory, (const guint8 *)members->name, (guint)strlen (members->name));
  }
  jmp_put_u16 (end + 8, (guint16)n);
  jmp_put_u16 (end + 10, (guint16)n);
  jmp_put_u32 (end + 12, directory->len);
  jmp_put_u32 (end + 16, file->len);
  g_byte_array_append (file, directory->data, directory->len);
  g_byte_array_append (file, end, sizeof end);
  return g_byte_array_free_to_bytes (file);
}

static void
test_archive_gzip (void **state)
{
  g_autoptr (GBytes) dfuse = maker_small ();
  g_autoptr (GBytes) packed = gzip (g_bytes_get_data (dfuse, NULL), g_bytes_get_size (dfuse));
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = jmp_image_read (packed, NULL, &error);
  g_autoptr (JmpImage) plain = jmp_image_read (dfuse, NULL, NULL);
  g_autofree char *text = NULL;
  g_autofree char *expected = image_text (plain);

  assert_no_error (error);
  text = image_text (image);
  assert_lines_equal (text, expected);
}

static void
test_archive_gzip_refuses (void **state)
{
  g_autoptr (GBytes) good = gzip ("abcdefgh", 8);
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);
  static const struct {
    const char *name;
    gsize cut;
    gsize flip;
    gsize more;
    JmpError code;
    const char *message;
  } cases[] = {
    { "cut", 9, 0, 0, JMP_ERROR_DAMAGED_FILE, "it is cut short" },
    { "wrong check sum", 0, 8, 0, JMP_ERROR_DAMAGED_FILE, "cannot be unpacked: incorrect data" },
    { "wrong length", 0, 4, 0, JMP_ERROR_DAMAGED_FILE, "cannot be unpacked: incorrect length" },
    { "something behind", 0, 0, 3, JMP_ERROR_INVALID_FILE, "3 bytes at offset 28 follow the end" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree guint8 *copy = g_malloc0 (size + 3);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GError) error = NULL;

    memcpy (copy, data, size);
    if (cases[i].flip > 0)
      copy[size - cases[i].flip] ^= 1;
    bytes = g_bytes_new (copy, size - cases[i].cut + cases[i].more);
    if (jmp_gzip_unpack (bytes, &error) != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
  }
}

static void
test_archive_bombs (void **state)
{
  gsize size = (gsize)JMP_IMAGE_MAX_FILE + 1;
  g_autofree guint8 *zeros = g_malloc0 (size);
  g_autoptr (GBytes) bomb = gzip (zeros, size);
  g_autoptr (GBytes) all = gzip (zeros, size - 1);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (g_bytes_get_size (bomb) < 100000);
  assert_null (jmp_gzip_unpack (bomb, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "more than 67108864 bytes");
  out = jmp_gzip_unpack (all, NULL);
  assert_int_equal (g_bytes_get_size (out), JMP_IMAGE_MAX_FILE);
}

/* Only one level is unpacked. */
static void
test_archive_inside_another (void **state)
{
  g_autoptr (GBytes) inner = gzip (HEX_FILE, strlen (HEX_FILE));
  g_autoptr (GBytes) outer = gzip (g_bytes_get_data (inner, NULL), g_bytes_get_size (inner));
  g_autoptr (GBytes) empty = gzip ("", 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_bytes = NULL;

  assert_null (jmp_image_read (outer, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "a gzip archive inside another");
  assert_null (jmp_image_read (empty, NULL, &no_bytes));
  assert_error (no_bytes, JMP_ERROR, JMP_ERROR_INVALID_FILE, "it is empty");
}

static void
test_archive_zip_reads (void **state)
{
  static const struct {
    const char *name;
    Member members[5];
  } cases[] = {
    { "deflated", { { "firmware.hex", HEX_FILE, TRUE, 0 } } },
    { "stored", { { "firmware.hex", HEX_FILE, FALSE, 0 } } },
    { "beside a folder and a read-me",
      { { "v1/", "", FALSE, 0 },
        { "v1/README.md", "Hello", TRUE, 0 },
        { "v1/Firmware.HEX", HEX_FILE, TRUE, 0 },
        { "__MACOSX/v1/._Firmware.HEX", "Mac", TRUE, 0 } } },
    { "with lengths behind the data", { { "firmware.hex", HEX_FILE, TRUE, 8 } } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = zip (cases[i].members, 0);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_image_read (bytes, NULL, &error);

    if (image == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    assert_int_equal (jmp_image_get_format (image), JMP_IMAGE_INTEL_HEX);
    assert_int_equal (jmp_image_get_size (image), 1);
  }
}

static void
test_archive_zip_refuses (void **state)
{
  static const struct {
    const char *name;
    Member members[4];
    guint32 size;
    JmpError code;
    const char *message;
  } cases[] = {
    { "nothing at all", { { NULL } }, 0, JMP_ERROR_INVALID_FILE, "no firmware in it" },
    { "a read-me alone",
      { { "README", "Hello", TRUE, 0 } },
      0,
      JMP_ERROR_INVALID_FILE,
      "no firmware in it" },
    { "two",
      { { "a.hex", HEX_FILE, TRUE, 0 }, { "b.dfu", "b", TRUE, 0 } },
      0,
      JMP_ERROR_USAGE,
      "2 firmware files, unpack it and name one: a.hex, b.dfu" },
    { "encrypted",
      { { "a.hex", HEX_FILE, TRUE, 1 } },
      0,
      JMP_ERROR_INVALID_FILE,
      "a.hex is encrypted" },
    { "a path up",
      { { "../a.hex", HEX_FILE, TRUE, 0 } },
      0,
      JMP_ERROR_INVALID_FILE,
      "outside of its folder" },
    { "a path up, of a read-me",
      { { "a.hex", HEX_FILE, TRUE, 0 }, { "x/../../README", "", FALSE, 0 } },
      0,
      JMP_ERROR_INVALID_FILE,
      "outside" },
    { "a path of Windows",
      { { "..\\a.hex", HEX_FILE, TRUE, 0 } },
      0,
      JMP_ERROR_INVALID_FILE,
      "outside" },
    { "an absolute path",
      { { "/etc/a.hex", HEX_FILE, TRUE, 0 } },
      0,
      JMP_ERROR_INVALID_FILE,
      "outside" },
    { "a drive", { { "C:a.hex", HEX_FILE, TRUE, 0 } }, 0, JMP_ERROR_INVALID_FILE, "outside" },
    { "more than it says",
      { { "a.hex", HEX_FILE, TRUE, 0 } },
      3,
      JMP_ERROR_INVALID_FILE,
      "more than 3 bytes" },
    { "less than it says",
      { { "a.hex", HEX_FILE, TRUE, 0 } },
      1000,
      JMP_ERROR_DAMAGED_FILE,
      "its size or check sum" },
    { "says that it is huge",
      { { "a.hex", HEX_FILE, TRUE, 0 } },
      0xFFFFFFFF,
      JMP_ERROR_INVALID_FILE,
      "unpacked would have 4294967295 bytes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = zip (cases[i].members, cases[i].size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_image_read (bytes, NULL, &error);

    if (image != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
  }
}

/* Every byte wrong once, and every length: an error or the right bytes, nothing else. */
static void
test_archive_zip_damaged (void **state)
{
  static const Member members[] = { { "a.hex", HEX_FILE, TRUE, 0 }, { NULL } };
  g_autoptr (GBytes) good = zip (members, 0);
  gsize size;
  const guint8 *data = g_bytes_get_data (good, &size);

  for (gsize at = 0; at < size; at++) {
    g_autofree guint8 *copy = g_memdup2 (data, size);
    g_autoptr (GBytes) bytes = NULL;
    g_autoptr (GBytes) cut = g_bytes_new (data, at);
    g_autoptr (GBytes) out = NULL;

    copy[at] ^= 0x55;
    bytes = g_bytes_new (copy, size);
    out = jmp_zip_unpack (bytes, NULL);
    if (out != NULL)
      assert_memory_equal (g_bytes_get_data (out, NULL), HEX_FILE, strlen (HEX_FILE));
    assert_null (jmp_zip_unpack (cut, NULL));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_archive_gzip),        cmocka_unit_test (test_archive_gzip_refuses),
    cmocka_unit_test (test_archive_bombs),       cmocka_unit_test (test_archive_inside_another),
    cmocka_unit_test (test_archive_zip_reads),   cmocka_unit_test (test_archive_zip_refuses),
    cmocka_unit_test (test_archive_zip_damaged),
  };

  return cmocka_run_group_tests_name ("core/image/archive", tests, NULL, NULL);
}
