/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/plan.h"

#include "flash/plan-private.h"
#include "image/dfu-suffix.h"

struct _JmpPlan {
  GArray *steps;
  GArray *sectors;
  GArray *kept;
  JmpImage *kept_image;
  JmpPlanCommit commit;
  JmpPlanTotals totals;
};

static void
add_step_to_totals (JmpPlanTotals *totals, const JmpStep *step, guint16 transfer_size)
{
  switch (step->kind) {
  case JMP_STEP_ERASE:
    totals->erase += step->length;
    totals->sectors_erased++;
    break;
  case JMP_STEP_WRITE:
    totals->write += step->length;
    totals->blocks_written += step->length / transfer_size + (step->length % transfer_size != 0);
    break;
  case JMP_STEP_VERIFY:
    totals->verify += step->length;
    break;
  case JMP_STEP_READ:
    totals->read += step->length;
    break;
  case JMP_STEP_COMPARE:
    totals->compare += step->length;
    break;
  case JMP_STEP_LEAVE:
  case JMP_STEP_KEEP:
    break;
  }
}

/* Takes what is in the draft, which is empty afterwards. */
JmpPlan *
jmp_plan_draft_end (JmpPlanDraft *self, guint16 transfer_size)
{
  JmpPlan *plan = g_atomic_rc_box_new0 (JmpPlan);

  jmp_plan_draft_sort (self);
  plan->steps = g_steal_pointer (&self->steps);
  plan->sectors = g_steal_pointer (&self->sectors);
  plan->kept = g_steal_pointer (&self->kept);
  plan->kept_image = g_steal_pointer (&self->kept_image);
  plan->commit = self->commit;
  for (guint i = 0; i < plan->steps->len; i++)
    add_step_to_totals (
        &plan->totals, &g_array_index (plan->steps, JmpStep, i), MAX (transfer_size, 1));
  for (guint i = 0; i < plan->sectors->len; i++) {
    const JmpPlanSector *touched = &g_array_index (plan->sectors, JmpPlanSector, i);

    plan->totals.image += touched->image_bytes;
    plan->totals.kept += touched->kept_bytes;
    plan->totals.sectors_preserved += (touched->fate & JMP_FATE_KEPT) != 0;
    if ((touched->fate & JMP_FATE_WRITTEN) != 0)
      plan->totals.sectors_written++;
    if ((touched->fate & JMP_FATE_EQUAL) != 0) {
      plan->totals.unchanged += touched->image_bytes;
      plan->totals.sectors_unchanged++;
    }
  }
  return plan;
}

/* Which of the plan's sectors holds the byte at @address. */
gboolean
jmp_plan_find_sector (JmpPlan *self, guint8 alt, guint32 address, guint *index)
{
  guint low = 0;
  guint high = self->sectors->len;

  while (low < high) {
    guint middle = low + (high - low) / 2;
    const JmpPlanSector *at = &g_array_index (self->sectors, JmpPlanSector, middle);

    if (at->alt < alt || (at->alt == alt && jmp_sector_end (&at->sector) <= address)) {
      low = middle + 1;
    } else if (at->alt > alt || at->sector.address > address) {
      high = middle;
    } else {
      *index = middle;
      return TRUE;
    }
  }
  return FALSE;
}

static void
plan_clear (gpointer data)
{
  JmpPlan *self = data;

  g_array_unref (self->steps);
  g_array_unref (self->sectors);
  g_array_unref (self->kept);
  g_clear_pointer (&self->kept_image, jmp_image_unref);
}

/* The sector that makes the image start. */
const JmpPlanCommit *
jmp_plan_get_commit (JmpPlan *self)
{
  return &self->commit;
}

/**
 * jmp_plan_get_kept:
 * @self: a plan
 *
 * What has to be safe before the plan is begun: the bytes that the image does not name and that should
 * be the same afterwards, blank ones included, in sectors that are erased or were by an interrupted
 * run. It has the ids of the board.
 *
 * Returns: (transfer none) (nullable): the bytes, or %NULL when there are none
 */
JmpImage *
jmp_plan_get_kept (JmpPlan *self)
{
  return self->kept_image;
}

/**
 * jmp_plan_ref:
 * @self: a plan
 *
 * Returns: (transfer full): @self
 */
JmpPlan *
jmp_plan_ref (JmpPlan *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_plan_unref:
 * @self: (transfer full): a plan
 */
void
jmp_plan_unref (JmpPlan *self)
{
  g_atomic_rc_box_release_full (self, plan_clear);
}

/**
 * jmp_plan_get_steps:
 * @self: a plan
 * @n_steps: (out): how many
 *
 * Returns: (transfer none) (array length=n_steps): what is done, in this order
 */
const JmpStep *
jmp_plan_get_steps (JmpPlan *self, guint *n_steps)
{
  *n_steps = self->steps->len;
  return (const JmpStep *)(const void *)self->steps->data;
}

/**
 * jmp_plan_get_sectors:
 * @self: a plan
 * @n_sectors: (out): how many
 *
 * Returns: (transfer none) (array length=n_sectors): the sectors that are touched, each once, by alt
 *   setting and address
 */
const JmpPlanSector *
jmp_plan_get_sectors (JmpPlan *self, guint *n_sectors)
{
  *n_sectors = self->sectors->len;
  return (const JmpPlanSector *)(const void *)self->sectors->data;
}

/**
 * jmp_plan_get_totals:
 * @self: a plan
 *
 * Returns: how much there is to do
 */
JmpPlanTotals
jmp_plan_get_totals (JmpPlan *self)
{
  return self->totals;
}

static void
append_equal (GString *text, const JmpPlanSector *touched)
{
  if ((touched->fate & JMP_FATE_EQUAL) != 0)
    g_string_append_printf (text,
                            "EQUAL  alt %u 0x%08X +0x%04X\n",
                            touched->alt,
                            touched->sector.address,
                            touched->sector.size);
}

static void
append_range (GString *text, const char *word, const JmpStep *step)
{
  g_string_append_printf (
      text, "%-7salt %u 0x%08X +0x%04X", word, step->alt, step->address, step->length);
  if (step->bytes != NULL) {
    gsize size;
    const guint8 *data = g_bytes_get_data (step->bytes, &size);

    g_string_append_printf (text, " crc=%08x", ~jmp_dfu_crc (data, size));
  } else if (step->kind == JMP_STEP_VERIFY) {
    g_string_append (text, " blank");
  }
  g_string_append_c (text, '\n');
}

static void
append_step (GString *text, const JmpStep *step)
{
  if (step->kind == JMP_STEP_LEAVE)
    g_string_append_printf (text, "LEAVE  0x%08X\n", step->address);
  else if (step->kind == JMP_STEP_READ && step->length == 0)
    g_string_append_printf (text, "READ   alt %u 0x%08X to its end\n", step->alt, step->address);
  else if (step->kind == JMP_STEP_COMPARE)
    append_range (text, "COMPARE ", step);
  else
    append_range (text, jmp_step_kind_to_string (step->kind), step);
}

static void
append_totals (GString *text, const JmpPlanTotals *totals)
{
  g_string_append (text, "TOTAL ");
  if (totals->compare > 0)
    g_string_append_printf (text, " compare %" G_GUINT64_FORMAT, totals->compare);
  if (totals->sectors_unchanged > 0)
    g_string_append_printf (text,
                            " unchanged %" G_GUINT64_FORMAT " sectors %u",
                            totals->unchanged,
                            totals->sectors_unchanged);
  if (totals->sectors_preserved > 0)
    g_string_append_printf (
        text, " kept %" G_GUINT64_FORMAT " sectors %u", totals->kept, totals->sectors_preserved);
  if (totals->sectors_erased > 0)
    g_string_append_printf (
        text, " erase %" G_GUINT64_FORMAT " sectors %u", totals->erase, totals->sectors_erased);
  if (totals->write > 0)
    g_string_append_printf (
        text, " write %" G_GUINT64_FORMAT " blocks %u", totals->write, totals->blocks_written);
  if (totals->verify > 0)
    g_string_append_printf (text, " verify %" G_GUINT64_FORMAT, totals->verify);
  if (totals->read > 0)
    g_string_append_printf (text, " read %" G_GUINT64_FORMAT, totals->read);
  g_string_append_c (text, '\n');
}

/**
 * jmp_plan_to_string:
 * @self: a plan
 *
 * The plan as text: one line for each step, with the usual CRC-32 of its bytes where it has some
 * (those that fill up a WRITE aside), and one with the totals.
 *
 * Returns: (transfer full): the text; every line ends with a line end
 */
char *
jmp_plan_to_string (JmpPlan *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->sectors->len; i++)
    append_equal (text, &g_array_index (self->sectors, JmpPlanSector, i));
  for (guint i = 0; i < self->kept->len; i++)
    append_range (text, "KEPT", &g_array_index (self->kept, JmpStep, i));
  for (guint i = 0; i < self->steps->len; i++)
    append_step (text, &g_array_index (self->steps, JmpStep, i));
  append_totals (text, &self->totals);
  return g_string_free (text, FALSE);
}

/**
 * jmp_step_kind_to_string:
 * @kind: what a step does
 *
 * Returns: (transfer none): its word in capitals
 */
const char *
jmp_step_kind_to_string (JmpStepKind kind)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return "ERASE";
  case JMP_STEP_WRITE:
    return "WRITE";
  case JMP_STEP_VERIFY:
    return "VERIFY";
  case JMP_STEP_READ:
    return "READ";
  case JMP_STEP_LEAVE:
    return "LEAVE";
  case JMP_STEP_COMPARE:
    return "COMPARE";
  case JMP_STEP_KEEP:
    return "KEEP";
  }
  return "?";
}
