/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fleet/fleet-private.h"

G_DEFINE_FINAL_TYPE (JmpFleetBoard, jmp_fleet_board, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
jmp_fleet_board_changed (JmpFleetBoard *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
jmp_fleet_board_forget_work (JmpFleetBoard *self)
{
  self->begun = FALSE;
  self->wanted = FALSE;
  self->restarted = FALSE;
  self->refused = JMP_FLEET_TAKES_PART;
  g_clear_handle_id (&self->patience, g_source_remove);
  g_clear_object (&self->job);
  g_clear_error (&self->error);
}

static void
jmp_fleet_board_dispose (GObject *object)
{
  JmpFleetBoard *self = JMP_FLEET_BOARD (object);

  jmp_fleet_board_forget_work (self);
  g_clear_object (&self->backups);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (jmp_fleet_board_parent_class)->dispose (object);
}

static void
jmp_fleet_board_class_init (JmpFleetBoardClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jmp_fleet_board_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", JMP_TYPE_FLEET_BOARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_fleet_board_init (JmpFleetBoard *self)
{
}

JmpFleetBoard *
jmp_fleet_board_new (JmpFleet *fleet, JmpSession *session)
{
  JmpFleetBoard *self = g_object_new (JMP_TYPE_FLEET_BOARD, NULL);

  self->fleet = fleet;
  self->session = g_object_ref (session);
  return self;
}

/**
 * jmp_fleet_board_get_session:
 * @self: a board
 *
 * Returns: (transfer none): its session
 */
JmpSession *
jmp_fleet_board_get_session (JmpFleetBoard *self)
{
  return self->session;
}

/**
 * jmp_fleet_board_get_state:
 * @self: a board
 *
 * Returns: where it stands
 */
JmpFleetBoardState
jmp_fleet_board_get_state (JmpFleetBoard *self)
{
  return self->state;
}

/**
 * jmp_fleet_board_get_reason:
 * @self: a board
 *
 * Returns: why it is left out, or could not be begun
 */
JmpFleetReason
jmp_fleet_board_get_reason (JmpFleetBoard *self)
{
  return self->reason;
}

/**
 * jmp_fleet_board_get_error:
 * @self: a board
 *
 * Returns: (transfer none) (nullable): what went wrong with it
 */
const GError *
jmp_fleet_board_get_error (JmpFleetBoard *self)
{
  if (self->begun)
    return self->error;
  if (self->reason == JMP_FLEET_UNUSABLE)
    return jmp_device_get_problem (jmp_session_get_device (self->session));
  return self->reason == JMP_FLEET_FIRMWARE ? jmp_session_get_problem (self->session) : NULL;
}

/**
 * jmp_fleet_board_get_outcome:
 * @self: a board
 *
 * Returns: (transfer none) (nullable): what the work that has ended left behind
 */
const JmpOutcome *
jmp_fleet_board_get_outcome (JmpFleetBoard *self)
{
  return self->job != NULL ? jmp_job_get_outcome (self->job) : NULL;
}

/**
 * jmp_fleet_board_get_fraction:
 * @self: a board
 *
 * Returns: how far its work is, 0 to 1; 1 when it has ended, however it did
 */
double
jmp_fleet_board_get_fraction (JmpFleetBoard *self)
{
  if (!self->begun || self->wanted)
    return 0;
  if (!jmp_session_is_working (self->session))
    return 1;
  return CLAMP (jmp_session_get_progress (self->session).fraction, 0, 1);
}
