/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "release/file-name.h"

static int
set_up (void **state)
{
  *state = jmp_catalogue_new_built_in (NULL);
  return *state != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  jmp_catalogue_unref (*state);
  return 0;
}

static const struct {
  const char *name;
  const char *says;
} names[] = {
  { "PYBV11-20260824-v1.29.0.dfu", "PYBV11 standard 20260824 1.29.0 stable" },
  { "PYBV11-DP_THREAD-20260824-v1.29.0.hex", "PYBV11 DP_THREAD 20260824 1.29.0 stable" },
  { "pybv11-dp-thread-20210902-v1.17.dfu", "PYBV11 DP_THREAD 20210902 1.17 stable" },
  { "pybv11-network-20191013-unstable-v1.11-427-gd5cbee3cf.dfu",
    "PYBV11 NETWORK 20191013 1.11-427-gd5cbee3cf preview" },
  { "PYBD-SF6-20191220-v1.12.dfu", "PYBD_SF6 standard 20191220 1.12 stable" },
  { "PYBD_SF2-20220117-v1.18.dfu", "PYBD_SF2 standard 20220117 1.18 stable" },
  { "MIKROE-QUAIL-20220117-v1.18.dfu", "MIKROE_QUAIL standard 20220117 1.18 stable" },
  { "PYBV11-20260901-v1.30.0-preview.123.g0123456789.dfu",
    "PYBV11 standard 20260901 1.30.0-preview.123.g0123456789 preview" },
  { "WEACT_F411_BLACKPILL-V31_FLASH_8M-20260824-v1.29.0.dfu",
    "WEACT_F411_BLACKPILL V31_FLASH_8M 20260824 1.29.0 stable" },
  { "PYBV11-NEW-20260824-v1.29.0.dfu", "PYBV11 NEW 20260824 1.29.0 stable" },
  { "ESP32_GENERIC-20260824-v1.29.0.hex", "none standard 20260824 1.29.0 stable" },
  { "PYBV11-20260824-v1.29.0.bin", NULL },
  { "PYBV11-20260824-v1.29.0.uf2", NULL },
  { "PYBV11-20261324-v1.29.0.dfu", NULL },
  { "PYBV11-2026082-v1.29.0.dfu", NULL },
  { "PYBV11-20260824-1.29.0.dfu", NULL },
  { "PYBV11-20260824-v.dfu", NULL },
  { "PYBV11-20260824-v1.29.0", NULL },
  { "-20260824-v1.29.0.dfu", NULL },
  { "../PYBV11-20260824-v1.29.0.dfu", NULL },
  { "PYBV11-20260824-v1.29.0\n.dfu", NULL },
  { "firmware.dfu", NULL },
  { "", NULL },
};

static void
test_file_name_parse (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (JmpFileName) name = jmp_file_name_parse (*state, names[i].name);
    g_autofree char *says = name == NULL ? NULL
                                         : g_strdup_printf (
                                             "%s %s %s %s %s",
                                             name->board != NULL ? name->board->id : "none",
                                             name->variant != NULL ? name->variant : "standard",
                                             name->date,
                                             name->version,
                                             jmp_channel_to_string (name->channel));

    if (g_strcmp0 (says, names[i].says) != 0)
      fail_msg ("%s: %s", names[i].name, says);
  }
}

/* Every name that the rule of micropython.org makes leads back to its board and variant. */
static void
test_file_name_of_every_board (void **state)
{
  GPtrArray *boards = jmp_catalogue_get_boards (*state);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = boards->pdata[i];

    for (guint n = 0; n < board->variants->len; n++) {
      const char *variant = g_array_index (board->variants, JmpWords, n).code;
      g_autofree char *text = g_strdup_printf ("%s-%s-20260824-v1.29.0.dfu", board->id, variant);
      g_autoptr (JmpFileName) name = jmp_file_name_parse (*state, text);

      assert_non_null (name);
      assert_ptr_equal (name->board, board);
      assert_string_equal (name->variant, variant);
    }
  }
}

static void
test_file_name_of_a_megabyte (void **state)
{
  g_autofree char *dashes = g_strnfill (1000000, '-');

  assert_null (jmp_file_name_parse (*state, dashes));
}

static void
test_file_name_dates (void **state)
{
  static const struct {
    const char *text;
    const char *date;
  } cases[] = {
    { "2026-08-24T10:00:00Z", "20260824" },
    { "2026-08-24", "20260824" },
    { "20260824", "20260824" },
    { "2026082", NULL },
    { "2026-8-24", NULL },
    { "19990101", NULL },
    { "2026-00-24", NULL },
    { "yesterday!", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *date = jmp_date_from_text (cases[i].text);

    if (g_strcmp0 (date, cases[i].date) != 0)
      fail_msg ("\"%s\": %s", cases[i].text, date);
  }
}

static void
test_file_name_patterns (void **state)
{
  static const struct {
    const char *pattern;
    const char *text;
    gboolean matches;
  } cases[] = {
    { "*.dfu", "a.dfu", TRUE },
    { "*.dfu", "a.DFU", TRUE },
    { "*.dfu", "a.dfu.txt", FALSE },
    { "*", "", TRUE },
    { "", "", TRUE },
    { "", "a", FALSE },
    { "a?c", "abc", TRUE },
    { "a?c", "ac", FALSE },
    { "*-f7-*.dfu", "x-f7-1.dfu", TRUE },
    { "**a**b**", "xxaxxbxx", TRUE },
    { "*a*b", "ba", FALSE },
    { "abc", "abcd", FALSE },
    { "a*", "a", TRUE },
    { "[a]", "a", FALSE },
  };
  g_autofree char *stars = g_strnfill (200, '*');
  g_autofree char *text = g_strnfill (10000, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (jmp_glob_matches (cases[i].pattern, cases[i].text) != cases[i].matches)
      fail_msg ("\"%s\" and \"%s\"", cases[i].pattern, cases[i].text);
  for (guint i = 1; i < 200; i += 2)
    stars[i] = 'a';
  stars[199] = 'b';
  assert_false (jmp_glob_matches (stars, text));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_file_name_parse),
    cmocka_unit_test (test_file_name_of_every_board),
    cmocka_unit_test (test_file_name_of_a_megabyte),
    cmocka_unit_test (test_file_name_dates),
    cmocka_unit_test (test_file_name_patterns),
  };

  return cmocka_run_group_tests_name ("core/release/file-name", tests, set_up, tear_down);
}
