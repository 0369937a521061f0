/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/device-private.h"

#include "base/error.h"

/* How to open the board, shared with every open() that is under way. */
typedef struct {
  char *path;
  guint address;
  gboolean practice;
  JmpDeviceOpenFunc open;
  JmpDeviceOpenSerialFunc open_serial;
  gpointer user_data;
  GDestroyNotify destroy;
  guint16 vid;
  guint16 pid;
  char *serial;
  char *product;
} Source;

struct _JmpDevice {
  GObject parent;

  GMutex lock; /* guards the pointer to the source alone: open() runs on any thread */
  Source *source;

  /* main thread */
  char *id;
  char *name;
  char *port_name;
  JmpDeviceMode mode;
  JmpDfuInfo *info;
  GError *problem;
};

G_DEFINE_FINAL_TYPE (JmpDevice, jmp_device, G_TYPE_OBJECT)

enum {
  PROP_ID = 1,
  PROP_PATH,
  PROP_NAME,
  PROP_SERIAL,
  PROP_MODE,
  PROP_PRACTICE,
  PROP_PORT_NAME,
  PROP_INFO,
  PROP_PROBLEM,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static void
source_clear (gpointer data)
{
  Source *self = data;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->path);
  g_free (self->serial);
  g_free (self->product);
}

static void
source_unref (Source *self)
{
  g_atomic_rc_box_release_full (self, source_clear);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Source, source_unref)

static Source *
source_new (const JmpDeviceSource *from)
{
  Source *self = g_atomic_rc_box_new0 (Source);

  self->path = g_strdup (from->path);
  self->address = from->address;
  self->practice = from->practice;
  self->open = from->open;
  self->open_serial = from->open_serial;
  self->user_data = from->user_data;
  self->destroy = from->destroy;
  self->vid = from->vid;
  self->pid = from->pid;
  self->serial = g_strdup (from->serial);
  self->product = g_strdup (from->product);
  return self;
}

static Source *
ref_source (JmpDevice *self)
{
  Source *source;

  g_mutex_lock (&self->lock);
  source = g_atomic_rc_box_acquire (self->source);
  g_mutex_unlock (&self->lock);
  return source;
}

static void
take_source (JmpDevice *self, Source *source)
{
  Source *old;

  g_mutex_lock (&self->lock);
  old = self->source;
  self->source = source;
  g_mutex_unlock (&self->lock);
  if (old != NULL)
    source_unref (old);
}

static void
jmp_device_finalize (GObject *object)
{
  JmpDevice *self = JMP_DEVICE (object);

  g_clear_pointer (&self->source, source_unref);
  g_mutex_clear (&self->lock);
  g_free (self->id);
  g_free (self->name);
  g_free (self->port_name);
  g_clear_pointer (&self->info, jmp_dfu_info_unref);
  g_clear_error (&self->problem);
  G_OBJECT_CLASS (jmp_device_parent_class)->finalize (object);
}

static void
jmp_device_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  JmpDevice *self = JMP_DEVICE (object);

  switch (id) {
  case PROP_ID:
    g_value_set_string (value, self->id);
    break;
  case PROP_PATH:
    g_value_set_string (value, self->source->path);
    break;
  case PROP_NAME:
    g_value_set_string (value, self->name);
    break;
  case PROP_SERIAL:
    g_value_set_string (value, jmp_device_get_serial (self));
    break;
  case PROP_MODE:
    g_value_set_enum (value, (int)self->mode);
    break;
  case PROP_PRACTICE:
    g_value_set_boolean (value, self->source->practice);
    break;
  case PROP_PORT_NAME:
    g_value_set_string (value, self->port_name);
    break;
  case PROP_INFO:
    g_value_set_pointer (value, self->info);
    break;
  case PROP_PROBLEM:
    g_value_set_boxed (value, self->problem);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, spec);
  }
}

static void
jmp_device_class_init (JmpDeviceClass *class)
{
  GObjectClass *object_class = G_OBJECT_CLASS (class);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = jmp_device_finalize;
  object_class->get_property = jmp_device_get_property;
  props[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  props[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, flags);
  props[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  props[PROP_SERIAL] = g_param_spec_string ("serial", NULL, NULL, NULL, flags);
  props[PROP_MODE] = g_param_spec_enum (
      "mode", NULL, NULL, JMP_TYPE_DEVICE_MODE, JMP_DEVICE_UNUSABLE, flags);
  props[PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, flags);
  props[PROP_PORT_NAME] = g_param_spec_string ("port-name", NULL, NULL, NULL, flags);
  props[PROP_INFO] = g_param_spec_pointer ("info", NULL, NULL, flags);
  props[PROP_PROBLEM] = g_param_spec_boxed ("problem", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
jmp_device_init (JmpDevice *self)
{
  g_mutex_init (&self->lock);
}

static JmpDeviceMode
find_mode (const JmpDfuInfo *info, const GError *problem)
{
  if (problem != NULL)
    return JMP_DEVICE_UNUSABLE;
  if (info != NULL && info->dfu_mode)
    return JMP_DEVICE_DFU;
  return JMP_DEVICE_RUNNING;
}

/* What -d takes. A practice board's path is its selector. */
static char *
make_id (const Source *source)
{
  return source->practice ? g_strdup (source->path) : g_strconcat ("path:", source->path, NULL);
}

static char *
make_name (const Source *source, const JmpDfuInfo *info)
{
  const char *kind = strchr (source->path, ':');

  if (source->practice && kind != NULL)
    return g_strconcat ("Practice ", kind + 1, NULL);
  if (info == NULL && source->product != NULL)
    return jmp_device_make_running_name (source->product);
  return jmp_device_make_name (info);
}

/**
 * jmp_device_new:
 * @source: where it is and how it is opened; copied, and its user_data taken
 * @info: (nullable) (transfer none): what is known of it
 * @problem: (nullable) (transfer none): why it cannot be used
 *
 * Makes a row for a board. Its mode follows from @info and @problem; a board of which nothing is
 * known, without a problem, runs its program. Any thread.
 *
 * Returns: (transfer full): a device
 */
JmpDevice *
jmp_device_new (const JmpDeviceSource *source, JmpDfuInfo *info, const GError *problem)
{
  JmpDevice *self = g_object_new (JMP_TYPE_DEVICE, NULL);

  self->source = source_new (source);
  self->id = make_id (self->source);
  self->info = info != NULL ? jmp_dfu_info_ref (info) : NULL;
  self->problem = problem != NULL ? g_error_copy (problem) : NULL;
  self->mode = find_mode (info, problem);
  self->name = make_name (self->source, info);
  self->port_name = g_strdup (source->port_name);
  return self;
}

/**
 * jmp_device_open:
 * @self: a device
 * @error: return location
 *
 * Opens the board where it was seen last. Any thread; keep @self for as long as the board is open.
 *
 * Returns: (transfer full): the open board, or %NULL with an error as in usb.h;
 *   %JMP_ERROR_DISCONNECTED when it is not there any more
 */
JmpUsb *
jmp_device_open (JmpDevice *self, GError **error)
{
  g_autoptr (Source) source = ref_source (self);

  return source->open (source->user_data, error);
}

/**
 * jmp_device_open_serial:
 * @self: a device
 * @error: return location
 *
 * Opens the console of a board that runs its program. Any thread; keep @self for as long as the
 * console is open. Nothing else opens it: to read from it may disturb the program that runs.
 *
 * Returns: (transfer full): the open port, or %NULL with an error as in serial.h;
 *   %JMP_ERROR_NOT_SUPPORTED when the board has none
 */
JmpSerial *
jmp_device_open_serial (JmpDevice *self, GError **error)
{
  g_autoptr (Source) source = ref_source (self);

  if (source->open_serial != NULL)
    return source->open_serial (source->user_data, error);
  g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "%s has no serial port", source->path);
  return NULL;
}

/**
 * jmp_device_get_id:
 * @self: a device
 *
 * The board's id, stable while it stays where it is plugged in: what the command's -d takes
 * ("path:1-4.2", "virtual:pyboard").
 *
 * Returns: (transfer none): text
 */
const char *
jmp_device_get_id (JmpDevice *self)
{
  return self->id;
}

/**
 * jmp_device_get_path:
 * @self: a device
 *
 * Returns: (transfer none): bus and ports ("1-4.2"), or "virtual:pyboard"
 */
const char *
jmp_device_get_path (JmpDevice *self)
{
  return self->source->path;
}

/**
 * jmp_device_get_address:
 * @self: a device
 *
 * Returns: which appearance on its path this is: another number after every plugging in
 */
guint
jmp_device_get_address (JmpDevice *self)
{
  return self->source->address;
}

/**
 * jmp_device_is_practice:
 * @self: a device
 *
 * Returns: whether it is a virtual board
 */
gboolean
jmp_device_is_practice (JmpDevice *self)
{
  return self->source->practice;
}

/**
 * jmp_device_get_mode:
 * @self: a device
 *
 * Returns: whether it can be used, and why not
 */
JmpDeviceMode
jmp_device_get_mode (JmpDevice *self)
{
  return self->mode;
}

/**
 * jmp_device_get_name:
 * @self: a device
 *
 * Returns: (transfer none): what to call it before a person; not unique
 */
const char *
jmp_device_get_name (JmpDevice *self)
{
  return self->name;
}

/**
 * jmp_device_get_serial:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): its serial number, when it has one that could be read
 */
const char *
jmp_device_get_serial (JmpDevice *self)
{
  if (self->info != NULL && self->info->serial != NULL)
    return self->info->serial;
  return self->source->serial;
}

/**
 * jmp_device_get_ids:
 * @self: a device
 * @vid: (out): idVendor
 * @pid: (out): idProduct
 *
 * The board's USB ids as they are now; those of a program are others than those of a boot loader.
 *
 * Returns: %FALSE when they are not known
 */
gboolean
jmp_device_get_ids (JmpDevice *self, guint16 *vid, guint16 *pid)
{
  gboolean runs = self->mode == JMP_DEVICE_RUNNING && self->source->vid != 0;

  if (!runs && self->info == NULL)
    return FALSE;
  *vid = runs ? self->source->vid : self->info->vid;
  *pid = runs ? self->source->pid : self->info->pid;
  return TRUE;
}

/**
 * jmp_device_get_port_name:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): the serial port of the console of a board that runs its
 *   program ("/dev/ttyACM0")
 */
const char *
jmp_device_get_port_name (JmpDevice *self)
{
  return self->port_name;
}

/**
 * jmp_device_get_info:
 * @self: a device
 *
 * What the board says about itself. When it could not be opened, it has no strings and no memory
 * maps; of a board that is gone, or was seen in DFU mode and runs its program now, it is what was read
 * before.
 *
 * Returns: (transfer none) (nullable): the information
 */
JmpDfuInfo *
jmp_device_get_info (JmpDevice *self)
{
  return self->info;
}

/**
 * jmp_device_get_problem:
 * @self: a device
 *
 * Returns: (transfer none) (nullable): why the board cannot be used
 */
const GError *
jmp_device_get_problem (JmpDevice *self)
{
  return self->problem;
}

static void
notify_if (JmpDevice *self, gboolean changed, guint prop)
{
  if (changed)
    g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

/* Puts @text into @field and says whether that is another text than before. */
static gboolean
take_text (char **field, char *text)
{
  gboolean changed = g_strcmp0 (*field, text) != 0;

  g_free (*field);
  *field = text;
  return changed;
}

void
jmp_device_set_mode (JmpDevice *self, JmpDeviceMode mode)
{
  gboolean changed = self->mode != mode;

  self->mode = mode;
  notify_if (self, changed, PROP_MODE);
}

void
jmp_device_set_info (JmpDevice *self, JmpDfuInfo *info)
{
  g_autofree char *serial = g_strdup (jmp_device_get_serial (self));
  JmpDfuInfo *old = self->info;
  gboolean renamed;

  if (old == info)
    return;
  self->info = info != NULL ? jmp_dfu_info_ref (info) : NULL;
  renamed = take_text (&self->name, make_name (self->source, info));
  g_object_freeze_notify (G_OBJECT (self));
  notify_if (self, TRUE, PROP_INFO);
  notify_if (self, renamed, PROP_NAME);
  notify_if (self, g_strcmp0 (serial, jmp_device_get_serial (self)) != 0, PROP_SERIAL);
  g_object_thaw_notify (G_OBJECT (self));
  g_clear_pointer (&old, jmp_dfu_info_unref);
}

void
jmp_device_set_port_name (JmpDevice *self, const char *port_name)
{
  notify_if (self, take_text (&self->port_name, g_strdup (port_name)), PROP_PORT_NAME);
}

static void
set_problem (JmpDevice *self, const GError *problem)
{
  gboolean changed = self->problem != NULL || problem != NULL;

  g_clear_error (&self->problem);
  if (problem != NULL)
    self->problem = g_error_copy (problem);
  notify_if (self, changed, PROP_PROBLEM);
}

/**
 * jmp_device_update:
 * @self: a device
 * @seen: (transfer none): the same board as it is now
 *
 * Makes @self what @seen is: where it is, how it is opened, what it says of itself. A board that runs
 * its program keeps what was known of its boot loader, and one in its boot loader keeps the name that
 * its program gave it when the loader has none. Notifies of what changed. Main thread.
 */
void
jmp_device_update (JmpDevice *self, JmpDevice *seen)
{
  g_autofree char *path = g_strdup (self->source->path);
  g_autofree char *name = g_strdup (self->name);
  g_autofree char *serial = g_strdup (jmp_device_get_serial (self));

  g_return_if_fail (self != seen);
  g_object_freeze_notify (G_OBJECT (self));
  take_source (self, ref_source (seen));
  notify_if (self, g_strcmp0 (path, self->source->path) != 0, PROP_PATH);
  notify_if (self, take_text (&self->id, make_id (self->source)), PROP_ID);
  if (seen->info != NULL || seen->mode != JMP_DEVICE_RUNNING)
    jmp_device_set_info (self, seen->info);
  if (!jmp_device_is_named_by_loader (name) && jmp_device_is_named_by_loader (seen->name))
    notify_if (self, take_text (&self->name, g_steal_pointer (&name)), PROP_NAME);
  else
    notify_if (self, take_text (&self->name, g_strdup (seen->name)), PROP_NAME);
  notify_if (self, g_strcmp0 (serial, jmp_device_get_serial (self)) != 0, PROP_SERIAL);
  jmp_device_set_port_name (self, seen->port_name);
  set_problem (self, seen->problem);
  jmp_device_set_mode (self, seen->mode);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * jmp_device_set_gone:
 * @self: a device
 *
 * Notes that the board is not plugged in. What was known of it stays, but for its problem. Main
 * thread.
 */
void
jmp_device_set_gone (JmpDevice *self)
{
  g_object_freeze_notify (G_OBJECT (self));
  set_problem (self, NULL);
  jmp_device_set_port_name (self, NULL);
  jmp_device_set_mode (self, JMP_DEVICE_GONE);
  g_object_thaw_notify (G_OBJECT (self));
}
