/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How the chosen firmware comes into a session: one way for files, releases and backups. */

#include "session/session-private.h"

#include "base/error.h"

/* One attempt. The worker writes the progress, the main context takes it over when it has time: one idle
 * for however many calls. */
struct _JmpSessionLoading {
  JmpFirmwareLoader *loader;
  JmpReadOptions read;
  GCancellable *cancellable;
  GMainContext *context;
  GWeakRef session;

  GMutex lock; /* guards the next two */
  JmpDownloadProgress progress;
  gboolean pending;

  gboolean has_guess; /* the worker's, until it is done */
  JmpRawGuess guess;
};

static void
loading_clear (gpointer data)
{
  JmpSessionLoading *self = data;

  jmp_firmware_loader_unref (self->loader);
  g_object_unref (self->cancellable);
  g_main_context_unref (self->context);
  g_weak_ref_clear (&self->session);
  g_mutex_clear (&self->lock);
}

static void
loading_unref (gpointer data)
{
  g_atomic_rc_box_release_full (data, loading_clear);
}

static JmpSessionLoading *
loading_new (JmpSession *session)
{
  JmpSessionLoading *self = g_atomic_rc_box_new0 (JmpSessionLoading);

  self->loader = jmp_firmware_loader_ref (session->loader);
  self->read = session->read;
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_ref_thread_default ();
  self->progress.seconds_left = -1;
  g_weak_ref_init (&self->session, session);
  g_mutex_init (&self->lock);
  return self;
}

static gboolean
progress_idle (gpointer user_data)
{
  JmpSessionLoading *self = user_data;
  g_autoptr (JmpSession) session = g_weak_ref_get (&self->session);
  JmpDownloadProgress progress;

  g_mutex_lock (&self->lock);
  progress = self->progress;
  self->pending = FALSE;
  g_mutex_unlock (&self->lock);
  if (session != NULL && session->loading == self) {
    session->download = progress;
    jmp_session_loading (session);
  }
  return G_SOURCE_REMOVE;
}

/* On the worker's thread. */
static void
progress_cb (const JmpDownloadProgress *progress, gpointer user_data)
{
  JmpSessionLoading *self = user_data;
  g_autoptr (GSource) idle = NULL;
  gboolean pending;

  g_mutex_lock (&self->lock);
  self->progress = *progress;
  pending = self->pending;
  self->pending = TRUE;
  g_mutex_unlock (&self->lock);
  if (pending)
    return;
  idle = g_idle_source_new ();
  g_source_set_callback (idle, progress_idle, g_atomic_rc_box_acquire (self), loading_unref);
  g_source_attach (idle, self->context);
}

static void
load_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JmpSessionLoading *self = task_data;
  JmpFirmwareLoad load = {
    .read = &self->read,
    .progress = progress_cb,
    .progress_data = self,
    .cancellable = cancellable,
  };
  GError *error = NULL;
  JmpFirmware *firmware = jmp_firmware_loader_load (self->loader, &load, &error);

  self->has_guess = load.has_guess;
  self->guess = load.guess;
  if (firmware == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, firmware, (GDestroyNotify)jmp_firmware_unref);
}

static void
load_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;
  JmpSessionLoading *loading = g_task_get_task_data (G_TASK (result));
  const gboolean eager = self->eager;
  g_autoptr (GError) error = NULL;
  JmpFirmware *firmware = g_task_propagate_pointer (G_TASK (result), &error);

  /* Stopped, or something else was chosen meanwhile. */
  if (loading != self->loading) {
    g_clear_pointer (&firmware, jmp_firmware_unref);
    return;
  }
  self->has_guess = loading->has_guess;
  self->guess = loading->guess;
  g_clear_pointer (&self->loading, loading_unref);
  self->eager = FALSE;
  self->firmware = firmware;
  self->problem = g_steal_pointer (&error);
  jmp_session_make_plan (self);
  jmp_session_changed (self);
  if (eager && jmp_session_get_state (self) == JMP_SESSION_READY)
    jmp_session_begin (self);
}

static void
stop_loading (JmpSession *self)
{
  self->eager = FALSE;
  if (self->loading != NULL)
    g_cancellable_cancel (self->loading->cancellable);
  g_clear_pointer (&self->loading, loading_unref);
}

/* What was loaded, or why it could not be, and what was planned with it. */
static void
forget_loaded (JmpSession *self)
{
  stop_loading (self);
  g_clear_object (&self->job);
  g_clear_pointer (&self->firmware, jmp_firmware_unref);
  jmp_session_forget_plans (self);
  g_clear_error (&self->problem);
  self->has_guess = FALSE;
}

void
jmp_session_forget_firmware (JmpSession *self)
{
  forget_loaded (self);
  g_clear_pointer (&self->loader, jmp_firmware_loader_unref);
  self->read = (JmpReadOptions){ 0 };
  self->has_place = FALSE;
}

static void
choose (JmpSession *self, JmpFirmwareLoader *loader)
{
  JmpFirmwareLoader *chosen = jmp_firmware_loader_ref (loader);

  jmp_session_forget_firmware (self);
  self->loader = chosen;
}

/**
 * jmp_session_load:
 * @self: a session
 *
 * Loads the chosen firmware, again where that failed, and plans its installation. Nothing happens while
 * work runs, or without firmware.
 *
 * Returns: whether it is being loaded
 */
gboolean
jmp_session_load (JmpSession *self)
{
  g_autoptr (GTask) task = NULL;

  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (self->loader == NULL || jmp_session_is_working (self))
    return FALSE;
  forget_loaded (self);
  self->loading = loading_new (self);
  self->download = self->loading->progress;

  task = g_task_new (NULL, self->loading->cancellable, load_done_cb, g_object_ref (self));
  g_task_set_task_data (task, g_atomic_rc_box_acquire (self->loading), loading_unref);
  g_task_run_in_thread (task, load_func);
  jmp_session_changed (self);
  return TRUE;
}

/**
 * jmp_session_stop_loading:
 * @self: a session
 *
 * Stops the loading of firmware, which stays chosen.
 */
void
jmp_session_stop_loading (JmpSession *self)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  if (self->loading == NULL)
    return;
  stop_loading (self);
  jmp_session_changed (self);
}

/**
 * jmp_session_open_firmware_loader:
 * @self: a session
 * @loader: how firmware is had
 *
 * Loads firmware and plans its installation. What was chosen before is forgotten, as is the result of
 * work with it. Nothing happens while work runs.
 *
 * Returns: whether it is being loaded
 */
gboolean
jmp_session_open_firmware_loader (JmpSession *self, JmpFirmwareLoader *loader)
{
  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (jmp_session_is_working (self))
    return FALSE;
  choose (self, loader);
  return jmp_session_load (self);
}

/**
 * jmp_session_open_file:
 * @self: a session
 * @file: a firmware file
 *
 * As jmp_session_open_firmware_loader(), for a file.
 *
 * Returns: whether the file is being read
 */
gboolean
jmp_session_open_file (JmpSession *self, GFile *file)
{
  g_autoptr (JmpFirmwareLoader) loader = jmp_firmware_loader_new_file (file);

  return jmp_session_open_firmware_loader (self, loader);
}

static JmpFirmwareLoader *
make_release_loader (JmpSession *self, JmpRelease *release)
{
  return jmp_firmware_loader_new_release (
      self->library, release, jmp_device_get_info (self->device));
}

/**
 * jmp_session_open_release:
 * @self: a session with a library
 * @release: a release
 *
 * As jmp_session_open_firmware_loader(), for a release: it is downloaded where it is not on this
 * computer.
 *
 * Returns: whether the release is being loaded
 */
gboolean
jmp_session_open_release (JmpSession *self, JmpRelease *release)
{
  g_autoptr (JmpFirmwareLoader) loader = NULL;

  g_return_val_if_fail (JMP_IS_SESSION (self) && self->library != NULL, FALSE);

  loader = make_release_loader (self, release);
  return jmp_session_open_firmware_loader (self, loader);
}

/**
 * jmp_session_choose_release:
 * @self: a session with a library
 * @release: a release
 *
 * Chooses a release that is loaded when the main button is pressed, so that no network is used before.
 * Nothing happens while work runs.
 *
 * Returns: whether it is chosen
 */
gboolean
jmp_session_choose_release (JmpSession *self, JmpRelease *release)
{
  g_autoptr (JmpFirmwareLoader) loader = NULL;

  g_return_val_if_fail (JMP_IS_SESSION (self) && self->library != NULL, FALSE);

  if (jmp_session_is_working (self))
    return FALSE;
  loader = make_release_loader (self, release);
  choose (self, loader);
  jmp_session_changed (self);
  return TRUE;
}

/**
 * jmp_session_choose_nothing:
 * @self: a session
 *
 * Forgets the chosen firmware. Nothing happens while work runs.
 */
void
jmp_session_choose_nothing (JmpSession *self)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  if (jmp_session_is_working (self))
    return;
  jmp_session_forget_firmware (self);
  jmp_session_changed (self);
}

/**
 * jmp_session_set_address:
 * @self: a session whose firmware is bytes without an address
 * @address: where they belong
 *
 * Reads the firmware again, with that address.
 *
 * Returns: whether it is being read
 */
gboolean
jmp_session_set_address (JmpSession *self, guint32 address)
{
  g_return_val_if_fail (JMP_IS_SESSION (self), FALSE);

  if (self->loader == NULL || jmp_session_is_working (self))
    return FALSE;
  self->read.has_address = TRUE;
  self->read.address = address;
  return jmp_session_load (self);
}

/**
 * jmp_session_can_load_again:
 * @self: a session
 *
 * Returns: whether the firmware could not be had, and another attempt may have more luck: what came over
 *   the network, or from a file that could not be read
 */
gboolean
jmp_session_can_load_again (JmpSession *self)
{
  if (self->firmware != NULL || self->problem == NULL || self->loader == NULL)
    return FALSE;
  if (self->problem->domain != JMP_ERROR)
    return TRUE;
  if (self->problem->code == JMP_ERROR_FILE)
    return TRUE;
  return jmp_firmware_loader_get_origin (self->loader) == JMP_FIRMWARE_RELEASE
         && (self->problem->code == JMP_ERROR_NETWORK || self->problem->code == JMP_ERROR_CHANGED
             || self->problem->code == JMP_ERROR_DAMAGED_FILE
             || self->problem->code == JMP_ERROR_INVALID_FILE);
}

/**
 * jmp_session_wants_address:
 * @self: a session
 *
 * Returns: whether the chosen firmware is bytes of which it has to be said where they belong
 */
gboolean
jmp_session_wants_address (JmpSession *self)
{
  return self->firmware == NULL && g_error_matches (self->problem, JMP_ERROR, JMP_ERROR_USAGE);
}

/**
 * jmp_session_get_places:
 * @self: a session whose firmware is loaded
 *
 * Returns: (transfer none) (nullable) (element-type guint8): the alt settings of the board among which
 *   nothing in the file decides; none where that is clear
 */
const GArray *
jmp_session_get_places (JmpSession *self)
{
  return self->places;
}

/**
 * jmp_session_wants_place:
 * @self: a session
 *
 * Returns: whether the person has to choose one of jmp_session_get_places() first
 */
gboolean
jmp_session_wants_place (JmpSession *self)
{
  return self->firmware != NULL && self->plan == NULL && self->places != NULL
         && self->places->len > 0 && !self->has_place;
}

/**
 * jmp_session_set_place:
 * @self: a session
 * @alt: one of jmp_session_get_places()
 *
 * Plans the installation there. Nothing happens while work runs.
 */
void
jmp_session_set_place (JmpSession *self, guint8 alt)
{
  g_return_if_fail (JMP_IS_SESSION (self));

  if (jmp_session_is_working (self))
    return;
  self->has_place = TRUE;
  self->place = alt;
  jmp_session_make_plan (self);
  jmp_session_changed (self);
}

/**
 * jmp_session_get_guess:
 * @self: a session
 * @out: (out): where the bytes most likely belong
 *
 * Returns: whether there is such a guess for the chosen firmware, which has no address
 */
gboolean
jmp_session_get_guess (JmpSession *self, JmpRawGuess *out)
{
  *out = self->guess;
  return self->has_guess;
}

/**
 * jmp_session_get_download:
 * @self: a session whose firmware is being loaded
 *
 * Returns: how far the download was when it last said so; no bytes where there is none
 */
JmpDownloadProgress
jmp_session_get_download (JmpSession *self)
{
  return self->download;
}
