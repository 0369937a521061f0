/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is true of a session now, and which button can be pressed. */

#include "session/session-private.h"

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
  if (self->loading != NULL)
    return JMP_SESSION_READING;
  if (self->plan != NULL)
    return JMP_SESSION_READY;
  if (self->loader == NULL)
    return JMP_SESSION_NO_FIRMWARE;
  if (self->firmware == NULL && self->problem == NULL)
    return JMP_SESSION_CHOSEN;
  return JMP_SESSION_BAD_FIRMWARE;
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

static gboolean
is_whole (JmpBoardState state)
{
  return state != JMP_BOARD_INCOMPLETE && state != JMP_BOARD_DIFFERS;
}

/**
 * jmp_session_was_interrupted:
 * @self: a session
 *
 * Returns: whether work on the board was begun when the program ran last, and it has had no firmware since
 *   that is whole
 */
gboolean
jmp_session_was_interrupted (JmpSession *self)
{
  return self->remembered.unfinished && self->job == NULL && self->last_work == JMP_JOB_READY;
}

/**
 * jmp_session_is_restore:
 * @self: a session
 *
 * Returns: whether a backup is chosen, so that the work is to put it back
 */
gboolean
jmp_session_is_restore (JmpSession *self)
{
  return self->loader != NULL
         && jmp_firmware_loader_get_origin (self->loader) == JMP_FIRMWARE_BACKUP;
}

/* The firmware's version as it is told before it is loaded, too. */
static const char *
chosen_version (JmpSession *self)
{
  const JmpRelease *release = self->loader != NULL ? jmp_firmware_loader_get_release (self->loader)
                                                   : NULL;

  if (release != NULL)
    return release->version;
  return self->firmware != NULL ? self->firmware->version : NULL;
}

static JmpMainButton
button_for_version (JmpSession *self)
{
  switch (jmp_version_change (jmp_session_get_version (self), chosen_version (self))) {
  case JMP_CHANGE_UPGRADE:
    return JMP_MAIN_UPDATE;
  case JMP_CHANGE_SAME:
    return JMP_MAIN_REINSTALL;
  case JMP_CHANGE_DOWNGRADE:
  case JMP_CHANGE_UNKNOWN:
    break;
  }
  return JMP_MAIN_INSTALL;
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
  const gboolean same = self->loader != NULL && self->loader == self->last_loader;

  if (jmp_session_has_console (self))
    return JMP_MAIN_RESTART;
  if (jmp_session_get_state (self) == JMP_SESSION_BAD_FIRMWARE && jmp_session_can_load_again (self))
    return JMP_MAIN_TRY_AGAIN;
  if (same && self->last_work == JMP_JOB_CANCELLED)
    return self->left_state != JMP_BOARD_UNTOUCHED ? JMP_MAIN_CONTINUE : button_for_version (self);
  if (same && self->last_work == JMP_JOB_DONE)
    return jmp_session_is_restore (self) ? JMP_MAIN_RESTORE : JMP_MAIN_REINSTALL;
  if (same && self->last_work != JMP_JOB_READY)
    return JMP_MAIN_TRY_AGAIN;
  if (jmp_session_is_restore (self))
    return JMP_MAIN_RESTORE;
  if (!is_whole (self->left_state) || jmp_session_was_interrupted (self))
    return JMP_MAIN_REPAIR;
  return button_for_version (self);
}

static JmpObstacle
device_obstacle (JmpSession *self)
{
  if (self->unprotecting || self->looking != NULL)
    return JMP_OBSTACLE_TALKING;
  switch (jmp_device_get_mode (self->device)) {
  case JMP_DEVICE_DFU:
    return JMP_OBSTACLE_NONE;
  case JMP_DEVICE_RUNNING:
    if (self->talking != NULL)
      return JMP_OBSTACLE_TALKING;
    return jmp_session_has_console (self) ? JMP_OBSTACLE_NONE : JMP_OBSTACLE_BOARD_RUNNING;
  case JMP_DEVICE_UNUSABLE:
    return JMP_OBSTACLE_BOARD_UNUSABLE;
  case JMP_DEVICE_GONE:
    return jmp_session_is_restarting (self) ? JMP_OBSTACLE_TALKING : JMP_OBSTACLE_BOARD_GONE;
  }
  return JMP_OBSTACLE_BOARD_GONE;
}

static JmpObstacle
firmware_obstacle (JmpSession *self)
{
  if (jmp_session_can_load_again (self))
    return JMP_OBSTACLE_NONE;
  return jmp_session_wants_address (self) || jmp_session_wants_place (self) ? JMP_OBSTACLE_ADDRESS
                                                                            : JMP_OBSTACLE_FIRMWARE;
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
  const JmpObstacle obstacle = device_obstacle (self);
  const gboolean running = jmp_session_has_console (self); /* whatever the firmware is like */

  if (self->held)
    return JMP_OBSTACLE_WORK;
  switch (jmp_session_get_state (self)) {
  case JMP_SESSION_WORKING:
  case JMP_SESSION_WAITING:
  case JMP_SESSION_STOPPING:
    return JMP_OBSTACLE_WORK;
  case JMP_SESSION_SUCCEEDED:
    return JMP_OBSTACLE_DONE;
  case JMP_SESSION_NO_FIRMWARE:
    return obstacle != JMP_OBSTACLE_NONE || running ? obstacle : JMP_OBSTACLE_NO_FIRMWARE;
  case JMP_SESSION_READING:
    return obstacle != JMP_OBSTACLE_NONE ? obstacle : JMP_OBSTACLE_READING;
  case JMP_SESSION_BAD_FIRMWARE:
    return obstacle != JMP_OBSTACLE_NONE || running ? obstacle : firmware_obstacle (self);
  case JMP_SESSION_CHOSEN:
  case JMP_SESSION_READY:
  case JMP_SESSION_FAILED:
  case JMP_SESSION_STOPPED:
    return obstacle;
  }
  return obstacle;
}

/**
 * jmp_session_get_loader:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): how the chosen firmware is had
 */
JmpFirmwareLoader *
jmp_session_get_loader (JmpSession *self)
{
  return self->loader;
}

/**
 * jmp_session_get_firmware_name:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the chosen firmware is called, a file without its folder, as
 *   UTF-8
 */
const char *
jmp_session_get_firmware_name (JmpSession *self)
{
  return self->loader != NULL ? jmp_firmware_loader_get_name (self->loader) : NULL;
}

/**
 * jmp_session_get_firmware:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the chosen firmware, where it was loaded
 */
JmpFirmware *
jmp_session_get_firmware (JmpSession *self)
{
  return self->firmware;
}

/**
 * jmp_session_get_file:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): the file, where the person chose one
 */
GFile *
jmp_session_get_file (JmpSession *self)
{
  return self->loader != NULL ? jmp_firmware_loader_get_file (self->loader) : NULL;
}

/**
 * jmp_session_get_image:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what is in the firmware, where it was loaded
 */
JmpImage *
jmp_session_get_image (JmpSession *self)
{
  return self->firmware != NULL ? self->firmware->image : NULL;
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
 * jmp_session_is_plan_over:
 * @self: a session
 *
 * Returns: whether the plan is of the past: the work with it is done, and was dismissed, and the board
 *   has left DFU mode since; or the board runs its program, and what it will hold in DFU mode is not known
 */
gboolean
jmp_session_is_plan_over (JmpSession *self)
{
  if (self->job != NULL)
    return FALSE;
  switch (jmp_device_get_mode (self->device)) {
  case JMP_DEVICE_DFU:
    break;
  case JMP_DEVICE_RUNNING:
    return TRUE;
  case JMP_DEVICE_UNUSABLE:
  case JMP_DEVICE_GONE:
    return self->loader == self->last_loader && self->last_work == JMP_JOB_DONE;
  }
  return FALSE;
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
 * Returns: (transfer none) (nullable): why the chosen firmware cannot be had, or not be used on
 *   this board
 */
const GError *
jmp_session_get_problem (JmpSession *self)
{
  return self->problem;
}
