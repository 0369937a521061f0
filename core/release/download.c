/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/download.h"

#include "base/error.h"
#include "release/http-transfer-private.h"

/* How long the thread sleeps when nothing is due; it is woken for everything else. */
#define LONGEST_SLEEP_MS 60000

struct _JmpDownloader {
  JmpDownloadSettings settings;
  char *ca_file;
  CURLM *multi; /* with the thread */

  /* Under the lock; the condition tells of changes. */
  GMutex lock;
  GCond changed;
  GThread *thread;
  GPtrArray *transfers;
  GHashTable *holds; /* host -> gint64 of the monotonic time before which it is not asked */
  gboolean quit;
  guint n_requests;
};

/**
 * jmp_download_ref:
 * @self: what came
 *
 * Returns: (transfer full): @self
 */
JmpDownload *
jmp_download_ref (JmpDownload *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
clear_download (gpointer data)
{
  JmpDownload *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->etag);
  g_free (self->last_modified);
}

/**
 * jmp_download_unref:
 * @self: (transfer full): what came
 *
 * Gives up a reference.
 */
void
jmp_download_unref (JmpDownload *self)
{
  g_atomic_rc_box_release_full (self, clear_download);
}

static void
stop_attempt (JmpDownloader *self, JmpTransfer *transfer)
{
  if (transfer->easy == NULL)
    return;
  jmp_curl.multi_remove_handle (self->multi, transfer->easy);
  jmp_transfer_close (transfer);
}

/* Takes out what nobody waits for any longer. */
static void
drop_abandoned (JmpDownloader *self)
{
  g_autoptr (GPtrArray)
      dropped = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_transfer_unref);
  guint i;

  g_mutex_lock (&self->lock);
  for (i = self->transfers->len; i > 0; i--) {
    JmpTransfer *transfer = g_ptr_array_index (self->transfers, i - 1);

    if (transfer->abandoned || self->quit)
      g_ptr_array_add (dropped, g_ptr_array_steal_index (self->transfers, i - 1));
  }
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
  for (i = 0; i < dropped->len; i++)
    stop_attempt (self, g_ptr_array_index (dropped, i));
}

/* Begins what is due; returns milliseconds until the next one is. */
static int
begin_due (JmpDownloader *self)
{
  gint64 now = g_get_monotonic_time ();
  gint64 next = now + (gint64)LONGEST_SLEEP_MS * 1000;
  guint i;

  g_mutex_lock (&self->lock);
  for (i = 0; i < self->transfers->len; i++) {
    JmpTransfer *transfer = g_ptr_array_index (self->transfers, i);

    if (transfer->easy != NULL)
      continue;
    if (transfer->start_at > now) {
      next = MIN (next, transfer->start_at);
      continue;
    }
    self->n_requests++;
    jmp_curl.multi_add_handle (self->multi, jmp_transfer_begin (transfer));
  }
  g_mutex_unlock (&self->lock);
  return (int)((next - now + 999) / 1000);
}

static void
end_attempt (JmpDownloader *self, CURL *easy, CURLcode code)
{
  JmpTransfer *transfer = NULL;
  gboolean done;

  jmp_curl.easy_getinfo (easy, CURLINFO_PRIVATE, (char **)&transfer);
  done = jmp_transfer_end (transfer, code);
  stop_attempt (self, transfer);
  if (!done)
    return;
  g_mutex_lock (&self->lock);
  transfer->done = TRUE;
  if (transfer->hold_s > 0) {
    gint64 *until = g_new (gint64, 1);

    *until = g_get_monotonic_time () + (gint64)transfer->hold_s * G_USEC_PER_SEC;
    g_hash_table_replace (self->holds, g_strdup (transfer->host), until);
  }
  g_ptr_array_remove (self->transfers, transfer);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

static gpointer
downloader_thread_func (gpointer data)
{
  JmpDownloader *self = data;
  gboolean quit = FALSE;

  while (!quit) {
    CURLMsg *message;
    int left = 0;
    int sleep_ms;

    drop_abandoned (self);
    begin_due (self);
    jmp_curl.multi_perform (self->multi, &left);
    while ((message = jmp_curl.multi_info_read (self->multi, &left)) != NULL) {
      if (message->msg == CURLMSG_DONE)
        end_attempt (self, message->easy_handle, message->data.result);
    }
    sleep_ms = begin_due (self);
    jmp_curl.multi_poll (self->multi, NULL, 0, sleep_ms, NULL);
    g_mutex_lock (&self->lock);
    quit = self->quit;
    g_mutex_unlock (&self->lock);
  }
  drop_abandoned (self);
  return NULL;
}

/**
 * jmp_downloader_new:
 * @settings: (nullable): limits; %NULL for %JMP_DOWNLOAD_DEFAULTS
 *
 * Makes a downloader. Nothing is asked, and no thread starts, before the first request.
 *
 * Returns: (transfer full): the downloader
 */
JmpDownloader *
jmp_downloader_new (const JmpDownloadSettings *settings)
{
  static const JmpDownloadSettings defaults = JMP_DOWNLOAD_DEFAULTS;
  JmpDownloader *self = g_new0 (JmpDownloader, 1);

  self->settings = settings != NULL ? *settings : defaults;
  self->ca_file = g_strdup (self->settings.ca_file);
  self->settings.ca_file = self->ca_file;
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->transfers = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_transfer_unref);
  self->holds = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

/**
 * jmp_downloader_free:
 * @self: a downloader in which no call is under way
 *
 * Ends its thread and frees it.
 */
void
jmp_downloader_free (JmpDownloader *self)
{
  if (self->thread != NULL) {
    g_mutex_lock (&self->lock);
    self->quit = TRUE;
    g_mutex_unlock (&self->lock);
    jmp_curl.multi_wakeup (self->multi);
    g_thread_join (self->thread);
    jmp_curl.multi_cleanup (self->multi);
  }
  g_ptr_array_unref (self->transfers);
  g_hash_table_unref (self->holds);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->changed);
  g_free (self->ca_file);
  g_free (self);
}

/**
 * jmp_downloader_get_n_requests:
 * @self: a downloader
 *
 * Returns: how many requests it has made, each further attempt counted, redirects not
 */
guint
jmp_downloader_get_n_requests (JmpDownloader *self)
{
  guint count;

  g_mutex_lock (&self->lock);
  count = self->n_requests;
  g_mutex_unlock (&self->lock);
  return count;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  JmpDownloader *self = user_data;

  g_mutex_lock (&self->lock);
  g_cond_broadcast (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* With the lock: whether the host wants to be left alone. */
static gboolean
is_held (JmpDownloader *self, const char *host, GError **error)
{
  gint64 *until = g_hash_table_lookup (self->holds, host);
  gint64 left = until != NULL ? *until - g_get_monotonic_time () : 0;

  if (left <= 0)
    return FALSE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NETWORK,
               "%s: the server wants to be asked again in %" G_GINT64_FORMAT
               " seconds at the earliest",
               host,
               (left + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  return TRUE;
}

static JmpTransfer *
find_transfer (JmpDownloader *self, const char *url)
{
  guint i;

  for (i = 0; i < self->transfers->len; i++) {
    JmpTransfer *transfer = g_ptr_array_index (self->transfers, i);

    if (g_str_equal (transfer->url, url))
      return transfer;
  }
  return NULL;
}

/* With the lock: joins the same request, waits for the end of another one for the same address, or
 * adds this one. %NULL when it is held back or cancelled meanwhile. */
static JmpTransfer *
join_or_add (JmpDownloader *self, JmpTransfer *wanted, GCancellable *cancellable, GError **error)
{
  JmpTransfer *there;

  while ((there = find_transfer (self, wanted->url)) != NULL) {
    if (jmp_transfer_is_same (there, wanted) && !there->abandoned && !there->done)
      return there;
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    g_cond_wait (&self->changed, &self->lock);
  }
  if (is_held (self, wanted->host, error))
    return NULL;
  g_ptr_array_add (self->transfers, jmp_transfer_ref (wanted));
  if (self->thread == NULL) {
    self->multi = jmp_curl.multi_init ();
    self->thread = g_thread_new ("jumper-download", downloader_thread_func, self);
  }
  return wanted;
}

/* With the lock, which the caller's function is called without. */
static void
wait_until_done (JmpDownloader *self,
                 JmpTransfer *transfer,
                 JmpDownloadProgressFunc progress,
                 gpointer user_data,
                 GCancellable *cancellable)
{
  guint seen = 0;

  while (!transfer->done && !g_cancellable_is_cancelled (cancellable)) {
    JmpDownloadProgress now = transfer->progress;

    if (transfer->serial == seen || progress == NULL) {
      g_cond_wait (&self->changed, &self->lock);
      continue;
    }
    seen = transfer->serial;
    g_mutex_unlock (&self->lock);
    progress (&now, user_data);
    g_mutex_lock (&self->lock);
  }
}

/* Returns a reference to the transfer that was done; %NULL when it was cancelled or failed. */
static JmpTransfer *
run (JmpDownloader *self,
     JmpTransfer *wanted,
     JmpDownloadProgressFunc progress,
     gpointer user_data,
     GCancellable *cancellable,
     JmpDownload **broken,
     GError **error)
{
  g_autoptr (JmpTransfer) transfer = NULL;
  gboolean ok = FALSE;

  g_mutex_lock (&self->lock);
  transfer = join_or_add (self, wanted, cancellable, error);
  if (transfer == NULL) {
    g_mutex_unlock (&self->lock);
    return NULL;
  }
  jmp_transfer_ref (transfer);
  transfer->waiters++;
  jmp_curl.multi_wakeup (self->multi);
  wait_until_done (self, transfer, progress, user_data, cancellable);
  transfer->waiters--;
  transfer->abandoned = transfer->waiters == 0 && !transfer->done;
  ok = transfer->done && transfer->error == NULL;
  if (!ok && broken != NULL)
    *broken = jmp_transfer_copy_broken (transfer);
  if (transfer->done && transfer->error != NULL)
    g_propagate_error (error, g_error_copy (transfer->error));
  else if (!transfer->done)
    g_cancellable_set_error_if_cancelled (cancellable, error);
  g_mutex_unlock (&self->lock);
  jmp_curl.multi_wakeup (self->multi);
  return ok ? g_steal_pointer (&transfer) : NULL;
}

static JmpTransfer *
check_and_run (JmpDownloader *self,
               const JmpDownloadRequest *request,
               gboolean probe,
               JmpDownloadProgressFunc progress,
               gpointer user_data,
               GCancellable *cancellable,
               JmpDownload **broken,
               GError **error)
{
  g_autoptr (JmpTransfer) wanted = NULL;
  JmpTransfer *done;
  gulong handler = 0;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !jmp_http_check_url (request->url, request->allow_plain, error)
      || !jmp_curl_ensure (error))
    return NULL;
  wanted = jmp_transfer_new (&self->settings, request, probe, &self->lock, &self->changed);
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  done = run (self, wanted, progress, user_data, cancellable, broken, error);
  g_cancellable_disconnect (cancellable, handler);
  return done;
}

/**
 * jmp_downloader_get:
 * @self: a downloader
 * @request: what to get
 * @progress: (nullable) (scope call): told how far it is
 * @user_data: for @progress
 * @cancellable: (nullable): gives up waiting; the request ends when nobody waits for it
 * @broken: (out) (optional) (nullable) (transfer full): on failure, what came, to go on with
 * @error: return location for a #GError
 *
 * Gets something. The answer is whole, not empty, not too large and not a web page where none was
 * asked for; what is in it is for others to check. A connection that breaks off is tried again from
 * where it broke off, when the server can (RFC 9110, 14.2).
 *
 * Errors: %JMP_ERROR_NETWORK, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): what came; without bytes when it is not modified
 */
JmpDownload *
jmp_downloader_get (JmpDownloader *self,
                    const JmpDownloadRequest *request,
                    JmpDownloadProgressFunc progress,
                    gpointer user_data,
                    GCancellable *cancellable,
                    JmpDownload **broken,
                    GError **error)
{
  g_autoptr (JmpTransfer) done = NULL;

  if (broken != NULL)
    *broken = NULL;
  done = check_and_run (self, request, FALSE, progress, user_data, cancellable, broken, error);
  return done != NULL ? jmp_download_ref (done->result) : NULL;
}

/**
 * jmp_downloader_probe:
 * @self: a downloader
 * @url: an address of a firmware file
 * @allow_plain: whether http is allowed
 * @cancellable: (nullable): gives up waiting
 * @out: (out): what the server says
 * @error: return location for a #GError
 *
 * Asks whether a file is there, with a HEAD request.
 *
 * Errors: %JMP_ERROR_NETWORK, %G_IO_ERROR_CANCELLED.
 *
 * Returns: %TRUE when the server gave an answer, "no" included
 */
gboolean
jmp_downloader_probe (JmpDownloader *self,
                      const char *url,
                      gboolean allow_plain,
                      GCancellable *cancellable,
                      JmpProbe *out,
                      GError **error)
{
  const JmpDownloadRequest request = { .url = url,
                                       .kind = JMP_HTTP_FIRMWARE,
                                       .allow_plain = allow_plain };
  g_autoptr (JmpTransfer) done = NULL;

  done = check_and_run (self, &request, TRUE, NULL, NULL, cancellable, NULL, error);
  if (done == NULL)
    return FALSE;
  *out = done->probed;
  return TRUE;
}
