/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans to find out what is on a board before an image is brought onto it. */

#include "base/error.h"
#include "flash/keep.h"
#include "flash/plan-private.h"
#include "flash/recovery.h"

typedef struct {
  JmpPlanDraft draft;
  JmpDfuInfo *info;
  JmpImage *image;
  const JmpPlanOptions *options;
} Survey;

static void
survey_clear (Survey *self)
{
  jmp_plan_draft_clear (&self->draft);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Survey, survey_clear)

/* Marks the sectors that the image and the saved bytes for one alt setting touch. */
static gboolean
use_alt (Survey *self, const JmpKeep *keep, GError **error)
{
  const JmpPlanUse use = {
    .access = JMP_ACCESS_WRITE | (self->options->verify ? JMP_ACCESS_READ : 0),
    .fate = JMP_FATE_COMPARED | JMP_FATE_WRITTEN,
    .of_image = TRUE,
    .special = self->options->special,
  };
  const JmpPlanUse saved = { .access = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE,
                             .fate = JMP_FATE_COMPARED };

  if (keep->image != NULL
      && !jmp_plan_use_target (&self->draft, self->info, keep->image, &use, error))
    return FALSE;
  if (keep->recovery == NULL)
    return TRUE;
  if (keep->image == NULL) {
    const JmpDfuAlt *memory = jmp_plan_find_memory (self->info, keep->alt, error);

    if (memory == NULL || !jmp_plan_refuse_special (memory, error))
      return FALSE;
    jmp_plan_draft_begin_target (&self->draft, memory);
  }
  for (guint i = 0; i < keep->recovery->n_segments; i++) {
    const JmpSegment *segment = &keep->recovery->segments[i];

    if (!jmp_plan_draft_use (
            &self->draft, segment->address, g_bytes_get_size (segment->bytes), &saved, error))
      return FALSE;
  }
  return TRUE;
}

/* The image's part of a sector. */
static void
compare_image (JmpPlanDraft *draft, const JmpImageTarget *target, const JmpSector *sector)
{
  guint64 end = jmp_sector_end (sector);

  for (guint i = target != NULL ? jmp_segments_find (target, sector->address) : 0;
       target != NULL && i < target->n_segments && target->segments[i].address < end;
       i++) {
    const JmpSegment *segment = &target->segments[i];
    guint64 from = MAX (segment->address, sector->address);
    guint64 to = MIN (jmp_segment_end (segment), end);
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (
        segment->bytes, (gsize)(from - segment->address), (gsize)(to - from));

    jmp_plan_draft_step (draft, JMP_STEP_COMPARE, (guint32)from, to - from, part);
  }
}

static void
use_saved (JmpPlanDraft *draft, const JmpKeep *keep, GArray *saved, JmpStepKind kind)
{
  for (guint i = 0; i < saved->len; i++) {
    const JmpRange *range = &g_array_index (saved, JmpRange, i);
    g_autoptr (GBytes) bytes = jmp_keep_saved_bytes (keep, range);

    jmp_plan_draft_step (draft, kind, (guint32)range->start, range->end - range->start, bytes);
  }
}

static guint32
count_bytes (GArray *ranges)
{
  guint64 bytes = 0;

  for (guint i = 0; i < ranges->len; i++)
    bytes += g_array_index (ranges, JmpRange, i).end - g_array_index (ranges, JmpRange, i).start;
  return (guint32)bytes;
}

/* What is read of one sector. What an interrupted run saved is looked for even where nothing is
 * compared: it is no part of the image, and nobody else knows of it. */
static void
look_at_sector (Survey *self, JmpPlanSector *touched, const JmpKeep *keep)
{
  g_autoptr (GArray) ranges = jmp_keep_find_ranges (keep, &touched->sector);
  g_autoptr (GArray) saved = jmp_keep_find_saved (keep, &touched->sector);
  gboolean can_erase = (touched->sector.access & JMP_ACCESS_ERASE) != 0;
  gboolean can_read = (touched->sector.access & JMP_ACCESS_READ) != 0
                      && (self->info->attributes & JMP_DFU_CAN_UPLOAD) != 0;
  gboolean compares = can_read && (!self->options->full || touched->image_bytes == 0);

  touched->fate = compares ? JMP_FATE_COMPARED : 0;
  if (compares) {
    compare_image (&self->draft, keep->image, &touched->sector);
    use_saved (&self->draft, keep, saved, JMP_STEP_COMPARE);
  }
  if (!can_erase)
    return;
  if (can_read) {
    for (guint i = 0; i < ranges->len; i++) {
      const JmpRange *range = &g_array_index (ranges, JmpRange, i);

      jmp_plan_draft_step (
          &self->draft, JMP_STEP_KEEP, (guint32)range->start, range->end - range->start, NULL);
    }
    use_saved (&self->draft, keep, saved, JMP_STEP_KEEP);
    touched->kept_bytes = count_bytes (ranges) + count_bytes (saved);
  }
  touched->lost_bytes = touched->sector.size - touched->image_bytes - touched->kept_bytes;
}

static gboolean
is_commit (const JmpPlanCommit *commit, const JmpPlanSector *touched)
{
  return commit->exists && commit->can_erase && touched->alt == commit->alt
         && touched->sector.address == commit->sector.address;
}

/* The sectors in their order, but the one that makes the image start last: what is to be known of it
 * depends on the others. */
static void
look_at_sectors (Survey *self)
{
  JmpPlanSector *last = NULL;

  jmp_plan_draft_sort (&self->draft);
  for (guint i = 0; i <= self->draft.sectors->len; i++) {
    gboolean others = i < self->draft.sectors->len;
    JmpPlanSector *touched = others ? &g_array_index (self->draft.sectors, JmpPlanSector, i) : last;
    JmpKeep keep;

    if (touched == NULL)
      continue;
    if (others && is_commit (&self->draft.commit, touched)) {
      last = touched;
      continue;
    }
    keep = jmp_keep_for (self->image, self->options, touched->alt);
    self->draft.target = jmp_dfu_info_find_alt (self->info, touched->alt);
    look_at_sector (self, touched, &keep);
  }
}

/**
 * jmp_plan_survey:
 * @image: what shall be written
 * @info: the board
 * @options: how
 * @error: return location for a #GError
 *
 * Plans to find out how much of an image a board holds already, and to read what has to be put back
 * after an erase. The steps only read, and a sector's end as soon as it is known to differ.
 *
 * Each sector that the image touches is compared; the one with the vector table comes last. Where
 * memory cannot be read there are no steps. With @options' full, only what has to be put back is
 * read.
 *
 * Errors: those of jmp_plan_flash(), and those for saved bytes that do not fit the board.
 *
 * Returns: (transfer full): the plan, for jmp_survey_run()
 */
JmpPlan *
jmp_plan_survey (JmpImage *image, JmpDfuInfo *info, const JmpPlanOptions *options, GError **error)
{
  g_auto (Survey) self = { .info = info, .image = image, .options = options };

  if (!info->dfuse)
    return jmp_plan_plain_survey (image, info, options, error);
  jmp_plan_draft_init (&self.draft);
  if (!jmp_plan_check_can (info, JMP_DFU_CAN_DOWNLOAD, error)
      || (options->verify && !jmp_plan_check_can (info, JMP_DFU_CAN_UPLOAD, error)))
    return NULL;
  self.draft.commit = jmp_plan_find_commit (image, info);
  self.draft.commit.was_stopped = options->recovery != NULL
                                  && jmp_recovery_was_stopped (options->recovery);
  for (guint alt = 0; alt <= G_MAXUINT8; alt++) {
    JmpKeep keep = jmp_keep_for (image, options, (guint8)alt);

    if ((keep.image != NULL || keep.recovery != NULL) && !use_alt (&self, &keep, error))
      return NULL;
  }
  look_at_sectors (&self);
  return jmp_plan_draft_end (&self.draft, info->transfer_size);
}
