/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* GETSTATUS, which does more than answer: it starts the work of a DNLOAD, and it makes the board
 * leave (DFU 1.1, 6.1.2 and A.2; AN3156, 5). */

#include "virtual/machine-private.h"

#include <string.h>

static JmpVirtualAnswer
done (gsize length)
{
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK, .length = length };
}

/* The first GETSTATUS after a DNLOAD answers dfuDNBUSY and starts the work (AN3156, 5). */
static JmpVirtualAnswer
start_work (JmpVirtualMachine *self, guint32 *poll_ms)
{
  JmpVirtualWork work = jmp_virtual_machine_work (self);
  JmpVirtualAnswer answer = done (0);

  self->pending = FALSE;
  self->state = JMP_VIRTUAL_DNBUSY;
  self->outcome = work.status;
  self->fails = work.fails;
  self->outcome_string = work.string;
  *poll_ms = work.poll_ms;
  answer.work_us = work.us;
  answer.after = work.after;
  return answer;
}

/* The GETSTATUS behind the empty DNLOAD. */
static JmpVirtualAnswer
manifest (JmpVirtualMachine *self)
{
  JmpVirtualAnswer answer = done (0);

  self->state = JMP_VIRTUAL_MANIFEST;
  switch (self->profile->leave) {
  case JMP_VIRTUAL_LEAVE_ANSWERS:
  case JMP_VIRTUAL_LEAVE_AT_ONCE:
    answer.after = JMP_VIRTUAL_START;
    break;
  case JMP_VIRTUAL_LEAVE_STALLS:
    answer.reply = JMP_VIRTUAL_STALL;
    answer.after = JMP_VIRTUAL_START;
    break;
  case JMP_VIRTUAL_LEAVE_WAITS:
  case JMP_VIRTUAL_LEAVE_STAYS:
    break;
  }
  return answer;
}

/* What a GETSTATUS does besides answering; @poll_ms is set where the host shall wait. */
static JmpVirtualAnswer
go_on (JmpVirtualMachine *self, guint32 *poll_ms)
{
  switch (self->state) {
  case JMP_VIRTUAL_DNLOAD_SYNC:
    if (self->pending)
      return start_work (self, poll_ms);
    self->state = JMP_VIRTUAL_DNLOAD_IDLE;
    break;
  case JMP_VIRTUAL_DNBUSY:
    *poll_ms = self->profile->poll_erase;
    break;
  case JMP_VIRTUAL_MANIFEST_SYNC:
    return manifest (self);
  case JMP_VIRTUAL_MANIFEST:
    self->state = self->profile->leave == JMP_VIRTUAL_LEAVE_STAYS ? JMP_VIRTUAL_IDLE
                                                                  : JMP_VIRTUAL_MANIFEST_WAIT_RESET;
    break;
  case JMP_VIRTUAL_APP_IDLE:
  case JMP_VIRTUAL_APP_DETACH:
  case JMP_VIRTUAL_IDLE:
  case JMP_VIRTUAL_DNLOAD_IDLE:
  case JMP_VIRTUAL_MANIFEST_WAIT_RESET:
  case JMP_VIRTUAL_UPLOAD_IDLE:
  case JMP_VIRTUAL_ERROR:
  case JMP_VIRTUAL_STRAY:
    break;
  }
  return done (0);
}

/* Answers a GETSTATUS. */
JmpVirtualAnswer
jmp_virtual_machine_status (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  guint32 poll_ms = 0;
  JmpVirtualAnswer answer = go_on (self, &poll_ms);
  const guint8 status[6] = {
    (guint8)self->status,    (guint8)poll_ms,     (guint8)(poll_ms >> 8),
    (guint8)(poll_ms >> 16), (guint8)self->state, self->string,
  };

  if (answer.reply != JMP_VIRTUAL_OK)
    return answer;
  answer.length = MIN (sizeof status, setup->length);
  memcpy (data, status, answer.length);
  /* mboot says it once */
  if (self->profile->is_silent) {
    self->status = JMP_VIRTUAL_STATUS_OK;
    self->string = 0;
  }
  return answer;
}
