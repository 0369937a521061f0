/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Laying ranges over a memory map: which sectors they touch, and whether they may. */

#include "base/error.h"
#include "dfu/option-bytes.h"
#include "flash/plan-private.h"

#include <string.h>

/* Memory that a firmware file or an erase must not change by accident: it sets how the chip works,
 * or can be written once only. Known by its name, because old ROMs give it the letter g. */
gboolean
jmp_plan_is_special (const JmpDfuAlt *alt)
{
  static const char *const names[] = { "Option", "OTP", "Device Feature" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    if (g_ascii_strncasecmp (jmp_layout_get_name (alt->layout), names[i], strlen (names[i])) == 0)
      return TRUE;
  }
  return FALSE;
}

/* Sets the error and returns %FALSE where @alt is special memory. */
gboolean
jmp_plan_refuse_special (const JmpDfuAlt *alt, GError **error)
{
  if (!jmp_plan_is_special (alt))
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_REFUSED,
               "%s (alt %u) holds settings of the chip, which are not changed this way",
               alt->name,
               alt->alt);
  return FALSE;
}

/* What not even consent allows to be written to special memory. */
gboolean
jmp_plan_check_special (const JmpDfuInfo *info,
                        const JmpDfuAlt *alt,
                        const JmpImageTarget *target,
                        GError **error)
{
  if (alt != jmp_option_bytes_find (info))
    return TRUE;
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (!jmp_option_bytes_check_write (info, segment->address, segment->bytes, error))
      return FALSE;
  }
  return TRUE;
}

/* The alt setting @alt, where it has a memory map that can be worked with. */
const JmpDfuAlt *
jmp_plan_find_memory (JmpDfuInfo *info, guint8 alt, GError **error)
{
  const JmpDfuAlt *found = jmp_dfu_info_find_alt (info, alt);

  if (found == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT, "the board has no alt setting %u", alt);
    return NULL;
  }
  if (!info->dfuse || found->layout == NULL) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "alt setting %u has no memory map", alt);
    return NULL;
  }
  return found;
}

/* The memory that programs run from: the first with a map that is not special. */
const JmpDfuAlt *
jmp_plan_find_main (JmpDfuInfo *info)
{
  for (guint i = 0; info->dfuse && i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (alt->layout != NULL && !jmp_plan_is_special (alt))
      return alt;
  }
  return NULL;
}

static void
step_clear (gpointer data)
{
  JmpStep *step = data;

  g_clear_pointer (&step->bytes, g_bytes_unref);
}

static int
compare_sectors (gconstpointer a, gconstpointer b)
{
  const JmpPlanSector *left = a;
  const JmpPlanSector *right = b;

  if (left->alt != right->alt)
    return left->alt < right->alt ? -1 : 1;
  if (left->sector.address != right->sector.address)
    return left->sector.address < right->sector.address ? -1 : 1;
  return 0;
}

void
jmp_plan_draft_init (JmpPlanDraft *self)
{
  self->steps = g_array_new (FALSE, TRUE, sizeof (JmpStep));
  g_array_set_clear_func (self->steps, step_clear);
  self->kept = g_array_new (FALSE, TRUE, sizeof (JmpStep));
  g_array_set_clear_func (self->kept, step_clear);
  self->sectors = g_array_new (FALSE, TRUE, sizeof (JmpPlanSector));
  self->target = NULL;
  self->index = g_hash_table_new (NULL, NULL);
}

void
jmp_plan_draft_clear (JmpPlanDraft *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->sectors, g_array_unref);
  g_clear_pointer (&self->kept, g_array_unref);
  g_clear_pointer (&self->kept_image, jmp_image_unref);
  g_clear_pointer (&self->index, g_hash_table_unref);
}

/* What follows is about @alt; each alt setting at most once. */
void
jmp_plan_draft_begin_target (JmpPlanDraft *self, const JmpDfuAlt *alt)
{
  self->target = alt;
  g_hash_table_remove_all (self->index);
}

static JmpPlanSector *
find_or_add_sector (JmpPlanDraft *self, const JmpSector *sector)
{
  gpointer key = GUINT_TO_POINTER (sector->index);
  guint position = GPOINTER_TO_UINT (g_hash_table_lookup (self->index, key));

  if (position == 0) {
    JmpPlanSector added = { .alt = self->target->alt, .sector = *sector };

    g_array_append_val (self->sectors, added);
    position = self->sectors->len;
    g_hash_table_insert (self->index, key, GUINT_TO_POINTER (position));
  }
  return &g_array_index (self->sectors, JmpPlanSector, position - 1);
}

void
jmp_plan_draft_use_sector (JmpPlanDraft *self, const JmpSector *sector, JmpSectorFate fate)
{
  if ((sector->access & JMP_ACCESS_ERASE) == 0)
    fate &= ~JMP_FATE_ERASED;
  if ((sector->access & JMP_ACCESS_READ) == 0)
    fate &= ~JMP_FATE_VERIFIED;
  find_or_add_sector (self, sector)->fate |= fate;
}

/* The lowest address of a memory, and the one behind its highest. */
static void
find_bounds (JmpLayout *layout, guint64 *low, guint64 *high)
{
  guint n_runs;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n_runs);

  *low = G_MAXUINT64;
  *high = 0;
  for (guint i = 0; i < n_runs; i++) {
    *low = MIN (*low, runs[i].address);
    *high = MAX (*high, runs[i].address + (guint64)runs[i].size * runs[i].count);
  }
}

static char *
range_to_string (guint32 address, guint64 length)
{
  return g_strdup_printf ("0x%08X+0x%" G_GINT64_MODIFIER "X", address, length);
}

static gboolean
fail_outside (const JmpDfuAlt *alt, guint32 address, guint64 length, guint64 at, GError **error)
{
  g_autofree char *range = range_to_string (address, length);
  g_autofree char *memory = NULL;
  guint64 low, high, beyond;

  if (at > address) {
    beyond = address + length - at;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_DOES_NOT_FIT,
                 "%s passes the end of %s (alt %u) at 0x%08" G_GINT64_MODIFIER
                 "X by %" G_GUINT64_FORMAT " %s",
                 range,
                 alt->name,
                 alt->alt,
                 at,
                 beyond,
                 beyond == 1 ? "byte" : "bytes");
    return FALSE;
  }
  find_bounds (alt->layout, &low, &high);
  memory = range_to_string ((guint32)low, high - low);
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DOES_NOT_FIT,
               "%s begins outside %s (alt %u), which is %s",
               range,
               alt->name,
               alt->alt,
               memory);
  return FALSE;
}

static gboolean
fail_access (const JmpDfuAlt *alt, const JmpSector *sector, JmpAccess missing, GError **error)
{
  const char *verb = (missing & JMP_ACCESS_WRITE) != 0   ? "written"
                     : (missing & JMP_ACCESS_ERASE) != 0 ? "erased"
                                                         : "read";

  g_set_error (error,
               JMP_ERROR,
               missing == JMP_ACCESS_READ ? JMP_ERROR_READ_PROTECTED : JMP_ERROR_WRITE_PROTECTED,
               "sector 0x%08X+0x%X of %s (alt %u) cannot be %s",
               sector->address,
               sector->size,
               alt->name,
               alt->alt,
               verb);
  return FALSE;
}

/* Marks all sectors of a range, after looking whether the range lies in memory that may be used so. */
gboolean
jmp_plan_draft_use (
    JmpPlanDraft *self, guint32 address, guint64 length, const JmpPlanUse *use, GError **error)
{
  const JmpDfuAlt *alt = self->target;
  guint64 end = address + MIN (length, (guint64)1 << 33);
  guint64 at = address;

  while (at < end) {
    JmpSector sector;
    guint64 next;

    if (at > G_MAXUINT32 || !jmp_layout_find (alt->layout, (guint32)at, &sector))
      return fail_outside (alt, address, length, at, error);
    if ((use->access & ~sector.access) != 0)
      return fail_access (alt, &sector, use->access & ~sector.access, error);
    next = MIN (end, jmp_sector_end (&sector));
    jmp_plan_draft_use_sector (self, &sector, use->fate);
    if (use->of_image)
      find_or_add_sector (self, &sector)->image_bytes += (guint32)(next - at);
    at = next;
  }
  return TRUE;
}

void
jmp_plan_draft_step (
    JmpPlanDraft *self, JmpStepKind kind, guint32 address, guint64 length, GBytes *bytes)
{
  JmpStep step = {
    .kind = kind,
    .alt = self->target->alt,
    .address = address,
    .length = (guint32)length,
    .bytes = bytes != NULL ? g_bytes_ref (bytes) : NULL,
  };

  g_assert (length <= G_MAXUINT32);
  g_array_append_val (self->steps, step);
}

/* Notes that a range is put back. */
void
jmp_plan_draft_keep (JmpPlanDraft *self, guint8 alt, guint32 address, GBytes *bytes)
{
  JmpStep range = {
    .kind = JMP_STEP_KEEP,
    .alt = alt,
    .address = address,
    .length = (guint32)g_bytes_get_size (bytes),
    .bytes = g_bytes_ref (bytes),
  };

  g_array_append_val (self->kept, range);
}

/* Brings the sectors into the order that a plan promises, which moves them. */
void
jmp_plan_draft_sort (JmpPlanDraft *self)
{
  g_array_sort (self->sectors, compare_sectors);
  g_hash_table_remove_all (self->index);
}

/* One step for each sector of this target that is to be erased, by address; not for the one that makes
 * the image start, which comes first of all. */
void
jmp_plan_draft_erase_steps (JmpPlanDraft *self)
{
  jmp_plan_draft_sort (self);
  for (guint i = 0; i < self->sectors->len; i++) {
    const JmpPlanSector *touched = &g_array_index (self->sectors, JmpPlanSector, i);

    if (self->commit.exists && touched->alt == self->commit.alt
        && touched->sector.address == self->commit.sector.address)
      continue;
    if (touched->alt == self->target->alt && (touched->fate & JMP_FATE_ERASED) != 0)
      jmp_plan_draft_step (
          self, JMP_STEP_ERASE, touched->sector.address, touched->sector.size, NULL);
  }
}
