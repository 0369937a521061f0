/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/run-private.h"

#include "base/error.h"

#include <string.h>

static JmpPhase
phase_of (JmpStepKind kind)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return JMP_PHASE_ERASE;
  case JMP_STEP_WRITE:
    return JMP_PHASE_WRITE;
  case JMP_STEP_VERIFY:
    return JMP_PHASE_VERIFY;
  case JMP_STEP_READ:
    return JMP_PHASE_BACKUP;
  case JMP_STEP_LEAVE:
    return JMP_PHASE_LEAVE;
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    return JMP_PHASE_COMPARE;
  }
  return JMP_PHASE_PREPARE;
}

static guint64
phase_total (const JmpPlanTotals *totals, JmpPhase phase)
{
  switch (phase) {
  case JMP_PHASE_COMPARE:
    return totals->compare;
  case JMP_PHASE_ERASE:
    return totals->erase;
  case JMP_PHASE_WRITE:
    return totals->write;
  case JMP_PHASE_VERIFY:
    return totals->verify;
  case JMP_PHASE_BACKUP:
    return totals->read;
  case JMP_PHASE_PREPARE:
  case JMP_PHASE_LEAVE:
    return 0;
  }
  return 0;
}

void
jmp_run_enter_phase (JmpRun *self, JmpPhase phase)
{
  JmpPlanTotals totals = jmp_plan_get_totals (self->plan);
  gint64 now = jmp_usb_now (jmp_dfu_get_usb (self->blocks.dfu));

  self->outcome->seconds[self->progress.phase] += (double)(now - self->phase_us) / G_USEC_PER_SEC;
  self->outcome->seconds_total = (double)(now - self->started_us) / G_USEC_PER_SEC;
  self->phase_us = now;
  self->progress.phase = phase;
  self->progress.phase_done = self->phase_done[phase];
  self->progress.phase_total = phase_total (&totals, phase);
}

/* Tells who watches where the work is. */
void
jmp_run_tell (JmpRun *self, guint32 address, guint32 length)
{
  self->progress.address = address;
  self->progress.length = length;
  if (self->func != NULL)
    self->func (&self->progress, self->user_data);
}

/* Work was done on @length bytes at @address that the phase does not count. */
void
jmp_run_measure (JmpRun *self, JmpStepKind kind, guint32 address, guint32 length)
{
  gint64 now = jmp_usb_now (jmp_dfu_get_usb (self->blocks.dfu));

  jmp_meter_done (self->meter, kind, length, now);
  self->progress.fraction = jmp_meter_get_fraction (self->meter);
  self->progress.seconds_left = jmp_meter_get_seconds_left (self->meter);
  jmp_run_tell (self, address, length);
}

/* @length bytes of the phase are done, with work or without. */
void
jmp_run_count (JmpRun *self, guint64 length)
{
  self->phase_done[self->progress.phase] += length;
  self->progress.phase_done = self->phase_done[self->progress.phase];
}

/* @length bytes at @address are done. */
void
jmp_run_advance (JmpRun *self, JmpStepKind kind, guint32 address, guint32 length)
{
  jmp_run_count (self, length);
  jmp_run_measure (self, kind, address, length);
}

gboolean
jmp_run_is_cancelled (JmpRun *self, GError **error)
{
  return g_cancellable_set_error_if_cancelled (self->blocks.cancellable, error);
}

static gboolean
do_erase (JmpRun *run, const JmpStep *step, GError **error)
{
  jmp_run_tell (run, step->address, step->length);
  if (jmp_run_is_cancelled (run, error)) {
    g_prefix_error (error, "erasing 0x%08X: ", step->address);
    return FALSE;
  }
  if (!jmp_run_erase (run, step->address, step->length, error))
    return FALSE;
  run->outcome->sectors_erased++;
  jmp_run_advance (run, step->kind, step->address, step->length);
  return TRUE;
}

/* Counts what was written off the sectors that it is in, which blocks know nothing of. */
void
jmp_run_note_written (JmpRun *run, guint8 alt, guint32 address, guint32 length)
{
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (run->plan, &n_sectors);
  guint64 at = address;
  guint64 end = at + length;
  guint index;

  while (at < end && jmp_plan_find_sector (run->plan, alt, (guint32)at, &index)) {
    guint64 next = MIN (end, jmp_sector_end (&sectors[index].sector));

    run->unwritten[index] -= MIN (run->unwritten[index], next - at);
    if (run->unwritten[index] == 0)
      run->outcome->sectors_written++;
    at = next;
  }
}

static void
count_unwritten (JmpRun *run)
{
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (run->plan, &n_sectors);

  run->unwritten = g_new0 (guint64, MAX (n_sectors, 1));
  for (guint i = 0; i < run->n_steps; i++) {
    const JmpStep *step = &run->steps[i];
    guint64 at = step->address;
    guint64 end = at + step->length;
    guint index;

    while (step->kind == JMP_STEP_WRITE && at < end
           && jmp_plan_find_sector (run->plan, step->alt, (guint32)at, &index)) {
      guint64 next = MIN (end, jmp_sector_end (&sectors[index].sector));

      run->unwritten[index] += next - at;
      at = next;
    }
  }
}

/* The bytes of a block: the step's own, or a copy of them filled up with blank ones. */
const guint8 *
jmp_run_block_bytes (JmpRun *self, const JmpStep *step, guint32 done, guint16 length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (step->bytes, &size);
  gsize own = done < size ? size - done : 0;

  if (own >= length)
    return data + done;
  memset (self->padded, jmp_erased_fill (self->blocks.erased), length);
  if (own > 0)
    memcpy (self->padded, data + done, own);
  return self->padded;
}

guint16
jmp_run_block_length (const JmpRun *self, const JmpStep *step, guint32 done)
{
  return (guint16)MIN (step->length - done, self->blocks.info->transfer_size);
}

/* Every sector that a spoiled block lies in is done once more, up to the block. */
static gboolean
redo_block (JmpRun *run, const JmpStep *step, guint32 done, guint16 length, GError **error)
{
  guint64 end = (guint64)step->address + done + length;

  for (guint64 at = (guint64)step->address + done; at < end;) {
    JmpSector sector;

    if (!jmp_run_redo (run, step, done, (guint32)at, error))
      return FALSE;
    if (!jmp_layout_find (run->blocks.layout, (guint32)at, &sector))
      break;
    at = jmp_sector_end (&sector);
  }
  return TRUE;
}

static gboolean
do_write (JmpRun *run, const JmpStep *step, GError **error)
{
  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = jmp_run_block_length (run, step, done);
    JmpWriteResult result = JMP_WRITE_FAILED;

    if (!jmp_run_is_cancelled (run, error))
      result = jmp_run_write (
          run, address, jmp_run_block_bytes (run, step, done, length), length, error);
    if (result == JMP_WRITE_SPOILED && redo_block (run, step, done, length, error))
      continue;
    if (result != JMP_WRITE_DONE) {
      g_prefix_error (error, "writing 0x%08X: ", address);
      return FALSE;
    }
    done += length;
    run->outcome->bytes_written += length;
    jmp_run_note_written (run, step->alt, address, length);
    jmp_run_advance (run, step->kind, address, length);
  }
  return TRUE;
}

static gboolean
do_read (JmpRun *run, const JmpStep *step, GError **error)
{
  g_autofree guint8 *all = g_malloc (step->length);
  g_autoptr (GBytes) bytes = NULL;

  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = jmp_run_block_length (run, step, done);
    const guint8 *found = NULL;

    found = jmp_run_read (run, address, length, error);
    if (found == NULL) {
      g_prefix_error (error, "reading 0x%08X: ", address);
      return FALSE;
    }
    memcpy (all + done, found, length);
    done += length;
    run->outcome->bytes_read += length;
    jmp_run_advance (run, step->kind, address, length);
  }
  if (run->read == NULL)
    run->read = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  bytes = g_bytes_new_take (g_steal_pointer (&all), step->length);
  return jmp_image_builder_add (run->read, step->alt, step->address, bytes, error);
}

static gboolean
do_leave (JmpRun *run, const JmpStep *step, GError **error)
{
  if (jmp_run_is_cancelled (run, error) || !jmp_run_start (run, step->address, error)) {
    g_prefix_error (error, "starting 0x%08X: ", step->address);
    return FALSE;
  }
  run->left = TRUE;
  jmp_run_advance (run, step->kind, step->address, step->length);
  return TRUE;
}

static gboolean
do_step (JmpRun *run, const JmpStep *step, GError **error)
{
  jmp_run_enter_phase (run, phase_of (step->kind));
  run->progress.alt = step->alt;
  if (!jmp_blocks_select (&run->blocks, step->alt, error)) {
    g_prefix_error (error, "selecting alt setting %u: ", step->alt);
    return FALSE;
  }
  if (run->blocks.plain)
    return jmp_run_plain_step (run, step, error);
  switch (step->kind) {
  case JMP_STEP_ERASE:
    return do_erase (run, step, error);
  case JMP_STEP_WRITE:
    return do_write (run, step, error);
  case JMP_STEP_VERIFY:
    return jmp_run_verify (run, step, error);
  case JMP_STEP_READ:
    return do_read (run, step, error);
  case JMP_STEP_LEAVE:
    return do_leave (run, step, error);
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    break; /* of a survey, which jmp_survey_run() does */
  }
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_USAGE, "a survey changes nothing");
  return FALSE;
}

/* What was read, as a firmware file for this very kind of board. */
static gboolean
take_read (JmpRun *run, GError **error)
{
  const JmpDfuInfo *info = run->blocks.info;

  if (run->read == NULL)
    return TRUE;
  jmp_image_builder_set_ids (run->read, info->vid, info->pid, info->bcd_device);
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    jmp_image_builder_name_target (run->read, alt->alt, alt->name);
  }
  run->outcome->read = jmp_image_builder_end (g_steal_pointer (&run->read), error);
  return run->outcome->read != NULL;
}

/* Brings the device to dfuIDLE, unless the part of the work before this one left it there. */
gboolean
jmp_run_begin (JmpRun *self, GError **error)
{
  jmp_run_tell (self, 0, 0);
  if (!jmp_run_is_cancelled (self, error)
      && (self->idle || jmp_dfu_to_idle (self->blocks.dfu, self->blocks.cancellable, error)))
    return TRUE;
  g_prefix_error (error, "preparing the board: ");
  return FALSE;
}

static gboolean
do_all (JmpRun *run, GError **error)
{
  if (!jmp_run_begin (run, error))
    return FALSE;
  for (guint i = 0; i < run->n_steps; i++) {
    run->progress.step = i;
    if (!do_step (run, &run->steps[i], error))
      return FALSE;
    run->outcome->step = i + 1;
  }
  if (!take_read (run, error))
    return FALSE;
  run->progress.seconds_left = jmp_meter_get_seconds_left (run->meter);
  if (run->meter == &run->own_meter)
    run->progress.fraction = 1;
  jmp_run_tell (run, run->progress.address, run->progress.length);
  return TRUE;
}

/* Whether every sector that the plan changes is read back by it. */
static gboolean
proves_itself (JmpPlan *plan)
{
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  for (guint i = 0; i < n_sectors; i++) {
    if ((sectors[i].fate & (JMP_FATE_ERASED | JMP_FATE_WRITTEN)) != 0
        && (sectors[i].fate & JMP_FATE_VERIFIED) == 0)
      return FALSE;
  }
  return TRUE;
}

static JmpBoardState
judge (const JmpRun *run)
{
  const JmpOutcome *outcome = run->outcome;
  gboolean unread = run->unread;

  if (!run->blocks.touched)
    return run->left ? JMP_BOARD_STARTED : JMP_BOARD_UNTOUCHED;
  if (run->blocks.unfinished)
    return JMP_BOARD_INCOMPLETE;
  for (guint i = outcome->step; i < run->n_steps; i++) {
    if (run->steps[i].kind == JMP_STEP_ERASE || run->steps[i].kind == JMP_STEP_WRITE)
      return JMP_BOARD_INCOMPLETE;
    unread = unread || run->steps[i].kind == JMP_STEP_VERIFY;
  }
  if (outcome->has_difference)
    return JMP_BOARD_DIFFERS;
  if (unread || !proves_itself (run->plan))
    return JMP_BOARD_UNVERIFIED;
  return run->left ? JMP_BOARD_STARTED : JMP_BOARD_COMPLETE;
}

/* Leaves the device idle, whatever happened, and finds out whether it is still there. The ladder has
 * its own limit and does not listen to a cancel, which may be why it is climbed. */
static gboolean
come_to_rest (JmpRun *run, gboolean ok, const GError *failure)
{
  g_autoptr (GError) error = NULL;
  guint8 state;

  if (run->left || g_error_matches (failure, JMP_ERROR, JMP_ERROR_DISCONNECTED))
    return FALSE;
  /* what it makes of its file is not disturbed */
  if (run->blocks.ending)
    return jmp_dfu_get_state (run->blocks.dfu, &state, NULL, NULL);
  if (ok && jmp_blocks_settle (&run->blocks, NULL))
    return TRUE;
  return jmp_dfu_to_idle (run->blocks.dfu, NULL, &error)
         || !(g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED)
              || g_error_matches (error, JMP_ERROR, JMP_ERROR_TIMED_OUT));
}

/* What was put back counts when all that was to be read back was. */
static void
count_kept (JmpRun *run)
{
  JmpPlanTotals totals = jmp_plan_get_totals (run->plan);

  for (guint i = run->outcome->step; i < run->n_steps; i++) {
    if (run->steps[i].kind != JMP_STEP_LEAVE)
      return;
  }
  run->outcome->bytes_kept = totals.kept;
  run->outcome->sectors_preserved = totals.sectors_preserved;
}

/* Begins a run; the outcome is empty afterwards. @meter may be %NULL. */
void
jmp_run_init (JmpRun *self,
              JmpDfu *dfu,
              JmpPlan *plan,
              JmpMeter *meter,
              GCancellable *cancellable,
              JmpOutcome *outcome)
{
  guint n_sectors;

  jmp_plan_get_sectors (plan, &n_sectors);
  *outcome = (JmpOutcome){ 0 };
  *self = (JmpRun){ .plan = plan, .outcome = outcome };
  self->steps = jmp_plan_get_steps (plan, &self->n_steps);
  self->started_us = jmp_usb_now (jmp_dfu_get_usb (dfu));
  self->phase_us = self->started_us;
  jmp_blocks_init (&self->blocks, dfu, cancellable);
  self->padded = g_malloc (MAX (self->blocks.info->transfer_size, 1));
  self->seen = g_malloc (MAX (self->blocks.info->transfer_size, 1));
  self->redone = g_new0 (gboolean, MAX (n_sectors, 1));
  self->meter = meter;
  if (meter == NULL) {
    self->meter = &self->own_meter;
    jmp_meter_init (self->meter, NULL);
    jmp_meter_expect_plan (self->meter, plan);
  }
  jmp_meter_start (self->meter, self->started_us);
  self->progress.fraction = self->meter->fraction;
}

/* Ends a run: the device is idle afterwards where it still answers. @transfers: how many there were
 * before it. */
void
jmp_run_end (JmpRun *self, guint64 transfers, const GError *failure)
{
  self->outcome->connected = come_to_rest (self, failure == NULL, failure);
  self->outcome->transfers = jmp_dfu_get_transfers (self->blocks.dfu) - transfers;
  jmp_run_enter_phase (self, self->progress.phase);
}

void
jmp_run_clear (JmpRun *self)
{
  g_clear_pointer (&self->read, jmp_image_builder_free);
  g_clear_pointer (&self->unwritten, g_free);
  g_clear_pointer (&self->redone, g_free);
  g_clear_pointer (&self->padded, g_free);
  g_clear_pointer (&self->seen, g_free);
  jmp_blocks_clear (&self->blocks);
}

/* What a board's memory map says wrongly looks like bad flash, or like protected flash. */
static void
doubt_map (const JmpDfuInfo *info, GError *failure)
{
  g_autofree char *message = NULL;

  if ((info->quirks.flags & JMP_QUIRK_MAP_MAY_LIE) == 0
      || !(g_error_matches (failure, JMP_ERROR, JMP_ERROR_VERIFY)
           || g_error_matches (failure, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED)))
    return;
  message = failure->message;
  failure->message = g_strconcat (
      message,
      "; this is likely because the memory map that the board reports is not that of its chip",
      NULL);
}

/* As jmp_flash_run(), with work that is measured as part of more; @meter expects it already. @idle: whether
 * the device is known to be in dfuIDLE. */
gboolean
jmp_flash_run_metered (JmpDfu *dfu,
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
  JmpRun run;
  gboolean ok;

  jmp_run_init (&run, dfu, plan, meter, cancellable, outcome);
  run.idle = idle;
  run.func = progress;
  run.user_data = user_data;
  count_unwritten (&run);
  ok = do_all (&run, &failure);
  jmp_run_end (&run, transfers, failure);
  count_kept (&run);
  outcome->state = judge (&run);
  if (!ok) {
    doubt_map (run.blocks.info, failure);
    g_propagate_error (error, failure);
  }
  jmp_run_clear (&run);
  return ok;
}

/**
 * jmp_flash_run:
 * @dfu: an open interface, in any state
 * @plan: what to do; made for this board
 * @progress: (nullable) (scope call): called before each sector and after each transfer of data
 * @user_data: for @progress
 * @cancellable: (nullable): stops between transfers
 * @outcome: (out caller-allocates): what was done and what state the board is in, always
 * @error: return location for a #GError
 *
 * Carries out a plan.
 *
 * Each written block and each erased sector takes three transfers (DNLOAD and two GETSTATUS), each
 * block that is read one; the address is set once for each contiguous run, and again for a block that
 * is shorter than the others (AN3156, 5: two readings of the block address exist, and both agree on
 * whole blocks from number 2 on). A program that was started takes the board off the bus, which is
 * how it ends well.
 *
 * What a device refuses is tried again, up to ten times in all, and less often where it does not
 * answer; what became of an erase or a block whose writing failed is looked at before it is done again;
 * a difference is read a second time; a sector that reads back wrong is erased and written once more.
 * The first difference after that stops the work.
 *
 * Errors: those of dfu.h, each saying at which address; %JMP_ERROR_VERIFY (what was read back
 * differs); %JMP_ERROR_WRITE_PROTECTED (an erase that was reported as done changed nothing);
 * %JMP_ERROR_USAGE (a plan that is a survey).
 *
 * Returns: %TRUE when every step was done
 */
gboolean
jmp_flash_run (JmpDfu *dfu,
               JmpPlan *plan,
               JmpProgressFunc progress,
               gpointer user_data,
               GCancellable *cancellable,
               JmpOutcome *outcome,
               GError **error)
{
  return jmp_flash_run_metered (
      dfu, plan, NULL, FALSE, progress, user_data, cancellable, outcome, error);
}
