/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fleet/fleet-private.h"

#include "backups/session-backups.h"
#include "preferences/settings.h"
#include "releases/offer.h"

static void fleet_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JmpFleet,
                               jmp_fleet,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, fleet_list_init))

enum {
  SIGNAL_CHANGED,
  SIGNAL_FINISHED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- The list --- */

static GType
fleet_get_item_type (GListModel *model)
{
  return JMP_TYPE_FLEET_BOARD;
}

static guint
fleet_get_n_items (GListModel *model)
{
  return JMP_FLEET (model)->boards->len;
}

static gpointer
fleet_get_item (GListModel *model, guint position)
{
  GPtrArray *boards = JMP_FLEET (model)->boards;

  return position < boards->len ? g_object_ref (boards->pdata[position]) : NULL;
}

static void
fleet_list_init (GListModelInterface *iface)
{
  iface->get_item_type = fleet_get_item_type;
  iface->get_n_items = fleet_get_n_items;
  iface->get_item = fleet_get_item;
}

static guint
find (JmpFleet *self, JmpSession *session)
{
  guint i = 0;

  while (i < self->boards->len && ((JmpFleetBoard *)self->boards->pdata[i])->session != session)
    i++;
  return i;
}

/* --- Looking at all of them --- */

static void
look_at_board (JmpFleet *self, JmpFleetBoard *board)
{
  jmp_fleet_look_at (self, board, &board->state, &board->reason);
  jmp_fleet_board_changed (board);
}

static gboolean
settle_cb (gpointer user_data)
{
  JmpFleet *self = user_data;
  g_autoptr (GPtrArray) boards = g_ptr_array_new_with_free_func (g_object_unref);
  const JmpFleetState before = jmp_fleet_get_state (self);

  g_clear_pointer (&self->settling, g_source_unref);
  self->has_started = FALSE;
  g_object_ref (self);
  for (guint i = 0; i < self->boards->len; i++)
    g_ptr_array_add (boards, g_object_ref (self->boards->pdata[i]));
  for (guint i = 0; i < boards->len; i++) {
    jmp_fleet_share (self, boards->pdata[i]);
    jmp_fleet_push (self, boards->pdata[i]);
  }
  for (guint i = 0; i < boards->len; i++)
    look_at_board (self, boards->pdata[i]);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  if (before == JMP_FLEET_WORKING && jmp_fleet_get_state (self) == JMP_FLEET_DONE)
    g_signal_emit (self, signals[SIGNAL_FINISHED], 0);
  g_object_unref (self);
  return G_SOURCE_REMOVE;
}

/* One look for however many changes. */
void
jmp_fleet_settle (JmpFleet *self)
{
  if (self->settling != NULL)
    return;
  self->settling = g_idle_source_new ();
  g_source_set_priority (self->settling, G_PRIORITY_HIGH_IDLE);
  g_source_set_callback (self->settling, settle_cb, self, NULL);
  g_source_attach (self->settling, g_main_context_get_thread_default ());
}

/* --- The firmware --- */

/* Hands over bytes that were had already; on a worker's thread. */
static JmpFirmware *
load_shared (gpointer user_data, JmpFirmwareLoad *load, GError **error)
{
  return jmp_firmware_ref (user_data);
}

static void
unref_shared (gpointer data)
{
  jmp_firmware_unref (data);
}

static void
give (JmpFleetBoard *board, JmpFirmware *firmware)
{
  g_autoptr (JmpFirmwareLoader) loader = NULL;

  if (jmp_session_get_firmware (board->session) == firmware
      || jmp_session_get_state (board->session) == JMP_SESSION_READING)
    return;
  loader = jmp_firmware_loader_new (
      firmware->origin, firmware->name, load_shared, jmp_firmware_ref (firmware), unref_shared);
  jmp_session_open_firmware_loader (board->session, loader);
}

/* What one board has, others do not download; the one file is read once. */
void
jmp_fleet_share (JmpFleet *self, JmpFleetBoard *board)
{
  const JmpRelease *release;

  if ((board->begun && !board->wanted) || jmp_session_is_working (board->session))
    return;
  if (self->kind == JMP_FLEET_FILE) {
    if (jmp_session_get_firmware (self->reader) != NULL)
      give (board, jmp_session_get_firmware (self->reader));
    return;
  }
  if (jmp_session_get_state (board->session) != JMP_SESSION_CHOSEN)
    return;
  release = jmp_fleet_release_of (board->session);
  for (guint i = 0; i < self->boards->len; i++) {
    JmpSession *other = ((JmpFleetBoard *)self->boards->pdata[i])->session;

    if (jmp_session_get_firmware (other) == NULL
        || !jmp_fleet_is_same (jmp_fleet_release_of (other), release))
      continue;
    give (board, jmp_session_get_firmware (other));
    return;
  }
}

static void
take_newest (JmpSession *session)
{
  JmpOffer *offer = jmp_offer_get (session);
  JmpRelease *newest = offer != NULL ? jmp_offer_get_newest (offer) : NULL;

  if (newest != NULL && jmp_fleet_is_same (jmp_fleet_release_of (session), newest)) {
    if (jmp_session_can_load_again (session))
      jmp_session_load (session);
    return;
  }
  /* What comes later is chosen by the offer itself. */
  if (offer == NULL || !jmp_offer_choose_newest (offer))
    jmp_session_choose_nothing (session);
}

static void
take_release (JmpSession *session, JmpRelease *release)
{
  JmpBoard *board = jmp_session_get_board (session);

  if (board != NULL && jmp_session_get_library (session) != NULL
      && jmp_board_is_called (board, release->board_id)
      && !jmp_fleet_is_same (jmp_fleet_release_of (session), release))
    jmp_session_choose_release (session, release);
}

/* What was done with the board before is dismissed. */
static void
take_firmware (JmpFleet *self, JmpFleetBoard *board)
{
  if (jmp_session_is_working (board->session))
    return;
  jmp_session_dismiss (board->session);
  switch (self->kind) {
  case JMP_FLEET_NEWEST:
    take_newest (board->session);
    break;
  case JMP_FLEET_RELEASE:
    take_release (board->session, self->release);
    break;
  case JMP_FLEET_FILE:
    jmp_fleet_share (self, board);
    break;
  }
}

static gboolean
choose (JmpFleet *self, JmpFleetFirmware kind, JmpRelease *release)
{
  JmpRelease *before = self->release;

  if (jmp_fleet_get_state (self) == JMP_FLEET_WORKING)
    return FALSE;
  jmp_fleet_dismiss (self);
  self->kind = kind;
  self->agreed = FALSE;
  self->release = release != NULL ? jmp_release_ref (release) : NULL;
  g_clear_pointer (&before, jmp_release_unref);
  for (guint i = 0; i < self->boards->len; i++)
    take_firmware (self, self->boards->pdata[i]);
  jmp_fleet_settle (self);
  return TRUE;
}

/**
 * jmp_fleet_choose_newest:
 * @self: a fleet
 *
 * Brings onto each board the newest release of what it takes. Nothing happens while work runs.
 *
 * Returns: whether it is chosen
 */
gboolean
jmp_fleet_choose_newest (JmpFleet *self)
{
  g_return_val_if_fail (JMP_IS_FLEET (self), FALSE);

  return choose (self, JMP_FLEET_NEWEST, NULL);
}

/**
 * jmp_fleet_choose_release:
 * @self: a fleet
 * @release: a release
 *
 * Brings one release onto the boards that it is for. Nothing happens while work runs.
 *
 * Returns: whether it is chosen
 */
gboolean
jmp_fleet_choose_release (JmpFleet *self, JmpRelease *release)
{
  g_return_val_if_fail (JMP_IS_FLEET (self) && release != NULL, FALSE);

  return choose (self, JMP_FLEET_RELEASE, release);
}

/* A session of its own reads the file, so that an address can be asked for; its board is any of them, to
 * suggest one. */
static void
make_reader (JmpFleet *self, JmpDevice *device)
{
  if (self->reader != NULL)
    g_signal_handlers_disconnect_by_data (self->reader, self);
  g_clear_object (&self->reader);
  self->reader = jmp_session_new (device, NULL);
  g_signal_connect_object (
      self->reader, "changed", G_CALLBACK (jmp_fleet_settle), self, G_CONNECT_SWAPPED);
}

/**
 * jmp_fleet_open_file:
 * @self: a fleet with boards
 * @file: a firmware file
 *
 * Brings one file onto all boards that it fits. Nothing happens while work runs.
 *
 * Returns: whether it is being read
 */
gboolean
jmp_fleet_open_file (JmpFleet *self, GFile *file)
{
  g_return_val_if_fail (JMP_IS_FLEET (self), FALSE);

  if (self->boards->len == 0 || jmp_fleet_get_state (self) == JMP_FLEET_WORKING)
    return FALSE;
  make_reader (self, jmp_session_get_device (((JmpFleetBoard *)self->boards->pdata[0])->session));
  jmp_session_open_file (self->reader, file);
  return choose (self, JMP_FLEET_FILE, NULL);
}

/**
 * jmp_fleet_get_firmware_kind:
 * @self: a fleet
 *
 * Returns: what is brought onto the boards
 */
JmpFleetFirmware
jmp_fleet_get_firmware_kind (JmpFleet *self)
{
  return self->kind;
}

/**
 * jmp_fleet_get_release:
 * @self: a fleet
 *
 * Returns: (transfer none) (nullable): the release, where one was chosen for all
 */
JmpRelease *
jmp_fleet_get_release (JmpFleet *self)
{
  return self->release;
}

/**
 * jmp_fleet_get_reader:
 * @self: a fleet
 *
 * Returns: (transfer none) (nullable): the session that reads the one file, to ask for an address and for
 *   what is wrong with it; never to work with
 */
JmpSession *
jmp_fleet_get_reader (JmpFleet *self)
{
  return self->kind == JMP_FLEET_FILE ? self->reader : NULL;
}

/**
 * jmp_fleet_find_known:
 * @self: a fleet
 *
 * Returns: (transfer none) (nullable): the session of a board that is known, and for which there are
 *   releases
 */
JmpSession *
jmp_fleet_find_known (JmpFleet *self)
{
  for (guint i = 0; i < self->boards->len; i++) {
    JmpSession *session = ((JmpFleetBoard *)self->boards->pdata[i])->session;
    JmpOffer *offer = jmp_offer_get (session);

    if (offer != NULL && jmp_session_get_board (session) != NULL
        && jmp_offer_get_newest (offer) != NULL)
      return session;
  }
  return NULL;
}

/* --- Who takes part --- */

static void
session_finished_cb (JmpFleet *self, JmpSession *session)
{
  const guint i = find (self, session);
  JmpFleetBoard *board = i < self->boards->len ? self->boards->pdata[i] : NULL;
  JmpJob *job = jmp_session_get_job (session);

  if (board == NULL || !board->begun || board->wanted || job == NULL)
    return;
  g_set_object (&board->job, job);
  if (jmp_session_get_state (session) == JMP_SESSION_SUCCEEDED) {
    board->work = JMP_FLEET_BOARD_DONE;
  } else {
    board->work = jmp_session_get_state (session) == JMP_SESSION_STOPPED ? JMP_FLEET_BOARD_STOPPED
                                                                         : JMP_FLEET_BOARD_FAILED;
    g_clear_error (&board->error);
    board->error = jmp_job_get_error (job) != NULL ? g_error_copy (jmp_job_get_error (job)) : NULL;
  }
  jmp_fleet_settle (self);
}

static JmpFleetBoard *
add (JmpFleet *self, JmpSession *session)
{
  JmpFleetBoard *board = jmp_fleet_board_new (self, session);

  g_signal_connect_object (
      session, "changed", G_CALLBACK (jmp_fleet_settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (
      session, "finished", G_CALLBACK (session_finished_cb), self, G_CONNECT_SWAPPED);
  if (self->store != NULL) {
    jmp_session_set_store (
        session, self->store, jmp_settings_get_boolean (JMP_SETTING_BACKUP_FIRST));
    board->backups = jmp_session_backups_look (session, self->store);
  }
  return board;
}

static void
remove_board (JmpFleet *self, guint i)
{
  JmpFleetBoard *board = self->boards->pdata[i];

  g_signal_handlers_disconnect_by_data (board->session, self);
  board->fleet = NULL;
  g_ptr_array_remove_index (self->boards, i);
  g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 0);
}

static gboolean
is_among (JmpSession *session, GPtrArray *sessions)
{
  return g_ptr_array_find (sessions, session, NULL);
}

/**
 * jmp_fleet_set_sessions:
 * @self: a fleet
 * @sessions: (element-type JmpSession): of the boards that take part, in the order to show them in
 *
 * Says which boards are updated together. Nothing happens while work runs, and as long as its results are
 * not dismissed.
 *
 * Returns: whether these are the boards now
 */
gboolean
jmp_fleet_set_sessions (JmpFleet *self, GPtrArray *sessions)
{
  g_return_val_if_fail (JMP_IS_FLEET (self), FALSE);

  if (jmp_fleet_get_state (self) != JMP_FLEET_CHOOSING)
    return FALSE;
  for (guint i = self->boards->len; i > 0; i--) {
    if (!is_among (((JmpFleetBoard *)self->boards->pdata[i - 1])->session, sessions))
      remove_board (self, i - 1);
  }
  for (guint i = 0; i < sessions->len; i++) {
    JmpFleetBoard *board;

    if (jmp_fleet_has (self, sessions->pdata[i]))
      continue;
    board = add (self, sessions->pdata[i]);
    take_firmware (self, board);
    jmp_fleet_look_at (self, board, &board->state, &board->reason);
    g_ptr_array_insert (self->boards, (int)MIN (i, self->boards->len), board);
    g_list_model_items_changed (G_LIST_MODEL (self), MIN (i, self->boards->len - 1), 0, 1);
  }
  jmp_fleet_settle (self);
  return TRUE;
}

/**
 * jmp_fleet_forget:
 * @self: a fleet
 * @session: a session
 *
 * Its board is no more: takes it out, with its result.
 */
void
jmp_fleet_forget (JmpFleet *self, JmpSession *session)
{
  const guint i = find (self, session);

  if (i == self->boards->len)
    return;
  remove_board (self, i);
  jmp_fleet_settle (self);
}

/**
 * jmp_fleet_has:
 * @self: a fleet
 * @session: a session
 *
 * Returns: whether it is one of its boards
 */
gboolean
jmp_fleet_has (JmpFleet *self, JmpSession *session)
{
  return find (self, session) < self->boards->len;
}

/* --- The object --- */

static void
jmp_fleet_dispose (GObject *object)
{
  JmpFleet *self = JMP_FLEET (object);

  if (self->settling != NULL)
    g_source_destroy (self->settling);
  g_clear_pointer (&self->settling, g_source_unref);
  g_clear_object (&self->reader);
  g_clear_pointer (&self->release, jmp_release_unref);
  for (guint i = 0; i < self->boards->len; i++)
    ((JmpFleetBoard *)self->boards->pdata[i])->fleet = NULL;
  g_ptr_array_set_size (self->boards, 0);
  G_OBJECT_CLASS (jmp_fleet_parent_class)->dispose (object);
}

static void
jmp_fleet_finalize (GObject *object)
{
  JmpFleet *self = JMP_FLEET (object);

  g_ptr_array_unref (self->boards);
  g_clear_pointer (&self->store, jmp_backup_store_unref);
  G_OBJECT_CLASS (jmp_fleet_parent_class)->finalize (object);
}

static guint
new_signal (const char *name)
{
  return g_signal_new (
      name, JMP_TYPE_FLEET, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_fleet_class_init (JmpFleetClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jmp_fleet_dispose;
  G_OBJECT_CLASS (klass)->finalize = jmp_fleet_finalize;
  signals[SIGNAL_CHANGED] = new_signal ("changed");
  signals[SIGNAL_FINISHED] = new_signal ("finished");
}

static void
jmp_fleet_init (JmpFleet *self)
{
  self->boards = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * jmp_fleet_new:
 * @store: (nullable): where backups are kept, which are made as for one board; %NULL for none
 *
 * Returns: (transfer full): a fleet without boards, that takes the newest releases
 */
JmpFleet *
jmp_fleet_new (JmpBackupStore *store)
{
  JmpFleet *self = g_object_new (JMP_TYPE_FLEET, NULL);

  self->store = store != NULL ? jmp_backup_store_ref (store) : NULL;
  return self;
}
