/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"
#include "release/http-transfer-private.h"

/* A server is never obeyed for longer: its clock or ours may be wrong. */
#define LONGEST_HOLD_S 3600

static const char *
describe_status (long status)
{
  switch (status) {
  case 403:
    return "the server refuses this, or too much was asked for lately (403)";
  case 404:
  case 410:
    return "there is no such file";
  case 407:
    return "the proxy wants a user name and password (407)";
  case 429:
    return "too much was asked for lately (429)";
  case 511:
    return "the network wants a log-in first (511)";
  default:
    return NULL;
  }
}

static const char *
describe_code (CURLcode code)
{
  if (code == CURLE_COULDNT_RESOLVE_HOST)
    return "there is no such host, or no network";
  if (code == CURLE_COULDNT_RESOLVE_PROXY)
    return "the proxy is not found";
  if (code == CURLE_COULDNT_CONNECT)
    return "there is no connection";
  if (code == CURLE_OPERATION_TIMEDOUT)
    return "the answer takes too long";
  if (code == CURLE_PARTIAL_FILE)
    return "the connection broke off before the end";
  if (code == CURLE_TOO_MANY_REDIRECTS)
    return "it sends from one address to the next without end";
  if (code == CURLE_UNSUPPORTED_PROTOCOL || code == CURLE_URL_MALFORMAT)
    return "it sends to an address that is not used, such as one without encryption (http)";
  if (code == CURLE_WRITE_ERROR)
    return "the server sends another part than it was asked for";
  if (code == CURLE_GOT_NOTHING)
    return "there was no answer";
  return jmp_curl.easy_strerror (code);
}

/*
 * jmp_http_failure:
 * @code: how libcurl ended
 * @status: HTTP status, 0 without one
 * @host: host name
 * @details: what libcurl says about the certificate
 *
 * Puts a failed attempt into words. libcurl's own text is taken for certificates alone: elsewhere it
 * may hold the address.
 *
 * Returns: %JMP_ERROR_NETWORK; %JMP_ERROR_ABSENT where the server says that there is no such file
 */
GError *
jmp_http_failure (CURLcode code, long status, const char *host, const char *details)
{
  if (code == CURLE_HTTP_RETURNED_ERROR && describe_status (status) == NULL)
    return g_error_new (JMP_ERROR, JMP_ERROR_NETWORK, "%s: the server answered %ld", host, status);
  if (code == CURLE_HTTP_RETURNED_ERROR)
    return g_error_new (JMP_ERROR,
                        status == 404 || status == 410 ? JMP_ERROR_ABSENT : JMP_ERROR_NETWORK,
                        "%s: %s",
                        host,
                        describe_status (status));
  if (code == CURLE_PEER_FAILED_VERIFICATION)
    return g_error_new (JMP_ERROR,
                        JMP_ERROR_NETWORK,
                        "%s: its certificate is not trusted, so it may be another computer: %s",
                        host,
                        details);
  if (code == CURLE_SSL_CACERT_BADFILE)
    return g_error_new (
        JMP_ERROR, JMP_ERROR_NETWORK, "%s: the certificates to trust cannot be read", host);
  return g_error_new (JMP_ERROR, JMP_ERROR_NETWORK, "%s: %s", host, describe_code (code));
}

/*
 * jmp_http_failure_is_passing:
 * @code: how libcurl ended
 * @status: HTTP status, 0 without one
 *
 * Without a network or a host a person is told at once; a connection that was there is tried again.
 *
 * Returns: whether to try again
 */
gboolean
jmp_http_failure_is_passing (CURLcode code, long status)
{
  if (code == CURLE_HTTP_RETURNED_ERROR)
    return jmp_http_is_passing (status);
  return code == CURLE_OPERATION_TIMEDOUT || code == CURLE_PARTIAL_FILE || code == CURLE_GOT_NOTHING
         || code == CURLE_RECV_ERROR || code == CURLE_SEND_ERROR || code == CURLE_HTTP2
         || code == CURLE_HTTP2_STREAM;
}

static gint64
header_number (CURL *easy, const char *name)
{
  struct curl_header *header = NULL;
  gint64 number;

  if (jmp_curl.easy_header (easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK
      || !g_ascii_string_to_signed (header->value, 10, 0, G_MAXINT64 / 2, &number, NULL))
    return -1;
  return number;
}

/*
 * jmp_http_hold:
 * @easy: a transfer that ended with an HTTP status
 * @status: the status
 *
 * How long the server wants to be left alone: Retry-After (RFC 9110, 10.2.3), or GitHub's rate limit.
 *
 * Returns: seconds, at most one hour
 */
guint
jmp_http_hold (CURL *easy, long status)
{
  curl_off_t wait = 0;
  gint64 reset;

  if (!jmp_http_is_passing (status) && status != 403)
    return 0;
  jmp_curl.easy_getinfo (easy, CURLINFO_RETRY_AFTER, &wait);
  if (wait <= 0 && header_number (easy, "x-ratelimit-remaining") == 0) {
    reset = header_number (easy, "x-ratelimit-reset");
    wait = reset < 0 ? 0 : reset - g_get_real_time () / G_USEC_PER_SEC;
  }
  return (guint)CLAMP (wait, 0, LONGEST_HOLD_S);
}
