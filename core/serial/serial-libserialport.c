/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A serial port of this computer, through libserialport. Its waits cannot be ended from outside, so a
 * long one is made of short ones. */

#include "serial/serial.h"

#include "serial/port-private.h"

/* How long a cancel or an unplug may go unnoticed. */
#define SLICE_MS 20

typedef struct {
  JmpSerial base;
  struct sp_port *port;
} Port;

static void
set_error (GError **error, enum sp_return code, const char *doing, const char *name)
{
  JmpError kind = JMP_ERROR_FAILED;
  char *message = NULL;

  /* only this one has a system's error behind it */
  if (code == SP_ERR_FAIL) {
    kind = jmp_serial_map_error (sp_last_error_code ());
    message = sp_last_error_message ();
  } else if (code == SP_ERR_ARG) {
    kind = JMP_ERROR_DISCONNECTED;
  }
  g_set_error (error,
               JMP_ERROR,
               kind,
               "%s %s: %s",
               doing,
               name,
               message != NULL ? message : "there is no such port");
  if (message != NULL)
    sp_free_error_message (message);
}

static gboolean
check_there (Port *self, GError **error)
{
  if (!jmp_serial_is_gone (self->port))
    return TRUE;
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "%s went away", sp_get_port_name (self->port));
  return FALSE;
}

static gssize
port_read (JmpSerial *base,
           guint8 *data,
           gsize size,
           guint timeout_ms,
           GCancellable *cancellable,
           GError **error)
{
  Port *self = (Port *)base;
  gint64 end = g_get_monotonic_time () + (gint64)timeout_ms * 1000;

  for (;;) {
    gint64 left = (end - g_get_monotonic_time ()) / 1000;
    /* 0 would be "for ever" to libserialport */
    guint slice = (guint)CLAMP (left, 1, SLICE_MS);
    enum sp_return n = sp_blocking_read_next (self->port, data, size, slice);

    if (n > 0)
      return n;
    if (n < 0) {
      set_error (error, n, "reading from", sp_get_port_name (self->port));
      return -1;
    }
    if (!check_there (self, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
      return -1;
    if (left <= 0)
      return 0;
  }
}

static gboolean
port_write (JmpSerial *base,
            const guint8 *data,
            gsize size,
            guint timeout_ms,
            GCancellable *cancellable,
            GError **error)
{
  Port *self = (Port *)base;
  gint64 end = g_get_monotonic_time () + (gint64)timeout_ms * 1000;
  gsize sent = 0;

  while (sent < size) {
    enum sp_return n = sp_blocking_write (self->port, data + sent, size - sent, SLICE_MS);

    if (n < 0) {
      set_error (error, n, "writing to", sp_get_port_name (self->port));
      return FALSE;
    }
    sent += (gsize)n;
    if (!check_there (self, error) || g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    if (sent < size && g_get_monotonic_time () >= end) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_TIMED_OUT,
                   "writing to %s: only %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT
                   " bytes were taken within %u ms",
                   sp_get_port_name (self->port),
                   sent,
                   size,
                   timeout_ms);
      return FALSE;
    }
  }
  return TRUE;
}

static gint64
port_now (JmpSerial *base)
{
  return g_get_monotonic_time ();
}

static gboolean
port_wait (JmpSerial *base, guint ms, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64)ms * 1000;
  gint64 left;

  while ((left = end - g_get_monotonic_time ()) > 0) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    g_usleep ((gulong)MIN (left, SLICE_MS * 1000));
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
port_free (JmpSerial *base)
{
  Port *self = (Port *)base;

  jmp_serial_give_back (self->port);
  sp_close (self->port);
  sp_free_port (self->port);
  g_free (self);
}

static const JmpSerialOps port_ops = {
  .read = port_read,
  .write = port_write,
  .now = port_now,
  .wait = port_wait,
  .free = port_free,
};

/* 8 data bits, no parity, 1 stop bit, no flow control; DTR says that somebody listens. */
static enum sp_return
set_up (struct sp_port *port)
{
  enum sp_return code = sp_set_baudrate (port, JMP_SERIAL_SPEED);

  if (code == SP_OK)
    code = sp_set_bits (port, 8);
  if (code == SP_OK)
    code = sp_set_parity (port, SP_PARITY_NONE);
  if (code == SP_OK)
    code = sp_set_stopbits (port, 1);
  if (code == SP_OK)
    code = sp_set_flowcontrol (port, SP_FLOWCONTROL_NONE);
  return code == SP_OK ? sp_set_dtr (port, SP_DTR_ON) : code;
}

/**
 * jmp_serial_open:
 * @name: a port's name
 * @error: (out) (optional): %JMP_ERROR_PERMISSION, %JMP_ERROR_BUSY, %JMP_ERROR_DISCONNECTED when there
 *   is no such port, %JMP_ERROR_FAILED
 *
 * Opens a serial port for this program alone, with 115200 baud, 8N1.
 *
 * Returns: (transfer full): the open port, or %NULL
 */
JmpSerial *
jmp_serial_open (const char *name, GError **error)
{
  struct sp_port *port = NULL;
  enum sp_return code = sp_get_port_by_name (name, &port);
  Port *self;

  if (code != SP_OK) {
    set_error (error, code, "opening", name);
    return NULL;
  }
  self = g_new0 (Port, 1);
  self->base.ops = &port_ops;
  self->port = port;
  code = sp_open (port, SP_MODE_READ_WRITE);
  if (code == SP_OK && !jmp_serial_take (port, error)) {
    port_free (&self->base);
    return NULL;
  }
  if (code == SP_OK)
    code = set_up (port);
  if (code == SP_OK)
    return &self->base;
  set_error (error, code, "opening", name);
  port_free (&self->base);
  return NULL;
}
