/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/consent.h"

#include "base/error.h"
#include "jumperctl/output.h"
#include "jumperctl/signals.h"
#include "jumperctl/terminal.h"

#include <glib/gi18n.h>
#include <stdio.h>

/* Asks, and has the line that the person types; NULL with @error set when they stopped it. */
static char *
read_answer (CtlSession *session, const char *prompt, GError **error)
{
  char answer[128] = "";

  ctl_signals_set_idle (TRUE);
  if (g_cancellable_set_error_if_cancelled (session->cancellable, error))
    return NULL;
  ctl_output_note (prompt);
  if (fgets (answer, sizeof answer, stdin) == NULL)
    answer[0] = '\0';
  ctl_signals_set_idle (FALSE);
  return g_strdup (g_strstrip (answer));
}

/**
 * ctl_consent_can_ask:
 *
 * Returns: whether there is a person at a terminal who can be asked
 */
gboolean
ctl_consent_can_ask (void)
{
  return ctl_terminal_is (CTL_STDIN) && ctl_terminal_is (CTL_STDERR);
}

/**
 * ctl_consent:
 * @session: a session
 * @question: what is to be lost, as a translated question
 * @error: %JMP_ERROR_REFUSED
 *
 * Asks on the terminal, unless --yes was given; without a terminal the answer is no.
 *
 * Returns: %FALSE with @error set where the person did not agree
 */
gboolean
ctl_consent (CtlSession *session, const char *question, GError **error)
{
  g_autofree char *prompt = NULL;
  g_autofree char *answer = NULL;

  if (session->options.yes)
    return TRUE;
  session->wants_yes = TRUE;
  if (!ctl_consent_can_ask ()) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_REFUSED,
                 "%s needs --yes where nobody can be asked",
                 session->command->name);
    return FALSE;
  }
  /* Translators: the answers are "y" and "n" in every language. */
  prompt = g_strdup_printf (_ ("%s [y/N] "), question);
  answer = read_answer (session, prompt, error);
  if (answer == NULL)
    return FALSE;
  if (g_ascii_strcasecmp (answer, "y") == 0 || g_ascii_strcasecmp (answer, "yes") == 0)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "the answer was not yes");
  return FALSE;
}

/**
 * ctl_consent_word:
 * @session: a session
 * @question: what it is about, as translated sentences
 * @wanted: what the person has to type, letter by letter
 * @error: %JMP_ERROR_REFUSED
 *
 * Asks on the terminal for a word that nobody types by accident; ctl_consent_can_ask() said that there
 * is one.
 *
 * Returns: %FALSE with @error set where the person did not agree
 */
gboolean
ctl_consent_word (CtlSession *session, const char *question, const char *wanted, GError **error)
{
  /* Translators: what would be lost, and what has to be typed, in every language like this. */
  g_autofree char *prompt = g_strdup_printf (_ ("%1$s\nType “%2$s” to go on: "), question, wanted);
  g_autofree char *answer = read_answer (session, prompt, error);

  if (answer == NULL)
    return FALSE;
  if (g_str_equal (answer, wanted))
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "\"%s\" was not typed", wanted);
  return FALSE;
}

/**
 * ctl_consent_typed:
 * @session: a session
 * @question: what is to be lost, as translated sentences
 * @wanted: what the person has to type, letter by letter
 * @name: what --overwrite takes in its place
 * @error: %JMP_ERROR_REFUSED
 *
 * Asks on the terminal for words that nobody types by accident. --yes does not answer this; the caller
 * has looked whether --overwrite did. Without a terminal the answer is no.
 *
 * Returns: %FALSE with @error set where the person did not agree
 */
gboolean
ctl_consent_typed (
    CtlSession *session, const char *question, const char *wanted, const char *name, GError **error)
{
  g_free (session->wants_overwrite);
  session->wants_overwrite = g_strdup (name);
  if (ctl_consent_can_ask ())
    return ctl_consent_word (session, question, wanted, error);
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_REFUSED, question);
  return FALSE;
}
