/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"
#include "release/http-transfer-private.h"

static const char *
find_header (JmpTransfer *self, const char *name)
{
  struct curl_header *header = NULL;

  if (jmp_curl.easy_header (self->easy, name, 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
    return NULL;
  return header->value;
}

static char *
dup_field (JmpTransfer *self, const char *name)
{
  const char *value = find_header (self, name);

  return jmp_http_is_field (value) ? g_strdup (value) : NULL;
}

G_GNUC_PRINTF (2, 3)
static gboolean
fail (JmpTransfer *self, const char *format, ...)
{
  g_autofree char *what = NULL;
  va_list arguments;

  va_start (arguments, format);
  what = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  if (self->failure == NULL)
    self->failure = g_error_new (JMP_ERROR, JMP_ERROR_NETWORK, "%s: %s", self->host, what);
  return FALSE;
}

static gboolean
fail_as_page (JmpTransfer *self)
{
  return fail (
      self, "a web page came instead of the file: a network that wants a log-in, or an error page");
}

/*
 * jmp_transfer_forget_body:
 * @self: a transfer
 *
 * Drops what came so far. The caller does not hold the lock.
 */
void
jmp_transfer_forget_body (JmpTransfer *self)
{
  g_mutex_lock (self->lock);
  g_byte_array_set_size (self->body, 0);
  g_clear_pointer (&self->body_etag, g_free);
  g_clear_pointer (&self->body_modified, g_free);
  g_mutex_unlock (self->lock);
  self->resumed = FALSE;
}

/* A whole answer: what came before is not part of it. */
static gboolean
take_whole (JmpTransfer *self)
{
  jmp_transfer_forget_body (self);
  g_mutex_lock (self->lock);
  self->body_etag = dup_field (self, "etag");
  self->body_modified = dup_field (self, "last-modified");
  g_mutex_unlock (self->lock);
  return TRUE;
}

/* A server that sends a part says of which version (RFC 9110, 15.3.7); there are some that do not look
 * at If-Range. */
static gboolean
is_same_version (JmpTransfer *self)
{
  const char *etag = find_header (self, "etag");
  const char *modified = find_header (self, "last-modified");

  if (jmp_http_is_strong (self->body_etag))
    return g_strcmp0 (etag, self->body_etag) == 0;
  return modified == NULL || g_strcmp0 (modified, self->body_modified) == 0;
}

/* The rest: only when it goes on exactly where the beginning ends, in the same version. */
static gboolean
take_rest (JmpTransfer *self)
{
  const char *range = find_header (self, "content-range");
  guint64 first, total;

  if (self->body->len == 0 || range == NULL || !jmp_http_parse_range (range, &first, &total)
      || first != self->body->len || !is_same_version (self)) {
    self->again = TRUE;
    return FALSE;
  }
  self->resumed = TRUE;
  return TRUE;
}

static gboolean
check_length (JmpTransfer *self)
{
  curl_off_t length = -1;

  jmp_curl.easy_getinfo (self->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &length);
  if (length < 0)
    return TRUE;
  if ((guint64)length > self->limit || self->body->len > self->limit - (guint64)length)
    return fail (self,
                 "the file is too large: %" G_GINT64_FORMAT " bytes, at most %" G_GUINT64_FORMAT,
                 (gint64)length,
                 self->limit);
  self->total = self->body->len + (guint64)length;
  return TRUE;
}

/*
 * jmp_transfer_take_head:
 * @self: a transfer whose headers have come, without an error status
 *
 * Judges an answer by its status and headers, before its bytes are taken.
 *
 * Returns: %FALSE when it is not wanted: @failure says why, or @again is set
 */
gboolean
jmp_transfer_take_head (JmpTransfer *self)
{
  long status = 0;
  const char *type = find_header (self, "content-type");

  self->head_seen = TRUE;
  jmp_curl.easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status == 304)
    return self->known_etag != NULL || self->known_modified != NULL
           || fail (self, "the server answered 304 to a question that does not allow it");
  if (status != 200 && status != 206)
    return fail (self, "the server answered %ld", status);
  if (!jmp_http_type_fits (self->kind, type)) {
    if (g_ascii_strncasecmp (type, "text/html", 9) == 0)
      return fail_as_page (self);
    return fail (self, "something else came instead of the file, of type %.60s", type);
  }
  if (self->probe)
    return TRUE;
  return (status == 206 ? take_rest (self) : take_whole (self)) && check_length (self);
}

/* With the lock. */
static void
count (JmpTransfer *self)
{
  double seconds = (double)(g_get_monotonic_time () - self->attempt_began) / G_USEC_PER_SEC;
  JmpDownloadProgress *now = &self->progress;

  now->bytes = self->body->len;
  now->total = self->total;
  now->attempt = self->attempt;
  now->speed = 0;
  now->seconds_left = -1;
  if (seconds > 0 && now->bytes > self->attempt_offset)
    now->speed = (double)(now->bytes - self->attempt_offset) / seconds;
  if (now->speed > 0 && now->total >= now->bytes)
    now->seconds_left = (double)(now->total - now->bytes) / now->speed;
  self->serial++;
  g_cond_broadcast (self->changed);
}

/*
 * jmp_transfer_take_bytes:
 * @self: a transfer
 * @data: (array length=size): the next bytes of the answer
 * @size: how many
 *
 * Returns: %FALSE to end the attempt: @failure says why, or @again is set
 */
gboolean
jmp_transfer_take_bytes (JmpTransfer *self, const char *data, gsize size)
{
  if (!self->head_seen) {
    if (!jmp_transfer_take_head (self))
      return FALSE;
    self->attempt_offset = self->body->len;
  }
  if (size > self->limit - self->body->len)
    return fail (self, "the file is too large: at most %" G_GUINT64_FORMAT " bytes", self->limit);
  g_mutex_lock (self->lock);
  g_byte_array_append (self->body, (const guint8 *)data, (guint)size);
  count (self);
  g_mutex_unlock (self->lock);
  return TRUE;
}

static JmpDownload *
make_download (JmpTransfer *self, GBytes *bytes)
{
  JmpDownload *download = g_atomic_rc_box_new0 (JmpDownload);

  download->bytes = bytes;
  download->etag = g_strdup (self->body_etag);
  download->last_modified = g_strdup (self->body_modified);
  download->resumed = self->resumed;
  return download;
}

/*
 * jmp_transfer_take_end:
 * @self: a transfer whose last byte has come
 * @error: return location for a #GError
 *
 * Judges an answer by its bytes.
 *
 * Returns: (transfer full): what was asked for
 */
JmpDownload *
jmp_transfer_take_end (JmpTransfer *self, GError **error)
{
  long status = 0;

  jmp_curl.easy_getinfo (self->easy, CURLINFO_RESPONSE_CODE, &status);
  if (status == 304)
    return make_download (self, NULL);
  if (self->body->len == 0)
    fail (self, "the answer is empty");
  else if (self->kind != JMP_HTTP_PAGE && jmp_http_is_page (self->body->data, self->body->len))
    fail_as_page (self);
  if (self->failure != NULL) {
    g_propagate_error (error, g_steal_pointer (&self->failure));
    return NULL;
  }
  return make_download (self, g_bytes_new (self->body->data, self->body->len));
}

/*
 * jmp_transfer_copy_broken:
 * @self: a transfer without a result
 *
 * What a later download can go on with. The caller holds the lock.
 *
 * Returns: (transfer full) (nullable): the beginning and what names its version; %NULL when nothing
 *   came, or nothing names it
 */
JmpDownload *
jmp_transfer_copy_broken (JmpTransfer *self)
{
  if (self->probe || self->body->len == 0
      || (!jmp_http_is_strong (self->body_etag) && !jmp_http_is_field (self->body_modified)))
    return NULL;
  return make_download (self, g_bytes_new (self->body->data, self->body->len));
}
