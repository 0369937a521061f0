/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* DFU 1.1 without ST's additions: one file for each alt setting, in blocks that are counted from 0 and
 * that the board puts where it wants; the page is erased when a block reaches it. */

#include "virtual/machine-private.h"

static const JmpVirtualAlt *
selected (JmpVirtualMachine *self)
{
  return &self->profile->alts[self->alt];
}

/* A block that is not the next one; the number starts again at 0 behind 0xFFFF (DFU 1.1, 3.1). */
static void
count_block (JmpVirtualMachine *self, const char *request, guint16 block)
{
  if (block != self->next_block)
    jmp_virtual_ledger_violation (
        self->ledger, "%s of block %u, where %u is next", request, block, self->next_block);
  self->next_block = (guint16)(block + 1);
}

/* Whether a DNLOAD is in place: an empty one ends a file, hence not before there is any; and nothing
 * comes behind a block that is shorter than the others (DFU 1.1, 6.1.1). */
gboolean
jmp_virtual_plain_accepts (JmpVirtualMachine *self, const JmpUsbSetup *setup)
{
  if (self->state == JMP_VIRTUAL_IDLE) {
    self->next_block = 0;
    self->file_ended = FALSE;
  }
  if (setup->length == 0)
    return self->state == JMP_VIRTUAL_DNLOAD_IDLE;
  if (self->file_ended)
    jmp_virtual_ledger_violation (self->ledger, "DNLOAD behind a short block");
  self->file_ended = setup->length < self->profile->transfer_size;
  count_block (self, "DNLOAD", setup->value);
  return TRUE;
}

static JmpVirtualWork
failed (JmpVirtualDfuStatus status)
{
  return (JmpVirtualWork){ .status = status, .fails = TRUE };
}

/* Erases the sectors that begin in the range. */
static guint
erase_begun (JmpVirtualMachine *self, guint32 address, gsize length)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  JmpSector sector;
  guint us = 0;

  for (guint i = 0; jmp_layout_get_sector (layout, i, &sector); i++) {
    if (sector.address >= address && sector.address - address < length)
      us += jmp_virtual_machine_erase (self, &sector);
  }
  return us;
}

/* Erases and programs the block that was downloaded. */
JmpVirtualWork
jmp_virtual_plain_work (JmpVirtualMachine *self)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  const JmpVirtualAlt *alt = selected (self);
  guint64 address = alt->base + (guint64)self->block * self->profile->transfer_size;
  JmpVirtualWork work = { .poll_ms = self->profile->poll_block };

  if (alt->refuses)
    return failed (JMP_VIRTUAL_ERR_TARGET);
  if (address > G_MAXUINT32
      || !jmp_layout_allows (layout, (guint32)address, self->buffered, JMP_ACCESS_WRITE, NULL))
    return failed (JMP_VIRTUAL_ERR_ADDRESS);
  if (self->block == 0 && alt->also_erased != 0)
    work.us += erase_begun (self, alt->also_erased, 1);
  work.us += erase_begun (self, (guint32)address, self->buffered);
  work.us += jmp_virtual_machine_program (self, (guint32)address).us;
  return work;
}

/* How much of the memory is left from @address on. */
static gsize
bytes_left (JmpVirtualMachine *self, guint64 address, gsize most)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  gsize left = most;

  while (left > 0
         && (address > G_MAXUINT32
             || !jmp_layout_allows (layout, (guint32)address, left, JMP_ACCESS_READ, NULL)))
    left--;
  return left;
}

/* The next block of what the alt setting holds; the one that is shorter than asked for is the last. */
JmpVirtualAnswer
jmp_virtual_plain_upload (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  const JmpVirtualAlt *alt = selected (self);
  guint64 address = alt->base + (guint64)setup->value * self->profile->transfer_size;
  gsize length = bytes_left (self, address, setup->length);

  if (alt->refuses)
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_TARGET);
  if (self->state == JMP_VIRTUAL_IDLE)
    self->next_block = 0;
  count_block (self, "UPLOAD", setup->value);
  if (length > 0)
    jmp_virtual_memory_peek (self->memory, self->alt, (guint32)address, data, length);
  self->ledger->counters.bytes_read += length;
  self->state = length < setup->length ? JMP_VIRTUAL_IDLE : JMP_VIRTUAL_UPLOAD_IDLE;
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK, .length = length };
}
