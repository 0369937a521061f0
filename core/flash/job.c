/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/job-private.h"

#include "base/error.h"

enum {
  PROP_0,
  PROP_STATE,
  PROP_PHASE,
  PROP_FRACTION,
  PROP_PLAN,
  N_PROPS,
};

enum {
  SIGNAL_FINISHED,
  N_SIGNALS,
};

static GParamSpec *props[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (JmpJob, jmp_job, G_TYPE_OBJECT)

static gboolean
has_ended (JmpJobState state)
{
  switch (state) {
  case JMP_JOB_READY:
  case JMP_JOB_RUNNING:
  case JMP_JOB_WAITING:
  case JMP_JOB_CANCELLING:
    return FALSE;
  case JMP_JOB_DONE:
  case JMP_JOB_FAILED:
  case JMP_JOB_CANCELLED:
    return TRUE;
  }
  return TRUE;
}

static JmpJobSnapshot
look (JmpJob *self)
{
  JmpJobSnapshot snapshot;

  g_mutex_lock (&self->lock);
  snapshot = self->now;
  g_mutex_unlock (&self->lock);
  return snapshot;
}

/* In the main context: tells what has changed since the last time. */
static gboolean
dispatch_cb (gpointer user_data)
{
  JmpJob *self = user_data;
  JmpJobSnapshot before = self->notified;
  JmpJobSnapshot now;

  g_mutex_lock (&self->lock);
  now = self->now;
  self->dispatch_queued = FALSE;
  g_mutex_unlock (&self->lock);

  self->notified = now;
  g_object_freeze_notify (G_OBJECT (self));
  if (now.state != before.state)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
  if (now.progress.phase != before.progress.phase)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PHASE]);
  if (now.progress.fraction > before.progress.fraction)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_FRACTION]);
  if (now.plans != before.plans)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_PLAN]);
  g_object_thaw_notify (G_OBJECT (self));
  if (has_ended (now.state) && !has_ended (before.state))
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
  return G_SOURCE_REMOVE;
}

/* The source owns a reference, which it gives back in the main context: so that is where a job that
 * nobody holds any longer is finalised. */
static void
attach_dispatch (JmpJob *owned)
{
  g_autoptr (GMainContext) context = g_main_context_ref (owned->context);
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, dispatch_cb, owned, g_object_unref);
  g_source_attach (source, context);
}

/* Changes wait for the main context together: a fast board must not flood it. */
static void
queue_dispatch (JmpJob *self)
{
  gboolean queued;

  g_mutex_lock (&self->lock);
  queued = self->dispatch_queued || !self->threaded;
  self->dispatch_queued = TRUE;
  g_mutex_unlock (&self->lock);
  if (!queued)
    attach_dispatch (g_object_ref (self));
}

/* On the job's thread. */
static void
progress_cb (const JmpProgress *progress, gint64 now_us, gpointer user_data)
{
  JmpJob *self = user_data;

  g_mutex_lock (&self->lock);
  if (progress->waiting && self->now.state == JMP_JOB_RUNNING)
    self->now.state = JMP_JOB_WAITING;
  else if (!progress->waiting && self->now.state == JMP_JOB_WAITING)
    self->now.state = JMP_JOB_RUNNING;
  /* while the board is away, so is its clock; another begins when it is back */
  if (!self->paced || progress->waiting)
    jmp_pace_init (&self->now.pace, now_us);
  self->paced = !progress->waiting;
  self->now.progress = *progress;
  if (!progress->waiting)
    jmp_pace_update (&self->now.pace, now_us, progress);
  g_mutex_unlock (&self->lock);
  queue_dispatch (self);
  if (self->progress != NULL)
    self->progress (progress, self->progress_data);
}

/* On the job's thread: a plan was made from what the board holds. */
static void
planned_cb (JmpPlan *plan, gpointer user_data)
{
  JmpJob *self = user_data;

  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->plans, jmp_plan_ref (plan));
  self->now.plans = self->plans->len;
  g_mutex_unlock (&self->lock);
  queue_dispatch (self);
}

/* Does the work and publishes its end, without telling the main context. */
static gboolean
run (JmpJob *self)
{
  const JmpWorkWatch watch = {
    .progress = progress_cb,
    .planned = planned_cb,
    .user_data = self,
  };
  gboolean ok = jmp_work_run (&self->work, &watch, self->cancellable, &self->outcome, &self->error);

  g_mutex_lock (&self->lock);
  self->now.state = ok                                     ? JMP_JOB_DONE
                    : jmp_error_is_cancelled (self->error) ? JMP_JOB_CANCELLED
                                                           : JMP_JOB_FAILED;
  self->now.pace.speed = 0;
  self->now.pace.seconds_left = ok ? 0 : -1;
  g_mutex_unlock (&self->lock);
  return ok;
}

/* Owns a reference, and hands it to the main context as the last thing it does. */
static gpointer
job_thread_func (gpointer data)
{
  JmpJob *self = data;

  run (self);
  attach_dispatch (self);
  return NULL;
}

/* %FALSE when the job was started before: it runs once. */
static gboolean
begin (JmpJob *self, gboolean threaded)
{
  gboolean first;

  g_mutex_lock (&self->lock);
  first = self->now.state == JMP_JOB_READY;
  if (first) {
    self->now.state = JMP_JOB_RUNNING;
    self->threaded = threaded;
  }
  g_mutex_unlock (&self->lock);
  return first;
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  jmp_job_cancel (user_data);
}

/**
 * jmp_job_run:
 * @self: a job that has not run
 * @cancellable: (nullable): stops it, as jmp_job_cancel() does
 * @error: return location for a #GError
 *
 * Does the work in the calling thread, and comes back when it has ended. Emits nothing and touches no
 * main context.
 *
 * Errors: those of opening the board, jmp_flash_run() and jmp_backup_file_save().
 *
 * Returns: %TRUE when all was done
 */
gboolean
jmp_job_run (JmpJob *self, GCancellable *cancellable, GError **error)
{
  gulong handler;
  gboolean ok;

  g_return_val_if_fail (JMP_IS_JOB (self), FALSE);
  g_return_val_if_fail (begin (self, FALSE), FALSE);

  handler = cancellable != NULL
                ? g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL)
                : 0;
  ok = run (self);
  g_cancellable_disconnect (cancellable, handler);
  if (!ok)
    g_propagate_error (error, g_error_copy (self->error));
  return ok;
}

/**
 * jmp_job_start:
 * @self: a job that has not run
 *
 * Does the work on a thread of its own. The main context that was the thread's default when the job
 * was made is told of changes, and of the end by "finished". The job stays alive until then.
 */
void
jmp_job_start (JmpJob *self)
{
  g_autoptr (GThread) thread = NULL;

  g_return_if_fail (JMP_IS_JOB (self));
  g_return_if_fail (begin (self, TRUE));

  queue_dispatch (self);
  thread = g_thread_new ("jumper-job", job_thread_func, g_object_ref (self));
}

/**
 * jmp_job_cancel:
 * @self: a job
 *
 * Asks the work to stop after the transfer that is under way. Does not wait; any thread.
 */
void
jmp_job_cancel (JmpJob *self)
{
  g_return_if_fail (JMP_IS_JOB (self));

  g_mutex_lock (&self->lock);
  if (self->now.state == JMP_JOB_RUNNING || self->now.state == JMP_JOB_WAITING)
    self->now.state = JMP_JOB_CANCELLING;
  g_mutex_unlock (&self->lock);
  queue_dispatch (self);
  g_cancellable_cancel (self->cancellable);
}

/**
 * jmp_job_get_state:
 * @self: a job
 *
 * Returns: how far it is; any thread
 */
JmpJobState
jmp_job_get_state (JmpJob *self)
{
  return look (self).state;
}

/**
 * jmp_job_get_progress:
 * @self: a job
 *
 * Returns: what it does just now; its fraction is of the backup and the plan together. Any thread
 */
JmpProgress
jmp_job_get_progress (JmpJob *self)
{
  return look (self).progress;
}

/**
 * jmp_job_get_speed:
 * @self: a job
 *
 * Returns: bytes per second of the phase that runs, smoothed; 0 while unknown. Any thread
 */
double
jmp_job_get_speed (JmpJob *self)
{
  return look (self).pace.speed;
}

/**
 * jmp_job_get_seconds_left:
 * @self: a job
 *
 * Returns: seconds until the end, smoothed; -1 while unknown. Any thread
 */
double
jmp_job_get_seconds_left (JmpJob *self)
{
  return look (self).pace.seconds_left;
}

/**
 * jmp_job_get_outcome:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): what was done and what state the board is in, once the job has
 *   ended; what a backup before the plan took is part of it, its image is not
 */
const JmpOutcome *
jmp_job_get_outcome (JmpJob *self)
{
  return has_ended (look (self).state) ? &self->outcome : NULL;
}

/**
 * jmp_job_get_error:
 * @self: a job
 *
 * Returns: (transfer none) (nullable): why it failed or was cancelled, once it has ended
 */
const GError *
jmp_job_get_error (JmpJob *self)
{
  return has_ended (look (self).state) ? self->error : NULL;
}

/**
 * jmp_job_get_plan:
 * @self: a job
 *
 * For an image, the plan is made once the board was looked at, and again after it went away; then
 * "plan" is notified. Each stays valid as long as the job. Any thread.
 *
 * Returns: (transfer none) (nullable): what is carried out
 */
JmpPlan *
jmp_job_get_plan (JmpJob *self)
{
  JmpPlan *plan = NULL;

  g_mutex_lock (&self->lock);
  if (self->plans->len > 0)
    plan = g_ptr_array_index (self->plans, self->plans->len - 1);
  g_mutex_unlock (&self->lock);
  return plan != NULL ? plan : self->work.plan;
}

/**
 * jmp_job_new:
 * @info: the board
 * @open: (scope notified) (closure user_data): opens it; called once, on the job's thread
 * @user_data: for @open
 * @destroy: (nullable): frees @user_data, with the job
 *
 * Makes a job that does nothing yet. The main context that is the thread's default now is the one
 * that jmp_job_start() tells.
 *
 * Returns: (transfer full): the job
 */
JmpJob *
jmp_job_new (JmpDfuInfo *info, JmpJobOpenFunc open, gpointer user_data, GDestroyNotify destroy)
{
  JmpJob *self = g_object_new (JMP_TYPE_JOB, NULL);

  self->work.info = jmp_dfu_info_ref (info);
  self->work.open = open;
  self->work.open_data = user_data;
  self->open_destroy = destroy;
  return self;
}

static void
jmp_job_finalize (GObject *object)
{
  JmpJob *self = JMP_JOB (object);

  if (self->open_destroy != NULL)
    self->open_destroy (self->work.open_data);
  if (self->keep_destroy != NULL)
    self->keep_destroy (self->work.keep_data);
  g_clear_pointer (&self->work.info, jmp_dfu_info_unref);
  g_clear_pointer (&self->work.plan, jmp_plan_unref);
  g_clear_pointer (&self->work.image, jmp_image_unref);
  g_clear_pointer (&self->work.backup, jmp_plan_unref);
  g_clear_pointer (&self->work.guard, g_array_unref);
  g_clear_pointer (&self->work.backup_path, g_free);
  g_clear_pointer (&self->work.recovery_path, g_free);
  g_clear_pointer (&self->work.speeds_folder, g_free);
  jmp_job_free_regions (&self->work.options);
  g_clear_pointer (&self->plans, g_ptr_array_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
  g_clear_object (&self->cancellable);
  jmp_outcome_clear (&self->outcome);
  g_clear_error (&self->error);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (jmp_job_parent_class)->finalize (object);
}

static void
jmp_job_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  JmpJobSnapshot now = look (JMP_JOB (object));

  switch (prop_id) {
  case PROP_STATE:
    g_value_set_int (value, (int)now.state);
    break;
  case PROP_PHASE:
    g_value_set_int (value, (int)now.progress.phase);
    break;
  case PROP_FRACTION:
    g_value_set_double (value, now.progress.fraction);
    break;
  case PROP_PLAN:
    g_value_set_pointer (value, jmp_job_get_plan (JMP_JOB (object)));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
  }
}

static void
jmp_job_class_init (JmpJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = jmp_job_finalize;
  object_class->get_property = jmp_job_get_property;

  /**
   * JmpJob:state:
   *
   * How far it is, a #JmpJobState.
   */
  props[PROP_STATE] = g_param_spec_int (
      "state", NULL, NULL, 0, JMP_JOB_CANCELLED, JMP_JOB_READY, flags);
  /**
   * JmpJob:phase:
   *
   * What it does just now, a #JmpPhase.
   */
  props[PROP_PHASE] = g_param_spec_int (
      "phase", NULL, NULL, 0, JMP_PHASE_N - 1, JMP_PHASE_PREPARE, flags);
  /**
   * JmpJob:fraction:
   *
   * How much of the whole work is done, by time; never goes back.
   */
  props[PROP_FRACTION] = g_param_spec_double ("fraction", NULL, NULL, 0, 1, 0, flags);
  /**
   * JmpJob:plan:
   *
   * What is carried out, a #JmpPlan as of jmp_job_get_plan().
   */
  props[PROP_PLAN] = g_param_spec_pointer ("plan", NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);

  /**
   * JmpJob::finished:
   *
   * The work has ended, well or not. Emitted once, for a job that was started.
   */
  signals[SIGNAL_FINISHED] = g_signal_new (
      "finished", JMP_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_job_init (JmpJob *self)
{
  g_mutex_init (&self->lock);
  self->plans = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_plan_unref);
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
  self->now.pace.seconds_left = -1;
}
