/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map/map-text.h"

static const JmpMapSpan sector = {
  .first = 5,
  .count = 1,
  .address = 0x08020000,
  .sector_size = 128 * 1024,
  .access = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE,
  .fate = JMP_FATE_ERASED | JMP_FATE_WRITTEN,
  .touched = 1,
};

static const JmpMapSpan pages = {
  .first = 8,
  .count = 4,
  .address = 0x08004000,
  .sector_size = 2048,
  .access = JMP_ACCESS_READ,
};

static void
test_text_label (void **state)
{
  JmpMapSpan mixed = pages;
  g_autofree char *one = jmp_map_text_label (&sector, JMP_MAP_WILL_REWRITE, NULL);
  g_autofree char *named = jmp_map_text_label (&sector, JMP_MAP_IDLE, "Code");
  g_autofree char *locked = jmp_map_text_label (&pages, JMP_MAP_UNTOUCHED, NULL);
  g_autofree char *part = NULL;

  assert_string_equal (one, "Sector 5, 128 KiB at 0x0802 0000, will be erased and written");
  assert_string_equal (named, "Sector 5, 128 KiB at 0x0802 0000, Code");
  assert_string_equal (locked, "Sectors 8–11, 8 KiB at 0x0800 4000, read-only, not touched");

  mixed.access = sector.access;
  mixed.touched = 2;
  part = jmp_map_text_label (&mixed, JMP_MAP_VERIFIED, NULL);
  assert_string_equal (part,
                       "Sectors 8–11, 8 KiB at 0x0800 4000, written and verified (2 of 4 sectors)");
}

static void
test_text_tooltip (void **state)
{
  g_autofree char *named = jmp_map_text_tooltip (&sector, JMP_MAP_WILL_REWRITE, "Code");
  g_autofree char *locked = jmp_map_text_tooltip (&pages, JMP_MAP_IDLE, NULL);

  assert_lines_equal (named,
                      "Sector 5 · Code\n"
                      "\u20660x08020000–0x0803FFFF\u2069\n"
                      "128 KiB\n"
                      "will be erased and written");
  assert_lines_equal (locked,
                      "Sectors 8–11\n"
                      "\u20660x08004000–0x08005FFF\u2069\n"
                      "8 KiB\n"
                      "read-only");
}

static void
test_text_cell (void **state)
{
  static const struct {
    guint count;
    guint32 size;
    const char *expected;
  } cases[] = {
    { 1, 4, "4B" },        { 1, 512, "512B" },    { 1, 1024, "1K" },
    { 1, 1536, "1536B" },  { 1, 131072, "128K" }, { 1, 2 * 1024 * 1024, "2M" },
    { 16, 4096, "16×4K" }, { 4, 100, "4×100B" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const JmpMapSpan span = { .count = cases[i].count, .sector_size = cases[i].size };
    g_autofree char *text = jmp_map_text_cell_size (&span);

    assert_string_equal (text, cases[i].expected);
  }
}

static void
test_text_range (void **state)
{
  const JmpMapSpan end = { .count = 1, .address = 0xFFFFF000, .sector_size = 4096 };
  g_autofree char *range = jmp_map_text_range (&sector);
  g_autofree char *last = jmp_map_text_range (&end);

  assert_string_equal (range, "0x08020000–0x0803FFFF");
  assert_string_equal (last, "0xFFFFF000–0xFFFFFFFF");
}

static void
test_text_protection (void **state)
{
  static const char *const expected[] = { "protected",      "read-only",
                                          "protected",      "read-only",
                                          "cannot be read", NULL,
                                          "cannot be read", NULL };

  for (guint access = 0; access < 8; access++) {
    const char *text = jmp_map_text_protection ((JmpAccess)access);

    if (g_strcmp0 (text, expected[access]) != 0)
      fail_msg ("access %u: %s", access, text);
  }
}

static void
test_text_legend (void **state)
{
  g_autofree char *many = jmp_map_text_legend ("will be erased and written", 5, 592 * 1024);
  g_autofree char *one = jmp_map_text_legend ("not touched", 1, 16);

  assert_string_equal (many, "will be erased and written · 5 sectors, 592 KiB");
  assert_string_equal (one, "not touched · 1 sector, 16 bytes");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_text_tooltip),    cmocka_unit_test (test_text_label),
    cmocka_unit_test (test_text_cell),       cmocka_unit_test (test_text_range),
    cmocka_unit_test (test_text_protection), cmocka_unit_test (test_text_legend),
  };

  return cmocka_run_group_tests_name ("ui/map/map-text", tests, NULL, NULL);
}
