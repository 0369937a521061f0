/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "dfu/layout-private.h"

struct _JmpLayout {
  char *name;
  JmpSectorRun *runs;
  guint n_runs;
  guint n_sectors;
};

/* Adds sectors from @address on, as many as end below 4 GiB. Returns the address behind all of
 * them, those that were clamped included, at most 4 GiB. */
guint64
jmp_layout_builder_add (
    JmpLayoutBuilder *builder, guint64 address, guint64 count, guint64 size, JmpAccess access)
{
  guint64 end, fits;

  if (count == 0 || size == 0 || address >= JMP_LAYOUT_FOUR_GIB)
    return address;
  end = size >= JMP_LAYOUT_FOUR_GIB
            ? JMP_LAYOUT_FOUR_GIB
            : MIN (address + MIN (count, JMP_LAYOUT_FOUR_GIB) * size, JMP_LAYOUT_FOUR_GIB);
  fits = MIN (count, (JMP_LAYOUT_FOUR_GIB - address) / size);
  if (fits > 0 && size < JMP_LAYOUT_FOUR_GIB) {
    JmpSectorRun run = {
      .address = (guint32)address,
      .size = (guint32)size,
      .count = (guint32)MIN (fits, G_MAXUINT32),
      .access = access & builder->mask,
    };
    g_array_append_val (builder->runs, run);
    builder->n_sectors += run.count;
  }
  return end;
}

/* The layout of all that was added; @builder has nothing left then. */
JmpLayout *
jmp_layout_builder_end (JmpLayoutBuilder *builder, const char *name)
{
  JmpLayout *self = g_atomic_rc_box_new0 (JmpLayout);

  self->name = g_strdup (name);
  self->n_runs = builder->runs->len;
  self->n_sectors = (guint)MIN (builder->n_sectors, G_MAXUINT);
  self->runs = (JmpSectorRun *)(void *)g_array_free (g_steal_pointer (&builder->runs), FALSE);
  return self;
}

/**
 * jmp_layout_new:
 * @name: what the memory is called
 * @runs: (array length=n_runs): runs of equal sectors
 * @n_runs: how many runs
 *
 * Makes a layout from data that the program knows by itself. Runs without bytes are left out, and
 * what lies past 4 GiB is cut off.
 *
 * Returns: (transfer full): the layout
 */
JmpLayout *
jmp_layout_new (const char *name, const JmpSectorRun *runs, guint n_runs)
{
  JmpLayoutBuilder builder = {
    .runs = g_array_new (FALSE, TRUE, sizeof (JmpSectorRun)),
    .mask = JMP_ACCESS_READ | JMP_ACCESS_ERASE | JMP_ACCESS_WRITE,
  };

  for (guint i = 0; i < n_runs; i++)
    jmp_layout_builder_add (&builder, runs[i].address, runs[i].count, runs[i].size, runs[i].access);
  return jmp_layout_builder_end (&builder, name);
}

static void
layout_clear (gpointer data)
{
  JmpLayout *self = data;

  g_free (self->name);
  g_free (self->runs);
}

/**
 * jmp_layout_ref:
 * @self: a layout
 *
 * Returns: (transfer full): @self
 */
JmpLayout *
jmp_layout_ref (JmpLayout *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_layout_unref:
 * @self: (transfer full): a layout
 */
void
jmp_layout_unref (JmpLayout *self)
{
  g_atomic_rc_box_release_full (self, layout_clear);
}

/**
 * jmp_layout_get_name:
 * @self: a layout
 *
 * Returns: (transfer none): what the memory is called, in printable ASCII; may be empty
 */
const char *
jmp_layout_get_name (JmpLayout *self)
{
  return self->name;
}

/**
 * jmp_layout_get_runs:
 * @self: a layout
 * @n_runs: (out): how many
 *
 * Returns: (transfer none) (array length=n_runs): the runs of equal sectors, in the string's order
 */
const JmpSectorRun *
jmp_layout_get_runs (JmpLayout *self, guint *n_runs)
{
  *n_runs = self->n_runs;
  return self->runs;
}

/**
 * jmp_layout_get_n_sectors:
 * @self: a layout
 *
 * Returns: the number of sectors in all runs
 */
guint
jmp_layout_get_n_sectors (JmpLayout *self)
{
  return self->n_sectors;
}

static void
fill_sector (const JmpSectorRun *run, guint first, guint32 nth, JmpSector *out)
{
  *out = (JmpSector){
    .index = first + nth,
    .address = run->address + nth * run->size,
    .size = run->size,
    .access = run->access,
  };
}

/**
 * jmp_layout_get_sector:
 * @self: a layout
 * @index: which sector, counted from 0 through all runs in their order
 * @out: (out): the sector
 *
 * Returns: %FALSE when there are not so many
 */
gboolean
jmp_layout_get_sector (JmpLayout *self, guint index, JmpSector *out)
{
  guint first = 0;

  for (guint i = 0; i < self->n_runs; i++) {
    const JmpSectorRun *run = &self->runs[i];

    if (index - first < run->count) {
      fill_sector (run, first, index - first, out);
      return TRUE;
    }
    first += run->count;
  }
  return FALSE;
}

static guint64
run_end (const JmpSectorRun *run)
{
  return run->address + (guint64)run->count * run->size;
}

static gboolean
run_contains (const JmpSectorRun *run, guint64 address)
{
  return address >= run->address && address < run_end (run);
}

/**
 * jmp_layout_find:
 * @self: a layout
 * @address: an address
 * @out: (out) (optional): the sector that holds the byte at @address
 *
 * Finds the sector of a byte. Where the device's zones overlap, the one that its string names first
 * counts, here and in jmp_layout_allows().
 *
 * Returns: %FALSE when no sector holds it
 */
gboolean
jmp_layout_find (JmpLayout *self, guint32 address, JmpSector *out)
{
  guint first = 0;

  for (guint i = 0; i < self->n_runs; i++) {
    const JmpSectorRun *run = &self->runs[i];

    if (run_contains (run, address)) {
      if (out != NULL)
        fill_sector (run, first, (address - run->address) / run->size, out);
      return TRUE;
    }
    first += run->count;
  }
  return FALSE;
}

/**
 * jmp_layout_get_size:
 * @self: a layout
 *
 * Returns: bytes in all sectors; those of zones that overlap count more than once
 */
guint64
jmp_layout_get_size (JmpLayout *self)
{
  guint64 size = 0;

  for (guint i = 0; i < self->n_runs; i++)
    size += (guint64)self->runs[i].count * self->runs[i].size;
  return size;
}

/* How far the rule of the first run that holds @at reaches: to the run's end, or to the beginning of
 * a run that is named before it. Returns @at where nothing allows @access. */
static guint64
allowed_until (JmpLayout *self, guint64 at, JmpAccess access)
{
  for (guint i = 0; i < self->n_runs; i++) {
    guint64 until = run_end (&self->runs[i]);

    if (!run_contains (&self->runs[i], at))
      continue;
    if ((self->runs[i].access & access) != access)
      return at;
    for (guint j = 0; j < i; j++) {
      if (self->runs[j].address > at)
        until = MIN (until, self->runs[j].address);
    }
    return until;
  }
  return at;
}

/**
 * jmp_layout_allows:
 * @self: a layout
 * @address: first byte
 * @length: how many bytes
 * @access: what is to be done with them
 * @where: (out) (optional): the first address with which it may not be done; the last address there
 *   is when the range runs past 4 GiB
 *
 * Whether every byte of a range lies in a sector that allows all of @access. A range of no bytes is
 * allowed.
 *
 * Returns: %FALSE, with @where set, when one does not
 */
gboolean
jmp_layout_allows (
    JmpLayout *self, guint32 address, guint64 length, JmpAccess access, guint32 *where)
{
  guint64 at = address;
  guint64 end = address + MIN (length, JMP_LAYOUT_FOUR_GIB);

  while (at < end) {
    guint64 until = allowed_until (self, at, access);

    if (until == at) {
      if (where != NULL)
        *where = (guint32)MIN (at, G_MAXUINT32);
      return FALSE;
    }
    at = until;
  }
  return TRUE;
}

static void
append_run (GString *text, const JmpSectorRun *run)
{
  const char *unit = "B";
  guint32 size = run->size;

  if (size % (1024 * 1024) == 0) {
    unit = "MiB";
    size /= 1024 * 1024;
  } else if (size % 1024 == 0) {
    unit = "KiB";
    size /= 1024;
  }
  g_string_append_printf (text, "0x%08X %u x %u %s ", run->address, run->count, size, unit);
  g_string_append_c (text, run->access != 0 ? (char)('a' + (int)run->access - 1) : '-');
  g_string_append_c (text, '\n');
}

/**
 * jmp_layout_to_string:
 * @self: a layout
 *
 * The layout for people: "0x08000000 4 x 16 KiB g", one line for each run.
 *
 * Returns: (transfer full): the text; every line ends with a line end
 */
char *
jmp_layout_to_string (JmpLayout *self)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < self->n_runs; i++)
    append_run (text, &self->runs[i]);
  return g_string_free (text, FALSE);
}

/**
 * jmp_sector_end:
 * @sector: a sector
 *
 * Returns: the address behind its last byte, up to 4 GiB
 */
guint64
jmp_sector_end (const JmpSector *sector)
{
  return (guint64)sector->address + sector->size;
}
