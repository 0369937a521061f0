/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "world.h"

#include <string.h>

static gboolean
is_list_cb (GBytes *bytes, gpointer user_data, GError **error)
{
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (size > 0 && data[0] == '[')
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "no list");
  return FALSE;
}

static JmpList *
get_list (World *world, guint max_age_s, gboolean offline, GError **error)
{
  const JmpListRequest request = {
    .url = world->url,
    .kind = JMP_HTTP_JSON,
    .allow_plain = TRUE,
    .max_age_s = max_age_s,
    .offline = offline,
    .check = is_list_cb,
  };

  return jmp_fetcher_get_list (world->fetcher, &request, NULL, error);
}

static void
assert_list (const JmpList *list, const char *text, const char *old_because)
{
  assert_non_null (list);
  assert_memory_equal (g_bytes_get_data (list->bytes, NULL), text, strlen (text));
  if (old_because == NULL)
    assert_no_error (list->old_because);
  else
    assert_non_null (strstr (list->old_because->message, old_because));
}

/* Young: no request. Old: asked whether it has changed. No network, or nonsense: the old one. */
static void
test_list_is_refreshed (void **state)
{
  g_autoptr (GBytes) one = g_bytes_new_static ("[1]", 3);
  g_autoptr (GBytes) two = g_bytes_new_static ("[2]", 3);
  g_autoptr (GBytes) page = g_bytes_new_static ("<html>Log in", 12);
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("oops", 4);
  const TestAnswer answers[] = {
    { .body = one, .etag = "\"1\"" },
    { .body = one, .etag = "\"1\"" },
    { .body = page },
    { .body = nonsense },
    { .status = 404 },
    { .body = two },
  };
  static const struct {
    const char *name;
    guint max_age_s;
    gboolean offline;
    const char *text;
    const char *old_because;
    guint n_requests;
  } steps[] = {
    { "first", 3600, FALSE, "[1]", NULL, 1 },
    { "young", 3600, FALSE, "[1]", NULL, 1 },
    { "not changed", 0, FALSE, "[1]", NULL, 2 },
    { "captive portal", 0, FALSE, "[1]", "a web page came", 3 },
    { "nonsense", 0, FALSE, "[1]", "no list", 4 },
    { "gone", 0, FALSE, "[1]", "no such file", 5 },
    { "offline", 0, TRUE, "[1]", "the network is not to be used", 5 },
    { "changed", 0, FALSE, "[2]", NULL, 6 },
  };
  g_auto (World) world = { 0 };
  gsize i;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, G_N_ELEMENTS (answers));
  for (i = 0; i < G_N_ELEMENTS (steps); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpList) list = get_list (&world, steps[i].max_age_s, steps[i].offline, &error);

    print_message ("  %s\n", steps[i].name);
    assert_no_error (error);
    assert_list (list, steps[i].text, steps[i].old_because);
    assert_true (list->date > 0);
    assert_int_equal (world_n_requests (&world), steps[i].n_requests);
  }
}

static void
test_list_without_anything_fails (void **state)
{
  g_autoptr (GBytes) nonsense = g_bytes_new_static ("oops", 4);
  const TestAnswer answer = { .body = nonsense };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  assert_null (get_list (&world, 0, TRUE, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "not to be used");
  g_clear_error (&error);
  assert_null (get_list (&world, 0, FALSE, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "no list");
  assert_int_equal (jmp_cache_get_size (world.cache), 0);
}

/* The clock was wrong once: what it said then keeps no list young for ever. */
static void
test_list_does_not_believe_the_future (void **state)
{
  static const char *const dates[] = { "9999999999", "9223372036854775807", "0", "-5" };
  g_autoptr (GBytes) one = g_bytes_new_static ("[1]", 3);
  const TestAnswer answer = { .body = one };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (dates); i++) {
    g_auto (World) world = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpList) first = NULL;
    g_autoptr (JmpList) offline = NULL;
    g_autoptr (JmpList) second = NULL;

    world_open (&world);
    test_server_answer (world.server, WORLD_PATH, &answer, 1);
    first = get_list (&world, 3600, FALSE, &error);
    assert_no_error (error);
    world_set_dates (&world, dates[i]);
    offline = get_list (&world, 3600, TRUE, &error);
    assert_list (offline, "[1]", "not to be used");
    assert_int_equal (offline->date, 0);
    second = get_list (&world, 3600, FALSE, &error);
    assert_list (second, "[1]", NULL);
    assert_int_equal (world_n_requests (&world), 2);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_list_is_refreshed),
    cmocka_unit_test (test_list_without_anything_fails),
    cmocka_unit_test (test_list_does_not_believe_the_future),
  };

  kit_forget_proxies ();
  return cmocka_run_group_tests_name ("release-http/list", tests, NULL, NULL);
}
