/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A session's board while its program runs: what it runs, and its way into DFU mode without a jumper. The
 * console is spoken to on a worker, one thing at a time. */

#include "session/session-private.h"

#include "board/console.h"

/* A board that is sent into DFU mode is back long before that. */
#define RESTART_SECONDS 30

typedef struct {
  JmpDevice *device;
  gboolean restart;
} Talk;

static void
talk_free (gpointer data)
{
  Talk *self = data;

  g_object_unref (self->device);
  g_free (self);
}

/* On its way into DFU mode the board says what it is, where it can: nobody could ask it there. */
static void
talk_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Talk *talk = task_data;
  GError *error = NULL;
  JmpSerial *serial = jmp_device_open_serial (talk->device, &error);
  JmpRunning *running = NULL;
  gboolean done = FALSE;

  if (serial != NULL && talk->restart) {
    running = jmp_console_read (serial, JMP_CONSOLE_LIMIT_MS, cancellable, NULL);
    done = jmp_console_restart (serial, JMP_CONSOLE_LIMIT_MS, cancellable, &error);
  } else if (serial != NULL) {
    running = jmp_console_read (serial, JMP_CONSOLE_LIMIT_MS, cancellable, &error);
    done = running != NULL;
  }
  g_clear_pointer (&serial, jmp_serial_free);
  if (done) {
    g_task_return_pointer (task, running, (GDestroyNotify)jmp_running_free);
  } else {
    g_clear_pointer (&running, jmp_running_free);
    g_task_return_error (task, error);
  }
}

/* --- On its way into DFU mode --- */

/* The board came, or does not. */
static void
end_restart (JmpSession *self)
{
  g_clear_handle_id (&self->restarting, g_source_remove);
}

static gboolean
restart_takes_long_cb (gpointer user_data)
{
  JmpSession *self = user_data;

  self->restarting = 0;
  jmp_session_choose_board (self);
  jmp_session_changed (self);
  return G_SOURCE_REMOVE;
}

static void
follow_restart (JmpSession *self)
{
  const JmpDeviceMode mode = jmp_device_get_mode (self->device);

  /* whoever unplugs it may put a jumper on */
  if (mode == JMP_DEVICE_RUNNING
      || (mode == JMP_DEVICE_GONE && self->restarting == 0 && self->job == NULL))
    self->came_by_itself = FALSE;
  if (mode != JMP_DEVICE_DFU || self->restarting == 0)
    return;
  self->came_by_itself = TRUE;
  end_restart (self);
}

/* --- Speaking to it --- */

/* What was sent into DFU mode runs nothing any more. */
static void
take_running (JmpSession *self, JmpRunning *running, gboolean restarted)
{
  const JmpEvidence seen = {
    .build = running->build,
    .machine = running->machine,
    .version = running->version,
  };

  g_clear_pointer (&self->running, jmp_running_free);
  if (!restarted)
    self->running = running;
  jmp_session_set_seen (self, &seen);
  if (restarted)
    jmp_running_free (running);
}

static void
talked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;
  const Talk *talked = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;
  JmpRunning *running = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->talking) {
    g_clear_pointer (&running, jmp_running_free);
    return;
  }
  g_clear_object (&self->talking);
  self->console_problem = g_steal_pointer (&error);
  if (self->console_problem != NULL)
    end_restart (self);
  if (running != NULL)
    take_running (self, running, talked->restart);
  else
    jmp_session_changed (self);
}

static gboolean
talk (JmpSession *self, gboolean restart)
{
  g_autoptr (GTask) task = NULL;
  Talk *data;

  if (!jmp_session_has_console (self) || self->talking != NULL)
    return FALSE;
  g_clear_error (&self->console_problem);
  self->talking = g_cancellable_new ();
  data = g_new0 (Talk, 1);
  data->device = g_object_ref (self->device);
  data->restart = restart;
  task = g_task_new (NULL, self->talking, talked_cb, g_object_ref (self));
  g_task_set_task_data (task, data, talk_free);
  g_task_run_in_thread (task, talk_func);
  jmp_session_changed (self);
  return TRUE;
}

/* The board came or went. After an installation it was just started, and is asked what it runs: nobody
 * is disturbed by that now. */
void
jmp_session_follow_running (JmpSession *self)
{
  follow_restart (self);
  if (jmp_device_get_mode (self->device) != JMP_DEVICE_RUNNING) {
    g_clear_pointer (&self->running, jmp_running_free);
    g_clear_error (&self->console_problem);
    return;
  }
  /* what runs is whole */
  if (self->job == NULL)
    jmp_session_note_work (self, FALSE);
  if (self->wants_proof && jmp_session_has_console (self)) {
    self->wants_proof = FALSE;
    talk (self, FALSE);
  }
}

void
jmp_session_forget_running (JmpSession *self)
{
  end_restart (self);
  if (self->talking != NULL)
    g_cancellable_cancel (self->talking);
  g_clear_object (&self->talking);
  g_clear_pointer (&self->running, jmp_running_free);
  g_clear_error (&self->console_problem);
  g_clear_error (&self->unprotect_problem);
}

/**
 * jmp_session_has_console:
 * @self: a session
 *
 * Returns: whether the board runs a program that can be spoken to
 */
gboolean
jmp_session_has_console (JmpSession *self)
{
  return jmp_device_get_mode (self->device) == JMP_DEVICE_RUNNING
         && jmp_device_get_port_name (self->device) != NULL;
}

/**
 * jmp_session_is_talking:
 * @self: a session
 *
 * Returns: whether the board's console is being spoken to
 */
gboolean
jmp_session_is_talking (JmpSession *self)
{
  return self->talking != NULL;
}

/**
 * jmp_session_ask_running:
 * @self: a session
 *
 * Asks the board what it runs. The program that runs there is interrupted.
 *
 * Returns: whether it is being asked
 */
gboolean
jmp_session_ask_running (JmpSession *self)
{
  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  return talk (self, FALSE);
}

/**
 * jmp_session_restart_board:
 * @self: a session
 *
 * Sends the board into DFU mode. The program that runs there is interrupted.
 *
 * Returns: whether it is being sent
 */
gboolean
jmp_session_restart_board (JmpSession *self)
{
  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (!jmp_session_has_console (self) || self->talking != NULL)
    return FALSE;
  end_restart (self);
  self->restarting = g_timeout_add_seconds (RESTART_SECONDS, restart_takes_long_cb, self);
  return talk (self, TRUE);
}

/**
 * jmp_session_is_restarting:
 * @self: a session
 *
 * Returns: whether the board was sent into DFU mode, and has yet to come: it may be gone meanwhile
 */
gboolean
jmp_session_is_restarting (JmpSession *self)
{
  return self->restarting != 0;
}

/**
 * jmp_session_came_by_itself:
 * @self: a session
 *
 * Returns: whether jmp_session_restart_board() brought the board into DFU mode: then there is no jumper
 *   to take off
 */
gboolean
jmp_session_came_by_itself (JmpSession *self)
{
  return self->came_by_itself;
}

/**
 * jmp_session_get_running:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): what the board said that it runs
 */
const JmpRunning *
jmp_session_get_running (JmpSession *self)
{
  return self->running;
}

/**
 * jmp_session_get_console_problem:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why the board could not be spoken to
 */
const GError *
jmp_session_get_console_problem (JmpSession *self)
{
  return self->console_problem;
}
