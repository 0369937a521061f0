/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "release/release.h"

/* Members of the values are not const, but nobody changes them. */
#define T(text) ((char *)(text))
#define HASH    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define URL     "https://example.org/a.dfu"

static const JmpSource site = {
  .id = T ("site"),
  .kind = JMP_SOURCE_LINKS,
  .url = T ("https://example.org/"),
  .notes = T ("https://example.org/notes/{version}"),
};

#define GOOD .file_name = T ("a.dfu"), .url = T (URL), .version = T ("1.2")

static const struct {
  const char *name;
  JmpRelease values;
  const char *message;
} cases[] = {
  { "the least", { GOOD }, NULL },
  { "a hash", { GOOD, .sha256 = T (HASH), .hash_source = JMP_HASH_FEED }, NULL },
  { "no name", { .url = T (URL), .version = T ("1") }, "a file name" },
  { "a path", { .file_name = T ("../a.dfu"), .url = T (URL), .version = T ("1") }, "a file name" },
  { "another path",
    { .file_name = T ("b\\a.dfu"), .url = T (URL), .version = T ("1") },
    "a file name" },
  { "a drive", { .file_name = T ("C:a.dfu"), .url = T (URL), .version = T ("1") }, "a file name" },
  { "a picture", { .file_name = T ("a.png"), .url = T (URL), .version = T ("1") }, "a file that" },
  { "no address", { .file_name = T ("a.dfu"), .version = T ("1") }, "an address" },
  { "no TLS",
    { .file_name = T ("a.dfu"), .url = T ("http://example.org/a.dfu"), .version = T ("1") },
    "an address" },
  { "no version", { .file_name = T ("a.dfu"), .url = T (URL) }, "no version" },
  { "a version of two words",
    { .file_name = T ("a.dfu"), .url = T (URL), .version = T ("1 2") },
    "no version" },
  { "a board of two lines", { GOOD, .board_id = T ("A\nB") }, "a board or variant" },
  { "a variant that leaves", { GOOD, .variant = T ("a/b") }, "a board or variant" },
  { "a date in words", { GOOD, .date = T ("tomorrow") }, "a date" },
  { "a short hash", { GOOD, .sha256 = T ("0123"), .hash_source = JMP_HASH_FEED }, "a SHA-256" },
  { "a hash in capitals",
    { GOOD,
      .sha256 = T ("0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"),
      .hash_source = JMP_HASH_FEED },
    "a SHA-256" },
  { "a hash of nobody", { GOOD, .sha256 = T (HASH) }, "a SHA-256" },
  { "nobody's word", { GOOD, .hash_source = JMP_HASH_PINNED }, "a SHA-256" },
};

static void
test_release_is_looked_at (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpRelease) release = jmp_release_new (&site, &cases[i].values, &error);

    if ((release != NULL) != (cases[i].message == NULL))
      fail_msg ("%s: %s", cases[i].name, error != NULL ? error->message : "accepted");
    if (release == NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

static void
test_release_notes_page (void **state)
{
  JmpRelease stable = { GOOD };
  JmpRelease preview = { GOOD, .channel = JMP_CHANNEL_PREVIEW };
  JmpRelease own = { GOOD, .notes_url = T ("https://other.org/n") };
  JmpRelease bad = { GOOD, .notes_url = T ("javascript:alert(1)") };
  g_autoptr (JmpRelease) a = jmp_release_new (&site, &stable, NULL);
  g_autoptr (JmpRelease) b = jmp_release_new (&site, &preview, NULL);
  g_autoptr (JmpRelease) c = jmp_release_new (&site, &own, NULL);
  g_autoptr (JmpRelease) d = jmp_release_new (&site, &bad, NULL);

  assert_string_equal (a->notes_url, "https://example.org/notes/1.2");
  assert_string_equal (a->feed, "site");
  assert_null (b->notes_url);
  assert_string_equal (c->notes_url, "https://other.org/n");
  assert_null (d->notes_url);
}

static void
test_release_names_that_are_safe (void **state)
{
  static const struct {
    const char *name;
    gboolean safe;
  } names[] = {
    { "PYBV11-20260824-v1.29.0.dfu", TRUE },
    { "photon-system-part1@2.3.1.bin", TRUE },
    { "a", TRUE },
    { "common.dfu", TRUE },
    { "", FALSE },
    { ".", FALSE },
    { "..", FALSE },
    { ".hidden", FALSE },
    { "a.", FALSE },
    { "a/b", FALSE },
    { "a\\b", FALSE },
    { "a b", FALSE },
    { "a\tb", FALSE },
    { "a\x7f", FALSE },
    { "a%2fb", FALSE },
    { "-rf", FALSE },
    { "nul.dfu", FALSE },
    { "CON", FALSE },
    { "com1.dfu", FALSE },
    { "a:b", FALSE },
    { "\xc3\xa4", FALSE },
  };
  g_autofree char *huge = g_strnfill (JMP_SOURCE_MAX_NAME + 1, 'a');

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (jmp_release_name_is_safe (names[i].name) != names[i].safe)
      fail_msg ("\"%s\" is %s", names[i].name, names[i].safe ? "refused" : "taken");
  assert_false (jmp_release_name_is_safe (huge));
  huge[JMP_SOURCE_MAX_NAME] = '\0';
  assert_true (jmp_release_name_is_safe (huge));
}

static void
add (GPtrArray *releases, const JmpRelease *values)
{
  JmpRelease *release = jmp_release_new (&site, values, NULL);

  assert_non_null (release);
  g_ptr_array_add (releases, release);
}

static char *
list (GPtrArray *releases)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < releases->len; i++) {
    const JmpRelease *release = releases->pdata[i];

    g_string_append_printf (text,
                            "%s %s %s %s%s\n",
                            release->version,
                            release->variant != NULL ? release->variant : "-",
                            release->file_name,
                            jmp_hash_source_to_string (release->hash_source),
                            release->listed ? " listed" : "");
  }
  return g_string_free (text, FALSE);
}

static void
test_release_order (void **state)
{
  g_autoptr (GPtrArray)
      releases = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
  g_autofree char *text = NULL;

  add (releases, &(JmpRelease){ GOOD, .variant = T ("DP") });
  add (releases, &(JmpRelease){ .file_name = T ("b.hex"), .url = T (URL), .version = T ("1.2") });
  add (releases, &(JmpRelease){ .file_name = T ("c.dfu"), .url = T (URL), .version = T ("1.9.4") });
  add (releases, &(JmpRelease){ GOOD });
  add (releases, &(JmpRelease){ .file_name = T ("d.dfu"), .url = T (URL), .version = T ("1.10") });
  jmp_releases_sort (releases);
  text = list (releases);
  assert_lines_equal (text,
                      "1.10 - d.dfu none\n1.9.4 - c.dfu none\n1.2 - a.dfu none\n1.2 - b.hex none\n"
                      "1.2 DP a.dfu none\n");
}

static void
test_release_merge (void **state)
{
  g_autoptr (GPtrArray) one = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
  g_autoptr (GPtrArray) other = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
  g_autofree char *text = NULL;

  add (one, &(JmpRelease){ GOOD });
  add (one,
       &(JmpRelease){ .file_name = T ("b.dfu"),
                      .url = T ("https://example.org/b"),
                      .version = T ("1.1"),
                      .sha256 = T (HASH),
                      .hash_source = JMP_HASH_PINNED });
  add (other, &(JmpRelease){ GOOD, .listed = TRUE });
  add (other, &(JmpRelease){ GOOD, .listed = TRUE });
  add (other,
       &(JmpRelease){ .file_name = T ("b.dfu"),
                      .url = T ("https://example.org/b"),
                      .version = T ("1.1"),
                      .listed = TRUE });
  add (other,
       &(JmpRelease){
           .file_name = T ("c.dfu"), .url = T ("https://example.org/c"), .version = T ("1.3") });
  jmp_releases_merge (one, other);
  text = list (one);
  assert_lines_equal (text, "1.3 - c.dfu none\n1.2 - a.dfu none listed\n1.1 - b.dfu pinned\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_release_is_looked_at),
    cmocka_unit_test (test_release_notes_page),
    cmocka_unit_test (test_release_names_that_are_safe),
    cmocka_unit_test (test_release_order),
    cmocka_unit_test (test_release_merge),
  };

  return cmocka_run_group_tests_name ("core/release/release", tests, NULL, NULL);
}
