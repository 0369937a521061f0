/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stopping would mean, and what came of the work. */

#include "config.h"

#include "session/status.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

static gboolean
has_changes_from (JmpPlan *plan, guint first)
{
  guint n_steps = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);

  for (guint i = first; i < n_steps; i++) {
    if (steps[i].kind == JMP_STEP_ERASE || steps[i].kind == JMP_STEP_WRITE)
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_status_stop_meaning:
 * @session: a session whose work runs
 *
 * What stopping the work now would mean. A board is compared again when it comes back, with changes
 * behind it; and while something is verified, the sector that lets it start may be still to come.
 *
 * Returns: (transfer none): a sentence
 */
const char *
jmp_status_stop_meaning (JmpSession *session)
{
  JmpPlan *plan = jmp_session_get_plan (session);
  const JmpProgress progress = jmp_session_get_progress (session);
  JmpPhase phase = progress.phase;

  if (phase == JMP_PHASE_VERIFY && has_changes_from (plan, progress.step))
    phase = JMP_PHASE_WRITE;
  else if (phase == JMP_PHASE_COMPARE && jmp_session_is_surveyed (session)
           && has_changes_from (plan, 0))
    phase = JMP_PHASE_WRITE;
  return jmp_words_cancel_meaning (phase);
}

/* How many sectors the memories that the plan works on have beside those that it touches: its own
 * list has only these. */
static guint
count_untouched (JmpPlan *plan, const JmpDfuInfo *info)
{
  guint n_sectors = 0;
  guint total = 0;
  int last_alt = -1;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  for (guint i = 0; i < n_sectors; i++) {
    const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, sectors[i].alt);

    if (sectors[i].alt == last_alt || alt == NULL || alt->layout == NULL)
      continue;
    last_alt = sectors[i].alt;
    total += jmp_layout_get_n_sectors (alt->layout);
  }
  return total > n_sectors ? total - n_sectors : 0;
}

/* Nothing was, by this job: the board held all of it. */
static gboolean
changed_nothing (const JmpOutcome *outcome)
{
  return outcome->bytes_written == 0 && outcome->sectors_erased == 0;
}

static gboolean
is_proven (const JmpPlanTotals *totals, const JmpOutcome *outcome)
{
  return totals->image > 0 && outcome->bytes_verified >= totals->verify + totals->unchanged;
}

static void
add_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

/* What was written, and what was there before. After the board was away, that is no longer known
 * apart: all of it was compared. */
static void
add_written (GString *text, JmpSession *session, const JmpPlanTotals *totals)
{
  const gulong written = (gulong)(totals->image - totals->unchanged);
  const gulong unchanged = (gulong)totals->unchanged;

  if (jmp_session_was_resumed (session)) {
    add_sentence (text,
                  g_strdup_printf (ngettext ("%'lu byte is on the board, compared byte for byte.",
                                             "%'lu bytes are on the board, compared byte for byte.",
                                             (gulong)totals->image),
                                   (gulong)totals->image));
    return;
  }
  add_sentence (text,
                g_strdup_printf (ngettext ("%'lu byte was written and read back, byte for byte.",
                                           "%'lu bytes were written and read back, byte for byte.",
                                           written),
                                 written));
  if (unchanged > 0)
    add_sentence (
        text,
        g_strdup_printf (
            ngettext ("%'lu byte was already right.", "%'lu bytes were already right.", unchanged),
            unchanged));
}

static char *
say_kept (gboolean restore, gulong kept)
{
  return restore ? g_strdup_printf (ngettext ("%'lu byte that is not in the backup was kept.",
                                              "%'lu bytes that are not in the backup were kept.",
                                              kept),
                                    kept)
                 : g_strdup_printf (ngettext ("%'lu byte beside the firmware was kept.",
                                              "%'lu bytes beside the firmware were kept.",
                                              kept),
                                    kept);
}

static void
add_left_alone (GString *text, gboolean restore, const JmpOutcome *outcome, guint untouched)
{
  if (outcome->bytes_kept > 0)
    add_sentence (text, say_kept (restore, (gulong)outcome->bytes_kept));
  if (untouched > 0)
    add_sentence (
        text,
        g_strdup_printf (
            ngettext ("%u sector was not touched.", "%u sectors were not touched.", untouched),
            untouched));
}

/**
 * jmp_status_result_title:
 * @session: a session whose work has ended
 *
 * Returns: (transfer none): what came of it, as a title
 */
const char *
jmp_status_result_title (JmpSession *session)
{
  const JmpOutcome *outcome = jmp_job_get_outcome (jmp_session_get_job (session));
  const JmpSessionState state = jmp_session_get_state (session);
  const gboolean restore = jmp_session_is_restore (session);

  if (state == JMP_SESSION_STOPPED)
    return restore ? _ ("Restoring Stopped") : _ ("Installation Stopped");
  if (state == JMP_SESSION_FAILED)
    return restore ? _ ("Restoring Failed") : _ ("Installation Failed");
  if (outcome != NULL && changed_nothing (outcome))
    return restore ? _ ("Already as in the Backup") : _ ("Already Installed");
  return restore ? _ ("Backup Restored") : _ ("Firmware Installed");
}

/**
 * jmp_status_success:
 * @session: a session whose work succeeded
 *
 * What was proven. Says "byte for byte" only where every byte was read back.
 *
 * Returns: (transfer full): sentences
 */
char *
jmp_status_success (JmpSession *session)
{
  JmpPlan *plan = jmp_session_get_plan (session);
  const JmpOutcome *outcome = jmp_job_get_outcome (jmp_session_get_job (session));
  const JmpPlanTotals totals = jmp_plan_get_totals (plan);
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (session));
  const gboolean restore = jmp_session_is_restore (session);
  g_autoptr (GString) text = g_string_new (NULL);

  if (outcome == NULL)
    return g_strdup ("");
  if (!is_proven (&totals, outcome))
    return jmp_words_done (plan, outcome);
  if (changed_nothing (outcome))
    return g_strdup (restore ? _ ("Nothing had to be written: the board already holds what is in "
                                  "this backup, byte for byte.")
                             : _ ("Nothing had to be written: the board already holds this "
                                  "firmware, byte for byte."));
  if (restore)
    add_sentence (text, g_strdup (_ ("Everything in the backup is on the board again.")));
  add_written (text, session, &totals);
  add_left_alone (text, restore, outcome, info != NULL ? count_untouched (plan, info) : 0);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/**
 * jmp_status_recovery:
 * @outcome: how the work ended
 *
 * What became of the bytes that were taken off the board to be put back, where they are not.
 *
 * Returns: (transfer full) (nullable): sentences with the file's name, or %NULL where all is well
 */
char *
jmp_status_recovery (const JmpOutcome *outcome)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (outcome->recovery_file != NULL) {
    g_autofree char *name = g_filename_display_name (outcome->recovery_file);

    add_sentence (text,
                  g_strdup_printf (_ ("Bytes of the board that were to be kept are not back in "
                                      "place. They are safe in %s, and the next installation on "
                                      "this board puts them back."),
                                   name));
  }
  if (outcome->recovery_aside != NULL) {
    g_autofree char *name = g_filename_display_name (outcome->recovery_aside);

    add_sentence (text,
                  g_strdup_printf (_ ("What an earlier installation had saved of the board was not "
                                      "put back. It is in %s."),
                                   name));
  }
  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}
