/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "guide/guide-steps.h"

/**
 * jmp_guide_begin:
 * @self: (out caller-allocates): a guide
 * @way: what the person is going to do; borrowed
 * @is_running: whether a board that runs its program is plugged in already
 * @now: microseconds on a clock that never goes back
 *
 * Begins at the first step.
 */
void
jmp_guide_begin (JmpGuide *self, const JmpGuideWay *way, gboolean is_running, gint64 now)
{
  *self = (JmpGuide){ .way = way, .since = now, .is_running = is_running, .ran = is_running };
}

/* A way that begins with a running board expects one; on the others it is a board without the jumper. */
static gboolean
expects_running (const JmpGuide *self)
{
  return self->way->steps[0].kind == JMP_GUIDE_STEP_CONNECT;
}

/**
 * jmp_guide_take:
 * @self: a guide
 * @event: what a board did
 * @now: microseconds on the clock of jmp_guide_begin()
 *
 * Goes on.
 */
void
jmp_guide_take (JmpGuide *self, JmpGuideEvent event, gint64 now)
{
  self->since = now;
  switch (event) {
  case JMP_GUIDE_RUNNING:
    self->missed = self->left || !expects_running (self);
    self->is_running = self->ran = TRUE;
    self->left = self->arrived = FALSE;
    break;
  case JMP_GUIDE_LEFT:
    self->left = TRUE;
    self->is_running = self->arrived = self->missed = FALSE;
    break;
  case JMP_GUIDE_ARRIVED:
    self->arrived = TRUE;
    self->missed = FALSE;
    break;
  }
}

/**
 * jmp_guide_is_done:
 * @self: a guide
 * @step: which of its way's steps
 *
 * Returns: whether the board has shown that it was done
 */
gboolean
jmp_guide_is_done (const JmpGuide *self, guint step)
{
  if (self->arrived)
    return TRUE;
  switch (self->way->steps[step].kind) {
  case JMP_GUIDE_STEP_DISCONNECT:
    return self->left;
  case JMP_GUIDE_STEP_CONNECT:
    return self->ran;
  case JMP_GUIDE_STEP_LEAVE:
    return self->ran && self->left;
  case JMP_GUIDE_STEP_HAND:
  case JMP_GUIDE_STEP_ARRIVE:
    return FALSE;
  }
  return FALSE;
}

/**
 * jmp_guide_is_missed:
 * @self: a guide
 *
 * Returns: whether a board came, but runs its program instead of taking updates
 */
gboolean
jmp_guide_is_missed (const JmpGuide *self)
{
  return self->missed;
}

/**
 * jmp_guide_get_wait:
 * @self: a guide
 * @now: microseconds on the clock of jmp_guide_begin()
 *
 * How long until help should be offered: %JMP_GUIDE_PATIENCE_US after something happened last.
 *
 * Returns: microseconds, 0 when it is due, -1 when there is nothing to wait for
 */
gint64
jmp_guide_get_wait (const JmpGuide *self, gint64 now)
{
  if (self->arrived)
    return -1;
  return MAX (0, self->since + JMP_GUIDE_PATIENCE_US - now);
}
