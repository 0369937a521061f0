/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the firmware comes onto the boards of a fleet: all at once, each for itself. */

#include "fleet/fleet-private.h"

#include "base/error.h"
#include "session/consent.h"

/* A board that is sent into DFU mode is back long before that. */
#define PATIENCE_SECONDS 30

/* --- One board --- */

static void
end_without_work (JmpFleetBoard *board, JmpFleetReason reason, const GError *error)
{
  board->wanted = FALSE;
  board->work = JMP_FLEET_BOARD_FAILED;
  board->refused = reason;
  g_clear_error (&board->error);
  board->error = error != NULL ? g_error_copy (error) : NULL;
  g_clear_handle_id (&board->patience, g_source_remove);
}

static gboolean
patience_cb (gpointer user_data)
{
  JmpFleetBoard *board = user_data;

  board->patience = 0;
  end_without_work (board, JMP_FLEET_NO_ANSWER, jmp_session_get_console_problem (board->session));
  if (board->fleet != NULL)
    jmp_fleet_settle (board->fleet);
  return G_SOURCE_REMOVE;
}

/* Sends a board that runs its program into DFU mode, once. */
static void
restart (JmpFleetBoard *board)
{
  if (board->restarted) {
    if (jmp_session_get_console_problem (board->session) != NULL)
      end_without_work (
          board, JMP_FLEET_NO_ANSWER, jmp_session_get_console_problem (board->session));
    return;
  }
  if (!jmp_session_restart_board (board->session)) {
    end_without_work (board, JMP_FLEET_RUNNING, NULL);
    return;
  }
  board->restarted = TRUE;
  board->patience = g_timeout_add_seconds (PATIENCE_SECONDS, patience_cb, board);
}

/* Whether the board is in DFU mode; where it is not, it is brought there, or ends. */
static gboolean
reach_board (JmpFleetBoard *board)
{
  JmpDevice *device = jmp_session_get_device (board->session);

  if (jmp_session_is_talking (board->session))
    return FALSE;
  switch (jmp_device_get_mode (device)) {
  case JMP_DEVICE_DFU:
    g_clear_handle_id (&board->patience, g_source_remove);
    return TRUE;
  case JMP_DEVICE_RUNNING:
    restart (board);
    return FALSE;
  case JMP_DEVICE_UNUSABLE:
    if (!board->restarted)
      end_without_work (board, JMP_FLEET_UNUSABLE, jmp_device_get_problem (device));
    return FALSE;
  case JMP_DEVICE_GONE:
    if (!board->restarted)
      end_without_work (board, JMP_FLEET_GONE, NULL);
    return FALSE;
  }
  return FALSE;
}

/* What was agreed to is that files may be overwritten. What else there may be was seen before; of a board
 * that was not in DFU mode then, it is seen now. */
static void
start_job (JmpFleet *self, JmpFleetBoard *board)
{
  JmpFleetReason reason = jmp_fleet_check_firmware (self, board);

  if (reason == JMP_FLEET_TAKES_PART && !self->agreed && jmp_consent_is_needed (board->session))
    reason = JMP_FLEET_ALONE;
  if (reason != JMP_FLEET_TAKES_PART) {
    end_without_work (board, reason, jmp_session_get_problem (board->session));
    return;
  }
  self->has_started = TRUE;
  if (self->agreed)
    jmp_session_agree (board->session);
  board->wanted = FALSE;
  if (!jmp_session_start (board->session))
    end_without_work (board, JMP_FLEET_FIRMWARE, jmp_session_get_problem (board->session));
}

/* One board downloads the release for all that take it; when it cannot be had, it cannot for any. */
static void
download (JmpFleet *self, JmpFleetBoard *board)
{
  const JmpRelease *release = jmp_fleet_release_of (board->session);

  for (guint i = 0; i < self->boards->len; i++) {
    const JmpFleetBoard *other = self->boards->pdata[i];

    if (!jmp_fleet_is_same (jmp_fleet_release_of (other->session), release))
      continue;
    if (jmp_session_get_state (other->session) == JMP_SESSION_READING)
      return;
    if (other->begun && other->refused == JMP_FLEET_FIRMWARE) {
      end_without_work (board, JMP_FLEET_FIRMWARE, other->error);
      return;
    }
  }
  jmp_session_load (board->session);
}

/* Does what can be done now for a board that was started. */
void
jmp_fleet_push (JmpFleet *self, JmpFleetBoard *board)
{
  if (!board->wanted)
    return;
  switch (jmp_session_get_state (board->session)) {
  case JMP_SESSION_READING:
    return;
  case JMP_SESSION_CHOSEN:
    download (self, board);
    return;
  case JMP_SESSION_WORKING:
  case JMP_SESSION_WAITING:
  case JMP_SESSION_STOPPING:
    end_without_work (board, JMP_FLEET_BUSY, NULL);
    return;
  case JMP_SESSION_NO_FIRMWARE:
    end_without_work (board, JMP_FLEET_NO_FIRMWARE, NULL);
    return;
  case JMP_SESSION_BAD_FIRMWARE:
    if (jmp_session_get_problem (board->session) != NULL) {
      end_without_work (board, JMP_FLEET_FIRMWARE, jmp_session_get_problem (board->session));
      return;
    }
    break; /* whether it fits is known in DFU mode */
  case JMP_SESSION_READY:
  case JMP_SESSION_SUCCEEDED:
  case JMP_SESSION_FAILED:
  case JMP_SESSION_STOPPED:
    break;
  }
  if (!reach_board (board))
    return;
  /* To begin takes some milliseconds, in which the window stands still: one board in a turn. */
  if (self->has_started)
    jmp_fleet_settle (self);
  else
    start_job (self, board);
}

static void
want (JmpFleetBoard *board)
{
  jmp_fleet_board_forget_work (board);
  board->begun = TRUE;
  board->wanted = TRUE;
  board->work = JMP_FLEET_BOARD_WORKING;
  board->state = JMP_FLEET_BOARD_WORKING;
  jmp_fleet_board_changed (board);
}

/* --- All of them --- */

/**
 * jmp_fleet_start:
 * @self: a fleet
 * @agreed: whether the person agreed that files on the boards are overwritten: see
 *   jmp_fleet_count_losing_files()
 *
 * Starts the work on every board that takes part. A board that runs its program is sent into DFU mode
 * first. One on which files would be overwritten without an agreement ends at once.
 *
 * Returns: whether any was started
 */
gboolean
jmp_fleet_start (JmpFleet *self, gboolean agreed)
{
  gboolean any = FALSE;

  g_return_val_if_fail (JMP_IS_FLEET (self), FALSE);

  if (jmp_fleet_get_state (self) != JMP_FLEET_CHOOSING)
    return FALSE;
  self->agreed = agreed;
  for (guint i = 0; i < self->boards->len; i++) {
    JmpFleetBoard *board = self->boards->pdata[i];

    if (board->state != JMP_FLEET_BOARD_READY)
      continue;
    want (board);
    any = TRUE;
  }
  jmp_fleet_settle (self);
  return any;
}

/**
 * jmp_fleet_retry:
 * @self: a fleet whose work has ended
 *
 * Starts the work again on every board that it failed on, or was stopped on. Only what is left is done.
 *
 * Returns: whether any was started
 */
gboolean
jmp_fleet_retry (JmpFleet *self)
{
  gboolean any = FALSE;

  g_return_val_if_fail (JMP_IS_FLEET (self), FALSE);

  if (jmp_fleet_get_state (self) != JMP_FLEET_DONE)
    return FALSE;
  for (guint i = 0; i < self->boards->len; i++) {
    JmpFleetBoard *board = self->boards->pdata[i];

    if (board->state != JMP_FLEET_BOARD_FAILED && board->state != JMP_FLEET_BOARD_STOPPED)
      continue;
    if (jmp_session_can_load_again (board->session))
      jmp_session_load (board->session);
    want (board);
    any = TRUE;
  }
  jmp_fleet_settle (self);
  return any;
}

/**
 * jmp_fleet_stop:
 * @self: a fleet
 *
 * Asks the work on every board to stop; each ends after the transfer that it is in.
 */
void
jmp_fleet_stop (JmpFleet *self)
{
  g_return_if_fail (JMP_IS_FLEET (self));

  for (guint i = 0; i < self->boards->len; i++) {
    JmpFleetBoard *board = self->boards->pdata[i];

    if (!board->begun)
      continue;
    if (board->wanted) {
      jmp_session_stop_loading (board->session);
      end_without_work (board, JMP_FLEET_TAKES_PART, NULL);
      board->work = JMP_FLEET_BOARD_STOPPED;
    } else {
      jmp_session_stop (board->session);
    }
  }
  jmp_fleet_settle (self);
}

/**
 * jmp_fleet_dismiss:
 * @self: a fleet whose work has ended
 *
 * Goes on from the results.
 */
void
jmp_fleet_dismiss (JmpFleet *self)
{
  g_return_if_fail (JMP_IS_FLEET (self));

  if (jmp_fleet_get_state (self) != JMP_FLEET_DONE)
    return;
  self->agreed = FALSE;
  for (guint i = 0; i < self->boards->len; i++) {
    JmpFleetBoard *board = self->boards->pdata[i];

    if (!board->begun)
      continue;
    jmp_fleet_board_forget_work (board);
    jmp_session_dismiss (board->session);
    jmp_fleet_look_at (self, board, &board->state, &board->reason);
  }
  jmp_fleet_settle (self);
}
