/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session-private.h"

#include "base/error.h"
#include "install.h"

G_DEFINE_FINAL_TYPE (JmpSession, jmp_session, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  SIGNAL_PROGRESS,
  SIGNAL_FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed (JmpSession *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* A file that names another board is refused here, and not only warned about: the window has no
 * way to insist, jumperctl has. */
static gboolean
check_ids (JmpImage *image, const JmpDfuInfo *info, GError **error)
{
  if (jmp_image_is_for (image, info->vid, info->pid))
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_MISMATCH,
               "the file is for %04x:%04x, the board is %04x:%04x",
               jmp_image_get_vid (image),
               jmp_image_get_pid (image),
               info->vid,
               info->pid);
  return FALSE;
}

static void
clear_plans (JmpSession *self)
{
  g_clear_pointer (&self->plan, jmp_plan_unref);
  g_clear_pointer (&self->look, jmp_plan_unref);
  self->n_plans = 0;
}

/* Lays the image over what the board says about itself now. A board that is not ready says nothing,
 * or less than it could: a plan that was made before stands until it comes back. */
static void
make_plan (JmpSession *self)
{
  g_auto (JmpInstall) install = jmp_install_for (self->device);
  JmpDfuInfo *info = jmp_device_get_info (self->device);

  if (self->image == NULL || info == NULL || jmp_device_get_mode (self->device) != JMP_DEVICE_DFU)
    return;
  g_clear_error (&self->problem);
  clear_plans (self);
  if (!check_ids (self->image, info, &self->problem))
    return;
  self->look = jmp_plan_survey (self->image, info, &install.options, &self->problem);
  if (self->look != NULL)
    self->plan = jmp_plan_flash (self->image, info, &install.options, &self->problem);
}

/* The board came back, perhaps with a memory map that could not be read before. What a running or
 * finished job is shown with stays as it was. */
static void
device_changed_cb (JmpSession *self)
{
  if (self->job == NULL)
    make_plan (self);
  changed (self);
}

static void
jmp_session_dispose (GObject *object)
{
  JmpSession *self = JMP_SESSION (object);

  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->file);
  g_clear_object (&self->job);
  g_clear_object (&self->device);
  g_clear_object (&self->boards);
  G_OBJECT_CLASS (jmp_session_parent_class)->dispose (object);
}

static void
jmp_session_finalize (GObject *object)
{
  JmpSession *self = JMP_SESSION (object);

  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->image, jmp_image_unref);
  clear_plans (self);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (jmp_session_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (
      name, JMP_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_session_class_init (JmpSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = jmp_session_dispose;
  object_class->finalize = jmp_session_finalize;
  signals[SIGNAL_CHANGED] = new_signal ("changed");
  signals[SIGNAL_PROGRESS] = new_signal ("progress");
  signals[SIGNAL_FINISHED] = new_signal ("finished");
}

static void
jmp_session_init (JmpSession *self)
{
  self->main_button = JMP_MAIN_INSTALL;
}

/**
 * jmp_session_new:
 * @device: the board
 * @boards: (nullable) (element-type JmpDevice): all boards that are there, of which it is one
 *
 * Makes the session of one board.
 *
 * Returns: (transfer full): the session
 */
JmpSession *
jmp_session_new (JmpDevice *device, GListModel *boards)
{
  JmpSession *self = g_object_new (JMP_TYPE_SESSION, NULL);

  self->device = g_object_ref (device);
  g_set_object (&self->boards, boards);
  g_signal_connect_object (
      device, "notify", G_CALLBACK (device_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* --- The file --- */

static void
read_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const JmpReadOptions options = { 0 };
  GError *error = NULL;
  JmpImage *image = jmp_image_read_file (task_data, &options, cancellable, &error);

  if (image == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, image, (GDestroyNotify)jmp_image_unref);
}

static void
read_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  JmpSession *self = JMP_SESSION (source);
  GTask *task = G_TASK (result);
  g_autoptr (GError) error = NULL;
  JmpImage *image = g_task_propagate_pointer (task, &error);

  /* Another file was chosen meanwhile. */
  if (g_task_get_cancellable (task) != self->reading) {
    g_clear_pointer (&image, jmp_image_unref);
    return;
  }
  g_clear_object (&self->reading);
  self->image = image;
  self->problem = g_steal_pointer (&error);
  make_plan (self);
  changed (self);
}

static char *
display_name (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL ? g_filename_display_name (name) : g_file_get_uri (file);
}

/**
 * jmp_session_open_file:
 * @self: a session
 * @file: a firmware file
 *
 * Reads @file and plans its installation. The file that was chosen before is forgotten, as is the
 * result of work with it. Nothing happens while work runs.
 *
 * Returns: whether the file is being read
 */
gboolean
jmp_session_open_file (JmpSession *self, GFile *file)
{
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (jmp_session_is_working (self))
    return FALSE;
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->job);
  g_clear_pointer (&self->file_name, g_free);
  g_clear_pointer (&self->image, jmp_image_unref);
  clear_plans (self);
  g_clear_error (&self->problem);
  self->main_button = JMP_MAIN_INSTALL;
  g_set_object (&self->file, file);
  self->file_name = display_name (file);
  self->reading = g_cancellable_new ();

  task = g_task_new (self, self->reading, read_done_cb, NULL);
  g_task_set_task_data (task, g_object_ref (file), g_object_unref);
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_func);
  changed (self);
  return TRUE;
}

/* --- The work --- */

/* The plan is never older than the progress that is shown with it. */
static gboolean
sync_job (JmpSession *self)
{
  JmpPlan *plan;

  self->progress = jmp_job_get_progress (self->job);
  plan = jmp_job_get_plan (self->job);
  if (plan == NULL || plan == self->plan)
    return FALSE;
  jmp_plan_ref (plan);
  jmp_plan_unref (self->plan);
  self->plan = plan;
  self->n_plans++;
  return TRUE;
}

static void
job_progress_cb (JmpSession *self)
{
  if (!jmp_session_is_working (self))
    return;
  if (sync_job (self))
    changed (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
job_state_cb (JmpSession *self)
{
  if (!jmp_session_is_working (self))
    return;
  sync_job (self);
  changed (self);
}

static void
job_finished_cb (JmpSession *self)
{
  sync_job (self);
  self->finished = TRUE;
  self->main_button = jmp_session_get_state (self) == JMP_SESSION_SUCCEEDED ? JMP_MAIN_INSTALL_AGAIN
                                                                            : JMP_MAIN_TRY_AGAIN;
  changed (self);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
  g_object_unref (self);
}

/**
 * jmp_session_start:
 * @self: a session
 *
 * Presses the main button: starts the work. Nothing happens while jmp_session_get_obstacle() names
 * an obstacle.
 *
 * Returns: whether the work was started
 */
gboolean
jmp_session_start (JmpSession *self)
{
  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (jmp_session_get_obstacle (self) != JMP_OBSTACLE_NONE)
    return FALSE;
  g_clear_object (&self->job);
  make_plan (self);
  if (self->plan == NULL) {
    changed (self);
    return FALSE;
  }
  self->job = jmp_install_job_new (self->device, self->image, self->boards);
  self->finished = FALSE;
  self->progress = jmp_job_get_progress (self->job);
  g_signal_connect_object (
      self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->job, "notify", G_CALLBACK (job_progress_cb), self, G_CONNECT_SWAPPED);
  /* The work goes on whatever becomes of the window: until it ends it has a session. */
  g_signal_connect_swapped (
      self->job, "finished", G_CALLBACK (job_finished_cb), g_object_ref (self));
  jmp_job_start (self->job);
  changed (self);
  return TRUE;
}

/**
 * jmp_session_stop:
 * @self: a session
 *
 * Asks the running work to stop; it ends after the transfer that it is in.
 */
void
jmp_session_stop (JmpSession *self)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  if (!jmp_session_can_stop (self))
    return;
  jmp_job_cancel (self->job);
  changed (self);
}

/**
 * jmp_session_dismiss:
 * @self: a session
 *
 * Goes on from a result to the file that is chosen.
 */
void
jmp_session_dismiss (JmpSession *self)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  if (!jmp_session_is_finished (self))
    return;
  g_clear_object (&self->job);
  make_plan (self);
  changed (self);
}
