/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

static void
add_sentence (GString *text, char *sentence)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, sentence);
  g_free (sentence);
}

static const JmpStep *
find_step (JmpPlan *plan, JmpStepKind kind)
{
  guint n = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);

  for (guint i = 0; i < n; i++) {
    if (steps[i].kind == kind)
      return &steps[i];
  }
  return NULL;
}

static char *
erase_sentence (const JmpPlanTotals *totals)
{
  g_autofree char *size = jmp_words_size (totals->erase);

  return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                       "Erases %u sector (%s).",
                                       "Erases %u sectors (%s).",
                                       totals->sectors_erased),
                          totals->sectors_erased,
                          size);
}

/**
 * jmp_words_plan:
 * @plan: what will be done
 *
 * What will be done, before it is done.
 *
 * Returns: (transfer full): translated sentences; empty for an empty plan
 */
char *
jmp_words_plan (JmpPlan *plan)
{
  JmpPlanTotals totals = jmp_plan_get_totals (plan);
  const JmpStep *leave = find_step (plan, JMP_STEP_LEAVE);
  GString *text = g_string_new (NULL);

  if (totals.sectors_erased > 0)
    add_sentence (text, erase_sentence (&totals));
  if (totals.write > 0) {
    g_autofree char *size = jmp_words_size (totals.image);

    add_sentence (text, g_strdup_printf (_ ("Writes %s."), size));
  }
  if (totals.read > 0) {
    g_autofree char *size = jmp_words_size (totals.read);

    add_sentence (text, g_strdup_printf (_ ("Reads %s."), size));
  }
  if (totals.verify > 0) {
    g_autofree char *size = jmp_words_size (totals.verify);

    add_sentence (text, g_strdup_printf (_ ("Checks %s by reading it back."), size));
  }
  if (leave != NULL)
    add_sentence (text, g_strdup_printf (_ ("Starts the program at 0x%08X."), leave->address));
  return g_string_free (text, FALSE);
}

/* The strongest thing that happens to a sector. */
static const char *
fate_words (JmpSectorFate fate)
{
  gboolean erased = (fate & JMP_FATE_ERASED) != 0;
  gboolean written = (fate & JMP_FATE_WRITTEN) != 0;

  if (erased && written)
    return _ ("will be erased and written");
  if (erased)
    return _ ("will be erased");
  if (written)
    return _ ("will be written");
  if ((fate & JMP_FATE_VERIFIED) != 0)
    return _ ("will be compared");
  if ((fate & JMP_FATE_READ) != 0)
    return _ ("will be read");
  return _ ("will be kept");
}

/**
 * jmp_words_sector:
 * @sector: a sector in a plan
 *
 * A sector and its fate in one line, also for a screen reader: "Sector 5, 128 KiB at 0x08020000,
 * will be erased and written".
 *
 * Returns: (transfer full): translated words
 */
char *
jmp_words_sector (const JmpPlanSector *sector)
{
  g_autofree char *size = jmp_words_size (sector->sector.size);

  /* Translators: number, size and address of a sector, and what will be done with it. */
  return g_strdup_printf (_ ("Sector %u, %s at 0x%08X, %s"),
                          sector->sector.index,
                          size,
                          sector->sector.address,
                          fate_words (sector->fate));
}

/* What was done, how much, in which time; the largest kind of work counts. */
static char *
work_sentence (JmpPlan *plan, const JmpPlanTotals *totals, const JmpOutcome *outcome)
{
  gboolean writes = totals->write > 0;
  gboolean erases = outcome->sectors_erased > 0;
  gboolean reads = find_step (plan, JMP_STEP_READ) != NULL;
  guint64 bytes = writes   ? totals->image - totals->unchanged
                  : erases ? totals->erase
                  : reads  ? outcome->bytes_read
                           : outcome->bytes_verified;
  g_autofree char *size = jmp_words_size (bytes);
  g_autofree char *time = jmp_words_duration (outcome->seconds_total);

  if (writes)
    return g_strdup_printf (_ ("Wrote %s in %s."), size, time);
  if (erases)
    return g_strdup_printf (_ ("Erased %s in %s."), size, time);
  if (reads)
    return g_strdup_printf (_ ("Read %s in %s."), size, time);
  return g_strdup_printf (_ ("Compared %s in %s."), size, time);
}

/**
 * jmp_words_done:
 * @plan: what was to be done
 * @outcome: how it ended, without an error
 *
 * What was done, after it was done. Claims that it is right only where every byte was read back.
 *
 * Returns: (transfer full): translated sentences
 */
char *
jmp_words_done (JmpPlan *plan, const JmpOutcome *outcome)
{
  JmpPlanTotals totals = jmp_plan_get_totals (plan);
  /* What was there already was proven by comparing it; bytes that were put back prove nothing about
   * the image. */
  guint64 wanted = MAX (totals.verify, totals.image + totals.kept);
  GString *text = g_string_new (NULL);

  /* how much a board without a memory map gives is only known when it was read */
  if (totals.write + totals.erase + totals.verify > 0 || find_step (plan, JMP_STEP_READ) != NULL)
    add_sentence (text, work_sentence (plan, &totals, outcome));
  else if (totals.unchanged > 0)
    add_sentence (text, g_strdup (_ ("All of it was on the board already.")));
  if (wanted > 0 && outcome->bytes_verified >= wanted)
    add_sentence (text,
                  g_strdup (totals.write == 0 && totals.erase > 0
                                ? _ ("Every byte was read back and is blank.")
                                : _ ("Every byte was read back and is right.")));
  else if (totals.write > 0)
    add_sentence (text, g_strdup (_ ("It was not verified.")));
  if (outcome->state == JMP_BOARD_STARTED)
    add_sentence (text, g_strdup (_ ("The program was started.")));
  return g_string_free (text, FALSE);
}
