/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "download-kit.h"

#include <string.h>

#define SIZE 300000

static GBytes *firmware;

static void
test_download_gets_a_file (void **state)
{
  const TestAnswer answer = { .body = firmware,
                              .type = "application/octet-stream",
                              .etag = "\"1\"" };
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  const JmpDownloadSettings settings = kit_settings (NULL);
  g_auto (KitGot) got = kit_get_from (server, &settings, JMP_HTTP_FIRMWARE, &answer, 1);
  g_autofree char *asked = test_server_last (server, "/a");

  assert_no_error (got.error);
  assert_bytes_equal (got.download->bytes, firmware);
  assert_string_equal (got.download->etag, "\"1\"");
  assert_false (got.download->resumed);
  assert_int_equal (got.n_requests, 1);
  assert_true (g_str_has_prefix (asked, "GET\nUser-Agent: Jumper/"));
}

/* An answer, and how it is refused. */
typedef struct {
  const char *name;
  JmpHttpKind kind;
  TestAnswer answer;
  const char *message;
  guint n_requests;
} Refusal;

static void
assert_refused (const Refusal *refusals, gsize n)
{
  gsize i;

  for (i = 0; i < n; i++) {
    g_auto (KitGot) got = kit_get (refusals[i].kind, &refusals[i].answer, 1);

    print_message ("  %s: %s\n", refusals[i].name, got.error != NULL ? got.error->message : "");
    assert_null (got.download);
    assert_null (got.broken);
    assert_error (got.error, JMP_ERROR, JMP_ERROR_NETWORK, refusals[i].message);
    assert_non_null (strstr (got.error->message, "127.0.0.1: "));
    assert_null (strstr (got.error->message, "/a"));
    assert_int_equal (got.n_requests, refusals[i].n_requests);
  }
}

static void
test_download_refuses_what_is_no_file (void **state)
{
  g_autoptr (GBytes) page = g_bytes_new_static ("\n <!DOCTYPE html><p>Log in", 25);
  g_autoptr (GBytes) json = g_bytes_new_static ("{\"error\": 1}", 12);
  g_autoptr (GBytes) list = g_bytes_new_static ("[]", 2);
  g_autoptr (GBytes)
      large = g_bytes_new_take (g_malloc0 (JMP_DOWNLOAD_MAX_LIST + 1), JMP_DOWNLOAD_MAX_LIST + 1);
  const Refusal refusals[] = {
    { "captive portal by its type",
      JMP_HTTP_FIRMWARE,
      { .type = "text/html; charset=utf-8", .body = firmware, .etag = "\"1\"" },
      "a web page came instead of the file",
      1 },
    { "captive portal by its look",
      JMP_HTTP_FIRMWARE,
      { .type = "application/octet-stream", .body = page, .etag = "\"1\"" },
      "a web page came instead of the file",
      1 },
    { "captive portal for a list", JMP_HTTP_JSON, { .body = page }, "a web page came", 1 },
    { "an error in JSON",
      JMP_HTTP_FIRMWARE,
      { .type = "application/json", .body = json },
      "something else came instead of the file, of type application/json",
      1 },
    { "a picture", JMP_HTTP_JSON, { .type = "image/png", .body = list }, "of type image/png", 1 },
    { "nothing", JMP_HTTP_FIRMWARE, { .status = 200 }, "the answer is empty", 1 },
    { "no content", JMP_HTTP_FIRMWARE, { .status = 204 }, "the server answered 204", 1 },
    { "a part that nobody asked for",
      JMP_HTTP_FIRMWARE,
      { .status = 206, .headers = "Content-Range: bytes 0-11/100", .body = json },
      "another part than it was asked for",
      3 },
    { "unchanged, though nothing was there",
      JMP_HTTP_FIRMWARE,
      { .status = 304 },
      "the server answered 304",
      1 },
    { "too large, and says so",
      JMP_HTTP_JSON,
      { .body = large },
      "too large: 8388609 bytes, at most 8388608",
      1 },
    { "too large without saying so",
      JMP_HTTP_JSON,
      {
          .body = large,
          .chunked = TRUE,
      },
      "too large: at most 8388608 bytes",
      1 },
    { "claims to be too large",
      JMP_HTTP_FIRMWARE,
      { .headers = "Content-Length: 99999999999", .chunked = TRUE, .body = json, .cut = 12 },
      "too large: 99999999999 bytes",
      1 },
    { "closes at once",
      JMP_HTTP_FIRMWARE,
      { .headers = "X: y", .body = json, .cut = 1 },
      "the connection broke off before the end",
      3 },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

/* As many requests as make sense: once more only where that may help. */
static void
test_download_takes_no_for_an_answer (void **state)
{
  static const Refusal refusals[] = {
    { "forbidden", JMP_HTTP_FIRMWARE, { .status = 403 }, "403", 1 },
    { "log-in wanted", JMP_HTTP_FIRMWARE, { .status = 511 }, "wants a log-in", 1 },
    { "server error", JMP_HTTP_FIRMWARE, { .status = 500 }, "the server answered 500", 3 },
    { "redirect to http",
      JMP_HTTP_FIRMWARE,
      { .status = 302, .headers = "Location: http://127.0.0.1:1/login" },
      "without encryption",
      1 },
    { "redirect to a file",
      JMP_HTTP_FIRMWARE,
      { .status = 302, .headers = "Location: file:///etc/passwd" },
      "an address that is not used",
      1 },
  };

  assert_refused (refusals, G_N_ELEMENTS (refusals));
}

/* What is not there can be told from a network that fails. */
static void
test_download_of_what_is_not_there (void **state)
{
  static const guint statuses[] = { 404, 410 };

  for (guint i = 0; i < G_N_ELEMENTS (statuses); i++) {
    const TestAnswer answer = { .status = statuses[i] };
    g_autoptr (TestServer) server = test_server_new (NULL, NULL);
    const JmpDownloadSettings settings = kit_settings (NULL);
    g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
    g_autofree char *url = test_server_url (server, "/a");
    const JmpDownloadRequest request = { .url = url, .allow_plain = TRUE };
    g_autoptr (GError) error = NULL;

    test_server_answer (server, "/a", &answer, 1);
    assert_null (jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_ABSENT, "there is no such file");
    assert_int_equal (test_server_count (server, "/a"), 1);
  }
}

static void
test_download_asks_no_bad_address (void **state)
{
  static const struct {
    const char *url;
    const char *message;
  } cases[] = {
    { "http://boards.invalid/a",
      "boards.invalid: without encryption (http) nothing is downloaded" },
    { "ftp://boards.invalid/a", "only https" },
    { "file:///etc/passwd", "not a web address" },
    { "https://person:secret@boards.invalid/a", "with a user name or password" },
    { "https://", "not a web address" },
    { "boards.invalid", "not a web address" },
    { "https://boards.invalid/a b", "not a web address" },
    { "https://boards.invalid/\r\nHost: x", "not a web address" },
    { "", "not a web address" },
  };
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (NULL);
  g_autofree char *endless = g_strnfill (1024 * 1024, 'a');
  g_autofree char *long_url = g_strconcat ("https://boards.invalid/", endless, NULL);
  gsize i;

  for (i = 0; i <= G_N_ELEMENTS (cases); i++) {
    gboolean last = i == G_N_ELEMENTS (cases);
    const JmpDownloadRequest request = { .url = last ? long_url : cases[i].url };
    g_autoptr (GError) error = NULL;

    assert_null (jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error));
    assert_error (
        error, JMP_ERROR, JMP_ERROR_NETWORK, last ? "not a web address" : cases[i].message);
    assert_null (strstr (error->message, "secret"));
  }
  assert_int_equal (jmp_downloader_get_n_requests (downloader), 0);
}

static void
test_download_without_a_server_fails_at_once (void **state)
{
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  g_autofree char *url = test_server_url (server, "/a");
  const JmpDownloadSettings settings = kit_settings (NULL);
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
  const JmpDownloadRequest request = { .url = url, .allow_plain = TRUE };
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&server, test_server_free);
  assert_null (jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "127.0.0.1: there is no connection");
  assert_int_equal (jmp_downloader_get_n_requests (downloader), 1);
}

/* A server that sends a byte now and then is given up; libcurl looks at the last five seconds. */
static void
test_download_gives_up_on_a_drip (void **state)
{
  const TestAnswer answer = { .body = firmware, .cut = 1000, .then = TEST_DRIP };
  JmpDownloadSettings settings = kit_settings (NULL);
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  g_auto (KitGot) got = { 0 };

  settings.attempts = 1;
  got = kit_get_from (server, &settings, JMP_HTTP_FIRMWARE, &answer, 1);
  assert_error (got.error, JMP_ERROR, JMP_ERROR_NETWORK, "the answer takes too long");
  assert_null (got.broken);
}

static void
test_download_ends_in_time (void **state)
{
  const TestAnswer answer = { .body = firmware, .cut = 1000, .then = TEST_HANG };
  JmpDownloadSettings settings = kit_settings (NULL);
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  g_auto (KitGot) got = { 0 };

  settings.stall_s = 600;
  settings.total_ms = 300;
  got = kit_get_from (server, &settings, JMP_HTTP_FIRMWARE, &answer, 1);
  assert_error (got.error, JMP_ERROR, JMP_ERROR_NETWORK, "the answer takes too long");
  assert_int_equal (got.n_requests, 1);
}

static void
test_download_tries_again (void **state)
{
  const TestAnswer once[] = { { .status = 503 }, { .status = 502 }, { .body = firmware } };
  const TestAnswer wait[] = { { .status = 429, .headers = "Retry-After: 1" },
                              { .body = firmware } };
  g_auto (KitGot) got = kit_get (JMP_HTTP_FIRMWARE, once, 3);
  g_auto (KitGot) waited = { 0 };
  gint64 began = g_get_monotonic_time ();

  assert_no_error (got.error);
  assert_bytes_equal (got.download->bytes, firmware);
  assert_int_equal (got.n_requests, 3);

  waited = kit_get (JMP_HTTP_FIRMWARE, wait, 2);
  assert_no_error (waited.error);
  assert_int_equal (waited.n_requests, 2);
  assert_true (g_get_monotonic_time () - began >= G_USEC_PER_SEC);
}

/* Who wants to be left alone for longer than we wait is left alone. */
static void
test_download_leaves_a_server_alone (void **state)
{
  static const struct {
    const char *name;
    TestAnswer answer;
  } cases[] = {
    { "Retry-After", { .status = 429, .headers = "Retry-After: 3000" } },
    { "busy", { .status = 503, .headers = "Retry-After: 9999999999" } },
    { "GitHub's limit",
      { .status = 403, .headers = "x-ratelimit-remaining: 0\nx-ratelimit-reset: 9999999999" } },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TestServer) server = test_server_new (NULL, NULL);
    const JmpDownloadSettings settings = kit_settings (NULL);
    g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
    g_autofree char *url = test_server_url (server, "/a");
    g_autofree char *other_url = test_server_url (server, "/b");
    const JmpDownloadRequest request = { .url = url, .allow_plain = TRUE };
    const JmpDownloadRequest other = { .url = other_url, .allow_plain = TRUE };
    g_autoptr (GError) first = NULL;
    g_autoptr (GError) second = NULL;

    print_message ("  %s\n", cases[i].name);
    test_server_answer (server, "/a", &cases[i].answer, 1);
    assert_null (jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &first));
    assert_error (first, JMP_ERROR, JMP_ERROR_NETWORK, "to be asked again in");
    assert_null (jmp_downloader_get (downloader, &other, NULL, NULL, NULL, NULL, &second));
    assert_error (second, JMP_ERROR, JMP_ERROR_NETWORK, "wants to be asked again in");
    assert_int_equal (jmp_downloader_get_n_requests (downloader), 1);
  }
}

static void
test_download_asks_whether_it_has_changed (void **state)
{
  g_autoptr (GBytes) list = g_bytes_new_static ("[1]", 3);
  const TestAnswer answer = { .body = list, .etag = "\"7\"", .type = "application/json" };
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (NULL);
  g_autofree char *url = test_server_url (server, "/a");
  JmpDownloadRequest request = {
    .url = url,
    .kind = JMP_HTTP_JSON,
    .allow_plain = TRUE,
    .accept = "application/vnd.github+json",
    .etag = "\"7\"",
  };
  g_autoptr (JmpDownload) same = NULL;
  g_autoptr (JmpDownload) changed = NULL;
  g_autofree char *asked = NULL;
  g_autoptr (GError) error = NULL;

  test_server_answer (server, "/a", &answer, 1);
  same = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error);
  assert_no_error (error);
  assert_null (same->bytes);
  asked = test_server_last (server, "/a");
  assert_non_null (strstr (asked, "Accept: application/vnd.github+json\nIf-None-Match: \"7\"\n"));

  request.etag = "\"6\"";
  changed = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error);
  assert_no_error (error);
  assert_bytes_equal (changed->bytes, list);
  assert_string_equal (changed->etag, "\"7\"");
}

static void
test_download_probes (void **state)
{
  static const struct {
    const char *name;
    TestAnswer answer;
    gboolean fails;
    gboolean exists;
  } cases[] = {
    { "there", { .type = "application/octet-stream" }, FALSE, TRUE },
    { "not built for this board", { .status = 404 }, FALSE, FALSE },
    { "removed", { .status = 410 }, FALSE, FALSE },
    { "captive portal", { .type = "text/html" }, TRUE, FALSE },
    { "not allowed", { .status = 405 }, TRUE, FALSE },
    { "server error", { .status = 500 }, TRUE, FALSE },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    TestAnswer answer = cases[i].answer;
    g_autoptr (TestServer) server = test_server_new (NULL, NULL);
    const JmpDownloadSettings settings = kit_settings (NULL);
    g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
    g_autofree char *url = test_server_url (server, "/a");
    g_autofree char *asked = NULL;
    g_autoptr (GError) error = NULL;
    JmpProbe probe = { 0 };
    gboolean ok;

    print_message ("  %s\n", cases[i].name);
    answer.body = firmware;
    test_server_answer (server, "/a", &answer, 1);
    ok = jmp_downloader_probe (downloader, url, TRUE, NULL, &probe, &error);
    asked = test_server_last (server, "/a");
    assert_true (g_str_has_prefix (asked, "HEAD\n"));
    assert_int_equal (ok, !cases[i].fails);
    assert_int_equal (probe.exists, cases[i].exists);
    assert_int_equal (probe.size, cases[i].exists ? g_bytes_get_size (firmware) : 0);
    if (cases[i].fails)
      assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "127.0.0.1");
  }
}

/* A host that does not exist is reached through the proxy of the environment. */
static void
test_download_uses_the_proxy_of_the_environment (void **state)
{
  const TestAnswer answer = { .body = firmware };
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  g_autofree char *proxy = test_server_url (server, "");
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (NULL);
  const JmpDownloadRequest request = { .url = "http://boards.invalid/a", .allow_plain = TRUE };
  g_autoptr (JmpDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  test_server_answer (server, "/a", &answer, 1);
  g_setenv ("http_proxy", proxy, TRUE);
  download = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error);
  g_unsetenv ("http_proxy");
  assert_no_error (error);
  assert_bytes_equal (download->bytes, firmware);
  assert_int_equal (test_server_count (server, "/a"), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_download_gets_a_file),
    cmocka_unit_test (test_download_refuses_what_is_no_file),
    cmocka_unit_test (test_download_takes_no_for_an_answer),
    cmocka_unit_test (test_download_of_what_is_not_there),
    cmocka_unit_test (test_download_asks_no_bad_address),
    cmocka_unit_test (test_download_without_a_server_fails_at_once),
    cmocka_unit_test (test_download_gives_up_on_a_drip),
    cmocka_unit_test (test_download_ends_in_time),
    cmocka_unit_test (test_download_tries_again),
    cmocka_unit_test (test_download_leaves_a_server_alone),
    cmocka_unit_test (test_download_asks_whether_it_has_changed),
    cmocka_unit_test (test_download_probes),
    cmocka_unit_test (test_download_uses_the_proxy_of_the_environment),
  };
  int failed;

  kit_forget_proxies ();
  firmware = kit_firmware (SIZE, 1);
  failed = cmocka_run_group_tests_name ("release-http/download", tests, NULL, NULL);
  g_bytes_unref (firmware);
  return failed;
}
