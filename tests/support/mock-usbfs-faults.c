/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can go wrong with a device: transfers that fail, hang or take their time, a board that goes away. */

#include "mock-usbfs-device-private.h"

#include <errno.h>

void
mock_usbfs_device_fail_next (MockUsbfsDevice *self, int error)
{
  g_rec_mutex_lock (&self->lock);
  self->fail_next = error;
  g_rec_mutex_unlock (&self->lock);
}

void
mock_usbfs_device_hang (MockUsbfsDevice *self)
{
  g_rec_mutex_lock (&self->lock);
  self->hangs = TRUE;
  g_rec_mutex_unlock (&self->lock);
}

/* Those under way are let go, too. */
void
mock_usbfs_device_drag (MockUsbfsDevice *self, const JmpVirtualCounters *from, guint us)
{
  g_rec_mutex_lock (&self->lock);
  self->drag_from = *from;
  self->drag_us = us;
  for (guint i = 0; us == 0 && i < self->urbs->len; i++)
    ((Urb *)g_ptr_array_index (self->urbs, i))->not_before = 0;
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
}

void
mock_usbfs_device_leave (MockUsbfsDevice *self)
{
  g_rec_mutex_lock (&self->lock);
  self->broken = TRUE;
  g_rec_mutex_unlock (&self->lock);
}

void
mock_usbfs_device_break (MockUsbfsDevice *self)
{
  g_rec_mutex_lock (&self->lock);
  self->broken = TRUE;
  for (guint i = 0; i < self->urbs->len; i++) {
    Urb *urb = g_ptr_array_index (self->urbs, i);

    if (mock_usbfs_device_is_done (self, urb))
      continue;
    urb->hangs = FALSE;
    urb->done_at = 0;
    urb->not_before = 0;
    urb->status = -EPROTO;
    urb->moved = 0;
  }
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
}

void
mock_usbfs_device_vanish (MockUsbfsDevice *self)
{
  mock_usbfs_device_break (self);
  g_rec_mutex_lock (&self->lock);
  self->gone = TRUE;
  mock_usbfs_device_answer (self); /* all of them: the timer has no more to do */
  g_source_destroy (self->timer);
  g_rec_mutex_unlock (&self->lock);
}
