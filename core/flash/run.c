/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/run.h"

#include "base/error.h"
#include "flash/blocks.h"
#include "flash/estimate.h"
#include "flash/plan-private.h"

#include <string.h>

typedef struct {
  JmpBlocks blocks;
  JmpPlan *plan;
  const JmpStep *steps;
  guint n_steps;

  JmpProgressFunc func;
  gpointer user_data;
  JmpProgress progress;
  guint64 phase_done[JMP_PHASE_N];
  double seconds_done;
  double seconds_total;
  gint64 started_us;
  gint64 phase_us;

  JmpOutcome *outcome;
  JmpImageBuilder *read;
  guint64 *unwritten; /* by sector of the plan: bytes that are still to be written */
  gboolean left;
} Run;

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
  }
  return JMP_PHASE_PREPARE;
}

static guint64
phase_total (const JmpPlanTotals *totals, JmpPhase phase)
{
  switch (phase) {
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

static void
enter_phase (Run *run, JmpPhase phase)
{
  JmpPlanTotals totals = jmp_plan_get_totals (run->plan);
  gint64 now = jmp_usb_now (jmp_dfu_get_usb (run->blocks.dfu));

  run->outcome->seconds[run->progress.phase] += (double)(now - run->phase_us) / G_USEC_PER_SEC;
  run->outcome->seconds_total = (double)(now - run->started_us) / G_USEC_PER_SEC;
  run->phase_us = now;
  run->progress.phase = phase;
  run->progress.phase_done = run->phase_done[phase];
  run->progress.phase_total = phase_total (&totals, phase);
}

/* Tells who watches where the work is. */
static void
tell (Run *run, guint32 address, guint32 length)
{
  run->progress.address = address;
  run->progress.length = length;
  if (run->func != NULL)
    run->func (&run->progress, run->user_data);
}

/* @length bytes at @address are done. */
static void
advance (Run *run, JmpStepKind kind, guint32 address, guint32 length)
{
  run->phase_done[run->progress.phase] += length;
  run->progress.phase_done = run->phase_done[run->progress.phase];
  run->seconds_done += jmp_estimate_bytes (kind, length);
  run->progress.fraction = MIN (run->seconds_done / run->seconds_total, 1);
  tell (run, address, length);
}

static gboolean
is_cancelled (Run *run, GError **error)
{
  return g_cancellable_set_error_if_cancelled (run->blocks.cancellable, error);
}

static gboolean
do_erase (Run *run, const JmpStep *step, GError **error)
{
  tell (run, step->address, step->length);
  if (is_cancelled (run, error)) {
    g_prefix_error (error, "erasing 0x%08X: ", step->address);
    return FALSE;
  }
  if (!jmp_blocks_erase (&run->blocks, step->address, step->length, error))
    return FALSE;
  run->outcome->sectors_erased++;
  advance (run, step->kind, step->address, step->length);
  return TRUE;
}

/* Counts what was written off the sectors that it is in, which blocks know nothing of. */
static void
note_written (Run *run, guint8 alt, guint32 address, guint32 length)
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
count_unwritten (Run *run)
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

/* The bytes of a block: the step's own, or a copy of them filled up with 0xFF. */
static const guint8 *
block_bytes (Run *run, const JmpStep *step, guint32 done, guint16 length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (step->bytes, &size);
  gsize own = done < size ? size - done : 0;

  if (own >= length)
    return data + done;
  memset (run->blocks.block, 0xFF, length);
  if (own > 0)
    memcpy (run->blocks.block, data + done, own);
  return run->blocks.block;
}

static guint16
block_length (const Run *run, const JmpStep *step, guint32 done)
{
  return (guint16)MIN (step->length - done, run->blocks.info->transfer_size);
}

static gboolean
do_write (Run *run, const JmpStep *step, GError **error)
{
  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = block_length (run, step, done);

    if (is_cancelled (run, error)
        || !jmp_blocks_write (
            &run->blocks, address, block_bytes (run, step, done, length), length, error)) {
      g_prefix_error (error, "writing 0x%08X: ", address);
      return FALSE;
    }
    done += length;
    run->outcome->bytes_written += length;
    note_written (run, step->alt, address, length);
    advance (run, step->kind, address, length);
  }
  return TRUE;
}

/* Whether a block has a bit that is 0 and should be 1. Writing only clears bits, so the erase did not
 * do its work: that is how write protection shows on boot loaders that report it as success. */
static gboolean
was_not_erased (const guint8 *expected, const guint8 *found, guint16 length)
{
  for (guint16 i = 0; i < length; i++) {
    if ((found[i] & expected[i]) != expected[i])
      return TRUE;
  }
  return FALSE;
}

static gboolean
fail_difference (
    Run *run, guint32 address, guint8 expected, guint8 found, gboolean not_erased, GError **error)
{
  run->outcome->has_difference = TRUE;
  run->outcome->difference_address = address;
  run->outcome->expected = expected;
  run->outcome->found = found;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_VERIFY,
               "0x%08X holds 0x%02X, not 0x%02X%s",
               address,
               found,
               expected,
               not_erased ? ": the sector was not erased; it may be write-protected" : "");
  return FALSE;
}

static gboolean
compare (Run *run,
         const guint8 *expected,
         const guint8 *found,
         guint32 address,
         guint16 length,
         GError **error)
{
  gboolean not_erased;

  if (memcmp (expected, found, length) == 0)
    return TRUE;
  not_erased = run->blocks.touched && was_not_erased (expected, found, length);
  for (guint16 i = 0; i < length; i++) {
    if (found[i] != expected[i])
      return fail_difference (run, address + i, expected[i], found[i], not_erased, error);
  }
  return TRUE;
}

/* What an erase was to leave. An erase that the board reported as done, and that was not, means that
 * the sector is write-protected: no error is returned for those (AN3156, 5.3). */
static gboolean
check_blank (Run *run, const guint8 *found, guint32 address, guint16 length, GError **error)
{
  for (guint16 i = 0; i < length; i++) {
    if (found[i] == 0xFF)
      continue;
    fail_difference (run, address + i, 0xFF, found[i], TRUE, NULL);
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_WRITE_PROTECTED,
                 "0x%08X holds 0x%02X after an erase that the board reported as done",
                 address + i,
                 found[i]);
    return FALSE;
  }
  return TRUE;
}

static gboolean
do_verify (Run *run, const JmpStep *step, GError **error)
{
  const guint8 *expected = step->bytes != NULL ? g_bytes_get_data (step->bytes, NULL) : NULL;

  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = block_length (run, step, done);
    const guint8 *found = NULL;

    if (!is_cancelled (run, error))
      found = jmp_blocks_read (&run->blocks, address, length, error);
    if (found == NULL) {
      g_prefix_error (error, "reading back 0x%08X: ", address);
      return FALSE;
    }
    if (expected != NULL ? !compare (run, expected + done, found, address, length, error)
                         : !check_blank (run, found, address, length, error))
      return FALSE;
    done += length;
    run->outcome->bytes_verified += length;
    advance (run, step->kind, address, length);
  }
  return TRUE;
}

static gboolean
do_read (Run *run, const JmpStep *step, GError **error)
{
  g_autofree guint8 *all = g_malloc (step->length);
  g_autoptr (GBytes) bytes = NULL;

  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = block_length (run, step, done);
    const guint8 *found = NULL;

    if (!is_cancelled (run, error))
      found = jmp_blocks_read (&run->blocks, address, length, error);
    if (found == NULL) {
      g_prefix_error (error, "reading 0x%08X: ", address);
      return FALSE;
    }
    memcpy (all + done, found, length);
    done += length;
    run->outcome->bytes_read += length;
    advance (run, step->kind, address, length);
  }
  if (run->read == NULL)
    run->read = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  bytes = g_bytes_new_take (g_steal_pointer (&all), step->length);
  return jmp_image_builder_add (run->read, step->alt, step->address, bytes, error);
}

static gboolean
do_leave (Run *run, const JmpStep *step, GError **error)
{
  if (is_cancelled (run, error) || !jmp_blocks_leave (&run->blocks, step->address, error)) {
    g_prefix_error (error, "starting 0x%08X: ", step->address);
    return FALSE;
  }
  run->left = TRUE;
  advance (run, step->kind, step->address, step->length);
  return TRUE;
}

static gboolean
do_step (Run *run, const JmpStep *step, GError **error)
{
  enter_phase (run, phase_of (step->kind));
  run->progress.alt = step->alt;
  if (!jmp_blocks_select (&run->blocks, step->alt, error)) {
    g_prefix_error (error, "selecting alt setting %u: ", step->alt);
    return FALSE;
  }
  switch (step->kind) {
  case JMP_STEP_ERASE:
    return do_erase (run, step, error);
  case JMP_STEP_WRITE:
    return do_write (run, step, error);
  case JMP_STEP_VERIFY:
    return do_verify (run, step, error);
  case JMP_STEP_READ:
    return do_read (run, step, error);
  case JMP_STEP_LEAVE:
    return do_leave (run, step, error);
  }
  return TRUE;
}

/* What was read, as a firmware file for this very kind of board. */
static gboolean
take_read (Run *run, GError **error)
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

static gboolean
do_all (Run *run, GError **error)
{
  tell (run, 0, 0);
  if (is_cancelled (run, error)
      || !jmp_dfu_to_idle (run->blocks.dfu, run->blocks.cancellable, error)) {
    g_prefix_error (error, "preparing the board: ");
    return FALSE;
  }
  for (guint i = 0; i < run->n_steps; i++) {
    run->progress.step = i;
    if (!do_step (run, &run->steps[i], error))
      return FALSE;
    run->outcome->step = i + 1;
  }
  if (!take_read (run, error))
    return FALSE;
  run->progress.fraction = 1;
  tell (run, run->progress.address, run->progress.length);
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
judge (const Run *run)
{
  const JmpOutcome *outcome = run->outcome;
  gboolean unread = FALSE;

  if (!run->blocks.touched)
    return run->left ? JMP_BOARD_STARTED : JMP_BOARD_UNTOUCHED;
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
come_to_rest (Run *run, gboolean ok, const GError *failure)
{
  g_autoptr (GError) error = NULL;

  if (run->left || g_error_matches (failure, JMP_ERROR, JMP_ERROR_DISCONNECTED))
    return FALSE;
  if (ok && jmp_blocks_settle (&run->blocks, NULL))
    return TRUE;
  return jmp_dfu_to_idle (run->blocks.dfu, NULL, &error)
         || !(g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED)
              || g_error_matches (error, JMP_ERROR, JMP_ERROR_TIMED_OUT));
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
 * whole blocks from number 2 on). The first difference stops the work. A program that was started
 * takes the board off the bus, which is how it ends well.
 *
 * Errors: those of dfu.h, each saying at which address; %JMP_ERROR_VERIFY (what was read back
 * differs); %JMP_ERROR_WRITE_PROTECTED (an erase that was reported as done left bytes behind).
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
  Run run = { .plan = plan, .func = progress, .user_data = user_data, .outcome = outcome };
  guint64 transfers = jmp_dfu_get_transfers (dfu);
  GError *failure = NULL;
  gboolean ok;

  *outcome = (JmpOutcome){ 0 };
  run.steps = jmp_plan_get_steps (plan, &run.n_steps);
  run.seconds_total = MAX (jmp_estimate_plan (plan), 1e-6);
  run.started_us = jmp_usb_now (jmp_dfu_get_usb (dfu));
  run.phase_us = run.started_us;
  jmp_blocks_init (&run.blocks, dfu, cancellable);
  count_unwritten (&run);

  ok = do_all (&run, &failure);
  outcome->connected = come_to_rest (&run, ok, failure);
  outcome->state = judge (&run);
  outcome->transfers = jmp_dfu_get_transfers (dfu) - transfers;
  enter_phase (&run, run.progress.phase);
  if (!ok)
    g_propagate_error (error, failure);

  g_clear_pointer (&run.read, jmp_image_builder_free);
  g_free (run.unwritten);
  jmp_blocks_clear (&run.blocks);
  return ok;
}
