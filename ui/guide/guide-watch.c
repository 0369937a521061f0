/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "guide/guide-watch.h"

/* What a person sees of a board. */
typedef enum {
  AWAY,
  RUNNING,
  IN_UPDATE_MODE,
} Place;

typedef struct {
  JmpGuideWatch *watch; /* borrowed: its owner */
  JmpDevice *device;
  gulong handler;
  Place place;
  gboolean listed; /* found in the list that is being looked at */
} Seen;

struct _JmpGuideWatch {
  GListModel *boards;
  gulong handler;
  GPtrArray *seen;
  JmpGuideWatchFunc func;
  gpointer user_data;
};

static Place
find_place (JmpDevice *device)
{
  switch (jmp_device_get_mode (device)) {
  case JMP_DEVICE_RUNNING:
    return RUNNING;
  case JMP_DEVICE_DFU:
  case JMP_DEVICE_UNUSABLE:
    return IN_UPDATE_MODE;
  case JMP_DEVICE_GONE:
    return AWAY;
  }
  return AWAY;
}

/* A board that changes its mode has been away in between, however short that was. */
static void
move (Seen *seen, Place place)
{
  JmpGuideWatch *self = seen->watch;
  const Place before = seen->place;

  if (place == before)
    return;
  seen->place = place;
  if (before != AWAY)
    self->func (JMP_GUIDE_LEFT, seen->device, self->user_data);
  if (place == RUNNING)
    self->func (JMP_GUIDE_RUNNING, seen->device, self->user_data);
  else if (place == IN_UPDATE_MODE)
    self->func (JMP_GUIDE_ARRIVED, seen->device, self->user_data);
}

static void
mode_changed_cb (JmpDevice *device, GParamSpec *spec, Seen *seen)
{
  move (seen, find_place (device));
}

static void
seen_free (gpointer data)
{
  Seen *seen = data;

  g_signal_handler_disconnect (seen->device, seen->handler);
  g_object_unref (seen->device);
  g_free (seen);
}

static Seen *
add_seen (JmpGuideWatch *self, JmpDevice *device)
{
  Seen *seen = g_new0 (Seen, 1);

  seen->watch = self;
  seen->device = g_object_ref (device);
  seen->handler = g_signal_connect (device, "notify::mode", G_CALLBACK (mode_changed_cb), seen);
  seen->listed = TRUE;
  g_ptr_array_add (self->seen, seen);
  return seen;
}

static Seen *
find_seen (JmpGuideWatch *self, JmpDevice *device)
{
  for (guint i = 0; i < self->seen->len; i++) {
    Seen *seen = g_ptr_array_index (self->seen, i);

    if (seen->device == device)
      return seen;
  }
  return NULL;
}

static void
drop_unlisted (JmpGuideWatch *self)
{
  for (guint i = self->seen->len; i > 0; i--) {
    Seen *seen = g_ptr_array_index (self->seen, i - 1);

    if (seen->listed)
      continue;
    move (seen, AWAY);
    g_ptr_array_remove_index (self->seen, i - 1);
  }
}

static void
look (JmpGuideWatch *self, gboolean tell)
{
  g_autoptr (GPtrArray) added = g_ptr_array_new ();

  for (guint i = 0; i < self->seen->len; i++)
    ((Seen *)g_ptr_array_index (self->seen, i))->listed = FALSE;
  for (guint i = 0; i < g_list_model_get_n_items (self->boards); i++) {
    g_autoptr (JmpDevice) device = g_list_model_get_item (self->boards, i);
    Seen *seen = find_seen (self, device);

    if (seen != NULL)
      seen->listed = TRUE;
    else
      g_ptr_array_add (added, add_seen (self, device));
  }
  drop_unlisted (self);
  for (guint i = 0; i < added->len; i++) {
    Seen *seen = g_ptr_array_index (added, i);

    if (tell)
      move (seen, find_place (seen->device));
    else
      seen->place = find_place (seen->device);
  }
}

static void
boards_changed_cb (JmpGuideWatch *self)
{
  look (self, TRUE);
}

/**
 * jmp_guide_watch_new:
 * @boards: (transfer none): a list of #JmpDevice
 * @func: called when a board does something; it must not free the watch
 * @user_data: for @func
 *
 * Returns: (transfer full): a watch
 */
JmpGuideWatch *
jmp_guide_watch_new (GListModel *boards, JmpGuideWatchFunc func, gpointer user_data)
{
  JmpGuideWatch *self = g_new0 (JmpGuideWatch, 1);

  self->boards = g_object_ref (boards);
  self->seen = g_ptr_array_new_with_free_func (seen_free);
  self->func = func;
  self->user_data = user_data;
  look (self, FALSE);
  self->handler = g_signal_connect_swapped (
      boards, "items-changed", G_CALLBACK (boards_changed_cb), self);
  return self;
}

/**
 * jmp_guide_watch_free:
 * @self: (transfer full): a watch
 */
void
jmp_guide_watch_free (JmpGuideWatch *self)
{
  g_signal_handler_disconnect (self->boards, self->handler);
  g_ptr_array_unref (self->seen);
  g_object_unref (self->boards);
  g_free (self);
}

/**
 * jmp_guide_watch_sees_running:
 * @self: a watch
 *
 * Returns: whether a board that runs its program is plugged in
 */
gboolean
jmp_guide_watch_sees_running (JmpGuideWatch *self)
{
  for (guint i = 0; i < self->seen->len; i++) {
    if (((Seen *)g_ptr_array_index (self->seen, i))->place == RUNNING)
      return TRUE;
  }
  return FALSE;
}
