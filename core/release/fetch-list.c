/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/error.h"
#include "release/fetch-private.h"

/**
 * jmp_list_free:
 * @self: (transfer full): a list
 *
 * Frees it.
 */
void
jmp_list_free (JmpList *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_error (&self->old_because);
  g_clear_error (&self->not_kept);
  g_free (self);
}

static gint64
now_s (void)
{
  return g_get_real_time () / G_USEC_PER_SEC;
}

/* A date in the future is no date: the clock was wrong then, or is now. */
static JmpList *
list_from_cache (const JmpCacheEntry *entry)
{
  JmpList *list = g_new0 (JmpList, 1);

  list->bytes = g_bytes_ref (entry->bytes);
  list->date = jmp_cache_entry_get_age (entry, now_s ()) >= 0 ? entry->date : 0;
  return list;
}

static gboolean
passes (const JmpListRequest *request, GBytes *bytes, GError **error)
{
  return request->check == NULL || request->check (bytes, request->user_data, error);
}

/* What came: the cached list again when it has not changed, or a new one that makes sense. */
static JmpList *
ask (JmpFetcher *self,
     const JmpListRequest *request,
     const JmpCacheEntry *entry,
     GCancellable *cancellable,
     GError **error)
{
  const JmpDownloadRequest wanted = {
    .url = request->url,
    .kind = request->kind,
    .allow_plain = request->allow_plain,
    .accept = request->accept,
    .etag = entry != NULL ? entry->etag : NULL,
    .last_modified = entry != NULL ? entry->last_modified : NULL,
  };
  g_autoptr (JmpDownload) came = NULL;
  g_autoptr (JmpList) list = NULL;

  came = jmp_downloader_get (self->downloader, &wanted, NULL, NULL, cancellable, NULL, error);
  if (came == NULL || (came->bytes != NULL && !passes (request, came->bytes, error)))
    return NULL;
  list = g_new0 (JmpList, 1);
  list->date = now_s ();
  if (came->bytes == NULL) {
    list->bytes = g_bytes_ref (entry->bytes);
    jmp_cache_confirm (self->cache, request->url, &list->not_kept);
  } else {
    list->bytes = g_bytes_ref (came->bytes);
    jmp_cache_put (
        self->cache, request->url, came->bytes, came->etag, came->last_modified, &list->not_kept);
  }
  return g_steal_pointer (&list);
}

/**
 * jmp_fetcher_get_list:
 * @self: a fetcher
 * @request: which list
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * Gets the list of a source: out of the cache while it is young; else from the source, which is asked
 * only whether it has changed (ETag, Last-Modified). When the source cannot be asked, or what comes is
 * no list, an older one out of the cache is better than none, and says why it is old.
 *
 * Errors: those of jmp_downloader_get() and of @request's check; %JMP_ERROR_NETWORK when it is not to
 * be asked and nothing is in the cache.
 *
 * Returns: (transfer full): the list
 */
JmpList *
jmp_fetcher_get_list (JmpFetcher *self,
                      const JmpListRequest *request,
                      GCancellable *cancellable,
                      GError **error)
{
  g_autoptr (JmpCacheEntry) entry = NULL;
  g_autoptr (GError) problem = NULL;
  JmpList *list;
  gint64 age = -1;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  jmp_cache_get (self->cache, request->url, &entry);
  if (entry != NULL && !passes (request, entry->bytes, NULL)) {
    jmp_cache_remove (self->cache, request->url);
    g_clear_pointer (&entry, jmp_cache_entry_free);
  }
  if (entry != NULL)
    age = jmp_cache_entry_get_age (entry, now_s ());
  if (age >= 0 && age < request->max_age_s)
    return list_from_cache (entry);
  if (request->offline)
    g_set_error (&problem,
                 JMP_ERROR,
                 JMP_ERROR_NETWORK,
                 "the network is not to be used, and the list is not on this computer");
  else if ((list = ask (self, request, entry, cancellable, &problem)) != NULL)
    return list;
  if (entry == NULL || jmp_error_is_cancelled (problem)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  list = list_from_cache (entry);
  list->old_because = g_steal_pointer (&problem);
  return list;
}
