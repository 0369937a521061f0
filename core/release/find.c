/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/find.h"

#include "base/error.h"
#include "release/choose.h"

static void
problem_free (gpointer data)
{
  JmpFindProblem *problem = data;

  g_free (problem->feed);
  g_error_free (problem->error);
  g_free (problem);
}

/**
 * jmp_found_free:
 * @self: (transfer full): what was found
 *
 * Frees it.
 */
void
jmp_found_free (JmpFound *self)
{
  g_ptr_array_unref (self->releases);
  g_ptr_array_unref (self->own);
  g_ptr_array_unref (self->problems);
  g_free (self);
}

static GPtrArray *
release_array (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
}

/* A page without a link to firmware is a captive portal's, or somebody else's: it takes no place. */
static gboolean
check_list (GBytes *bytes, gpointer user_data, GError **error)
{
  const JmpFeedQuery *query = user_data;
  g_autoptr (GPtrArray) releases = jmp_feed_parse (query, bytes, error);

  if (releases == NULL)
    return FALSE;
  if (releases->len > 0 || query->source->kind != JMP_SOURCE_LINKS)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "the page has no link to firmware");
  return FALSE;
}

/* The list of a source that has one somewhere on the network. */
static JmpList *
get_list (JmpFetcher *fetcher,
          const JmpFindRequest *request,
          JmpFeedQuery *query,
          GCancellable *cancellable,
          GError **error)
{
  const JmpSource *source = query->source;
  g_autofree char *url = jmp_feed_get_url (query, error);
  const JmpListRequest wanted = {
    .url = url,
    .kind = source->kind == JMP_SOURCE_LINKS ? JMP_HTTP_PAGE : JMP_HTTP_JSON,
    .allow_plain = source->allow_http,
    .accept = source->kind == JMP_SOURCE_GITHUB ? "application/vnd.github+json" : NULL,
    .max_age_s = request->offline ? G_MAXUINT : request->max_age_s,
    .offline = request->offline,
    .check = check_list,
    .user_data = query,
  };

  return url != NULL ? jmp_fetcher_get_list (fetcher, &wanted, cancellable, error) : NULL;
}

/* What one source has; %NULL with @error set when it cannot say. @stale: why the list is an old one. */
static GPtrArray *
ask_source (JmpFetcher *fetcher,
            const JmpFindRequest *request,
            JmpSource *source,
            GError **stale,
            GCancellable *cancellable,
            GError **error)
{
  JmpFeedQuery query = {
    .catalogue = request->catalogue,
    .source = source,
    .board = request->board,
  };
  g_autoptr (JmpList) list = NULL;
  g_autoptr (GBytes) bytes = NULL;

  if (!jmp_feed_needs_bytes (source))
    return jmp_feed_parse (&query, NULL, error);
  if (source->kind == JMP_SOURCE_FOLDER) {
    bytes = jmp_feed_list_folder (source, cancellable, error);
  } else {
    list = get_list (fetcher, request, &query, cancellable, error);
    bytes = list != NULL ? g_bytes_ref (list->bytes) : NULL;
    if (list != NULL && !request->offline)
      *stale = g_steal_pointer (&list->old_because);
  }
  return bytes != NULL ? jmp_feed_parse (&query, bytes, error) : NULL;
}

static gboolean
concerns (const JmpFindRequest *request, const JmpSource *source)
{
  if (!source->personal)
    return jmp_board_has_source (request->board, source->id);
  return source->board == NULL || jmp_board_is_called (request->board, source->board);
}

static void
add_problem (JmpFound *self, const JmpSource *source, GError *error)
{
  JmpFindProblem *problem = g_new0 (JmpFindProblem, 1);

  problem->feed = g_strdup (source->id);
  problem->error = error;
  g_ptr_array_add (self->problems, problem);
}

/* %FALSE when it was cancelled. Offline, a list that never came is no problem. */
static gboolean
add_source (JmpFound *self,
            JmpFetcher *fetcher,
            const JmpFindRequest *request,
            JmpSource *source,
            GCancellable *cancellable,
            GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) stale = NULL;
  g_autoptr (GPtrArray) releases = NULL;

  if (!concerns (request, source))
    return TRUE;
  releases = ask_source (fetcher, request, source, &stale, cancellable, &problem);
  if (problem != NULL && jmp_error_is_cancelled (problem)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  if (problem != NULL
      && !(request->offline && g_error_matches (problem, JMP_ERROR, JMP_ERROR_NETWORK)))
    add_problem (self, source, g_steal_pointer (&problem));
  if (stale != NULL)
    add_problem (self, source, g_steal_pointer (&stale));
  if (releases == NULL)
    return TRUE;
  if (source->personal)
    jmp_releases_merge (self->own, releases);
  jmp_releases_merge (self->releases, releases);
  return TRUE;
}

/**
 * jmp_find_releases:
 * @fetcher: gets lists
 * @request: what is looked for
 * @cancellable: (nullable): stops it
 * @error: return location for a #GError
 *
 * Asks all sources that can have releases for a board, the person's own first, and puts together what
 * they say. What a source cannot say is in the problems, and no error.
 *
 * Errors: %G_IO_ERROR_CANCELLED alone.
 *
 * Returns: (transfer full): what was found, perhaps nothing
 */
JmpFound *
jmp_find_releases (JmpFetcher *fetcher,
                   const JmpFindRequest *request,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autoptr (JmpFound) found = g_new0 (JmpFound, 1);
  GPtrArray *lists[] = { request->personal, jmp_catalogue_get_sources (request->catalogue) };

  found->releases = release_array ();
  found->own = release_array ();
  found->problems = g_ptr_array_new_with_free_func (problem_free);
  for (guint n = 0; n < G_N_ELEMENTS (lists); n++) {
    for (guint i = 0; lists[n] != NULL && i < lists[n]->len; i++) {
      if (!add_source (
              found, fetcher, request, g_ptr_array_index (lists[n], i), cancellable, error))
        return NULL;
    }
  }
  return g_steal_pointer (&found);
}

/**
 * jmp_found_pick:
 * @self: what was found
 * @board: the board
 * @variant: (nullable): the build; %NULL for the standard one
 * @version: (nullable): the version; %NULL for the newest
 * @channel: as for jmp_choose_release()
 *
 * Picks the file for a board as jmp_choose_release() does. Where the person's own source has the same
 * version as another, theirs is meant: they added it for that.
 *
 * Returns: (nullable) (transfer none): the release
 */
JmpRelease *
jmp_found_pick (const JmpFound *self,
                JmpBoard *board,
                const char *variant,
                const char *version,
                JmpChannel channel)
{
  JmpRelease *any = jmp_choose_release (self->releases, board, variant, version, channel);
  JmpRelease *own = jmp_choose_release (self->own, board, variant, version, channel);

  if (own != NULL && any != NULL && jmp_version_compare (own->version, any->version) >= 0)
    return own;
  return any;
}
