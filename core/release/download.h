/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Downloads into memory: the one place that speaks HTTP.
 *
 * A #JmpDownloader owns one thread, which starts with the first request and ends with the object.
 * Calls are synchronous and can be cancelled, from any thread but the one that draws the window; two
 * callers that want the same at the same time share one request. What is already there and what is to
 * be kept is the caller's business: nothing here touches a file.
 *
 * Errors: %JMP_ERROR_NETWORK with the host's name, never more of the address; %JMP_ERROR_ABSENT the same
 * way where the server says that there is no such file (404, 410); %G_IO_ERROR_CANCELLED. */

#pragma once

#include "release/http.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Limits of what is taken, in bytes; a list may be as long as its parser takes. */
#define JMP_DOWNLOAD_MAX_FIRMWARE (64u * 1024 * 1024)
#define JMP_DOWNLOAD_MAX_LIST     JMP_HTTP_MAX_LIST

/**
 * JmpDownloadSettings:
 * @ca_file: (nullable): the certificates to trust instead of the system's
 * @connect_ms: the longest time to connect, in milliseconds
 * @stall_s: seconds for which nearly nothing may come
 * @total_ms: the longest time for all attempts together; 0: 15 minutes for firmware, 1 for lists
 * @attempts: how often to try, from 1
 * @first_pause_ms: the pause after the first failed attempt; each further one is twice as long
 * @longest_pause_ms: the longest pause; a server that wants a longer one is not asked again until then
 *
 * Start from %JMP_DOWNLOAD_DEFAULTS.
 */
typedef struct {
  const char *ca_file;
  guint connect_ms;
  guint stall_s;
  guint total_ms;
  guint attempts;
  guint first_pause_ms;
  guint longest_pause_ms;
} JmpDownloadSettings;

#define JMP_DOWNLOAD_DEFAULTS                                                 \
  {                                                                           \
    .connect_ms = 15000, .stall_s = 20, .attempts = 4, .first_pause_ms = 500, \
    .longest_pause_ms = 10000,                                                \
  }

/**
 * JmpDownloadRequest:
 * @url: what to get
 * @kind: what it is
 * @allow_plain: whether http is allowed; redirects lead to https in any case
 * @accept: (nullable): the Accept header
 * @etag: (nullable): ETag of what is there already
 * @last_modified: (nullable): Last-Modified of what is there already
 * @have: (nullable): the beginning, from a download that broke off, of the version that @etag or
 *   @last_modified names; without it they name the whole, and the answer may be "not modified"
 */
typedef struct {
  const char *url;
  JmpHttpKind kind;
  gboolean allow_plain;
  const char *accept;
  const char *etag;
  const char *last_modified;
  GBytes *have;
} JmpDownloadRequest;

/**
 * JmpDownload:
 * @bytes: (nullable): what came; %NULL when not modified
 * @etag: (nullable): its ETag
 * @last_modified: (nullable): its Last-Modified
 * @resumed: whether a part of it came earlier
 *
 * An immutable, ref-counted value.
 */
typedef struct {
  GBytes *bytes;
  char *etag;
  char *last_modified;
  gboolean resumed;
} JmpDownload;

/**
 * JmpDownloadProgress:
 * @bytes: how many are there
 * @total: how many it will be, 0 when not known
 * @speed: bytes per second of this attempt, 0 when not known
 * @seconds_left: -1 when not known
 * @attempt: which attempt it is, from 1
 */
typedef struct {
  guint64 bytes;
  guint64 total;
  double speed;
  double seconds_left;
  guint attempt;
} JmpDownloadProgress;

/* Called in the caller's thread, inside jmp_downloader_get(). */
typedef void (*JmpDownloadProgressFunc) (const JmpDownloadProgress *progress, gpointer user_data);

/**
 * JmpProbe:
 * @exists: %FALSE when the server says that there is no such file (404 or 410)
 * @size: bytes, 0 when not known
 */
typedef struct {
  gboolean exists;
  guint64 size;
} JmpProbe;

typedef struct _JmpDownloader JmpDownloader;

JmpDownloader *jmp_downloader_new (const JmpDownloadSettings *settings) G_GNUC_WARN_UNUSED_RESULT;
void jmp_downloader_free (JmpDownloader *self);
JmpDownload *jmp_downloader_get (JmpDownloader *self,
                                 const JmpDownloadRequest *request,
                                 JmpDownloadProgressFunc progress,
                                 gpointer user_data,
                                 GCancellable *cancellable,
                                 JmpDownload **broken,
                                 GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_downloader_probe (JmpDownloader *self,
                               const char *url,
                               gboolean allow_plain,
                               GCancellable *cancellable,
                               JmpProbe *out,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
guint jmp_downloader_get_n_requests (JmpDownloader *self);

JmpDownload *jmp_download_ref (JmpDownload *self);
void jmp_download_unref (JmpDownload *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpDownloader, jmp_downloader_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpDownload, jmp_download_unref)

G_END_DECLS
