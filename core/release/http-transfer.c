/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "config.h"

#include "release/http-transfer-private.h"

#include "base/error.h"

#define USER_AGENT          "Jumper/" JMP_VERSION
#define MAX_REDIRECTS       5L
#define STALL_BYTES         100L
#define TOTAL_FIRMWARE_MS   (15u * 60 * 1000)
#define TOTAL_FEED_MS       (60u * 1000)
#define FOLLOW_UP_PROTOCOLS "https"

static char *
dup_valid (const char *value)
{
  return jmp_http_is_field (value) ? g_strdup (value) : NULL;
}

/* The beginning counts only with something that names its version. */
static void
take_beginning (JmpTransfer *self, const JmpDownloadRequest *request)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (request->have, &size);

  if (!jmp_http_is_strong (request->etag) && !jmp_http_is_field (request->last_modified))
    return;
  if (size >= self->limit)
    return;
  g_byte_array_append (self->body, data, (guint)size);
  self->body_etag = dup_valid (request->etag);
  self->body_modified = dup_valid (request->last_modified);
}

/*
 * jmp_transfer_new:
 * @settings: limits
 * @request: what to get
 * @probe: whether to ask for the headers alone
 * @lock: guards what callers see
 * @changed: told of every change
 *
 * Returns: (transfer full): a transfer with no attempt yet
 */
JmpTransfer *
jmp_transfer_new (const JmpDownloadSettings *settings,
                  const JmpDownloadRequest *request,
                  gboolean probe,
                  GMutex *lock,
                  GCond *changed)
{
  JmpTransfer *self = g_atomic_rc_box_new0 (JmpTransfer);

  self->settings = *settings;
  self->url = g_strdup (request->url);
  self->host = jmp_http_get_host (request->url);
  self->kind = request->kind;
  self->allow_plain = request->allow_plain;
  self->probe = probe;
  self->accept = dup_valid (request->accept);
  self->limit = request->kind == JMP_HTTP_FIRMWARE ? JMP_DOWNLOAD_MAX_FIRMWARE
                                                   : JMP_DOWNLOAD_MAX_LIST;
  self->body = g_byte_array_new ();
  if (request->have != NULL) {
    take_beginning (self, request);
  } else {
    self->known_etag = dup_valid (request->etag);
    self->known_modified = dup_valid (request->last_modified);
  }
  self->lock = lock;
  self->changed = changed;
  return self;
}

static void
clear (gpointer data)
{
  JmpTransfer *self = data;

  g_free (self->url);
  g_free (self->host);
  g_free (self->accept);
  g_free (self->known_etag);
  g_free (self->known_modified);
  g_clear_error (&self->failure);
  g_byte_array_unref (self->body);
  g_free (self->body_etag);
  g_free (self->body_modified);
  g_clear_pointer (&self->result, jmp_download_unref);
  g_clear_error (&self->error);
}

JmpTransfer *
jmp_transfer_ref (JmpTransfer *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
jmp_transfer_unref (JmpTransfer *self)
{
  g_atomic_rc_box_release_full (self, clear);
}

/*
 * jmp_transfer_is_same:
 * @self: a transfer
 * @other: one that has no attempt yet
 *
 * Returns: whether the result of one is as good for the callers of the other
 */
gboolean
jmp_transfer_is_same (const JmpTransfer *self, const JmpTransfer *other)
{
  return self->kind == other->kind && self->probe == other->probe
         && g_strcmp0 (self->accept, other->accept) == 0
         && g_strcmp0 (self->known_etag, other->known_etag) == 0
         && g_strcmp0 (self->known_modified, other->known_modified) == 0;
}

static size_t
write_cb (char *data, size_t one, size_t n, void *user_data)
{
  JmpTransfer *self = user_data;

  return jmp_transfer_take_bytes (self, data, one * n) ? one * n : 0;
}

static void
add_header (JmpTransfer *self, const char *name, const char *value)
{
  g_autofree char *line = NULL;

  if (value == NULL)
    return;
  line = g_strdup_printf ("%s: %s", name, value);
  self->headers = jmp_curl.slist_append (self->headers, line);
}

static void
set_conditions (JmpTransfer *self)
{
  g_autofree char *rest = NULL;
  const char *version = jmp_http_is_strong (self->body_etag) ? self->body_etag
                                                             : self->body_modified;

  add_header (self, "Accept", self->accept);
  add_header (self, "If-None-Match", self->known_etag);
  add_header (self, "If-Modified-Since", self->known_modified);
  if (!self->probe && self->body->len > 0 && version != NULL) {
    rest = g_strdup_printf ("%u-", self->body->len);
    jmp_curl.easy_setopt (self->easy, CURLOPT_RANGE, rest);
    add_header (self, "If-Range", version);
  }
  jmp_curl.easy_setopt (self->easy, CURLOPT_HTTPHEADER, self->headers);
}

static void
set_limits (JmpTransfer *self)
{
  gint64 left_ms = (self->deadline - self->attempt_began) / 1000;

  jmp_curl.easy_setopt (self->easy, CURLOPT_CONNECTTIMEOUT_MS, (long)self->settings.connect_ms);
  jmp_curl.easy_setopt (self->easy, CURLOPT_LOW_SPEED_LIMIT, STALL_BYTES);
  jmp_curl.easy_setopt (self->easy, CURLOPT_LOW_SPEED_TIME, (long)self->settings.stall_s);
  jmp_curl.easy_setopt (self->easy, CURLOPT_TIMEOUT_MS, (long)MAX (left_ms, 1));
  jmp_curl.easy_setopt (self->easy, CURLOPT_MAXREDIRS, MAX_REDIRECTS);
}

/* The certificate and the name in it are checked: libcurl's defaults, which nothing may change. Windows
 * (Schannel) asks for revocation lists too; REVOKE_BEST_EFFORT goes on, as browsers do, where a list cannot
 * be had. */
static void
set_certificates (JmpTransfer *self)
{
  long options = CURLSSLOPT_REVOKE_BEST_EFFORT;

  jmp_curl.easy_setopt (self->easy, CURLOPT_SSL_VERIFYPEER, 1L);
  jmp_curl.easy_setopt (self->easy, CURLOPT_SSL_VERIFYHOST, 2L);
  jmp_curl.easy_setopt (self->easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
  if (self->settings.ca_file != NULL) {
    jmp_curl.easy_setopt (self->easy, CURLOPT_CAINFO, self->settings.ca_file);
    jmp_curl.easy_setopt (self->easy, CURLOPT_CAPATH, NULL);
  } else {
    options |= CURLSSLOPT_NATIVE_CA;
  }
  jmp_curl.easy_setopt (self->easy, CURLOPT_SSL_OPTIONS, options);
}

/* QUICK_EXIT: a name that is being looked up must not hold up who cancels. */
static void
set_safety (JmpTransfer *self)
{
  jmp_curl.easy_setopt (
      self->easy, CURLOPT_PROTOCOLS_STR, self->allow_plain ? "https,http" : "https");
  jmp_curl.easy_setopt (self->easy, CURLOPT_REDIR_PROTOCOLS_STR, FOLLOW_UP_PROTOCOLS);
  jmp_curl.easy_setopt (self->easy, CURLOPT_FOLLOWLOCATION, 1L);
  set_certificates (self);
  jmp_curl.easy_setopt (self->easy, CURLOPT_NOSIGNAL, 1L);
  jmp_curl.easy_setopt (self->easy, CURLOPT_QUICK_EXIT, 1L);
}

/*
 * jmp_transfer_begin:
 * @self: a transfer that is neither done nor in an attempt
 *
 * Begins an attempt.
 *
 * Returns: (transfer none): the handle to run; jmp_transfer_end() and jmp_transfer_close() follow
 */
CURL *
jmp_transfer_begin (JmpTransfer *self)
{
  self->attempt_began = g_get_monotonic_time ();
  if (self->deadline == 0)
    self->deadline = self->attempt_began
                     + (gint64)1000
                           * (self->settings.total_ms > 0       ? self->settings.total_ms
                              : self->kind == JMP_HTTP_FIRMWARE ? TOTAL_FIRMWARE_MS
                                                                : TOTAL_FEED_MS);
  self->attempt++;
  self->attempt_offset = self->body->len;
  self->total = 0;
  self->head_seen = FALSE;
  self->again = FALSE;
  self->details[0] = '\0';
  self->easy = jmp_curl.easy_init ();
  jmp_curl.easy_setopt (self->easy, CURLOPT_URL, self->url);
  jmp_curl.easy_setopt (self->easy, CURLOPT_PRIVATE, self);
  jmp_curl.easy_setopt (self->easy, CURLOPT_USERAGENT, USER_AGENT);
  jmp_curl.easy_setopt (self->easy, CURLOPT_ERRORBUFFER, self->details);
  jmp_curl.easy_setopt (self->easy, CURLOPT_WRITEFUNCTION, write_cb);
  jmp_curl.easy_setopt (self->easy, CURLOPT_WRITEDATA, self);
  jmp_curl.easy_setopt (self->easy, CURLOPT_FAILONERROR, 1L);
  jmp_curl.easy_setopt (self->easy, CURLOPT_NOBODY, self->probe ? 1L : 0L);
  set_safety (self);
  set_limits (self);
  set_conditions (self);
  return self->easy;
}

/*
 * jmp_transfer_close:
 * @self: a transfer whose attempt has been taken out of the multi handle
 *
 * Frees what the attempt needed.
 */
void
jmp_transfer_close (JmpTransfer *self)
{
  g_clear_pointer (&self->easy, jmp_curl.easy_cleanup);
  g_clear_pointer (&self->headers, jmp_curl.slist_free_all);
}

/* Somebody who does not even take the connection is not waited for again. */
static gboolean
is_passing (JmpTransfer *self, CURLcode code, long status)
{
  curl_off_t connected_us = 0;

  jmp_curl.easy_getinfo (self->easy, CURLINFO_PRETRANSFER_TIME_T, &connected_us);
  if (code == CURLE_OPERATION_TIMEDOUT && connected_us == 0)
    return FALSE;
  return jmp_http_failure_is_passing (code, status);
}

/* %FALSE and a time to begin when another attempt follows. */
static gboolean
give_up (JmpTransfer *self, CURLcode code, long status, GError **error)
{
  gint64 now = g_get_monotonic_time ();
  guint pause = jmp_http_pause (
      self->attempt, self->settings.first_pause_ms, self->settings.longest_pause_ms);
  guint wanted = code == CURLE_HTTP_RETURNED_ERROR ? jmp_http_hold (self->easy, status) : 0;
  gboolean too_long = wanted > self->settings.longest_pause_ms / 1000;

  if (too_long)
    self->hold_s = wanted;
  pause = MAX (pause, wanted * 1000);
  if (self->again)
    pause = 0;
  if (!too_long && self->attempt < self->settings.attempts
      && (self->again || is_passing (self, code, status))
      && now + (gint64)pause * 1000 < self->deadline) {
    self->start_at = now + (gint64)pause * 1000;
    return FALSE;
  }
  g_propagate_error (error, jmp_http_failure (code, status, self->host, self->details));
  if (too_long && error != NULL)
    g_prefix_error (error, "to be asked again in %u seconds: ", wanted);
  return TRUE;
}

static gboolean
finish (JmpTransfer *self, JmpDownload *result, GError *error)
{
  curl_off_t length = -1;

  if (self->probe && self->easy != NULL)
    jmp_curl.easy_getinfo (self->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  g_mutex_lock (self->lock);
  self->result = result;
  self->error = error;
  if (self->probe && error == NULL && self->probed.exists)
    self->probed.size = length > 0 ? (guint64)length : 0;
  g_mutex_unlock (self->lock);
  return TRUE;
}

/* What is not wanted is no beginning to go on with. */
static gboolean
refuse (JmpTransfer *self, GError *error)
{
  jmp_transfer_forget_body (self);
  return finish (self, NULL, error);
}

/*
 * jmp_transfer_end:
 * @self: a transfer whose attempt has ended
 * @code: how
 *
 * Judges the attempt. Callers learn of it when the downloader says that the transfer is done.
 *
 * Returns: %TRUE when there is a result or an error; %FALSE when another attempt is
 *   to begin at @start_at
 */
gboolean
jmp_transfer_end (JmpTransfer *self, CURLcode code)
{
  GError *error = NULL;
  JmpDownload *result = NULL;
  long status = 0;

  jmp_curl.easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  if (code == CURLE_OK && !self->head_seen)
    jmp_transfer_take_head (self);
  if (self->probe && code == CURLE_HTTP_RETURNED_ERROR && (status == 404 || status == 410))
    return finish (self, NULL, NULL);
  if (status == 416)
    self->again = TRUE;
  if (self->again)
    jmp_transfer_forget_body (self);
  if (self->failure != NULL)
    return refuse (self, g_steal_pointer (&self->failure));
  if (code != CURLE_OK || self->again)
    return give_up (self, code, status, &error) ? finish (self, NULL, error) : FALSE;
  if (self->probe) {
    self->probed.exists = TRUE;
    return finish (self, NULL, NULL);
  }
  result = jmp_transfer_take_end (self, &error);
  return result != NULL ? finish (self, result, NULL) : refuse (self, error);
}
