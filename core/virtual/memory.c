/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/memory-private.h"

#include <string.h>

/* Option bytes are erased and written by the chip itself when they are committed. */
#define OPTION_BYTES_US 20000

#define EXTERNAL_MEMORY 0x60000000

typedef struct {
  JmpLayout *layout;
  JmpVirtualMemoryKind kind;
  guint8 *bytes; /* the runs of the layout, one behind the other */
  gsize size;
  gboolean *protected; /* one for each sector */
  gboolean changed;
} Alt;

struct _JmpVirtualMemory {
  const JmpVirtualProfile *profile; /* (not owned) static */
  Alt alts[JMP_VIRTUAL_MAX_ALTS];
  guint n_alts;
};

/* What erased bytes read. */
static guint8
blank_byte (const JmpVirtualProfile *profile)
{
  return profile->erases_to_zero ? 0x00 : 0xFF;
}

static gboolean
alt_init (Alt *self, const JmpVirtualProfile *profile, const JmpVirtualAlt *alt, GError **error)
{
  self->layout = jmp_layout_parse (alt->map != NULL ? alt->map : alt->text, error);
  if (self->layout == NULL)
    return FALSE;
  self->kind = alt->kind;
  self->size = (gsize)jmp_layout_get_size (self->layout);
  self->bytes = g_malloc (self->size);
  memset (self->bytes, blank_byte (profile), self->size);
  self->protected = g_new0 (gboolean, jmp_layout_get_n_sectors (self->layout));
  if (alt->fill != NULL)
    alt->fill (self->bytes, self->size);
  return TRUE;
}

/* All memories of a new board of this kind. Fails only where a string of the table is no map. */
JmpVirtualMemory *
jmp_virtual_memory_new (const JmpVirtualProfile *profile, GError **error)
{
  g_autoptr (JmpVirtualMemory) self = g_new0 (JmpVirtualMemory, 1);

  self->profile = profile;
  while (self->n_alts < JMP_VIRTUAL_MAX_ALTS && profile->alts[self->n_alts].text != NULL) {
    const JmpVirtualAlt *alt = &profile->alts[self->n_alts];

    if (!alt->is_view && !alt_init (&self->alts[self->n_alts], profile, alt, error))
      return NULL;
    self->n_alts++;
  }
  return g_steal_pointer (&self);
}

void
jmp_virtual_memory_free (JmpVirtualMemory *self)
{
  for (guint i = 0; i < JMP_VIRTUAL_MAX_ALTS; i++) {
    g_clear_pointer (&self->alts[i].layout, jmp_layout_unref);
    g_free (self->alts[i].bytes);
    g_free (self->alts[i].protected);
  }
  g_free (self);
}

guint
jmp_virtual_memory_n_alts (JmpVirtualMemory *self)
{
  return self->n_alts;
}

/* What stands behind an alt setting, perhaps with others. */
static Alt *
behind (JmpVirtualMemory *self, guint alt)
{
  return &self->alts[jmp_virtual_memory_is_view (self, alt) ? 0 : alt];
}

/* Whether an alt setting is another name for the memory of alt setting 0. */
gboolean
jmp_virtual_memory_is_view (JmpVirtualMemory *self, guint alt)
{
  return self->profile->alts[alt].is_view;
}

JmpLayout *
jmp_virtual_memory_layout (JmpVirtualMemory *self, guint alt)
{
  return alt < self->n_alts ? behind (self, alt)->layout : NULL;
}

JmpVirtualMemoryKind
jmp_virtual_memory_kind (JmpVirtualMemory *self, guint alt)
{
  return behind (self, alt)->kind;
}

/* The bytes of @address and how many follow in the same run; NULL where nothing is. */
static guint8 *
find (Alt *self, guint32 address, gsize *left)
{
  gsize offset = 0;
  guint n_runs;
  const JmpSectorRun *runs = jmp_layout_get_runs (self->layout, &n_runs);

  for (guint i = 0; i < n_runs; i++) {
    gsize size = (gsize)runs[i].size * runs[i].count;

    if (address >= runs[i].address && address - runs[i].address < size) {
      gsize inside = address - runs[i].address;

      *left = size - inside;
      return self->bytes + offset + inside;
    }
    offset += size;
  }
  return NULL;
}

static gboolean
is_mapped (Alt *self, guint32 address, gsize length)
{
  return jmp_layout_allows (self->layout, address, length, (JmpAccess)0, NULL);
}

static void
wipe (JmpVirtualMemory *self, Alt *alt, const JmpSector *sector)
{
  gsize left;
  guint8 *at = find (alt, sector->address, &left);

  memset (at, blank_byte (self->profile), MIN (sector->size, left));
  alt->changed = TRUE;
}

static guint
erase_time (JmpVirtualMemory *self, guint32 size)
{
  for (const JmpVirtualEraseTime *time = self->profile->erase; time->size != 0; time++) {
    if (time->size == size)
      return time->us;
  }
  return self->profile->erase[0].us;
}

/* Erases one sector. A write-protected one stays as it is, in no time, and nobody is told: "no error
 * is returned when erasing write-protected sectors" (AN3156). Returns how long it takes, in us. */
guint
jmp_virtual_memory_erase (JmpVirtualMemory *self, guint alt, const JmpSector *sector)
{
  Alt *a = behind (self, alt);

  if (a->kind != JMP_VIRTUAL_FLASH || a->protected[sector->index])
    return 0;
  if (sector->address == 0 || sector->address != self->profile->not_erased)
    wipe (self, a, sector);
  return erase_time (self, sector->size);
}

/* Whether a mass erase gets at the sector: not at what is write-protected, the boot loader's own or
 * outside the chip, where the Cortex-M memory map has external memory. */
gboolean
jmp_virtual_memory_is_erased_with_all (JmpVirtualMemory *self, const JmpSector *sector)
{
  return !self->alts[0].protected[sector->index]
         && jmp_virtual_refusal_find (self->profile, sector->address) == NULL
         && sector->address < EXTERNAL_MEMORY;
}

/* As one sector's part of a mass erase. */
void
jmp_virtual_memory_wipe (JmpVirtualMemory *self, const JmpSector *sector)
{
  wipe (self, &self->alts[0], sector);
}

static gboolean
is_protected (Alt *self, guint32 address)
{
  JmpSector sector;

  return jmp_layout_find (self->layout, address, &sector) && self->protected[sector.index];
}

/* What the technology makes of @value where @old is. */
static guint8
settle (JmpVirtualMemory *self, JmpVirtualMemoryKind kind, guint8 old, guint8 value)
{
  switch (kind) {
  case JMP_VIRTUAL_FLASH:
  case JMP_VIRTUAL_OTP:
    return self->profile->erases_to_zero ? old | value : old & value;
  case JMP_VIRTUAL_EEPROM:
  case JMP_VIRTUAL_OPTION_BYTES:
  case JMP_VIRTUAL_REGISTERS:
    return value;
  }
  return old;
}

static gboolean
chip_refuses (JmpVirtualMemory *self, Alt *alt, const JmpVirtualProgram *result)
{
  return result->conflict && alt->kind == JMP_VIRTUAL_FLASH && self->profile->refuses_unerased;
}

static guint
program_time (JmpVirtualMemory *self, Alt *alt, gsize length)
{
  gsize unit = self->profile->program_unit;

  switch (alt->kind) {
  case JMP_VIRTUAL_FLASH:
  case JMP_VIRTUAL_EEPROM:
  case JMP_VIRTUAL_OTP:
    return (guint)((length + unit - 1) / unit) * self->profile->program_us;
  case JMP_VIRTUAL_OPTION_BYTES:
    return OPTION_BYTES_US;
  case JMP_VIRTUAL_REGISTERS:
    return 0;
  }
  return 0;
}

/* Programs @length bytes. Bytes of write-protected sectors are dropped, and nobody is told. */
JmpVirtualProgram
jmp_virtual_memory_program (
    JmpVirtualMemory *self, guint alt, guint32 address, const guint8 *data, gsize length)
{
  Alt *a = behind (self, alt);
  JmpVirtualProgram result = { .us = program_time (self, a, length) };

  if (!is_mapped (a, address, length))
    return result;
  for (gsize i = 0; i < length; i++) {
    guint32 where = address + (guint32)i;
    gsize left;
    guint8 *at = find (a, where, &left);
    guint8 now = settle (self, a->kind, *at, data[i]);

    if (is_protected (a, where))
      continue;
    if (now != data[i] && !result.conflict) {
      result.conflict = TRUE;
      result.conflict_at = where;
    }
    if (chip_refuses (self, a, &result)) {
      result.refused = TRUE;
      return result;
    }
    a->changed |= now != *at;
    *at = now;
  }
  return result;
}

/* What erased bytes read. */
guint8
jmp_virtual_memory_blank_byte (JmpVirtualMemory *self)
{
  return blank_byte (self->profile);
}

/* How many bytes are programmed at once. */
guint
jmp_virtual_memory_program_unit (JmpVirtualMemory *self)
{
  return self->profile->program_unit;
}

/* Write-protects the sector at @address; FALSE where none is. */
gboolean
jmp_virtual_memory_protect (JmpVirtualMemory *self, guint alt, guint32 address)
{
  JmpSector sector;

  if (alt >= self->n_alts || !jmp_layout_find (behind (self, alt)->layout, address, &sector))
    return FALSE;
  behind (self, alt)->protected[sector.index] = TRUE;
  return TRUE;
}

/* Reads @length bytes; FALSE, with nothing read, when the map does not have them all. */
gboolean
jmp_virtual_memory_peek (
    JmpVirtualMemory *self, guint alt, guint32 address, guint8 *data, gsize length)
{
  if (alt >= self->n_alts || !is_mapped (behind (self, alt), address, length))
    return FALSE;
  while (length > 0) {
    gsize left;
    const guint8 *at = find (behind (self, alt), address, &left);
    gsize count = MIN (left, length);

    memcpy (data, at, count);
    data += count;
    address += (guint32)count;
    length -= count;
  }
  return TRUE;
}

/* Writes @length bytes past all rules; FALSE, with nothing written, outside the map. */
gboolean
jmp_virtual_memory_poke (
    JmpVirtualMemory *self, guint alt, guint32 address, const guint8 *data, gsize length)
{
  if (alt >= self->n_alts || !is_mapped (behind (self, alt), address, length))
    return FALSE;
  behind (self, alt)->changed |= length > 0;
  while (length > 0) {
    gsize left;
    guint8 *at = find (behind (self, alt), address, &left);
    gsize count = MIN (left, length);

    memcpy (at, data, count);
    data += count;
    address += (guint32)count;
    length -= count;
  }
  return TRUE;
}

/* All bytes of an alt setting, sector behind sector in the order of its map. */
guint8 *
jmp_virtual_memory_raw (JmpVirtualMemory *self, guint alt, gsize *size)
{
  *size = behind (self, alt)->size;
  return behind (self, alt)->bytes;
}

/* Whether anything was changed since it was last set to unchanged. */
gboolean
jmp_virtual_memory_is_changed (JmpVirtualMemory *self, guint alt)
{
  return behind (self, alt)->changed;
}

void
jmp_virtual_memory_set_changed (JmpVirtualMemory *self, guint alt, gboolean changed)
{
  behind (self, alt)->changed = changed;
}
