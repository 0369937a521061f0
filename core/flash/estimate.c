/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/estimate.h"

/* A sample of the speed takes this long at least, and counts so much against those before it. */
#define SAMPLE_US     250000
#define SAMPLE_WEIGHT 0.3
/* Before so much of the work and of the time has passed, nothing is known. */
#define KNOWN_FRACTION 0.02
#define KNOWN_US       500000
/* Time left comes nearer to what is expected by this part for each second that passes. */
#define LEFT_WEIGHT 0.3
/* Time left rises only when it was wrong by more than this. */
#define LEFT_WRONG 1.5

/* Seconds to erase a sector: F405 at 3.3 V, typical (DS8626, table 40); small pages as on F0 and L4. */
static const struct {
  guint32 size;
  double seconds;
} erase_times[] = {
  { 4 * 1024, 0.03 },
  { 16 * 1024, 0.25 },
  { 64 * 1024, 0.55 },
  { 128 * 1024, 1.0 },
};

/* Seconds for a byte. Written: 16 us for each word (DS8626) and about 5 ms on the wire for 2048 of
 * them; read: the wire alone, about 3 ms for 1024. */
#define WRITE_SECONDS 6.5e-6
#define READ_SECONDS  3.0e-6
#define LEAVE_SECONDS 0.02

static double
estimate_erase (guint64 length)
{
  for (guint i = 0; i < G_N_ELEMENTS (erase_times); i++) {
    if (length <= erase_times[i].size)
      return erase_times[i].seconds;
  }
  return (double)length / (128 * 1024);
}

/**
 * jmp_estimate_bytes:
 * @kind: what is done
 * @length: with how many bytes; a whole sector for ERASE
 *
 * A guess from data sheets how long a piece of work takes.
 *
 * Returns: seconds, more than 0 where @length is
 */
double
jmp_estimate_bytes (JmpStepKind kind, guint64 length)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return estimate_erase (length);
  case JMP_STEP_WRITE:
    return (double)length * WRITE_SECONDS;
  case JMP_STEP_VERIFY:
  case JMP_STEP_READ:
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    return (double)length * READ_SECONDS;
  case JMP_STEP_LEAVE:
    return LEAVE_SECONDS;
  }
  return 0;
}

/**
 * jmp_estimate_plan:
 * @plan: a plan
 *
 * Returns: seconds that the plan takes, as far as data sheets know
 */
double
jmp_estimate_plan (JmpPlan *plan)
{
  guint n_steps;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);
  double seconds = 0;

  for (guint i = 0; i < n_steps; i++)
    seconds += jmp_estimate_bytes (steps[i].kind, steps[i].length);
  return seconds;
}

/**
 * jmp_pace_init:
 * @self: a pace
 * @now_us: microseconds of the clock that jmp_pace_update() is given
 *
 * Begins to watch a piece of work.
 */
void
jmp_pace_init (JmpPace *self, gint64 now_us)
{
  *self = (JmpPace){
    .seconds_left = -1,
    .phase_us = now_us,
    .started_us = now_us,
    .left_us = now_us,
  };
}

static void
update_speed (JmpPace *self, gint64 now_us, const JmpProgress *progress)
{
  gint64 passed = now_us - self->phase_us;
  double sample;

  if (progress->phase != self->phase || progress->phase_done < self->phase_done) {
    self->phase = progress->phase;
    self->phase_us = now_us;
    self->phase_done = progress->phase_done;
    self->speed = 0;
    return;
  }
  if (passed < SAMPLE_US || progress->phase_done == self->phase_done)
    return;
  sample = (double)(progress->phase_done - self->phase_done) * G_USEC_PER_SEC / (double)passed;
  self->speed = self->speed > 0 ? self->speed + SAMPLE_WEIGHT * (sample - self->speed) : sample;
  self->phase_us = now_us;
  self->phase_done = progress->phase_done;
}

/* What is left is known from the speeds that are seen; without them, the fraction is weighted by time,
 * so what is left takes as much longer as what is done did. Shown
 * is a number that counts down and is drawn towards that; it rises only when it was far too low. */
static void
update_left (JmpPace *self, gint64 now_us, const JmpProgress *progress)
{
  double fraction = progress->fraction;
  double passed = (double)(now_us - self->left_us) / G_USEC_PER_SEC;
  double elapsed = (double)(now_us - self->started_us) / G_USEC_PER_SEC;
  double expected = progress->seconds_left > 0
                        ? progress->seconds_left
                        : elapsed * (1 - fraction) / MAX (fraction, KNOWN_FRACTION);
  double counted = MAX (self->seconds_left - passed, 0);

  if (fraction < KNOWN_FRACTION || now_us - self->started_us < KNOWN_US)
    return;
  self->left_us = now_us;
  if (self->seconds_left < 0 || expected > self->seconds_left * LEFT_WRONG + 1)
    self->seconds_left = expected;
  else
    self->seconds_left = MIN (self->seconds_left,
                              counted + (expected - counted) * MIN (passed * LEFT_WEIGHT, 1));
}

/**
 * jmp_pace_update:
 * @self: a pace
 * @now_us: microseconds of a clock that never goes back
 * @progress: how far it is
 *
 * Takes note of how far the work is at a time.
 */
void
jmp_pace_update (JmpPace *self, gint64 now_us, const JmpProgress *progress)
{
  update_speed (self, now_us, progress);
  update_left (self, now_us, progress);
}
