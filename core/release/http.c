/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/http.h"

#include "base/error.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"

/* Nothing but visible ASCII: what else there is, RFC 3986 wants percent-encoded. */
static gboolean
is_plain_text (const char *url)
{
  gsize length = 0;

  for (; url[length] != '\0'; length++) {
    if (!g_ascii_isgraph (url[length]) || length >= JMP_HTTP_MAX_URL)
      return FALSE;
  }
  return length > 0;
}

/**
 * jmp_http_check_url:
 * @url: an address
 * @allow_plain: whether http is allowed beside https
 * @error: return location for a #GError
 *
 * Checks that an address may be asked: https, or http where a person's own source says so; a host;
 * no user name or password, which would end up in files and messages; nothing but visible ASCII, at
 * most %JMP_HTTP_MAX_URL bytes (RFC 3986).
 *
 * Errors: %JMP_ERROR_NETWORK, naming the host at most.
 *
 * Returns: %TRUE when it may be asked
 */
gboolean
jmp_http_check_url (const char *url, gboolean allow_plain, GError **error)
{
  g_autoptr (GUri) uri = NULL;
  const char *host;
  const char *problem = NULL;

  if (is_plain_text (url))
    uri = g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL);
  host = uri != NULL ? g_uri_get_host (uri) : NULL;
  if (host == NULL || *host == '\0') {
    g_set_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "not a web address");
    return FALSE;
  }
  if (g_uri_get_userinfo (uri) != NULL)
    problem = "an address with a user name or password is not used";
  else if (g_str_equal (g_uri_get_scheme (uri), "http") && !allow_plain)
    problem = "without encryption (http) nothing is downloaded";
  else if (!g_str_equal (g_uri_get_scheme (uri), "http")
           && !g_str_equal (g_uri_get_scheme (uri), "https"))
    problem = "only https is used";
  if (problem == NULL)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "%s: %s", host, problem);
  return FALSE;
}

/**
 * jmp_http_is_encrypted:
 * @url: an address
 *
 * Returns: whether it starts with https, so that what comes from there came from that host
 */
gboolean
jmp_http_is_encrypted (const char *url)
{
  return g_ascii_strncasecmp (url, "https://", strlen ("https://")) == 0;
}

/**
 * jmp_http_get_host:
 * @url: an address
 *
 * What a message may show of an address: paths and queries can hold secrets.
 *
 * Returns: (transfer full): the host name, or "the address" when there is none
 */
char *
jmp_http_get_host (const char *url)
{
  g_autoptr (GUri) uri = is_plain_text (url) ? g_uri_parse (url, G_URI_FLAGS_ENCODED, NULL) : NULL;
  const char *host = uri != NULL ? g_uri_get_host (uri) : NULL;

  return g_strdup (host != NULL && *host != '\0' ? host : "the address");
}

/**
 * jmp_http_is_field:
 * @value: (nullable): text that is to stand in a header
 *
 * Returns: whether it can stand there: not empty, not long, and no line break or other control
 *   character that would begin another header (RFC 9110, 5.5)
 */
gboolean
jmp_http_is_field (const char *value)
{
  gsize length = 0;

  if (value == NULL)
    return FALSE;
  for (; value[length] != '\0'; length++) {
    if (g_ascii_iscntrl (value[length]) || length >= 1024)
      return FALSE;
  }
  return length > 0;
}

/**
 * jmp_http_is_strong:
 * @etag: (nullable): an ETag
 *
 * Returns: whether equal tags mean equal bytes, so that a download can go on where it broke off
 *   (RFC 9110, 13.1.5)
 */
gboolean
jmp_http_is_strong (const char *etag)
{
  return jmp_http_is_field (etag) && etag[0] == '"';
}

/**
 * jmp_http_type_fits:
 * @kind: what was asked for
 * @content_type: (nullable): the Content-Type of the answer
 *
 * Whether an answer can be what was asked for, before its bytes are looked at. Servers know few types
 * of firmware files, so only types that say something else are refused.
 *
 * Returns: %FALSE for an answer that is something else
 */
gboolean
jmp_http_type_fits (JmpHttpKind kind, const char *content_type)
{
  static const char *const never[] = {
    "text/html", "application/xhtml+xml", "image/", "audio/", "video/", "font/",
  };
  static const char *const no_firmware[] = { "application/json", "application/xml", "text/xml" };
  gsize i;

  if (content_type == NULL || kind == JMP_HTTP_PAGE)
    return TRUE;
  for (i = 0; i < G_N_ELEMENTS (never); i++) {
    if (g_ascii_strncasecmp (content_type, never[i], strlen (never[i])) == 0)
      return FALSE;
  }
  for (i = 0; kind == JMP_HTTP_FIRMWARE && i < G_N_ELEMENTS (no_firmware); i++) {
    if (g_ascii_strncasecmp (content_type, no_firmware[i], strlen (no_firmware[i])) == 0)
      return FALSE;
  }
  return TRUE;
}

static gboolean
begins_with (const guint8 *data, gsize size, const char *text)
{
  gsize length = strlen (text);

  return size >= length && g_ascii_strncasecmp ((const char *)data, text, length) == 0;
}

/**
 * jmp_http_is_page:
 * @data: (array length=size): an answer, or its beginning
 * @size: number of bytes
 *
 * Returns: whether it is a web page by its look: what captive portals and error pages send with
 *   status 200
 */
gboolean
jmp_http_is_page (const guint8 *data, gsize size)
{
  gsize at = begins_with (data, size, BYTE_ORDER_MARK) ? strlen (BYTE_ORDER_MARK) : 0;

  while (at < size && g_ascii_isspace (data[at]))
    at++;
  if (at == size)
    return FALSE;
  return begins_with (data + at, size - at, "<!doctype")
         || begins_with (data + at, size - at, "<html");
}

/**
 * jmp_http_parse_range:
 * @content_range: a Content-Range header, such as "bytes 100-299/300"
 * @first: (out): offset of the first byte that comes
 * @total: (out): size of the whole, 0 when the server does not say
 *
 * Reads what part of the whole an answer is (RFC 9110, 14.4).
 *
 * Returns: %FALSE when it makes no sense
 */
gboolean
jmp_http_parse_range (const char *content_range, guint64 *first, guint64 *total)
{
  g_auto (GStrv) parts = NULL;
  g_auto (GStrv) ends = NULL;
  guint64 last;

  *total = 0;
  if (g_ascii_strncasecmp (content_range, "bytes ", strlen ("bytes ")) != 0)
    return FALSE;
  parts = g_strsplit (content_range + strlen ("bytes "), "/", -1);
  if (g_strv_length (parts) != 2)
    return FALSE;
  ends = g_strsplit (parts[0], "-", -1);
  if (g_strv_length (ends) != 2
      || !g_ascii_string_to_unsigned (ends[0], 10, 0, G_MAXINT64, first, NULL)
      || !g_ascii_string_to_unsigned (ends[1], 10, *first, G_MAXINT64, &last, NULL))
    return FALSE;
  return g_str_equal (parts[1], "*")
         || g_ascii_string_to_unsigned (parts[1], 10, last + 1, G_MAXINT64, total, NULL);
}

/**
 * jmp_http_is_passing:
 * @status: an HTTP status
 *
 * Returns: whether the same request may succeed a little later (RFC 9110, 15.5.9 and 15.6; RFC 6585)
 */
gboolean
jmp_http_is_passing (long status)
{
  return status == 408 || status == 429 || status == 500 || status == 502 || status == 503
         || status == 504;
}

/**
 * jmp_http_pause:
 * @attempt: how many attempts have failed, from 1
 * @first_ms: the pause after the first, in milliseconds
 * @longest_ms: the longest pause, in milliseconds
 *
 * Returns: milliseconds to wait before the next attempt: each pause is twice the one before
 */
guint
jmp_http_pause (guint attempt, guint first_ms, guint longest_ms)
{
  guint64 pause = first_ms;

  for (; attempt > 1 && pause > 0 && pause < longest_ms; attempt--)
    pause *= 2;
  return (guint)MIN (pause, longest_ms);
}
