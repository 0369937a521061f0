/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sources that a person added: GitHub, directories like Flipper's, pages, folders. */

#include "feed-text.h"

#include <glib/gstdio.h>

#include "base/error.h"

#define T(text) ((char *)(text))
#define HASH    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define HASH_UP "0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF0123456789ABCDEF"
#define SITE    "https://github.com/me/fw/releases/download/"

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

/* What a person's source makes of a text, as lines; the error's message when it is no list. */
static char *
parse_text (JmpCatalogue *catalogue, const JmpSource *values, const char *text)
{
  JmpSource personal = *values;
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSource) source = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  JmpFeedQuery query = { .catalogue = catalogue };

  personal.id = T ("mine");
  personal.personal = TRUE;
  source = jmp_source_new (&personal, &error);
  assert_no_error (error);
  query.source = source;
  releases = jmp_feed_parse (&query, bytes, &error);
  return releases != NULL ? feed_text (releases) : g_strdup (error->message);
}

static const char github[] =
    "[{\"tag_name\": \"v2.0.0\", \"published_at\": \"2026-05-04T10:11:12Z\", \"prerelease\": false,"
    " \"draft\": false, \"html_url\": \"https://github.com/me/fw/releases/tag/v2.0.0\","
    " \"body\": \"New:\\r\\n- all\\u0007\", \"assets\": ["
    "{\"name\": \"fw-2.0.0.dfu\", \"size\": 1234, \"state\": \"uploaded\","
    " \"browser_download_url\": \"" SITE "v2.0.0/fw-2.0.0.dfu\", \"digest\": \"sha256:" HASH_UP
    "\"},"
    "{\"name\": \"fw-old.hex\", \"size\": 99, \"state\": \"uploaded\","
    " \"browser_download_url\": \"" SITE "v2.0.0/fw-old.hex\", \"digest\": null},"
    "{\"name\": \"sources.zip\", \"browser_download_url\": \"" SITE "v2.0.0/sources.zip\"},"
    "{\"name\": \"half.dfu\", \"state\": \"starter\","
    " \"browser_download_url\": \"" SITE "v2.0.0/half.dfu\"},"
    "{\"name\": \"elsewhere.dfu\", \"browser_download_url\": \"https://evil.org/elsewhere.dfu\"},"
    "{\"name\": \"plain.dfu\", \"browser_download_url\": \"http://github.com/me/fw/plain.dfu\"},"
    "{\"name\": \"../up.dfu\", \"browser_download_url\": \"" SITE "v2.0.0/up.dfu\"},"
    "{\"name\": \"short.dfu\", \"browser_download_url\": \"" SITE "v2.0.0/short.dfu\","
    " \"digest\": \"sha256:0123\"},"
    "{\"name\": 5}, null]},"
    "{\"tag_name\": \"nightly\", \"published_at\": \"2026-05-06\", \"prerelease\": true, "
    "\"assets\": ["
    "{\"name\": \"fw.dfu\", \"browser_download_url\": \"" SITE "nightly/fw.dfu\"}]},"
    "{\"tag_name\": \"v2.1.0-rc1\", \"assets\": [{\"name\": \"fw.dfu\","
    " \"browser_download_url\": \"" SITE "v2.1.0-rc1/fw.dfu\"}]},"
    "{\"tag_name\": \"v3.0.0\", \"draft\": true, \"assets\": [{\"name\": \"fw.dfu\","
    " \"browser_download_url\": \"" SITE "v3.0.0/fw.dfu\"}]},"
    "{\"tag_name\": \"v9\"}, [], 3]";

static const JmpSource github_source = { .kind = JMP_SOURCE_GITHUB,
                                         .url = T ("https://github.com/me/fw"),
                                         .board = T ("pybv11") };

static void
test_feed_github (void **state)
{
  g_autofree char *text = parse_text (*state, &github_source, github);

  assert_lines_equal (text,
                      "PYBV11 - 20260506 preview 20260506 fw.dfu listed\n"
                      "PYBV11 - 2.1.0-rc1 preview - fw.dfu listed\n"
                      "PYBV11 - 2.0.0 stable 20260504 fw-2.0.0.dfu listed 1234 bytes feed 0123\n"
                      "PYBV11 - 2.0.0 stable 20260504 short.dfu listed\n"
                      "PYBV11 - 2.0.0 stable 20260504 fw-old.hex listed 99 bytes\n");
}

static void
test_feed_github_pattern (void **state)
{
  JmpSource source = github_source;
  g_autofree char *text = NULL;

  source.pattern = T ("fw-?.?.?.dfu");
  text = parse_text (*state, &source, github);
  assert_lines_equal (text,
                      "PYBV11 - 2.0.0 stable 20260504 fw-2.0.0.dfu listed 1234 bytes feed 0123\n");
}

static void
test_feed_github_address (void **state)
{
  static const struct {
    const char *url;
    const char *list;
  } cases[] = {
    { "https://github.com/me/fw", "https://api.github.com/repos/me/fw/releases?per_page=30" },
    { "https://github.com/me/fw/releases/latest",
      "https://api.github.com/repos/me/fw/releases?per_page=30" },
    { "https://api.github.com/repos/me/fw/releases",
      "https://api.github.com/repos/me/fw/releases" },
    { "https://git.example.org/api/me/fw", "https://git.example.org/api/me/fw" },
    { "https://github.com/me", "https://github.com/me" },
    { "https://github.com/me/..", "https://github.com/me/.." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpSource source = { .id = T ("a"), .kind = JMP_SOURCE_GITHUB, .url = T (cases[i].url) };
    JmpFeedQuery query = { .catalogue = *state, .source = &source };
    g_autofree char *list = jmp_feed_get_url (&query, NULL);

    assert_string_equal (list, cases[i].list);
  }
}

/* A source of the catalogue serves the boards that name it; a person's serves any. */
static void
test_feed_github_notes (void **state)
{
  JmpSource values = github_source;
  g_autoptr (GBytes) bytes = g_bytes_new_static (github, strlen (github));
  JmpFeedQuery query = { .catalogue = *state, .source = &values };
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  const JmpRelease *release;

  values.id = T ("mine");
  query.board = jmp_catalogue_find_board (*state, "PYBV11");
  none = jmp_feed_parse (&query, bytes, NULL);
  assert_int_equal (none->len, 0);
  values.personal = TRUE;
  releases = jmp_feed_parse (&query, bytes, NULL);
  release = releases->pdata[2];
  assert_string_equal (release->notes, "New:\n- all");
  assert_string_equal (release->notes_url, "https://github.com/me/fw/releases/tag/v2.0.0");
}

static const char flipper[] =
    "{\"channels\": [{\"id\": \"release\", \"versions\": [{\"version\": \"1.3.4\","
    " \"changelog\": \"Fixed.\", \"timestamp\": 1750000000, \"files\": ["
    "{\"url\": \"https://files.example.org/full-f7-1.3.4.dfu\", \"target\": \"f7\","
    " \"type\": \"full_dfu\", \"sha256\": \"" HASH "\"},"
    "{\"url\": \"https://files.example.org/full-f18-1.3.4.dfu\", \"target\": \"f18\","
    " \"type\": \"full_dfu\", \"sha256\": \"" HASH "\"},"
    "{\"url\": \"https://files.example.org/update.tgz\", \"target\": \"f7\", \"sha256\": \"" HASH
    "\"},"
    "{\"url\": \"http://files.example.org/clear.dfu\", \"target\": \"f7\", \"sha256\": \"" HASH
    "\"},"
    "{\"url\": \"https://files.example.org/bad.dfu\", \"target\": \"f7\", \"sha256\": \"xyz\"},"
    "{\"url\": \"https://files.example.org/..\", \"target\": \"f7\"},"
    "{\"target\": \"f7\"}]}]},"
    "{\"id\": \"release-candidate\", \"versions\": [{\"version\": \"1.4.0-rc\", \"files\": ["
    "{\"url\": \"https://files.example.org/full-f7-1.4.0-rc.dfu\", \"target\": \"f7\"}]}]},"
    "{\"id\": \"development\", \"versions\": [{\"version\": \"0a1b2c3d\", \"timestamp\": "
    "1750100000,"
    " \"files\": [{\"url\": \"https://files.example.org/full-f7-dev.dfu\", \"target\": \"f7\"}]}]},"
    "{\"id\": 5, \"versions\": 5}, 5]}";

static void
test_feed_flipper (void **state)
{
  JmpSource source = { .kind = JMP_SOURCE_FLIPPER,
                       .url = T ("https://update.example.org/directory.json"),
                       .target = T ("f7") };
  g_autofree char *text = parse_text (*state, &source, flipper);
  g_autofree char *wrong = parse_text (*state, &source, "{\"channels\": 1}");

  assert_lines_equal (text,
                      "- - 1.4.0-rc preview - full-f7-1.4.0-rc.dfu listed\n"
                      "- - 1.3.4 stable 20250615 full-f7-1.3.4.dfu listed feed 0123\n"
                      "- - 0a1b2c3d preview 20250616 full-f7-dev.dfu listed\n");
  assert_string_equal (wrong, "source mine: not a directory: no \"channels\"");
}

/* Any page of any site: links to files on the same host. */
static void
test_feed_links_of_any_site (void **state)
{
  JmpSource source = { .kind = JMP_SOURCE_LINKS,
                       .url = T ("https://example.org:8443/fw/list.html"),
                       .board = T ("PYBV10") };
  g_autofree char *text = parse_text (
      *state,
      &source,
      "<a href='tool-v1.1.dfu'><a href='../old/tool-v1.0.dfu?x=1'>"
      "<a href='https://example.org:8443/tool-v1.2.dfu'>"
      "<a href='https://example.org/tool-v1.3.dfu'>"
      "<a href='http://example.org:8443/tool-v1.4.dfu'>"
      "<a href='file:///etc/tool-v1.5.dfu'><a href='tool.dfu'><a href='x.html'>");

  assert_lines_equal (text,
                      "PYBV10 - 1.2 stable - tool-v1.2.dfu listed\n"
                      "PYBV10 - 1.1 stable - tool-v1.1.dfu listed\n"
                      "PYBV10 - 1.0 stable - tool-v1.0.dfu listed\n");
}

static void
test_feed_without_tls (void **state)
{
  JmpSource source = { .kind = JMP_SOURCE_LINKS,
                       .url = T ("http://127.0.0.1:8080/"),
                       .board = T ("PYBV10"),
                       .allow_http = TRUE };
  g_autofree char *text = parse_text (*state, &source, "<a href='tool-v1.1.dfu'>");

  assert_lines_equal (text, "PYBV10 - 1.1 stable - tool-v1.1.dfu listed\n");
}

static const JmpSource folder_source = { .kind = JMP_SOURCE_FOLDER, .url = T ("file:///srv/fw") };

static void
test_feed_folder_list (void **state)
{
  g_autofree char *text = parse_text (*state,
                                      &folder_source,
                                      "100 20260101 PYBV11-DP-20260824-v1.29.0.dfu\n"
                                      "200 20260102 own.dfu\n300 - firmware-v1.2.bin\n"
                                      "x 20260102 a.dfu\n1 20260102\n1 20260102 a b.dfu\n"
                                      "1 20260102 ../up.dfu\n1 20260102 notes.txt\n\n"
                                      "1 - nothing.dfu\n400 20260103 end.hex");

  assert_lines_equal (text,
                      "- - 20260103 stable 20260103 end.hex listed 400 bytes\n"
                      "- - 20260102 stable 20260102 own.dfu listed 200 bytes\n"
                      "PYBV11 DP 1.29.0 stable 20260101 PYBV11-DP-20260824-v1.29.0.dfu listed 100 "
                      "bytes\n"
                      "- - 1.2 stable - firmware-v1.2.bin listed 300 bytes\n");
}

static void
test_feed_folder_on_disk (void **state)
{
  g_autofree char *path = g_dir_make_tmp ("jumper-folder-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (path, "PYBV11-20260824-v1.29.0.dfu", NULL);
  g_autofree char *other = g_build_filename (path, "notes.txt", NULL);
  g_autofree char *folder = g_build_filename (path, "folder.dfu", NULL);
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  JmpSource source = { .id = T ("mine"), .kind = JMP_SOURCE_FOLDER, .url = uri };
  JmpFeedQuery query = { .catalogue = *state, .source = &source };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) releases = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (file, "abc", 3, NULL));
  assert_true (g_file_set_contents (other, "abc", 3, NULL));
  assert_int_equal (g_mkdir (folder, 0700), 0);
  bytes = jmp_feed_list_folder (&source, NULL, &error);
  assert_no_error (error);
  releases = jmp_feed_parse (&query, bytes, &error);
  assert_int_equal (releases->len, 1);
  assert_int_equal (((JmpRelease *)releases->pdata[0])->size, 3);
  g_remove (file);
  g_remove (other);
  g_rmdir (folder);
  g_rmdir (path);
  assert_null (jmp_feed_list_folder (&source, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, uri);
}

static void
test_feed_folder_cancelled (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  JmpSource source = { .id = T ("mine"), .kind = JMP_SOURCE_FOLDER, .url = T ("file:///") };

  g_cancellable_cancel (cancellable);
  assert_null (jmp_feed_list_folder (&source, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
}

static const char pinned[] =
    "{\"schema\": 1, \"generated\": \"2026-11-21\", \"sources\": [{\"id\": \"site\","
    " \"kind\": \"links\", \"url\": \"https://h/\"}], \"versions\": [], \"pins\": {"
    "\"fw-1.0.dfu\": {\"size\": 7, \"sha256\": \"" HASH "\"}, \"fw-2.0.dfu\": {\"size\": 8}},"
    " \"words\": {}, \"boards\": []}";

/* A pin holds for the catalogue's own sources; a person's file of the same name is another file. */
static void
test_feed_pins (void **state)
{
  static const char page[] = "<a href='fw-1.0.dfu'><a href='fw-2.0.dfu'><a href='fw-3.0.dfu'>";
  g_autoptr (GBytes) json = g_bytes_new_static (pinned, strlen (pinned));
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_parse (json, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, strlen (page));
  JmpFeedQuery query = { .catalogue = catalogue };
  JmpSource values = { .kind = JMP_SOURCE_LINKS, .url = T ("https://h/") };
  g_autoptr (GPtrArray) releases = NULL;
  g_autofree char *text = NULL;
  g_autofree char *personal = NULL;

  query.source = jmp_catalogue_find_source (catalogue, "site");
  releases = jmp_feed_parse (&query, bytes, NULL);
  text = feed_text (releases);
  personal = parse_text (catalogue, &values, page);
  assert_lines_equal (text,
                      "- - 3.0 stable - fw-3.0.dfu listed\n"
                      "- - 2.0 stable - fw-2.0.dfu listed 8 bytes\n"
                      "- - 1.0 stable - fw-1.0.dfu listed 7 bytes pinned 0123\n");
  assert_lines_equal (personal,
                      "- - 3.0 stable - fw-3.0.dfu listed\n- - 2.0 stable - fw-2.0.dfu listed\n"
                      "- - 1.0 stable - fw-1.0.dfu listed\n");
}

/* Names and notes of a megabyte are dropped and cut. */
static void
test_feed_huge_texts (void **state)
{
  g_autofree char *huge = g_strnfill (1000000, 'a');
  g_autofree char *json = g_strdup_printf (
      "[{\"tag_name\": \"v1.0\", \"body\": \"%s\", \"assets\": ["
      "{\"name\": \"%s.dfu\", \"browser_download_url\": \"" SITE "a.dfu\"},"
      "{\"name\": \"a.dfu\", \"browser_download_url\": \"" SITE "%s\"},"
      "{\"name\": \"b.dfu\", \"browser_download_url\": \"" SITE "b.dfu\"}]}]",
      huge,
      huge,
      huge);
  g_autofree char *text = parse_text (*state, &github_source, json);

  assert_lines_equal (text, "PYBV11 - 1.0 stable - b.dfu listed\n");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_feed_github),         cmocka_unit_test (test_feed_github_pattern),
    cmocka_unit_test (test_feed_github_address), cmocka_unit_test (test_feed_github_notes),
    cmocka_unit_test (test_feed_flipper),        cmocka_unit_test (test_feed_links_of_any_site),
    cmocka_unit_test (test_feed_without_tls),    cmocka_unit_test (test_feed_folder_list),
    cmocka_unit_test (test_feed_folder_on_disk), cmocka_unit_test (test_feed_folder_cancelled),
    cmocka_unit_test (test_feed_pins),           cmocka_unit_test (test_feed_huge_texts),
  };

  return cmocka_run_group_tests_name ("core/release/feed, personal", tests, set_up, tear_down);
}
