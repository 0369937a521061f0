/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The one seam to the outside: an open USB device, as far as DFU needs it.
 *
 * Everything above speaks to a #JmpUsb and never knows whether libusb, a virtual board, a replayed
 * recording or a fault injector is behind it. Synchronous; a handle may be used from any thread, but
 * from one thread at a time. The handle has one owner, who frees it. Time is part of the seam
 * (jmp_usb_now(), jmp_usb_wait()), so that a virtual board on a fake clock needs no real time.
 *
 * Errors of every function: %JMP_ERROR_PERMISSION, _NO_DRIVER, _BUSY, _DISCONNECTED, _TIMED_OUT,
 * _STALLED, _PROTOCOL (more came than was asked for), _FAILED (an input/output error and all else),
 * or %G_IO_ERROR_CANCELLED. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The longest data stage that Linux' usbfs and WinUSB both take. */
#define JMP_USB_MAX_CONTROL 4096

/**
 * JmpUsbSetup:
 * @request_type: bmRequestType; bit 7 says device to host
 * @request: bRequest
 * @value: wValue
 * @index: wIndex
 * @length: wLength, at most %JMP_USB_MAX_CONTROL
 *
 * The setup stage of a control transfer (USB 2.0, 9.3).
 */
typedef struct {
  guint8 request_type;
  guint8 request;
  guint16 value;
  guint16 index;
  guint16 length;
} JmpUsbSetup;

typedef struct _JmpUsb JmpUsb;

/**
 * JmpUsbOps:
 * @descriptors: the device descriptor (18 bytes) followed by the active configuration's
 *   descriptor with everything behind it, as the device sent them
 * @claim: take an interface for this handle
 * @set_alt: choose an alternate setting of a claimed interface
 * @control: one control transfer on endpoint 0; fills or sends @data; returns bytes moved, or -1
 * @reset: USB port reset; the handle stays usable, the device is in its configured state again
 * @now: microseconds of a clock that never goes back
 * @wait: let @ms milliseconds pass; %FALSE when cancelled
 * @free: close and free
 *
 * What stands behind a #JmpUsb. All members are set.
 */
typedef struct {
  GBytes *(*descriptors) (JmpUsb *self, GError **error);
  gboolean (*claim) (JmpUsb *self, guint8 interface, GError **error);
  gboolean (*set_alt) (JmpUsb *self, guint8 interface, guint8 alt, GError **error);
  gssize (*control) (JmpUsb *self,
                     const JmpUsbSetup *setup,
                     guint8 *data,
                     guint timeout_ms,
                     GCancellable *cancellable,
                     GError **error);
  gboolean (*reset) (JmpUsb *self, GError **error);
  gint64 (*now) (JmpUsb *self);
  gboolean (*wait) (JmpUsb *self, guint ms, GCancellable *cancellable, GError **error);
  void (*free) (JmpUsb *self);
} JmpUsbOps;

/* What a backend puts at the start of its own struct, zeroed but for @ops. */
struct _JmpUsb {
  const JmpUsbOps *ops;
  guint16 language; /* jmp_usb_string()'s own: that of the device's strings; 0 until it said */
};

GBytes *jmp_usb_descriptors (JmpUsb *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_usb_claim (JmpUsb *self, guint8 interface, GError **error);
gboolean jmp_usb_set_alt (JmpUsb *self, guint8 interface, guint8 alt, GError **error);
gssize jmp_usb_control (JmpUsb *self,
                        const JmpUsbSetup *setup,
                        guint8 *data,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GError **error);
char *jmp_usb_string (JmpUsb *self, guint8 index, GCancellable *cancellable, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_usb_reset (JmpUsb *self, GError **error);
gint64 jmp_usb_now (JmpUsb *self);
gboolean jmp_usb_wait (JmpUsb *self, guint ms, GCancellable *cancellable, GError **error);
void jmp_usb_free (JmpUsb *self);

/* For backends whose time is real. */
gint64 jmp_usb_real_now (JmpUsb *self);
gboolean jmp_usb_real_wait (JmpUsb *self, guint ms, GCancellable *cancellable, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpUsb, jmp_usb_free)

G_END_DECLS
