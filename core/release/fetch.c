/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/fetch-private.h"

#include "base/error.h"

/**
 * jmp_fetcher_new:
 * @downloader: gets what is not there
 * @cache: has what is there
 * @memory: knows what came from where
 *
 * Makes a fetcher of three parts that must outlive it.
 *
 * Returns: (transfer full): the fetcher
 */
JmpFetcher *
jmp_fetcher_new (JmpDownloader *downloader, JmpCache *cache, JmpMemory *memory)
{
  JmpFetcher *self = g_new0 (JmpFetcher, 1);

  self->downloader = downloader;
  self->cache = cache;
  self->memory = memory;
  return self;
}

/**
 * jmp_fetcher_free:
 * @self: (transfer full): a fetcher in which no call is under way
 *
 * Frees it, and none of its parts.
 */
void
jmp_fetcher_free (JmpFetcher *self)
{
  g_free (self);
}

/**
 * jmp_fetched_free:
 * @self: (transfer full): a firmware file
 *
 * Frees it.
 */
void
jmp_fetched_free (JmpFetched *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_pointer (&self->image, jmp_image_unref);
  g_free (self->sha256);
  g_clear_error (&self->not_kept);
  g_free (self);
}

/**
 * jmp_fetcher_has:
 * @self: a fetcher
 * @release: a release
 * @size: (out) (optional): bytes of the file
 *
 * Looks whether a release can be had without a network, for lists; quick, and asks nobody.
 *
 * Returns: whether it is on this computer
 */
gboolean
jmp_fetcher_has (JmpFetcher *self, const JmpRelease *release, guint64 *size)
{
  g_autoptr (GFile) file = NULL;

  if (!jmp_trust_is_local (release->url))
    return jmp_cache_has (self->cache, release->url, size);
  file = g_file_new_for_uri (release->url);
  if (size != NULL)
    *size = release->size;
  return g_file_query_exists (file, NULL);
}

/**
 * jmp_file_change_free:
 * @self: (transfer full): a change
 *
 * Frees it.
 */
void
jmp_file_change_free (JmpFileChange *self)
{
  g_free (self->before);
  g_free (self->now);
  g_free (self);
}

static void
tell_change (JmpFetcher *self,
             const JmpRelease *release,
             const JmpFetchOptions *options,
             const char *now)
{
  g_autoptr (JmpFileChange) change = g_new0 (JmpFileChange, 1);

  change->now = g_strdup (now);
  if (options->change != NULL && *options->change == NULL
      && jmp_memory_find (self->memory, release->url, &change->before, &change->first_seen))
    *options->change = g_steal_pointer (&change);
}

/* A file that has changed may be used when a person has looked into it: this one, and no third. */
static gboolean
check_hash (JmpFetcher *self,
            const JmpRelease *release,
            const JmpFetchOptions *options,
            JmpFetched *fetched,
            GBytes *bytes,
            GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (jmp_trust_check_hash (release, bytes, self->memory, &fetched->trust, &problem))
    return TRUE;
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_CHANGED)) {
    if (g_strcmp0 (options->accept_sha256, fetched->sha256) == 0) {
      fetched->trust = JMP_TRUST_UNPUBLISHED;
      return TRUE;
    }
    tell_change (self, release, options, fetched->sha256);
  }
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/* %NULL when the file must not be used. */
static JmpFetched *
examine (JmpFetcher *self,
         const JmpRelease *release,
         const JmpFetchOptions *options,
         GBytes *bytes,
         GError **error)
{
  g_autoptr (JmpFetched) fetched = g_new0 (JmpFetched, 1);

  fetched->image = jmp_trust_check_file (release, bytes, options->read, options->board, error);
  fetched->sha256 = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (fetched->image == NULL || !check_hash (self, release, options, fetched, bytes, error))
    return NULL;
  fetched->bytes = g_bytes_ref (bytes);
  fetched->encrypted = jmp_http_is_encrypted (release->url);
  return g_steal_pointer (&fetched);
}

/* Whether other bytes could pass where these did not: these are not what was published. */
static gboolean
is_damage (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_INVALID_FILE);
}

static GBytes *
read_local (const JmpRelease *release, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) file = g_file_new_for_uri (release->url);
  g_autoptr (GFileInfo) info = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) failure = NULL;

  info = g_file_query_info (file,
                            G_FILE_ATTRIBUTE_STANDARD_SIZE "," G_FILE_ATTRIBUTE_STANDARD_TYPE,
                            G_FILE_QUERY_INFO_NONE,
                            cancellable,
                            &failure);
  if (info != NULL && g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR)
    g_set_error (&failure, JMP_ERROR, JMP_ERROR_FILE, "it is not a file");
  else if (info != NULL && g_file_info_get_size (info) > JMP_DOWNLOAD_MAX_FIRMWARE)
    g_set_error (&failure, JMP_ERROR, JMP_ERROR_FILE, "it is larger than any firmware");
  else if (info != NULL)
    bytes = g_file_load_bytes (file, cancellable, NULL, &failure);
  if (failure == NULL)
    return g_steal_pointer (&bytes);
  if (jmp_error_is_cancelled (failure))
    g_propagate_error (error, g_steal_pointer (&failure));
  else
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_FILE, "reading %s: %s", release->file_name, failure->message);
  return NULL;
}

static JmpFetched *
fetch_local (JmpFetcher *self,
             const JmpRelease *release,
             const JmpFetchOptions *options,
             GCancellable *cancellable,
             GError **error)
{
  g_autoptr (GBytes) bytes = read_local (release, cancellable, error);

  return bytes != NULL ? examine (self, release, options, bytes, error) : NULL;
}

/* %NULL without an error when the cache does not have it, or not the right one. */
static JmpFetched *
fetch_cached (JmpFetcher *self,
              const JmpRelease *release,
              const JmpFetchOptions *options,
              gboolean *was_damaged,
              GError **error)
{
  g_autoptr (JmpCacheEntry) entry = NULL;
  g_autoptr (GError) problem = NULL;
  JmpFetched *fetched;

  *was_damaged = jmp_cache_get (self->cache, release->url, &entry) == JMP_CACHE_DAMAGED;
  if (entry == NULL)
    return NULL;
  fetched = examine (self, release, options, entry->bytes, &problem);
  if (fetched != NULL) {
    fetched->from_cache = TRUE;
    return fetched;
  }
  if (is_damage (problem))
    jmp_cache_remove (self->cache, release->url);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/* The beginning of a download that broke off stands in the cache under a name that is no address. */
static char *
beginning_key (const JmpRelease *release)
{
  return g_strconcat ("beginning of ", release->url, NULL);
}

static JmpDownload *
download (JmpFetcher *self,
          const JmpRelease *release,
          const JmpFetchOptions *options,
          GCancellable *cancellable,
          GError **error)
{
  g_autofree char *key = beginning_key (release);
  g_autoptr (JmpCacheEntry) beginning = NULL;
  g_autoptr (JmpDownload) broken = NULL;
  g_autoptr (JmpDownload) whole = NULL;
  JmpDownloadRequest request = {
    .url = release->url,
    .kind = JMP_HTTP_FIRMWARE,
    .allow_plain = !jmp_http_is_encrypted (release->url),
  };

  if (jmp_cache_get (self->cache, key, &beginning) == JMP_CACHE_PRESENT) {
    request.have = beginning->bytes;
    request.etag = beginning->etag;
    request.last_modified = beginning->last_modified;
  }
  whole = jmp_downloader_get (self->downloader,
                              &request,
                              options->progress,
                              options->user_data,
                              cancellable,
                              &broken,
                              error);
  if (whole != NULL)
    jmp_cache_remove (self->cache, key);
  else if (broken != NULL)
    jmp_cache_put (self->cache, key, broken->bytes, broken->etag, broken->last_modified, NULL);
  return g_steal_pointer (&whole);
}

static JmpFetched *
download_and_examine (JmpFetcher *self,
                      const JmpRelease *release,
                      const JmpFetchOptions *options,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (JmpDownload) whole = download (self, release, options, cancellable, error);
  g_autoptr (JmpFetched) fetched = NULL;
  g_autoptr (GError) problem = NULL;

  if (whole == NULL)
    return NULL;
  fetched = examine (self, release, options, whole->bytes, &problem);
  if (fetched == NULL && whole->resumed && is_damage (problem)) {
    /* Two parts that do not belong together: once more, from the beginning. */
    g_clear_error (&problem);
    g_clear_pointer (&whole, jmp_download_unref);
    whole = download (self, release, options, cancellable, error);
    if (whole == NULL)
      return NULL;
    fetched = examine (self, release, options, whole->bytes, &problem);
  }
  if (fetched == NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (jmp_cache_put (self->cache,
                     release->url,
                     whole->bytes,
                     whole->etag,
                     whole->last_modified,
                     &fetched->not_kept))
    jmp_memory_note (self->memory, release->url, whole->bytes, &fetched->not_kept);
  else
    jmp_memory_note (self->memory, release->url, whole->bytes, NULL);
  return g_steal_pointer (&fetched);
}

/* An address that follows from a rule may lead nowhere: not every version is built for every board. */
static void
tell_absence (JmpFetcher *self, const JmpRelease *release, GError *problem)
{
  g_autofree char *said = NULL;

  if (!g_error_matches (problem, JMP_ERROR, JMP_ERROR_ABSENT) || release->listed)
    return;
  jmp_fetcher_note_presence (self, release, JMP_PRESENCE_NO);
  said = g_steal_pointer (&problem->message);
  problem->message = g_strdup_printf ("%s: version %s was not built for %s%s%s: %s",
                                      release->file_name,
                                      release->version,
                                      release->board_id != NULL ? release->board_id : "this board",
                                      release->variant != NULL ? "-" : "",
                                      release->variant != NULL ? release->variant : "",
                                      said);
}

/**
 * jmp_fetcher_get:
 * @self: a fetcher
 * @release: what to get
 * @options: (nullable): how
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * Gets a firmware file and checks it: out of the cache, without asking anybody, when what is there is
 * right; else from where the release is. What fails a check is not kept. A download that broke off
 * goes on the next time.
 *
 * Errors: those of jmp_downloader_get(), jmp_trust_check_file() and jmp_trust_check_hash(), of which
 * %JMP_ERROR_CHANGED is the alarm that only a person may end, with @options' accept_sha256;
 * %JMP_ERROR_FILE for a file of this computer.
 *
 * Returns: (transfer full): the firmware
 */
JmpFetched *
jmp_fetcher_get (JmpFetcher *self,
                 const JmpRelease *release,
                 const JmpFetchOptions *options,
                 GCancellable *cancellable,
                 GError **error)
{
  static const JmpFetchOptions none = { 0 };
  g_autoptr (GError) problem = NULL;
  gboolean was_damaged = FALSE;
  JmpFetched *fetched;

  if (options == NULL)
    options = &none;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (jmp_trust_is_local (release->url))
    return fetch_local (self, release, options, cancellable, error);
  fetched = fetch_cached (self, release, options, &was_damaged, &problem);
  if (fetched != NULL)
    return fetched;
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  if (options->offline) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NETWORK,
                 "%s: not on this computer, and the network is not to be used",
                 release->file_name);
    return NULL;
  }
  fetched = download_and_examine (self, release, options, cancellable, &problem);
  if (fetched == NULL) {
    tell_absence (self, release, problem);
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  fetched->was_damaged = was_damaged;
  return fetched;
}
