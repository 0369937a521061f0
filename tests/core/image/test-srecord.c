/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "image-text.h"
#include "image/srecord.h"

static JmpImage *
parse (const char *text, gboolean damaged, GError **error)
{
  const JmpReadOptions options = { .alt = 3, .accept_damaged = damaged };
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));

  return jmp_srecord_parse (bytes, &options, error);
}

#define HEADER "S00600004844521B\n"
#define END    "S9030000FC\n"
#define HEAD   "srecord crc=ok FFFF:FFFF\nalt 3 (unnamed)\n"

static void
test_srecord_reads (void **state)
{
  static const struct {
    const char *name;
    const char *text;
    const char *image;
  } cases[] = {
    { "S1", HEADER "S1040010AB40\n" END, HEAD "  0x00000010 +1 AB..AB" },
    { "S2", "S20508000001F1\nS804000000FB\n", HEAD "  0x00080000 +1 01..01" },
    { "S3, two that follow",
      "S3060800000001F0\nS3060800000102EE\nS70508000000F2\n",
      HEAD "  0x08000000 +2 01..02" },
    { "a gap stays a gap",
      "S104000001FA\nS104010002F8\n" END,
      HEAD "  0x00000000 +1 01..01\n  0x00000100 +1 02..02" },
    { "S5 counts the data",
      "S104000001FA\nS104000102F8\nS5030002FA\n" END,
      HEAD "  0x00000000 +2 01..02" },
    { "S6 counts the data", "S104000001FA\nS604000001FA\n" END, HEAD "  0x00000000 +1 01..01" },
    { "CR LF and lower case", "S104000aab46\r\n\r\nS9030000fc\r\n", HEAD "  0x0000000A +1 AB..AB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = parse (cases[i].text, FALSE, &error);
    g_autofree char *text = NULL;

    if (image == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    text = image_text (image);
    assert_lines_equal (text, cases[i].image);
  }
}

static void
test_srecord_start (void **state)
{
  g_autoptr (JmpImage) image = parse ("S104000001FA\nS705080001955C\n", FALSE, NULL);
  g_autoptr (JmpImage) none = parse ("S104000001FA\n" END, FALSE, NULL);

  assert_true (jmp_image_get_hints (image)->has_entry);
  assert_int_equal (jmp_image_get_hints (image)->entry, 0x08000195);
  assert_false (jmp_image_get_hints (none)->has_entry);
}

static void
test_srecord_refuses (void **state)
{
  static const struct {
    const char *name;
    const char *text;
    JmpError code;
    const char *message;
    gboolean accepted;
  } cases[] = {
    { "wrong check sum",
      HEADER "S104000001FB\n" END,
      JMP_ERROR_DAMAGED_FILE,
      "line 2: the check sum is 0xFB, and should be 0xFA",
      TRUE },
    { "wrong count of records",
      "S104000001FA\nS5030002FA\n" END,
      JMP_ERROR_DAMAGED_FILE,
      "line 2: the count of records",
      TRUE },
    { "no end", "S104000001FA\n", JMP_ERROR_DAMAGED_FILE, "no end record after line 1", TRUE },
    { "count too large",
      "S105000001FA\n" END,
      JMP_ERROR_DAMAGED_FILE,
      "line 1: its length",
      FALSE },
    { "cut", "S104000001FA\nS1", JMP_ERROR_DAMAGED_FILE, "line 2: its length", FALSE },
    { "count 0", "S100\n" END, JMP_ERROR_INVALID_FILE, "line 1: it is too short", FALSE },
    { "too short for its address",
      "S304080000F3\n" END,
      JMP_ERROR_INVALID_FILE,
      "line 1: it is too short",
      FALSE },
    { "S4",
      "S104000001FA\nS4030000FC\n" END,
      JMP_ERROR_INVALID_FILE,
      "line 2: it does not begin",
      FALSE },
    { "another kind of line",
      "S104000001FA\nhello\n" END,
      JMP_ERROR_INVALID_FILE,
      "line 2",
      FALSE },
    { "no digit", "S10400Z001FA\n" END, JMP_ERROR_INVALID_FILE, "line 1: character 0x5A", FALSE },
    { "something behind the end",
      "S104000001FA\n" END "S104000102F8\n",
      JMP_ERROR_INVALID_FILE,
      "line 3: something follows",
      FALSE },
    { "overlap",
      "S10500000102F7\nS104000102F8\n" END,
      JMP_ERROR_INVALID_FILE,
      "line 1 and line 2 both have bytes for 0x00000001",
      FALSE },
    { "passes 4 GiB",
      "S307FFFFFFFF0102F9\n" END,
      JMP_ERROR_INVALID_FILE,
      "line 1: 2 bytes at 0xFFFFFFFF pass 4 GiB",
      FALSE },
    { "no data", HEADER END, JMP_ERROR_INVALID_FILE, "no bytes", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = parse (cases[i].text, FALSE, &error);
    g_autoptr (JmpImage) damaged = parse (cases[i].text, TRUE, NULL);

    if (image != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
    if ((damaged != NULL) != cases[i].accepted)
      fail_msg ("%s: %s", cases[i].name, damaged != NULL ? "accepted" : "refused");
    if (damaged != NULL)
      assert_non_null (jmp_image_get_warnings (damaged)[0]);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_srecord_reads),
    cmocka_unit_test (test_srecord_start),
    cmocka_unit_test (test_srecord_refuses),
  };

  return cmocka_run_group_tests_name ("core/image/srecord", tests, NULL, NULL);
}
