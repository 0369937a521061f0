/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "mock-usbfs-lag.h"

/* More than this is not the simulation's doing. */
#define LATE_MAX_US 2000

gint64
mock_usbfs_lag_begin (MockUsbfsLag *self, gint64 heard_at)
{
  gint64 begin = MAX (heard_at - CLAMP (self->late, 0, LATE_MAX_US), self->last_done);

  self->late = 0;
  self->handed_out = FALSE;
  return begin;
}

void
mock_usbfs_lag_end (MockUsbfsLag *self, gint64 done_at)
{
  self->last_done = done_at;
}

void
mock_usbfs_lag_hand_out (MockUsbfsLag *self, gint64 done_at, gint64 asked_at, gint64 now)
{
  self->handed_out = done_at == self->last_done;
  self->trip = now - asked_at;
  /* from here to the host, and from there to here again */
  self->late = self->handed_out ? now - done_at + self->trip : 0;
}

/* libusb reaps until there is nothing left. So the first time after a transfer, this shows when the host
 * had that one; and the answer, which would have come in no time, takes another trip. */
void
mock_usbfs_lag_nothing_left (MockUsbfsLag *self, gint64 now)
{
  if (self->handed_out)
    self->late = now - self->last_done + self->trip;
  self->handed_out = FALSE;
}
