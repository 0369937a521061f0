/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Plans about memory as such, without an image: reading it, erasing it, starting what is in it. */

#include "base/error.h"
#include "flash/plan-private.h"

#include <string.h>

typedef struct {
  guint64 start;
  guint64 end;
} Range;

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const Range *left = a;
  const Range *right = b;

  return left->start < right->start ? -1 : left->start > right->start;
}

/* The memory that allows @access, as ranges by address that do not touch each other, whatever order
 * and overlap the layout has. */
static GArray *
find_ranges (JmpLayout *layout, JmpAccess access)
{
  guint n_runs;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n_runs);
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (Range));
  guint kept = 0;

  for (guint i = 0; i < n_runs; i++) {
    Range range = {
      .start = runs[i].address,
      .end = runs[i].address + (guint64)runs[i].size * runs[i].count,
    };

    if ((runs[i].access & access) == access)
      g_array_append_val (ranges, range);
  }
  g_array_sort (ranges, compare_ranges);
  for (guint i = 1; i < ranges->len; i++) {
    Range *last = &g_array_index (ranges, Range, kept);
    const Range *next = &g_array_index (ranges, Range, i);

    if (next->start <= last->end)
      last->end = MAX (last->end, next->end);
    else
      g_array_index (ranges, Range, ++kept) = *next;
  }
  g_array_set_size (ranges, MIN (ranges->len, kept + 1));
  return ranges;
}

/* Marks every sector of the target that allows @access. */
static void
use_sectors (JmpPlanDraft *draft, JmpAccess access, JmpSectorFate fate)
{
  guint n_runs;
  const JmpSectorRun *runs = jmp_layout_get_runs (draft->target->layout, &n_runs);
  guint index = 0;

  for (guint i = 0; i < n_runs; i++) {
    for (guint32 nth = 0; nth < runs[i].count; nth++, index++) {
      JmpSector sector = {
        .index = index,
        .address = runs[i].address + nth * runs[i].size,
        .size = runs[i].size,
        .access = runs[i].access,
      };

      if ((sector.access & access) == access)
        jmp_plan_draft_use_sector (draft, &sector, fate);
    }
  }
}

static gboolean
check_size (guint64 size, GError **error)
{
  if (size <= JMP_PLAN_MAX_BACKUP)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "%" G_GUINT64_FORMAT " bytes are more than a backup holds, which is %u",
               size,
               JMP_PLAN_MAX_BACKUP);
  return FALSE;
}

static gboolean
check_range (guint32 address, guint64 length, GError **error)
{
  if (length > 0)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "the range at 0x%08X is empty", address);
  return FALSE;
}

/* Memory that can be read over USB. */
static const JmpDfuAlt *
find_readable (JmpDfuInfo *info, guint8 alt, GError **error)
{
  if ((info->attributes & JMP_DFU_CAN_UPLOAD) == 0) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "the boot loader cannot read back its memory");
    return NULL;
  }
  return jmp_plan_find_memory (info, alt, error);
}

/* Reads all of a memory that allows @access; @size: how many bytes are read in all, with these. */
static gboolean
read_memory (
    JmpPlanDraft *draft, const JmpDfuAlt *memory, JmpAccess access, guint64 *size, GError **error)
{
  g_autoptr (GArray) ranges = find_ranges (memory->layout, access);

  for (guint i = 0; i < ranges->len; i++)
    *size += g_array_index (ranges, Range, i).end - g_array_index (ranges, Range, i).start;
  if (!check_size (*size, error))
    return FALSE;
  jmp_plan_draft_begin_target (draft, memory);
  use_sectors (draft, access, JMP_FATE_READ);
  for (guint i = 0; i < ranges->len; i++) {
    const Range *range = &g_array_index (ranges, Range, i);

    jmp_plan_draft_step (
        draft, JMP_STEP_READ, (guint32)range->start, range->end - range->start, NULL);
  }
  return TRUE;
}

/**
 * jmp_plan_backup:
 * @info: the board
 * @alt: alt setting
 * @error: return location for a #GError
 *
 * Plans to read all of a memory that can be read.
 *
 * Errors: %JMP_ERROR_DOES_NOT_FIT (no such alt setting), %JMP_ERROR_NOT_SUPPORTED (no memory map, a
 * boot loader that cannot read back, or more bytes than a file may have),
 * %JMP_ERROR_READ_PROTECTED (nothing there can be read).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_backup (JmpDfuInfo *info, guint8 alt, GError **error)
{
  const JmpDfuAlt *memory;
  g_auto (JmpPlanDraft) draft = { 0 };
  guint64 size = 0;

  if (!info->dfuse)
    return jmp_plan_plain_backup (info, alt, 0, 0, error);
  memory = find_readable (info, alt, error);
  if (memory == NULL)
    return NULL;
  jmp_plan_draft_init (&draft);
  if (!read_memory (&draft, memory, JMP_ACCESS_READ, &size, error))
    return NULL;
  if (size == 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_READ_PROTECTED,
                 "nothing in %s (alt %u) can be read",
                 memory->name,
                 alt);
    return NULL;
  }
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/* Whether an alt setting is part of a backup of everything. A device feature is a register, not memory. */
static gboolean
is_wanted (const JmpDfuAlt *alt, gboolean settings)
{
  static const char feature[] = "Device Feature";

  if (alt->layout == NULL
      || g_ascii_strncasecmp (jmp_layout_get_name (alt->layout), feature, strlen (feature)) == 0)
    return FALSE;
  return settings || !jmp_plan_is_special (alt);
}

/**
 * jmp_plan_backup_all:
 * @info: the board
 * @settings: whether option bytes and OTP are read as well
 * @error: return location for a #GError
 *
 * Plans to read all that could be lost and put back: every memory that can be read and written, one
 * alt setting after the other.
 *
 * Errors: %JMP_ERROR_NOT_SUPPORTED (no memory map, a boot loader that cannot read back, or more bytes
 * than a file may have), %JMP_ERROR_READ_PROTECTED (there is nothing of the kind).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_backup_all (JmpDfuInfo *info, gboolean settings, GError **error)
{
  const JmpAccess access = JMP_ACCESS_READ | JMP_ACCESS_WRITE;
  const JmpDfuAlt *main_memory = jmp_plan_find_main (info);
  g_auto (JmpPlanDraft) draft = { 0 };
  guint64 size = 0;

  if (!info->dfuse)
    return jmp_plan_plain_backup_all (info, error);
  if (main_memory == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "the board has no memory map");
    return NULL;
  }
  if (find_readable (info, main_memory->alt, error) == NULL)
    return NULL;
  jmp_plan_draft_init (&draft);
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    if (is_wanted (alt, settings) && !read_memory (&draft, alt, access, &size, error))
      return NULL;
  }
  if (size == 0) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_READ_PROTECTED,
                 "no memory of the board can be read and written");
    return NULL;
  }
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/**
 * jmp_plan_backup_range:
 * @info: the board
 * @alt: alt setting
 * @address: first byte
 * @length: bytes, 1 or more
 * @error: return location for a #GError
 *
 * Plans to read a range of memory, which may begin and end anywhere.
 *
 * Errors: %JMP_ERROR_USAGE (no bytes), %JMP_ERROR_DOES_NOT_FIT, %JMP_ERROR_NOT_SUPPORTED,
 * %JMP_ERROR_READ_PROTECTED (some of it cannot be read).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_backup_range (
    JmpDfuInfo *info, guint8 alt, guint32 address, guint64 length, GError **error)
{
  const JmpPlanUse use = { .access = JMP_ACCESS_READ, .fate = JMP_FATE_READ };
  const JmpDfuAlt *memory;
  g_auto (JmpPlanDraft) draft = { 0 };

  if (!info->dfuse)
    return check_range (address, length, error)
               ? jmp_plan_plain_backup (info, alt, address, length, error)
               : NULL;
  memory = find_readable (info, alt, error);
  if (memory == NULL || !check_range (address, length, error))
    return NULL;
  jmp_plan_draft_init (&draft);
  jmp_plan_draft_begin_target (&draft, memory);
  if (!jmp_plan_draft_use (&draft, address, length, &use, error) || !check_size (length, error))
    return NULL;
  jmp_plan_draft_step (&draft, JMP_STEP_READ, address, length, NULL);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}

/* After an erase: all that was erased and can be read must read blank. */
static void
add_blank_checks (JmpPlanDraft *draft)
{
  Range range = { 0 };

  for (guint i = 0; i < draft->sectors->len; i++) {
    const JmpPlanSector *touched = &g_array_index (draft->sectors, JmpPlanSector, i);
    guint64 start = touched->sector.address;

    if ((touched->fate & JMP_FATE_VERIFIED) == 0)
      continue;
    if (start != range.end || jmp_sector_end (&touched->sector) - range.start > G_MAXUINT32) {
      if (range.end > range.start)
        jmp_plan_draft_step (
            draft, JMP_STEP_VERIFY, (guint32)range.start, range.end - range.start, NULL);
      range.start = start;
    }
    range.end = jmp_sector_end (&touched->sector);
  }
  if (range.end > range.start)
    jmp_plan_draft_step (
        draft, JMP_STEP_VERIFY, (guint32)range.start, range.end - range.start, NULL);
}

/* What happens to a sector that is erased: proven blank where that can be. */
static JmpSectorFate
erase_fate (const JmpDfuInfo *info)
{
  gboolean can_read = (info->attributes & JMP_DFU_CAN_UPLOAD) != 0;

  return JMP_FATE_ERASED | (can_read ? JMP_FATE_VERIFIED : 0);
}

static JmpPlan *
end_erase (JmpPlanDraft *draft, JmpDfuInfo *info)
{
  jmp_plan_draft_erase_steps (draft);
  add_blank_checks (draft);
  return jmp_plan_draft_end (draft, info->transfer_size);
}

/* Memory whose sectors may be erased by command. */
static const JmpDfuAlt *
find_erasable (JmpDfuInfo *info, guint8 alt, GError **error)
{
  const JmpDfuAlt *memory = jmp_plan_find_memory (info, alt, error);
  g_autoptr (GArray) ranges = NULL;

  if (memory == NULL || !jmp_plan_refuse_special (memory, error))
    return NULL;
  ranges = find_ranges (memory->layout, JMP_ACCESS_ERASE);
  if (ranges->len > 0)
    return memory;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "nothing in %s (alt %u) can be erased",
               memory->name,
               alt);
  return NULL;
}

static gboolean
check_boundary (const JmpDfuAlt *memory, guint64 at, const char *what, GError **error)
{
  JmpSector sector;

  if (at > G_MAXUINT32 || !jmp_layout_find (memory->layout, (guint32)at, &sector)
      || sector.address == at)
    return TRUE;
  g_set_error (
      error,
      JMP_ERROR,
      JMP_ERROR_USAGE,
      "the range %s at 0x%08X, inside a sector that is 0x%08X+0x%X: only whole sectors can "
      "be erased",
      what,
      (guint32)at,
      sector.address,
      sector.size);
  return FALSE;
}

/**
 * jmp_plan_erase_range:
 * @info: the board
 * @alt: alt setting
 * @address: first byte, which must begin a sector
 * @length: bytes, 1 or more, which must end with a sector
 * @error: return location for a #GError
 *
 * Plans to erase whole sectors and to see that they are blank afterwards, where they can be read.
 *
 * Errors: %JMP_ERROR_USAGE (no bytes, or not whole sectors), %JMP_ERROR_DOES_NOT_FIT,
 * %JMP_ERROR_WRITE_PROTECTED (a sector cannot be erased), %JMP_ERROR_NOT_SUPPORTED,
 * %JMP_ERROR_REFUSED (option bytes, OTP and device features).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_erase_range (JmpDfuInfo *info, guint8 alt, guint32 address, guint64 length, GError **error)
{
  const JmpDfuAlt *memory = find_erasable (info, alt, error);
  const JmpPlanUse use = {
    .access = JMP_ACCESS_ERASE,
    .fate = erase_fate (info),
  };
  g_auto (JmpPlanDraft) draft = { 0 };

  if (memory == NULL || !check_range (address, length, error))
    return NULL;
  jmp_plan_draft_init (&draft);
  jmp_plan_draft_begin_target (&draft, memory);
  if (!jmp_plan_draft_use (&draft, address, length, &use, error)
      || !check_boundary (memory, address, "begins", error)
      || !check_boundary (memory, address + length, "ends", error))
    return NULL;
  return end_erase (&draft, info);
}

/**
 * jmp_plan_erase_all:
 * @info: the board
 * @alt: alt setting
 * @error: return location for a #GError
 *
 * Plans to erase every sector that can be erased, one by one, and to see that they are blank
 * afterwards, where they can be read.
 *
 * The mass erase command is not used: some boot loaders report it done and do nothing, and on an F4
 * it takes longer than its sectors.
 *
 * Errors: %JMP_ERROR_DOES_NOT_FIT (no such alt setting), %JMP_ERROR_NOT_SUPPORTED (nothing there can
 * be erased), %JMP_ERROR_REFUSED (option bytes, OTP and device features).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_erase_all (JmpDfuInfo *info, guint8 alt, GError **error)
{
  const JmpDfuAlt *memory = find_erasable (info, alt, error);
  g_auto (JmpPlanDraft) draft = { 0 };

  if (memory == NULL)
    return NULL;
  jmp_plan_draft_init (&draft);
  jmp_plan_draft_begin_target (&draft, memory);
  use_sectors (&draft, JMP_ACCESS_ERASE, erase_fate (info));
  return end_erase (&draft, info);
}

/**
 * jmp_plan_leave:
 * @info: the board
 * @address: where the program's vector table is
 * @error: return location for a #GError
 *
 * Plans to start the program that is on the board. The address is the boot loader's to judge: some
 * start programs from memory that is not in their map.
 *
 * Errors: %JMP_ERROR_NOT_SUPPORTED (no memory to start from).
 *
 * Returns: (transfer full): the plan
 */
JmpPlan *
jmp_plan_leave (JmpDfuInfo *info, guint32 address, GError **error)
{
  const JmpDfuAlt *memory = jmp_plan_find_main (info);
  g_auto (JmpPlanDraft) draft = { 0 };

  if (!info->dfuse)
    return jmp_plan_plain_leave (info, error);
  if (memory == NULL) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "the board has no memory that starts programs");
    return NULL;
  }
  jmp_plan_draft_init (&draft);
  jmp_plan_draft_begin_target (&draft, memory);
  jmp_plan_draft_step (&draft, JMP_STEP_LEAVE, address, 0, NULL);
  return jmp_plan_draft_end (&draft, info->transfer_size);
}
