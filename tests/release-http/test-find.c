/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "release/feeds-file.h"
#include "release/find.h"
#include "world.h"

#include <string.h>

#define SAME "PYBV11-20260824-v1.29.0.dfu"

static JmpCatalogue *catalogue;
static JmpBoard *board;

static int
set_up (void **state)
{
  kit_forget_proxies ();
  catalogue = jmp_catalogue_new_built_in (NULL);
  board = catalogue != NULL ? jmp_catalogue_find_board (catalogue, "PYBV11") : NULL;
  return board != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  jmp_catalogue_unref (catalogue);
  return 0;
}

/* One source of the person's own, whose pages are on the test's server. */
static GPtrArray *
personal_source (World *world, const char *for_board)
{
  g_autofree char *url = test_server_url (world->server, "/page");
  g_autofree char *text = g_strdup_printf (
      "{\"schema\": 1, \"feeds\": [{\"id\": \"mine\", \"kind\": \"links\", \"url\": \"%s\", "
      "\"path\": \"/fw/\", \"board\": \"%s\", \"allow_http\": true}]}",
      url,
      for_board);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (GError) error = NULL;
  GPtrArray *sources = jmp_feeds_file_parse (bytes, &error);

  assert_no_error (error);
  return sources;
}

/* The person's source alone is asked: those of the catalogue are not on this computer. */
static JmpFound *
find (World *world, GPtrArray *personal, gboolean offline)
{
  const JmpFindRequest request = { catalogue, personal, board, offline, 0 };
  g_autoptr (GError) error = NULL;
  JmpFound *found = jmp_find_releases (world->fetcher, &request, NULL, &error);

  assert_no_error (error);
  return found;
}

static void
assert_newest (const JmpFound *found, const char *version, const char *feed)
{
  JmpRelease *release = jmp_found_pick (found, board, NULL, NULL, JMP_CHANNEL_STABLE);

  assert_non_null (release);
  assert_string_equal (release->version, version);
  assert_string_equal (release->feed, feed);
}

/* Nothing on the network is needed for what is compiled in. */
static void
test_find_offline_is_the_catalogue (void **state)
{
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) personal = NULL;
  g_autoptr (JmpFound) found = NULL;

  world_open (&world);
  personal = personal_source (&world, "PYBV11");
  found = find (&world, personal, TRUE);
  assert_newest (found, "1.29.0", "micropython");
  assert_int_equal (found->problems->len, 0);
  assert_int_equal (found->own->len, 0);
  assert_int_equal (world_n_requests (&world), 0);
}

/* A list that came once is known offline; the person's own entry of a version is preferred. */
static void
test_find_remembers_a_list (void **state)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("<a href=\"/fw/" SAME "\">", 15 + strlen (SAME));
  const TestAnswer answer = { .body = page, .type = "text/html" };
  g_auto (World) world = { 0 };
  g_autoptr (GPtrArray) personal = NULL;
  g_autoptr (JmpFound) found = NULL;
  g_autofree char *url = NULL;

  world_open (&world);
  test_server_answer (world.server, "/page", &answer, 1);
  personal = personal_source (&world, "PYBV11");
  url = test_server_url (world.server, "/page");
  assert_true (jmp_cache_put (world.cache, url, page, NULL, NULL, NULL));
  found = find (&world, personal, TRUE);
  assert_newest (found, "1.29.0", "mine");
  assert_int_equal (found->own->len, 1);
  assert_int_equal (test_server_count (world.server, "/page"), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_find_offline_is_the_catalogue),
    cmocka_unit_test (test_find_remembers_a_list),
  };

  return cmocka_run_group_tests_name ("find", tests, set_up, tear_down);
}
