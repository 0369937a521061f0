/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "serial/serial.h"

#include "base/error.h"

#include <string.h>

/**
 * jmp_serial_read:
 * @self: a port
 * @data: (out caller-allocates): where bytes are put
 * @size: how many there is room for, at least 1
 * @timeout_ms: how long to wait for the first byte, in milliseconds; 0 takes what is there
 * @cancellable: (nullable): ends the wait
 * @error: (out) (optional): errors of serial.h
 *
 * Takes what the port has, and waits for the first byte only.
 *
 * Returns: how many bytes came, 0 when none did in time, or -1
 */
gssize
jmp_serial_read (JmpSerial *self,
                 guint8 *data,
                 gsize size,
                 guint timeout_ms,
                 GCancellable *cancellable,
                 GError **error)
{
  g_return_val_if_fail (size > 0, -1);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return -1;
  return self->ops->read (self, data, size, timeout_ms, cancellable, error);
}

/**
 * jmp_serial_write:
 * @self: a port
 * @data: (array length=size): what to send
 * @size: how many bytes
 * @timeout_ms: time limit in milliseconds, at least 1
 * @cancellable: (nullable): ends the wait
 * @error: (out) (optional): errors of serial.h; %JMP_ERROR_TIMED_OUT when the board does not take them
 *
 * Sends all of @data. When it fails, some of it may have been sent.
 *
 * Returns: whether all was taken
 */
gboolean
jmp_serial_write (JmpSerial *self,
                  const guint8 *data,
                  gsize size,
                  guint timeout_ms,
                  GCancellable *cancellable,
                  GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return size == 0 || self->ops->write (self, data, size, timeout_ms, cancellable, error);
}

/**
 * jmp_serial_now:
 * @self: a port
 *
 * The time where the port lives: real, or that of a practice board or a script.
 *
 * Returns: microseconds since some moment; never goes back
 */
gint64
jmp_serial_now (JmpSerial *self)
{
  return self->ops->now (self);
}

/**
 * jmp_serial_wait:
 * @self: a port
 * @ms: milliseconds
 * @cancellable: (nullable): ends the wait
 * @error: (out) (optional): %G_IO_ERROR_CANCELLED
 *
 * Lets time pass where the port lives, see jmp_serial_now().
 *
 * Returns: %FALSE when cancelled
 */
gboolean
jmp_serial_wait (JmpSerial *self, guint ms, GCancellable *cancellable, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  return self->ops->wait (self, ms, cancellable, error);
}

/**
 * jmp_serial_free:
 * @self: (nullable) (transfer full): a port
 *
 * Closes the port.
 */
void
jmp_serial_free (JmpSerial *self)
{
  if (self != NULL)
    self->ops->free (self);
}

static char *
copy_text (const char *text)
{
  return text != NULL && *text != '\0' ? g_utf8_make_valid (text, -1) : NULL;
}

/**
 * jmp_serial_port_new:
 * @values: what it is; copied, texts made valid UTF-8, empty ones left out
 *
 * Makes a value.
 *
 * Returns: (transfer full): a port
 */
JmpSerialPort *
jmp_serial_port_new (const JmpSerialPort *values)
{
  JmpSerialPort *self = g_new0 (JmpSerialPort, 1);

  self->name = g_strdup (values->name);
  self->path = copy_text (values->path);
  self->address = values->address;
  self->vid = values->vid;
  self->pid = values->pid;
  self->serial = copy_text (values->serial);
  self->manufacturer = copy_text (values->manufacturer);
  self->product = copy_text (values->product);
  return self;
}

/**
 * jmp_serial_port_free:
 * @self: (nullable) (transfer full): a port
 *
 * Frees the value.
 */
void
jmp_serial_port_free (JmpSerialPort *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->path);
  g_free (self->serial);
  g_free (self->manufacturer);
  g_free (self->product);
  g_free (self);
}

/**
 * jmp_serial_name_compare:
 * @a: a port's name
 * @b: a port's name
 *
 * Orders names as a person counts: COM9 before COM10. Of a device with several ports, the first is
 * the one with its console.
 *
 * Returns: less than, equal to, or greater than 0
 */
int
jmp_serial_name_compare (const char *a, const char *b)
{
  gsize length_a = strlen (a);
  gsize length_b = strlen (b);

  if (length_a != length_b)
    return length_a < length_b ? -1 : 1;
  return strcmp (a, b);
}
