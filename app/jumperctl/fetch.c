/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/json.h"
#include "jumperctl/library.h"
#include "jumperctl/release-json.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Where the file goes: what -o names, in a folder under the release's own name, else right here. */
static char *
make_path (CtlSession *session, const JmpRelease *release)
{
  const char *output = session->options.output;

  if (output == NULL)
    return g_strdup (release->file_name);
  if (g_file_test (output, G_FILE_TEST_IS_DIR))
    return g_build_filename (output, release->file_name, NULL);
  return g_strdup (output);
}

/* A file of that name that is another one is not lost by accident. */
static gboolean
check_place (CtlSession *session, const char *path, GError **error)
{
  if (session->options.yes || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  session->wants_yes = TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_REFUSED,
               "%s is there already, and is another file: it would be lost",
               session->file);
  return FALSE;
}

static gboolean
holds (const char *path, GBytes *bytes)
{
  g_autofree char *text = NULL;
  g_autoptr (GBytes) before = NULL;
  gsize size;

  if (!g_file_get_contents (path, &text, &size, NULL))
    return FALSE;
  before = g_bytes_new_take (g_steal_pointer (&text), size);
  return g_bytes_equal (before, bytes);
}

static gboolean
save (CtlSession *session, const char *path, GBytes *bytes, GError **error)
{
  g_autoptr (GError) problem = NULL;
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  if (holds (path, bytes))
    return TRUE;
  if (!check_place (session, path, error))
    return FALSE;
  if (g_file_set_contents_full (path,
                                data,
                                (gssize)size,
                                G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                0666,
                                &problem))
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "%s", problem->message);
  return FALSE;
}

static JsonNode *
to_json (CtlSession *session, const JmpRelease *release, const JmpFetched *fetched)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", "ok");
  ctl_json_string (builder, "command", session->command->name);
  ctl_json_string (builder, "file", session->file);
  ctl_fetched_json (builder, release, fetched);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < session->warnings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (session->warnings, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_fetched (CtlSession *session, const JmpRelease *release, const JmpFetched *fetched)
{
  g_autofree char *size = jmp_words_size (g_bytes_get_size (fetched->bytes));
  g_autofree char *name = jmp_words_release (release);

  ctl_session_print (session,
                     fetched->from_cache ? _ ("%s: %s, %s; it was on this computer already\n")
                                         : _ ("%s: %s, %s\n"),
                     session->file,
                     name,
                     size);
  ctl_session_print (session, "  %s\n", jmp_words_trust (fetched->trust, fetched->encrypted));
  ctl_session_print (session, "  SHA-256 %s\n", fetched->sha256);
}

/* To have a file does no harm yet, so that what speaks against an update is only told. */
static void
warn_of_board (CtlSession *session, JmpBoard *board)
{
  for (guint i = 0; i < board->advice->len; i++) {
    const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, i);
    g_autofree char *words = jmp_words_advice (advice);

    if (advice->kind != JMP_ADVICE_NOTE)
      ctl_session_warn (session, "%s: %s", board->id, words);
  }
}

static gboolean
fetch_run (CtlSession *session, GError **error)
{
  g_autoptr (JmpLibrary) library = ctl_library_new (session, error);
  g_auto (CtlWanted) wanted = { 0 };
  g_autoptr (JmpRelease) release = NULL;
  g_autoptr (JmpFetched) fetched = NULL;
  g_autofree char *path = NULL;

  if (library == NULL
      || !ctl_wanted_parse_strictly (
          jmp_library_get_catalogue (library), session->options.files[0], &wanted, error))
    return FALSE;
  release = ctl_library_pick (library, session, &wanted, error);
  if (release == NULL)
    return FALSE;
  warn_of_board (session, wanted.board);
  fetched = ctl_library_fetch (library, session, release, error);
  if (fetched == NULL)
    return FALSE;
  path = make_path (session, release);
  session->file = g_filename_display_name (path);
  if (!save (session, path, fetched->bytes, error))
    return FALSE;
  session->result = to_json (session, release, fetched);
  print_fetched (session, release, fetched);
  return TRUE;
}

const CtlCommand ctl_command_fetch = {
  .name = "fetch",
  .parameters = N_ ("BOARD[-VARIANT][@VERSION]"),
  .summary = N_ ("Download the firmware for a board and say what is known about it."),
  .examples = "  jumperctl fetch PYBV11\n"
              "  jumperctl fetch PYBV11-DP@1.29.0 -o firmware.dfu",
  .takes = CTL_TAKES_OUTPUT | CTL_TAKES_YES | CTL_TAKES_CHANNEL | CTL_TAKES_OFFLINE
           | CTL_TAKES_CHANGED,
  .min_files = 1,
  .max_files = 1,
  .run = fetch_run,
};
