/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* An open device of libusb. All transfers are asynchronous, so that both a #GCancellable and a time
 * limit can end one: the caller waits, the bus' event thread reports the end. */

#include "usb/libusb-private.h"

#include "base/error.h"
#include "usb/wait-private.h"

#include <libusb.h>
#include <string.h>

/* How long a device that does not answer may turn out to be unplugged: a second at most. */
#define GONE_TRIES   10
#define GONE_WAIT_MS 50

#define REQUEST_GET_STATUS 0

typedef struct {
  JmpUsb base;
  libusb_device_handle *handle;
  JmpUsbBus *bus;
  GBytes *descriptors;
  JmpWait wait;
  gboolean claimed[256];
} JmpUsbLibusb;

static const struct {
  int code;
  JmpError error;
  const char *text;
} error_table[] = {
  { LIBUSB_ERROR_IO, JMP_ERROR_FAILED, "input/output error" },
  { LIBUSB_ERROR_INVALID_PARAM, JMP_ERROR_FAILED, "the system refuses the request" },
  { LIBUSB_ERROR_NO_DEVICE, JMP_ERROR_DISCONNECTED, "the device is gone" },
  { LIBUSB_ERROR_NOT_FOUND, JMP_ERROR_DISCONNECTED, "the device was not found again" },
  { LIBUSB_ERROR_BUSY, JMP_ERROR_BUSY, "another program or driver has it" },
  { LIBUSB_ERROR_TIMEOUT, JMP_ERROR_TIMED_OUT, "no answer in time" },
  { LIBUSB_ERROR_OVERFLOW, JMP_ERROR_PROTOCOL, "the device sent more than it was asked for" },
  { LIBUSB_ERROR_PIPE, JMP_ERROR_STALLED, "the device refused the request" },
  { LIBUSB_ERROR_INTERRUPTED, JMP_ERROR_FAILED, "interrupted by a signal" },
  { LIBUSB_ERROR_NO_MEM, JMP_ERROR_FAILED, "out of memory" },
  { LIBUSB_ERROR_NOT_SUPPORTED, JMP_ERROR_NO_DRIVER, "no driver that libusb can use" },
};

/* Turns a libusb error into one of ours; @what comes before the reason. */
void
jmp_usb_libusb_set_error (GError **error, int code, const char *what)
{
  const JmpUsbRefusal *refusal = &jmp_usb_access_refusal;

  if (code == LIBUSB_ERROR_ACCESS) {
    g_set_error (error, JMP_ERROR, refusal->error, "%s: %s", what, refusal->text);
    return;
  }
  for (gsize i = 0; i < G_N_ELEMENTS (error_table); i++)
    if (error_table[i].code == code) {
      g_set_error (error, JMP_ERROR, error_table[i].error, "%s: %s", what, error_table[i].text);
      return;
    }
  g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "%s: libusb error %d", what, code);
}

/* The libusb error that says the same; 0 for a transfer that was completed. */
static int
status_to_code (enum libusb_transfer_status status)
{
  switch (status) {
  case LIBUSB_TRANSFER_COMPLETED:
    return 0;
  case LIBUSB_TRANSFER_ERROR:
    return LIBUSB_ERROR_IO;
  case LIBUSB_TRANSFER_TIMED_OUT:
  case LIBUSB_TRANSFER_CANCELLED:
    return LIBUSB_ERROR_TIMEOUT;
  case LIBUSB_TRANSFER_STALL:
    return LIBUSB_ERROR_PIPE;
  case LIBUSB_TRANSFER_NO_DEVICE:
    return LIBUSB_ERROR_NO_DEVICE;
  case LIBUSB_TRANSFER_OVERFLOW:
    return LIBUSB_ERROR_OVERFLOW;
  }
  return LIBUSB_ERROR_OTHER;
}

static void LIBUSB_CALL
transfer_done_cb (struct libusb_transfer *transfer)
{
  jmp_wait_done (transfer->user_data);
}

/* Submits and waits. When the time is up or the person cancels, the transfer is cancelled, and its
 * end awaited all the same: libusb owns the buffer until then.
 *
 * Returns: 0, an error of libusb, or 1 when @cancellable ended it */
static int
submit_and_wait (JmpUsbLibusb *self,
                 struct libusb_transfer *transfer,
                 guint timeout_ms,
                 GCancellable *cancellable)
{
  JmpWaitResult result;
  int code;

  jmp_wait_restart (&self->wait);
  code = libusb_submit_transfer (transfer);
  if (code < 0)
    return code;
  result = jmp_wait_for (&self->wait, timeout_ms, cancellable);
  if (result != JMP_WAIT_DONE) {
    libusb_cancel_transfer (transfer);
    jmp_wait_for_ever (&self->wait);
  }
  if (result == JMP_WAIT_CANCELLED && transfer->status == LIBUSB_TRANSFER_CANCELLED)
    return 1;
  return status_to_code (transfer->status);
}

/* Returns: bytes moved, an error of libusb, or G_MININT when @cancellable ended it */
static int
exchange (JmpUsbLibusb *self,
          const JmpUsbSetup *setup,
          guint8 *data,
          guint timeout_ms,
          GCancellable *cancellable)
{
  struct libusb_transfer *transfer = libusb_alloc_transfer (0);
  g_autofree guint8 *buffer = g_malloc0 (LIBUSB_CONTROL_SETUP_SIZE + (gsize)setup->length);
  gboolean is_in = (setup->request_type & LIBUSB_ENDPOINT_IN) != 0;
  int code;

  if (transfer == NULL)
    return LIBUSB_ERROR_NO_MEM;
  libusb_fill_control_setup (
      buffer, setup->request_type, setup->request, setup->value, setup->index, setup->length);
  if (!is_in && setup->length > 0)
    memcpy (buffer + LIBUSB_CONTROL_SETUP_SIZE, data, setup->length);
  libusb_fill_control_transfer (transfer, self->handle, buffer, transfer_done_cb, &self->wait, 0);
  code = submit_and_wait (self, transfer, timeout_ms, cancellable);
  if (code == 1)
    code = G_MININT;
  else if (code == 0) {
    code = CLAMP (transfer->actual_length, 0, setup->length);
    if (is_in && code > 0)
      memcpy (data, buffer + LIBUSB_CONTROL_SETUP_SIZE, (gsize)code);
  }
  libusb_free_transfer (transfer);
  return code;
}

/* A device that is pulled out in the middle of a transfer shows as an input/output error until the
 * hub notices. Asking it for its status (USB 2.0, 9.4.5) tells the two apart. */
static gboolean
is_gone (JmpUsbLibusb *self, GCancellable *cancellable)
{
  static const JmpUsbSetup get_status = {
    .request_type = LIBUSB_ENDPOINT_IN,
    .request = REQUEST_GET_STATUS,
    .length = 2,
  };
  guint8 data[2];

  for (guint i = 0; i < GONE_TRIES; i++) {
    int code = exchange (self, &get_status, data, GONE_WAIT_MS, cancellable);

    if (code == LIBUSB_ERROR_NO_DEVICE)
      return TRUE;
    if (code >= 0 || code == LIBUSB_ERROR_PIPE)
      return FALSE;
    if (!jmp_usb_real_wait (&self->base, GONE_WAIT_MS, cancellable, NULL))
      return FALSE;
  }
  return FALSE;
}

static gssize
libusb_control (JmpUsb *usb,
                const JmpUsbSetup *setup,
                guint8 *data,
                guint timeout_ms,
                GCancellable *cancellable,
                GError **error)
{
  JmpUsbLibusb *self = (JmpUsbLibusb *)usb;
  int code = exchange (self, setup, data, timeout_ms, cancellable);

  if (code >= 0)
    return code;
  if (code == G_MININT) {
    jmp_wait_set_cancelled (error);
    return -1;
  }
  if (code == LIBUSB_ERROR_IO && is_gone (self, cancellable))
    code = LIBUSB_ERROR_NO_DEVICE;
  jmp_usb_libusb_set_error (error, code, "control transfer");
  return -1;
}

static GBytes *
libusb_descriptors (JmpUsb *usb, GError **error)
{
  return g_bytes_ref (((JmpUsbLibusb *)usb)->descriptors);
}

/* For calls where "not found" is about the interface, not about the device. */
static gboolean
check_interface (int code, guint8 interface, const char *what, GError **error)
{
  g_autofree char *where = NULL;

  if (code >= 0)
    return TRUE;
  where = g_strdup_printf ("%s interface %u", what, interface);
  if (code == LIBUSB_ERROR_NOT_FOUND)
    g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "%s: the device does not have it", where);
  else
    jmp_usb_libusb_set_error (error, code, where);
  return FALSE;
}

static gboolean
libusb_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  JmpUsbLibusb *self = (JmpUsbLibusb *)usb;

  if (!check_interface (
          libusb_claim_interface (self->handle, interface), interface, "claiming", error))
    return FALSE;
  self->claimed[interface] = TRUE;
  return TRUE;
}

static gboolean
libusb_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  JmpUsbLibusb *self = (JmpUsbLibusb *)usb;
  g_autofree char *what = g_strdup_printf ("choosing alt setting %u of", alt);

  return check_interface (
      libusb_set_interface_alt_setting (self->handle, interface, alt), interface, what, error);
}

static gboolean
libusb_reset (JmpUsb *usb, GError **error)
{
  int code = libusb_reset_device (((JmpUsbLibusb *)usb)->handle);

  if (code >= 0)
    return TRUE;
  jmp_usb_libusb_set_error (error, code, "resetting the port");
  return FALSE;
}

static void
libusb_free (JmpUsb *usb)
{
  JmpUsbLibusb *self = (JmpUsbLibusb *)usb;

  for (int i = 0; i < (int)G_N_ELEMENTS (self->claimed); i++)
    if (self->claimed[i])
      libusb_release_interface (self->handle, i);
  libusb_close (self->handle);
  jmp_wait_clear (&self->wait);
  g_bytes_unref (self->descriptors);
  jmp_usb_bus_unref (self->bus);
  g_free (self);
}

static const JmpUsbOps libusb_ops = {
  .descriptors = libusb_descriptors,
  .claim = libusb_claim,
  .set_alt = libusb_set_alt,
  .control = libusb_control,
  .reset = libusb_reset,
  .now = jmp_usb_real_now,
  .wait = jmp_usb_real_wait,
  .free = libusb_free,
};

/* Takes @handle over, and keeps @bus alive, whose thread ends the transfers. */
JmpUsb *
jmp_usb_libusb_new (libusb_device_handle *handle, JmpUsbBus *bus, GBytes *descriptors)
{
  JmpUsbLibusb *self = g_new0 (JmpUsbLibusb, 1);

  self->base.ops = &libusb_ops;
  self->handle = handle;
  self->bus = jmp_usb_bus_ref (bus);
  self->descriptors = g_bytes_ref (descriptors);
  jmp_wait_init (&self->wait);
  /* where there are no kernel drivers to detach, this says so, and nothing need be done */
  libusb_set_auto_detach_kernel_driver (handle, 1);
  return &self->base;
}
