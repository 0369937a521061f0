/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "release-kit.h"
#include "test-server.h"

#include <string.h>

static char *folder;
static GBytes *firmware;

static char *
in_folder (const char *name, const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

static TestServer *
start (const char *certificate)
{
  g_autofree char *pem = in_folder (certificate, ".pem");
  g_autofree char *key = in_folder (certificate, ".key");

  return test_server_new (pem, key);
}

/* @authority: (nullable): whom to trust; %NULL for the system's. */
static JmpDownload *
get (const char *url, const char *authority, guint *n_requests, GError **error)
{
  g_autofree char *ca_file = authority != NULL ? in_folder (authority, ".pem") : NULL;
  const JmpDownloadSettings settings = kit_settings (ca_file);
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
  const JmpDownloadRequest request = { .url = url };
  JmpDownload *download;

  download = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, error);
  *n_requests = jmp_downloader_get_n_requests (downloader);
  return download;
}

static void
test_tls_gets_a_file (void **state)
{
  const TestAnswer answers[] = {
    { .body = firmware, .etag = "\"1\"", .cut = 100000 },
    { .body = firmware, .etag = "\"1\"" },
  };
  g_autoptr (TestServer) server = start ("good");
  g_autofree char *url = test_server_url (server, "/a");
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDownload) download = NULL;
  guint n_requests;

  test_server_answer (server, "/a", answers, 2);
  download = get (url, "ca", &n_requests, &error);
  assert_no_error (error);
  assert_true (g_bytes_equal (download->bytes, firmware));
  assert_int_equal (n_requests, 2);
}

static void
test_tls_refuses_who_cannot_be_trusted (void **state)
{
  static const struct {
    const char *name;
    const char *certificate;
    const char *authority;
    const char *message;
  } cases[] = {
    { "wrong authority", "good", "other", "its certificate is not trusted" },
    { "an authority that the system does not know",
      "good",
      NULL,
      "its certificate is not trusted" },
    { "wrong host", "host", "ca", "its certificate is not trusted" },
    { "expired", "expired", "ca", "expired" },
    { "no authority at all", "good", "absent", "the certificates to trust cannot be read" },
  };
  const TestAnswer answer = { .body = firmware };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (TestServer) server = start (cases[i].certificate);
    g_autofree char *url = test_server_url (server, "/a");
    g_autoptr (GError) error = NULL;
    guint n_requests;

    test_server_answer (server, "/a", &answer, 1);
    assert_null (get (url, cases[i].authority, &n_requests, &error));
    print_message ("  %s: %s\n", cases[i].name, error->message);
    assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, cases[i].message);
    assert_int_equal (n_requests, 1);
    assert_int_equal (test_server_count (server, "/a"), 0);
  }
}

/* The server waits for the end of a line that a TLS client does not send. */
static void
test_tls_is_not_spoken_by_a_plain_server (void **state)
{
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  g_autofree char *plain = test_server_url (server, "/a");
  g_autofree char *url = g_strconcat ("https", plain + strlen ("http"), NULL);
  JmpDownloadSettings settings = kit_settings (NULL);
  g_autoptr (JmpDownloader) downloader = NULL;
  const JmpDownloadRequest request = { .url = url };
  g_autoptr (GError) error = NULL;

  settings.connect_ms = 300;
  downloader = jmp_downloader_new (&settings);
  assert_null (jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "127.0.0.1: ");
  assert_int_equal (jmp_downloader_get_n_requests (downloader), 1);
}

/* Redirects are followed to https alone, and not for ever. */
static void
test_tls_follows_redirects (void **state)
{
  g_autoptr (TestServer) server = start ("good");
  g_autoptr (TestServer) plain = test_server_new (NULL, NULL);
  g_autofree char *there = test_server_url (server, "/there");
  g_autofree char *unsafe = test_server_url (plain, "/unsafe");
  g_autofree char *to_there = g_strconcat ("Location: ", there, NULL);
  g_autofree char *to_unsafe = g_strconcat ("Location: ", unsafe, NULL);
  const TestAnswer file = { .body = firmware };
  const TestAnswer good = { .status = 302, .headers = to_there };
  const TestAnswer bad = { .status = 301, .headers = to_unsafe };
  const TestAnswer loop = { .status = 307, .headers = "Location: /loop" };
  static const struct {
    const char *path;
    const char *message;
  } cases[] = {
    { "/good", NULL },
    { "/bad", "without encryption" },
    { "/loop", "from one address to the next without end" },
  };
  gsize i;

  test_server_answer (server, "/there", &file, 1);
  test_server_answer (plain, "/unsafe", &file, 1);
  test_server_answer (server, "/good", &good, 1);
  test_server_answer (server, "/bad", &bad, 1);
  test_server_answer (server, "/loop", &loop, 1);
  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *url = test_server_url (server, cases[i].path);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDownload) download = NULL;
    guint n_requests;

    download = get (url, "ca", &n_requests, &error);
    if (cases[i].message == NULL)
      assert_no_error (error);
    else
      assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, cases[i].message);
    assert_int_equal (n_requests, 1);
  }
  assert_int_equal (test_server_count (plain, "/unsafe"), 0);
  assert_in_range (test_server_count (server, "/loop"), 2, 10);
}

/* A plain server of a person's own source may send to https. */
static void
test_tls_is_reached_from_a_plain_source (void **state)
{
  g_autoptr (TestServer) server = start ("good");
  g_autoptr (TestServer) plain = test_server_new (NULL, NULL);
  g_autofree char *there = test_server_url (server, "/there");
  g_autofree char *url = test_server_url (plain, "/here");
  g_autofree char *to_there = g_strconcat ("Location: ", there, NULL);
  g_autofree char *ca_file = in_folder ("ca", ".pem");
  const TestAnswer file = { .body = firmware };
  const TestAnswer redirect = { .status = 302, .headers = to_there };
  const JmpDownloadSettings settings = kit_settings (ca_file);
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (&settings);
  const JmpDownloadRequest request = { .url = url, .allow_plain = TRUE };
  g_autoptr (JmpDownload) download = NULL;
  g_autoptr (GError) error = NULL;

  test_server_answer (server, "/there", &file, 1);
  test_server_answer (plain, "/here", &redirect, 1);
  download = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error);
  assert_no_error (error);
  assert_true (g_bytes_equal (download->bytes, firmware));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_tls_gets_a_file),
    cmocka_unit_test (test_tls_refuses_who_cannot_be_trusted),
    cmocka_unit_test (test_tls_is_not_spoken_by_a_plain_server),
    cmocka_unit_test (test_tls_follows_redirects),
    cmocka_unit_test (test_tls_is_reached_from_a_plain_source),
  };
  int failed = 77;

  kit_forget_proxies ();
  folder = kit_folder ();
  firmware = kit_firmware (300000, 1);
  if (kit_certificates (folder))
    failed = cmocka_run_group_tests_name ("release-http/tls", tests, NULL, NULL);
  kit_remove (folder);
  g_free (folder);
  g_bytes_unref (firmware);
  return failed;
}
