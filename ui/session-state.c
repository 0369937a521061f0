/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is true of a session now, and which button can be pressed. */

#include "session-private.h"

/**
 * jmp_session_get_device:
 * @self: a session
 *
 * Returns: (transfer none): the board
 */
JmpDevice *
jmp_session_get_device (JmpSession *self)
{
  return self->device;
}

static JmpSessionState
job_state (JmpSession *self)
{
  const JmpJobState state = jmp_job_get_state (self->job);

  if (!self->finished && state == JMP_JOB_CANCELLING)
    return JMP_SESSION_STOPPING;
  if (!self->finished)
    return state == JMP_JOB_WAITING ? JMP_SESSION_WAITING : JMP_SESSION_WORKING;
  if (state == JMP_JOB_DONE)
    return JMP_SESSION_SUCCEEDED;
  return state == JMP_JOB_CANCELLED ? JMP_SESSION_STOPPED : JMP_SESSION_FAILED;
}

/**
 * jmp_session_get_state:
 * @self: a session
 *
 * Returns: where the session stands
 */
JmpSessionState
jmp_session_get_state (JmpSession *self)
{
  if (self->job != NULL)
    return job_state (self);
  if (self->reading != NULL)
    return JMP_SESSION_READING;
  if (self->plan != NULL)
    return JMP_SESSION_READY;
  return self->file_name != NULL ? JMP_SESSION_BAD_FILE : JMP_SESSION_NO_FILE;
}

/**
 * jmp_session_is_working:
 * @self: a session
 *
 * Returns: whether work runs, or has yet to stop
 */
gboolean
jmp_session_is_working (JmpSession *self)
{
  return jmp_session_can_stop (self) || jmp_session_get_state (self) == JMP_SESSION_STOPPING;
}

/**
 * jmp_session_can_stop:
 * @self: a session
 *
 * Returns: whether there is work that was not yet asked to stop
 */
gboolean
jmp_session_can_stop (JmpSession *self)
{
  const JmpSessionState state = jmp_session_get_state (self);

  return state == JMP_SESSION_WORKING || state == JMP_SESSION_WAITING;
}

/**
 * jmp_session_is_finished:
 * @self: a session
 *
 * Returns: whether there is a result that was not dismissed
 */
gboolean
jmp_session_is_finished (JmpSession *self)
{
  return self->job != NULL && !jmp_session_is_working (self);
}

/**
 * jmp_session_get_main_button:
 * @self: a session
 *
 * Returns: what the main button says
 */
JmpMainButton
jmp_session_get_main_button (JmpSession *self)
{
  return self->main_button;
}

static JmpObstacle
device_obstacle (JmpDevice *device)
{
  switch (jmp_device_get_mode (device)) {
  case JMP_DEVICE_DFU:
    return JMP_OBSTACLE_NONE;
  case JMP_DEVICE_RUNNING:
    return JMP_OBSTACLE_BOARD_RUNNING;
  case JMP_DEVICE_UNUSABLE:
    return JMP_OBSTACLE_BOARD_UNUSABLE;
  case JMP_DEVICE_GONE:
    return JMP_OBSTACLE_BOARD_GONE;
  }
  return JMP_OBSTACLE_BOARD_GONE;
}

/**
 * jmp_session_get_obstacle:
 * @self: a session
 *
 * Returns: why the main button cannot be pressed, or %JMP_OBSTACLE_NONE
 */
JmpObstacle
jmp_session_get_obstacle (JmpSession *self)
{
  const JmpObstacle obstacle = device_obstacle (self->device);

  switch (jmp_session_get_state (self)) {
  case JMP_SESSION_WORKING:
  case JMP_SESSION_WAITING:
  case JMP_SESSION_STOPPING:
    return JMP_OBSTACLE_WORK;
  case JMP_SESSION_SUCCEEDED:
    return JMP_OBSTACLE_DONE;
  case JMP_SESSION_NO_FILE:
    return obstacle != JMP_OBSTACLE_NONE ? obstacle : JMP_OBSTACLE_NO_FILE;
  case JMP_SESSION_READING:
    return obstacle != JMP_OBSTACLE_NONE ? obstacle : JMP_OBSTACLE_READING;
  case JMP_SESSION_BAD_FILE:
    return obstacle != JMP_OBSTACLE_NONE ? obstacle : JMP_OBSTACLE_FILE;
  case JMP_SESSION_READY:
  case JMP_SESSION_FAILED:
  case JMP_SESSION_STOPPED:
    return obstacle;
  }
  return obstacle;
}

/**
 * jmp_session_get_file:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the chosen file
 */
GFile *
jmp_session_get_file (JmpSession *self)
{
  return self->file;
}

/**
 * jmp_session_get_file_name:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the chosen file's name without its folder, as UTF-8
 */
const char *
jmp_session_get_file_name (JmpSession *self)
{
  return self->file_name;
}

/**
 * jmp_session_get_image:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the firmware, where the file could be read
 */
JmpImage *
jmp_session_get_image (JmpSession *self)
{
  return self->image;
}

/**
 * jmp_session_get_plan:
 * @self: a session
 *
 * What would be done at most, as long as the board was not looked at; from then on, see
 * jmp_session_is_surveyed(), what is left to do, is being done, or was done.
 *
 * Returns: (transfer none) (nullable): the plan
 */
JmpPlan *
jmp_session_get_plan (JmpSession *self)
{
  return self->plan;
}

/**
 * jmp_session_get_look:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): how the board is looked at before that, which also tells how
 *   many bytes may have to be put back, and how many are lost
 */
JmpPlan *
jmp_session_get_look (JmpSession *self)
{
  return self->look;
}

/**
 * jmp_session_is_surveyed:
 * @self: a session
 *
 * Returns: whether the plan was made from what the board holds
 */
gboolean
jmp_session_is_surveyed (JmpSession *self)
{
  return self->n_plans > 0;
}

/**
 * jmp_session_was_resumed:
 * @self: a session
 *
 * Returns: whether the board went away in the middle, and the work went on after it came back
 */
gboolean
jmp_session_was_resumed (JmpSession *self)
{
  return self->n_plans > 1;
}

/**
 * jmp_session_get_progress:
 * @self: a session with a job
 *
 * Returns: how far the work was when it last said so; its steps are those of the plan, or, while the
 *   board is compared, of looking at it
 */
JmpProgress
jmp_session_get_progress (JmpSession *self)
{
  return self->progress;
}

/**
 * jmp_session_get_job:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the work that runs, or whose result is not dismissed
 */
JmpJob *
jmp_session_get_job (JmpSession *self)
{
  return self->job;
}

/**
 * jmp_session_get_problem:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why the chosen file cannot be used on this board
 */
const GError *
jmp_session_get_problem (JmpSession *self)
{
  return self->problem;
}
