/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a DfuSe board answers to an UPLOAD (AN3156, 5.4). */

#include "virtual/machine-private.h"

#include <string.h>

/* A reply that is shorter than asked for ends the upload (DFU 1.1, 6.2). */
static JmpVirtualAnswer
finish_upload (JmpVirtualMachine *self, const JmpUsbSetup *setup, gsize length)
{
  self->state = length < setup->length ? JMP_VIRTUAL_IDLE : JMP_VIRTUAL_UPLOAD_IDLE;
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK, .length = length };
}

static JmpVirtualAnswer
upload_commands (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  const guint8 commands[] = {
    JMP_VIRTUAL_GET_COMMANDS, JMP_VIRTUAL_SET_ADDRESS, JMP_VIRTUAL_ERASE, JMP_VIRTUAL_READ_UNPROTECT
  };
  gsize known = self->profile->has_read_unprotect ? 4 : 3;
  gsize length = MIN (known, setup->length);

  memcpy (data, commands, length);
  return finish_upload (self, setup, length);
}

static JmpVirtualAnswer
upload_block (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  guint32 address;

  if (self->read_protection > 0)
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_VENDOR);
  if (!jmp_virtual_machine_block_address (self, setup->value, setup->length, &address))
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_ADDRESS);
  if (!jmp_layout_allows (layout, address, setup->length, JMP_ACCESS_READ, NULL)) {
    jmp_virtual_ledger_violation (self->ledger, "UPLOAD at 0x%08X, which cannot be read", address);
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_VENDOR);
  }
  if (!jmp_virtual_memory_peek (self->memory, self->alt, address, data, setup->length))
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_ADDRESS);
  self->ledger->counters.bytes_read += setup->length;
  return finish_upload (self, setup, setup->length);
}

/* Answers an UPLOAD, in DfuSe's way or in that of DFU 1.1. */
JmpVirtualAnswer
jmp_virtual_machine_upload (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  const JmpVirtualProfile *profile = self->profile;

  if (self->state != JMP_VIRTUAL_IDLE && self->state != JMP_VIRTUAL_UPLOAD_IDLE) {
    jmp_virtual_ledger_violation (
        self->ledger, "UPLOAD in %s", jmp_virtual_machine_state_name (self));
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_STALLEDPKT);
  }
  if (setup->length > profile->transfer_size
      || (setup->value == 1 && !profile->is_plain && !profile->is_silent)) {
    jmp_virtual_ledger_violation (
        self->ledger, "UPLOAD of %u bytes with wBlockNum %u", setup->length, setup->value);
    return jmp_virtual_machine_fail_upload (self, JMP_VIRTUAL_ERR_STALLEDPKT);
  }
  if (profile->is_plain)
    return jmp_virtual_plain_upload (self, setup, data);
  if (setup->value < 2 && profile->is_silent)
    return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_NO_ANSWER };
  if (setup->value == 0)
    return upload_commands (self, setup, data);
  if (profile->longest_block != 0 && setup->length > profile->longest_block)
    return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
  return upload_block (self, setup, data);
}
