/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A program with a DFU interface (DFU 1.1, 4.1 and 5.1): it knows nothing but the way to the boot
 * loader. The time-out of a DETACH is not kept: the reset that it waits for may come at any time. */

#include "virtual/machine-private.h"

#include <string.h>

#define TO_INTERFACE   0x21
#define FROM_INTERFACE 0xA1

#define DETACH    0
#define GETSTATUS 3
#define GETSTATE  5

#define WILL_DETACH 0x08

static JmpVirtualAnswer
answer (const JmpUsbSetup *setup, guint8 *data, const guint8 *bytes, gsize size)
{
  gsize length = MIN (size, setup->length);

  if (length > 0)
    memcpy (data, bytes, length);
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK, .length = length };
}

static JmpVirtualAnswer
detach (JmpVirtualMachine *self)
{
  self->state = JMP_VIRTUAL_APP_DETACH;
  return (JmpVirtualAnswer){
    .reply = JMP_VIRTUAL_OK,
    .after = (self->profile->attributes & WILL_DETACH) != 0 ? JMP_VIRTUAL_TO_DFU : JMP_VIRTUAL_STAY,
  };
}

/* Answers one class request while the program runs. */
JmpVirtualAnswer
jmp_virtual_run_time_request (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  const guint8 status[6] = { 0, 0, 0, 0, (guint8)self->state, 0 };

  if (setup->request_type == TO_INTERFACE && setup->request == DETACH)
    return detach (self);
  if (setup->request_type == FROM_INTERFACE && setup->request == GETSTATUS)
    return answer (setup, data, status, sizeof status);
  if (setup->request_type == FROM_INTERFACE && setup->request == GETSTATE)
    return answer (setup, data, &status[4], 1);
  jmp_virtual_ledger_violation (self->ledger,
                                "class request 0x%02X in %s",
                                setup->request,
                                jmp_virtual_machine_state_name (self));
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
}
