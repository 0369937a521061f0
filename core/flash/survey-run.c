/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Finding out what is on a board. Each sector is read no further than it takes to know what has to be
 * done to it. */

#include "base/bytes.h"
#include "flash/keep.h"
#include "flash/survey-private.h"

#include <string.h>

/* A bus that brings wrong bytes brings few of them; more differences than these in a block are real
 * without a second look. */
#define MANY 16

/* How many bytes differ, no more than matter. */
static guint
count_differences (const guint8 *a, const guint8 *b, gsize length)
{
  guint count = 0;

  if (memcmp (a, b, length) == 0)
    return 0;
  for (gsize i = 0; i < length && count < MANY; i++)
    count += a[i] != b[i];
  return count;
}

static gboolean
fail_reading (guint32 address, GError **error)
{
  g_prefix_error (error, "comparing 0x%08X: ", address);
  return FALSE;
}

/* Compares one block; a small difference is read a second time. */
static gboolean
compare_block (JmpSurveySearch *self,
               guint32 address,
               const guint8 *expected,
               guint16 length,
               gboolean *equal,
               GError **error)
{
  JmpRange range = { address, (guint64)address + length };
  const guint8 *found = jmp_run_read (self->run, address, length, error);
  guint differences;

  if (found == NULL)
    return fail_reading (address, error);
  differences = count_differences (expected, found, length);
  if (differences > 0 && differences < MANY) {
    found = jmp_run_read (self->run, address, length, error);
    if (found == NULL)
      return fail_reading (address, error);
    differences = count_differences (expected, found, length);
  }
  *equal = differences == 0;
  self->blank = self->blank && jmp_erased_is_blank (self->run->blocks.erased, found, length);
  g_array_append_val (self->ranges, range);
  return TRUE;
}

/* Reads the sector's part of the image until the first difference. */
static gboolean
compare (JmpSurveySearch *self, gboolean *equal, GError **error)
{
  *equal = TRUE;
  for (guint i = 0; i < self->n_steps; i++) {
    const JmpStep *step = &self->steps[i];
    const guint8 *expected;

    if (step->kind != JMP_STEP_COMPARE)
      continue;
    expected = g_bytes_get_data (step->bytes, NULL);
    for (guint32 done = 0; done < step->length;) {
      guint16 length = jmp_run_block_length (self->run, step, done);

      if (!compare_block (self, step->address + done, expected + done, length, equal, error))
        return FALSE;
      self->compared += length;
      jmp_run_advance (self->run, JMP_STEP_COMPARE, step->address + done, length);
      if (!*equal)
        return TRUE;
      done += length;
    }
  }
  return TRUE;
}

/* Where the first range that holds @address ends, or where the next begins. */
static gboolean
was_read (const JmpSurveySearch *self, guint64 address, guint64 *until)
{
  *until = jmp_sector_end (&self->sector->sector);
  for (guint i = 0; i < self->ranges->len; i++) {
    const JmpRange *range = &g_array_index (self->ranges, JmpRange, i);

    if (address >= range->start && address < range->end) {
      *until = range->end;
      return TRUE;
    }
    if (range->start > address)
      *until = MIN (*until, range->start);
  }
  return FALSE;
}

/* Reads a range of the sector while it is blank. */
static gboolean
prove_range_blank (JmpSurveySearch *self, guint64 address, guint64 end, GError **error)
{
  JmpRun *run = self->run;

  jmp_meter_expect (run->meter, JMP_STEP_READ, end - address);
  for (guint64 at = address; at < end && self->blank;) {
    guint32 length = (guint32)MIN (end - at, run->blocks.info->transfer_size);

    if (!jmp_run_is_blank (run, (guint32)at, length, &self->blank, error))
      return fail_reading ((guint32)at, error);
    at += length;
    if (!self->blank)
      jmp_meter_forget (run->meter, JMP_STEP_READ, end - at);
    jmp_run_measure (run, JMP_STEP_READ, (guint32)at - length, length);
  }
  return TRUE;
}

/* Reads what is left of the sector, while it is blank. */
static gboolean
prove_blank (JmpSurveySearch *self, GError **error)
{
  guint64 end = jmp_sector_end (&self->sector->sector);
  guint64 until;

  for (guint64 at = self->sector->sector.address; at < end && self->blank; at = until) {
    if (!was_read (self, at, &until) && !prove_range_blank (self, at, until, error))
      return FALSE;
  }
  return TRUE;
}

/* What is to be known of a sector. @must_change: it is written again even if it is equal, so only
 * whether it is blank matters. */
static gboolean
look (JmpSurveySearch *self, gboolean must_change, JmpSurveyState *state, GError **error)
{
  gboolean compares = self->n_steps > 0 && self->steps[0].kind == JMP_STEP_COMPARE;
  gboolean equal = FALSE;

  *state = JMP_SURVEY_UNKNOWN;
  if (compares) {
    if (!must_change && !compare (self, &equal, error))
      return FALSE;
    *state = equal ? JMP_SURVEY_EQUAL : JMP_SURVEY_DIFFERENT;
    if (!equal && self->blank && !prove_blank (self, error))
      return FALSE;
    if (!equal && self->blank)
      *state = JMP_SURVEY_BLANK;
  }
  return equal || jmp_survey_keep (self, *state == JMP_SURVEY_BLANK, error);
}

/* What is known to be equal is no work any more. */
static void
note_state (JmpRun *run, const JmpPlanSector *sector, JmpSurveyState state)
{
  if (state == JMP_SURVEY_EQUAL || state == JMP_SURVEY_BLANK)
    jmp_meter_forget (run->meter, JMP_STEP_ERASE, sector->sector.size);
  if (state != JMP_SURVEY_EQUAL)
    return;
  jmp_meter_forget (run->meter, JMP_STEP_WRITE, sector->image_bytes);
  jmp_meter_forget (run->meter, JMP_STEP_VERIFY, sector->image_bytes);
  run->outcome->bytes_skipped += sector->image_bytes;
  run->outcome->bytes_verified += sector->image_bytes;
  run->outcome->sectors_unchanged++;
}

/* All that had to be known of the sector is: what was not read of it is no work any more. */
static void
note_decided (JmpSurveySearch *self, JmpSurveyState state)
{
  JmpRun *run = self->run;
  guint64 left = 0;

  for (guint i = 0; i < self->n_steps; i++) {
    const JmpStep *step = &self->steps[i];

    if (step->kind == JMP_STEP_COMPARE)
      left += step->length;
    else if (!self->kept_read)
      jmp_meter_forget (run->meter, step->kind, step->length);
  }
  left -= self->compared;
  jmp_meter_forget (run->meter, JMP_STEP_COMPARE, left);
  note_state (run, self->sector, state);
  jmp_run_count (run, left);
  run->progress.fraction = jmp_meter_get_fraction (run->meter);
  run->progress.seconds_left = jmp_meter_get_seconds_left (run->meter);
  jmp_run_tell (run, self->sector->sector.address, self->sector->sector.size);
}

static gboolean
search_sector (JmpRun *run,
               const JmpPlanSector *sector,
               guint first,
               guint n_steps,
               gboolean must_change,
               GArray *found,
               JmpSurveySaved *saved,
               GError **error)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (JmpRange));
  GArray *kept = jmp_segments_new ();
  JmpSurveySearch search = {
    .run = run,
    .sector = sector,
    .steps = n_steps > 0 ? run->steps + first : NULL,
    .n_steps = n_steps,
    .ranges = ranges,
    .blank = TRUE,
    .kept = kept,
    .saved = saved,
  };
  JmpSurveySector result = { .alt = sector->alt, .sector = sector->sector };
  gboolean ok;

  run->progress.alt = sector->alt;
  ok = (n_steps == 0 || jmp_blocks_select (&run->blocks, sector->alt, error))
       && look (&search, must_change, &result.state, error);
  if (!ok) {
    g_array_unref (kept);
    return FALSE;
  }
  note_decided (&search, result.state);
  result.looked = sector->kept_bytes;
  result.n_kept = kept->len;
  g_array_set_clear_func (kept, NULL);
  result.kept = (JmpSegment *)(void *)g_array_free (kept, FALSE);
  g_array_append_val (found, result);
  return TRUE;
}

static gboolean
is_commit (JmpPlan *plan, const JmpPlanSector *sector)
{
  const JmpPlanCommit *commit = jmp_plan_get_commit (plan);

  return commit->exists && commit->can_erase && sector->alt == commit->alt
         && sector->sector.address == commit->sector.address;
}

/* How many of the steps from @first on are about the sector. */
static guint
count_steps (JmpRun *run, const JmpPlanSector *sector, guint first)
{
  guint count = 0;

  while (first + count < run->n_steps && run->steps[first + count].alt == sector->alt
         && run->steps[first + count].address >= sector->sector.address
         && run->steps[first + count].address < jmp_sector_end (&sector->sector))
    count++;
  return count;
}

/* The sectors in the order of the plan, which has the one that makes the image start last: when
 * anything else changes, that one must. */
static gboolean
search_all (JmpRun *run, GArray *found, JmpSurveySaved *saved, GError **error)
{
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (run->plan, &n_sectors);
  gboolean others = FALSE;
  const JmpPlanSector *last = NULL;
  guint step = 0;

  for (guint i = 0; i <= n_sectors; i++) {
    const JmpPlanSector *sector = i < n_sectors ? &sectors[i] : last;
    guint n_steps;

    if (i < n_sectors && is_commit (run->plan, sector)) {
      last = sector;
      continue;
    }
    if (sector == NULL)
      break;
    n_steps = count_steps (run, sector, step);
    if (!search_sector (run, sector, step, n_steps, sector == last && others, found, saved, error))
      return FALSE;
    step += n_steps;
    others = others
             || g_array_index (found, JmpSurveySector, found->len - 1).state != JMP_SURVEY_EQUAL;
  }
  return TRUE;
}

static void
saved_clear (JmpSurveySaved *self)
{
  g_clear_pointer (&self->replaced, jmp_image_builder_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpSurveySaved, saved_clear)

static JmpImage *
take_replaced (JmpRun *run, JmpSurveySaved *saved)
{
  const JmpDfuInfo *info = run->blocks.info;

  if (saved->replaced == NULL)
    return NULL;
  jmp_image_builder_set_ids (saved->replaced, info->vid, info->pid, info->bcd_device);
  return jmp_image_builder_end (g_steal_pointer (&saved->replaced), NULL);
}

/* Whether a program would start: a stack in RAM, and a handler in the memory that programs are in
 * (ARMv7-M, B1.5.3). */
static gboolean
look_at_start (JmpRun *run, gboolean *starts, GError **error)
{
  const JmpPlanCommit *commit = jmp_plan_get_commit (run->plan);
  const JmpDfuAlt *memory = jmp_dfu_info_find_alt (run->blocks.info, 0);
  const guint8 *words;
  guint32 address, stack, reset;
  JmpSector first;

  *starts = FALSE;
  if (memory == NULL || memory->layout == NULL
      || !jmp_layout_get_sector (memory->layout, 0, &first))
    return TRUE;
  address = commit->exists ? commit->start : first.address;
  if (!jmp_layout_allows (memory->layout, address, 8, JMP_ACCESS_READ, NULL))
    return TRUE;
  if (!jmp_blocks_select (&run->blocks, 0, error))
    return FALSE;
  words = jmp_run_read (run, address, 8, error);
  if (words == NULL)
    return fail_reading (address, error);
  stack = jmp_get_u32 (words);
  reset = jmp_get_u32 (words + 4);
  *starts = stack > 0x10000000 && stack <= 0x40000000 && (stack & 3) == 0 && (reset & 1) != 0
            && jmp_layout_find (memory->layout, reset & ~1u, NULL);
  return TRUE;
}

static JmpSurvey *
search (JmpRun *run, GError **error)
{
  g_autoptr (GArray) found = jmp_survey_sectors_new ();
  g_auto (JmpSurveySaved) saved = { .was_stopped = jmp_plan_get_commit (run->plan)->was_stopped };
  JmpSurvey *survey;

  if (!jmp_run_begin (run, error))
    return NULL;
  jmp_run_enter_phase (run, JMP_PHASE_COMPARE);
  if ((saved.was_stopped && !look_at_start (run, &saved.starts, error))
      || !search_all (run, found, &saved, error))
    return NULL;
  survey = jmp_survey_new ((const JmpSurveySector *)(const void *)found->data, found->len);
  if (saved.stale)
    jmp_survey_set_stale (survey);
  jmp_survey_take_replaced (survey, take_replaced (run, &saved));
  return survey;
}

/* As jmp_survey_run(), with work that is measured as part of more; @meter expects it already. @idle:
 * whether the device is known to be in dfuIDLE. */
JmpSurvey *
jmp_survey_run_metered (JmpDfu *dfu,
                        JmpPlan *plan,
                        JmpMeter *meter,
                        gboolean idle,
                        JmpProgressFunc progress,
                        gpointer user_data,
                        GCancellable *cancellable,
                        JmpOutcome *outcome,
                        GError **error)
{
  guint64 transfers = jmp_dfu_get_transfers (dfu);
  GError *failure = NULL;
  JmpSurvey *survey;
  JmpRun run;

  jmp_run_init (&run, dfu, plan, meter, cancellable, outcome);
  run.idle = idle;
  run.func = progress;
  run.user_data = user_data;
  survey = search (&run, &failure);
  jmp_run_end (&run, transfers, failure);
  if (survey == NULL)
    g_propagate_error (error, failure);
  jmp_run_clear (&run);
  return survey;
}

/**
 * jmp_survey_run:
 * @dfu: an open interface, in any state
 * @plan: of jmp_plan_survey(), made for this board
 * @progress: (nullable) (scope call): called after each block that is read, and
 *   with each sector of which enough is known
 * @user_data: for @progress
 * @cancellable: (nullable): stops between transfers
 * @outcome: (out caller-allocates): how much was found equal, always
 * @error: return location for a #GError
 *
 * Finds out what is on a board. Changes nothing.
 *
 * A block that is read takes one transfer. A sector is read until its first difference; if all of that
 * was blank, until it is known whether the rest is, too; then what has to be put back is read, twice.
 * The sector that makes the image start is looked at last, and compared only when no other differs.
 *
 * Errors: those of dfu.h, each saying at which address.
 *
 * Returns: (transfer full) (nullable): what was found
 */
JmpSurvey *
jmp_survey_run (JmpDfu *dfu,
                JmpPlan *plan,
                JmpProgressFunc progress,
                gpointer user_data,
                GCancellable *cancellable,
                JmpOutcome *outcome,
                GError **error)
{
  return jmp_survey_run_metered (
      dfu, plan, NULL, FALSE, progress, user_data, cancellable, outcome, error);
}
