/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "release/version.h"

/* From old to new; texts in one row are the same version. */
static const char *const ladder[][4] = {
  { "" },
  { "nightly" },
  { "0.9" },
  { "1.9.4", "v1.9.4", "V1.9.4", "1.9.4.0" },
  { "1.10", "1.10.0" },
  { "1.11" },
  { "1.11-427-gd5cbee3cf", "v1.11-427-gd5cbee3cf-dirty", "unstable-v1.11-427-gd5cbee3cf" },
  { "1.11-428-g1" },
  { "1.12-dev" },
  { "1.12-alpha2" },
  { "1.12-beta.1" },
  { "1.12-beta.2" },
  { "1.12-preview" },
  { "1.12-rc" },
  { "1.12-rc1", "1.12rc1", "1.12-rc.1" },
  { "1.12-rc2" },
  { "1.12" },
  { "1.19.1" },
  { "1.20.0" },
  { "1.30.0-preview", "1.30.0-preview.0" },
  { "1.30.0-preview.12.gabcdef0123", "v1.30.0-preview.12" },
  { "1.30.0-preview.123.gabc" },
  { "1.30.0" },
  { "1.30.0.1" },
  { "2.0" },
  { "20251209", "2025-12-09" },
  { "20260824", "2026-08-24" },
};

static int
sign (int order)
{
  return (order > 0) - (order < 0);
}

static void
test_version_order (void **state)
{
  for (guint a = 0; a < G_N_ELEMENTS (ladder); a++) {
    for (guint b = 0; b < G_N_ELEMENTS (ladder); b++) {
      for (guint i = 0; i < 4 && ladder[a][i] != NULL; i++) {
        for (guint n = 0; n < 4 && ladder[b][n] != NULL; n++) {
          int order = sign (jmp_version_compare (ladder[a][i], ladder[b][n]));

          if (order != (a > b) - (a < b))
            fail_msg ("\"%s\" and \"%s\": %d", ladder[a][i], ladder[b][n], order);
        }
      }
    }
  }
}

static void
test_version_what_is_none (void **state)
{
  static const char *const texts[] = {
    "",           "v",       "1.",        "1..2",       ".1",
    "1.2.3.4.5",  "1.2x",    "1.2-",      "latest",     "1.2-x",
    "-1.2",       "1.2 ",    " 1.2",      "1.2-3",      "1.2-3-x",
    "1.2-rc-1-2", "1.2-rcx", "1.2-1-g",   "1.2-1-gxyz", "99999999999999999999.1",
    "1.2/3",      "1.2\n",   "2026-08-2",
  };
  g_autofree char *longer = g_strnfill (65, '1');

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (jmp_version_is_valid (texts[i]))
      fail_msg ("\"%s\" is valid", texts[i]);
  assert_false (jmp_version_is_valid (longer));
  for (guint i = 2; i < G_N_ELEMENTS (ladder); i++)
    for (guint n = 0; n < 4 && ladder[i][n] != NULL; n++)
      if (!jmp_version_is_valid (ladder[i][n]))
        fail_msg ("\"%s\" is not valid", ladder[i][n]);
}

static void
test_version_previews (void **state)
{
  assert_true (jmp_version_is_preview ("1.30.0-preview.12.gabc"));
  assert_true (jmp_version_is_preview ("1.11-427-gd5cbee3cf"));
  assert_true (jmp_version_is_preview ("unstable-v1.19"));
  assert_true (jmp_version_is_preview ("1.4.0-rc1"));
  assert_false (jmp_version_is_preview ("1.29.0"));
  assert_false (jmp_version_is_preview ("2026-08-24"));
  assert_false (jmp_version_is_preview ("preview"));
}

static void
test_version_change (void **state)
{
  static const struct {
    const char *running;
    const char *chosen;
    const char *change;
  } cases[] = {
    { "1.9.4", "1.10", "upgrade" },
    { "1.29.0", "1.28.0", "downgrade" },
    { "1.29", "v1.29.0", "same" },
    { "1.30.0-preview.5.gabc", "1.29.0", "downgrade" },
    { "1.30.0-preview.5.gabc", "1.30.0", "upgrade" },
    { "1.11-427-gd5cbee3cf-dirty", "1.11", "downgrade" },
    { "1.18.0-practice", "1.99.0-practice", "upgrade" },
    { "1.99.0-practice", "1.29.0", "unknown" },
    { "1.29.0", "1.99.0-practice", "unknown" },
    { NULL, "1.29.0", "unknown" },
    { "1.29.0", NULL, "unknown" },
    { "custom", "1.29.0", "unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *change = jmp_version_change_to_string (
        jmp_version_change (cases[i].running, cases[i].chosen));

    if (!g_str_equal (change, cases[i].change))
      fail_msg ("%s -> %s: %s", cases[i].running, cases[i].chosen, change);
  }
}

static void
test_version_found_in_a_name (void **state)
{
  static const struct {
    const char *text;
    const char *version;
  } cases[] = {
    { "tool-v1.2.3-f7.dfu", "1.2.3" },
    { "photon-system-part1@2.3.1.bin", "2.3.1" },
    { "1.0.dfu", "1.0" },
    { "flipper-z-f7-full-1.3.4.dfu", "1.3.4" },
    { "stm32f405.dfu", NULL },
    { "abc1.2.dfu", NULL },
    { "board-7.dfu", NULL },
    { "a..b", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *version = jmp_version_find_in (cases[i].text);

    if (g_strcmp0 (version, cases[i].version) != 0)
      fail_msg ("%s: %s", cases[i].text, version);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_version_order),           cmocka_unit_test (test_version_what_is_none),
    cmocka_unit_test (test_version_previews),        cmocka_unit_test (test_version_change),
    cmocka_unit_test (test_version_found_in_a_name),
  };

  return cmocka_run_group_tests_name ("core/release/version", tests, NULL, NULL);
}
