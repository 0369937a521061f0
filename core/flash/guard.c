/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/guard.h"

#include "base/error.h"
#include "flash/plan-private.h"

typedef struct {
  guint64 from;
  guint64 to;
} Span;

/* Takes [from, to) out of the spans. */
static void
take_out (GArray *spans, guint64 from, guint64 to)
{
  for (guint i = 0; i < spans->len; i++) {
    Span *span = &g_array_index (spans, Span, i);
    Span rest = { MAX (span->from, to), span->to };

    if (to <= span->from || from >= span->to)
      continue;
    span->to = MAX (span->from, from);
    if (rest.from < rest.to)
      g_array_append_val (spans, rest);
  }
}

static void
add (GArray *spans, guint64 from, guint64 to, const JmpGuardRegion *region)
{
  const Span span = { MAX (from, region->address),
                      MIN (to, (guint64)region->address + region->length) };

  if (span.from < span.to)
    g_array_append_val (spans, span);
}

/* Whether something happens, or may happen, to what is in the sector. */
static gboolean
is_changed (const JmpPlanSector *touched)
{
  return (touched->fate & JMP_FATE_EQUAL) == 0
         && (touched->fate & (JMP_FATE_ERASED | JMP_FATE_WRITTEN | JMP_FATE_COMPARED)) != 0;
}

/* What is erased goes as a whole. Memory that is only written loses what the steps name. */
static GArray *
find_changed (JmpPlan *plan, const JmpGuardRegion *region)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (Span));
  guint n;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n);
  const JmpStep *steps;

  for (guint i = 0; i < n; i++) {
    const JmpSector *sector = &sectors[i].sector;

    if (sectors[i].alt == region->alt && is_changed (&sectors[i])
        && (sector->access & JMP_ACCESS_ERASE) != 0)
      add (spans, sector->address, (guint64)sector->address + sector->size, region);
  }
  steps = jmp_plan_get_steps (plan, &n);
  for (guint i = 0; i < n; i++) {
    guint index;

    if (steps[i].alt == region->alt
        && (steps[i].kind == JMP_STEP_WRITE || steps[i].kind == JMP_STEP_COMPARE)
        && jmp_plan_find_sector (plan, region->alt, steps[i].address, &index)
        && (jmp_plan_get_sectors (plan, &(guint){ 0 })[index].sector.access & JMP_ACCESS_ERASE)
               == 0)
      add (spans, steps[i].address, (guint64)steps[i].address + steps[i].length, region);
  }
  return spans;
}

/* What is put back is not lost. */
static void
take_out_kept (GArray *spans, JmpPlan *plan, guint8 alt)
{
  JmpImage *kept = jmp_plan_get_kept (plan);
  const JmpImageTarget *target = kept != NULL ? jmp_image_find_target (kept, alt) : NULL;
  guint n;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);

  for (guint i = 0; i < n; i++) {
    if (steps[i].alt == alt && steps[i].kind == JMP_STEP_KEEP)
      take_out (spans, steps[i].address, (guint64)steps[i].address + steps[i].length);
  }
  for (guint i = 0; target != NULL && i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    take_out (
        spans, segment->address, segment->address + (guint64)g_bytes_get_size (segment->bytes));
  }
}

static gboolean
find_hit (JmpPlan *plan, const JmpGuardRegion *region, JmpGuardHit *hit)
{
  g_autoptr (GArray) spans = find_changed (plan, region);
  guint64 from = G_MAXUINT64;
  guint64 to = 0;

  *hit = (JmpGuardHit){ .region = region };
  take_out_kept (spans, plan, region->alt);
  for (guint i = 0; i < spans->len; i++) {
    const Span *span = &g_array_index (spans, Span, i);

    if (span->from >= span->to)
      continue;
    from = MIN (from, span->from);
    to = MAX (to, span->to);
    hit->bytes += (guint32)(span->to - span->from);
  }
  if (from >= to)
    return FALSE;
  hit->address = (guint32)from;
  hit->length = (guint32)(to - from);
  return TRUE;
}

/**
 * jmp_guard_find:
 * @plan: what is to be done; of a survey, what may turn out to be
 * @regions: (array length=n_regions): what is protected; must outlive the result
 * @n_regions: how many
 *
 * Which of the regions the plan erases or writes. Sectors that stay as they are, because they hold the
 * right bytes, and bytes that are put back are not counted.
 *
 * Returns: (transfer full) (element-type JmpGuardHit): the regions in their order, perhaps none
 */
GArray *
jmp_guard_find (JmpPlan *plan, const JmpGuardRegion *regions, guint n_regions)
{
  GArray *hits = g_array_new (FALSE, FALSE, sizeof (JmpGuardHit));
  JmpGuardHit hit;

  for (guint i = 0; i < n_regions; i++) {
    if (find_hit (plan, &regions[i], &hit))
      g_array_append_val (hits, hit);
  }
  return hits;
}

/**
 * jmp_guard_check:
 * @plan: what is to be done
 * @regions: (array length=n_regions) (nullable): what is protected
 * @n_regions: how many
 * @error: return location for a #GError
 *
 * Refuses a plan that changes a protected region.
 *
 * Errors: %JMP_ERROR_REFUSED; the message names the first region and its addresses.
 *
 * Returns: whether the plan leaves all regions alone
 */
gboolean
jmp_guard_check (JmpPlan *plan, const JmpGuardRegion *regions, guint n_regions, GError **error)
{
  g_autoptr (GArray) hits = jmp_guard_find (plan, regions, n_regions);
  const JmpGuardHit *hit;

  if (hits->len == 0)
    return TRUE;
  hit = &g_array_index (hits, JmpGuardHit, 0);
  g_set_error (
      error,
      JMP_ERROR,
      JMP_ERROR_REFUSED,
      "0x%08X+0x%X (alt %u) would be changed, in the protected region \"%s\" (%s), which is "
      "0x%08X+0x%X",
      hit->address,
      hit->length,
      hit->region->alt,
      hit->region->name,
      hit->region->code,
      hit->region->address,
      hit->region->length);
  return FALSE;
}

/* A range to read. */
typedef struct {
  guint8 alt;
  guint32 address;
  guint64 length;
} Part;

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const Part *left = a;
  const Part *right = b;

  if (left->alt != right->alt)
    return left->alt < right->alt ? -1 : 1;
  return left->address < right->address ? -1 : left->address > right->address;
}

/* The whole regions, and what is read anyway; what overlaps is read once. */
static GArray *
collect_parts (JmpPlan *whole, const GArray *hits)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (Part));
  guint n = 0;
  const JmpStep *steps = whole != NULL ? jmp_plan_get_steps (whole, &n) : NULL;
  guint kept = 0;

  for (guint i = 0; i < n; i++) {
    const Part part = { steps[i].alt, steps[i].address, steps[i].length };

    if (steps[i].kind == JMP_STEP_READ)
      g_array_append_val (parts, part);
  }
  for (guint i = 0; i < hits->len; i++) {
    const JmpGuardRegion *region = g_array_index (hits, JmpGuardHit, i).region;
    const Part part = { region->alt, region->address, region->length };

    g_array_append_val (parts, part);
  }
  g_array_sort (parts, compare_parts);
  for (guint i = 1; i < parts->len; i++) {
    Part *last = &g_array_index (parts, Part, kept);
    const Part *next = &g_array_index (parts, Part, i);
    guint64 end = MAX (last->address + last->length, next->address + next->length);

    if (next->alt == last->alt && next->address <= last->address + last->length)
      last->length = end - last->address;
    else
      g_array_index (parts, Part, ++kept) = *next;
  }
  g_array_set_size (parts, MIN (parts->len, kept + 1));
  return parts;
}

/**
 * jmp_guard_plan_backup:
 * @info: the board
 * @whole: (nullable): a backup that is made anyway
 * @hits: (element-type JmpGuardHit): regions that are to be changed
 * @error: return location for a #GError
 *
 * Plans to read the regions, each as a whole, and what @whole reads.
 *
 * Errors: as jmp_plan_backup_range(): a region that cannot be read cannot be kept.
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_guard_plan_backup (JmpDfuInfo *info, JmpPlan *whole, const GArray *hits, GError **error)
{
  const JmpPlanUse use = { .access = JMP_ACCESS_READ, .fate = JMP_FATE_READ };
  g_autoptr (GArray) parts = collect_parts (whole, hits);
  g_auto (JmpPlanDraft) draft = { 0 };

  jmp_plan_draft_init (&draft);
  if (!jmp_plan_check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  for (guint i = 0; i < parts->len; i++) {
    const Part *part = &g_array_index (parts, Part, i);
    const JmpDfuAlt *memory = jmp_plan_find_memory (info, part->alt, error);

    if (memory == NULL)
      return NULL;
    if (draft.target != memory)
      jmp_plan_draft_begin_target (&draft, memory);
    if (!jmp_plan_draft_use (&draft, part->address, part->length, &use, error))
      return NULL;
    jmp_plan_draft_step (&draft, JMP_STEP_READ, part->address, part->length, NULL);
  }
  return jmp_plan_draft_end (&draft, info->transfer_size);
}
