/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/clock-private.h"

void
jmp_virtual_clock_init (JmpVirtualClock *self, double speed)
{
  self->speed = speed;
  self->origin = g_get_monotonic_time ();
  self->fake_us = 0;
}

gboolean
jmp_virtual_clock_is_fake (const JmpVirtualClock *self)
{
  return self->speed <= 0;
}

gint64
jmp_virtual_clock_now (const JmpVirtualClock *self)
{
  if (jmp_virtual_clock_is_fake (self))
    return self->fake_us;
  return (gint64)((double)(g_get_monotonic_time () - self->origin) * self->speed);
}

/* Lets a fake clock jump to @time_us; a clock never goes back. */
void
jmp_virtual_clock_advance (JmpVirtualClock *self, gint64 time_us)
{
  self->fake_us = MAX (self->fake_us, time_us);
}

/* How many real microseconds are left until @time_us: 0 when it has come, and on a fake clock. */
gint64
jmp_virtual_clock_real_until (const JmpVirtualClock *self, gint64 time_us)
{
  gint64 left = time_us - jmp_virtual_clock_now (self);

  if (left <= 0 || jmp_virtual_clock_is_fake (self))
    return 0;
  /* At least one: rounded down to nothing, the caller would never get past the last microsecond. */
  return MAX (1, (gint64)((double)left / self->speed));
}
