/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "download-kit.h"

#define SIZE 300000

static GBytes *firmware;

static void
test_callers_may_give_up_before (void **state)
{
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const JmpDownloadRequest request = { .url = "https://boards.invalid/a" };
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  assert_null (jmp_downloader_get (downloader, &request, NULL, NULL, cancellable, NULL, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  assert_int_equal (jmp_downloader_get_n_requests (downloader), 0);
}

#define N_CALLERS 5

typedef struct {
  TestServer *server;
  JmpDownloader *downloader;
  const char *url;
  GCancellable *leaves; /* who is cancelled once all are there */
  gint n_there;
} Crowd;

typedef struct {
  Crowd *crowd;
  GThread *thread;
  gboolean first;
  gboolean counted;
  KitGot got;
} Caller;

/* The last one to arrive lets the server go on; the first one leaves. */
static void
arrive_cb (const JmpDownloadProgress *progress, gpointer user_data)
{
  Caller *caller = user_data;
  Crowd *crowd = caller->crowd;

  if (caller->counted)
    return;
  caller->counted = TRUE;
  if (g_atomic_int_add (&crowd->n_there, 1) + 1 < N_CALLERS)
    return;
  g_cancellable_cancel (crowd->leaves);
  test_server_release (crowd->server);
}

static gpointer
caller_thread_func (gpointer data)
{
  Caller *caller = data;
  const JmpDownloadRequest request = { .url = caller->crowd->url, .allow_plain = TRUE };

  caller->got.download = jmp_downloader_get (caller->crowd->downloader,
                                             &request,
                                             arrive_cb,
                                             caller,
                                             caller->first ? caller->crowd->leaves : NULL,
                                             NULL,
                                             &caller->got.error);
  return NULL;
}

/* Five callers for one address, the first of which gives up: one request, four results. */
static void
test_callers_share_a_request (void **state)
{
  const TestAnswer answer = { .body = firmware, .cut = 1000, .then = TEST_HOLD };
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  JmpDownloadSettings settings = kit_settings (NULL);
  g_autoptr (JmpDownloader) downloader = NULL;
  g_autofree char *url = test_server_url (server, "/a");
  g_autoptr (GCancellable) leaves = g_cancellable_new ();
  Crowd crowd = { .server = server, .url = url, .leaves = leaves };
  Caller callers[N_CALLERS] = { 0 };
  gsize i;

  settings.stall_s = 60;
  downloader = jmp_downloader_new (&settings);
  crowd.downloader = downloader;
  test_server_answer (server, "/a", &answer, 1);
  for (i = 0; i < N_CALLERS; i++) {
    callers[i].crowd = &crowd;
    callers[i].first = i == 0;
    callers[i].thread = g_thread_new ("caller", caller_thread_func, &callers[i]);
  }
  for (i = 0; i < N_CALLERS; i++)
    g_thread_join (callers[i].thread);
  for (i = 0; i < N_CALLERS; i++) {
    if (callers[i].got.download != NULL || i > 0)
      assert_bytes_equal (callers[i].got.download->bytes, firmware);
    else
      assert_error (callers[i].got.error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
    kit_got_clear (&callers[i].got);
  }
  assert_int_equal (jmp_downloader_get_n_requests (downloader), 1);
  assert_int_equal (test_server_count (server, "/a"), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_callers_may_give_up_before),
    cmocka_unit_test (test_callers_share_a_request),
  };
  int failed;

  kit_forget_proxies ();
  firmware = kit_firmware (SIZE, 1);
  failed = cmocka_run_group_tests_name ("release-http/callers", tests, NULL, NULL);
  g_bytes_unref (firmware);
  return failed;
}
