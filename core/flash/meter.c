/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/meter.h"

#include "flash/estimate.h"

/* A guess counts as much as so many seconds of measured work. */
#define GUESS_WEIGHT 0.5
/* What was measured for less than this says nothing about the next time. */
#define ENOUGH_SECONDS 0.2

static JmpPaceKind
pace_of (JmpStepKind kind)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return JMP_PACE_ERASE;
  case JMP_STEP_WRITE:
    return JMP_PACE_WRITE;
  case JMP_STEP_VERIFY:
  case JMP_STEP_READ:
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    return JMP_PACE_READ;
  case JMP_STEP_LEAVE:
    return JMP_PACE_OTHER;
  }
  return JMP_PACE_OTHER;
}

/* Begins with nothing to do; @guess may be %NULL. */
void
jmp_meter_init (JmpMeter *self, const JmpSpeeds *guess)
{
  *self = (JmpMeter){ .guess = { 1, 1, 1, 1 } };
  if (guess == NULL)
    return;
  self->guess[JMP_PACE_ERASE] = guess->erase;
  self->guess[JMP_PACE_WRITE] = guess->write;
  self->guess[JMP_PACE_READ] = guess->read;
}

/* Work begins, or goes on after a wait that counts for nothing. */
void
jmp_meter_start (JmpMeter *self, gint64 now_us)
{
  self->last_us = now_us;
}

/* A piece of work is to come. */
void
jmp_meter_expect (JmpMeter *self, JmpStepKind kind, guint64 length)
{
  self->left[pace_of (kind)] += jmp_estimate_bytes (kind, length);
}

void
jmp_meter_expect_plan (JmpMeter *self, JmpPlan *plan)
{
  guint n_steps;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);

  for (guint i = 0; i < n_steps; i++)
    jmp_meter_expect (self, steps[i].kind, steps[i].length);
}

/* A piece of work that was to come is not needed. */
void
jmp_meter_forget (JmpMeter *self, JmpStepKind kind, guint64 length)
{
  double *left = &self->left[pace_of (kind)];

  *left = MAX (*left - jmp_estimate_bytes (kind, length), 0);
}

void
jmp_meter_forget_all (JmpMeter *self)
{
  for (guint i = 0; i < JMP_PACE_N; i++)
    self->left[i] = 0;
}

/* A piece of work is done, since the last one or jmp_meter_start(). */
void
jmp_meter_done (JmpMeter *self, JmpStepKind kind, guint64 length, gint64 now_us)
{
  JmpPaceKind pace = pace_of (kind);

  self->done[pace] += jmp_estimate_bytes (kind, length);
  self->measured[pace] += (double)MAX (now_us - self->last_us, 0) / G_USEC_PER_SEC;
  self->last_us = now_us;
  jmp_meter_forget (self, kind, length);
}

/* Real seconds for a second of the data sheets. */
static double
factor (const JmpMeter *self, guint pace)
{
  return (GUESS_WEIGHT * self->guess[pace] + self->measured[pace])
         / (GUESS_WEIGHT + self->done[pace]);
}

/* How much of all work is done, 0 to 1. */
double
jmp_meter_get_fraction (JmpMeter *self)
{
  double left = jmp_meter_get_seconds_left (self);
  double done = 0;

  for (guint i = 0; i < JMP_PACE_N; i++)
    done += self->done[i] * factor (self, i);
  if (done > 0)
    self->fraction = MAX (self->fraction, done / (done + left));
  return self->fraction;
}

double
jmp_meter_get_seconds_left (const JmpMeter *self)
{
  double left = 0;

  for (guint i = 0; i < JMP_PACE_N; i++)
    left += self->left[i] * factor (self, i);
  return left;
}

/* What to guess the next time; %FALSE when nothing was measured for long enough. */
gboolean
jmp_meter_get_speeds (const JmpMeter *self, JmpSpeeds *speeds)
{
  double *const out[] = { &speeds->erase, &speeds->write, &speeds->read };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (out); i++) {
    gboolean enough = self->done[i] > ENOUGH_SECONDS && self->measured[i] > 0;

    *out[i] = enough ? self->measured[i] / self->done[i] : self->guess[i];
    any = any || enough;
  }
  return any;
}
