/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is true of one span of the map: before, during and after the work.
 *
 * A pure function of the span, the plan's steps, how far they are, and what came of them; the same
 * input gives the same state. No toolkit here; any thread. */

#pragma once

#include "flash/run.h"
#include "map/map-span.h"

G_BEGIN_DECLS

/**
 * JmpMapState:
 * @JMP_MAP_IDLE: nothing is planned
 * @JMP_MAP_UNTOUCHED: the plan leaves it alone
 * @JMP_MAP_UNCHANGED: the work ended before it came here
 * @JMP_MAP_KEPT: as UNTOUCHED, and the person's own files are there
 * @JMP_MAP_WILL_REWRITE: will be erased and written
 * @JMP_MAP_WILL_ERASE: will be erased, and left so
 * @JMP_MAP_WILL_WRITE: will be written without erasing
 * @JMP_MAP_WILL_COMPARE: will be compared with the file
 * @JMP_MAP_WILL_READ: will be read
 * @JMP_MAP_COMPARING: is being compared with the file
 * @JMP_MAP_COMPARED: was compared; what has to be done is known when all is
 * @JMP_MAP_READING: is being read
 * @JMP_MAP_ERASING: is being erased
 * @JMP_MAP_ERASED: is erased, and will be written
 * @JMP_MAP_WRITING: is being written
 * @JMP_MAP_WRITTEN: is written, and will be verified
 * @JMP_MAP_VERIFYING: is being read back and compared
 * @JMP_MAP_READ: was read
 * @JMP_MAP_BLANK: was erased and not written
 * @JMP_MAP_VERIFIED: was written and read back right
 * @JMP_MAP_EQUAL: was compared with the file and is right as it is
 * @JMP_MAP_UNVERIFIED: was written, and not read back
 * @JMP_MAP_LEFT_ERASED: was erased, and the work ended before it was written
 * @JMP_MAP_INCOMPLETE: the work ended in the middle of it
 * @JMP_MAP_DIFFERS: what was read differs from what should be there
 *
 * Quiet ones first, then in the order in which a sector lives through them, then what went wrong;
 * the legend has them from the last to the first.
 */
typedef enum {
  JMP_MAP_IDLE,
  JMP_MAP_UNTOUCHED,
  JMP_MAP_UNCHANGED,
  JMP_MAP_KEPT,
  JMP_MAP_WILL_REWRITE,
  JMP_MAP_WILL_ERASE,
  JMP_MAP_WILL_WRITE,
  JMP_MAP_WILL_COMPARE,
  JMP_MAP_WILL_READ,
  JMP_MAP_COMPARING,
  JMP_MAP_COMPARED,
  JMP_MAP_READING,
  JMP_MAP_ERASING,
  JMP_MAP_ERASED,
  JMP_MAP_WRITING,
  JMP_MAP_WRITTEN,
  JMP_MAP_VERIFYING,
  JMP_MAP_READ,
  JMP_MAP_BLANK,
  JMP_MAP_VERIFIED,
  JMP_MAP_EQUAL,
  JMP_MAP_UNVERIFIED,
  JMP_MAP_LEFT_ERASED,
  JMP_MAP_INCOMPLETE,
  JMP_MAP_DIFFERS,
} JmpMapState;

#define JMP_MAP_STATE_N 25

/**
 * JmpMapWork:
 * @planned: whether there is a plan at all
 * @steps: (array length=n_steps): its steps
 * @n_steps: how many
 * @look: (nullable) (array length=n_look): the steps with which the board is looked at before that
 * @n_look: how many
 * @progress: (nullable): how far it is
 * @outcome: (nullable): what came of it
 * @file: (nullable): the plan that has all bytes of the file
 */
typedef struct {
  gboolean planned;
  const JmpStep *steps;
  guint n_steps;
  const JmpStep *look;
  guint n_look;
  const JmpProgress *progress;
  const JmpOutcome *outcome;
  JmpPlan *file;
} JmpMapWork;

/**
 * JmpMapNow:
 * @state: what is true of it
 * @fraction: how much of the phase it is in is done, 0 to 1; 0 outside work
 */
typedef struct {
  JmpMapState state;
  double fraction;
} JmpMapNow;

JmpMapNow jmp_map_state_of (const JmpMapSpan *span, const JmpMapWork *work, gboolean own_files);
gboolean jmp_map_state_is_work (JmpMapState state);
const char *jmp_map_state_to_string (JmpMapState state);

G_END_DECLS
