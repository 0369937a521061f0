/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/fit-report.h"

#include "base/error.h"
#include "image/uf2.h"

/* How far behind the end of a memory something still counts as too large, and not as meant for
 * another memory: no internal flash is larger. */
#define NEAR (8u * 1024 * 1024)

/* The part's or the board's memory behind an alt setting, or NULL. */
typedef JmpLayout *(*FindLayout) (gconstpointer data, guint8 alt);

static JmpFitReport *
report_new (const char *name)
{
  JmpFitReport *self = g_atomic_rc_box_new0 (JmpFitReport);

  self->name = g_strdup (name);
  self->ranges = g_array_new (FALSE, FALSE, sizeof (JmpFitRange));
  self->sectors = g_array_new (FALSE, FALSE, sizeof (JmpFitSector));
  self->takers = g_ptr_array_new_with_free_func (g_free);
  return self;
}

static void
report_clear (gpointer data)
{
  JmpFitReport *self = data;

  g_free (self->name);
  g_array_unref (self->ranges);
  g_array_unref (self->sectors);
  g_ptr_array_unref (self->takers);
}

/**
 * jmp_fit_report_ref:
 * @self: a report
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpFitReport *
jmp_fit_report_ref (JmpFitReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_fit_report_unref:
 * @self: (transfer full): a report
 *
 * Gives a reference back.
 */
void
jmp_fit_report_unref (JmpFitReport *self)
{
  g_atomic_rc_box_release_full (self, report_clear);
}

static guint64
run_end (const JmpSectorRun *run)
{
  return run->address + (guint64)run->size * run->count;
}

/* How many bytes of @start to @end lie in runs; whether all of those can be written. */
static guint64
count_covered (JmpLayout *layout, guint64 start, guint64 end, gboolean *writable)
{
  guint n;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n);
  guint64 covered = 0;

  for (guint i = 0; i < n; i++) {
    guint64 from = MAX (start, runs[i].address);
    guint64 to = MIN (end, run_end (&runs[i]));

    if (from >= to)
      continue;
    covered += to - from;
    /* Memory that is written without being erased, such as an EEPROM, has no erase bit. */
    if ((runs[i].access & JMP_ACCESS_WRITE) == 0)
      *writable = FALSE;
  }
  return MIN (covered, end - start);
}

/* How far @end is behind the memory that @start is in or behind, when that is not far. */
static guint32
count_past (JmpLayout *layout, guint64 start, guint64 end)
{
  guint n;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n);
  guint64 highest = 0;

  for (guint i = 0; i < n; i++)
    if (runs[i].address <= start)
      highest = MAX (highest, run_end (&runs[i]));
  if (highest == 0 || end <= highest || (start > highest && start - highest > NEAR))
    return 0;
  return (guint32)MIN (end - highest, G_MAXUINT32);
}

static void
check_range (JmpFitReport *self, JmpLayout *layout, guint8 alt, const JmpSegment *segment)
{
  guint64 start = segment->address;
  guint64 end = start + g_bytes_get_size (segment->bytes);
  JmpFitRange range = { .alt = alt,
                        .address = segment->address,
                        .size = (guint32)(end - start),
                        .missing = (guint32)(end - start) };

  if (layout != NULL) {
    range.writable = TRUE;
    range.missing -= (guint32)count_covered (layout, start, end, &range.writable);
    range.past = range.missing > 0 ? count_past (layout, start, end) : 0;
  }
  self->used += range.size;
  self->missing += range.missing;
  self->past = MAX (self->past, range.past);
  g_array_append_val (self->ranges, range);
}

static guint32
count_used (const JmpImageTarget *target, const JmpSector *sector)
{
  guint64 used = 0;

  for (guint i = 0; i < target->n_segments; i++) {
    guint64 start = target->segments[i].address;
    guint64 end = start + g_bytes_get_size (target->segments[i].bytes);

    start = MAX (start, sector->address);
    end = MIN (end, jmp_sector_end (sector));
    if (start < end)
      used += end - start;
  }
  return (guint32)used;
}

static gboolean
is_touched (const JmpImageTarget *target, const JmpSectorRun *run)
{
  for (guint i = 0; i < target->n_segments; i++) {
    guint64 start = target->segments[i].address;

    if (start < run_end (run)
        && start + g_bytes_get_size (target->segments[i].bytes) > run->address)
      return TRUE;
  }
  return FALSE;
}

static void
add_sectors (JmpFitReport *self, JmpLayout *layout, const JmpImageTarget *target)
{
  guint n;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n);
  guint first = 0;

  for (guint i = 0; i < n; first += runs[i].count, i++) {
    if (!is_touched (target, &runs[i]))
      continue;
    for (guint k = 0; k < runs[i].count; k++) {
      JmpFitSector sector = { .alt = target->alt };

      if (!jmp_layout_get_sector (layout, first + k, &sector.sector))
        continue;
      sector.used = count_used (target, &sector.sector);
      if (sector.used == 0)
        continue;
      self->touched += sector.sector.size;
      g_array_append_val (self->sectors, sector);
    }
  }
}

/* A stack grows down from the end of a RAM: how much there must be below it. Each RAM of an STM32
 * begins at a multiple of 16 MiB, but for some that are not used for a stack. */
static guint32
least_ram (guint32 stack)
{
  return stack - ((stack - 1) & 0xFF000000u);
}

static gboolean
has_address (JmpImage *image, guint32 address)
{
  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);

    for (guint i = 0; i < target->n_segments; i++)
      if (address >= target->segments[i].address
          && address - target->segments[i].address < g_bytes_get_size (target->segments[i].bytes))
        return TRUE;
  }
  return FALSE;
}

static void
check_program (JmpFitReport *self, JmpImage *image)
{
  const JmpImageHints *hints = jmp_image_get_hints (image);

  self->has_vectors = jmp_image_find_vector_table (image, &self->vectors);
  if (self->has_vectors) {
    self->least_ram = least_ram (self->vectors.stack);
    self->entry = JMP_FIT_ANSWER_YES;
  }
  if (hints->has_entry)
    self->entry = has_address (image, hints->entry & ~1u) ? JMP_FIT_ANSWER_YES : JMP_FIT_ANSWER_NO;
}

/* Segments first, then what they have in common with the memories. */
static JmpFitReport *
check (JmpImage *image, const char *name, FindLayout find_layout, gconstpointer data)
{
  JmpFitReport *self = report_new (name);

  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);
    JmpLayout *layout = find_layout (data, target->alt);

    for (guint i = 0; i < target->n_segments; i++)
      check_range (self, layout, target->alt, &target->segments[i]);
    if (layout == NULL)
      continue;
    self->memory_size += jmp_layout_get_size (layout);
    add_sectors (self, layout, target);
  }
  check_program (self, image);
  return self;
}

static void
decide (JmpFitReport *self)
{
  self->fits = self->missing == 0 && self->stack != JMP_FIT_ANSWER_NO
               && self->entry != JMP_FIT_ANSWER_NO && self->abi != JMP_FIT_ANSWER_NO
               && self->family != JMP_FIT_ANSWER_NO;
  for (guint i = 0; i < self->ranges->len; i++)
    if (!g_array_index (self->ranges, JmpFitRange, i).writable)
      self->fits = FALSE;
}

/* The end of a RAM counts: that is where a stack begins (ARMv7-M, B1.4.1); its start does not. */
static JmpFitAnswer
check_stack (const JmpPart *part, guint32 stack)
{
  for (guint i = 0; i < part->n_ram; i++)
    if (stack > part->ram[i].address && stack - part->ram[i].address <= part->ram[i].size)
      return JMP_FIT_ANSWER_YES;
  return JMP_FIT_ANSWER_NO;
}

/* Which core runs what (Addenda to the ABI for the Arm Architecture, 3.3.5.2): each architecture of
 * Cortex-M has the instructions of those before it. */
static gboolean
core_runs (guint8 core, guint8 code)
{
  switch (code) {
  case JMP_ARM_ARCH_V6_M:
  case JMP_ARM_ARCH_V6S_M:
    return core != 0;
  case JMP_ARM_ARCH_V7:
    return core == JMP_ARM_ARCH_V7 || core == JMP_ARM_ARCH_V7E_M || core >= JMP_ARM_ARCH_V8M_MAIN;
  case JMP_ARM_ARCH_V7E_M:
    return core == JMP_ARM_ARCH_V7E_M || core >= JMP_ARM_ARCH_V8M_MAIN;
  case JMP_ARM_ARCH_V8M_BASE:
  case JMP_ARM_ARCH_V8M_MAIN:
    return core >= code;
  default:
    return core == code;
  }
}

static void
check_abi (JmpFitReport *self, const JmpImageHints *hints, const JmpPart *part)
{
  gboolean runs = hints->cpu_arch == 0 || core_runs (part->cpu_arch, hints->cpu_arch);

  self->needs_fpu = hints->hard_float && !part->has_fpu;
  if (!runs || self->needs_fpu)
    self->abi = JMP_FIT_ANSWER_NO;
  else if (hints->cpu_arch != 0 || hints->hard_float)
    self->abi = JMP_FIT_ANSWER_YES;
}

/* Families are named as parts begin: "STM32F4". */
static void
check_family (JmpFitReport *self, const JmpImageHints *hints, const JmpPart *part)
{
  const char *family = hints->has_family ? jmp_uf2_family_to_string (hints->family) : NULL;

  if (family != NULL)
    self->family = g_str_has_prefix (part->name, family) ? JMP_FIT_ANSWER_YES : JMP_FIT_ANSWER_NO;
}

/* A part is known for its main flash, which is alt setting 0. */
static JmpLayout *
find_part_layout (gconstpointer data, guint8 alt)
{
  return alt == 0 ? ((const JmpPart *)data)->layout : NULL;
}

static JmpFitReport *
check_part (JmpImage *image, const JmpPart *part)
{
  JmpFitReport *self = check (image, part->name, find_part_layout, part);

  if (self->has_vectors)
    self->stack = check_stack (part, self->vectors.stack);
  check_abi (self, jmp_image_get_hints (image), part);
  check_family (self, jmp_image_get_hints (image), part);
  decide (self);
  return self;
}

static int
compare_parts (gconstpointer a, gconstpointer b)
{
  const JmpPart *pa = *(const JmpPart *const *)a;
  const JmpPart *pb = *(const JmpPart *const *)b;
  guint64 sa = jmp_layout_get_size (pa->layout);
  guint64 sb = jmp_layout_get_size (pb->layout);

  if (sa != sb)
    return sa < sb ? -1 : 1;
  return g_strcmp0 (pa->name, pb->name);
}

static void
find_takers (JmpFitReport *self, JmpImage *image, JmpParts *parts, const JmpPart *part)
{
  g_autoptr (GPtrArray) takers = g_ptr_array_new ();
  JmpLayout *good = NULL;

  for (guint i = 0; i < jmp_parts_get_n (parts); i++) {
    const JmpPart *other = jmp_parts_get (parts, i);

    if (!jmp_part_is_same_line (part, other))
      continue;
    /* Parts with the same memories stand together often; the answer is the same. */
    if (other->layout != good) {
      g_autoptr (JmpFitReport) report = check_part (image, other);

      if (!report->fits)
        continue;
      good = other->layout;
    }
    g_ptr_array_add (takers, (gpointer)other);
  }
  g_ptr_array_sort (takers, compare_parts);
  for (guint i = 0; i < takers->len; i++)
    g_ptr_array_add (self->takers, g_strdup (((const JmpPart *)takers->pdata[i])->name));
}

/**
 * jmp_fit_check_part:
 * @image: firmware
 * @parts: the table that has @part
 * @part: a part
 *
 * Compares firmware with a part: whether each range has flash, the initial stack pointer lies in RAM,
 * the start is in the file, and the core can run it. Where it does not fit, looks for parts of the same
 * line that it does.
 *
 * Returns: (transfer full): the report
 */
JmpFitReport *
jmp_fit_check_part (JmpImage *image, JmpParts *parts, const JmpPart *part)
{
  JmpFitReport *self = check_part (image, part);

  if (!self->fits)
    find_takers (self, image, parts, part);
  return self;
}

static JmpLayout *
find_info_layout (gconstpointer data, guint8 alt)
{
  const JmpDfuAlt *found = jmp_dfu_info_find_alt (data, alt);

  return found != NULL ? found->layout : NULL;
}

/**
 * jmp_fit_check_info:
 * @image: firmware
 * @info: what a board says about itself
 *
 * Compares firmware with a board's memory maps. A board says nothing of its RAM or its core, so those
 * answers are %JMP_FIT_ANSWER_UNKNOWN.
 *
 * Returns: (transfer full): the report
 */
JmpFitReport *
jmp_fit_check_info (JmpImage *image, const JmpDfuInfo *info)
{
  JmpFitReport *self = check (
      image, info->product != NULL ? info->product : "the board", find_info_layout, info);

  decide (self);
  return self;
}

static const JmpFitRange *
find_bad_range (const JmpFitReport *self)
{
  for (guint i = 0; i < self->ranges->len; i++) {
    const JmpFitRange *range = &g_array_index (self->ranges, JmpFitRange, i);

    if (range->missing > 0 || !range->writable)
      return range;
  }
  return NULL;
}

/**
 * jmp_fit_report_to_error:
 * @self: a report
 *
 * The first and gravest reason why the file does not fit.
 *
 * Returns: (transfer full) (nullable): %JMP_ERROR_DOES_NOT_FIT (memory), %JMP_ERROR_WRITE_PROTECTED, or
 *   %JMP_ERROR_MISMATCH (RAM, core, family, start); %NULL when it fits
 */
GError *
jmp_fit_report_to_error (const JmpFitReport *self)
{
  const JmpFitRange *range = find_bad_range (self);

  if (self->fits)
    return NULL;
  if (self->past > 0)
    return g_error_new (JMP_ERROR,
                        JMP_ERROR_DOES_NOT_FIT,
                        "it ends %u bytes past the end of the flash of %s",
                        self->past,
                        self->name);
  if (range != NULL && range->missing > 0)
    return g_error_new (JMP_ERROR,
                        JMP_ERROR_DOES_NOT_FIT,
                        "%u of %u bytes at 0x%08X (alt %u) have no memory on %s",
                        range->missing,
                        range->size,
                        range->address,
                        range->alt,
                        self->name);
  if (range != NULL)
    return g_error_new (JMP_ERROR,
                        JMP_ERROR_WRITE_PROTECTED,
                        "0x%08X (alt %u) of %s cannot be written",
                        range->address,
                        range->alt,
                        self->name);
  if (self->stack == JMP_FIT_ANSWER_NO)
    return g_error_new (JMP_ERROR,
                        JMP_ERROR_MISMATCH,
                        "its stack begins at 0x%08X, where %s has no RAM",
                        self->vectors.stack,
                        self->name);
  if (self->abi == JMP_FIT_ANSWER_NO)
    return g_error_new (JMP_ERROR,
                        JMP_ERROR_MISMATCH,
                        self->needs_fpu ? "it needs an FPU, and %s has none"
                                        : "it is built for a core that %s does not have",
                        self->name);
  if (self->family == JMP_FIT_ANSWER_NO)
    return g_error_new (
        JMP_ERROR, JMP_ERROR_MISMATCH, "its UF2 family is that of other parts than %s", self->name);
  return g_error_new (JMP_ERROR, JMP_ERROR_MISMATCH, "its start is not in the file");
}

/**
 * jmp_fit_answer_to_string:
 * @answer: an answer
 *
 * The stable word for @answer, as it stands in the command's JSON.
 *
 * Returns: (transfer none): a static string
 */
const char *
jmp_fit_answer_to_string (JmpFitAnswer answer)
{
  switch (answer) {
  case JMP_FIT_ANSWER_UNKNOWN:
    return "unknown";
  case JMP_FIT_ANSWER_YES:
    return "yes";
  case JMP_FIT_ANSWER_NO:
    return "no";
  }
  return "unknown";
}
