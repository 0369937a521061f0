/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/json.h"
#include "jumperctl/library.h"
#include "jumperctl/release-json.h"
#include "words/words-releases.h"

#include <glib/gi18n.h>

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
list_boards (CtlSession *session, CtlLibrary *library)
{
  GPtrArray *boards = jmp_catalogue_get_boards (library->catalogue);
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "catalogue", jmp_catalogue_get_generated (library->catalogue));
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

static void
print_release (CtlSession *session, CtlLibrary *library, const JmpRelease *release)
{
  guint64 size = release->size;
  gboolean downloaded = jmp_fetcher_has (library->fetcher, release, &size);
  g_autofree char *day = jmp_words_day (release->date);
  g_autofree char *state = jmp_words_release_state (downloaded, size);

  ctl_session_print (session,
                     "  %-12s %-10s  %-22s %s%s%s\n",
                     release->version,
                     day,
                     state,
                     release->feed,
                     release->variant != NULL ? "  " : "",
                     release->variant != NULL ? release->variant : "");
}

/* Other builds than the standard one fill the screen: they are told of, and listed when asked for, or
 * when they are on this computer. */
static void
print_releases (CtlSession *session,
                CtlLibrary *library,
                const CtlWanted *wanted,
                const JmpFound *found)
{
  JmpBoard *board = wanted->board;
  g_autofree char *name = jmp_words_board (board);

  ctl_session_print (session, "%s\n", name);
  print_advice (session, board);
  for (guint i = 0; i < found->releases->len; i++) {
    JmpRelease *release = g_ptr_array_index (found->releases, i);

    if (is_asked_for (session, wanted, release)
        && (release->variant == NULL || wanted->variant != NULL
            || jmp_fetcher_has (library->fetcher, release, NULL)))
      print_release (session, library, release);
  }
  for (guint i = 0; wanted->variant == NULL && i < board->variants->len; i++) {
    const char *code = g_array_index (board->variants, JmpWords, i).code;
    g_autofree char *words = jmp_words_variant (board, code);

    ctl_session_print (session, _ ("Also built as %s-%s: %s\n"), board->id, code, words);
  }
}

static JsonNode *
to_json (CtlSession *session, CtlLibrary *library, const CtlWanted *wanted, const JmpFound *found)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "catalogue", jmp_catalogue_get_generated (library->catalogue));
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
    ctl_json_boolean (builder, "downloaded", jmp_fetcher_has (library->fetcher, release, NULL));
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
list_releases (CtlSession *session, CtlLibrary *library, const char *text, GError **error)
{
  CtlAsk ask = session->options.refresh ? CTL_ASK_NOW : CTL_ASK_NOBODY;
  g_auto (CtlWanted) wanted = { 0 };
  g_autoptr (JmpFound) found = NULL;

  if (!ctl_wanted_parse_strictly (library->catalogue, text, &wanted, error))
    return FALSE;
  found = ctl_library_find (library, session, wanted.board, ask, error);
  if (found == NULL)
    return FALSE;
  session->result = to_json (session, library, &wanted, found);
  print_releases (session, library, &wanted, found);
  return TRUE;
}

static gboolean
releases_run (CtlSession *session, GError **error)
{
  char **names = session->options.files;
  g_autoptr (CtlLibrary) library = ctl_library_new (session, error);

  if (library == NULL)
    return FALSE;
  if (names != NULL && names[0] != NULL)
    return list_releases (session, library, names[0], error);
  list_boards (session, library);
  return TRUE;
}

const CtlCommand ctl_command_releases = {
  .name = "releases",
  .parameters = N_ ("[BOARD]"),
  .summary = N_ ("List the firmware that is released for a board, or the boards."),
  .examples = "  jumperctl releases\n"
              "  jumperctl releases PYBV11\n"
              "  jumperctl releases PYBV11-DP --refresh",
  .takes = CTL_TAKES_REFRESH | CTL_TAKES_CHANNEL,
  .max_files = 1,
  .run = releases_run,
};
