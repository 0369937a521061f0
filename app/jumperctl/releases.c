/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/json.h"
#include "jumperctl/library.h"
#include "jumperctl/release-json.h"
#include "words/words-releases.h"

#include <glib/gi18n.h>

/* How many releases the server is asked about at most, one after the other. */
#define MAX_PROBES 8

static void
print_advice (CtlSession *session, JmpBoard *board)
{
  for (guint i = 0; i < board->advice->len; i++) {
    const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, i);
    g_autofree char *words = jmp_words_advice (advice);

    if (advice->kind != JMP_ADVICE_NOTE)
      ctl_session_print (session, "  %s\n", words);
  }
}

/* Without a board: which boards there are. */
static void
list_boards (CtlSession *session, JmpLibrary *library)
{
  GPtrArray *boards = jmp_catalogue_get_boards (jmp_library_get_catalogue (library));
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (
      builder, "catalogue", jmp_catalogue_get_generated (jmp_library_get_catalogue (library)));
  json_builder_set_member_name (builder, "boards");
  json_builder_begin_array (builder);
  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = g_ptr_array_index (boards, i);

    ctl_board_json (builder, board);
    ctl_session_print (session, "%-28s %s, %s\n", board->id, board->product, board->vendor);
    print_advice (session, board);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
}

static gboolean
is_asked_for (const CtlSession *session, const CtlWanted *wanted, const JmpRelease *release)
{
  if (session->options.channel == JMP_CHANNEL_STABLE && release->channel != JMP_CHANNEL_STABLE)
    return FALSE;
  if (wanted->version != NULL && jmp_version_compare (wanted->version, release->version) != 0)
    return FALSE;
  return wanted->variant == NULL || g_strcmp0 (wanted->variant, release->variant) == 0;
}

/* Other builds than the standard one fill the screen: they are told of, and listed when asked for, or
 * when they are on this computer. */
static gboolean
is_listed (CtlSession *session,
           JmpLibrary *library,
           const CtlWanted *wanted,
           const JmpRelease *release)
{
  return is_asked_for (session, wanted, release)
         && (release->variant == NULL || wanted->variant != NULL
             || jmp_fetcher_has (jmp_library_get_fetcher (library), release, NULL));
}

static void
print_release (CtlSession *session, JmpLibrary *library, const JmpRelease *release)
{
  guint64 size = release->size;
  gboolean downloaded = jmp_fetcher_has (jmp_library_get_fetcher (library), release, &size);
  JmpPresence presence = jmp_fetcher_get_presence (jmp_library_get_fetcher (library), release);
  g_autofree char *day = jmp_words_day (release->date);
  g_autofree char *state = presence == JMP_PRESENCE_NO ? g_strdup (_ ("not built for it"))
                                                       : jmp_words_release_state (downloaded, size);

  ctl_session_print (session,
                     "  %-12s %-10s  %-22s %s%s%s\n",
                     release->version,
                     day,
                     state,
                     release->feed,
                     release->variant != NULL ? "  " : "",
                     release->variant != NULL ? release->variant : "");
}

static void
print_notes (CtlSession *session, const JmpRelease *release)
{
  g_auto (GStrv) lines = release->notes != NULL ? g_strsplit (release->notes, "\n", -1) : NULL;

  for (guint i = 0; lines != NULL && lines[i] != NULL; i++)
    ctl_session_print (session, "      %s\n", lines[i]);
  if (release->notes_url != NULL)
    ctl_session_print (session, _ ("      What is new: %s\n"), release->notes_url);
}

static void
print_releases (CtlSession *session,
                JmpLibrary *library,
                const CtlWanted *wanted,
                const JmpFound *found)
{
  JmpBoard *board = wanted->board;
  g_autofree char *name = jmp_words_board (board);

  ctl_session_print (session, "%s\n", name);
  print_advice (session, board);
  for (guint i = 0; i < found->releases->len; i++) {
    JmpRelease *release = g_ptr_array_index (found->releases, i);

    if (!is_listed (session, library, wanted, release))
      continue;
    print_release (session, library, release);
    if (session->options.notes)
      print_notes (session, release);
  }
  for (guint i = 0; wanted->variant == NULL && i < board->variants->len; i++) {
    const char *code = g_array_index (board->variants, JmpWords, i).code;
    g_autofree char *words = jmp_words_variant (board, code);

    ctl_session_print (session, _ ("Also built as %s-%s: %s\n"), board->id, code, words);
  }
}

static void
add_presence (JsonBuilder *builder, JmpFetcher *fetcher, const JmpRelease *release)
{
  JmpPresence presence = jmp_fetcher_get_presence (fetcher, release);

  ctl_json_boolean (builder, "downloaded", jmp_fetcher_has (fetcher, release, NULL));
  if (presence != JMP_PRESENCE_UNKNOWN)
    ctl_json_boolean (builder, "built", presence == JMP_PRESENCE_YES);
  else
    ctl_json_string (builder, "built", NULL);
}

static JsonNode *
to_json (CtlSession *session, JmpLibrary *library, const CtlWanted *wanted, const JmpFound *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (
      builder, "catalogue", jmp_catalogue_get_generated (jmp_library_get_catalogue (library)));
  json_builder_set_member_name (builder, "board");
  ctl_board_json (builder, wanted->board);
  json_builder_set_member_name (builder, "releases");
  json_builder_begin_array (builder);
  for (guint i = 0; i < found->releases->len; i++) {
    JmpRelease *release = g_ptr_array_index (found->releases, i);

    if (!is_asked_for (session, wanted, release))
      continue;
    json_builder_begin_object (builder);
    ctl_release_json (builder, release);
    add_presence (builder, jmp_library_get_fetcher (library), release);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < session->warnings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (session->warnings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
is_worth_asking (CtlSession *session,
                 JmpLibrary *library,
                 const CtlWanted *wanted,
                 const JmpRelease *release,
                 GHashTable *silent)
{
  JmpFetcher *fetcher = jmp_library_get_fetcher (library);

  return is_listed (session, library, wanted, release)
         && jmp_fetcher_get_presence (fetcher, release) == JMP_PRESENCE_UNKNOWN
         && !g_hash_table_contains (silent, release->feed);
}

/* Releases whose address follows from a rule may not be there: with --refresh the servers are asked, for
 * the newest ones, and each no longer than it answers. */
static gboolean
probe (CtlSession *session,
       JmpLibrary *library,
       const CtlWanted *wanted,
       const JmpFound *found,
       GError **error)
{
  JmpFetcher *fetcher = jmp_library_get_fetcher (library);
  g_autoptr (GHashTable) silent = g_hash_table_new (g_str_hash, g_str_equal);
  guint n = 0;

  for (guint i = 0; n < MAX_PROBES && i < found->releases->len; i++) {
    JmpRelease *release = g_ptr_array_index (found->releases, i);
    g_autoptr (GError) problem = NULL;
    JmpPresence presence;

    if (!is_worth_asking (session, library, wanted, release, silent))
      continue;
    n++;
    if (jmp_fetcher_probe (fetcher, release, session->cancellable, &presence, &problem))
      continue;
    if (jmp_error_is_cancelled (problem)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return FALSE;
    }
    g_hash_table_add (silent, release->feed);
  }
  return TRUE;
}

static gboolean
list_releases (CtlSession *session, JmpLibrary *library, const char *text, GError **error)
{
  JmpLibraryAsk ask = session->options.refresh ? JMP_LIBRARY_ASK_NOW : JMP_LIBRARY_ASK_NOBODY;
  g_auto (CtlWanted) wanted = { 0 };
  g_autoptr (JmpFound) found = NULL;

  if (!ctl_wanted_parse_strictly (jmp_library_get_catalogue (library), text, &wanted, error))
    return FALSE;
  found = ctl_library_find (library, session, wanted.board, ask, error);
  if (found == NULL)
    return FALSE;
  if (session->options.refresh && !probe (session, library, &wanted, found, error))
    return FALSE;
  session->result = to_json (session, library, &wanted, found);
  print_releases (session, library, &wanted, found);
  return TRUE;
}

static gboolean
releases_run (CtlSession *session, GError **error)
{
  char **names = session->options.files;
  g_autoptr (JmpLibrary) library = ctl_library_new (session, error);

  if (library == NULL)
    return FALSE;
  if (names != NULL && names[0] != NULL)
    return list_releases (session, library, names[0], error);
  list_boards (session, library);
  return TRUE;
}

const CtlCommand ctl_command_releases = {
  .name = "releases",
  .parameters = N_ ("[BOARD[-VARIANT][@VERSION]]"),
  .summary = N_ ("List the firmware that is released for a board, or the boards."),
  .examples = "  jumperctl releases\n"
              "  jumperctl releases PYBV11\n"
              "  jumperctl releases PYBV11-DP --refresh\n"
              "  jumperctl releases PYBV11@1.29.0 --notes",
  .takes = CTL_TAKES_REFRESH | CTL_TAKES_CHANNEL | CTL_TAKES_NOTES,
  .max_files = 1,
  .run = releases_run,
};
