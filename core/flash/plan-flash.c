/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans that bring an image onto a board, or compare it with what is there. */

#include "base/error.h"
#include "flash/keep.h"
#include "flash/plan-private.h"
#include "flash/recovery.h"
#include "flash/survey.h"

/* Bytes that have to be safe before the work begins. */
typedef struct {
  guint8 alt;
  const JmpSegment *segment; /* (not owned) of the survey */
} Saved;

/* What a plan is made from. */
typedef struct {
  JmpPlanDraft draft;
  JmpImage *image;
  JmpDfuInfo *info;
  JmpSurvey *survey;
  const JmpPlanOptions *options;
  GArray *saved; /* of Saved */
} Flash;

static void
flash_clear (Flash *self)
{
  jmp_plan_draft_clear (&self->draft);
  g_clear_pointer (&self->saved, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Flash, flash_clear)

/* Marks the sectors of a target. */
gboolean
jmp_plan_use_target (JmpPlanDraft *draft,
                     JmpDfuInfo *info,
                     const JmpImageTarget *target,
                     const JmpPlanUse *use,
                     GError **error)
{
  const JmpDfuAlt *alt = jmp_plan_find_memory (info, target->alt, error);

  if (alt == NULL)
    return FALSE;
  if ((use->fate & JMP_FATE_WRITTEN) != 0
      && !(use->special ? jmp_plan_check_special (info, alt, target, error)
                        : jmp_plan_refuse_special (alt, error)))
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

/* Whether the boot loader has a gift; sets the error. */
gboolean
jmp_plan_check_can (JmpDfuInfo *info, JmpDfuAttributes what, GError **error)
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

/* The sector with the vector table, and the program unit in it that has the table's first words. */
JmpPlanCommit
jmp_plan_find_commit (JmpImage *image, JmpDfuInfo *info)
{
  const JmpDfuAlt *memory = jmp_dfu_info_find_alt (info, 0);
  JmpPlanCommit commit = { 0 };
  JmpVectorTable table;

  if (memory == NULL || memory->layout == NULL || !jmp_image_find_vector_table (image, &table)
      || !jmp_layout_find (memory->layout, table.address, &commit.sector))
    return commit;
  commit.exists = TRUE;
  commit.can_erase = (commit.sector.access & JMP_ACCESS_ERASE) != 0;
  commit.alt = 0;
  commit.start = MAX (table.address - table.address % JMP_PROGRAM_UNIT, commit.sector.address);
  commit.end = MIN (commit.start + (guint64)JMP_PROGRAM_UNIT, jmp_sector_end (&commit.sector));
  return commit;
}

static gboolean
changes (const JmpPlanSector *touched)
{
  return (touched->fate & (JMP_FATE_ERASED | JMP_FATE_WRITTEN)) != 0;
}

static gboolean
is_commit (const Flash *self, const JmpPlanSector *touched)
{
  const JmpPlanCommit *commit = &self->draft.commit;

  return commit->exists && touched->alt == commit->alt
         && touched->sector.address == commit->sector.address;
}

/* What becomes of a sector when this was found in it. */
static void
apply_survey (const JmpSurveySector *found, JmpPlanSector *touched)
{
  switch (found->state) {
  case JMP_SURVEY_EQUAL:
    touched->fate = JMP_FATE_EQUAL;
    break;
  case JMP_SURVEY_BLANK:
    touched->fate &= ~JMP_FATE_ERASED;
    break;
  case JMP_SURVEY_UNKNOWN:
  case JMP_SURVEY_DIFFERENT:
    break;
  }
}

static gboolean
is_sector (const Flash *self, guint index, const JmpSurveySector *found)
{
  const JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, index);

  return touched->alt == found->alt && touched->sector.address == found->sector.address;
}

static gboolean
comes_before (const Flash *self, guint index, const JmpSurveySector *found)
{
  const JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, index);

  return touched->alt < found->alt
         || (touched->alt == found->alt && touched->sector.address < found->sector.address);
}

/* The sectors that only an interrupted run touched. */
static gboolean
use_saved (Flash *self, GError **error)
{
  guint n_found = 0;
  const JmpSurveySector *found = self->survey != NULL
                                     ? jmp_survey_get_sectors (self->survey, &n_found)
                                     : NULL;
  guint n_known;
  guint known = 0;

  jmp_plan_draft_sort (&self->draft);
  n_known = self->draft.sectors->len;
  for (guint i = 0; i < n_found; i++) {
    const JmpDfuAlt *memory;

    while (known < n_known && comes_before (self, known, &found[i]))
      known++;
    if (known < n_known && is_sector (self, known, &found[i]))
      continue;
    memory = jmp_plan_find_memory (self->info, found[i].alt, error);
    if (memory == NULL)
      return FALSE;
    jmp_plan_draft_begin_target (&self->draft, memory);
    jmp_plan_draft_use_sector (
        &self->draft, &found[i].sector, JMP_FATE_ERASED | JMP_FATE_WRITTEN | JMP_FATE_VERIFIED);
  }
  return TRUE;
}

/* The part of a segment that is not blank at its ends; what is blank is so after an erase. */
static GBytes *
trim (const JmpSegment *segment, JmpErased erased, guint32 *address)
{
  gsize to;
  const guint8 *data = g_bytes_get_data (segment->bytes, &to);
  gsize from = 0;

  while (from < to && jmp_erased_is_blank (erased, data + from, 1))
    from++;
  while (to > from && jmp_erased_is_blank (erased, data + to - 1, 1))
    to--;
  *address = segment->address + (guint32)from;
  return from < to ? g_bytes_new_from_bytes (segment->bytes, from, to - from) : NULL;
}

/* Notes which bytes of a sector are put back, and which are lost. */
static void
note_kept (Flash *self, const JmpSurveySector *found, JmpPlanSector *touched)
{
  const JmpDfuAlt *memory = jmp_dfu_info_find_alt (self->info, touched->alt);
  guint32 outside = touched->sector.size - MIN (touched->image_bytes, touched->sector.size);

  for (guint i = 0; found != NULL && changes (touched) && i < found->n_kept; i++) {
    const Saved saved = { touched->alt, &found->kept[i] };
    guint32 address;
    g_autoptr (GBytes) kept = trim (&found->kept[i], memory->quirks.erased, &address);

    g_array_append_val (self->saved, saved);
    if (kept == NULL)
      continue;
    touched->kept_bytes += (guint32)g_bytes_get_size (kept);
    touched->fate |= JMP_FATE_KEPT;
    jmp_plan_draft_keep (&self->draft, touched->alt, address, kept);
  }
  if ((touched->fate & JMP_FATE_ERASED) != 0)
    touched->lost_bytes = outside - MIN (found != NULL ? found->looked : 0, outside);
}

static const JmpSurveySector *
find_surveyed (const Flash *self, const JmpPlanSector *touched)
{
  return self->survey != NULL
             ? jmp_survey_find (self->survey, touched->alt, touched->sector.address)
             : NULL;
}

/* Decides about every sector. While anything else changes, the sector that makes the image start must
 * not be there as a whole. */
static void
decide (Flash *self)
{
  JmpPlanSector *commit = NULL;
  gboolean others = FALSE;

  jmp_plan_draft_sort (&self->draft);
  for (guint i = 0; i < self->draft.sectors->len; i++) {
    JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, i);
    const JmpSurveySector *found = find_surveyed (self, touched);
    JmpSectorFate all = touched->fate;

    if (found != NULL)
      apply_survey (found, touched);
    if (!is_commit (self, touched)) {
      others |= changes (touched);
      continue;
    }
    commit = touched;
    if ((all & JMP_FATE_ERASED) == 0)
      self->draft.commit.can_erase = FALSE;
  }
  if (commit != NULL && others && self->draft.commit.can_erase && !changes (commit))
    commit->fate = JMP_FATE_ERASED | JMP_FATE_WRITTEN
                   | ((commit->sector.access & JMP_ACCESS_READ) != 0 ? JMP_FATE_VERIFIED : 0);
  for (guint i = 0; i < self->draft.sectors->len; i++) {
    JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, i);

    note_kept (self, find_surveyed (self, touched), touched);
  }
}

/* The part of a segment that lies in a range. */
static void
add_part (GArray *parts, const JmpSegment *segment, const JmpRange *range)
{
  guint64 from = MAX (segment->address, range->start);
  guint64 to = MIN (jmp_segment_end (segment), range->end);
  JmpSegment part = { .address = (guint32)from };

  if (from >= to)
    return;
  part.bytes = g_bytes_new_from_bytes (
      segment->bytes, (gsize)(from - segment->address), (gsize)(to - from));
  g_array_append_val (parts, part);
}

/* What belongs in a range of the target: the image's bytes where @of_image, and those that are put
 * back. Nothing is copied. */
static void
add_content (Flash *self, GArray *parts, const JmpRange *range, gboolean of_image)
{
  const JmpImageTarget *target = jmp_image_find_target (self->image, self->draft.target->alt);
  guint first = of_image && target != NULL ? jmp_segments_find (target, range->start) : 0;
  GArray *kept = self->draft.kept;

  for (guint i = first; of_image && target != NULL && i < target->n_segments
                        && target->segments[i].address < range->end;
       i++)
    add_part (parts, &target->segments[i], range);
  for (guint i = 0; i < kept->len; i++) {
    const JmpStep *step = &g_array_index (kept, JmpStep, i);
    const JmpSegment segment = { .address = step->address, .bytes = step->bytes };

    if (step->alt == self->draft.target->alt)
      add_part (parts, &segment, range);
  }
}

/* The ranges of this target that change; those that touch are one, so that runs stay long. */
static GArray *
changed_ranges (Flash *self)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (JmpRange));

  for (guint i = 0; i < self->draft.sectors->len; i++) {
    const JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, i);
    JmpRange range = { touched->sector.address, jmp_sector_end (&touched->sector) };
    JmpRange *last = ranges->len > 0 ? &g_array_index (ranges, JmpRange, ranges->len - 1) : NULL;

    if (touched->alt != self->draft.target->alt || !changes (touched) || is_commit (self, touched))
      continue;
    if (last != NULL && last->end == range.start)
      last->end = range.end;
    else
      g_array_append_val (ranges, range);
  }
  return ranges;
}

/* Writes what belongs in the ranges, and reads it back. */
static void
write_and_verify (Flash *self, GArray *ranges)
{
  const JmpStepKind kinds[] = { JMP_STEP_WRITE, JMP_STEP_VERIFY };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++) {
    gboolean of_image = kinds[k] == JMP_STEP_WRITE || self->options->verify;
    g_autoptr (GArray) parts = jmp_segments_new ();

    for (guint i = 0; i < ranges->len; i++)
      add_content (self, parts, &g_array_index (ranges, JmpRange, i), of_image);
    jmp_segments_sort (parts);
    jmp_plan_add_runs (&self->draft, kinds[k], parts, self->info->transfer_size);
  }
}

/* Whether any sector of @alt, or of any with -1, changes. */
static gboolean
any_changes (const Flash *self, int alt)
{
  for (guint i = 0; i < self->draft.sectors->len; i++) {
    const JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, i);

    if ((alt < 0 || touched->alt == alt) && changes (touched))
      return TRUE;
  }
  return FALSE;
}

/* The steps, in the order that leaves no board with a program that starts and is not whole: what makes
 * it start goes first and comes last, when all else is proven, and of that the first words after the
 * rest. */
static void
add_steps (Flash *self)
{
  JmpPlanDraft *draft = &self->draft;
  const JmpPlanCommit *commit = &draft->commit;
  JmpPlanSector *last = NULL;

  for (guint i = 0; commit->exists && i < draft->sectors->len; i++) {
    JmpPlanSector *touched = &g_array_index (draft->sectors, JmpPlanSector, i);

    if (is_commit (self, touched) && changes (touched))
      last = touched;
  }
  if (last != NULL && (last->fate & JMP_FATE_ERASED) != 0) {
    draft->target = jmp_dfu_info_find_alt (self->info, commit->alt);
    jmp_plan_draft_step (draft, JMP_STEP_ERASE, last->sector.address, last->sector.size, NULL);
  }
  for (int alt = 0; alt <= G_MAXUINT8; alt++) {
    g_autoptr (GArray) ranges = NULL;

    if (!any_changes (self, alt))
      continue;
    draft->target = jmp_dfu_info_find_alt (self->info, (guint8)alt);
    jmp_plan_draft_erase_steps (draft);
    ranges = changed_ranges (self);
    write_and_verify (self, ranges);
  }
  if (last != NULL) {
    const JmpRange rest[] = { { commit->sector.address, commit->start },
                              { commit->end, jmp_sector_end (&commit->sector) } };
    const JmpRange first = { commit->start, commit->end };
    g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (JmpRange));

    draft->target = jmp_dfu_info_find_alt (self->info, commit->alt);
    g_array_append_vals (ranges, rest, G_N_ELEMENTS (rest));
    write_and_verify (self, ranges);
    g_array_set_size (ranges, 0);
    g_array_append_val (ranges, first);
    write_and_verify (self, ranges);
  }
}

/* Whether the board's program cannot start while the plan is carried out. */
static gboolean
stops_program (const Flash *self)
{
  for (guint i = 0; i < self->draft.sectors->len; i++) {
    const JmpPlanSector *touched = &g_array_index (self->draft.sectors, JmpPlanSector, i);

    if (is_commit (self, touched))
      return self->draft.commit.can_erase && changes (touched);
  }
  return FALSE;
}

/* The bytes that are put back as an image for this very kind of board. */
static gboolean
make_kept_image (Flash *self, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = NULL;

  if (self->saved->len == 0)
    return TRUE;
  builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  jmp_image_builder_set_ids (builder, self->info->vid, self->info->pid, self->info->bcd_device);
  for (guint i = 0; i < self->saved->len; i++) {
    const Saved *saved = &g_array_index (self->saved, Saved, i);

    if (!jmp_image_builder_add (
            builder, saved->alt, saved->segment->address, saved->segment->bytes, error))
      return FALSE;
    jmp_image_builder_name_target (
        builder, saved->alt, jmp_recovery_target_name (stops_program (self)));
  }
  self->draft.kept_image = jmp_image_builder_end (g_steal_pointer (&builder), error);
  return self->draft.kept_image != NULL;
}

/**
 * jmp_plan_flash_surveyed:
 * @image: what to write
 * @info: the board
 * @survey: (nullable): what was found on it, with the same image and options
 * @options: how
 * @error: return location for a #GError
 *
 * Plans to write an image. Sectors that hold what they should stay as they are. The others are erased,
 * each once, those that are blank aside; then all is written, then all is read back, target after
 * target by alt setting. Bytes that the image does not name and that the survey saved are written and
 * read back with the image's.
 *
 * The sector with the image's vector table is erased before anything else is changed, even when it is
 * equal, and written when everything else has been read back: its other bytes, then its first program
 * unit. So at no time does a board hold a vector table without all that belongs to it. When nothing
 * has to change, nothing is erased.
 *
 * Only sectors that can be erased are, and only those that hold a byte of the image. Writes in them
 * are filled up with blank bytes to whole program units of 32 bytes (which joins segments in one unit),
 * and blocks that are all blank are not written, where it is known what blank bytes read; memory that
 * is writable only, such as EEPROM, is written as it is. The last step starts the program, at the
 * address of @options, or the image's vector table, or where the main memory begins; there is none when
 * the image has nothing for the main memory and @options names no address.
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
jmp_plan_flash_surveyed (JmpImage *image,
                         JmpDfuInfo *info,
                         JmpSurvey *survey,
                         const JmpPlanOptions *options,
                         GError **error)
{
  g_auto (Flash) self = { .image = image, .info = info, .survey = survey, .options = options };
  const JmpPlanUse use = {
    .access = JMP_ACCESS_WRITE | (options->verify ? JMP_ACCESS_READ : 0),
    .fate = JMP_FATE_ERASED | JMP_FATE_WRITTEN | (options->verify ? JMP_FATE_VERIFIED : 0),
    .of_image = TRUE,
    .special = options->special,
  };

  if (!info->dfuse)
    return jmp_plan_plain_flash (image, info, options, error);
  jmp_plan_draft_init (&self.draft);
  self.saved = g_array_new (FALSE, FALSE, sizeof (Saved));
  if (!jmp_plan_check_can (info, JMP_DFU_CAN_DOWNLOAD, error))
    return NULL;
  if (options->verify && !jmp_plan_check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    if (!jmp_plan_use_target (&self.draft, info, jmp_image_get_target (image, i), &use, error))
      return NULL;
  }
  self.draft.commit = jmp_plan_find_commit (image, info);
  if (!use_saved (&self, error))
    return NULL;
  decide (&self);
  add_steps (&self);
  if (!make_kept_image (&self, error))
    return NULL;
  add_leave (&self.draft, image, info, options);
  return jmp_plan_draft_end (&self.draft, info->transfer_size);
}

/**
 * jmp_plan_flash:
 * @image: what to write
 * @info: the board
 * @options: how
 * @error: return location for a #GError
 *
 * Plans to write an image onto a board of which nothing is known: every sector that the image touches
 * is erased and written, and what else is in them is lost. See jmp_plan_flash_surveyed(), whose errors
 * it has.
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_flash (JmpImage *image, JmpDfuInfo *info, const JmpPlanOptions *options, GError **error)
{
  return jmp_plan_flash_surveyed (image, info, NULL, options, error);
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
  g_auto (Flash) self = { .image = image, .info = info };
  const JmpRange everything = { 0, (guint64)1 << 32 };
  const JmpPlanUse use = {
    .access = JMP_ACCESS_READ,
    .fate = JMP_FATE_VERIFIED,
    .of_image = TRUE,
  };

  if (!info->dfuse)
    return jmp_plan_plain_verify (image, info, error);
  jmp_plan_draft_init (&self.draft);
  if (!jmp_plan_check_can (info, JMP_DFU_CAN_UPLOAD, error))
    return NULL;
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    g_autoptr (GArray) parts = jmp_segments_new ();

    if (!jmp_plan_use_target (&self.draft, info, jmp_image_get_target (image, i), &use, error))
      return NULL;
    add_content (&self, parts, &everything, TRUE);
    jmp_plan_add_runs (&self.draft, JMP_STEP_VERIFY, parts, info->transfer_size);
  }
  return jmp_plan_draft_end (&self.draft, info->transfer_size);
}
