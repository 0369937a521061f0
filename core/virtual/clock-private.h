/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The time of a virtual board, in microseconds from its creation.
 *
 * A fake clock stands still until someone sleeps on it, which takes no real time. Used under the
 * board's lock, which nobody holds while real time passes. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JmpVirtualClock:
 * @speed: board time for each real time; 0 for a fake clock
 * @origin: g_get_monotonic_time() at the start
 * @fake_us: the time of a fake clock
 */
typedef struct {
  double speed;
  gint64 origin;
  gint64 fake_us;
} JmpVirtualClock;

void jmp_virtual_clock_init (JmpVirtualClock *self, double speed);
gboolean jmp_virtual_clock_is_fake (const JmpVirtualClock *self);
gint64 jmp_virtual_clock_now (const JmpVirtualClock *self);
void jmp_virtual_clock_advance (JmpVirtualClock *self, gint64 time_us);
gint64 jmp_virtual_clock_real_until (const JmpVirtualClock *self, gint64 time_us);

G_END_DECLS
