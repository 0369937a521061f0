/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The values that a run reports with, and their words. */

#include "flash/run.h"

/**
 * jmp_outcome_clear:
 * @self: an outcome
 *
 * Releases what an outcome holds.
 */
void
jmp_outcome_clear (JmpOutcome *self)
{
  g_clear_pointer (&self->read, jmp_image_unref);
  g_clear_pointer (&self->recovery_file, g_free);
  g_clear_pointer (&self->recovery_aside, g_free);
  g_clear_pointer (&self->recovery_problem, g_free);
}

/**
 * jmp_phase_to_string:
 * @phase: a phase
 *
 * Returns: (transfer none): its word
 */
const char *
jmp_phase_to_string (JmpPhase phase)
{
  switch (phase) {
  case JMP_PHASE_PREPARE:
    return "prepare";
  case JMP_PHASE_BACKUP:
    return "backup";
  case JMP_PHASE_COMPARE:
    return "compare";
  case JMP_PHASE_ERASE:
    return "erase";
  case JMP_PHASE_WRITE:
    return "write";
  case JMP_PHASE_VERIFY:
    return "verify";
  case JMP_PHASE_LEAVE:
    return "leave";
  }
  return "?";
}

/**
 * jmp_board_state_to_string:
 * @state: what state a board is in
 *
 * Returns: (transfer none): its word
 */
const char *
jmp_board_state_to_string (JmpBoardState state)
{
  switch (state) {
  case JMP_BOARD_UNTOUCHED:
    return "untouched";
  case JMP_BOARD_INCOMPLETE:
    return "incomplete";
  case JMP_BOARD_UNVERIFIED:
    return "unverified";
  case JMP_BOARD_DIFFERS:
    return "differs";
  case JMP_BOARD_COMPLETE:
    return "complete";
  case JMP_BOARD_STARTED:
    return "started";
  }
  return "?";
}
