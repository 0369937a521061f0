/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A sector that reads back wrong, or in which a write went wrong half-way, is done once more: erased,
 * written as far as it was written, read back as far as it was read back. Once; then its first
 * difference is the end of the work. */

#include "base/error.h"
#include "flash/run-private.h"

#include <string.h>

/* An erase that leaves a block exactly as it was did not happen. A single bad cell leaves all others
 * blank; more bytes than this are no bad cells. */
#define BAD_CELLS 2

/**
 * Redo:
 * @run: the run
 * @step: the step that is at work
 * @offset: how far it is
 * @sector: what is done once more
 */
typedef struct {
  JmpRun *run;
  const JmpStep *step;
  guint32 offset;
  const JmpPlanSector *sector;
} Redo;

/* Remembers the first difference for the report. */
void
jmp_run_note_difference (JmpRun *self, guint32 address, guint8 expected, guint8 found)
{
  self->outcome->has_difference = TRUE;
  self->outcome->difference_address = address;
  self->outcome->expected = expected;
  self->outcome->found = found;
}

static gboolean
fail_difference (JmpRun *self, const JmpPlanSector *sector, GError **error)
{
  gboolean again = sector != NULL && (sector->fate & JMP_FATE_ERASED) != 0;

  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_VERIFY,
               "0x%08X holds 0x%02X, not 0x%02X%s",
               self->outcome->difference_address,
               self->outcome->found,
               self->outcome->expected,
               again ? ", also after its sector was erased and written once more" : "");
  return FALSE;
}

/* The part of a step that lies in the sector and was done. For the step at work, that is up to where
 * it is. %FALSE when there is none. */
static gboolean
find_part (const Redo *self, const JmpStep *step, guint32 *from, guint32 *to)
{
  guint64 done = step == self->step ? self->offset : step->length;
  guint64 start = MAX (step->address, self->sector->sector.address);
  guint64 end = MIN (step->address + done, jmp_sector_end (&self->sector->sector));

  if (step->alt != self->sector->alt || start >= end)
    return FALSE;
  *from = (guint32)(start - step->address);
  *to = (guint32)(end - step->address);
  return TRUE;
}

static gboolean
write_part (Redo *self, const JmpStep *step, guint32 from, guint32 to, GError **error)
{
  JmpRun *run = self->run;

  for (guint32 at = from; at < to;) {
    guint16 length = (guint16)MIN (to - at, run->blocks.info->transfer_size);
    JmpWriteResult result = jmp_run_write (
        run, step->address + at, jmp_run_block_bytes (run, step, at, length), length, error);

    if (result == JMP_WRITE_SPOILED)
      g_set_error_literal (error, JMP_ERROR, JMP_ERROR_VERIFY, "the block is spoiled again");
    if (result != JMP_WRITE_DONE) {
      g_prefix_error (error, "writing 0x%08X once more: ", step->address + at);
      return FALSE;
    }
    run->outcome->bytes_written += length;
    jmp_run_tell (run, step->address + at, length);
    at += length;
  }
  return TRUE;
}

static gboolean
verify_part (Redo *self, const JmpStep *step, guint32 from, guint32 to, GError **error)
{
  JmpRun *run = self->run;

  for (guint32 at = from; at < to;) {
    guint16 length = (guint16)MIN (to - at, run->blocks.info->transfer_size);
    gboolean differs;
    guint16 where;

    if (!jmp_run_differs (run, step, at, length, &differs, &where, error))
      return FALSE;
    if (differs)
      return fail_difference (run, self->sector, error);
    jmp_run_tell (run, step->address + at, length);
    at += length;
  }
  return TRUE;
}

/* Does all parts again, in the order of the plan: what makes the image start is last here, too. */
static gboolean
repeat (Redo *self, GError **error)
{
  for (const JmpStep *step = self->run->steps; step <= self->step; step++) {
    gboolean write = step->kind == JMP_STEP_WRITE;
    guint32 from, to;

    if ((!write && step->kind != JMP_STEP_VERIFY) || !find_part (self, step, &from, &to))
      continue;
    jmp_run_enter_phase (self->run, write ? JMP_PHASE_WRITE : JMP_PHASE_VERIFY);
    if (write ? !write_part (self, step, from, to, error)
              : !verify_part (self, step, from, to, error))
      return FALSE;
  }
  return TRUE;
}

/* How many bytes of a block are no blank ones. */
static guint
count_cells (JmpErased erased, const guint8 *found, guint16 length)
{
  guint ones = 0;
  guint zeros = 0;

  for (guint16 i = 0; i < length; i++) {
    ones += found[i] != 0xFF;
    zeros += found[i] != 0x00;
  }
  if (erased == JMP_ERASED_UNKNOWN)
    return MIN (ones, zeros);
  return erased == JMP_ERASED_ZEROS ? zeros : ones;
}

/* Whether a block that @seen has is still the same after the erase. */
static gboolean
check_erased (Redo *self, guint32 at, guint16 length, GError **error)
{
  JmpRun *run = self->run;
  const guint8 *found = jmp_run_read (run, self->step->address + at, length, error);

  if (found == NULL)
    return FALSE;
  if (count_cells (run->blocks.erased, found, length) < BAD_CELLS
      || memcmp (found, run->seen, length) != 0)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_WRITE_PROTECTED,
               "0x%08X holds 0x%02X after an erase that the board reported as done: its sector is "
               "write-protected",
               run->outcome->difference_address,
               run->outcome->found);
  return FALSE;
}

static gboolean
erase (Redo *self, GError **error)
{
  JmpRun *run = self->run;
  const JmpSector *sector = &self->sector->sector;

  if ((sector->access & JMP_ACCESS_ERASE) == 0)
    return TRUE;
  jmp_run_enter_phase (run, JMP_PHASE_ERASE);
  jmp_run_tell (run, sector->address, sector->size);
  if (!jmp_run_erase (run, sector->address, sector->size, error))
    return FALSE;
  run->outcome->sectors_erased++;
  if (self->step->kind != JMP_STEP_VERIFY)
    return TRUE;
  return check_erased (
      self, self->offset, jmp_run_block_length (run, self->step, self->offset), error);
}

/* Where a whole range is expected to be blank, nothing is written and the erase was all. */
static gboolean
redo (Redo *self, GError **error)
{
  JmpPhase phase = self->run->progress.phase;

  if (!erase (self, error) || !repeat (self, error))
    return FALSE;
  jmp_run_enter_phase (self->run, phase);
  self->run->outcome->has_difference = FALSE;
  return TRUE;
}

/* Does the sector at @address once more, up to @offset of @step, which is at work; the block there is
 * then the caller's to do again. For a VERIFY step, @seen has what was found in that block.
 *
 * Errors: %JMP_ERROR_VERIFY when it was done once more already, or is not the plan's to change;
 * %JMP_ERROR_WRITE_PROTECTED when the erase leaves it as it was. */
gboolean
jmp_run_redo (JmpRun *self, const JmpStep *step, guint32 offset, guint32 address, GError **error)
{
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (self->plan, &n_sectors);
  Redo once = { .run = self, .step = step, .offset = offset };
  guint index;

  if (jmp_plan_find_sector (self->plan, step->alt, address, &index))
    once.sector = &sectors[index];
  if (once.sector == NULL || (once.sector->fate & (JMP_FATE_ERASED | JMP_FATE_WRITTEN)) == 0
      || self->redone[index]) {
    if (step->kind == JMP_STEP_VERIFY)
      return fail_difference (self, once.sector, error);
    g_set_error (error, JMP_ERROR, JMP_ERROR_VERIFY, "0x%08X was written wrong once more", address);
    return FALSE;
  }
  self->redone[index] = TRUE;
  return redo (&once, error);
}
