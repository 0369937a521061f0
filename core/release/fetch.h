/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* From a release to firmware that was checked, and from a source to its list: out of the cache where
 * that is right, from the network where it has to be.
 *
 * A #JmpFetcher borrows the downloader, the cache and the memory, and keeps nothing itself. Calls are
 * synchronous and can be cancelled, from any thread but the one that draws the window. */

#pragma once

#include "release/cache.h"
#include "release/download.h"
#include "release/trust.h"

G_BEGIN_DECLS

/**
 * JmpFileChange:
 * @before: hash of what came before, as 64 hexadecimal digits in lower case
 * @now: hash of what came now
 * @first_seen: when @before first came to this computer, in seconds since 1970
 *
 * What a person has to know to judge a file that is not what it was.
 */
typedef struct {
  char *before;
  char *now;
  gint64 first_seen;
} JmpFileChange;

/**
 * JmpFetchOptions:
 * @board: (nullable): the board that the firmware is for, in DFU mode
 * @read: (nullable): how to read a file whose format leaves something open
 * @offline: ask no network
 * @accept_sha256: (nullable): hash of a file that has changed since it was first seen and that a person
 *   has looked into: no alarm for this one; it is remembered in the place of the other
 * @change: (out) (optional) (nullable) (transfer full): what has changed; set with %JMP_ERROR_CHANGED
 * @progress: (nullable) (scope call): told how far a download is
 * @user_data: for @progress
 */
typedef struct {
  const JmpDfuInfo *board;
  const JmpReadOptions *read;
  gboolean offline;
  const char *accept_sha256;
  JmpFileChange **change;
  JmpDownloadProgressFunc progress;
  gpointer user_data;
} JmpFetchOptions;

/**
 * JmpFetched:
 * @bytes: the file
 * @image: what is in it
 * @sha256: its hash, as 64 hexadecimal digits in lower case
 * @trust: what is known about it
 * @encrypted: whether it came over an encrypted connection
 * @from_cache: whether nothing was downloaded for it
 * @was_damaged: whether it was in the cache before, but damaged
 * @not_kept: (nullable): why it is not in the cache, %JMP_ERROR_FILE; the file itself is good
 *
 * A firmware file that passed every check.
 */
typedef struct {
  GBytes *bytes;
  JmpImage *image;
  char *sha256;
  JmpTrust trust;
  gboolean encrypted;
  gboolean from_cache;
  gboolean was_damaged;
  GError *not_kept;
} JmpFetched;

/**
 * JmpListCheckFunc:
 * @bytes: a list that came
 * @user_data: what was given with it
 * @error: return location for a #GError
 *
 * Returns: whether it is a list at all, and may take the place of the one before
 */
typedef gboolean (*JmpListCheckFunc) (GBytes *bytes, gpointer user_data, GError **error);

/**
 * JmpListRequest:
 * @url: where the list is
 * @kind: JSON or a web page
 * @allow_plain: whether http is allowed
 * @accept: (nullable): the Accept header
 * @max_age_s: how old a list in the cache may be to be taken without asking; 0: always ask
 * @offline: ask no network
 * @check: (nullable) (scope call): judges what came
 * @user_data: for @check
 */
typedef struct {
  const char *url;
  JmpHttpKind kind;
  gboolean allow_plain;
  const char *accept;
  guint max_age_s;
  gboolean offline;
  JmpListCheckFunc check;
  gpointer user_data;
} JmpListRequest;

/**
 * JmpList:
 * @bytes: the list
 * @date: when the source was last found to say so, in seconds since 1970; 0 when not known
 * @old_because: (nullable): why this is an older list out of the cache, %JMP_ERROR_NETWORK mostly
 * @not_kept: (nullable): why it is not in the cache, %JMP_ERROR_FILE
 */
typedef struct {
  GBytes *bytes;
  gint64 date;
  GError *old_because;
  GError *not_kept;
} JmpList;

/**
 * JmpPresence:
 * @JMP_PRESENCE_UNKNOWN: nobody has asked, or it was long ago
 * @JMP_PRESENCE_YES: its source lists it, the server has it, or it is on this computer
 * @JMP_PRESENCE_NO: the server has no such file: the version was not built for the board
 *
 * Whether a release, whose address may follow from a rule alone, is there.
 */
typedef enum {
  JMP_PRESENCE_UNKNOWN,
  JMP_PRESENCE_YES,
  JMP_PRESENCE_NO,
} JmpPresence;

typedef struct _JmpFetcher JmpFetcher;

JmpFetcher *jmp_fetcher_new (JmpDownloader *downloader,
                             JmpCache *cache,
                             JmpMemory *memory) G_GNUC_WARN_UNUSED_RESULT;
void jmp_fetcher_free (JmpFetcher *self);
gboolean jmp_fetcher_has (JmpFetcher *self, const JmpRelease *release, guint64 *size);
JmpPresence jmp_fetcher_get_presence (JmpFetcher *self, const JmpRelease *release);
gboolean jmp_fetcher_probe (JmpFetcher *self,
                            const JmpRelease *release,
                            GCancellable *cancellable,
                            JmpPresence *out,
                            GError **error);
JmpFetched *jmp_fetcher_get (JmpFetcher *self,
                             const JmpRelease *release,
                             const JmpFetchOptions *options,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpList *jmp_fetcher_get_list (JmpFetcher *self,
                               const JmpListRequest *request,
                               GCancellable *cancellable,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_fetched_free (JmpFetched *self);
void jmp_file_change_free (JmpFileChange *self);
void jmp_list_free (JmpList *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFetcher, jmp_fetcher_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFetched, jmp_fetched_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFileChange, jmp_file_change_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpList, jmp_list_free)

G_END_DECLS
