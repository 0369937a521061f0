/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How long work takes: a first guess from data sheets, and the pace that is really seen.
 *
 * Pure: the caller brings the time. Used by run.h (progress is weighted by time) and job.h (speed
 * and time left). A pace belongs to one thread. */

#pragma once

#include "flash/run.h"

G_BEGIN_DECLS

double jmp_estimate_bytes (JmpStepKind kind, guint64 length);
double jmp_estimate_plan (JmpPlan *plan);

/**
 * JmpPace:
 * @speed: bytes per second of the phase that runs, smoothed; 0 while unknown
 * @seconds_left: until all is done, smoothed; -1 while unknown
 * @phase: the phase that @speed is about
 * @phase_us: when the last sample of @speed was taken
 * @phase_done: bytes of the phase at that time
 * @started_us: when it began
 * @left_us: when @seconds_left was last set
 *
 * Make it with jmp_pace_init(); read the first two.
 */
typedef struct {
  double speed;
  double seconds_left;
  JmpPhase phase;
  gint64 phase_us;
  guint64 phase_done;
  gint64 started_us;
  gint64 left_us;
} JmpPace;

void jmp_pace_init (JmpPace *self, gint64 now_us);
void jmp_pace_update (JmpPace *self, gint64 now_us, const JmpProgress *progress);

G_END_DECLS
