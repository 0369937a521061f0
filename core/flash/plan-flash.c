/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans that bring an image onto a board, or compare it with what is there. */

#include "base/error.h"
#include "flash/plan-private.h"

#include <string.h>

/* The largest unit that any STM32 programs at once (H7: 256 bits). Writes in erased sectors begin and
 * end on such a unit, so that no unit is ever programmed twice, which newer flash forbids. */
#define PROGRAM_UNIT 32u

/* Segments that one step covers. @start and @end may be wider than they are. */
typedef struct {
  const JmpSegment *segments;
  guint n_segments;
  guint64 start;
  guint64 end;
} Run;

static guint64
segment_end (const JmpSegment *segment)
{
  return (guint64)segment->address + g_bytes_get_size (segment->bytes);
}

/* Widens a run to whole program units where its first and last sectors are erased, and no further
 * than those. What is added is blank after the erase and stays so. */
static void
widen (Run *run, JmpLayout *layout)
{
  JmpSector sector;

  if (jmp_layout_find (layout, (guint32)run->start, &sector)
      && (sector.access & JMP_ACCESS_ERASE) != 0)
    run->start = MAX (run->start - run->start % PROGRAM_UNIT, sector.address);
  if (jmp_layout_find (layout, (guint32)(run->end - 1), &sector)
      && (sector.access & JMP_ACCESS_ERASE) != 0)
    run->end = MIN (run->end + (PROGRAM_UNIT - run->end % PROGRAM_UNIT) % PROGRAM_UNIT,
                    jmp_sector_end (&sector));
}

/* The run's bytes: the segment's own where they begin the run, so that nothing is copied; what is
 * missing at the end is 0xFF by the definition of a step. */
static GBytes *
join (const Run *run)
{
  gsize size = (gsize)(segment_end (&run->segments[run->n_segments - 1]) - run->start);
  guint8 *joined;

  if (run->n_segments == 1 && run->start == run->segments[0].address)
    return g_bytes_ref (run->segments[0].bytes);
  joined = g_malloc (size);
  memset (joined, 0xFF, size);
  for (guint i = 0; i < run->n_segments; i++) {
    gsize length;
    const guint8 *data = g_bytes_get_data (run->segments[i].bytes, &length);

    memcpy (joined + (run->segments[i].address - run->start), data, length);
  }
  return g_bytes_new_take (joined, size);
}

/* Steps of @kind for all segments of a target: one for each run of segments that touch each other.
 * For writing, segments in one program unit touch. */
static void
add_runs (JmpPlanDraft *draft, JmpStepKind kind, const JmpImageTarget *target)
{
  guint done = 0;

  while (done < target->n_segments) {
    const JmpSegment *first = &target->segments[done];
    Run run = { .segments = first, .start = first->address, .end = segment_end (first) };
    g_autoptr (GBytes) bytes = NULL;

    if (kind == JMP_STEP_WRITE)
      widen (&run, draft->target->layout);
    for (run.n_segments = 1; done + run.n_segments < target->n_segments; run.n_segments++) {
      const JmpSegment *next = &first[run.n_segments];
      Run added = { .start = next->address, .end = segment_end (next) };

      if (kind == JMP_STEP_WRITE)
        widen (&added, draft->target->layout);
      if (added.start > run.end)
        break;
      run.end = added.end;
    }
    bytes = join (&run);
    jmp_plan_draft_step (draft, kind, (guint32)run.start, run.end - run.start, bytes);
    done += run.n_segments;
  }
}

static gboolean
use_target (JmpPlanDraft *draft,
            JmpDfuInfo *info,
            const JmpImageTarget *target,
            const JmpPlanUse *use,
            GError **error)
{
  const JmpDfuAlt *alt = jmp_plan_find_memory (info, target->alt, error);

  if (alt == NULL)
    return FALSE;
  if ((use->fate & JMP_FATE_WRITTEN) != 0 && !jmp_plan_refuse_special (alt, error))
    return FALSE;
  jmp_plan_draft_begin_target (draft, alt);
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (!jmp_plan_draft_use (
            draft, segment->address, g_bytes_get_size (segment->bytes), use, error))
      return FALSE;
  }
  return TRUE;
}

/* Where the program begins: at the image's vector table; otherwise where the memory begins, because
 * jumping to what is not a vector table starts nothing. */
static guint32
find_start (JmpImage *image, const JmpDfuAlt *memory)
{
  guint n_runs;
  const JmpSectorRun *runs = jmp_layout_get_runs (memory->layout, &n_runs);
  JmpVectorTable table;

  if (jmp_image_find_vector_table (image, &table)
      && jmp_layout_find (memory->layout, table.address, NULL))
    return table.address;
  return n_runs > 0 ? runs[0].address : 0;
}

static void
add_leave (JmpPlanDraft *draft, JmpImage *image, JmpDfuInfo *info, const JmpPlanOptions *options)
{
  const JmpDfuAlt *memory = jmp_plan_find_main (info);

  if (!options->leave || memory == NULL)
    return;
  if (!options->has_leave_address && jmp_image_find_target (image, memory->alt) == NULL)
    return;
  jmp_plan_draft_begin_target (draft, memory);
  jmp_plan_draft_step (draft,
                       JMP_STEP_LEAVE,
                       options->has_leave_address ? options->leave_address
                                                  : find_start (image, memory),
                       0,
                       NULL);
}

static gboolean
check_can (JmpDfuInfo *info, JmpDfuAttributes what, GError **error)
{
  if ((info->attributes & what) != 0)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "the boot loader cannot %s its memory",
               what == JMP_DFU_CAN_UPLOAD ? "read back" : "write");
  return FALSE;
}

/**
 * jmp_plan_flash:
 * @image: what to write
 * @info: the board
 * @options: how
 * @error: return location for a #GError
 *
 * Plans to write an image: target after target, by alt setting, the sectors that it touches are
 * erased, each once, then all is written, then all is read back.
 *
 * Only sectors that can be erased are, and only those that hold a byte of the image. Writes in them
 * are filled up with 0xFF to whole program units of 32 bytes (which joins segments in one unit);
 * memory that is writable only, such as EEPROM, is written as it is. The last step starts the
 * program, at the address of @options, or the image's vector table, or where the main memory begins;
 * there is none when the image has nothing for the main memory and @options names no address: then
 * nothing says that there is a program to start.
 *
 * Errors: %JMP_ERROR_DOES_NOT_FIT (no such alt setting, or a segment that is not wholly in its
 * memory), %JMP_ERROR_NOT_SUPPORTED (an alt setting without memory map, or a boot loader that cannot
 * write, or cannot read back where it should), %JMP_ERROR_WRITE_PROTECTED, %JMP_ERROR_READ_PROTECTED
 * (a sector that cannot be read back where it should), %JMP_ERROR_REFUSED (option bytes, OTP and
 * device features).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_flash (JmpImage *image, JmpDfuInfo *info, const JmpPlanOptions *options, GError **error)
{
  g_auto (JmpPlanDraft) draft = { 0 };
  const JmpPlanUse use = {
    .access = JMP_ACCESS_WRITE | (options->verify ? JMP_ACCESS_READ : 0),
    .fate = JMP_FATE_ERASED | JMP_FATE_WRITTEN | (options->verify ? JMP_FATE_VERIFIED : 0),
    .of_image = TRUE,
  };

  jmp_plan_draft_init (&draft);
  if (!check_can (info, JMP_DFU_CAN_DOWNLOAD, error))
    return NULL;
  if (options->verify && !check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    const JmpImageTarget *target = jmp_image_get_target (image, i);

    if (!use_target (&draft, info, target, &use, error))
      return NULL;
    jmp_plan_draft_erase_steps (&draft);
    add_runs (&draft, JMP_STEP_WRITE, target);
    if (options->verify)
      add_runs (&draft, JMP_STEP_VERIFY, target);
  }
  add_leave (&draft, image, info, options);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/**
 * jmp_plan_verify:
 * @image: what should be on the board
 * @info: the board
 * @error: return location for a #GError
 *
 * Plans to compare a board with an image, without changing anything.
 *
 * Errors: %JMP_ERROR_DOES_NOT_FIT, %JMP_ERROR_NOT_SUPPORTED, %JMP_ERROR_READ_PROTECTED.
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_verify (JmpImage *image, JmpDfuInfo *info, GError **error)
{
  g_auto (JmpPlanDraft) draft = { 0 };
  const JmpPlanUse use = {
    .access = JMP_ACCESS_READ,
    .fate = JMP_FATE_VERIFIED,
    .of_image = TRUE,
  };

  jmp_plan_draft_init (&draft);
  if (!check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    const JmpImageTarget *target = jmp_image_get_target (image, i);

    if (!use_target (&draft, info, target, &use, error))
      return NULL;
    add_runs (&draft, JMP_STEP_VERIFY, target);
  }
  return jmp_plan_draft_end (&draft, info->transfer_size);
}
