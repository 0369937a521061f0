/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/report.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "jumperctl/output.h"
#include "jumperctl/signals.h"
#include "words/words.h"

#include <glib/gi18n.h>

static const JmpOutcome *
outcome_of (CtlBoard *board)
{
  return board != NULL ? ctl_board_get_outcome (board) : NULL;
}

/* Where it went wrong: for a difference the place and both bytes, else the core's own words. */
static char *
where (CtlBoard *board, const GError *error)
{
  const JmpOutcome *outcome = outcome_of (board);

  if (outcome != NULL && outcome->has_difference
      && g_error_matches (error, JMP_ERROR, JMP_ERROR_VERIFY))
    return jmp_words_difference (outcome);
  return jmp_words_error_details (error);
}

/* Whether a person would ask what became of the board when the command fails. */
static gboolean
changes_boards (const CtlCommand *command)
{
  return command == &ctl_command_flash || command == &ctl_command_restore
         || command == &ctl_command_erase || command == &ctl_command_unprotect;
}

/**
 * ctl_report_state:
 * @session: (nullable): a session
 * @board: (nullable): which of its boards
 *
 * The sentence that says what state the board is in now; without a board, all of several.
 *
 * Returns: (transfer full) (nullable): the sentence, or %NULL where no board was found and none would
 *   have been changed
 */
char *
ctl_report_state (CtlSession *session, CtlBoard *board)
{
  static const JmpOutcome untouched = { .state = JMP_BOARD_UNTOUCHED };
  const JmpOutcome *outcome = outcome_of (board);

  if (session == NULL)
    return NULL;
  if (!session->board_found)
    return changes_boards (session->command) ? g_strdup (_ ("Nothing on any board was changed."))
                                             : NULL;
  if (board == NULL)
    return session->begun ? NULL : g_strdup (_ ("Nothing on any board was changed."));
  if (board->wiped)
    return g_strdup (_ ("Everything on the board may be erased."));
  if (outcome == NULL)
    return jmp_words_board_state (&untouched, NULL);
  return jmp_words_board_state (outcome, jmp_device_get_info (board->device));
}

/* The option or the command that helps, where there is one. */
static char *
command_advice (CtlSession *session, CtlBoard *board, const GError *error)
{
  const JmpOutcome *outcome = outcome_of (board);

  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_SEVERAL))
    return g_strdup (_ ("Name one of them with -d."));
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_USAGE) && session != NULL)
    return g_strdup_printf (_ ("“jumperctl %s --help” shows what can be asked for."),
                            session->command->name);
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_VERIFY) && outcome != NULL
      && outcome->state == JMP_BOARD_UNTOUCHED)
    return g_strdup (_ ("Flash the file if this is what the board should hold."));
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_READ_PROTECTED))
    return g_strdup (
        _ ("“jumperctl unprotect” removes the protection, and with it everything on the "
           "board."));
  if (session != NULL && session->wants_overwrite != NULL
      && g_error_matches (error, JMP_ERROR, JMP_ERROR_REFUSED))
    return g_strdup_printf (
        _ ("Add --overwrite \"%s\" if this is what you want; --yes is not enough."),
        session->wants_overwrite);
  if (session != NULL && session->options.offline
      && g_error_matches (error, JMP_ERROR, JMP_ERROR_NETWORK))
    return g_strdup (_ ("Leave out --offline to have it downloaded."));
  if (session == NULL || !session->wants_yes)
    return NULL;
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_MISMATCH))
    return g_strdup (
        _ ("Choose the firmware that was built for this board, or add --yes if you are "
           "certain that it is the right one."));
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_REFUSED))
    return g_strdup (_ ("Add --yes if this is what you want."));
  return NULL;
}

/**
 * ctl_report_next:
 * @session: (nullable): a session
 * @board: (nullable): which of its boards
 * @error: (nullable): what went wrong
 *
 * What to do next: about the cause of an error; where there is none, or the person is the cause,
 * about the board.
 *
 * Returns: (transfer full) (nullable): sentences, or %NULL when there is nothing to do
 */
char *
ctl_report_next (CtlSession *session, CtlBoard *board, const GError *error)
{
  const JmpOutcome *outcome = outcome_of (board);
  const char *about_board = outcome != NULL ? jmp_words_board_advice (outcome) : NULL;
  char *special;

  if (error == NULL || (about_board != NULL && jmp_error_is_cancelled (error)))
    return g_strdup (about_board);
  special = command_advice (session, board, error);
  return special != NULL ? special : g_strdup (jmp_words_error_advice (error));
}

static void
append_line (GString *text, const char *line)
{
  if (line != NULL && *line != '\0')
    g_string_append_printf (text, "  %s\n", line);
}

/**
 * ctl_report_error:
 * @session: (nullable): a session
 * @board: (nullable): which of its boards it is about
 * @error: what went wrong
 *
 * Says on standard error, in this order: what went wrong, where, what state the board is in, and
 * what to do next. Of several boards, it says first which one.
 */
void
ctl_report_error (CtlSession *session, CtlBoard *board, const GError *error)
{
  g_autofree char *details = where (board, error);
  g_autofree char *state = ctl_report_state (session, board);
  g_autofree char *next = ctl_report_next (session, board, error);
  gboolean named = board != NULL && session != NULL && ctl_session_is_for_several (session);
  GString *text = g_string_new ("jumperctl: ");

  if (named)
    g_string_append_printf (text, "%s: ", board->label);
  g_string_append_printf (text, "%s\n", jmp_words_error (error));
  append_line (text, details);
  append_line (text, state);
  append_line (text, next);
  if (session != NULL && session->candidates != NULL) {
    for (guint i = 0; i < session->candidates->len; i++) {
      g_autofree char *line = ctl_device_line (g_ptr_array_index (session->candidates, i),
                                               session->candidates);

      g_string_append_printf (text, "    %s\n", line);
    }
  }
  ctl_output_note (text->str);
  g_string_free (text, TRUE);
}

static void
print_strings (GPtrArray *warnings, const char *label)
{
  for (guint i = 0; i < warnings->len; i++) {
    const char *warning = g_ptr_array_index (warnings, i);
    g_autofree char *about = label != NULL ? g_strconcat (label, ": ", NULL) : g_strdup ("");
    g_autofree char *line = g_strdup_printf (_ ("jumperctl: warning: %s%s\n"), about, warning);

    ctl_output_note (line);
  }
}

static void
print_warnings (CtlSession *session)
{
  gboolean several = ctl_session_is_for_several (session);

  print_strings (session->warnings, NULL);
  for (guint i = 0; i < session->boards->len; i++) {
    CtlBoard *board = g_ptr_array_index (session->boards, i);

    print_strings (board->warnings, several ? board->label : NULL);
  }
}

/* The lines of a piece of work that succeeded. */
static void
print_work (CtlBoard *board)
{
  const JmpOutcome *outcome = ctl_board_get_outcome (board);
  g_autofree char *device = jmp_words_device (board->device);
  g_autofree char *done = jmp_words_done (board->plan, outcome);
  g_autofree char *text = g_strdup_printf ("%s\n  %s\n", device, done);

  ctl_output_text (text);
  if (outcome->state == JMP_BOARD_STARTED && !jmp_device_is_practice (board->device)) {
    g_autofree char *hint = g_strdup_printf (
        "  %s\n", _ ("If it comes back in DFU mode, take its jumper off and press RST."));

    ctl_output_text (hint);
  }
}

static void
print_result (CtlSession *session, const GError *error)
{
  if (session->options.json != CTL_JSON_OFF) {
    g_autofree char *json = ctl_json_result (session, error);

    ctl_output_json (json);
  } else if (session->begun && !session->options.dry_run && ctl_session_is_for_several (session)) {
    g_autofree char *table = ctl_report_table (session->boards);

    ctl_output_text (table);
  } else {
    if (error == NULL && session->board->job != NULL && !session->options.dry_run)
      print_work (session->board);
    ctl_output_text (session->text->str);
  }
}

/* What went wrong: before the work began, in one account, afterwards in one for each board. */
static void
print_errors (CtlSession *session, const GError *error)
{
  gboolean several = ctl_session_is_for_several (session);

  if (error != NULL && !(several && session->begun))
    ctl_report_error (session, several ? NULL : session->board, error);
  for (guint i = 0; several && session->begun && i < session->boards->len; i++) {
    CtlBoard *board = g_ptr_array_index (session->boards, i);

    if (board->error != NULL)
      ctl_report_error (session, board, board->error);
  }
}

/**
 * ctl_report:
 * @session: a session whose command has ended
 * @error: (nullable): why it failed
 *
 * Prints the result to standard output, warnings and errors to standard error. A result that could
 * not be printed is a failure too.
 *
 * Returns: the exit status
 */
int
ctl_report (CtlSession *session, const GError *error)
{
  g_autoptr (GError) lost = NULL;

  if (session->options.json == CTL_JSON_OFF || error == NULL)
    print_warnings (session);
  print_result (session, error);
  print_errors (session, error);
  if (!ctl_output_finish (&lost)) {
    ctl_report_error (session, ctl_session_is_for_several (session) ? NULL : session->board, lost);
    if (error == NULL)
      return ctl_exit_status (lost);
  }
  if (error == NULL && ctl_session_is_unproven (session, NULL))
    return CTL_UNVERIFIED;
  return error != NULL ? ctl_exit_status (error) : session->status;
}
