/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "download-kit.h"

void
kit_got_clear (KitGot *got)
{
  g_clear_pointer (&got->download, jmp_download_unref);
  g_clear_pointer (&got->broken, jmp_download_unref);
  g_clear_error (&got->error);
}

KitGot
kit_get_from (TestServer *server,
              const JmpDownloadSettings *settings,
              JmpHttpKind kind,
              const TestAnswer *answers,
              guint n)
{
  g_autoptr (JmpDownloader) downloader = jmp_downloader_new (settings);
  g_autofree char *url = test_server_url (server, "/a");
  const JmpDownloadRequest request = { .url = url, .kind = kind, .allow_plain = TRUE };
  KitGot got = { 0 };

  test_server_answer (server, "/a", answers, n);
  got.download = jmp_downloader_get (
      downloader, &request, NULL, NULL, NULL, &got.broken, &got.error);
  got.n_requests = jmp_downloader_get_n_requests (downloader);
  return got;
}

KitGot
kit_get (JmpHttpKind kind, const TestAnswer *answers, guint n)
{
  g_autoptr (TestServer) server = test_server_new (NULL, NULL);
  const JmpDownloadSettings settings = kit_settings (NULL);

  return kit_get_from (server, &settings, kind, answers, n);
}

void
assert_bytes_equal (GBytes *actual, GBytes *expected)
{
  assert_non_null (actual);
  assert_int_equal (g_bytes_get_size (actual), g_bytes_get_size (expected));
  assert_true (g_bytes_equal (actual, expected));
}
