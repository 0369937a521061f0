/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/lookout-private.h"

#include "device/look-private.h"

/* Between two looks when nothing is said to have changed. */
#define POLL_US (1000 * 1000)
/* A change on the bus is rarely alone: hubs bring their devices one by one. */
#define SETTLE_US (300 * 1000)
/* A board that was just plugged in may not be opened until the system has set its permissions, and
 * may not answer yet. For this long it is tried again before that counts as a problem. */
#define PATIENCE_US (1000 * 1000)
#define RETRY_US    (100 * 1000)

/* One appearance of a board. @device is NULL while the board is being waited for. Windows may give a board
 * that comes back as something else within a second the address that it had, so its descriptors count,
 * too. */
typedef struct {
  char *path;
  guint address;
  GBytes *descriptors;
  gint64 since;
  gboolean here;
  gboolean usable;
  JmpDevice *device;
} Sight;

struct _JmpLookout {
  JmpUsbBus *bus;
  JmpLookoutFunc changed_func;
  gpointer user_data;
  GThread *thread;
  GCancellable *cancellable;

  GMutex lock; /* guards the next five */
  GCond cond;
  gboolean stop;
  gboolean hint;
  GPtrArray *latest;
  JmpRunningIds *running;

  /* the thread's own; kept while it is stopped, so that no board is opened twice */
  GPtrArray *sights;
  GPtrArray *ports; /* NULL until they are needed in this look */
  gboolean changed;
};

static void
sight_free (gpointer data)
{
  Sight *self = data;

  g_free (self->path);
  g_bytes_unref (self->descriptors);
  g_clear_object (&self->device);
  g_free (self);
}

static Sight *
find_sight (JmpLookout *self, JmpUsbEntry *entry)
{
  const char *path = jmp_usb_entry_get_path (entry);
  const guint address = jmp_usb_entry_get_address (entry);

  for (guint i = 0; i < self->sights->len; i++) {
    Sight *sight = self->sights->pdata[i];

    if (sight->address == address && g_str_equal (sight->path, path)
        && g_bytes_equal (sight->descriptors, jmp_usb_entry_get_descriptors (entry)))
      return sight;
  }
  return NULL;
}

static Sight *
add_sight (JmpLookout *self, JmpUsbEntry *entry)
{
  Sight *sight = g_new0 (Sight, 1);

  sight->path = g_strdup (jmp_usb_entry_get_path (entry));
  sight->address = jmp_usb_entry_get_address (entry);
  sight->descriptors = g_bytes_ref (jmp_usb_entry_get_descriptors (entry));
  sight->since = g_get_monotonic_time ();
  g_ptr_array_add (self->sights, sight);
  return sight;
}

/* A problem stays the same problem as long as its code is. */
static gboolean
is_news (Sight *sight, JmpDevice *seen)
{
  const GError *problem = jmp_device_get_problem (seen);
  const GError *before;

  if (sight->device == NULL)
    return TRUE;
  before = jmp_device_get_problem (sight->device);
  if (problem == NULL)
    return before != NULL
           || g_strcmp0 (jmp_device_get_port_name (sight->device), jmp_device_get_port_name (seen))
                  != 0;
  return before == NULL || !g_error_matches (before, problem->domain, problem->code);
}

/* Whether there is nothing left to wait for: the serial port of a board that runs its program comes a
 * moment after the board, if it has one. */
static gboolean
is_complete (JmpDevice *seen, JmpDfuInfo *described)
{
  if (described != NULL)
    return jmp_device_get_problem (seen) == NULL;
  return jmp_device_get_port_name (seen) != NULL;
}

/* The serial ports, for what may be a board that runs its program, and NULL for the rest: a debugger's
 * port is no console. */
static GPtrArray *
ports_for (JmpLookout *self, JmpUsbEntry *entry, JmpDfuInfo *described, JmpRunningIds *running)
{
  if ((described != NULL && described->dfu_mode) || !jmp_look_runs (entry, running))
    return NULL;
  if (self->ports == NULL)
    self->ports = jmp_serial_list_ports (NULL);
  return self->ports;
}

/* Opens the board unless it was found usable before: then a job may have it. */
static gboolean
look_at (JmpLookout *self,
         Sight *sight,
         JmpUsbEntry *entry,
         JmpDfuInfo *described,
         JmpRunningIds *running)
{
  g_autoptr (JmpDevice) seen = NULL;
  gboolean patient = g_get_monotonic_time () - sight->since < PATIENCE_US;

  if (sight->usable)
    return FALSE;
  seen = jmp_look (
      self->bus, entry, described, ports_for (self, entry, described, running), self->cancellable);
  if (g_cancellable_is_cancelled (self->cancellable))
    return FALSE;
  sight->usable = is_complete (seen, described);
  if ((!sight->usable && patient) || !is_news (sight, seen))
    return FALSE;
  g_set_object (&sight->device, seen);
  return TRUE;
}

static void
drop_absent (JmpLookout *self)
{
  for (guint i = self->sights->len; i-- > 0;) {
    Sight *sight = self->sights->pdata[i];

    if (!sight->here) {
      self->changed |= sight->device != NULL;
      g_ptr_array_remove_index (self->sights, i);
    }
  }
}

static JmpRunningIds *
ref_running (JmpLookout *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->running != NULL ? jmp_running_ids_ref (self->running) : NULL;
}

/* A bus that cannot be listed now is looked at again at the next round. */
static void
look_around (JmpLookout *self)
{
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (self->bus, NULL);
  g_autoptr (JmpRunningIds) running = ref_running (self);

  if (entries == NULL)
    return;
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  for (guint i = 0; i < self->sights->len; i++)
    ((Sight *)self->sights->pdata[i])->here = FALSE;
  for (guint i = 0; i < entries->len && !g_cancellable_is_cancelled (self->cancellable); i++) {
    JmpUsbEntry *entry = entries->pdata[i];
    g_autoptr (JmpDfuInfo) described = jmp_look_at_descriptors (entry);
    Sight *sight = find_sight (self, entry);

    if (described == NULL && !jmp_look_runs (entry, running))
      continue;
    if (sight == NULL)
      sight = add_sight (self, entry);
    sight->here = TRUE;
    self->changed |= look_at (self, sight, entry, described, running);
  }
  /* otherwise not all of them were looked for */
  if (!g_cancellable_is_cancelled (self->cancellable))
    drop_absent (self);
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  return jmp_path_compare ((*(Sight *const *)a)->path, (*(Sight *const *)b)->path);
}

static void
publish (JmpLookout *self)
{
  GPtrArray *latest = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_sort (self->sights, compare_devices);
  for (guint i = 0; i < self->sights->len; i++) {
    Sight *sight = self->sights->pdata[i];

    if (sight->device != NULL)
      g_ptr_array_add (latest, g_object_ref (sight->device));
  }
  g_mutex_lock (&self->lock);
  g_clear_pointer (&self->latest, g_ptr_array_unref);
  self->latest = latest;
  g_mutex_unlock (&self->lock);
  self->changed_func (self->user_data);
}

static gboolean
is_waiting (JmpLookout *self)
{
  for (guint i = 0; i < self->sights->len; i++)
    if (((Sight *)self->sights->pdata[i])->device == NULL)
      return TRUE;
  return FALSE;
}

static void
sleep_until (JmpLookout *self, gint64 end, gboolean heed_hint)
{
  while (!self->stop && !(heed_hint && self->hint)
         && g_cond_wait_until (&self->cond, &self->lock, end))
    ;
}

/* Sleeps until it is time to look again; FALSE when that is never. */
static gboolean
wait_for_next (JmpLookout *self)
{
  gint64 now = g_get_monotonic_time ();
  gboolean go_on;

  g_mutex_lock (&self->lock);
  sleep_until (self, now + (is_waiting (self) ? RETRY_US : POLL_US), TRUE);
  if (self->hint)
    sleep_until (self, g_get_monotonic_time () + SETTLE_US, FALSE);
  self->hint = FALSE;
  go_on = !self->stop;
  g_mutex_unlock (&self->lock);
  return go_on;
}

static gpointer
lookout_thread (gpointer user_data)
{
  JmpLookout *self = user_data;

  /* that nothing is there is news, once */
  self->changed = TRUE;
  do {
    look_around (self);
    if (self->changed)
      publish (self);
    self->changed = FALSE;
  } while (wait_for_next (self));
  return NULL;
}

/* On libusb's event thread. */
static void
bus_changed_cb (gpointer user_data)
{
  JmpLookout *self = user_data;

  g_mutex_lock (&self->lock);
  self->hint = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
}

JmpLookout *
jmp_lookout_new (JmpUsbBus *bus, JmpLookoutFunc changed, gpointer user_data)
{
  JmpLookout *self = g_new0 (JmpLookout, 1);

  self->bus = jmp_usb_bus_ref (bus);
  self->changed_func = changed;
  self->user_data = user_data;
  self->sights = g_ptr_array_new_with_free_func (sight_free);
  self->cancellable = g_cancellable_new ();
  g_mutex_init (&self->lock);
  g_cond_init (&self->cond);
  return self;
}

void
jmp_lookout_free (JmpLookout *self)
{
  jmp_lookout_stop (self);
  g_clear_pointer (&self->latest, g_ptr_array_unref);
  g_clear_pointer (&self->ports, g_ptr_array_unref);
  g_clear_pointer (&self->running, jmp_running_ids_unref);
  g_ptr_array_unref (self->sights);
  g_object_unref (self->cancellable);
  g_cond_clear (&self->cond);
  g_mutex_clear (&self->lock);
  jmp_usb_bus_unref (self->bus);
  g_free (self);
}

void
jmp_lookout_set_running_ids (JmpLookout *self, JmpRunningIds *running)
{
  JmpRunningIds *old;

  g_mutex_lock (&self->lock);
  old = self->running;
  self->running = running != NULL ? jmp_running_ids_ref (running) : NULL;
  /* as soon as that: what is plugged in may be such a board */
  self->hint = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, jmp_running_ids_unref);
}

void
jmp_lookout_start (JmpLookout *self)
{
  if (self->thread != NULL)
    return;
  self->stop = FALSE;
  g_cancellable_reset (self->cancellable);
  jmp_usb_bus_watch (self->bus, bus_changed_cb, self);
  self->thread = g_thread_new ("jmp-lookout", lookout_thread, self);
}

/* Waits for the thread; a transfer that is under way is cancelled. */
void
jmp_lookout_stop (JmpLookout *self)
{
  if (self->thread == NULL)
    return;
  jmp_usb_bus_unwatch (self->bus);
  g_cancellable_cancel (self->cancellable);
  g_mutex_lock (&self->lock);
  self->stop = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->lock);
  g_thread_join (g_steal_pointer (&self->thread));
}

/* What is there, by path, or NULL when that was taken already. */
GPtrArray *
jmp_lookout_take (JmpLookout *self)
{
  GPtrArray *latest;

  g_mutex_lock (&self->lock);
  latest = g_steal_pointer (&self->latest);
  g_mutex_unlock (&self->lock);
  return latest;
}
