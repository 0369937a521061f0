/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "file-maker.h"
#include "image-text.h"
#include "image/reader.h"

#include <glib/gstdio.h>

static const JmpReadOptions with_address = { .has_address = TRUE, .address = 0x08000000 };

static void
test_reader_tells_formats_apart (void **state)
{
  g_autoptr (GBytes) dfuse = maker_small ();
  GByteArray *array = g_byte_array_new ();
  g_autoptr (GBytes) dfu = NULL;
  g_autoptr (GBytes) raw = g_bytes_new_static ("\x00\x00\x02\x20\x01\x01\x00\x08", 8);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) dfuse_image = NULL;
  g_autoptr (JmpImage) dfu_image = NULL;
  g_autoptr (JmpImage) raw_image = NULL;

  maker_fill (array, 8, 0);
  maker_suffix (array, 0x0483, 0x0000, 0x0110, 16);
  dfu = g_byte_array_free_to_bytes (array);
  dfuse_image = jmp_image_read (dfuse, NULL, &error);
  assert_no_error (error);
  dfu_image = jmp_image_read (dfu, &with_address, &error);
  assert_no_error (error);
  raw_image = jmp_image_read (raw, &with_address, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_format (dfuse_image), JMP_IMAGE_DFUSE);
  assert_int_equal (jmp_image_get_format (dfu_image), JMP_IMAGE_DFU);
  assert_int_equal (jmp_image_get_format (raw_image), JMP_IMAGE_RAW);
}

/* @raw: whether an address makes it raw bytes. */
static void
test_reader_says_what_else_it_is (void **state)
{
  static const struct {
    const char *name;
    const char *bytes;
    gsize size;
    JmpError code;
    const char *message;
    gboolean raw;
  } cases[] = {
    { "empty", "", 0, JMP_ERROR_INVALID_FILE, "it is empty", FALSE },
    { "ELF", "\177ELF\1\1\1", 8, JMP_ERROR_INVALID_FILE, "an ELF header", FALSE },
    { "UF2", "UF2\nWQ]\x9E", 8, JMP_ERROR_DAMAGED_FILE, "8 bytes are no whole blocks", FALSE },
    { "ZIP", "PK\3\4\24\0", 6, JMP_ERROR_DAMAGED_FILE, "directory is missing", FALSE },
    { "gzip", "\037\213\10\0", 4, JMP_ERROR_DAMAGED_FILE, "it is cut short", FALSE },
    { "xz",
      "\xFD"
      "7zXZ\0",
      6,
      JMP_ERROR_INVALID_FILE,
      "an xz archive",
      TRUE },
    { "Intel HEX, cut short", ":020000040800F2\r\n", 17, JMP_ERROR_DAMAGED_FILE, "line 1", FALSE },
    { "Intel HEX, its end only", ":00000001FF", 11, JMP_ERROR_INVALID_FILE, "no bytes", FALSE },
    { "S-record, its end only", "S9030000FC\n", 11, JMP_ERROR_INVALID_FILE, "no bytes", FALSE },
    { "web page", "\n <!DOCTYPE html><p>404", 23, JMP_ERROR_INVALID_FILE, "a web page", FALSE },
    { "web page with a byte order mark",
      "\xEF\xBB\xBF<HTML>",
      9,
      JMP_ERROR_INVALID_FILE,
      "a web page",
      FALSE },
    { "text", "version https://git-lfs\n", 24, JMP_ERROR_INVALID_FILE, "text", TRUE },
    { "text in UTF-8",
      "Gr\xC3\xBC\xC3\x9F"
      "e",
      7,
      JMP_ERROR_INVALID_FILE,
      "text",
      TRUE },
    { "Latin-1 is not text",
      "Gr\xFC\xDF"
      "e from here",
      15,
      JMP_ERROR_USAGE,
      "no address",
      TRUE },
    { "a colon and no record", ":-)\1", 4, JMP_ERROR_USAGE, "no address", TRUE },
    { "bytes", "\0\0\2\x20", 4, JMP_ERROR_USAGE, "4 raw bytes", TRUE },
    { "one byte", "\0", 1, JMP_ERROR_USAGE, "1 raw bytes", TRUE },
    { "half a DfuSe signature", "Dfu", 3, JMP_ERROR_INVALID_FILE, "text", TRUE },
    { "a DfuSe signature alone", "DfuSe", 5, JMP_ERROR_DAMAGED_FILE, "cut short", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, cases[i].size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = jmp_image_read (bytes, NULL, &error);
    g_autoptr (JmpImage) raw = jmp_image_read (bytes, &with_address, NULL);

    if (image != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
    if ((raw != NULL) != cases[i].raw)
      fail_msg ("%s: %s with an address", cases[i].name, raw != NULL ? "accepted" : "refused");
  }
}

/* By what is in it; archives are not looked into. */
static void
test_reader_detect (void **state)
{
  static const struct {
    const char *bytes;
    gboolean known;
    JmpImageFormat format;
  } cases[] = {
    { "DfuSe", TRUE, JMP_IMAGE_DFUSE },        { "\177ELF", TRUE, JMP_IMAGE_ELF },
    { "UF2\nWQ]\x9E", TRUE, JMP_IMAGE_UF2 },   { "\n :0000000000", TRUE, JMP_IMAGE_INTEL_HEX },
    { "S9030000FC", TRUE, JMP_IMAGE_SRECORD }, { "PK\3\4", FALSE, JMP_IMAGE_RAW },
    { "hello", FALSE, JMP_IMAGE_RAW },         { "", FALSE, JMP_IMAGE_RAW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].bytes, strlen (cases[i].bytes));
    JmpImageFormat format = JMP_IMAGE_RAW;

    assert_int_equal (jmp_image_detect (bytes, &format), cases[i].known);
    assert_int_equal (format, cases[i].format);
  }
}

/* A character that the end of the look cuts in two does not make text something else. */
static void
test_reader_text_longer_than_the_look (void **state)
{
  GString *text = g_string_new ("x");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 400; i++)
    g_string_append (text, "\xE2\x82\xAC");
  bytes = g_string_free_to_bytes (text);
  assert_null (jmp_image_read (bytes, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "text");
}

static void
test_reader_limit (void **state)
{
  gsize size = (gsize)JMP_IMAGE_MAX_FILE + 1;
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (size), size);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_image_read (bytes, &with_address, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "67108865 bytes");
}

static int
make_folder (void **state)
{
  *state = g_dir_make_tmp ("jumper-reader-XXXXXX", NULL);
  return *state == NULL ? -1 : 0;
}

static int
remove_folder (void **state)
{
  g_autofree char *path = *state;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    g_remove (child);
  }
  return g_rmdir (path);
}

static JmpImage *
read_path (const char *path, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return jmp_image_read_file (file, &with_address, cancellable, error);
}

static void
test_reader_file (void **state)
{
  g_autofree char *path = g_build_filename (*state, "a name.dfu", NULL);
  g_autoptr (GBytes) small = maker_small ();
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (
      path, g_bytes_get_data (small, NULL), (gssize)g_bytes_get_size (small), NULL));
  image = read_path (path, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_size (image), 24);
}

static void
test_reader_messages_name_the_file (void **state)
{
  g_autofree char *path = g_build_filename (*state, "page.dfu", NULL);
  g_autofree char *message = g_strconcat (path, ": not a firmware file: ", NULL);
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (path, "<html>", -1, NULL));
  assert_null (read_path (path, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, message);
}

static void
test_reader_file_that_cannot_be_read (void **state)
{
  g_autofree char *missing = g_build_filename (*state, "missing.dfu", NULL);
  const char *folder = *state;
  g_autoptr (GError) error = NULL;

  assert_null (read_path (missing, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, missing);
  g_clear_error (&error);
  assert_null (read_path (folder, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "it is a folder");
}

static void
test_reader_file_cancelled (void **state)
{
  g_autofree char *path = g_build_filename (*state, "file.bin", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (path, "x", 1, NULL));
  g_cancellable_cancel (cancellable);
  assert_null (read_path (path, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown (name, make_folder, remove_folder)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_reader_detect),
    cmocka_unit_test (test_reader_tells_formats_apart),
    cmocka_unit_test (test_reader_says_what_else_it_is),
    cmocka_unit_test (test_reader_text_longer_than_the_look),
    cmocka_unit_test (test_reader_limit),
    FOLDER_TEST (test_reader_file),
    FOLDER_TEST (test_reader_messages_name_the_file),
    FOLDER_TEST (test_reader_file_that_cannot_be_read),
    FOLDER_TEST (test_reader_file_cancelled),
  };

  return cmocka_run_group_tests_name ("core/image/reader", tests, NULL, NULL);
}
