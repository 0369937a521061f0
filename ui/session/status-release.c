/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of releases: how far they can be trusted, and how old the list is. */

#include "config.h"

#include "session/status.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/**
 * jmp_status_board:
 * @session: a board's session
 *
 * What the board is and has: "Pyboard v1.1 · STM32F405RG · Internal Flash: 1 MiB in 12 sectors".
 *
 * Returns: (transfer full): a line
 */
char *
jmp_status_board (JmpSession *session)
{
  const JmpBoard *board = jmp_session_get_board (session);
  g_autofree char *memory = jmp_words_memory (
      jmp_device_get_info (jmp_session_get_device (session)));
  const char *title = jmp_session_get_title (session);

  if (board == NULL)
    return g_steal_pointer (&memory);
  if (g_str_equal (title, board->product))
    return g_strdup_printf ("%s · %s", board->mcu, memory);
  return g_strdup_printf ("%s · %s · %s", board->product, board->mcu, memory);
}

/**
 * jmp_status_trust:
 * @firmware: a release that was loaded
 *
 * What is known to be true about the file, and what became of the copy on this computer.
 *
 * Returns: (transfer full): sentences
 */
char *
jmp_status_trust (const JmpFirmware *firmware)
{
  const char *trust = jmp_words_trust (firmware->trust, firmware->encrypted);

  if (firmware->not_kept != NULL)
    /* Translators: the first %s is a sentence, the second why something failed. */
    return g_strdup_printf (
        _ ("%s It could not be kept for the next time: %s."), trust, firmware->not_kept);
  if (firmware->was_damaged)
    /* Translators: %s is a sentence. */
    return g_strdup_printf (
        _ ("%s The copy on this computer was damaged, so it was downloaded again."), trust);
  return g_strdup (trust);
}

static char *
local_day (gint64 date)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (date);

  return time != NULL ? g_date_time_format (time, "%Y-%m-%d") : g_strdup ("");
}

/**
 * jmp_status_offer:
 * @offer: an offer
 *
 * How recent the list of releases is, and why it is not more recent.
 *
 * Returns: (transfer full): sentences; empty while nothing is known
 */
char *
jmp_status_offer (JmpOffer *offer)
{
  const GError *problem = jmp_offer_get_problem (offer);
  const gint64 date = jmp_offer_get_date (offer);
  g_autofree char *day = local_day (date);

  if (jmp_offer_is_looking (offer))
    return g_strdup (_ ("Looking for new versions…"));
  if (date == 0)
    return g_strdup ("");
  if (problem != NULL)
    /* Translators: %s is a day, such as 2026-09-01. */
    return g_strdup_printf (_ ("No connection. Showing what was known on %s."), day);
  /* Translators: %s is a day, such as 2026-09-01. */
  return g_strdup_printf (_ ("As of %s"), day);
}
