/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a DNLOAD makes the board do: ST's commands and data blocks (AN3156, 5). */

#include "virtual/machine-private.h"

#include "base/bytes.h"

#define COMMAND_BLOCK 0
#define FIRST_BLOCK   2

/* A ROM needs a moment even for that: SET_ADDRESS is done 1-2 ms after its DNLOAD. */
#define SET_ADDRESS_US 300

/* pointer + (wBlockNum - 2) * wTransferSize, with the constant of the descriptor whatever the length
 * of this block (AN3156, 4.2). FALSE when that is past the end of the address space or of the map. */
gboolean
jmp_virtual_machine_block_address (JmpVirtualMachine *self,
                                   guint16 block,
                                   gsize length,
                                   guint32 *address)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  guint64 at = (guint64)self->pointer
               + (guint64)(block - FIRST_BLOCK) * self->profile->transfer_size;

  if (at <= G_MAXUINT32 && jmp_layout_allows (layout, (guint32)at, length, (JmpAccess)0, NULL)) {
    *address = (guint32)at;
    return TRUE;
  }
  jmp_virtual_ledger_violation (self->ledger,
                                "block %u is 0x%08" G_GINT64_MODIFIER "X +0x%X, outside the map",
                                block,
                                at,
                                (guint)length);
  return FALSE;
}

static JmpVirtualWork
work_failed (JmpVirtualDfuStatus status, guint32 poll_ms)
{
  return (JmpVirtualWork){ .status = status, .fails = TRUE, .poll_ms = poll_ms };
}

/* The boot loader's own memory, or memory that the chip does not have. */
static gboolean
is_refused (JmpVirtualMachine *self, guint32 address, guint32 poll_ms, JmpVirtualWork *work)
{
  const JmpVirtualRefusal *refusal = jmp_virtual_refusal_find (self->profile, address);

  if (refusal == NULL)
    return FALSE;
  *work = work_failed (JMP_VIRTUAL_ERR_ADDRESS, poll_ms);
  work->string = refusal->string;
  return TRUE;
}

static guint32
poll_of (guint of_alt, guint32 of_board)
{
  return of_alt != 0 ? of_alt : of_board;
}

/* Erases a sector, counts it, and remembers what was in it. Returns how long it takes, in us. */
guint
jmp_virtual_machine_erase (JmpVirtualMachine *self, const JmpSector *sector)
{
  JmpVirtualCounters *counters = &self->ledger->counters;
  guint us;

  jmp_virtual_undo_begin (
      &self->undo, self->memory, JMP_VIRTUAL_ERASES, self->alt, sector->address, sector->size);
  us = jmp_virtual_memory_erase (self->memory, self->alt, sector);
  jmp_virtual_undo_end (&self->undo, self->memory, us);
  if (us > 0) {
    counters->sectors_erased++;
    counters->bytes_erased += sector->size;
  }
  return us;
}

/* Programs the block that was downloaded, counts it, and remembers what was there. */
JmpVirtualProgram
jmp_virtual_machine_program (JmpVirtualMachine *self, guint32 address)
{
  JmpVirtualProgram program;

  jmp_virtual_undo_begin (
      &self->undo, self->memory, JMP_VIRTUAL_PROGRAMS, self->alt, address, self->buffered);
  program = jmp_virtual_memory_program (
      self->memory, self->alt, address, self->buffer, self->buffered);
  jmp_virtual_undo_end (&self->undo, self->memory, program.us);
  self->ledger->counters.bytes_programmed += self->buffered;
  if (program.conflict)
    jmp_virtual_ledger_violation (
        self->ledger, "write at 0x%08X, which is not erased", program.conflict_at);
  return program;
}

/* The pointer may stand in the memory of any alt setting; data and erase may not. */
static gboolean
is_anywhere (JmpVirtualMachine *self, guint32 address)
{
  JmpSector sector;

  for (guint alt = 0; alt < jmp_virtual_memory_n_alts (self->memory); alt++) {
    if (jmp_layout_find (jmp_virtual_memory_layout (self->memory, alt), address, &sector))
      return TRUE;
  }
  return FALSE;
}

static JmpVirtualWork
set_address (JmpVirtualMachine *self, guint32 address)
{
  guint32 poll = self->profile->poll_address;

  if (self->read_protection > 0)
    return work_failed (JMP_VIRTUAL_ERR_VENDOR, poll);
  if (!is_anywhere (self, address)) {
    jmp_virtual_ledger_violation (self->ledger, "SET_ADDRESS 0x%08X, outside the map", address);
    return work_failed (JMP_VIRTUAL_ERR_TARGET, poll);
  }
  self->pointer = address;
  return (JmpVirtualWork){ .us = SET_ADDRESS_US, .poll_ms = poll };
}

/* Whether the sector is one to erase; the reason in @work otherwise. */
static gboolean
may_erase (JmpVirtualMachine *self, guint32 address, JmpSector *sector, JmpVirtualWork *work)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);

  if (self->read_protection > 0) {
    *work = work_failed (JMP_VIRTUAL_ERR_VENDOR, work->poll_ms);
    return FALSE;
  }
  if (!jmp_layout_find (layout, address, sector)) {
    jmp_virtual_ledger_violation (self->ledger, "erase at 0x%08X, outside the map", address);
    *work = work_failed (JMP_VIRTUAL_ERR_TARGET, work->poll_ms);
    return FALSE;
  }
  if (is_refused (self, address, work->poll_ms, work))
    return FALSE;
  if ((sector->access & JMP_ACCESS_ERASE) == 0) {
    jmp_virtual_ledger_violation (self->ledger, "erase at 0x%08X, which has no erase", address);
    *work = work_failed (JMP_VIRTUAL_ERR_ERASE, work->poll_ms);
    return FALSE;
  }
  return TRUE;
}

static JmpVirtualWork
erase_sector (JmpVirtualMachine *self, guint32 address)
{
  guint poll_of_alt = self->profile->alts[self->alt].poll_erase;
  JmpVirtualWork work = { .poll_ms = poll_of (poll_of_alt, self->profile->poll_erase) };
  JmpSector sector;

  /* As in ST's stack, an erase moves the pointer, too: a host that writes without SET_ADDRESS
   * afterwards writes here. */
  self->pointer = address;
  if (!may_erase (self, address, &sector, &work))
    return work;
  if (address != sector.address)
    jmp_virtual_ledger_violation (
        self->ledger, "erase at 0x%08X, not the start of a sector", address);
  if (address == sector.address || !self->profile->erases_starts_only)
    work.us = jmp_virtual_machine_erase (self, &sector);
  self->erases++;
  self->stuck = self->erases == self->stuck_at;
  return work;
}

/* The flash, sector by sector: no part of the time is left when the last one is done. */
static JmpVirtualWork
erase_flash (JmpVirtualMachine *self)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, 0);
  guint64 size = jmp_layout_get_size (layout);
  JmpVirtualCounters *counters = &self->ledger->counters;
  JmpSector sector;

  for (guint i = 0; jmp_layout_get_sector (layout, i, &sector); i++) {
    if (!jmp_virtual_memory_is_erased_with_all (self->memory, &sector))
      continue;
    jmp_virtual_undo_begin (
        &self->undo, self->memory, JMP_VIRTUAL_ERASES, 0, sector.address, sector.size);
    jmp_virtual_memory_wipe (self->memory, &sector);
    jmp_virtual_undo_end (&self->undo,
                          self->memory,
                          (guint)((guint64)self->profile->mass_erase_us * sector.size / size));
    counters->sectors_erased++;
    counters->bytes_erased += sector.size;
  }
  return (JmpVirtualWork){ .poll_ms = self->profile->poll_erase,
                           .us = self->profile->mass_erase_us };
}

static JmpVirtualWork
mass_erase (JmpVirtualMachine *self)
{
  if (self->read_protection > 0)
    return work_failed (JMP_VIRTUAL_ERR_VENDOR, self->profile->poll_erase);
  if (self->profile->ignores_mass_erase)
    return (JmpVirtualWork){ .poll_ms = self->profile->poll_erase };
  return erase_flash (self);
}

/* Back to level 0 costs the whole flash, and the chip resets. */
static JmpVirtualWork
read_unprotect (JmpVirtualMachine *self)
{
  JmpVirtualWork work;

  if (!self->profile->has_read_unprotect)
    return (JmpVirtualWork){ .poll_ms = self->profile->poll_erase };
  work = erase_flash (self);
  jmp_virtual_protection_lift (self);
  work.after = JMP_VIRTUAL_RESTART;
  return work;
}

static JmpVirtualWork
run_command (JmpVirtualMachine *self)
{
  guint8 command = self->buffer[0];
  gboolean has_address = self->buffered == 5;
  guint32 address = has_address ? jmp_get_u32 (self->buffer + 1) : 0;

  if (command == JMP_VIRTUAL_SET_ADDRESS && has_address)
    return set_address (self, address);
  if (command == JMP_VIRTUAL_ERASE && has_address)
    return erase_sector (self, address);
  if (command == JMP_VIRTUAL_ERASE && self->buffered == 1)
    return mass_erase (self);
  if (command == JMP_VIRTUAL_READ_UNPROTECT && self->buffered == 1 && !self->profile->is_silent)
    return read_unprotect (self);
  jmp_virtual_ledger_violation (
      self->ledger, "unknown command 0x%02X of %u bytes", command, (guint)self->buffered);
  /* mboot goes to dfuERROR, and leaves the status at OK */
  return work_failed (self->profile->is_silent ? JMP_VIRTUAL_STATUS_OK : JMP_VIRTUAL_ERR_STALLEDPKT,
                      0);
}

static JmpVirtualWork
write_block (JmpVirtualMachine *self)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  guint poll_of_alt = self->profile->alts[self->alt].poll_block;
  guint32 poll = poll_of (poll_of_alt, self->profile->poll_block);
  gboolean resets = jmp_virtual_memory_kind (self->memory, self->alt) == JMP_VIRTUAL_OPTION_BYTES;
  JmpVirtualProgram program;
  JmpVirtualWork work;
  guint32 address;

  if (self->read_protection > 0)
    return work_failed (JMP_VIRTUAL_ERR_VENDOR, poll);
  if (!jmp_virtual_machine_block_address (self, self->block, self->buffered, &address))
    return work_failed (JMP_VIRTUAL_ERR_ADDRESS, poll);
  if (is_refused (self, address, poll, &work))
    return work;
  if (!jmp_layout_allows (layout, address, self->buffered, JMP_ACCESS_WRITE, NULL)) {
    jmp_virtual_ledger_violation (self->ledger, "write at 0x%08X, which has no write", address);
    return work_failed (JMP_VIRTUAL_ERR_PROG, poll);
  }
  program = jmp_virtual_machine_program (self, address);
  return (JmpVirtualWork){
    .status = program.refused ? JMP_VIRTUAL_ERR_PROG : JMP_VIRTUAL_STATUS_OK,
    .fails = program.refused,
    .us = program.us,
    .poll_ms = poll,
    .after = resets ? JMP_VIRTUAL_RESTART : JMP_VIRTUAL_STAY,
  };
}

/* Does what the buffered DNLOAD asks for, at once; the time that it takes is for the board to let
 * pass, and its outcome for the GETSTATUS after that. */
JmpVirtualWork
jmp_virtual_machine_work (JmpVirtualMachine *self)
{
  jmp_virtual_undo_clear (&self->undo);
  if (self->profile->is_plain)
    return jmp_virtual_plain_work (self);
  return self->block == COMMAND_BLOCK ? run_command (self) : write_block (self);
}
