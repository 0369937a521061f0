/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the simulation takes for itself between two transfers.
 *
 * A board's wire time is that of an ordinary host, with all that its kernel does. What it takes here to
 * tell another process of the end of a transfer, and to hear from it of the next, would come on top; so
 * it is taken off again, and a transfer begins as if the host had known at once. The host's own time
 * counts. Times are microseconds on the board's clock. Private to mock-usbfs-device, used under its
 * lock. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * MockUsbfsLag:
 * @last_done: when the last transfer ended
 * @late: how much later than that the host had it
 * @trip: how long a word takes to the host and back
 * @handed_out: the host has it, and asked for nothing since
 */
typedef struct {
  gint64 last_done;
  gint64 late;
  gint64 trip;
  gboolean handed_out;
} MockUsbfsLag;

/* When a transfer begins that was heard of at @heard_at. */
gint64 mock_usbfs_lag_begin (MockUsbfsLag *self, gint64 heard_at);
/* It ends at @done_at. */
void mock_usbfs_lag_end (MockUsbfsLag *self, gint64 done_at);
/* The transfer that ended at @done_at is on its way to the host, which asked for it at @asked_at; a word
 * to the host and back was exchanged from then until @now. */
void mock_usbfs_lag_hand_out (MockUsbfsLag *self, gint64 done_at, gint64 asked_at, gint64 now);
/* The host asked at @now, and there is nothing more. */
void mock_usbfs_lag_nothing_left (MockUsbfsLag *self, gint64 now);

G_END_DECLS
