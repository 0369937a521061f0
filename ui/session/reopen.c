/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/reopen.h"

#include "base/error.h"
#include "usb/usb.h"

/* The monitor tells when the board is back. Permissions may follow a moment later, and nobody tells. */
#define TRY_AGAIN_US G_USEC_PER_SEC

struct _JmpReopen {
  JmpDevice *device;
  gulong handler;
  double limit_seconds;
  GBytes *descriptors; /* of the board when it was first opened; the job's thread alone */

  GMutex lock; /* guards the next one */
  guint changes;
  GCond changed;
};

static void
note_change (JmpReopen *self)
{
  g_mutex_lock (&self->lock);
  self->changes++;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static guint
count_changes (JmpReopen *self)
{
  guint changes;

  g_mutex_lock (&self->lock);
  changes = self->changes;
  g_mutex_unlock (&self->lock);
  return changes;
}

/**
 * jmp_reopen_new:
 * @device: a board, whose row the caller holds
 * @limit_seconds: how long jmp_reopen_wait() waits, at least 0
 *
 * Begins to follow @device.
 *
 * Returns: (transfer full): what opens it
 */
JmpReopen *
jmp_reopen_new (JmpDevice *device, double limit_seconds)
{
  JmpReopen *self = g_new0 (JmpReopen, 1);

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->device = g_object_ref (device);
  self->limit_seconds = limit_seconds;
  self->handler = g_signal_connect_swapped (device, "notify", G_CALLBACK (note_change), self);
  return self;
}

/**
 * jmp_reopen_free:
 * @self: (transfer full): what opens a board, and is not used by a job any longer
 *
 * Frees @self.
 */
void
jmp_reopen_free (JmpReopen *self)
{
  g_signal_handler_disconnect (self->device, self->handler);
  g_object_unref (self->device);
  g_clear_pointer (&self->descriptors, g_bytes_unref);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * jmp_reopen_open:
 * @self: what opens a board
 * @error: as jmp_device_open() and jmp_usb_descriptors()
 *
 * Opens the board for the first time, and remembers what tells it from others.
 *
 * Returns: (transfer full) (nullable): the board
 */
JmpUsb *
jmp_reopen_open (JmpReopen *self, GError **error)
{
  g_autoptr (JmpUsb) usb = jmp_device_open (self->device, error);

  if (usb == NULL)
    return NULL;
  g_clear_pointer (&self->descriptors, g_bytes_unref);
  self->descriptors = jmp_usb_descriptors (usb, error);
  return self->descriptors != NULL ? g_steal_pointer (&usb) : NULL;
}

/* Another board in its place is no better than none. */
static JmpUsb *
open_same (JmpReopen *self, GError **error)
{
  g_autoptr (JmpUsb) usb = jmp_device_open (self->device, error);
  g_autoptr (GBytes) found = usb != NULL ? jmp_usb_descriptors (usb, error) : NULL;

  if (found == NULL)
    return NULL;
  if (self->descriptors != NULL && g_bytes_equal (found, self->descriptors))
    return g_steal_pointer (&usb);
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "another board is in its place");
  return NULL;
}

static void
wait_for_change (JmpReopen *self, guint seen, gint64 end)
{
  g_mutex_lock (&self->lock);
  while (self->changes == seen && g_cond_wait_until (&self->changed, &self->lock, end))
    continue;
  g_mutex_unlock (&self->lock);
}

static JmpUsb *
try_until (JmpReopen *self, gint64 end, GCancellable *cancellable, GError **error)
{
  for (;;) {
    /* Before the attempt: what changes during it is not missed. */
    const guint seen = count_changes (self);
    g_autoptr (GError) problem = NULL;
    JmpUsb *usb;

    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    usb = open_same (self, &problem);
    if (usb != NULL)
      return usb;
    if (g_get_monotonic_time () >= end) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    wait_for_change (self, seen, MIN (end, g_get_monotonic_time () + TRY_AGAIN_US));
  }
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  note_change (user_data);
}

/**
 * jmp_reopen_wait:
 * @self: what opens a board
 * @cancellable: (nullable): ends the wait
 * @error: why it could not be opened at last, or %G_IO_ERROR_CANCELLED
 *
 * Waits until the board that jmp_reopen_open() opened is back in DFU mode, and opens it.
 *
 * Returns: (transfer full) (nullable): the board
 */
JmpUsb *
jmp_reopen_wait (JmpReopen *self, GCancellable *cancellable, GError **error)
{
  const gint64 end = g_get_monotonic_time () + (gint64)(self->limit_seconds * G_USEC_PER_SEC);
  const gulong handler = cancellable != NULL ? g_cancellable_connect (
                             cancellable, G_CALLBACK (cancelled_cb), self, NULL)
                                             : 0;
  JmpUsb *usb = try_until (self, end, cancellable, error);

  g_cancellable_disconnect (cancellable, handler);
  return usb;
}
