/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* From bytes at addresses to the steps that write and read them back: whole program units, long runs,
 * and nothing that is blank anyway. */

#include "flash/keep.h"
#include "flash/plan-private.h"

#include <string.h>

/* Segments that one step covers. @start and @end may be wider than they are. */
typedef struct {
  const JmpSegment *segments;
  guint n_segments;
  guint64 start;
  guint64 end;
} Run;

static gboolean
can_erase (JmpLayout *layout, guint64 address)
{
  JmpSector sector;

  return jmp_layout_find (layout, (guint32)address, &sector)
         && (sector.access & JMP_ACCESS_ERASE) != 0;
}

/* Widens a run to whole program units where its first and last sectors are erased, and no further
 * than those. What is added is blank after the erase and stays so. */
static void
widen (Run *run, JmpLayout *layout)
{
  JmpSector sector;

  if (jmp_layout_find (layout, (guint32)run->start, &sector)
      && (sector.access & JMP_ACCESS_ERASE) != 0)
    run->start = MAX (run->start - run->start % JMP_PROGRAM_UNIT, sector.address);
  if (jmp_layout_find (layout, (guint32)(run->end - 1), &sector)
      && (sector.access & JMP_ACCESS_ERASE) != 0)
    run->end = MIN (run->end + (JMP_PROGRAM_UNIT - run->end % JMP_PROGRAM_UNIT) % JMP_PROGRAM_UNIT,
                    jmp_sector_end (&sector));
}

/* The run's bytes: the segment's own where they begin the run, so that nothing is copied; what is
 * missing at the end is blank by the definition of a step. */
static GBytes *
join (const Run *run, JmpErased erased)
{
  gsize size = (gsize)(jmp_segment_end (&run->segments[run->n_segments - 1]) - run->start);
  guint8 *joined;

  if (run->n_segments == 1 && run->start == run->segments[0].address)
    return g_bytes_ref (run->segments[0].bytes);
  joined = g_malloc (size);
  memset (joined, jmp_erased_fill (erased), size);
  for (guint i = 0; i < run->n_segments; i++) {
    gsize length;
    const guint8 *data = g_bytes_get_data (run->segments[i].bytes, &length);

    memcpy (joined + (run->segments[i].address - run->start), data, length);
  }
  return g_bytes_new_take (joined, size);
}

/* Whether a block of a run need not be written: it is blank, and so is the memory. */
static gboolean
is_idle_block (const JmpDfuAlt *memory, const Run *run, GBytes *bytes, gsize offset, gsize length)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  gsize own = offset < size ? MIN (length, size - offset) : 0;

  return can_erase (memory->layout, run->start + offset)
         && can_erase (memory->layout, run->start + offset + length - 1)
         && jmp_erased_is_blank (memory->quirks.erased, data + MIN (offset, size), own);
}

static void
write_part (JmpPlanDraft *draft, const Run *run, GBytes *bytes, gsize from, gsize to)
{
  gsize size = g_bytes_get_size (bytes);
  g_autoptr (GBytes) part = NULL;

  if (from == to)
    return;
  part = g_bytes_new_from_bytes (bytes, MIN (from, size), MIN (to, size) - MIN (from, size));
  jmp_plan_draft_step (draft, JMP_STEP_WRITE, (guint32)(run->start + from), to - from, part);
}

/* Steps that write a run, without its blank blocks. */
static void
write_run (JmpPlanDraft *draft, const Run *run, GBytes *bytes, guint16 transfer_size)
{
  gsize length = (gsize)(run->end - run->start);
  gsize block = MAX (transfer_size, 1);
  gsize from = 0;

  for (gsize at = 0; at < length; at += block) {
    if (!is_idle_block (draft->target, run, bytes, at, MIN (block, length - at)))
      continue;
    write_part (draft, run, bytes, from, at);
    from = MIN (at + block, length);
  }
  write_part (draft, run, bytes, from, length);
}

/* Steps of @kind for all of @segments (element-type JmpSegment, by address): one for each run of
 * segments that touch each other. For writing, segments in one program unit touch. */
void
jmp_plan_add_runs (JmpPlanDraft *draft, JmpStepKind kind, GArray *segments, guint16 transfer_size)
{
  guint done = 0;

  while (done < segments->len) {
    const JmpSegment *first = &g_array_index (segments, JmpSegment, done);
    Run run = { .segments = first, .start = first->address, .end = jmp_segment_end (first) };
    g_autoptr (GBytes) bytes = NULL;

    if (kind == JMP_STEP_WRITE)
      widen (&run, draft->target->layout);
    for (run.n_segments = 1; done + run.n_segments < segments->len; run.n_segments++) {
      const JmpSegment *next = &first[run.n_segments];
      Run added = { .start = next->address, .end = jmp_segment_end (next) };

      if (kind == JMP_STEP_WRITE)
        widen (&added, draft->target->layout);
      if (added.start > run.end)
        break;
      run.end = added.end;
    }
    bytes = join (&run, draft->target->quirks.erased);
    if (kind == JMP_STEP_WRITE)
      write_run (draft, &run, bytes, transfer_size);
    else
      jmp_plan_draft_step (draft, kind, (guint32)run.start, run.end - run.start, bytes);
    done += run.n_segments;
  }
}
