/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "release/http.h"

#include <string.h>

static void
test_http_checks_addresses (void **state)
{
  static const struct {
    const char *url;
    gboolean allow_plain;
    const char *message;
  } cases[] = {
    { "https://micropython.org/resources/firmware/PYBV11-20260824-v1.29.0.dfu", FALSE, NULL },
    { "HTTPS://micropython.org/a", FALSE, NULL },
    { "https://[::1]:8443/a?b=c#d", FALSE, NULL },
    { "http://boards.invalid/a", TRUE, NULL },
    { "http://boards.invalid/a", FALSE, "boards.invalid: without encryption" },
    { "ftp://boards.invalid/a", TRUE, "boards.invalid: only https" },
    { "https://a:b@boards.invalid/", TRUE, "boards.invalid: an address with a user name" },
    { "https://a@boards.invalid/", TRUE, "boards.invalid: an address with a user name" },
    { "file:///etc/passwd", TRUE, "not a web address" },
    { "https:///a", TRUE, "not a web address" },
    { "https://boards.invalid:99999999/", TRUE, "not a web address" },
    { "//boards.invalid/a", TRUE, "not a web address" },
    { "https://boards.invalid/\xC3\xA4", TRUE, "not a web address" },
    { "https://boards.invalid/\n", TRUE, "not a web address" },
    { "", TRUE, "not a web address" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean ok = jmp_http_check_url (cases[i].url, cases[i].allow_plain, &error);

    print_message ("  %s\n", cases[i].url);
    assert_int_equal (ok, cases[i].message == NULL);
    if (!ok)
      assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, cases[i].message);
  }
}

static void
test_http_names_hosts_alone (void **state)
{
  static const struct {
    const char *url;
    const char *host;
  } cases[] = {
    { "https://micropython.org/a?token=secret", "micropython.org" },
    { "https://me:secret@boards.invalid:8443/", "boards.invalid" },
    { "secret", "the address" },
    { "https:///secret", "the address" },
    { "https://a b/secret", "the address" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *host = jmp_http_get_host (cases[i].url);

    assert_string_equal (host, cases[i].host);
  }
  assert_true (jmp_http_is_encrypted ("https://a/"));
  assert_true (jmp_http_is_encrypted ("HTTPS://a/"));
  assert_false (jmp_http_is_encrypted ("http://a/"));
}

static void
test_http_takes_fields_and_tags (void **state)
{
  g_autofree char *endless = g_strnfill (5000, 'a');

  assert_true (jmp_http_is_field ("W/\"1\""));
  assert_false (jmp_http_is_field (NULL));
  assert_false (jmp_http_is_field (""));
  assert_false (jmp_http_is_field ("1\r\nHost: elsewhere"));
  assert_false (jmp_http_is_field (endless));
  assert_true (jmp_http_is_strong ("\"1\""));
  assert_false (jmp_http_is_strong ("W/\"1\""));
  assert_false (jmp_http_is_strong (NULL));
}

static void
test_http_judges_types (void **state)
{
  static const struct {
    const char *type;
    gboolean firmware;
    gboolean json;
  } cases[] = {
    { NULL, TRUE, TRUE },
    { "", TRUE, TRUE },
    { "application/octet-stream", TRUE, TRUE },
    { "text/plain; charset=utf-8", TRUE, TRUE },
    { "application/json", FALSE, TRUE },
    { "application/xml", FALSE, TRUE },
    { "TEXT/HTML; charset=utf-8", FALSE, FALSE },
    { "application/xhtml+xml", FALSE, FALSE },
    { "image/png", FALSE, FALSE },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    assert_int_equal (jmp_http_type_fits (JMP_HTTP_FIRMWARE, cases[i].type), cases[i].firmware);
    assert_int_equal (jmp_http_type_fits (JMP_HTTP_JSON, cases[i].type), cases[i].json);
    assert_true (jmp_http_type_fits (JMP_HTTP_PAGE, cases[i].type));
  }
}

static void
test_http_knows_a_page_by_its_look (void **state)
{
  static const struct {
    const char *text;
    gboolean page;
  } cases[] = {
    { "<!DOCTYPE html>", TRUE },
    { "\r\n\t <html lang=en>", TRUE },
    { "\xEF\xBB\xBF<HTML>", TRUE },
    { "<!doctyp", FALSE },
    { "<htm", FALSE },
    { "DfuSe\1", FALSE },
    { "{\"a\": \"<html>\"}", FALSE },
    { "   ", FALSE },
    { "", FALSE },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (jmp_http_is_page ((const guint8 *)cases[i].text, strlen (cases[i].text)),
                      cases[i].page);
  assert_false (jmp_http_is_page (NULL, 0));
}

static void
test_http_reads_ranges (void **state)
{
  static const struct {
    const char *text;
    gboolean ok;
    guint64 first;
    guint64 total;
  } cases[] = {
    { "bytes 100-299/300", TRUE, 100, 300 },
    { "Bytes 0-0/1", TRUE, 0, 1 },
    { "bytes 100-299/*", TRUE, 100, 0 },
    { "bytes */300", FALSE, 0, 0 },
    { "bytes 299-100/300", FALSE, 0, 0 },
    { "bytes 100-300/300", FALSE, 0, 0 },
    { "bytes 100-299", FALSE, 0, 0 },
    { "bytes -5-299/300", FALSE, 0, 0 },
    { "bytes 100-99999999999999999999/300", FALSE, 0, 0 },
    { "lines 1-2/3", FALSE, 0, 0 },
    { "", FALSE, 0, 0 },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    guint64 first = 0;
    guint64 total = 0;
    gboolean ok = jmp_http_parse_range (cases[i].text, &first, &total);

    print_message ("  %s\n", cases[i].text);
    assert_int_equal (ok, cases[i].ok);
    if (!ok)
      continue;
    assert_int_equal (first, cases[i].first);
    assert_int_equal (total, cases[i].total);
  }
}

static void
test_http_waits_longer_each_time (void **state)
{
  static const guint expected[] = { 500, 1000, 2000, 4000, 8000, 10000, 10000 };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (expected); i++)
    assert_int_equal (jmp_http_pause (i + 1, 500, 10000), expected[i]);
  assert_int_equal (jmp_http_pause (G_MAXUINT, 1, 10000), 10000);
  assert_int_equal (jmp_http_pause (3, 0, 10000), 0);
  assert_int_equal (jmp_http_pause (1, 500, 100), 100);
  assert_true (jmp_http_is_passing (429));
  assert_true (jmp_http_is_passing (503));
  assert_false (jmp_http_is_passing (404));
  assert_false (jmp_http_is_passing (501));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_http_checks_addresses),
    cmocka_unit_test (test_http_names_hosts_alone),
    cmocka_unit_test (test_http_takes_fields_and_tags),
    cmocka_unit_test (test_http_judges_types),
    cmocka_unit_test (test_http_knows_a_page_by_its_look),
    cmocka_unit_test (test_http_reads_ranges),
    cmocka_unit_test (test_http_waits_longer_each_time),
  };

  return cmocka_run_group_tests_name ("core/release/http", tests, NULL, NULL);
}
