/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How much work there is, how much of it is done, and how long the rest takes: each kind of work at the
 * speed that is seen, which begins with a guess.
 *
 * Pure: the caller brings the time. One thread. Private to this room. */

#pragma once

#include "flash/speeds.h"

G_BEGIN_DECLS

/* Kinds of work with a speed of their own. */
typedef enum {
  JMP_PACE_ERASE,
  JMP_PACE_WRITE,
  JMP_PACE_READ,
  JMP_PACE_OTHER,
} JmpPaceKind;

#define JMP_PACE_N 4

/**
 * JmpMeter:
 * @guess: seconds for each second that data sheets give, before anything was measured
 * @left: seconds of each kind that are still to come, as data sheets have it
 * @done: seconds of each kind that are done, as data sheets have it
 * @measured: seconds that those took
 * @last_us: when the last piece of work ended
 * @fraction: of all work, by time; never goes back
 */
typedef struct {
  double guess[JMP_PACE_N];
  double left[JMP_PACE_N];
  double done[JMP_PACE_N];
  double measured[JMP_PACE_N];
  gint64 last_us;
  double fraction;
} JmpMeter;

void jmp_meter_init (JmpMeter *self, const JmpSpeeds *guess);
void jmp_meter_start (JmpMeter *self, gint64 now_us);
void jmp_meter_expect (JmpMeter *self, JmpStepKind kind, guint64 length);
void jmp_meter_expect_plan (JmpMeter *self, JmpPlan *plan);
void jmp_meter_forget (JmpMeter *self, JmpStepKind kind, guint64 length);
void jmp_meter_forget_all (JmpMeter *self);
void jmp_meter_done (JmpMeter *self, JmpStepKind kind, guint64 length, gint64 now_us);
double jmp_meter_get_fraction (JmpMeter *self);
double jmp_meter_get_seconds_left (const JmpMeter *self);
gboolean jmp_meter_get_speeds (const JmpMeter *self, JmpSpeeds *speeds);

G_END_DECLS
