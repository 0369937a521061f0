/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/usb.h"

#include "base/error.h"
#include "usb/wait-private.h"

/**
 * jmp_usb_descriptors:
 * @self: a device
 * @error: (out) (optional): errors of usb.h
 *
 * What the device says it is: its device descriptor (18 bytes) and, behind it, the active
 * configuration's descriptor with all that belongs to it (USB 2.0, 9.6). The bytes are the device's
 * own: nothing in them was checked.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
jmp_usb_descriptors (JmpUsb *self, GError **error)
{
  return self->ops->descriptors (self, error);
}

/**
 * jmp_usb_claim:
 * @self: a device
 * @interface: bInterfaceNumber
 * @error: (out) (optional): errors of usb.h; %JMP_ERROR_BUSY when another program has it
 *
 * Takes an interface for this handle, until the handle is freed.
 *
 * Returns: whether it was taken
 */
gboolean
jmp_usb_claim (JmpUsb *self, guint8 interface, GError **error)
{
  return self->ops->claim (self, interface, error);
}

/**
 * jmp_usb_set_alt:
 * @self: a device
 * @interface: bInterfaceNumber of a claimed interface
 * @alt: bAlternateSetting
 * @error: (out) (optional): errors of usb.h
 *
 * Chooses an alternate setting (SET_INTERFACE; USB 2.0, 9.4.10).
 *
 * Returns: whether it was chosen
 */
gboolean
jmp_usb_set_alt (JmpUsb *self, guint8 interface, guint8 alt, GError **error)
{
  return self->ops->set_alt (self, interface, alt, error);
}

/**
 * jmp_usb_control:
 * @self: a device
 * @setup: the setup stage; its length is at most %JMP_USB_MAX_CONTROL
 * @data: (nullable): what to send, or where what comes is put; @setup's length, in bytes. May be
 *   %NULL where that is 0
 * @timeout_ms: time limit in milliseconds, at least 1
 * @cancellable: (nullable): ends the transfer at once
 * @error: (out) (optional): errors of usb.h; %JMP_ERROR_USAGE when the arguments are out of range
 *
 * Makes one control transfer on endpoint 0 (USB 2.0, 8.5.3) and waits for its end. A transfer never
 * outlives the call. A device may move fewer bytes than were asked for, which is no error here.
 *
 * Returns: the bytes moved in the data stage, or -1
 */
gssize
jmp_usb_control (JmpUsb *self,
                 const JmpUsbSetup *setup,
                 guint8 *data,
                 guint timeout_ms,
                 GCancellable *cancellable,
                 GError **error)
{
  if (setup->length > JMP_USB_MAX_CONTROL) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "a control transfer of %u bytes is over the limit of %u",
                 setup->length,
                 JMP_USB_MAX_CONTROL);
    return -1;
  }
  if (timeout_ms == 0 || (data == NULL && setup->length > 0)) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_USAGE, "a control transfer without a time limit or a buffer");
    return -1;
  }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  return self->ops->control (self, setup, data, timeout_ms, cancellable, error);
}

/**
 * jmp_usb_reset:
 * @self: a device
 * @error: (out) (optional): errors of usb.h; %JMP_ERROR_DISCONNECTED when the device came back as
 *   another, or not at all
 *
 * Resets the device's port. The handle and its claimed interfaces stay usable.
 *
 * Returns: whether the device is there again
 */
gboolean
jmp_usb_reset (JmpUsb *self, GError **error)
{
  return self->ops->reset (self, error);
}

/**
 * jmp_usb_now:
 * @self: a device
 *
 * The time where the device lives: real, or that of a virtual board or a recording.
 *
 * Returns: microseconds since some moment; never goes back
 */
gint64
jmp_usb_now (JmpUsb *self)
{
  return self->ops->now (self);
}

/**
 * jmp_usb_wait:
 * @self: a device
 * @ms: milliseconds
 * @cancellable: (nullable): ends the wait at once
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED
 *
 * Lets time pass where the device lives, see jmp_usb_now().
 *
 * Returns: %FALSE when cancelled
 */
gboolean
jmp_usb_wait (JmpUsb *self, guint ms, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return self->ops->wait (self, ms, cancellable, error);
}

/**
 * jmp_usb_free:
 * @self: (nullable) (transfer full): a device
 *
 * Gives the claimed interfaces back and closes the device.
 */
void
jmp_usb_free (JmpUsb *self)
{
  if (self != NULL)
    self->ops->free (self);
}

/**
 * jmp_usb_real_now:
 * @self: a device
 *
 * The @now of a backend whose time is real.
 *
 * Returns: microseconds of the system's clock that never goes back
 */
gint64
jmp_usb_real_now (JmpUsb *self)
{
  return g_get_monotonic_time ();
}

/**
 * jmp_usb_real_wait:
 * @self: a device
 * @ms: milliseconds
 * @cancellable: (nullable): ends the wait at once
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED
 *
 * The @wait of a backend whose time is real.
 *
 * Returns: %FALSE when cancelled
 */
gboolean
jmp_usb_real_wait (JmpUsb *self, guint ms, GCancellable *cancellable, GError **error)
{
  JmpWait wait;
  JmpWaitResult result;

  jmp_wait_init (&wait);
  result = jmp_wait_for (&wait, ms, cancellable);
  jmp_wait_clear (&wait);
  return result != JMP_WAIT_CANCELLED || jmp_wait_set_cancelled (error);
}
