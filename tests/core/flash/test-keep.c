/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "flash/keep.h"
#include "plan-kit.h"

static const JmpPlanRegion regions[] = {
  { 0, 0x1000, 0x800, TRUE, "code" },
  { 0, 0x1800, 0x400, FALSE, "keys" },
  { 1, 0x1000, 0x1000, FALSE, "another memory" },
};

static const struct {
  const char *name;
  const char *image;
  const char *recovery;
  JmpPreserve preserve;
  gboolean regions;
  const char *kept; /* of the sector 0x1000+0x1000 */
  const char *saved;
} cases[] = {
  { .name = "data: all beside it",
    .image = "0 0x1400 0x100",
    .kept = "0x1000-0x1400 0x1500-0x2000" },
  { .name = "data that fills the sector", .image = "0 0x1000 0x1000", .kept = "" },
  { .name = "firmware: before and between, not behind",
    .image = "0 0x1100 0x100 vector; 0 0x1400 0x100",
    .kept = "0x1000-0x1100 0x1200-0x1400" },
  { .name = "firmware: between segments in two sectors",
    .image = "0 0x1100 0x100 vector; 0 0x2400 0x100",
    .kept = "0x1000-0x1100 0x1200-0x2000" },
  { .name = "firmware: a region that is no code",
    .image = "0 0x1000 0x100 vector",
    .regions = TRUE,
    .kept = "0x1800-0x1C00" },
  { .name = "firmware: a region that the image writes to",
    .image = "0 0x1000 0x100 vector; 0 0x1900 0x10",
    .regions = TRUE,
    .kept = "0x1100-0x1900 0x1910-0x1C00" },
  { .name = "always",
    .image = "0 0x1000 0x100 vector",
    .preserve = JMP_PRESERVE_ALWAYS,
    .kept = "0x1100-0x2000" },
  { .name = "never",
    .image = "0 0x1400 0x100",
    .recovery = "0 0x1000 0x10",
    .preserve = JMP_PRESERVE_NEVER,
    .kept = "" },
  { .name = "what was saved counts for itself",
    .image = "0 0x1400 0x100",
    .recovery = "0 0x0F00 0x180; 0 0x1480 0x100",
    .kept = "0x1080-0x1400 0x1580-0x2000",
    .saved = "0x1000-0x1080 0x1500-0x1580" },
  { .name = "a sector of saved bytes alone: all of it",
    .image = "0 0x8000 0x100 vector",
    .recovery = "0 0x1400 0x100",
    .kept = "0x1000-0x1400 0x1500-0x2000",
    .saved = "0x1400-0x1500" },
};

static char *
ranges_to_string (GArray *ranges)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < ranges->len; i++) {
    const JmpRange *range = &g_array_index (ranges, JmpRange, i);

    g_string_append_printf (
        text, "%s0x%X-0x%X", i > 0 ? " " : "", (guint)range->start, (guint)range->end);
  }
  return g_string_free (text, FALSE);
}

static void
test_keep_ranges (void **state)
{
  const JmpSector sector = { .address = 0x1000, .size = 0x1000, .access = JMP_ACCESS_ERASE };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpImage) image = kit_image_new (cases[i].image);
    g_autoptr (JmpImage) recovery = cases[i].recovery != NULL ? kit_image_new (cases[i].recovery)
                                                              : NULL;
    const JmpPlanOptions options = {
      .preserve = cases[i].preserve,
      .regions = cases[i].regions ? regions : NULL,
      .n_regions = cases[i].regions ? G_N_ELEMENTS (regions) : 0,
      .recovery = recovery,
    };
    const JmpKeep keep = jmp_keep_for (image, &options, 0);
    g_autoptr (GArray) kept = jmp_keep_find_ranges (&keep, &sector);
    g_autoptr (GArray) saved = jmp_keep_find_saved (&keep, &sector);
    g_autofree char *kept_text = ranges_to_string (kept);
    g_autofree char *saved_text = ranges_to_string (saved);

    print_message ("  %s\n", cases[i].name);
    assert_string_equal (kept_text, cases[i].kept);
    assert_string_equal (saved_text, cases[i].saved != NULL ? cases[i].saved : "");
  }
}

static void
test_keep_judges_saved_bytes (void **state)
{
  static const struct {
    const char *name;
    const char *saved;
    const char *found;
    JmpSaved expected;
    JmpErased erased;
  } rows[] = {
    { "the same", "settings of a board", "settings of a board", JMP_SAVED_SAME },
    { "blank", "settings", "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF", JMP_SAVED_MISSING },
    { "half", "settings", "sett\xFF\xFF\xFF\xFF", JMP_SAVED_MISSING },
    { "one wrong bit", "settings", "rettings", JMP_SAVED_MISSING },
    { "one byte that is another", "settings", "Settings", JMP_SAVED_MISSING },
    { "something else", "settings of a board", "EVERYTHING CHANGED!", JMP_SAVED_STALE },
    { "erased and written with something else",
      "settings of a board",
      "\x01\x02\x03\x04\x05\x06\x07\x08\x09\x0A\x0B\x0C\x0D\x0E\x0F\x10\x11\x12\x13",
      JMP_SAVED_STALE },
    { "blank where that is 0",
      "settings",
      "\0\0\0\0\0\0\0\0",
      JMP_SAVED_MISSING,
      JMP_ERASED_ZEROS },
    { "half of that", "settings", "sett\0\0\0\0", JMP_SAVED_MISSING, JMP_ERASED_ZEROS },
    { "0xFF where blank is 0",
      "settings",
      "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
      JMP_SAVED_STALE,
      JMP_ERASED_ZEROS },
    { "0 where blank is 0xFF", "settings", "\0\0\0\0\0\0\0\0", JMP_SAVED_STALE },
    { "blank is 0, for all that is known",
      "settings",
      "\0\0\0\0\0\0\0\0",
      JMP_SAVED_MISSING,
      JMP_ERASED_UNKNOWN },
    { "blank is 0xFF, for all that is known",
      "settings",
      "\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF",
      JMP_SAVED_MISSING,
      JMP_ERASED_UNKNOWN },
    { "something else, whatever blank is",
      "settings of a board",
      "EVERYTHING CHANGED!",
      JMP_SAVED_STALE,
      JMP_ERASED_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    print_message ("  %s\n", rows[i].name);
    assert_int_equal (jmp_keep_judge (rows[i].erased,
                                      (const guint8 *)rows[i].saved,
                                      (const guint8 *)rows[i].found,
                                      strlen (rows[i].saved)),
                      rows[i].expected);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_keep_ranges),
    cmocka_unit_test (test_keep_judges_saved_bytes),
  };

  return cmocka_run_group_tests_name ("core/flash/keep", tests, NULL, NULL);
}
