/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/machine-private.h"

#include <string.h>

/* bRequest (DFU 1.1, 3) */
enum {
  DETACH,
  DNLOAD,
  UPLOAD,
  GETSTATUS,
  CLRSTATUS,
  GETSTATE,
  ABORT,
};

#define DEFAULT_SEED 1

#define CLASS_TO_DEVICE 0x21
#define CLASS_TO_HOST   0xA1

static const char *
state_name (JmpVirtualDfuState state)
{
  switch (state) {
  case JMP_VIRTUAL_APP_IDLE:
    return "appIDLE";
  case JMP_VIRTUAL_APP_DETACH:
    return "appDETACH";
  case JMP_VIRTUAL_IDLE:
    return "dfuIDLE";
  case JMP_VIRTUAL_DNLOAD_SYNC:
    return "dfuDNLOAD-SYNC";
  case JMP_VIRTUAL_DNBUSY:
    return "dfuDNBUSY";
  case JMP_VIRTUAL_DNLOAD_IDLE:
    return "dfuDNLOAD-IDLE";
  case JMP_VIRTUAL_MANIFEST_SYNC:
    return "dfuMANIFEST-SYNC";
  case JMP_VIRTUAL_MANIFEST:
    return "dfuMANIFEST";
  case JMP_VIRTUAL_MANIFEST_WAIT_RESET:
    return "dfuMANIFEST-WAIT-RESET";
  case JMP_VIRTUAL_UPLOAD_IDLE:
    return "dfuUPLOAD-IDLE";
  case JMP_VIRTUAL_ERROR:
    return "dfuERROR";
  case JMP_VIRTUAL_STRAY:
    return "state 15";
  }
  return "?";
}

/* The name of the state that it is in (DFU 1.1, 6.1.2). */
const char *
jmp_virtual_machine_state_name (JmpVirtualMachine *self)
{
  return state_name (self->state);
}

/* A machine whose chip was never switched on; follow with jmp_virtual_machine_power_on(). */
void
jmp_virtual_machine_init (JmpVirtualMachine *self,
                          const JmpVirtualProfile *profile,
                          JmpVirtualMemory *memory,
                          JmpVirtualLedger *ledger)
{
  *self = (JmpVirtualMachine){
    .profile = profile,
    .memory = memory,
    .ledger = ledger,
    .random = DEFAULT_SEED,
  };
}

void
jmp_virtual_machine_clear (JmpVirtualMachine *self)
{
  jmp_virtual_undo_clear (&self->undo);
}

/* The boot loader starts, or the program where @run_time. On F4 and its like the boot loader does so in
 * dfuERROR with errFIRMWARE. */
void
jmp_virtual_machine_power_on (JmpVirtualMachine *self, gboolean run_time)
{
  self->run_time = run_time;
  jmp_virtual_machine_bus_reset (self);
  self->pointer = self->profile->start;
  jmp_virtual_protection_load (self);
  if (self->profile->starts_in_error && !run_time) {
    self->state = JMP_VIRTUAL_ERROR;
    self->status = JMP_VIRTUAL_ERR_FIRMWARE;
  }
}

/* A USB reset does not restart the boot loader: the address pointer stays. It is what one waits for
 * that cannot reset itself when it has its file (DFU 1.1, 7). */
JmpVirtualAfter
jmp_virtual_machine_bus_reset (JmpVirtualMachine *self)
{
  gboolean has_file = self->state == JMP_VIRTUAL_MANIFEST
                      || self->state == JMP_VIRTUAL_MANIFEST_WAIT_RESET;
  gboolean waits = self->profile->leave == JMP_VIRTUAL_LEAVE_WAITS;
  gboolean detaches = self->run_time && self->state == JMP_VIRTUAL_APP_DETACH;

  self->state = self->run_time ? JMP_VIRTUAL_APP_IDLE : JMP_VIRTUAL_IDLE;
  self->status = JMP_VIRTUAL_STATUS_OK;
  self->string = 0;
  self->alt = 0;
  self->pending = FALSE;
  self->stuck = FALSE;
  if (detaches)
    return JMP_VIRTUAL_TO_DFU;
  return has_file && waits ? JMP_VIRTUAL_START : JMP_VIRTUAL_STAY;
}

static JmpVirtualAnswer
done (gsize length)
{
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_OK, .length = length };
}

static JmpVirtualAnswer
fail (JmpVirtualMachine *self, JmpVirtualDfuState state, JmpVirtualDfuStatus status)
{
  self->state = state;
  self->status = status;
  self->pending = FALSE;
  self->stuck = FALSE;
  return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
}

/* What the standard does not allow in this state stalls and leads to dfuERROR (DFU 1.1, A.2). */
static JmpVirtualAnswer refuse (JmpVirtualMachine *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);

static JmpVirtualAnswer
refuse (JmpVirtualMachine *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  jmp_virtual_ledger_violation_v (self->ledger, format, args);
  va_end (args);
  return fail (self, JMP_VIRTUAL_ERROR, JMP_VIRTUAL_ERR_STALLEDPKT);
}

/* Chips that stall where nothing is wrong; nothing has happened then. */
static gboolean
stalls_for_no_reason (JmpVirtualMachine *self, const JmpUsbSetup *setup)
{
  const JmpVirtualProfile *profile = self->profile;

  if (setup->value == 0 || setup->length == 0)
    return FALSE;
  if (profile->longest_block != 0 && setup->length > profile->longest_block)
    return TRUE;
  if (profile->stalls_one_in == 0)
    return FALSE;
  self->random = self->random * 1664525 + 1013904223;
  return (self->random >> 16) % profile->stalls_one_in == 0;
}

/* The end of the file, or, with DfuSe, the order to start the program. */
static JmpVirtualAnswer
download_nothing (JmpVirtualMachine *self)
{
  JmpVirtualAnswer answer = done (0);

  self->state = JMP_VIRTUAL_MANIFEST_SYNC;
  if (self->profile->leave == JMP_VIRTUAL_LEAVE_AT_ONCE)
    answer.after = JMP_VIRTUAL_START;
  return answer;
}

/* DNLOAD only takes the bytes in; the work starts with the GETSTATUS that follows. */
static JmpVirtualAnswer
download (JmpVirtualMachine *self, const JmpUsbSetup *setup, const guint8 *data)
{
  gboolean is_plain = self->profile->is_plain;

  if (self->pending)
    return refuse (self, "DNLOAD without the GETSTATUS that starts the one before");
  if (self->state == JMP_VIRTUAL_DNLOAD_SYNC)
    return refuse (self, "DNLOAD without the GETSTATUS that ends the one before");
  if (self->state != JMP_VIRTUAL_IDLE && self->state != JMP_VIRTUAL_DNLOAD_IDLE)
    return refuse (self, "DNLOAD in %s", state_name (self->state));
  if (setup->length > self->profile->transfer_size)
    return refuse (self,
                   "DNLOAD of %u bytes, where a transfer has %u",
                   setup->length,
                   self->profile->transfer_size);
  if (stalls_for_no_reason (self, setup))
    return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
  if (is_plain && !jmp_virtual_plain_accepts (self, setup))
    return refuse (self, "empty DNLOAD in dfuIDLE");
  if (setup->length == 0)
    return download_nothing (self);
  if (setup->value == 1 && !is_plain)
    return refuse (self, "DNLOAD with wBlockNum 1, which is reserved");

  self->pending = TRUE;
  self->block = setup->value;
  self->buffered = setup->length;
  memcpy (self->buffer, data, setup->length);
  self->state = JMP_VIRTUAL_DNLOAD_SYNC;
  return done (setup->length);
}

/* See machine-private.h. */
JmpVirtualAnswer
jmp_virtual_machine_fail_upload (JmpVirtualMachine *self, JmpVirtualDfuStatus status)
{
  return fail (self, self->profile->state_after_bad_upload, status);
}

static JmpVirtualAnswer
be_idle (JmpVirtualMachine *self)
{
  self->state = JMP_VIRTUAL_IDLE;
  self->status = JMP_VIRTUAL_STATUS_OK;
  self->string = 0;
  self->pending = FALSE;
  return done (0);
}

/* Out of dfuERROR. Elsewhere, old ROMs shrug, and ST's stack makes an error of it, even of its own
 * state 15: hence the pair of CLRSTATUS that ST's tool sends. */
static JmpVirtualAnswer
clear_status (JmpVirtualMachine *self)
{
  if (self->state == JMP_VIRTUAL_ERROR)
    return be_idle (self);
  if (self->state < JMP_VIRTUAL_ERROR && !self->stuck)
    jmp_virtual_ledger_violation (self->ledger, "CLRSTATUS in %s", state_name (self->state));
  if (self->profile->clear_status == JMP_VIRTUAL_CLEAR_STALLS)
    return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
  if (self->stuck || self->profile->clear_status == JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR)
    fail (self, JMP_VIRTUAL_ERROR, JMP_VIRTUAL_ERR_UNKNOWN);
  return done (0);
}

static JmpVirtualAnswer
get_state (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  if (setup->length == 0)
    return done (0);
  data[0] = (guint8)self->state;
  return done (1);
}

static JmpVirtualAnswer
abort_transfer (JmpVirtualMachine *self)
{
  switch (self->state) {
  case JMP_VIRTUAL_IDLE:
  case JMP_VIRTUAL_DNLOAD_SYNC:
  case JMP_VIRTUAL_DNLOAD_IDLE:
  case JMP_VIRTUAL_MANIFEST_SYNC:
  case JMP_VIRTUAL_UPLOAD_IDLE:
    return be_idle (self);
  case JMP_VIRTUAL_ERROR:
    if (self->profile->is_silent)
      return be_idle (self);
    break;
  case JMP_VIRTUAL_APP_IDLE:
  case JMP_VIRTUAL_APP_DETACH:
  case JMP_VIRTUAL_DNBUSY:
  case JMP_VIRTUAL_MANIFEST:
  case JMP_VIRTUAL_MANIFEST_WAIT_RESET:
  case JMP_VIRTUAL_STRAY:
    break;
  }
  jmp_virtual_ledger_violation (self->ledger, "ABORT in %s", state_name (self->state));
  return fail (self, self->state, self->status);
}

/* The board waited for the end of the work before it passed on this request. */
static void
end_work (JmpVirtualMachine *self)
{
  if (self->state != JMP_VIRTUAL_DNBUSY || self->stuck)
    return;
  self->status = self->outcome;
  self->string = self->outcome_string;
  self->state = self->fails ? JMP_VIRTUAL_ERROR : JMP_VIRTUAL_DNLOAD_SYNC;
}

/* Answers one class request. @data holds or takes the data stage, wLength bytes. */
JmpVirtualAnswer
jmp_virtual_machine_request (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  gboolean to_host = setup->request_type == CLASS_TO_HOST;
  gboolean to_device = setup->request_type == CLASS_TO_DEVICE;

  if (self->run_time)
    return jmp_virtual_run_time_request (self, setup, data);
  end_work (self);
  if (setup->index != 0)
    return refuse (self, "class request 0x%02X to interface %u", setup->request, setup->index);
  if (to_device && setup->request == DNLOAD)
    return download (self, setup, data);
  if (to_host && setup->request == UPLOAD)
    return jmp_virtual_machine_upload (self, setup, data);
  if (to_host && setup->request == GETSTATUS)
    return jmp_virtual_machine_status (self, setup, data);
  if (to_device && setup->request == CLRSTATUS)
    return clear_status (self);
  if (to_host && setup->request == GETSTATE && !self->profile->is_silent)
    return get_state (self, setup, data);
  if (to_device && setup->request == ABORT)
    return abort_transfer (self);
  if (self->profile->is_silent)
    return (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_NO_ANSWER };
  return refuse (self, "class request 0x%02X in %s", setup->request, state_name (self->state));
}
