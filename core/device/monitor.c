/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/monitor.h"

#include "device/lookout-private.h"
#include "device/rows-private.h"

struct _JmpMonitor {
  GObject parent;

  JmpRows *rows;
  GMainContext *context;
  JmpLookout *lookout; /* NULL without a bus */
  gboolean looking;    /* for the first time */

  GMutex lock; /* guards the next one */
  GSource *idle;
};

enum {
  LOOKED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void jmp_monitor_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (JmpMonitor,
                               jmp_monitor,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      jmp_monitor_list_model_init))

static GType
jmp_monitor_get_item_type (GListModel *model)
{
  return JMP_TYPE_DEVICE;
}

static guint
jmp_monitor_get_n_items (GListModel *model)
{
  return jmp_rows_get_length (JMP_MONITOR (model)->rows);
}

static gpointer
jmp_monitor_get_item (GListModel *model, guint position)
{
  JmpDevice *device = jmp_rows_get (JMP_MONITOR (model)->rows, position);

  return device != NULL ? g_object_ref (device) : NULL;
}

static void
jmp_monitor_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = jmp_monitor_get_item_type;
  iface->get_n_items = jmp_monitor_get_n_items;
  iface->get_item = jmp_monitor_get_item;
}

static void
rows_changed_cb (guint position, guint removed, guint added, gpointer user_data)
{
  g_list_model_items_changed (G_LIST_MODEL (user_data), position, removed, added);
}

static void
forget_idle (JmpMonitor *self, gboolean destroy)
{
  GSource *idle;

  g_mutex_lock (&self->lock);
  idle = g_steal_pointer (&self->idle);
  g_mutex_unlock (&self->lock);
  if (idle == NULL)
    return;
  if (destroy)
    g_source_destroy (idle);
  g_source_unref (idle);
}

static gboolean
update_idle (gpointer user_data)
{
  g_autoptr (JmpMonitor) self = g_object_ref (user_data);
  g_autoptr (GPtrArray) present = NULL;

  forget_idle (self, FALSE);
  present = jmp_lookout_take (self->lookout);
  if (present != NULL)
    jmp_rows_update (self->rows, present);
  if (self->looking) {
    self->looking = FALSE;
    g_signal_emit (self, signals[LOOKED], 0);
  }
  return G_SOURCE_REMOVE;
}

/* On the lookout's thread, which jmp_monitor_stop() ends before @self can go. However many looks find
 * something before the main context comes around, one idle shows the last. */
static void
lookout_changed_cb (gpointer user_data)
{
  JmpMonitor *self = user_data;

  g_mutex_lock (&self->lock);
  if (self->idle == NULL) {
    self->idle = g_idle_source_new ();
    g_source_set_priority (self->idle, G_PRIORITY_DEFAULT);
    g_source_set_callback (self->idle, update_idle, self, NULL);
    g_source_attach (self->idle, self->context);
  }
  g_mutex_unlock (&self->lock);
}

static void
jmp_monitor_dispose (GObject *object)
{
  jmp_monitor_stop (JMP_MONITOR (object));
  G_OBJECT_CLASS (jmp_monitor_parent_class)->dispose (object);
}

static void
jmp_monitor_finalize (GObject *object)
{
  JmpMonitor *self = JMP_MONITOR (object);

  g_clear_pointer (&self->lookout, jmp_lookout_free);
  jmp_rows_free (self->rows);
  g_main_context_unref (self->context);
  g_mutex_clear (&self->lock);
  G_OBJECT_CLASS (jmp_monitor_parent_class)->finalize (object);
}

static void
jmp_monitor_class_init (JmpMonitorClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);

  object_class->dispose = jmp_monitor_dispose;
  object_class->finalize = jmp_monitor_finalize;

  /**
   * JmpMonitor::looked:
   *
   * The first look after jmp_monitor_start() is over: what is plugged in is in the list.
   */
  signals[LOOKED] = g_signal_new (
      "looked", JMP_TYPE_MONITOR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
jmp_monitor_init (JmpMonitor *self)
{
  g_mutex_init (&self->lock);
  self->rows = jmp_rows_new (rows_changed_cb, self);
  self->context = g_main_context_ref_thread_default ();
}

/**
 * jmp_monitor_new:
 * @bus: (nullable) (transfer none): the USB bus; without one only added boards are listed
 *
 * Makes an empty list. Its rows change on the main context that is the calling thread's default now.
 *
 * Returns: (transfer full): a monitor that looks from jmp_monitor_start() on
 */
JmpMonitor *
jmp_monitor_new (JmpUsbBus *bus)
{
  JmpMonitor *self = g_object_new (JMP_TYPE_MONITOR, NULL);

  if (bus != NULL)
    self->lookout = jmp_lookout_new (bus, lookout_changed_cb, self);
  return self;
}

/**
 * jmp_monitor_set_running_ids:
 * @self: a monitor
 * @running: (nullable): ids of boards that run their programs; %NULL for none
 *
 * Tells which devices are boards although they are not in DFU mode, from the next look on.
 */
void
jmp_monitor_set_running_ids (JmpMonitor *self, JmpRunningIds *running)
{
  if (self->lookout != NULL)
    jmp_lookout_set_running_ids (self->lookout, running);
}

/**
 * jmp_monitor_start:
 * @self: a monitor
 *
 * Begins to look, on a thread of its own: once a second, and 0.3 s after the bus says that something
 * came or went. The monitor is the bus's only watcher.
 */
void
jmp_monitor_start (JmpMonitor *self)
{
  if (self->lookout == NULL)
    return;
  self->looking = TRUE;
  jmp_lookout_start (self->lookout);
}

/**
 * jmp_monitor_is_looking:
 * @self: a monitor
 *
 * Returns: whether it was started, and the first look is not over: an empty list says nothing yet
 */
gboolean
jmp_monitor_is_looking (JmpMonitor *self)
{
  return self->looking;
}

/**
 * jmp_monitor_stop:
 * @self: a monitor
 *
 * Ends the looking and waits for its thread. The rows stay as they are.
 */
void
jmp_monitor_stop (JmpMonitor *self)
{
  if (self->lookout == NULL)
    return;
  jmp_lookout_stop (self->lookout);
  forget_idle (self, TRUE);
  self->looking = FALSE;
}

/**
 * jmp_monitor_add:
 * @self: a monitor
 * @device: (transfer none): a board that is not found by looking: a practice board
 *
 * Adds a row that stays until jmp_monitor_remove().
 */
void
jmp_monitor_add (JmpMonitor *self, JmpDevice *device)
{
  jmp_rows_add (self->rows, device);
}

/**
 * jmp_monitor_remove:
 * @self: a monitor
 * @device: a row's board
 *
 * Takes a row away. Nothing happens when there is none for @device.
 */
void
jmp_monitor_remove (JmpMonitor *self, JmpDevice *device)
{
  jmp_rows_remove (self->rows, device);
}

/**
 * jmp_monitor_hold:
 * @self: a monitor
 * @device: a row's board
 *
 * Keeps the board's row while somebody works with it: unplugged, it is %JMP_DEVICE_GONE, and the same
 * #JmpDevice comes back to life when the board does. Holds count.
 */
void
jmp_monitor_hold (JmpMonitor *self, JmpDevice *device)
{
  jmp_rows_hold (self->rows, device);
}

/**
 * jmp_monitor_release:
 * @self: a monitor
 * @device: a board that was given to jmp_monitor_hold()
 *
 * Ends one hold. The row of a board that is gone goes with the last.
 */
void
jmp_monitor_release (JmpMonitor *self, JmpDevice *device)
{
  jmp_rows_release (self->rows, device);
}
