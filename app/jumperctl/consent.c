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

static gboolean
read_yes (void)
{
  char answer[64] = "";

  if (fgets (answer, sizeof answer, stdin) == NULL)
    answer[0] = '\0';
  g_strstrip (answer);
  return g_ascii_strcasecmp (answer, "y") == 0 || g_ascii_strcasecmp (answer, "yes") == 0;
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
  gboolean agreed;

  if (session->options.yes)
    return TRUE;
  session->wants_yes = TRUE;
  if (!ctl_terminal_is (CTL_STDIN) || !ctl_terminal_is (CTL_STDERR)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_REFUSED,
                 "%s needs --yes where nobody can be asked",
                 session->command->name);
    return FALSE;
  }
  /* Translators: the answers are "y" and "n" in every language. */
  prompt = g_strdup_printf (_ ("%s [y/N] "), question);
  ctl_signals_set_idle (TRUE);
  if (g_cancellable_set_error_if_cancelled (session->cancellable, error))
    return FALSE;
  ctl_output_note (prompt);
  agreed = read_yes ();
  ctl_signals_set_idle (FALSE);
  if (agreed)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "the answer was not yes");
  return FALSE;
}
