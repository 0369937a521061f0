/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/source.h"

/* Members of a source are not const, but nobody changes them. */
#define T(text) ((char *)(text))
#define WEB     "https://example.org/list.json"
#define LONG    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct {
  const char *name;
  JmpSource values;
  const char *message;
} cases[] = {
  { "links",
    { .id = T ("a"), .kind = JMP_SOURCE_LINKS, .url = T ("https://h/{board}/"), .path = T ("/x/") },
    NULL },
  { "a template",
    { .id = T ("a"),
      .kind = JMP_SOURCE_TEMPLATE,
      .url = T ("https://h/{file}"),
      .file = T ("{board}.dfu") },
    NULL },
  { "a folder", { .id = T ("a"), .kind = JMP_SOURCE_FOLDER, .url = T ("file:///tmp/x") }, NULL },
  { "http, personal",
    { .id = T ("a"),
      .kind = JMP_SOURCE_GITHUB,
      .url = T ("http://h/x"),
      .personal = TRUE,
      .allow_http = TRUE },
    NULL },
  { "no id", { .kind = JMP_SOURCE_GITHUB, .url = T (WEB) }, "its id" },
  { "an id that leaves",
    { .id = T ("../a"), .kind = JMP_SOURCE_GITHUB, .url = T (WEB) },
    "its id" },
  { "a long id", { .id = T (LONG), .kind = JMP_SOURCE_GITHUB, .url = T (WEB) }, "its id" },
  { "no address", { .id = T ("a"), .kind = JMP_SOURCE_GITHUB }, "source a: its address" },
  { "http", { .id = T ("a"), .kind = JMP_SOURCE_GITHUB, .url = T ("http://h/x") }, "its address" },
  { "http, personal, not allowed",
    { .id = T ("a"), .kind = JMP_SOURCE_GITHUB, .url = T ("http://h/x"), .personal = TRUE },
    "its address" },
  { "http, not personal",
    { .id = T ("a"), .kind = JMP_SOURCE_GITHUB, .url = T (WEB), .allow_http = TRUE },
    "without TLS" },
  { "a file where a site is meant",
    { .id = T ("a"), .kind = JMP_SOURCE_GITHUB, .url = T ("file:///etc/passwd") },
    "its address" },
  { "a site where a folder is meant",
    { .id = T ("a"), .kind = JMP_SOURCE_FOLDER, .url = T (WEB) },
    "its address" },
  { "a folder elsewhere",
    { .id = T ("a"), .kind = JMP_SOURCE_FOLDER, .url = T ("file://server/x") },
    "its address" },
  { "a password",
    { .id = T ("a"), .kind = JMP_SOURCE_GITHUB, .url = T ("https://u:p@h/x") },
    "its address" },
  { "a template without a file",
    { .id = T ("a"), .kind = JMP_SOURCE_TEMPLATE, .url = T ("https://h/{file}") },
    "belong to a template" },
  { "a file without a template",
    { .id = T ("a"), .kind = JMP_SOURCE_LINKS, .url = T (WEB), .file = T ("x") },
    "belong to a template" },
  { "a path that leaves",
    { .id = T ("a"), .kind = JMP_SOURCE_LINKS, .url = T (WEB), .path = T ("/a/../b/") },
    "not a folder" },
  { "a path without end",
    { .id = T ("a"), .kind = JMP_SOURCE_LINKS, .url = T (WEB), .path = T ("/a") },
    "not a folder" },
  { "a pattern of two lines",
    { .id = T ("a"), .kind = JMP_SOURCE_LINKS, .url = T (WEB), .pattern = T ("a\nb") },
    "do not belong" },
  { "a board that is no name",
    { .id = T ("a"), .kind = JMP_SOURCE_LINKS, .url = T (WEB), .board = T ("a b") },
    "do not belong" },
};

static void
test_source_is_looked_at (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpSource) source = jmp_source_new (&cases[i].values, &error);

    if ((source != NULL) != (cases[i].message == NULL))
      fail_msg ("%s: %s", cases[i].name, error != NULL ? error->message : "accepted");
    if (source == NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

static void
test_source_addresses (void **state)
{
  static const struct {
    const char *url;
    gboolean allowed;
  } urls[] = {
    { "https://example.org/a.dfu", TRUE },
    { "https://example.org:8443/a?b#c", TRUE },
    { "HTTPS://example.org/", TRUE },
    { "http://example.org/", FALSE },
    { "ftp://example.org/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "javascript:alert(1)", FALSE },
    { "https://", FALSE },
    { "https:///path", FALSE },
    { "//example.org/", FALSE },
    { "example.org", FALSE },
    { "", FALSE },
    { "https://user@example.org/", FALSE },
    { "https://user:secret@example.org/", FALSE },
    { "https://example.org/a\r\nHost: b", FALSE },
    { "https://example.org/a b", FALSE },
    { "https://example.org\\@other.org/", FALSE },
    { "https://example.org/\xe2\x80\xae", FALSE },
  };
  JmpSource source = { .id = T ("a"), .kind = JMP_SOURCE_LINKS };
  g_autofree char *path = g_strnfill (JMP_SOURCE_MAX_URL, 'a');
  g_autofree char *huge = g_strconcat ("https://h/", path, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (urls); i++)
    if (jmp_source_allows_url (&source, urls[i].url) != urls[i].allowed)
      fail_msg ("\"%s\" is %s", urls[i].url, urls[i].allowed ? "refused" : "allowed");
  assert_false (jmp_source_allows_url (&source, huge));
}

static void
test_source_kinds_have_names (void **state)
{
  for (JmpSourceKind kind = JMP_SOURCE_TEMPLATE; kind <= JMP_SOURCE_FOLDER; kind++) {
    JmpSourceKind again;

    assert_true (jmp_source_kind_from_string (jmp_source_kind_to_string (kind), &again));
    assert_int_equal (again, kind);
    assert_false (jmp_source_kind_from_string ("ftp", &again));
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_source_is_looked_at),
    cmocka_unit_test (test_source_addresses),
    cmocka_unit_test (test_source_kinds_have_names),
  };

  return cmocka_run_group_tests_name ("core/board/source", tests, NULL, NULL);
}
