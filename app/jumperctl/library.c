/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/library.h"

#include "base/error.h"
#include "jumperctl/download-line.h"
#include "release/feeds-file.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* How old a list may be when the newest release is wanted and nothing else is said. */
#define LIST_AGE_S 3600

/* A slip in the person's own file takes nothing away from what the program knows itself. */
static GPtrArray *
read_personal (CtlSession *session)
{
  g_autofree char *path = jmp_feeds_file_get_path ();
  g_autoptr (GError) problem = NULL;
  GPtrArray *sources = jmp_feeds_file_read (path, &problem);

  if (sources == NULL)
    ctl_session_warn (session, _ ("Your own sources are not used: %s."), problem->message);
  return sources;
}

/**
 * ctl_library_new:
 * @session: a session
 * @error: %JMP_ERROR_INVALID_FILE
 *
 * Opens what is known; asks nobody.
 *
 * Returns: (transfer full) (nullable): the library
 */
CtlLibrary *
ctl_library_new (CtlSession *session, GError **error)
{
  static const JmpDownloadSettings settings = JMP_DOWNLOAD_DEFAULTS;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (error);
  CtlLibrary *self;

  if (catalogue == NULL)
    return NULL;
  self = g_new0 (CtlLibrary, 1);
  self->catalogue = g_steal_pointer (&catalogue);
  self->personal = read_personal (session);
  self->downloader = jmp_downloader_new (&settings);
  self->cache = jmp_cache_new (NULL, 0);
  self->memory = jmp_memory_new (NULL);
  self->fetcher = jmp_fetcher_new (self->downloader, self->cache, self->memory);
  return self;
}

/**
 * ctl_library_free:
 * @self: (transfer full): a library
 *
 * Closes it.
 */
void
ctl_library_free (CtlLibrary *self)
{
  jmp_fetcher_free (self->fetcher);
  jmp_memory_free (self->memory);
  jmp_cache_free (self->cache);
  jmp_downloader_free (self->downloader);
  g_clear_pointer (&self->personal, g_ptr_array_unref);
  jmp_catalogue_unref (self->catalogue);
  g_free (self);
}

/**
 * ctl_library_find:
 * @self: a library
 * @session: a session
 * @board: a board
 * @ask: how much the network may be used
 * @error: %G_IO_ERROR_CANCELLED
 *
 * Finds all releases for a board. What a source could not say is a warning.
 *
 * Returns: (transfer full) (nullable): what was found
 */
JmpFound *
ctl_library_find (
    CtlLibrary *self, CtlSession *session, JmpBoard *board, CtlAsk ask, GError **error)
{
  const JmpFindRequest request = {
    .catalogue = self->catalogue,
    .personal = self->personal,
    .board = board,
    .offline = ask == CTL_ASK_NOBODY,
    .max_age_s = ask == CTL_ASK_SOMETIMES ? LIST_AGE_S : 0,
  };
  JmpFound *found = jmp_find_releases (self->fetcher, &request, session->cancellable, error);

  for (guint i = 0; found != NULL && i < found->problems->len; i++) {
    const JmpFindProblem *problem = g_ptr_array_index (found->problems, i);

    ctl_session_warn (session,
                      _ ("The source “%s” has nothing new to say: %s."),
                      problem->feed,
                      problem->error->message);
  }
  return found;
}

static JmpRelease *
pick_from (
    CtlLibrary *self, CtlSession *session, const CtlWanted *wanted, CtlAsk ask, GError **error)
{
  g_autoptr (JmpFound) found = ctl_library_find (self, session, wanted->board, ask, error);
  JmpRelease *release = found != NULL ? jmp_found_pick (found,
                                                        wanted->board,
                                                        wanted->variant,
                                                        wanted->version,
                                                        session->options.channel)
                                      : NULL;

  return release != NULL ? jmp_release_ref (release) : NULL;
}

/**
 * ctl_library_pick:
 * @self: a library
 * @session: a session
 * @wanted: what was asked for
 * @error: %JMP_ERROR_USAGE where there is no such release
 *
 * The release that is meant. The sources are asked when the newest is wanted, or a version that is not
 * known; never with --offline.
 *
 * Returns: (transfer full) (nullable): the release
 */
JmpRelease *
ctl_library_pick (CtlLibrary *self, CtlSession *session, const CtlWanted *wanted, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean offline = session->options.offline;
  JmpRelease *release = NULL;

  if (wanted->version != NULL || offline)
    release = pick_from (self, session, wanted, CTL_ASK_NOBODY, &problem);
  if (release == NULL && problem == NULL && !offline)
    release = pick_from (self, session, wanted, CTL_ASK_SOMETIMES, &problem);
  if (problem != NULL)
    g_propagate_error (error, g_steal_pointer (&problem));
  else if (release == NULL)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: no release %s is known (\"jumperctl releases %s\" lists those that are)",
                 wanted->board->id,
                 wanted->version != NULL ? wanted->version : "for it",
                 wanted->board->id);
  return release;
}

/**
 * ctl_library_fetch:
 * @self: a library
 * @session: a session
 * @release: a release
 * @error: as jmp_fetcher_get()
 *
 * Gets the file of a release, with progress as for other work.
 *
 * Returns: (transfer full) (nullable): the file, checked
 */
JmpFetched *
ctl_library_fetch (CtlLibrary *self, CtlSession *session, JmpRelease *release, GError **error)
{
  const JmpReadOptions read = {
    .has_address = session->options.has_address,
    .address = session->options.address,
    .alt = session->options.alt,
  };
  CtlDownloadLine *line = ctl_download_line_new (session->options.json, release->file_name);
  const JmpFetchOptions how = {
    .read = &read,
    .offline = session->options.offline,
    .progress = ctl_download_line_update,
    .user_data = line,
  };
  JmpFetched *fetched = jmp_fetcher_get (self->fetcher, release, &how, session->cancellable, error);

  if (fetched != NULL && !fetched->from_cache && fetched->trust != JMP_TRUST_LOCAL)
    ctl_download_line_end (line, g_bytes_get_size (fetched->bytes));
  ctl_download_line_free (line);
  if (fetched == NULL)
    return NULL;
  if (fetched->was_damaged)
    ctl_session_warn (session,
                      _ ("%s was damaged on this computer, and was downloaded again."),
                      release->file_name);
  if (fetched->not_kept != NULL)
    ctl_session_warn (session,
                      _ ("%s cannot be kept for the next time: %s."),
                      release->file_name,
                      fetched->not_kept->message);
  return fetched;
}
