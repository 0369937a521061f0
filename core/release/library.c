/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/library.h"

#include "release/feeds-file.h"

/* @mutex guards @sources and @sources_problem; the array itself is never changed, only replaced. */
struct _JmpLibrary {
  JmpCatalogue *catalogue;
  JmpDownloader *downloader;
  JmpCache *cache;
  JmpMemory *memory;
  JmpFetcher *fetcher;
  GMutex mutex;
  GPtrArray *sources;
  GError *sources_problem;
};

/**
 * jmp_library_new:
 * @error: return location for an error
 *
 * Opens what is known, with the folders of this person; asks nobody. A slip in the person's own sources
 * takes nothing away from the rest: jmp_library_dup_sources_problem() tells of it.
 *
 * Errors: %JMP_ERROR_INVALID_FILE, where the catalogue that is compiled in is broken.
 *
 * Returns: (transfer full) (nullable): the library
 */
JmpLibrary *
jmp_library_new (GError **error)
{
  static const JmpDownloadSettings settings = JMP_DOWNLOAD_DEFAULTS;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (error);
  JmpLibrary *self;

  if (catalogue == NULL)
    return NULL;
  self = g_atomic_rc_box_new0 (JmpLibrary);
  g_mutex_init (&self->mutex);
  self->catalogue = g_steal_pointer (&catalogue);
  self->downloader = jmp_downloader_new (&settings);
  self->cache = jmp_cache_new (NULL, 0);
  self->memory = jmp_memory_new (NULL);
  self->fetcher = jmp_fetcher_new (self->downloader, self->cache, self->memory);
  self->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  jmp_library_read_sources (self, NULL);
  return self;
}

/**
 * jmp_library_ref:
 * @self: a library
 *
 * Returns: (transfer full): one more reference
 */
JmpLibrary *
jmp_library_ref (JmpLibrary *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
library_clear (gpointer data)
{
  JmpLibrary *self = data;

  jmp_fetcher_free (self->fetcher);
  jmp_memory_free (self->memory);
  jmp_cache_free (self->cache);
  jmp_downloader_free (self->downloader);
  jmp_catalogue_unref (self->catalogue);
  g_ptr_array_unref (self->sources);
  g_clear_error (&self->sources_problem);
  g_mutex_clear (&self->mutex);
}

/**
 * jmp_library_unref:
 * @self: (transfer full): a library
 *
 * Gives up a reference. With the last one the downloader's thread ends: whoever has a call under way
 * holds a reference.
 */
void
jmp_library_unref (JmpLibrary *self)
{
  g_atomic_rc_box_release_full (self, library_clear);
}

/**
 * jmp_library_get_catalogue:
 * @self: a library
 *
 * Returns: (transfer none): the boards, versions and sources that the program knows
 */
JmpCatalogue *
jmp_library_get_catalogue (JmpLibrary *self)
{
  return self->catalogue;
}

/**
 * jmp_library_get_fetcher:
 * @self: a library
 *
 * Returns: (transfer none): what gets files and lists
 */
JmpFetcher *
jmp_library_get_fetcher (JmpLibrary *self)
{
  return self->fetcher;
}

/**
 * jmp_library_get_downloader:
 * @self: a library
 *
 * Returns: (transfer none): what speaks to the network
 */
JmpDownloader *
jmp_library_get_downloader (JmpLibrary *self)
{
  return self->downloader;
}

/**
 * jmp_library_get_cache:
 * @self: a library
 *
 * Returns: (transfer none): what was downloaded
 */
JmpCache *
jmp_library_get_cache (JmpLibrary *self)
{
  return self->cache;
}

/**
 * jmp_library_get_memory:
 * @self: a library
 *
 * Returns: (transfer none): what came from where
 */
JmpMemory *
jmp_library_get_memory (JmpLibrary *self)
{
  return self->memory;
}

/* @sources or @problem take the place of what was known; without @sources, those before stay. */
static void
take_sources (JmpLibrary *self, GPtrArray *sources, const GError *problem)
{
  g_mutex_lock (&self->mutex);
  g_clear_error (&self->sources_problem);
  if (problem != NULL)
    self->sources_problem = g_error_copy (problem);
  if (sources != NULL) {
    g_ptr_array_unref (self->sources);
    self->sources = g_ptr_array_ref (sources);
  }
  g_mutex_unlock (&self->mutex);
}

/**
 * jmp_library_read_sources:
 * @self: a library
 * @error: return location for an error
 *
 * Reads the person's own sources again: another program, or the person, has changed them.
 *
 * Errors: as jmp_feeds_file_read().
 *
 * Returns: %FALSE with @error set where they cannot be read; those of before are used then
 */
gboolean
jmp_library_read_sources (JmpLibrary *self, GError **error)
{
  g_autofree char *path = jmp_feeds_file_get_path ();
  g_autoptr (GError) problem = NULL;
  g_autoptr (GPtrArray) sources = jmp_feeds_file_read (path, &problem);

  take_sources (self, sources, problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  return sources != NULL;
}

/**
 * jmp_library_dup_sources:
 * @self: a library
 *
 * Returns: (transfer container) (element-type JmpSource): the person's own sources; do not change the
 *   array
 */
GPtrArray *
jmp_library_dup_sources (JmpLibrary *self)
{
  GPtrArray *sources;

  g_mutex_lock (&self->mutex);
  sources = g_ptr_array_ref (self->sources);
  g_mutex_unlock (&self->mutex);
  return sources;
}

/**
 * jmp_library_dup_sources_problem:
 * @self: a library
 *
 * Returns: (transfer full) (nullable): why the person's own sources could not be read the last time
 */
GError *
jmp_library_dup_sources_problem (JmpLibrary *self)
{
  GError *problem;

  g_mutex_lock (&self->mutex);
  problem = self->sources_problem != NULL ? g_error_copy (self->sources_problem) : NULL;
  g_mutex_unlock (&self->mutex);
  return problem;
}

/**
 * jmp_library_write_sources:
 * @self: a library
 * @sources: (element-type JmpSource): all of the person's sources
 * @error: return location for an error
 *
 * Keeps the person's own sources and uses them from now on.
 *
 * Errors: as jmp_feeds_file_write().
 *
 * Returns: %FALSE with @error set when nothing was changed
 */
gboolean
jmp_library_write_sources (JmpLibrary *self, GPtrArray *sources, GError **error)
{
  g_autofree char *path = jmp_feeds_file_get_path ();

  return jmp_feeds_file_write (path, sources, error) && jmp_library_read_sources (self, error);
}

/**
 * jmp_library_find:
 * @self: a library
 * @board: a board
 * @ask: how much the network may be used
 * @cancellable: (nullable): stops it
 * @error: return location for an error
 *
 * Finds all releases for a board, as jmp_find_releases() does.
 *
 * Errors: %G_IO_ERROR_CANCELLED alone; what a source could not say is in the problems of what is found.
 *
 * Returns: (transfer full) (nullable): what was found
 */
JmpFound *
jmp_library_find (
    JmpLibrary *self, JmpBoard *board, JmpLibraryAsk ask, GCancellable *cancellable, GError **error)
{
  g_autoptr (GPtrArray) personal = jmp_library_dup_sources (self);
  const JmpFindRequest request = {
    .catalogue = self->catalogue,
    .personal = personal,
    .board = board,
    .offline = ask == JMP_LIBRARY_ASK_NOBODY,
    .max_age_s = ask == JMP_LIBRARY_ASK_SOMETIMES ? JMP_LIBRARY_LIST_AGE_S : 0,
  };

  return jmp_find_releases (self->fetcher, &request, cancellable, error);
}
