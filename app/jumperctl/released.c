/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/released.h"

#include "base/error.h"
#include "jumperctl/board-memory.h"
#include "jumperctl/evidence.h"
#include "jumperctl/library.h"
#include "jumperctl/output.h"
#include "jumperctl/release-json.h"
#include "release/choose.h"
#include "words/words-releases.h"

#include <glib/gi18n.h>

/* One release that is to be flashed. */
typedef struct {
  JmpBoard *board;
  JmpRelease *release;
  JmpFetched *fetched;
} CtlReleased;

static void
released_free (gpointer data)
{
  CtlReleased *self = data;

  jmp_board_unref (self->board);
  jmp_release_unref (self->release);
  jmp_fetched_free (self->fetched);
  g_free (self);
}

/* What the catalogue warns of must be meant. */
static gboolean
check_advice (CtlSession *session, JmpBoard *board, GError **error)
{
  for (guint i = 0; i < board->advice->len; i++) {
    const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, i);
    g_autofree char *words = jmp_words_advice (advice);

    if (advice->kind == JMP_ADVICE_NOTE)
      continue;
    if (!session->options.yes) {
      session->wants_yes = TRUE;
      g_set_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "%s: %s", board->id, words);
      return FALSE;
    }
    ctl_session_warn (session, "%s: %s", board->id, words);
  }
  return TRUE;
}

/* What is known about the file is said before it is flashed. */
static void
tell (CtlSession *session, const CtlReleased *released)
{
  g_autofree char *name = jmp_words_release (released->release);
  g_autofree char *text = NULL;

  if (session->options.json != CTL_JSON_OFF)
    return;
  text = g_strdup_printf (
      "%s\n  %s\n", name, jmp_words_trust (released->fetched->trust, released->fetched->encrypted));
  ctl_output_note (text);
}

static JmpImage *
take (CtlSession *session, JmpLibrary *library, const CtlWanted *wanted, GError **error)
{
  g_autoptr (JmpRelease) release = NULL;
  CtlReleased *released;
  JmpFetched *fetched;

  if (!check_advice (session, wanted->board, error))
    return NULL;
  release = ctl_library_pick (library, session, wanted, error);
  fetched = release != NULL ? ctl_library_fetch (library, session, release, error) : NULL;
  if (fetched == NULL)
    return NULL;
  released = g_new0 (CtlReleased, 1);
  released->board = jmp_board_ref (wanted->board);
  released->fetched = fetched;
  released->release = g_steal_pointer (&release);
  if (session->released == NULL)
    session->released = g_ptr_array_new_with_free_func (released_free);
  g_ptr_array_add (session->released, released);
  if (session->file == NULL)
    session->file = g_strdup (released->release->file_name);
  tell (session, released);
  return jmp_image_ref (fetched->image);
}

/* A file of a board's name is what is meant: what stands there was put there by the person. */
static void
warn_of_file (CtlSession *session, const char *text)
{
  g_autofree char *name = g_path_get_basename (text);
  JmpCatalogue *catalogue;
  g_auto (CtlWanted) wanted = { 0 };

  /* no board has a folder in its name, and to read the catalogue takes a while */
  if (!g_str_equal (name, text))
    return;
  catalogue = ctl_evidence_catalogue ();
  if (catalogue != NULL && ctl_wanted_parse (catalogue, text, &wanted, NULL))
    ctl_session_warn (session,
                      _ ("%s is a file here and is used; the release for the board %s is not."),
                      text,
                      wanted.board->id);
}

/**
 * ctl_released_read:
 * @session: a session
 * @text: what was typed in the place of a file
 * @is_release: (out): whether a release is meant
 * @error: as ctl_library_pick() and ctl_library_fetch(); %JMP_ERROR_REFUSED where the catalogue warns
 *   of the board
 *
 * Gets the firmware of a release, where @text is no file and names a board of the catalogue.
 *
 * Returns: (transfer full) (nullable): the firmware; %NULL with @error set, or where a file is meant
 */
JmpImage *
ctl_released_read (CtlSession *session, const char *text, gboolean *is_release, GError **error)
{
  JmpCatalogue *catalogue;
  g_autoptr (JmpLibrary) library = NULL;
  g_autoptr (GError) problem = NULL;
  g_auto (CtlWanted) wanted = { 0 };

  *is_release = FALSE;
  if (g_file_test (text, G_FILE_TEST_EXISTS)) {
    warn_of_file (session, text);
    return NULL;
  }
  catalogue = ctl_evidence_catalogue ();
  if (catalogue == NULL
      || (!ctl_wanted_parse (catalogue, text, &wanted, &problem) && problem == NULL))
    return NULL;
  *is_release = TRUE;
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return NULL;
  }
  library = ctl_library_new (session, error);
  return library != NULL ? take (session, library, &wanted, error) : NULL;
}

/* The same ids and the same start of the flash do not make it the same board. */
static gboolean
check_fit (CtlSession *session, CtlBoard *board, const CtlReleased *released, GError **error)
{
  JmpBoard *kind = released->board;

  if (jmp_board_fits (kind, jmp_device_get_info (board->device)) != JMP_FIT_NO)
    return TRUE;
  if (session->options.yes) {
    ctl_board_warn (board, _ ("This board does not look like a %s."), kind->product);
    return TRUE;
  }
  session->wants_yes = TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_MISMATCH,
               "%s: for %s, whose USB ids or memory map this board does not have",
               released->release->file_name,
               kind->product);
  return FALSE;
}

/* The witness that speaks for another board than the one that is meant, if there is one. */
static const JmpCandidate *
find_objection (const CtlEvidence *evidence, JmpBoard *meant)
{
  const JmpChoice *choice = evidence->choice;

  for (guint i = 0; choice != NULL && i < choice->candidates->len; i++) {
    const JmpCandidate *candidate = &g_array_index (choice->candidates, JmpCandidate, i);

    if (candidate->reason != JMP_REASON_FITS && !g_str_equal (candidate->board->id, meant->id))
      return candidate;
  }
  return NULL;
}

/* Boards that cannot be told apart from outside can be by what is in their flash, or what they were
 * given before. */
static gboolean
check_evidence (CtlSession *session,
                CtlBoard *board,
                const CtlReleased *released,
                const CtlEvidence *evidence,
                GError **error)
{
  const JmpCandidate *objection = find_objection (evidence, released->board);
  gboolean in_flash;

  if (objection == NULL)
    return TRUE;
  in_flash = objection->reason == JMP_REASON_MEMORY;
  if (session->options.yes) {
    if (in_flash)
      ctl_board_warn (board,
                      _ ("The firmware in its flash is for %s, and this one is for %s."),
                      objection->board->product,
                      released->board->product);
    else
      ctl_board_warn (board,
                      _ ("It was given firmware for %s before, and this one is for %s."),
                      objection->board->product,
                      released->board->product);
    return TRUE;
  }
  session->wants_yes = TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_MISMATCH,
               in_flash ? "%s: for %s, and the firmware in the board's flash is for %s"
                        : "%s: for %s, and the board was given firmware for %s before",
               released->release->file_name,
               released->board->product,
               objection->board->product);
  return FALSE;
}

/* The version in the flash is better known than the one that was put there last from here. */
static void
warn_of_downgrade (CtlBoard *board, const CtlReleased *released, const CtlEvidence *evidence)
{
  const JmpLook *look = evidence->look;
  gboolean seen = look != NULL && look->version != NULL && look->board != NULL
                  && g_str_equal (look->board->id, released->board->id);
  g_autofree char *before = seen ? g_strdup (look->version)
                                 : ctl_board_memory_find_version (board, released->board->id);
  const char *chosen = released->release->version;
  JmpVersionChange change = jmp_version_change (before, chosen);
  g_autofree char *words = jmp_words_version_change (change, before, chosen);

  if (change == JMP_CHANGE_DOWNGRADE)
    ctl_board_warn (board, "%s", words);
}

/**
 * ctl_released_check:
 * @session: a session
 * @board: one of its boards
 * @error: %JMP_ERROR_MISMATCH
 *
 * Whether what was released for one kind of board can be meant for this board, by its ids and its memory
 * map, by what is in its flash and by what it was given before; with --yes a mismatch is a warning. A
 * downgrade is one in any case, where it is known to be one.
 *
 * Returns: %FALSE with @error set where it is another board
 */
gboolean
ctl_released_check (CtlSession *session, CtlBoard *board, GError **error)
{
  g_autoptr (CtlEvidence) evidence = NULL;

  if (session->released == NULL)
    return TRUE;
  evidence = ctl_evidence_look (session, board, error);
  if (evidence == NULL)
    return FALSE;
  for (guint i = 0; i < session->released->len; i++) {
    const CtlReleased *released = g_ptr_array_index (session->released, i);

    if (!check_fit (session, board, released, error)
        || !check_evidence (session, board, released, evidence, error))
      return FALSE;
    warn_of_downgrade (board, released, evidence);
  }
  return TRUE;
}

/**
 * ctl_released_json:
 * @session: a session
 * @builder: in the object of the result
 *
 * Adds the releases that were to be flashed, and what is known about them; nothing where there are
 * none.
 */
void
ctl_released_json (CtlSession *session, JsonBuilder *builder)
{
  if (session->released == NULL)
    return;
  json_builder_set_member_name (builder, "releases");
  json_builder_begin_array (builder);
  for (guint i = 0; i < session->released->len; i++) {
    const CtlReleased *released = g_ptr_array_index (session->released, i);

    json_builder_begin_object (builder);
    ctl_fetched_json (builder, released->release, released->fetched);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/**
 * ctl_released_board_id:
 * @session: a session
 *
 * Returns: (transfer none) (nullable): which board the releases are for that are flashed; %NULL without
 *   any, or where they are for different ones
 */
const char *
ctl_released_board_id (const CtlSession *session)
{
  const char *id = NULL;

  for (guint i = 0; session->released != NULL && i < session->released->len; i++) {
    const CtlReleased *released = g_ptr_array_index (session->released, i);

    if (id != NULL && !g_str_equal (id, released->board->id))
      return NULL;
    id = released->board->id;
  }
  return id;
}

/**
 * ctl_released_forget:
 * @session: a session whose boards are about to change
 *
 * What is known about the boards' firmware is over.
 */
void
ctl_released_forget (CtlSession *session)
{
  for (guint i = 0; i < session->boards->len; i++)
    ctl_board_memory_forget (g_ptr_array_index (session->boards, i));
}

/**
 * ctl_released_remember:
 * @session: a session whose work has ended
 *
 * Keeps which release each board has that has one now.
 */
void
ctl_released_remember (CtlSession *session)
{
  const CtlReleased *released;

  if (session->released == NULL || session->released->len != 1)
    return;
  released = g_ptr_array_index (session->released, 0);
  for (guint i = 0; i < session->boards->len; i++) {
    CtlBoard *board = g_ptr_array_index (session->boards, i);

    if (board->job != NULL && board->error == NULL)
      ctl_board_memory_note (board, released->release);
  }
}
