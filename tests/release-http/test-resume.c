/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "download-kit.h"

#include <string.h>

#define SIZE 300000

static GBytes *firmware;

/* A connection that breaks twice: the parts make the whole, byte for byte. */
static void
test_resume_makes_a_whole (void **state)
{
  const TestAnswer answers[] = {
    { .body = firmware, .etag = "\"1\"", .cut = 100000 },
    { .body = firmware, .etag = "\"1\"", .cut = 70000 },
    { .body = firmware, .etag = "\"1\"" },
  };
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  const JmpDownloadSettings settings = kit_settings (NULL);
  g_auto (KitGot) got = kit_get_from (server, &settings, JMP_HTTP_FIRMWARE, answers, 3);
  g_autofree char *asked = test_server_last (server, "/a");

  assert_no_error (got.error);
  assert_bytes_equal (got.download->bytes, firmware);
  assert_true (got.download->resumed);
  assert_int_equal (got.n_requests, 3);
  assert_non_null (strstr (asked, "Range: bytes=170000-\nIf-Range: \"1\"\n"));
}

/* Whatever the server does instead of going on, the result is the file as it is now. */
static void
test_resume_starts_over_where_it_cannot (void **state)
{
  g_autoptr (GBytes) newer = kit_firmware (SIZE, 99);
  const struct {
    const char *name;
    TestAnswer first;
    TestAnswer second;
    TestAnswer third;
    guint n_requests;
  } cases[] = {
    { "ignores ranges",
      { .body = firmware, .etag = "\"1\"", .cut = 100000 },
      { .body = newer },
      { 0 },
      2 },
    { "does not look at the version",
      { .body = firmware, .etag = "\"1\"", .cut = 100000 },
      { .body = newer, .ignores_version = TRUE },
      { .body = newer },
      3 },
    { "has another version now",
      { .body = firmware, .etag = "\"1\"", .cut = 100000 },
      { .body = newer, .etag = "\"2\"" },
      { 0 },
      2 },
    { "sends another part",
      { .body = firmware, .etag = "\"1\"", .cut = 100000 },
      { .body = firmware, .etag = "\"1\"", .shift = 1 },
      { .body = newer, .etag = "\"2\"" },
      3 },
    { "refuses the range",
      { .body = firmware, .etag = "\"1\"", .cut = 100000 },
      { .status = 416 },
      { .body = newer },
      3 },
    { "has names for bytes that are not the same",
      { .body = firmware, .etag = "W/\"1\"", .cut = 100000 },
      { .body = newer, .etag = "W/\"1\"" },
      { 0 },
      2 },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    const TestAnswer answers[] = { cases[i].first, cases[i].second, cases[i].third };
    g_auto (KitGot) got = kit_get (JMP_HTTP_FIRMWARE, answers, cases[i].n_requests);

    print_message ("  %s\n", cases[i].name);
    assert_no_error (got.error);
    assert_bytes_equal (got.download->bytes, newer);
    assert_false (got.download->resumed);
    assert_int_equal (got.n_requests, cases[i].n_requests);
  }
}

typedef struct {
  GCancellable *cancellable;
  guint64 most;
  guint n;
  gboolean wrong;
} Watch;

static void
cancel_cb (const JmpDownloadProgress *progress, gpointer user_data)
{
  Watch *watch = user_data;

  watch->most = progress->bytes;
  if (progress->total != g_bytes_get_size (firmware))
    watch->wrong = TRUE;
  if (progress->bytes >= 100000)
    g_cancellable_cancel (watch->cancellable);
}

static void
test_resume_after_a_cancel (void **state)
{
  const TestAnswer answers[] = {
    { .body = firmware, .etag = "\"1\"", .cut = 100000, .then = TEST_HANG },
    { .body = firmware, .etag = "\"1\"" },
  };
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  const JmpDownloadSettings settings = kit_settings (NULL);
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
  g_autofree char *url = test_server_url (server, "/a");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  JmpDownloadRequest request = { .url = url, .allow_plain = TRUE };
  Watch watch = { .cancellable = cancellable };
  g_auto (KitGot) got = { 0 };

  test_server_answer (server, "/a", answers, 2);
  got.download = jmp_downloader_get (
      downloader, &request, cancel_cb, &watch, cancellable, &got.broken, &got.error);
  assert_null (got.download);
  assert_error (got.error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  assert_false (watch.wrong);
  assert_int_equal (watch.most, 100000);
  assert_int_equal (g_bytes_get_size (got.broken->bytes), 100000);

  g_clear_error (&got.error);
  request.have = got.broken->bytes;
  request.etag = got.broken->etag;
  request.last_modified = got.broken->last_modified;
  got.download = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &got.error);
  assert_no_error (got.error);
  assert_bytes_equal (got.download->bytes, firmware);
  assert_true (got.download->resumed);
  assert_int_equal (test_server_count (server, "/a"), 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_resume_makes_a_whole),
    cmocka_unit_test (test_resume_starts_over_where_it_cannot),
    cmocka_unit_test (test_resume_after_a_cancel),
  };
  int failed;

  kit_forget_proxies ();
  firmware = kit_firmware (SIZE, 1);
  failed = cmocka_run_group_tests_name ("release-http/resume", tests, NULL, NULL);
  g_bytes_unref (firmware);
  return failed;
}
