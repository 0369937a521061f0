/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sources of the catalogue: what micropython.org and Arduino list. */

#include "feed-text.h"

#include "base/error.h"

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

static JmpFeedQuery
query_for (JmpCatalogue *catalogue, const char *source, const char *board)
{
  JmpFeedQuery query = {
    .catalogue = catalogue,
    .source = jmp_catalogue_find_source (catalogue, source),
    .board = board != NULL ? jmp_catalogue_find_board (catalogue, board) : NULL,
  };

  return query;
}

static void
test_feed_template_has_all_stable_releases (void **state)
{
  JmpFeedQuery query = query_for (*state, "micropython", "PYBV11");
  g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, NULL, NULL);
  g_autoptr (GString) standard = g_string_new (NULL);
  const JmpRelease *first = releases->pdata[0];

  assert_false (jmp_feed_needs_bytes (query.source));
  assert_int_equal (releases->len, 16 * 5);
  for (guint i = 0; i < releases->len; i++) {
    const JmpRelease *release = releases->pdata[i];

    if (release->variant == NULL)
      g_string_append_printf (standard, "%s %s\n", release->version, release->file_name);
  }
  assert_lines_equal (standard->str,
                      "1.29.0 PYBV11-20260824-v1.29.0.dfu\n1.28.0 PYBV11-20260406-v1.28.0.dfu\n"
                      "1.27.0 PYBV11-20251209-v1.27.0.dfu\n1.26.1 PYBV11-20250911-v1.26.1.dfu\n"
                      "1.26.0 PYBV11-20250809-v1.26.0.dfu\n1.25.0 PYBV11-20250415-v1.25.0.dfu\n"
                      "1.24.1 PYBV11-20241129-v1.24.1.dfu\n1.24.0 PYBV11-20241025-v1.24.0.dfu\n"
                      "1.23.0 PYBV11-20240602-v1.23.0.dfu\n1.22.2 PYBV11-20240222-v1.22.2.dfu\n"
                      "1.22.1 PYBV11-20240105-v1.22.1.dfu\n1.22.0 PYBV11-20231227-v1.22.0.dfu\n"
                      "1.21.0 PYBV11-20231005-v1.21.0.dfu\n1.20.0 PYBV11-20230426-v1.20.0.dfu\n"
                      "1.19.1 PYBV11-20220618-v1.19.1.dfu\n1.18 PYBV11-20220117-v1.18.dfu\n");
  assert_string_equal (first->url,
                       "https://micropython.org/resources/firmware/PYBV11-20260824-v1.29.0.dfu");
  assert_string_equal (first->notes_url,
                       "https://github.com/micropython/micropython/releases/tag/v1.29.0");
  assert_false (first->listed);
}

static void
test_feed_template_from_the_first_version (void **state)
{
  JmpFeedQuery query = query_for (*state, "micropython", "NUCLEO_H753ZI");
  g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, NULL, NULL);
  g_autofree char *text = feed_text (releases);

  assert_lines_equal (
      text,
      "NUCLEO_H753ZI - 1.29.0 stable 20260824 NUCLEO_H753ZI-20260824-v1.29.0.dfu\n"
      "NUCLEO_H753ZI - 1.28.0 stable 20260406 NUCLEO_H753ZI-20260406-v1.28.0.dfu\n");
}

/* Every file of every board is called what its name says. */
static void
test_feed_template_of_every_board (void **state)
{
  GPtrArray *boards = jmp_catalogue_get_boards (*state);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = boards->pdata[i];
    JmpFeedQuery query = query_for (*state, "micropython", board->id);
    g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, NULL, NULL);

    if ((releases->len > 0) != jmp_board_has_source (board, "micropython"))
      fail_msg ("%s: %u releases", board->id, releases->len);
  }
}

static void
test_feed_addresses (void **state)
{
  JmpFeedQuery pages = query_for (*state, "micropython-pages", "PYBV11");
  JmpFeedQuery arduino = query_for (*state, "arduino", "ARDUINO_GIGA");
  JmpFeedQuery template = query_for (*state, "micropython", "PYBV11");
  g_autofree char *page = jmp_feed_get_url (&pages, NULL);
  g_autofree char *index = jmp_feed_get_url (&arduino, NULL);
  g_autoptr (GError) error = NULL;

  assert_string_equal (page, "https://micropython.org/download/PYBV11/");
  assert_string_equal (index, "https://downloads.arduino.cc/micropython/index.json");
  assert_null (jmp_feed_get_url (&template, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "has no list");
  g_clear_error (&error);
  pages.board = NULL;
  assert_null (jmp_feed_get_url (&pages, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "a list for each board");
  g_clear_error (&error);
  template.board = NULL;
  assert_null (jmp_feed_parse (&template, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "source micropython: it takes a board");
}

static const char page[] =
    "<html><a href=\"/resources/firmware/PYBV11-20260824-v1.29.0.dfu\">v1.29.0</a> (latest)\n"
    "<a class='x' HREF = '/resources/firmware/PYBV11-DP-20260824-v1.29.0.dfu'>\n"
    "<a href=\"/resources/firmware/PYBV11-20260824-v1.29.0.dfu\">again</a>\n"
    "<a href=\"/resources/firmware/PYBV11-20260824-v1.29.0.hex\">hex</a>\n"
    "<a href=\"/resources/firmware/pybv11-network-20191013-v1.11.dfu\">\n"
    "<a href=\"/resources/firmware/PYBV11-20260901-v1.30.0-preview.12.g0123456789.dfu\">\n"
    "<a href=\"/resources/firmware/PYBV10-20260824-v1.29.0.dfu\">another board</a>\n"
    "<a href=\"https://evil.org/resources/firmware/PYBV11-20260825-v1.29.1.dfu\">\n"
    "<a href=\"//evil.org/resources/firmware/PYBV11-20260825-v1.29.1.dfu\">\n"
    "<a href=\"/resources/firmware/../PYBV11-20260825-v1.29.1.dfu\">\n"
    "<a href=\"/resources/firmware/x/PYBV11-20260825-v1.29.1.dfu\">\n"
    "<a href=\"/resources/firmware/PYBV11-20260825-v1.29.1.dfu?x=1\">\n"
    "<a href=\"/resources/firmware/PYBV11-20260825-v1.29.1.dfu#x\">\n"
    "<a href=\"/resources/firmware/%50YBV11-20260825-v1.29.1.dfu\">\n"
    "<a href=\"/other/PYBV11-20260825-v1.29.1.dfu\">\n"
    "<a href=\"/resources/firmware/PYBV11-20260825-v1.29.1\x01.dfu\">\n"
    "<a href=/resources/firmware/PYBV11-20260825-v1.29.1.dfu>\n"
    "<a href=\"/resources/firmware/PYBV11-20260825-v1.29.1.dfu";

static void
test_feed_links_of_the_exact_form (void **state)
{
  JmpFeedQuery query = query_for (*state, "micropython-pages", "PYBV11");
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, strlen (page));
  g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, bytes, NULL);
  g_autofree char *text = feed_text (releases);

  assert_lines_equal (
      text,
      "PYBV11 - 1.30.0-preview.12.g0123456789 preview 20260901 "
      "PYBV11-20260901-v1.30.0-preview.12.g0123456789.dfu listed\n"
      "PYBV11 - 1.29.0 stable 20260824 PYBV11-20260824-v1.29.0.dfu listed\n"
      "PYBV11 DP 1.29.0 stable 20260824 PYBV11-DP-20260824-v1.29.0.dfu listed\n"
      "PYBV11 NETWORK 1.11 stable 20191013 pybv11-network-20191013-v1.11.dfu listed\n");
  assert_string_equal (((JmpRelease *)releases->pdata[1])->url,
                       "https://micropython.org/resources/firmware/PYBV11-20260824-v1.29.0.dfu");
}

/* What is no list of files is a page without updates, and no error. */
static void
test_feed_links_of_other_pages (void **state)
{
  static const char *const pages[] = {
    "",
    "<html><h1>404 Not Found</h1>",
    "<html><a href=\"https://portal.example.org/login\">Sign in to the WLAN</a>",
    "href=",
    "href=\"",
    "href",
    "{\"json\": true}",
    "\xff\xfe\x00\x01",
  };
  JmpFeedQuery query = query_for (*state, "micropython-pages", "PYBV11");

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (pages[i], strlen (pages[i]));
    g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, bytes, NULL);

    assert_non_null (releases);
    assert_int_equal (releases->len, 0);
  }
}

static void
test_feed_links_in_their_thousands (void **state)
{
  JmpFeedQuery query = query_for (*state, "micropython-pages", "PYBV11");
  GString *text = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GPtrArray) releases = NULL;

  for (guint i = 0; i < JMP_FEED_MAX_RELEASES + 100; i++)
    g_string_append_printf (
        text, "<a href=\"/resources/firmware/PYBV11-20260824-v1.29.%u.dfu\">", i);
  bytes = g_string_free_to_bytes (text);
  releases = jmp_feed_parse (&query, bytes, NULL);
  assert_int_equal (releases->len, JMP_FEED_MAX_RELEASES);
}

static void
test_feed_too_long (void **state)
{
  JmpFeedQuery query = query_for (*state, "micropython-pages", "PYBV11");
  g_autoptr (GBytes)
      bytes = g_bytes_new_take (g_malloc0 (JMP_FEED_MAX_SIZE + 1), JMP_FEED_MAX_SIZE + 1);
  g_autoptr (GError) error = NULL;

  assert_null (jmp_feed_parse (&query, bytes, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "bytes are more than");
}

static const char arduino[] =
    "{\"boards\": [{\"name\": \"ARDUINO_GIGA\", \"releases\": ["
    "{\"type\": \"(stable)\", \"url\": \"/micropython/ARDUINO_GIGA-20260824-v1.29.0.dfu\"},"
    "{\"type\": \"(preview)\", \"url\": "
    "\"/micropython/ARDUINO_GIGA-20260901-v1.30.0-preview.3.gabc.dfu\"},"
    "{\"type\": \"(stable)\", \"url\": \"/micropython/ARDUINO_GIGA-20260824-v1.29.0.bin\"},"
    "{\"type\": \"(stable)\", \"url\": \"//evil.org/ARDUINO_GIGA-20260825-v1.29.1.dfu\"},"
    "{\"type\": \"(stable)\", \"url\": "
    "\"http://downloads.arduino.cc/ARDUINO_GIGA-20260825-v1.29.1.dfu\"},"
    "{\"type\": \"(stable)\", \"url\": 5}, 7, null]},"
    "{\"name\": \"ARDUINO_OPTA\", \"releases\": [{\"type\": \"(stable)\","
    " \"url\": \"/micropython/ARDUINO_OPTA-20260824-v1.29.0.dfu\"}]},"
    "{\"name\": \"\\u001b[2J\", \"releases\": []}, {\"releases\": {}}, []]}";

static void
test_feed_arduino (void **state)
{
  JmpFeedQuery query = query_for (*state, "arduino", "ARDUINO_GIGA");
  g_autoptr (GBytes) bytes = g_bytes_new_static (arduino, strlen (arduino));
  g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, bytes, NULL);
  g_autofree char *text = feed_text (releases);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GPtrArray) pyboard = NULL;

  assert_lines_equal (text,
                      "ARDUINO_GIGA - 1.30.0-preview.3.gabc preview 20260901 "
                      "ARDUINO_GIGA-20260901-v1.30.0-preview.3.gabc.dfu listed\n"
                      "ARDUINO_GIGA - 1.29.0 stable 20260824 "
                      "ARDUINO_GIGA-20260824-v1.29.0.dfu listed\n");
  query.board = NULL;
  all = jmp_feed_parse (&query, bytes, NULL);
  assert_int_equal (all->len, 3);
  query.board = jmp_catalogue_find_board (*state, "PYBV11");
  pyboard = jmp_feed_parse (&query, bytes, NULL);
  assert_int_equal (pyboard->len, 0);
}

static void
test_feed_what_is_no_list (void **state)
{
  static const char *const texts[] = { "", "<html>", "[]", "{}", "{\"boards\": {}}", "null", "{" };
  JmpFeedQuery query = query_for (*state, "arduino", "ARDUINO_GIGA");

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (texts[i], strlen (texts[i]));
    g_autoptr (GError) error = NULL;

    if (jmp_feed_parse (&query, bytes, &error) != NULL)
      fail_msg ("accepted: %s", texts[i]);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "source arduino: not ");
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_feed_template_has_all_stable_releases),
    cmocka_unit_test (test_feed_template_from_the_first_version),
    cmocka_unit_test (test_feed_template_of_every_board),
    cmocka_unit_test (test_feed_addresses),
    cmocka_unit_test (test_feed_links_of_the_exact_form),
    cmocka_unit_test (test_feed_links_of_other_pages),
    cmocka_unit_test (test_feed_links_in_their_thousands),
    cmocka_unit_test (test_feed_too_long),
    cmocka_unit_test (test_feed_arduino),
    cmocka_unit_test (test_feed_what_is_no_list),
  };

  return cmocka_run_group_tests_name ("core/release/feed", tests, set_up, tear_down);
}
