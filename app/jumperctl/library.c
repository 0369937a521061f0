/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/library.h"

#include "base/error.h"
#include "jumperctl/consent.h"
#include "jumperctl/download-line.h"
#include "words/words.h"

#include <glib/gi18n.h>

/**
 * ctl_library_new:
 * @session: a session
 * @error: as jmp_library_new()
 *
 * Opens what is known; asks nobody. A slip in the person's own file is a warning.
 *
 * Returns: (transfer full) (nullable): the library
 */
JmpLibrary *
ctl_library_new (CtlSession *session, GError **error)
{
  JmpLibrary *library = jmp_library_new (error);
  g_autoptr (GError) problem = library != NULL ? jmp_library_dup_sources_problem (library) : NULL;

  if (problem != NULL)
    ctl_session_warn (session, _ ("Your own sources are not used: %s."), problem->message);
  return library;
}

/**
 * ctl_library_find:
 * @library: a library
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
    JmpLibrary *library, CtlSession *session, JmpBoard *board, JmpLibraryAsk ask, GError **error)
{
  JmpFound *found = jmp_library_find (library, board, ask, session->cancellable, error);

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
pick_from (JmpLibrary *library,
           CtlSession *session,
           const CtlWanted *wanted,
           JmpLibraryAsk ask,
           GError **error)
{
  g_autoptr (JmpFound) found = ctl_library_find (library, session, wanted->board, ask, error);
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
 * @library: a library
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
ctl_library_pick (JmpLibrary *library, CtlSession *session, const CtlWanted *wanted, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gboolean offline = session->options.offline;
  JmpRelease *release = NULL;

  if (wanted->version != NULL || offline)
    release = pick_from (library, session, wanted, JMP_LIBRARY_ASK_NOBODY, &problem);
  if (release == NULL && problem == NULL && !offline)
    release = pick_from (library, session, wanted, JMP_LIBRARY_ASK_SOMETIMES, &problem);
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

/* The alarm, with all that a person needs to look into it, and how to end it. */
static void
tell_change (const JmpRelease *release, const JmpFileChange *change, GError **error)
{
  g_autoptr (GDateTime) first = g_date_time_new_from_unix_utc (change->first_seen);
  g_autofree char *day = first != NULL ? g_date_time_format (first, "%Y-%m-%d") : NULL;

  g_clear_error (error);
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_CHANGED,
               "%s: since %s it had SHA-256 %s, and now it has %s; if its publisher has explained "
               "that: --accept-changed %s",
               release->file_name,
               day != NULL ? day : "it was first seen",
               change->before,
               change->now,
               change->now);
}

static void
warn_of_fetched (CtlSession *session, const JmpRelease *release, const JmpFetched *fetched)
{
  if (fetched->was_damaged)
    ctl_session_warn (session,
                      _ ("%s was damaged on this computer, and was downloaded again."),
                      release->file_name);
  if (fetched->not_kept != NULL)
    ctl_session_warn (session,
                      _ ("%s cannot be kept for the next time: %s."),
                      release->file_name,
                      fetched->not_kept->message);
}

/* So much of a SHA-256 is compared by a person who has it from the publisher. */
#define TYPED_DIGITS 8

/* Nobody agrees by accident, or with --yes: the new sum has to be known. */
static gboolean
ask_about_change (CtlSession *session,
                  const JmpRelease *release,
                  const JmpFileChange *change,
                  GError **error)
{
  g_autofree char *wanted = g_strndup (change->now, TYPED_DIGITS);
  g_autofree char *question = g_strdup_printf (
      _ ("%1$s is not the file that it was. It had SHA-256 %2$s, and now it has %3$s. Go on only "
         "if "
         "its publisher has explained that."),
      release->file_name,
      change->before,
      change->now);

  return ctl_consent_word (session, question, wanted, error);
}

static JmpFetched *
fetch (JmpLibrary *library,
       CtlSession *session,
       JmpRelease *release,
       const char *accepted,
       JmpFileChange **change,
       GError **error)
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
    .accept_sha256 = accepted,
    .change = change,
    .progress = ctl_download_line_update,
    .user_data = line,
  };
  JmpFetched *fetched = jmp_fetcher_get (
      jmp_library_get_fetcher (library), release, &how, session->cancellable, error);

  if (fetched != NULL && !fetched->from_cache && fetched->trust != JMP_TRUST_LOCAL)
    ctl_download_line_end (line, g_bytes_get_size (fetched->bytes));
  ctl_download_line_free (line);
  return fetched;
}

/**
 * ctl_library_fetch:
 * @library: a library
 * @session: a session
 * @release: a release
 * @error: as jmp_fetcher_get(), and %JMP_ERROR_REFUSED
 *
 * Gets the file of a release, with progress as for other work. About one that is not the file that it
 * was, a person at a terminal is asked.
 *
 * Returns: (transfer full) (nullable): the file, checked
 */
JmpFetched *
ctl_library_fetch (JmpLibrary *library, CtlSession *session, JmpRelease *release, GError **error)
{
  g_autoptr (JmpFileChange) change = NULL;
  g_autoptr (GError) problem = NULL;
  JmpFetched *fetched = fetch (
      library, session, release, session->options.accept_changed, &change, &problem);

  if (fetched == NULL && change != NULL && session->options.accept_changed == NULL
      && ctl_consent_can_ask ()) {
    g_clear_error (&problem);
    if (ask_about_change (session, release, change, &problem))
      fetched = fetch (library, session, release, change->now, NULL, &problem);
  } else if (fetched == NULL && change != NULL) {
    tell_change (release, change, &problem);
  }
  if (fetched != NULL)
    warn_of_fetched (session, release, fetched);
  else
    g_propagate_error (error, g_steal_pointer (&problem));
  return fetched;
}
