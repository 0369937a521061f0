/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "release/curl-private.h"

#define ASSERT_THERE(function) assert_non_null (jmp_curl.function);

static void
test_curl_is_there_when_it_was_asked_for (void **state)
{
  g_autoptr (GError) error = NULL;
  CURL *easy;
  long status = -1;

  assert_true (jmp_curl_ensure (&error));
  assert_null (error);
  JMP_CURL_FUNCTIONS (ASSERT_THERE)
  assert_string_equal (jmp_curl.easy_strerror (CURLE_OK), "No error");
  easy = jmp_curl.easy_init ();
  assert_non_null (easy);
  assert_int_equal (jmp_curl.easy_setopt (easy, CURLOPT_URL, "https://example.org/"), CURLE_OK);
  assert_int_equal (jmp_curl.easy_getinfo (easy, CURLINFO_RESPONSE_CODE, &status), CURLE_OK);
  assert_int_equal (status, 0);
  jmp_curl.easy_cleanup (easy);
}

/* Each thread that asks finds it whole. */
static gpointer
ask (gpointer data)
{
  return GINT_TO_POINTER (jmp_curl_ensure (NULL) && jmp_curl.slist_free_all != NULL);
}

static void
test_curl_is_there_for_every_thread (void **state)
{
  GThread *threads[8];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("ask", ask, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    assert_true (GPOINTER_TO_INT (g_thread_join (threads[i])));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_curl_is_there_for_every_thread),
    cmocka_unit_test (test_curl_is_there_when_it_was_asked_for),
  };

  return cmocka_run_group_tests_name ("core/release/curl", tests, NULL, NULL);
}
