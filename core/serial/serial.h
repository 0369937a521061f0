/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The second seam to the outside: an open serial port, as far as a board's console needs it, and the
 * list of serial ports that there are.
 *
 * Everything above speaks to a #JmpSerial and never knows whether libserialport, a practice board or a
 * script is behind it. Synchronous; a handle may be used from any thread, but from one thread at a
 * time. The handle has one owner, who frees it. Time is part of the seam, as in usb.h. Listing opens
 * no port.
 *
 * Errors of every function: %JMP_ERROR_PERMISSION, _BUSY, _DISCONNECTED (the port is not there, or went
 * away), _TIMED_OUT, _FAILED, or %G_IO_ERROR_CANCELLED. */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Bits per second; boards with a USB port of their own do not care. */
#define JMP_SERIAL_SPEED 115200

typedef struct _JmpSerial JmpSerial;

/**
 * JmpSerialOps:
 * @read: waits up to @timeout_ms for bytes; returns how many were put into @data as soon as there are
 *   any, 0 when the time is up, or -1
 * @write: sends all of @data within @timeout_ms
 * @now: microseconds of a clock that never goes back
 * @wait: let @ms milliseconds pass; %FALSE when cancelled
 * @free: close and free
 *
 * What stands behind a #JmpSerial. All members are set.
 */
typedef struct {
  gssize (*read) (JmpSerial *self,
                  guint8 *data,
                  gsize size,
                  guint timeout_ms,
                  GCancellable *cancellable,
                  GError **error);
  gboolean (*write) (JmpSerial *self,
                     const guint8 *data,
                     gsize size,
                     guint timeout_ms,
                     GCancellable *cancellable,
                     GError **error);
  gint64 (*now) (JmpSerial *self);
  gboolean (*wait) (JmpSerial *self, guint ms, GCancellable *cancellable, GError **error);
  void (*free) (JmpSerial *self);
} JmpSerialOps;

/* What a backend puts at the start of its own struct. */
struct _JmpSerial {
  const JmpSerialOps *ops;
};

/**
 * JmpSerialPort:
 * @name: what jmp_serial_open() takes: "/dev/ttyACM0", "COM5"
 * @path: (nullable): the USB port that it is behind, spelt as in usb/bus.h ("1-4.2"), where the system
 *   tells; %NULL too for a port that is not behind USB
 * @address: the USB device's address on its bus, as in usb/bus.h, where the system tells; otherwise 0
 * @vid: idVendor, or 0 for a port that is not behind USB
 * @pid: idProduct
 * @serial: (nullable): the USB device's serial number
 * @manufacturer: (nullable): its manufacturer string
 * @product: (nullable): its product string
 *
 * A serial port of this computer. Texts are valid UTF-8. Borrow the members; do not change them.
 */
typedef struct {
  char *name;
  char *path;
  guint address;
  guint16 vid;
  guint16 pid;
  char *serial;
  char *manufacturer;
  char *product;
} JmpSerialPort;

JmpSerial *jmp_serial_open (const char *name, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gssize jmp_serial_read (JmpSerial *self,
                        guint8 *data,
                        gsize size,
                        guint timeout_ms,
                        GCancellable *cancellable,
                        GError **error);
gboolean jmp_serial_write (JmpSerial *self,
                           const guint8 *data,
                           gsize size,
                           guint timeout_ms,
                           GCancellable *cancellable,
                           GError **error);
gint64 jmp_serial_now (JmpSerial *self);
gboolean jmp_serial_wait (JmpSerial *self, guint ms, GCancellable *cancellable, GError **error);
void jmp_serial_free (JmpSerial *self);

GPtrArray *jmp_serial_list_ports (GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpSerialPort *jmp_serial_port_new (const JmpSerialPort *values) G_GNUC_WARN_UNUSED_RESULT;
void jmp_serial_port_free (JmpSerialPort *self);
int jmp_serial_name_compare (const char *a, const char *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpSerial, jmp_serial_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpSerialPort, jmp_serial_port_free)

G_END_DECLS
