/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "session/session-private.h"

#include "base/error.h"
#include "flash/aim.h"
#include "releases/offer-private.h"
#include "session/consent.h"
#include "session/install.h"

G_DEFINE_FINAL_TYPE (JmpSession, jmp_session, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  SIGNAL_LOADING,
  SIGNAL_ASKING,
  SIGNAL_PROGRESS,
  SIGNAL_FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

void
jmp_session_changed (JmpSession *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
jmp_session_loading (JmpSession *self)
{
  g_signal_emit (self, signals[SIGNAL_LOADING], 0);
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

void
jmp_session_forget_plans (JmpSession *self)
{
  g_clear_pointer (&self->aimed, jmp_image_unref);
  g_clear_pointer (&self->plan, jmp_plan_unref);
  g_clear_pointer (&self->look, jmp_plan_unref);
  g_clear_pointer (&self->takers, g_ptr_array_unref);
  g_clear_pointer (&self->places, g_array_unref);
  self->n_plans = 0;
}

/* Where nothing in the file decides among several places, the person does. */
static gboolean
aim (JmpSession *self, JmpImage *image, JmpDfuInfo *info)
{
  self->places = jmp_aim_list (image, info);
  if (self->places->len > 0 && !self->has_place) {
    g_set_error (&self->problem,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "the file fits %u places of the board",
                 self->places->len);
    return FALSE;
  }
  self->aimed = self->places->len > 0 ? jmp_aim_at (image, self->place) : jmp_aim (image, info);
  return TRUE;
}

/* Lays the image over what the board says about itself now. A board that is not ready says nothing,
 * or less than it could: a plan that was made before stands until it comes back. */
void
jmp_session_make_plan (JmpSession *self)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);
  JmpImage *image = jmp_session_get_image (self);

  if (image == NULL || info == NULL || jmp_device_get_mode (self->device) != JMP_DEVICE_DFU)
    return;
  jmp_install_clear (&self->install);
  self->install = jmp_install_for (jmp_session_get_board (self),
                                   self->library != NULL ? jmp_library_get_catalogue (self->library)
                                                         : NULL,
                                   self->device);
  g_clear_error (&self->problem);
  jmp_session_forget_plans (self);
  if (!check_ids (image, info, &self->problem))
    return;
  if (!aim (self, image, info))
    return;
  self->look = jmp_plan_survey (self->aimed, info, &self->install.options, &self->problem);
  if (self->look != NULL)
    self->plan = jmp_plan_flash (self->aimed, info, &self->install.options, &self->problem);
  jmp_session_look_for_takers (self);
}

/* The board came back, perhaps with a memory map that could not be read before. What a running or
 * finished job is shown with stays as it was. */
static void
device_changed_cb (JmpSession *self)
{
  jmp_session_choose_board (self);
  jmp_session_follow_running (self);
  if (self->job == NULL)
    jmp_session_make_plan (self);
  jmp_session_changed (self);
}

static void
jmp_session_dispose (GObject *object)
{
  JmpSession *self = JMP_SESSION (object);

  jmp_offer_detach (self);
  jmp_session_forget_running (self);
  jmp_session_forget_look (self);
  jmp_session_forget_firmware (self);
  g_clear_object (&self->job);
  g_clear_object (&self->device);
  g_clear_object (&self->boards);
  G_OBJECT_CLASS (jmp_session_parent_class)->dispose (object);
}

static void
jmp_session_finalize (GObject *object)
{
  JmpSession *self = JMP_SESSION (object);

  jmp_session_forget_board (self);
  jmp_install_clear (&self->install);
  jmp_session_forget_backup (self);
  g_clear_pointer (&self->last_loader, jmp_firmware_loader_unref);
  g_clear_pointer (&self->agreed, jmp_firmware_loader_unref);
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
  signals[SIGNAL_LOADING] = new_signal ("loading");
  signals[SIGNAL_ASKING] = new_signal ("asking");
  signals[SIGNAL_PROGRESS] = new_signal ("progress");
  signals[SIGNAL_FINISHED] = new_signal ("finished");
}

static void
jmp_session_init (JmpSession *self)
{
  self->last_work = JMP_JOB_READY;
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
    jmp_session_changed (self);
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

static void
job_state_cb (JmpSession *self)
{
  if (!jmp_session_is_working (self))
    return;
  sync_job (self);
  jmp_session_changed (self);
}

/* What is on the board now, as far as it is known. */
static void
note_end (JmpSession *self)
{
  const JmpOutcome *outcome = jmp_job_get_outcome (self->job);

  self->last_work = jmp_job_get_state (self->job);
  g_clear_pointer (&self->last_loader, jmp_firmware_loader_unref);
  self->last_loader = jmp_firmware_loader_ref (self->loader);
  self->left_state = outcome != NULL ? outcome->state : JMP_BOARD_UNTOUCHED;
  jmp_session_note_work (
      self, self->left_state == JMP_BOARD_INCOMPLETE || self->left_state == JMP_BOARD_DIFFERS);
  jmp_session_write_history (self);
  self->wants_proof = self->last_work == JMP_JOB_DONE;
  if (self->last_work == JMP_JOB_DONE)
    jmp_session_note_firmware (self);
}

static void
job_finished_cb (JmpSession *self)
{
  sync_job (self);
  self->finished = TRUE;
  note_end (self);
  jmp_session_follow_running (self);
  jmp_session_changed (self);
  g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
  g_object_unref (self);
}

/* Which of the regions the work may change: what the board holds already is not known before it is
 * looked at. The reserved ones come before the files. */
static GArray *
find_hits (JmpSession *self, gboolean files)
{
  const JmpRegions *regions = self->install.regions;
  const JmpGuardRegion *guard;

  if (self->look == NULL || regions == NULL)
    return g_array_new (FALSE, FALSE, sizeof (JmpGuardHit));
  guard = (const JmpGuardRegion *)(const void *)regions->guard_files->data;
  if (!files)
    return jmp_guard_find (self->look, guard, regions->guard->len);
  return jmp_guard_find (
      self->look, guard + regions->guard->len, regions->guard_files->len - regions->guard->len);
}

/**
 * jmp_session_find_protected:
 * @self: a session
 *
 * Returns: (transfer full) (element-type JmpGuardHit): what is reserved on the board and may be changed;
 *   until the next change
 */
GArray *
jmp_session_find_protected (JmpSession *self)
{
  return find_hits (self, FALSE);
}

/**
 * jmp_session_find_files:
 * @self: a session
 *
 * Returns: (transfer full) (element-type JmpGuardHit): where the person's files are that may be
 *   overwritten; until the next change
 */
GArray *
jmp_session_find_files (JmpSession *self)
{
  return find_hits (self, TRUE);
}

/**
 * jmp_session_agree:
 * @self: a session
 *
 * The person agreed to what the chosen firmware brings with it; it is not asked again.
 */
void
jmp_session_agree (JmpSession *self)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  g_clear_pointer (&self->agreed, jmp_firmware_loader_unref);
  if (self->loader != NULL)
    self->agreed = jmp_firmware_loader_ref (self->loader);
}

/**
 * jmp_session_begin:
 * @self: a session
 *
 * Presses the main button: sends a board that runs its program into DFU mode; or loads the firmware, where
 * that is still to be done, and then starts the work, or emits "asking" where the person has to
 * agree to something first. A board that nobody has named is looked into before files can be lost on it.
 * Nothing happens while jmp_session_get_obstacle() names an obstacle.
 *
 * Returns: whether anything was begun
 */
gboolean
jmp_session_begin (JmpSession *self)
{
  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (jmp_session_get_obstacle (self) != JMP_OBSTACLE_NONE)
    return FALSE;
  if (jmp_session_has_console (self))
    return jmp_session_restart_board (self);
  if (self->firmware == NULL) {
    self->eager = jmp_session_load (self);
    return self->eager;
  }
  if (jmp_session_look_first (self))
    return TRUE;
  if (self->agreed != self->loader && jmp_consent_is_needed (self)) {
    g_signal_emit (self, signals[SIGNAL_ASKING], 0);
    return TRUE;
  }
  return jmp_session_start (self);
}

/* What may be lost by the person's word. To put a backup back is to put the files back. */
static GArray *
find_agreed (JmpSession *self)
{
  const gboolean agreed = self->agreed == self->loader;
  GArray *hits = agreed ? jmp_session_find_protected (self)
                        : g_array_new (FALSE, FALSE, sizeof (JmpGuardHit));
  g_autoptr (GArray) files = NULL;

  if (!agreed && jmp_firmware_loader_get_origin (self->loader) != JMP_FIRMWARE_BACKUP)
    return hits;
  files = jmp_session_find_files (self);
  g_array_append_vals (hits, files->data, files->len);
  return hits;
}

/**
 * jmp_session_start:
 * @self: a session
 *
 * Starts the work with firmware that is there, without asking; it stops before anything is lost that the
 * person did not agree to lose. Nothing happens while jmp_session_get_obstacle() names an obstacle, or
 * where what is reserved would be lost and cannot be read first.
 *
 * Returns: whether the work was started
 */
gboolean
jmp_session_start (JmpSession *self)
{
  g_autoptr (GArray) agreed = NULL;

  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (self->firmware == NULL || jmp_device_get_mode (self->device) != JMP_DEVICE_DFU
      || jmp_session_get_obstacle (self) != JMP_OBSTACLE_NONE)
    return FALSE;
  g_clear_object (&self->job);
  jmp_session_make_plan (self);
  if (self->plan == NULL) {
    jmp_session_changed (self);
    return FALSE;
  }
  agreed = find_agreed (self);
  self->job = jmp_install_job_new (self->device, self->aimed, &self->install, agreed, self->boards);
  self->finished = FALSE;
  if (!jmp_session_attach_backup (self, agreed)) {
    g_clear_object (&self->job);
    jmp_session_changed (self);
    return FALSE;
  }
  jmp_session_note_version (self, NULL);
  jmp_session_note_work (self, TRUE);
  self->progress = jmp_job_get_progress (self->job);
  g_signal_connect_object (
      self->job, "notify::state", G_CALLBACK (job_state_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      self->job, "notify", G_CALLBACK (job_progress_cb), self, G_CONNECT_SWAPPED);
  /* The work goes on whatever becomes of the window: until it ends it has a session. */
  g_signal_connect_swapped (
      self->job, "finished", G_CALLBACK (job_finished_cb), g_object_ref (self));
  jmp_job_start (self->job);
  jmp_session_changed (self);
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
  jmp_session_changed (self);
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
  jmp_session_make_plan (self);
  jmp_session_changed (self);
}
