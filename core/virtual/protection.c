/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Read-out protection: a level, and on parts where it is known an option byte that holds it (RM0090,
 * 3.7.3). The chip looks at the byte when it starts; level 2 is for ever, and has no boot loader. */

#include "virtual/machine-private.h"

#define LEVEL_0 0xAA
#define LEVEL_1 0x55
#define LEVEL_2 0xCC

#define OPTION_BYTES_ALT 1

/* Takes over what the option byte says. */
void
jmp_virtual_protection_load (JmpVirtualMachine *self)
{
  guint32 at = self->profile->protection_at;
  guint8 byte;

  if (at == 0 || !jmp_virtual_memory_peek (self->memory, OPTION_BYTES_ALT, at, &byte, 1))
    return;
  self->read_protection = byte == LEVEL_0 ? 0 : byte == LEVEL_2 ? 2 : 1;
}

/* Sets the level and the byte that holds it. */
void
jmp_virtual_protection_store (JmpVirtualMachine *self, guint level)
{
  const guint8 byte = level == 0 ? LEVEL_0 : level == 1 ? LEVEL_1 : LEVEL_2;
  guint32 at = self->profile->protection_at;

  self->read_protection = level;
  if (at != 0)
    jmp_virtual_memory_poke (self->memory, OPTION_BYTES_ALT, at, &byte, 1);
}

/* Back to level 0, behind the erase that it costs: an erase that is interrupted leaves the level. */
void
jmp_virtual_protection_lift (JmpVirtualMachine *self)
{
  guint32 at = self->profile->protection_at;

  if (at != 0)
    jmp_virtual_undo_begin (
        &self->undo, self->memory, JMP_VIRTUAL_PROGRAMS, OPTION_BYTES_ALT, at, 1);
  jmp_virtual_protection_store (self, 0);
  if (at != 0)
    jmp_virtual_undo_end (&self->undo, self->memory, 0);
}
