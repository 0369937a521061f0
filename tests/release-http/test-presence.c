/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "world.h"

#include <string.h>

static GBytes *firmware;

static JmpPresence
presence (World *world)
{
  return jmp_fetcher_get_presence (world->fetcher, &world->release);
}

/* One question for each release, and none for what is known. */
static void
test_presence_is_asked_once (void **state)
{
  static const struct {
    const char *name;
    guint status;
    JmpPresence presence;
  } cases[] = {
    { "there", 200, JMP_PRESENCE_YES },
    { "not built", 404, JMP_PRESENCE_NO },
    { "removed", 410, JMP_PRESENCE_NO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const TestAnswer answer = { .status = cases[i].status, .body = firmware };
    g_auto (World) world = { 0 };
    g_autofree char *asked = NULL;

    print_message ("  %s\n", cases[i].name);
    world_open (&world);
    world.release.listed = FALSE;
    test_server_answer (world.server, WORLD_PATH, &answer, 1);
    assert_int_equal (presence (&world), JMP_PRESENCE_UNKNOWN);
    for (guint n = 0; n < 3; n++) {
      g_autoptr (GError) error = NULL;
      JmpPresence out = JMP_PRESENCE_UNKNOWN;

      assert_true (jmp_fetcher_probe (world.fetcher, &world.release, NULL, &out, &error));
      assert_no_error (error);
      assert_int_equal (out, cases[i].presence);
    }
    assert_int_equal (presence (&world), cases[i].presence);
    asked = test_server_last (world.server, WORLD_PATH);
    assert_true (g_str_has_prefix (asked, "HEAD\n"));
    assert_int_equal (world_n_requests (&world), 1);
  }
}

static void
test_presence_of_what_is_listed_or_here (void **state)
{
  const TestAnswer answer = { .body = firmware };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  world.release.listed = TRUE;
  assert_int_equal (presence (&world), JMP_PRESENCE_YES);
  world.release.listed = FALSE;
  assert_int_equal (presence (&world), JMP_PRESENCE_UNKNOWN);
  fetched = jmp_fetcher_get (world.fetcher, &world.release, NULL, NULL, &error);
  assert_no_error (error);
  assert_int_equal (presence (&world), JMP_PRESENCE_YES);
  assert_int_equal (world_n_requests (&world), 1);
}

/* A version may be built later, and a wrong clock keeps no answer for ever. */
static void
test_presence_grows_old (void **state)
{
  static const char *const dates[] = { "1", "9999999999" };
  const TestAnswer answer = { .status = 404 };

  for (guint i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_auto (World) world = { 0 };
    JmpPresence out;

    world_open (&world);
    world.release.listed = FALSE;
    test_server_answer (world.server, WORLD_PATH, &answer, 1);
    assert_true (jmp_fetcher_probe (world.fetcher, &world.release, NULL, &out, NULL));
    assert_int_equal (presence (&world), JMP_PRESENCE_NO);
    world_set_dates (&world, dates[i]);
    assert_int_equal (presence (&world), JMP_PRESENCE_UNKNOWN);
  }
}

/* A network that fails says nothing about the release. */
static void
test_presence_that_nobody_can_tell (void **state)
{
  const TestAnswer answer = { .status = 403 };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  JmpPresence out = JMP_PRESENCE_YES;

  world_open (&world);
  world.release.listed = FALSE;
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  assert_false (jmp_fetcher_probe (world.fetcher, &world.release, NULL, &out, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "403");
  assert_int_equal (out, JMP_PRESENCE_YES);
  assert_int_equal (presence (&world), JMP_PRESENCE_UNKNOWN);
}

/* A download that finds nothing says what that means, and it is known from then on. */
static void
test_presence_after_a_download (void **state)
{
  const TestAnswer answer = { .status = 404 };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) listed = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  world.release.listed = TRUE;
  assert_null (jmp_fetcher_get (world.fetcher, &world.release, NULL, NULL, &listed));
  assert_error (listed, JMP_ERROR, JMP_ERROR_ABSENT, "no such file");
  world.release.listed = FALSE;
  world.release.version = (char *)"1.29.0";
  world.release.board_id = (char *)"PYBV11";
  assert_int_equal (presence (&world), JMP_PRESENCE_UNKNOWN);
  assert_null (jmp_fetcher_get (world.fetcher, &world.release, NULL, NULL, &error));
  assert_error (
      error, JMP_ERROR, JMP_ERROR_ABSENT, WORLD_FILE ": version 1.29.0 was not built for PYBV11");
  assert_int_equal (presence (&world), JMP_PRESENCE_NO);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_presence_is_asked_once),
    cmocka_unit_test (test_presence_of_what_is_listed_or_here),
    cmocka_unit_test (test_presence_grows_old),
    cmocka_unit_test (test_presence_that_nobody_can_tell),
    cmocka_unit_test (test_presence_after_a_download),
  };
  int failed;

  kit_forget_proxies ();
  firmware = kit_firmware (3000, 1);
  failed = cmocka_run_group_tests_name ("release-http/presence", tests, NULL, NULL);
  g_bytes_unref (firmware);
  return failed;
}
