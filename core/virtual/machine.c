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

#define CLASS_TO_DEVICE 0x21
#define CLASS_TO_HOST   0xA1

static const char *
state_name (JmpVirtualDfuState state)
{
  switch (state) {
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
  case JMP_VIRTUAL_UPLOAD_IDLE:
    return "dfuUPLOAD-IDLE";
  case JMP_VIRTUAL_ERROR:
    return "dfuERROR";
  case JMP_VIRTUAL_STRAY:
    return "state 15";
  }
  return "?";
}

/* A machine whose chip was never switched on; follow with jmp_virtual_machine_power_on(). */
void
jmp_virtual_machine_init (JmpVirtualMachine *self,
                          const JmpVirtualProfile *profile,
                          JmpVirtualMemory *memory,
                          JmpVirtualLedger *ledger)
{
  *self = (JmpVirtualMachine){ .profile = profile, .memory = memory, .ledger = ledger };
}

/* The boot loader starts. On F4 and its like it does so in dfuERROR with errFIRMWARE. */
void
jmp_virtual_machine_power_on (JmpVirtualMachine *self)
{
  jmp_virtual_machine_bus_reset (self);
  self->pointer = self->profile->start;
  if (self->profile->starts_in_error) {
    self->state = JMP_VIRTUAL_ERROR;
    self->status = JMP_VIRTUAL_ERR_FIRMWARE;
  }
}

/* A USB reset does not restart the boot loader: the address pointer stays. */
void
jmp_virtual_machine_bus_reset (JmpVirtualMachine *self)
{
  self->state = JMP_VIRTUAL_IDLE;
  self->status = JMP_VIRTUAL_STATUS_OK;
  self->alt = 0;
  self->pending = FALSE;
  self->stuck = FALSE;
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

/* DNLOAD only takes the bytes in; the work starts with the GETSTATUS that follows. */
static JmpVirtualAnswer
download (JmpVirtualMachine *self, const JmpUsbSetup *setup, const guint8 *data)
{
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
  if (setup->length == 0) {
    self->state = JMP_VIRTUAL_MANIFEST_SYNC;
    return done (0);
  }
  if (setup->value == 1)
    return refuse (self, "DNLOAD with wBlockNum 1, which is reserved");

  self->pending = TRUE;
  self->block = setup->value;
  self->buffered = setup->length;
  memcpy (self->buffer, data, setup->length);
  self->state = JMP_VIRTUAL_DNLOAD_SYNC;
  return done (setup->length);
}

static JmpVirtualAnswer
fail_upload (JmpVirtualMachine *self, JmpVirtualDfuStatus status)
{
  return fail (self, self->profile->state_after_bad_upload, status);
}

/* A reply that is shorter than asked for ends the upload (DFU 1.1, 6.2). */
static JmpVirtualAnswer
finish_upload (JmpVirtualMachine *self, const JmpUsbSetup *setup, gsize length)
{
  self->state = length < setup->length ? JMP_VIRTUAL_IDLE : JMP_VIRTUAL_UPLOAD_IDLE;
  return done (length);
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
upload (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, self->alt);
  guint32 address;

  if (self->state != JMP_VIRTUAL_IDLE && self->state != JMP_VIRTUAL_UPLOAD_IDLE) {
    jmp_virtual_ledger_violation (self->ledger, "UPLOAD in %s", state_name (self->state));
    return fail_upload (self, JMP_VIRTUAL_ERR_STALLEDPKT);
  }
  if (setup->value == 0)
    return upload_commands (self, setup, data);
  if (setup->value == 1 || setup->length > self->profile->transfer_size) {
    jmp_virtual_ledger_violation (
        self->ledger, "UPLOAD of %u bytes with wBlockNum %u", setup->length, setup->value);
    return fail_upload (self, JMP_VIRTUAL_ERR_STALLEDPKT);
  }
  if (self->read_protection > 0)
    return fail_upload (self, JMP_VIRTUAL_ERR_VENDOR);
  if (!jmp_virtual_machine_block_address (self, setup->value, setup->length, &address))
    return fail_upload (self, JMP_VIRTUAL_ERR_ADDRESS);
  if (!jmp_layout_allows (layout, address, setup->length, JMP_ACCESS_READ, NULL)) {
    jmp_virtual_ledger_violation (self->ledger, "UPLOAD at 0x%08X, which cannot be read", address);
    return fail_upload (self, JMP_VIRTUAL_ERR_VENDOR);
  }
  if (!jmp_virtual_memory_peek (self->memory, self->alt, address, data, setup->length))
    return fail_upload (self, JMP_VIRTUAL_ERR_ADDRESS);
  self->ledger->counters.bytes_read += setup->length;
  return finish_upload (self, setup, setup->length);
}

/* The first GETSTATUS after a DNLOAD answers dfuDNBUSY and starts the work (AN3156, 5). */
static JmpVirtualAnswer
start_work (JmpVirtualMachine *self, guint *poll_ms)
{
  JmpVirtualWork work = jmp_virtual_machine_work (self);
  JmpVirtualAnswer answer = done (0);

  self->pending = FALSE;
  self->state = JMP_VIRTUAL_DNBUSY;
  self->outcome = work.status;
  *poll_ms = work.poll_ms;
  answer.work_us = work.us;
  answer.after = work.after;
  return answer;
}

static JmpVirtualAnswer
get_status (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  JmpVirtualAnswer answer = done (0);
  guint poll_ms = 0;
  guint8 status[6];

  if (self->state == JMP_VIRTUAL_DNLOAD_SYNC && self->pending) {
    answer = start_work (self, &poll_ms);
  } else if (self->state == JMP_VIRTUAL_DNLOAD_SYNC) {
    self->state = JMP_VIRTUAL_DNLOAD_IDLE;
  } else if (self->state == JMP_VIRTUAL_DNBUSY) {
    poll_ms = self->profile->poll_erase;
  } else if (self->state == JMP_VIRTUAL_MANIFEST_SYNC) {
    self->state = JMP_VIRTUAL_MANIFEST;
    answer.after = JMP_VIRTUAL_START;
  }
  status[0] = (guint8)self->status;
  status[1] = (guint8)poll_ms;
  status[2] = (guint8)(poll_ms >> 8);
  status[3] = (guint8)(poll_ms >> 16);
  status[4] = (guint8)self->state;
  status[5] = 0;
  answer.length = MIN (sizeof status, setup->length);
  memcpy (data, status, answer.length);
  return answer;
}

/* Out of dfuERROR. Elsewhere, old ROMs shrug, and ST's stack makes an error of it, even of its own
 * state 15: hence the pair of CLRSTATUS that ST's tool sends. */
static JmpVirtualAnswer
clear_status (JmpVirtualMachine *self)
{
  if (self->state == JMP_VIRTUAL_ERROR) {
    self->state = JMP_VIRTUAL_IDLE;
    self->status = JMP_VIRTUAL_STATUS_OK;
    return done (0);
  }
  if (self->state < JMP_VIRTUAL_ERROR && !self->stuck)
    jmp_virtual_ledger_violation (self->ledger, "CLRSTATUS in %s", state_name (self->state));
  if (self->stuck || self->profile->strict_clear_status)
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
    self->state = JMP_VIRTUAL_IDLE;
    self->status = JMP_VIRTUAL_STATUS_OK;
    self->pending = FALSE;
    return done (0);
  case JMP_VIRTUAL_DNBUSY:
  case JMP_VIRTUAL_MANIFEST:
  case JMP_VIRTUAL_ERROR:
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
  self->state = self->status == JMP_VIRTUAL_STATUS_OK ? JMP_VIRTUAL_DNLOAD_SYNC : JMP_VIRTUAL_ERROR;
}

/* Answers one class request. @data holds or takes the data stage, wLength bytes. */
JmpVirtualAnswer
jmp_virtual_machine_request (JmpVirtualMachine *self, const JmpUsbSetup *setup, guint8 *data)
{
  gboolean to_host = setup->request_type == CLASS_TO_HOST;
  gboolean to_device = setup->request_type == CLASS_TO_DEVICE;

  end_work (self);
  if (setup->index != 0)
    return refuse (self, "class request 0x%02X to interface %u", setup->request, setup->index);
  if (to_device && setup->request == DNLOAD)
    return download (self, setup, data);
  if (to_host && setup->request == UPLOAD)
    return upload (self, setup, data);
  if (to_host && setup->request == GETSTATUS)
    return get_status (self, setup, data);
  if (to_device && setup->request == CLRSTATUS)
    return clear_status (self);
  if (to_host && setup->request == GETSTATE)
    return get_state (self, setup, data);
  if (to_device && setup->request == ABORT)
    return abort_transfer (self);
  return refuse (self, "class request 0x%02X in %s", setup->request, state_name (self->state));
}
