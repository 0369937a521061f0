/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/bytes.h"
#include "base/error.h"
#include "dfu/dfu-private.h"

#define TO_INTERFACE   0x21
#define FROM_INTERFACE 0xA1

/* For requests that a device answers from its tables. */
#define REQUEST_MS 5000

/* Just after plug-in, the system may still have the interface. */
#define CLAIM_TRIES    10
#define CLAIM_PAUSE_MS 100

/**
 * jmp_dfu_open:
 * @usb: (transfer full): an open device; taken when this fails, too
 * @info: what it says about itself
 * @error: return location for a #GError
 *
 * Claims the DFU interface of @info; tries for a second while another program or the system has it.
 *
 * Errors: those of usb.h.
 *
 * Returns: (transfer full): the open interface
 */
JmpDfu *
jmp_dfu_open (JmpUsb *usb, JmpDfuInfo *info, GError **error)
{
  g_autoptr (JmpUsb) owned = usb;
  JmpDfu *self;

  for (guint tries = 1;; tries++) {
    g_autoptr (GError) local = NULL;

    if (jmp_usb_claim (usb, info->interface, &local))
      break;
    if (tries == CLAIM_TRIES || !g_error_matches (local, JMP_ERROR, JMP_ERROR_BUSY)) {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }
    if (!jmp_usb_wait (usb, CLAIM_PAUSE_MS, NULL, error))
      return NULL;
  }
  self = g_new0 (JmpDfu, 1);
  self->usb = g_steal_pointer (&owned);
  self->info = jmp_dfu_info_ref (info);
  self->alt = -1;
  return self;
}

/**
 * jmp_dfu_free:
 * @self: (transfer full) (nullable): an interface
 *
 * Closes the interface and its device.
 */
void
jmp_dfu_free (JmpDfu *self)
{
  if (self == NULL)
    return;
  jmp_usb_free (self->usb);
  jmp_dfu_info_unref (self->info);
  g_free (self);
}

/**
 * jmp_dfu_get_usb:
 * @self: an interface
 *
 * Returns: (transfer none): the device below
 */
JmpUsb *
jmp_dfu_get_usb (JmpDfu *self)
{
  return self->usb;
}

/**
 * jmp_dfu_get_info:
 * @self: an interface
 *
 * Returns: (transfer none): what the device says about itself
 */
JmpDfuInfo *
jmp_dfu_get_info (JmpDfu *self)
{
  return self->info;
}

/**
 * jmp_dfu_get_transfers:
 * @self: an interface
 *
 * Returns: the number of DFU requests made on it so far, those that failed included
 */
guint64
jmp_dfu_get_transfers (JmpDfu *self)
{
  return self->transfers;
}

/**
 * jmp_dfu_select_alt:
 * @self: an interface
 * @alt: bAlternateSetting
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Chooses the memory that the following requests are about. Nothing goes over the wire when it is
 * chosen already.
 *
 * Errors: those of usb.h.
 *
 * Returns: whether it is chosen
 */
gboolean
jmp_dfu_select_alt (JmpDfu *self, guint8 alt, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (self->alt == alt)
    return TRUE;
  if (!jmp_usb_set_alt (self->usb, self->info->interface, alt, error)) {
    g_prefix_error (error, "choosing alt setting %u: ", alt);
    return FALSE;
  }
  self->alt = alt;
  return TRUE;
}

/**
 * jmp_dfu_get_alt:
 * @self: an interface
 *
 * Returns: the alt setting that was chosen, or -1 before the first
 */
int
jmp_dfu_get_alt (JmpDfu *self)
{
  return self->alt;
}

/* Makes and counts one class request (DFU 1.1, 3). */
gssize
jmp_dfu_request (JmpDfu *self,
                 JmpDfuRequest request,
                 guint16 value,
                 guint8 *data,
                 guint16 length,
                 guint timeout_ms,
                 GCancellable *cancellable,
                 GError **error)
{
  gboolean in = request == JMP_DFU_REQUEST_UPLOAD || request == JMP_DFU_REQUEST_GETSTATUS
                || request == JMP_DFU_REQUEST_GETSTATE;
  JmpUsbSetup setup = {
    .request_type = in ? FROM_INTERFACE : TO_INTERFACE,
    .request = (guint8)request,
    .value = value,
    .index = self->info->interface,
    .length = length,
  };

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  self->transfers++;
  return jmp_usb_control (self->usb, &setup, data, timeout_ms, cancellable, error);
}

/* A request without data. Not cancelled half-way: what the device made of it would be unknown. */
static gboolean
simple_request (JmpDfu *self,
                JmpDfuRequest request,
                guint16 value,
                const char *name,
                GCancellable *cancellable,
                GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (jmp_dfu_request (self, request, value, NULL, 0, REQUEST_MS, NULL, error) >= 0)
    return TRUE;
  g_prefix_error (error, "%s: ", name);
  return FALSE;
}

/**
 * jmp_dfu_detach:
 * @self: an interface in run-time mode
 * @timeout_ms: how long the device shall wait for a USB reset, in milliseconds
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks a running program to go into DFU mode (DFU 1.1, 5.1). Most devices leave the bus at once, some
 * of them without acknowledging.
 *
 * Errors: those of usb.h.
 *
 * Returns: whether the device acknowledged
 */
gboolean
jmp_dfu_detach (JmpDfu *self, guint16 timeout_ms, GCancellable *cancellable, GError **error)
{
  return simple_request (self, JMP_DFU_REQUEST_DETACH, timeout_ms, "DETACH", cancellable, error);
}

/**
 * jmp_dfu_download:
 * @self: an interface
 * @block: wBlockNum
 * @data: (array length=length) (nullable): the bytes
 * @length: how many, at most %JMP_USB_MAX_CONTROL
 * @cancellable: (nullable): a #GCancellable, looked at before the transfer only
 * @error: return location for a #GError
 *
 * Hands a block to the device, which only keeps it: jmp_dfu_finish_download() makes it work (DFU 1.1,
 * 6.1.1). Once this returns %TRUE, that call must follow, cancelled or not.
 *
 * Errors: those of usb.h; %JMP_ERROR_PROTOCOL when the device takes less than all.
 *
 * Returns: whether the device took it
 */
gboolean
jmp_dfu_download (JmpDfu *self,
                  guint16 block,
                  const guint8 *data,
                  guint16 length,
                  GCancellable *cancellable,
                  GError **error)
{
  gssize moved;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  moved = jmp_dfu_request (
      self, JMP_DFU_REQUEST_DNLOAD, block, (guint8 *)data, length, REQUEST_MS, NULL, error);
  if (moved == length)
    return TRUE;
  if (moved >= 0)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "the device took %" G_GSSIZE_FORMAT " of %u bytes",
                 moved,
                 length);
  g_prefix_error (error, "DNLOAD of block %u: ", block);
  return FALSE;
}

/**
 * jmp_dfu_upload:
 * @self: an interface
 * @block: wBlockNum
 * @data: (out) (array length=length): where the bytes go
 * @length: how many to ask for, at most %JMP_USB_MAX_CONTROL
 * @cancellable: (nullable): a #GCancellable, looked at before the transfer only
 * @error: return location for a #GError
 *
 * Takes a block from the device (DFU 1.1, 6.2).
 *
 * Errors: those of usb.h.
 *
 * Returns: the number of bytes that came, fewer than @length at the end of the memory; or -1
 */
gssize
jmp_dfu_upload (JmpDfu *self,
                guint16 block,
                guint8 *data,
                guint16 length,
                GCancellable *cancellable,
                GError **error)
{
  gssize moved;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  moved = jmp_dfu_request (
      self, JMP_DFU_REQUEST_UPLOAD, block, data, length, REQUEST_MS, NULL, error);
  if (moved < 0)
    g_prefix_error (error, "UPLOAD of block %u: ", block);
  return moved;
}

/**
 * jmp_dfu_get_status:
 * @self: an interface
 * @timeout_ms: how long the device may hold the answer, in milliseconds
 * @status: (out): the answer
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks for the device's status (DFU 1.1, 6.1.2). This is also what makes it begin the work that a
 * DNLOAD brought. Boot loaders that work inside this request hold the next one until they are done.
 *
 * Errors: those of usb.h; %JMP_ERROR_PROTOCOL when the answer is short.
 *
 * Returns: whether @status is set
 */
gboolean
jmp_dfu_get_status (
    JmpDfu *self, guint timeout_ms, JmpDfuStatus *status, GCancellable *cancellable, GError **error)
{
  guint8 data[6];
  gssize got = jmp_dfu_request (
      self, JMP_DFU_REQUEST_GETSTATUS, 0, data, sizeof data, timeout_ms, cancellable, error);

  if (got == sizeof data) {
    *status = (JmpDfuStatus){
      .status = data[0],
      .poll_ms = jmp_get_u24 (data + 1),
      .state = data[4],
      .string = data[5],
    };
    if (self->info->quirks.poll_timeout_ms != 0)
      status->poll_ms = self->info->quirks.poll_timeout_ms;
    return TRUE;
  }
  if (got >= 0)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "a status of %" G_GSSIZE_FORMAT " bytes, where there should be 6",
                 got);
  g_prefix_error_literal (error, "GETSTATUS: ");
  return FALSE;
}

/**
 * jmp_dfu_clear_status:
 * @self: an interface in dfuERROR
 * @cancellable: (nullable): a #GCancellable, looked at before the transfer only
 * @error: return location for a #GError
 *
 * Brings the device from dfuERROR to dfuIDLE (DFU 1.1, 6.1.3). In any other state, ST's stack makes
 * an error of it, and some ROMs stall.
 *
 * Errors: those of usb.h.
 *
 * Returns: whether the device acknowledged
 */
gboolean
jmp_dfu_clear_status (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  return simple_request (self, JMP_DFU_REQUEST_CLRSTATUS, 0, "CLRSTATUS", cancellable, error);
}

/**
 * jmp_dfu_get_state:
 * @self: an interface
 * @state: (out): bState
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks for the state without changing it (DFU 1.1, 6.1.5).
 *
 * Errors: those of usb.h; %JMP_ERROR_PROTOCOL when nothing comes.
 *
 * Returns: whether @state is set
 */
gboolean
jmp_dfu_get_state (JmpDfu *self, guint8 *state, GCancellable *cancellable, GError **error)
{
  gssize got = jmp_dfu_request (
      self, JMP_DFU_REQUEST_GETSTATE, 0, state, 1, REQUEST_MS, cancellable, error);

  if (got == 1)
    return TRUE;
  if (got == 0)
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "an answer without a state");
  g_prefix_error_literal (error, "GETSTATE: ");
  return FALSE;
}

/**
 * jmp_dfu_abort:
 * @self: an interface in one of the idle or sync states
 * @cancellable: (nullable): a #GCancellable, looked at before the transfer only
 * @error: return location for a #GError
 *
 * Brings the device from dfuDNLOAD-IDLE or dfuUPLOAD-IDLE to dfuIDLE (DFU 1.1, 6.1.4).
 *
 * Errors: those of usb.h.
 *
 * Returns: whether the device acknowledged
 */
gboolean
jmp_dfu_abort (JmpDfu *self, GCancellable *cancellable, GError **error)
{
  return simple_request (self, JMP_DFU_REQUEST_ABORT, 0, "ABORT", cancellable, error);
}

/**
 * jmp_dfu_state_to_string:
 * @state: bState
 *
 * Returns: (transfer none): its name in DFU 1.1, 6.1.2
 */
const char *
jmp_dfu_state_to_string (guint8 state)
{
  static const char *const names[] = {
    "appIDLE",        "appDETACH",        "dfuIDLE",     "dfuDNLOAD-SYNC",         "dfuDNBUSY",
    "dfuDNLOAD-IDLE", "dfuMANIFEST-SYNC", "dfuMANIFEST", "dfuMANIFEST-WAIT-RESET", "dfuUPLOAD-IDLE",
    "dfuERROR",
  };

  return state < G_N_ELEMENTS (names) ? names[state] : "unknown state";
}

/**
 * jmp_dfu_status_to_string:
 * @status: bStatus
 *
 * Returns: (transfer none): its name in DFU 1.1, 6.1.2
 */
const char *
jmp_dfu_status_to_string (guint8 status)
{
  static const char *const names[] = {
    "OK",      "errTARGET", "errFILE",    "errWRITE",      "errERASE",    "errCHECK_ERASED",
    "errPROG", "errVERIFY", "errADDRESS", "errNOTDONE",    "errFIRMWARE", "errVENDOR",
    "errUSBR", "errPOR",    "errUNKNOWN", "errSTALLEDPKT",
  };

  return status < G_N_ELEMENTS (names) ? names[status] : "unknown status";
}
