/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/report.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "jumperctl/output.h"
#include "words/words.h"

#include <glib/gi18n.h>

static const JmpOutcome *
outcome_of (CtlSession *session)
{
  return session != NULL && session->job != NULL ? jmp_job_get_outcome (session->job) : NULL;
}

/* Where it went wrong: for a difference the place and both bytes, else the core's own words. */
static char *
where (CtlSession *session, const GError *error)
{
  const JmpOutcome *outcome = outcome_of (session);

  if (outcome != NULL && outcome->has_difference
      && g_error_matches (error, JMP_ERROR, JMP_ERROR_VERIFY))
    return jmp_words_difference (outcome);
  return jmp_words_error_details (error);
}

/**
 * ctl_report_state:
 * @session: (nullable): a session
 *
 * The sentence that says what state the board is in now.
 *
 * Returns: (transfer full) (nullable): the sentence, or %NULL where no board was found
 */
char *
ctl_report_state (CtlSession *session)
{
  static const JmpOutcome untouched = { .state = JMP_BOARD_UNTOUCHED };
  const JmpOutcome *outcome = outcome_of (session);

  if (session == NULL || !session->board_found)
    return NULL;
  if (outcome == NULL)
    return jmp_words_board_state (&untouched, NULL);
  return jmp_words_board_state (outcome, jmp_device_get_info (session->device));
}

/* The option or the command that helps, where there is one. */
static char *
command_advice (CtlSession *session, const GError *error)
{
  const JmpOutcome *outcome = outcome_of (session);

  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_SEVERAL))
    return g_strdup (_ ("Name one of them with -d."));
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_USAGE) && session != NULL)
    return g_strdup_printf (_ ("“jumperctl %s --help” shows what can be asked for."),
                            session->command->name);
  if (g_error_matches (error, JMP_ERROR, JMP_ERROR_VERIFY) && outcome != NULL
      && outcome->state == JMP_BOARD_UNTOUCHED)
    return g_strdup (_ ("Flash the file if this is what the board should hold."));
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
 * @error: (nullable): what went wrong
 *
 * What to do next: about the cause of an error; where there is none, or the person is the cause,
 * about the board.
 *
 * Returns: (transfer full) (nullable): sentences, or %NULL when there is nothing to do
 */
char *
ctl_report_next (CtlSession *session, const GError *error)
{
  const JmpOutcome *outcome = outcome_of (session);
  const char *about_board = outcome != NULL ? jmp_words_board_advice (outcome) : NULL;
  char *special;

  if (error == NULL || (about_board != NULL && jmp_error_is_cancelled (error)))
    return g_strdup (about_board);
  special = command_advice (session, error);
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
 * @error: what went wrong
 *
 * Says on standard error, in this order: what went wrong, where, what state the board is in, and
 * what to do next.
 */
void
ctl_report_error (CtlSession *session, const GError *error)
{
  g_autofree char *details = where (session, error);
  g_autofree char *state = ctl_report_state (session);
  g_autofree char *next = ctl_report_next (session, error);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "jumperctl: %s\n", jmp_words_error (error));
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
print_warnings (CtlSession *session)
{
  for (guint i = 0; i < session->warnings->len; i++) {
    const char *warning = g_ptr_array_index (session->warnings, i);
    g_autofree char *line = g_strdup_printf (_ ("jumperctl: warning: %s\n"), warning);

    ctl_output_note (line);
  }
}

/* The lines of a piece of work that succeeded. */
static void
print_work (CtlSession *session)
{
  const JmpOutcome *outcome = jmp_job_get_outcome (session->job);
  g_autofree char *device = jmp_words_device (session->device);
  g_autofree char *done = jmp_words_done (session->plan, outcome);
  g_autofree char *text = g_strdup_printf ("%s\n  %s\n", device, done);

  ctl_output_text (text);
  if (outcome->state == JMP_BOARD_STARTED && !jmp_device_is_practice (session->device)) {
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
    return;
  }
  if (error == NULL && session->job != NULL)
    print_work (session);
  ctl_output_text (session->text->str);
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
  if (error != NULL)
    ctl_report_error (session, error);
  if (!ctl_output_finish (&lost)) {
    ctl_report_error (session, lost);
    if (error == NULL)
      return ctl_exit_status (lost);
  }
  return ctl_exit_status (error);
}
