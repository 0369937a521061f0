/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "image-text.h"
#include "image/intel-hex.h"

static JmpImage *
parse (const char *text, gsize size, gboolean damaged, GError **error)
{
  const JmpReadOptions options = { .alt = 0, .accept_damaged = damaged };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, size);

  return jmp_intel_hex_parse (bytes, &options, error);
}

#define END ":00000001FF\n"

static void
test_intel_hex_reads (void **state)
{
  static const struct {
    const char *name;
    const char *text;
    const char *image;
  } cases[] = {
    { "linear base, two records that follow",
      ":020000040800F2\n:0400000001020304F2\n:02000400A0A1B9\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x08000000 +6 01..A1" },
    { "a gap stays a gap",
      ":020000040800F2\n:0100000001FE\n:0101000002FC\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x08000000 +1 01..01\n  0x08000100 +1 02..02" },
    { "no base at all",
      ":0100100001EE\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x00000010 +1 01..01" },
    { "segment base",
      ":020000021000EC\n:0100100001EE\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x00010010 +1 01..01" },
    { "records out of order",
      ":0100010002FC\n:0100000001FE\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x00000000 +2 01..02" },
    { "linear data runs on into the next bank",
      ":020000040800F2\n:02FFFF000102FD\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x0800FFFF +2 01..02" },
    { "the last byte of 4 GiB",
      ":02000004FFFFFC\n:01FFFF000100\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0xFFFFFFFF +1 01..01" },
    { "CR LF, blank lines, spaces, lower case, a byte order mark, Control-Z",
      "\xEF\xBB\xBF\r\n:020000040800f2 \r\n\r\n  :01000000ab54\r\n:00000001ff\r\n\x1A",
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x08000000 +1 AB..AB" },
    { "CR alone",
      ":0100000001FE\r:00000001FF\r",
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x00000000 +1 01..01" },
    { "no line break at the end",
      ":0100000001FE\n:00000001FF",
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x00000000 +1 01..01" },
    { "a data record without data",
      ":0000000000\n:0100000001FE\n" END,
      "hex crc=ok FFFF:FFFF\nalt 0 (unnamed)\n  0x00000000 +1 01..01" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = parse (cases[i].text, strlen (cases[i].text), FALSE, &error);
    g_autofree char *text = NULL;

    if (image == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    text = image_text (image);
    assert_lines_equal (text, cases[i].image);
  }
}

static void
test_intel_hex_start (void **state)
{
  static const struct {
    const char *name;
    const char *text;
    guint32 entry;
  } cases[] = {
    { "linear", ":0100000001FE\n:040000050800019559\n" END, 0x08000195 },
    { "segment", ":0100000001FE\n:0400000310000020C9\n" END, 0x00010020 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = parse (cases[i].text, strlen (cases[i].text), FALSE, &error);

    if (image == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    assert_true (jmp_image_get_hints (image)->has_entry);
    assert_int_equal (jmp_image_get_hints (image)->entry, cases[i].entry);
  }
}

/* @accepted: whether the file is read when damage is accepted. */
static const struct {
  const char *name;
  const char *text;
  JmpError code;
  const char *message;
  gboolean accepted;
} wrong[] = {
  { "wrong check sum",
    ":020000040800F2\n\n:0100000001FF\n" END,
    JMP_ERROR_DAMAGED_FILE,
    "line 3: the check sum is 0xFF, the record's is 0xFE",
    TRUE },
  { "wrong check sum of the end",
    ":0100000001FE\n:0000000100\n",
    JMP_ERROR_DAMAGED_FILE,
    "line 2: the check sum",
    TRUE },
  { "no end", ":0100000001FE\n", JMP_ERROR_DAMAGED_FILE, "no end record after line 1", TRUE },
  { "cut in a record",
    ":0100000001FE\n:100010000102",
    JMP_ERROR_DAMAGED_FILE,
    "line 2: 6 bytes are not the 16 and 5",
    FALSE },
  { "half a byte", ":0100000001FE\n:0000000", JMP_ERROR_INVALID_FILE, "line 2: 7 digits", FALSE },
  { "count too small", ":010000000102FC\n" END, JMP_ERROR_DAMAGED_FILE, "line 1: 7 bytes", FALSE },
  { "count too large", ":0500000001FA\n" END, JMP_ERROR_DAMAGED_FILE, "line 1: 6 bytes", FALSE },
  { "nothing behind the colon",
    ":0100000001FE\n:\n" END,
    JMP_ERROR_DAMAGED_FILE,
    "line 2: 0 bytes",
    FALSE },
  { "no digit", ":01000000G1FE\n" END, JMP_ERROR_INVALID_FILE, "line 1: character 0x47", FALSE },
  { "another kind of line",
    ":0100000001FE\n; done\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 2: it does not begin with a colon",
    FALSE },
  { "unknown type",
    ":0100000601F8\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 1: record type 06",
    FALSE },
  { "base of one byte",
    ":0100000408F3\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 1: a record of type 04 has 2 bytes, and this one 1",
    FALSE },
  { "end with data", ":0100000101FD\n", JMP_ERROR_INVALID_FILE, "type 01 has 0 bytes", FALSE },
  { "data behind the end",
    ":0100000001FE\n" END ":0100010002FC\n",
    JMP_ERROR_INVALID_FILE,
    "line 3: something follows the end record of line 2",
    FALSE },
  { "overlap",
    ":0400000001020304F2\n:0100030002FA\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 1 and line 2 both have bytes for 0x00000003",
    FALSE },
  { "the same twice",
    ":0100000001FE\n:0100000001FE\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 1 and line 2 both have bytes for 0x00000000",
    FALSE },
  { "wraps in its segment",
    ":020000021000EC\n:02FFFF000102FD\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 2: 2 bytes at 0xFFFF wrap around",
    FALSE },
  { "wraps without a base",
    ":02FFFF000102FD\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 1: 2 bytes at 0xFFFF wrap around",
    FALSE },
  { "passes 4 GiB",
    ":02000004FFFFFC\n:02FFFF000102FD\n" END,
    JMP_ERROR_INVALID_FILE,
    "line 2: 2 bytes at 0xFFFFFFFF pass 4 GiB",
    FALSE },
  { "no data", END, JMP_ERROR_INVALID_FILE, "no bytes to flash", FALSE },
};

static void
test_intel_hex_refuses (void **state)
{

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = parse (wrong[i].text, strlen (wrong[i].text), FALSE, &error);
    g_autoptr (JmpImage) damaged = parse (wrong[i].text, strlen (wrong[i].text), TRUE, NULL);

    if (image != NULL)
      fail_msg ("%s: accepted", wrong[i].name);
    assert_error (error, JMP_ERROR, wrong[i].code, wrong[i].message);
    if ((damaged != NULL) != wrong[i].accepted)
      fail_msg ("%s: %s", wrong[i].name, damaged != NULL ? "accepted" : "refused");
    if (damaged != NULL) {
      assert_int_not_equal (jmp_image_get_crc (damaged), JMP_CRC_OK);
      assert_non_null (jmp_image_get_warnings (damaged)[0]);
    }
  }
}

/* As many segments as there are lines: the limit of images holds, and nothing takes quadratic time. */
static void
test_intel_hex_many_gaps (void **state)
{
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const JmpReadOptions options = { 0 };

  for (guint address = 0xFFFE; address > 0; address -= 2) {
    guint8 sum = (guint8) - (1 + (address >> 8) + (address & 0xFF));

    g_string_append_printf (text, ":01%04X0000%02X\n", address, sum);
  }
  g_string_append (text, END);
  bytes = g_string_free_to_bytes (text);
  assert_null (jmp_intel_hex_parse (bytes, &options, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "more than 10000 segments");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_intel_hex_reads),
    cmocka_unit_test (test_intel_hex_start),
    cmocka_unit_test (test_intel_hex_refuses),
    cmocka_unit_test (test_intel_hex_many_gaps),
  };

  return cmocka_run_group_tests_name ("core/image/intel-hex", tests, NULL, NULL);
}
