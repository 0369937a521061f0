/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/fetch-private.h"

#include "base/error.h"

/* How long an answer counts, in seconds. What is there stays; what is not may yet be built. */
#define YES_AGE_S (90 * 24 * 3600)
#define NO_AGE_S  (24 * 3600)

/* An answer stands in the cache under a name that is no address. */
static char *
make_key (const JmpRelease *release)
{
  return g_strconcat ("presence of ", release->url, NULL);
}

/* Keeps what a server said about @release, where that is possible. */
void
jmp_fetcher_note_presence (JmpFetcher *self, const JmpRelease *release, JmpPresence presence)
{
  g_autofree char *key = make_key (release);
  g_autoptr (GBytes) bytes = g_bytes_new (presence == JMP_PRESENCE_YES ? "yes" : "no",
                                          presence == JMP_PRESENCE_YES ? 3 : 2);

  jmp_cache_put (self->cache, key, bytes, NULL, NULL, NULL);
}

/**
 * jmp_fetcher_get_presence:
 * @self: a fetcher
 * @release: a release
 *
 * What is known of whether a release is there, for lists; quick, and asks nobody.
 *
 * Returns: what is known
 */
JmpPresence
jmp_fetcher_get_presence (JmpFetcher *self, const JmpRelease *release)
{
  g_autofree char *key = make_key (release);
  g_autoptr (JmpCacheEntry) entry = NULL;
  gboolean yes;
  gint64 age;

  if (release->listed || jmp_fetcher_has (self, release, NULL))
    return JMP_PRESENCE_YES;
  if (jmp_cache_get (self->cache, key, &entry) != JMP_CACHE_PRESENT)
    return JMP_PRESENCE_UNKNOWN;
  yes = g_bytes_get_size (entry->bytes) == 3;
  age = jmp_cache_entry_get_age (entry, g_get_real_time () / G_USEC_PER_SEC);
  if (age < 0 || age > (yes ? YES_AGE_S : NO_AGE_S))
    return JMP_PRESENCE_UNKNOWN;
  return yes ? JMP_PRESENCE_YES : JMP_PRESENCE_NO;
}

/**
 * jmp_fetcher_probe:
 * @self: a fetcher
 * @release: a release
 * @cancellable: (nullable): stops it
 * @out: (out): whether it is there
 * @error: return location for a #GError
 *
 * Asks whether a release is there, with a HEAD request, unless that is known; the answer is kept. Ask
 * for few, and one after the other: the server is somebody else's.
 *
 * Errors: those of jmp_downloader_probe().
 *
 * Returns: %FALSE with @error set where nobody can say; @out is set only otherwise
 */
gboolean
jmp_fetcher_probe (JmpFetcher *self,
                   const JmpRelease *release,
                   GCancellable *cancellable,
                   JmpPresence *out,
                   GError **error)
{
  JmpPresence known = jmp_fetcher_get_presence (self, release);
  JmpProbe probe = { 0 };

  if (known == JMP_PRESENCE_UNKNOWN) {
    if (!jmp_downloader_probe (self->downloader,
                               release->url,
                               !jmp_http_is_encrypted (release->url),
                               cancellable,
                               &probe,
                               error))
      return FALSE;
    known = probe.exists ? JMP_PRESENCE_YES : JMP_PRESENCE_NO;
    jmp_fetcher_note_presence (self, release, known);
  }
  *out = known;
  return TRUE;
}
