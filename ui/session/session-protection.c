/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Taking the read protection off a session's board, and everything on it with that. On a worker. */

#include "session/session-private.h"

#include "base/error.h"
#include "dfu/dfuse.h"
#include "dfu/option-bytes.h"
#include "session/reopen.h"

/* The whole flash is erased meanwhile. */
#define RETURN_SECONDS 60

typedef struct {
  JmpReopen *reopen;
  JmpDfuInfo *info;
} Work;

static void
work_free (gpointer data)
{
  Work *self = data;

  jmp_reopen_free (self->reopen);
  jmp_dfu_info_unref (self->info);
  g_free (self);
}

static gboolean
send_command (const Work *work, GError **error)
{
  JmpUsb *usb = jmp_reopen_open (work->reopen, error);
  g_autoptr (JmpDfu) dfu = usb != NULL ? jmp_dfu_open (usb, work->info, error) : NULL;

  return dfu != NULL && jmp_dfu_to_idle (dfu, NULL, error)
         && jmp_dfu_select_alt (dfu, 0, NULL, error) && jmp_protection_check_command (dfu, error)
         && jmp_dfuse_read_unprotect (dfu, NULL, error);
}

/* The board restarted; what it says now counts, not that it went. */
static gboolean
prove (const Work *work, GError **error)
{
  JmpUsb *usb = jmp_reopen_wait (work->reopen, NULL, error);
  g_autoptr (JmpDfu) dfu = usb != NULL ? jmp_dfu_open (usb, work->info, error) : NULL;
  g_auto (JmpProtection) protection = { 0 };

  if (dfu == NULL || !jmp_protection_read (dfu, &protection, NULL, error))
    return FALSE;
  if (protection.state == JMP_PROTECTION_OPEN)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_READ_PROTECTED,
               "the board is back, and its protection is still on");
  return FALSE;
}

static void
unprotect_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Work *work = task_data;
  GError *error = NULL;

  if (send_command (work, &error) && prove (work, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
unprotected_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;
  g_autoptr (GError) error = NULL;

  self->unprotecting = FALSE;
  if (g_task_propagate_boolean (G_TASK (result), &error)) {
    jmp_session_note_version (self, NULL);
    jmp_session_dismiss (self);
  } else {
    g_clear_error (&self->unprotect_problem);
    self->unprotect_problem = g_steal_pointer (&error);
  }
  jmp_session_changed (self);
}

/**
 * jmp_session_can_unprotect:
 * @self: a session
 *
 * Returns: whether the last work failed because reading is protected, and the board's boot loader is one
 *   that can take the protection off
 */
gboolean
jmp_session_can_unprotect (JmpSession *self)
{
  const JmpDfuInfo *info = jmp_device_get_info (self->device);

  return jmp_session_is_finished (self) && !self->unprotecting && info != NULL
         && jmp_protection_is_removable (info)
         && jmp_device_get_mode (self->device) == JMP_DEVICE_DFU
         && g_error_matches (jmp_job_get_error (self->job), JMP_ERROR, JMP_ERROR_READ_PROTECTED);
}

/**
 * jmp_session_unprotect:
 * @self: a session
 *
 * Takes the read protection off the board, which erases everything on it. Only after the person has typed
 * that it shall be so. With success the result is dismissed: the work can begin again.
 *
 * Returns: whether it was begun
 */
gboolean
jmp_session_unprotect (JmpSession *self)
{
  g_autoptr (GTask) task = NULL;
  Work *work;

  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (!jmp_session_can_unprotect (self))
    return FALSE;
  g_clear_error (&self->unprotect_problem);
  self->unprotecting = TRUE;
  work = g_new0 (Work, 1);
  work->reopen = jmp_reopen_new (self->device, RETURN_SECONDS);
  work->info = jmp_dfu_info_ref (jmp_device_get_info (self->device));
  task = g_task_new (NULL, NULL, unprotected_cb, g_object_ref (self));
  g_task_set_task_data (task, work, work_free);
  g_task_run_in_thread (task, unprotect_func);
  jmp_session_changed (self);
  return TRUE;
}

/**
 * jmp_session_is_unprotecting:
 * @self: a session
 *
 * Returns: whether the read protection is being taken off
 */
gboolean
jmp_session_is_unprotecting (JmpSession *self)
{
  return self->unprotecting;
}

/**
 * jmp_session_get_unprotect_problem:
 * @self: a session
 *
 * Returns: (transfer none) (nullable): why the read protection could not be taken off
 */
const GError *
jmp_session_get_unprotect_problem (JmpSession *self)
{
  return self->unprotect_problem;
}
