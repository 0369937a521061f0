/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "releases/offer-private.h"

#include "preferences/settings.h"
#include "release/practice.h"
#include "session/session-private.h"

struct _JmpOffer {
  GObject parent;

  JmpSession *session; /* borrowed: it owns the offer */
  JmpBoard *board;     /* for which was looked, or is being */
  GCancellable *looking;
  JmpOfferFinding *finding;
  JmpFirmwareLoader *mine; /* what was chosen for the person */
};

G_DEFINE_FINAL_TYPE (JmpOffer, jmp_offer, G_TYPE_OBJECT)

enum {
  SIGNAL_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed (JmpOffer *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

/* --- What is offered --- */

/* What the person chose stays; so does the firmware of work, and of its result. */
static gboolean
may_choose (JmpOffer *self)
{
  JmpFirmwareLoader *chosen = jmp_session_get_loader (self->session);

  return jmp_session_get_job (self->session) == NULL && (chosen == NULL || chosen == self->mine)
         && jmp_session_get_state (self->session) != JMP_SESSION_READING;
}

static void
take_choice (JmpOffer *self)
{
  g_clear_pointer (&self->mine, jmp_firmware_loader_unref);
  self->mine = jmp_firmware_loader_ref (jmp_session_get_loader (self->session));
}

static gboolean
is_same (gconstpointer a, gconstpointer b)
{
  return a != NULL && b != NULL
         && g_str_equal (((const JmpRelease *)a)->url, ((const JmpRelease *)b)->url);
}

static void
choose_by_itself (JmpOffer *self)
{
  JmpRelease *newest = jmp_offer_get_newest (self);
  JmpFirmwareLoader *chosen = jmp_session_get_loader (self->session);

  if (newest == NULL || !may_choose (self)
      || (chosen != NULL && is_same (jmp_firmware_loader_get_release (chosen), newest)))
    return;
  if (jmp_offer_choose (self, newest))
    take_choice (self);
}

/* --- Looking --- */

static void look (JmpOffer *self, JmpLibraryAsk ask);

static gboolean
may_ask (JmpOffer *self)
{
  JmpDevice *device = jmp_session_get_device (self->session);

  return !jmp_device_is_practice (device) && jmp_device_get_mode (device) != JMP_DEVICE_GONE
         && jmp_settings_get_boolean (JMP_SETTING_LOOK_BY_ITSELF);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpOffer) self = user_data;
  JmpOfferFinding *finding = jmp_offer_find_finish (result, NULL);

  /* The board is another one, or was asked for again. */
  if (self->session == NULL || g_task_get_cancellable (G_TASK (result)) != self->looking) {
    g_clear_pointer (&finding, jmp_offer_finding_free);
    return;
  }
  g_clear_object (&self->looking);
  if (finding != NULL) {
    g_clear_pointer (&self->finding, jmp_offer_finding_free);
    self->finding = finding;
  }
  if (finding != NULL && finding->ask == JMP_LIBRARY_ASK_NOBODY && may_ask (self))
    look (self, JMP_LIBRARY_ASK_SOMETIMES);
  choose_by_itself (self);
  changed (self);
}

static void
look (JmpOffer *self, JmpLibraryAsk ask)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  self->looking = g_cancellable_new ();
  jmp_offer_find_async (self,
                        jmp_session_get_library (self->session),
                        self->board,
                        ask,
                        jmp_device_is_practice (jmp_session_get_device (self->session)),
                        self->looking,
                        found_cb);
}

/* What was downloaded is on this computer from now on, where the cache could keep it. */
static void
note_download (JmpOffer *self)
{
  const JmpFirmware *firmware = jmp_session_get_firmware (self->session);

  if (self->finding == NULL || firmware == NULL || firmware->release == NULL
      || firmware->not_kept != NULL
      || !g_ptr_array_find_with_equal_func (
          self->finding->found->releases, firmware->release, is_same, NULL)
      || jmp_offer_is_downloaded (self, firmware->release, NULL))
    return;
  jmp_offer_finding_add (self->finding, firmware->release);
  changed (self);
}

static void
session_changed_cb (JmpOffer *self)
{
  JmpBoard *board = jmp_session_get_board (self->session);
  gboolean is_new = board != self->board;

  if (is_new) {
    if (self->looking != NULL)
      g_cancellable_cancel (self->looking);
    g_clear_object (&self->looking);
    g_clear_pointer (&self->finding, jmp_offer_finding_free);
    g_clear_pointer (&self->board, jmp_board_unref);
    self->board = board != NULL ? jmp_board_ref (board) : NULL;
    if (board != NULL)
      look (self, JMP_LIBRARY_ASK_NOBODY);
    if (may_choose (self) && jmp_session_get_loader (self->session) != NULL)
      jmp_session_choose_nothing (self->session);
    changed (self);
  } else {
    note_download (self);
    choose_by_itself (self);
  }
}

static void
channel_changed_cb (JmpOffer *self)
{
  choose_by_itself (self);
  changed (self);
}

/* --- The object --- */

static void
jmp_offer_dispose (GObject *object)
{
  JmpOffer *self = JMP_OFFER (object);

  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->finding, jmp_offer_finding_free);
  g_clear_pointer (&self->board, jmp_board_unref);
  g_clear_pointer (&self->mine, jmp_firmware_loader_unref);
  self->session = NULL;
  G_OBJECT_CLASS (jmp_offer_parent_class)->dispose (object);
}

static void
jmp_offer_class_init (JmpOfferClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = jmp_offer_dispose;
  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", JMP_TYPE_OFFER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_offer_init (JmpOffer *self)
{
}

/* For the session, once it has a library. */
void
jmp_offer_attach (JmpSession *session)
{
  JmpOffer *self = g_object_new (JMP_TYPE_OFFER, NULL);
  GSettings *settings = jmp_settings_get ();

  self->session = session;
  session->offer = self;
  g_signal_connect_object (
      session, "changed", G_CALLBACK (session_changed_cb), self, G_CONNECT_SWAPPED);
  if (settings != NULL)
    g_signal_connect_object (settings,
                             "changed::" JMP_SETTING_CHANNEL,
                             G_CALLBACK (channel_changed_cb),
                             self,
                             G_CONNECT_SWAPPED);
}

/* For the session that goes. */
void
jmp_offer_detach (JmpSession *session)
{
  JmpOffer *self = session->offer;

  if (self == NULL)
    return;
  session->offer = NULL;
  g_signal_handlers_disconnect_by_data (session, self);
  g_object_run_dispose (G_OBJECT (self));
  g_object_unref (self);
}

/**
 * jmp_offer_get:
 * @session: a session
 *
 * Returns: (transfer none) (nullable): what is offered for its board; %NULL as long as the program knows
 *   of no releases
 */
JmpOffer *
jmp_offer_get (JmpSession *session)
{
  return session->offer;
}

/**
 * jmp_offer_refresh:
 * @self: an offer
 *
 * Asks every source now: the person wants it.
 */
void
jmp_offer_refresh (JmpOffer *self)
{
  g_return_if_fail (JMP_IS_OFFER (self));

  if (self->board == NULL)
    return;
  look (self, JMP_LIBRARY_ASK_NOW);
  changed (self);
}

/**
 * jmp_offer_is_looking:
 * @self: an offer
 *
 * Returns: whether the sources are being asked
 */
gboolean
jmp_offer_is_looking (JmpOffer *self)
{
  return self->looking != NULL;
}

/**
 * jmp_offer_get_problem:
 * @self: an offer
 *
 * Returns: (transfer none) (nullable): why a source had nothing new to say the last time
 */
const GError *
jmp_offer_get_problem (JmpOffer *self)
{
  const JmpFound *found = self->finding != NULL ? self->finding->found : NULL;
  const JmpFindProblem *first = found != NULL && found->problems->len > 0
                                    ? found->problems->pdata[0]
                                    : NULL;

  return first != NULL ? first->error : NULL;
}

/**
 * jmp_offer_get_date:
 * @self: an offer
 *
 * Returns: when it was known what is shown, in seconds since 1970: when the sources last said so, or the
 *   day of the program's own list; 0 when not known
 */
gint64
jmp_offer_get_date (JmpOffer *self)
{
  return self->finding != NULL ? self->finding->date : 0;
}

static gboolean
is_offered (JmpOffer *self, const JmpRelease *release, const char *variant)
{
  return release->board_id != NULL && jmp_board_is_called (self->board, release->board_id)
         && g_strcmp0 (release->variant, variant) == 0
         && (release->channel == JMP_CHANNEL_STABLE
             || jmp_settings_get_channel () == JMP_CHANNEL_PREVIEW);
}

/* A practice board goes on with practice firmware, whose versions are no steps of the real one's; unless
 * the person has a source of their own for it. */
static JmpRelease *
find_practice (JmpOffer *self, JmpRelease *picked)
{
  const JmpFound *found = self->finding->found;

  if (!jmp_device_is_practice (jmp_session_get_device (self->session))
      || jmp_session_get_variant (self->session) != NULL
      || (picked != NULL && g_ptr_array_find (found->own, picked, NULL)))
    return picked;
  for (guint i = 0; i < found->releases->len; i++) {
    if (jmp_practice_is (found->releases->pdata[i]))
      return found->releases->pdata[i];
  }
  return picked;
}

/**
 * jmp_offer_get_newest:
 * @self: an offer
 *
 * Returns: (transfer none) (nullable): the newest release of the build that the board takes
 */
JmpRelease *
jmp_offer_get_newest (JmpOffer *self)
{
  if (self->finding == NULL)
    return NULL;
  return find_practice (self,
                        jmp_found_pick (self->finding->found,
                                        self->board,
                                        jmp_session_get_variant (self->session),
                                        NULL,
                                        jmp_settings_get_channel ()));
}

/**
 * jmp_offer_list:
 * @self: an offer
 * @variant: (nullable): a build; %NULL for the standard one
 *
 * Returns: (transfer full) (element-type JmpRelease): its releases, newest first
 */
GPtrArray *
jmp_offer_list (JmpOffer *self, const char *variant)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
  GPtrArray *all = self->finding != NULL ? self->finding->found->releases : NULL;

  for (guint i = 0; all != NULL && i < all->len; i++) {
    if (is_offered (self, all->pdata[i], variant))
      g_ptr_array_add (list, jmp_release_ref (all->pdata[i]));
  }
  return list;
}

/**
 * jmp_offer_list_variants:
 * @self: an offer
 *
 * Returns: (transfer full): the builds beside the standard one that have releases, in the catalogue's
 *   order
 */
GStrv
jmp_offer_list_variants (JmpOffer *self)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; self->board != NULL && i < self->board->variants->len; i++) {
    const char *code = g_array_index (self->board->variants, JmpWords, i).code;
    g_autoptr (GPtrArray) releases = jmp_offer_list (self, code);

    if (releases->len > 0)
      g_ptr_array_add (list, g_strdup (code));
  }
  g_ptr_array_add (list, NULL);
  return (GStrv)g_ptr_array_steal (list, NULL);
}

/**
 * jmp_offer_is_downloaded:
 * @self: an offer
 * @release: one of its releases
 * @size: (out) (optional): bytes, 0 when not known
 *
 * Returns: whether it can be had without a network
 */
gboolean
jmp_offer_is_downloaded (JmpOffer *self, JmpRelease *release, guint64 *size)
{
  return jmp_offer_finding_has (self->finding, release, size);
}

/**
 * jmp_offer_choose:
 * @self: an offer
 * @release: one of its releases
 *
 * Chooses it for the session: what is on this computer is loaded at once, what is not when the main button
 * is pressed.
 *
 * Returns: whether it is chosen
 */
gboolean
jmp_offer_choose (JmpOffer *self, JmpRelease *release)
{
  g_return_val_if_fail (JMP_IS_OFFER (self), FALSE);

  g_clear_pointer (&self->mine, jmp_firmware_loader_unref);
  if (jmp_offer_is_downloaded (self, release, NULL))
    return jmp_session_open_release (self->session, release);
  return jmp_session_choose_release (self->session, release);
}

/**
 * jmp_offer_choose_newest:
 * @self: an offer
 *
 * Goes back to what is chosen when the person chooses nothing.
 *
 * Returns: whether there is such a release
 */
gboolean
jmp_offer_choose_newest (JmpOffer *self)
{
  JmpRelease *newest = jmp_offer_get_newest (self);

  if (newest == NULL || !jmp_offer_choose (self, newest))
    return FALSE;
  take_choice (self);
  return TRUE;
}
