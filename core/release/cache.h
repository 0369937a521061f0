/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What was downloaded, kept for the next time and for when there is no network.
 *
 * A folder with the contents, each under its SHA-256, and a record for each key, which is an address.
 * Whoever takes something out gets bytes whose hash was just checked. When it grows past its limit,
 * what was not used for longest goes. Nothing is kept in memory: any thread, and any number of
 * programs at once. A cache that cannot be written loses its use, not its user the download. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* How much is kept unless said otherwise, in bytes. */
#define JMP_CACHE_DEFAULT_SIZE (G_GUINT64_CONSTANT (256) * 1024 * 1024)

/**
 * JmpCacheState:
 * @JMP_CACHE_ABSENT: it is not there
 * @JMP_CACHE_PRESENT: it is there, and as it was put in
 * @JMP_CACHE_DAMAGED: it was there, but not as it was put in; it is there no longer
 */
typedef enum {
  JMP_CACHE_ABSENT,
  JMP_CACHE_PRESENT,
  JMP_CACHE_DAMAGED,
} JmpCacheState;

/**
 * JmpCacheEntry:
 * @bytes: the content
 * @sha256: its hash, as 64 hexadecimal digits in lower case
 * @etag: (nullable): ETag that came with it
 * @last_modified: (nullable): Last-Modified that came with it
 * @date: when it came or was last found to be unchanged, in seconds since 1970; the clock may have
 *   been wrong: see jmp_cache_entry_get_age()
 */
typedef struct {
  GBytes *bytes;
  char *sha256;
  char *etag;
  char *last_modified;
  gint64 date;
} JmpCacheEntry;

typedef struct _JmpCache JmpCache;

JmpCache *jmp_cache_new (const char *folder, guint64 max_size) G_GNUC_WARN_UNUSED_RESULT;
void jmp_cache_free (JmpCache *self);
guint64 jmp_cache_get_size (JmpCache *self);
gboolean jmp_cache_has (JmpCache *self, const char *key, guint64 *size);
JmpCacheState jmp_cache_get (JmpCache *self, const char *key, JmpCacheEntry **out);
gboolean jmp_cache_put (JmpCache *self,
                        const char *key,
                        GBytes *bytes,
                        const char *etag,
                        const char *last_modified,
                        GError **error);
gboolean jmp_cache_confirm (JmpCache *self, const char *key, GError **error);
void jmp_cache_remove (JmpCache *self, const char *key);
void jmp_cache_clear (JmpCache *self);

gint64 jmp_cache_entry_get_age (const JmpCacheEntry *self, gint64 now);
void jmp_cache_entry_free (JmpCacheEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpCache, jmp_cache_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpCacheEntry, jmp_cache_entry_free)

G_END_DECLS
