/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One thing to get, through as many attempts as it takes.
 *
 * Made by a caller of the downloader; then the downloader's thread makes the attempts, and callers
 * wait for the members under the lock. */

#pragma once

#include "release/curl-private.h"
#include "release/download.h"

G_BEGIN_DECLS

/**
 * JmpTransfer:
 *
 * Not changed once it is made: what to get. The thread's own: the attempt. Under the lock: what
 * callers see.
 */
typedef struct {
  JmpDownloadSettings settings;
  char *url;
  char *host;
  JmpHttpKind kind;
  gboolean allow_plain;
  gboolean probe;
  char *accept;
  char *known_etag;
  char *known_modified;
  guint64 limit;

  CURL *easy;
  struct curl_slist *headers;
  char details[CURL_ERROR_SIZE];
  guint attempt;
  gint64 deadline;
  gint64 start_at;
  gint64 attempt_began;
  guint64 attempt_offset;
  guint64 total;
  gboolean head_seen;
  gboolean again;
  gboolean resumed;
  GError *failure;
  guint hold_s;

  GMutex *lock;
  GCond *changed;
  GByteArray *body;
  char *body_etag;
  char *body_modified;
  JmpDownloadProgress progress;
  guint serial;
  guint waiters;
  gboolean abandoned;
  gboolean done;
  JmpDownload *result;
  JmpProbe probed;
  GError *error;
} JmpTransfer;

JmpTransfer *jmp_transfer_new (const JmpDownloadSettings *settings,
                               const JmpDownloadRequest *request,
                               gboolean probe,
                               GMutex *lock,
                               GCond *changed) G_GNUC_WARN_UNUSED_RESULT;
JmpTransfer *jmp_transfer_ref (JmpTransfer *self);
void jmp_transfer_unref (JmpTransfer *self);
gboolean jmp_transfer_is_same (const JmpTransfer *self, const JmpTransfer *other);
JmpDownload *jmp_transfer_copy_broken (JmpTransfer *self) G_GNUC_WARN_UNUSED_RESULT;

/* The downloader's thread. */
CURL *jmp_transfer_begin (JmpTransfer *self);
gboolean jmp_transfer_end (JmpTransfer *self, CURLcode code);
void jmp_transfer_close (JmpTransfer *self);

/* http-answer.c: what comes. */
gboolean jmp_transfer_take_head (JmpTransfer *self);
gboolean jmp_transfer_take_bytes (JmpTransfer *self, const char *data, gsize size);
JmpDownload *jmp_transfer_take_end (JmpTransfer *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_transfer_forget_body (JmpTransfer *self);
/* http-failure.c: what went wrong. */
GError *jmp_http_failure (CURLcode code, long status, const char *host, const char *details)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_http_failure_is_passing (CURLcode code, long status);
guint jmp_http_hold (CURL *easy, long status);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpTransfer, jmp_transfer_unref)

G_END_DECLS
