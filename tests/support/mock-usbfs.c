/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "mock-usbfs.h"

#include "mock-tty.h"
#include "mock-usbfs-device.h"
#include "virtual/repl.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define FIRST_DEVNUM 2

/* How long a hub takes to notice that a device is gone, and how long one that has left waits for its
 * last answers to be fetched. */
#define NOTICE_US 20000
#define FETCH_US  1000000
#define SETTLE_US (30 * G_USEC_PER_SEC)

typedef struct {
  MockUsbfs *mock; /* (not owned) */
  char *path;
  char *parent; /* where it is in sysfs: "usb1", or the hub in it */
  JmpVirtualBoard *board;
  MockUsbfsDevice *device; /* (nullable) */
  char *syspath;           /* (nullable) */
  char *node;              /* (nullable) */
  MockTty *tty;            /* (nullable) what a program with a console shows */
  MockTtyBoard *console;   /* (nullable) behind it */
  gboolean left;           /* the board is no longer what @device shows */
  gint64 left_at;
  gboolean denied;
} Port;

struct _MockUsbfs {
  UMockdevTestbed *bed;
  GMainContext *context;
  GMainLoop *loop;
  GThread *hub; /* makes devices appear and disappear */
  GMutex lock;
  GCond settled;
  GPtrArray *ports;
  guint devnum;
  gboolean consoles; /* whether programs are on the bus */
  MockTty *leaving;  /* (nullable) to be freed without the lock: its thread may want it */
};

static void
port_free (Port *port)
{
  jmp_virtual_board_watch (port->board, NULL, NULL);
  g_clear_object (&port->device);
  jmp_virtual_board_unref (port->board);
  g_free (port->syspath);
  g_free (port->node);
  g_free (port->parent);
  g_free (port->path);
  g_free (port);
}

static void
append_hex (GString *text, GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02X", data[i]);
}

/* Makes the sysfs entry of a device; umockdev announces it. */
static void
add_to_bed (UMockdevTestbed *bed, const char *devpath, guint devnum, GBytes *descriptors)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  g_string_printf (text,
                   "P: /devices/%s\n"
                   "E: SUBSYSTEM=usb\n"
                   "E: DEVTYPE=usb_device\n"
                   "E: DEVNAME=/dev/bus/usb/001/%03u\n"
                   "E: BUSNUM=001\n"
                   "E: DEVNUM=%03u\n"
                   "A: busnum=1\\n\n"
                   "A: devnum=%u\\n\n"
                   "A: bConfigurationValue=1\\n\n"
                   "A: speed=12\\n\n"
                   "H: descriptors=",
                   devpath,
                   devnum,
                   devnum,
                   devnum);
  append_hex (text, descriptors);
  g_string_append_c (text, '\n');
  if (!umockdev_testbed_add_from_string (bed, text->str, &error))
    g_error ("simulated usbfs: %s", error->message);
}

/* A hub without ports to speak of, for the boards to stand on: their paths come from it. */
static void
add_hub (UMockdevTestbed *bed, const char *devpath, guint devnum)
{
  static const guint8 descriptors[] = {
    18, 1, 0x00, 0x02, 9, 0, 1,  64,   0x6B, 0x1D, 0x02, 0x00, 0x00, 0x06, 0, 0, 0, 1, /* device */
    9,  2, 25,   0,    1, 1, 0,  0xE0, 0, /* configuration */
    9,  4, 0,    0,    1, 9, 0,  0,    0, /* interface */
    7,  5, 0x81, 3,    4, 0, 12,          /* endpoint */
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (descriptors, sizeof descriptors);

  add_to_bed (bed, devpath, devnum, bytes);
}

static char *
node_in_bed (MockUsbfs *self, Port *port)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);

  return g_build_filename (root, port->node, NULL);
}

static void
apply_denial (MockUsbfs *self, Port *port)
{
  g_autofree char *node = node_in_bed (self, port);

  if (chmod (node, port->denied ? 0 : 0666) != 0)
    g_error ("simulated usbfs: cannot change the mode of %s", node);
}

/* Lock held, in the hub's thread. */
static void
appear (MockUsbfs *self, Port *port)
{
  g_autofree char *devpath = g_strdup_printf ("%s/%s", port->parent, port->path);
  g_autoptr (GBytes) descriptors = jmp_virtual_board_get_descriptors (port->board);
  g_autofree char *node = NULL;
  g_autoptr (GError) error = NULL;
  guint devnum = self->devnum++;

  port->syspath = g_strdup_printf ("/sys/devices/%s", devpath);
  port->node = g_strdup_printf ("/dev/bus/usb/001/%03u", devnum);
  node = node_in_bed (self, port);
  port->device = mock_usbfs_device_new (port->board, node, self->context);
  if (!umockdev_testbed_attach_ioctl (
          self->bed, port->node, UMOCKDEV_IOCTL_BASE (port->device), &error))
    g_error ("simulated usbfs: %s", error->message);
  add_to_bed (self->bed, devpath, devnum, descriptors);
  apply_denial (self, port);
}

/* Lock held, in the hub's thread. */
static void
disappear (MockUsbfs *self, Port *port)
{
  g_autofree char *node = node_in_bed (self, port);

  mock_usbfs_device_vanish (port->device);
  umockdev_testbed_uevent (self->bed, port->syspath, "remove");
  umockdev_testbed_remove_device (self->bed, port->syspath);
  umockdev_testbed_detach_ioctl (self->bed, port->node, NULL);
  g_remove (node); /* umockdev leaves it */
  g_clear_object (&port->device);
  g_clear_pointer (&port->syspath, g_free);
  g_clear_pointer (&port->node, g_free);
}

static gboolean
has_console (MockUsbfs *self, Port *port)
{
  g_autofree char *build = NULL;
  g_autofree char *banner = NULL;

  if (!self->consoles || jmp_virtual_board_get_state (port->board) != JMP_VIRTUAL_RUNNING)
    return FALSE;
  banner = jmp_virtual_board_get_banner (port->board, &build);
  return banner != NULL;
}

/* Returns: whether the bus shows the console that the board has. Lock held, in the hub's thread. */
static gboolean
follow_console (MockUsbfs *self, Port *port)
{
  gboolean wanted = has_console (self, port) && port->device == NULL;

  if (port->tty != NULL && !wanted) {
    if (self->leaving == NULL)
      self->leaving = g_steal_pointer (&port->tty);
    return FALSE;
  }
  if (port->tty == NULL && !wanted)
    g_clear_pointer (&port->console, mock_tty_board_free);
  if (port->tty == NULL && wanted) {
    g_autofree char *name = g_strdup_printf ("ttyACM%u", self->devnum);
    MockTtyDevice device = {
      .parent = port->parent,
      .path = port->path,
      .devnum = self->devnum++,
      .vid = 0xF055,
      .pid = 0x9800,
      .serial = jmp_virtual_board_get_serial (port->board),
      .tty = name,
    };

    port->console = mock_tty_board_new (port->board);
    port->tty = mock_tty_new (self->bed, &device, mock_tty_board_func, port->console);
  }
  return TRUE;
}

static gboolean
is_time_to_disappear (Port *port)
{
  gint64 since = g_get_monotonic_time () - port->left_at;

  return since >= FETCH_US
         || (since >= NOTICE_US && mock_usbfs_device_get_under_way (port->device) == 0);
}

/* Returns: whether the bus shows what the board is. Lock held. */
static gboolean
update_port (MockUsbfs *self, Port *port)
{
  if (port->left && port->device != NULL) {
    if (!is_time_to_disappear (port))
      return FALSE;
    disappear (self, port);
  }
  port->left = FALSE;
  if (!follow_console (self, port))
    return FALSE;
  if (port->device == NULL && jmp_virtual_board_get_state (port->board) == JMP_VIRTUAL_IN_DFU)
    appear (self, port);
  return TRUE;
}

static gboolean
update_cb (gpointer user_data)
{
  MockUsbfs *self = user_data;
  MockTty *leaving;
  gboolean settled = TRUE;

  g_mutex_lock (&self->lock);
  for (guint i = 0; i < self->ports->len; i++)
    settled = update_port (self, g_ptr_array_index (self->ports, i)) && settled;
  if (settled)
    g_cond_broadcast (&self->settled);
  leaving = g_steal_pointer (&self->leaving);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&leaving, mock_tty_free);
  return settled ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static void
schedule_update (MockUsbfs *self)
{
  g_autoptr (GSource) source = g_timeout_source_new (1);

  g_source_set_callback (source, update_cb, self, NULL);
  g_source_attach (source, self->context);
}

/* In whichever thread changed the board: a test's, or umockdev's in the middle of a transfer. */
static void
board_changed_cb (JmpVirtualBoard *board, gpointer user_data)
{
  Port *port = user_data;
  MockUsbfs *self = port->mock;
  JmpVirtualState state = jmp_virtual_board_get_state (board);

  g_mutex_lock (&self->lock);
  if (state != JMP_VIRTUAL_IN_DFU && port->device != NULL && !port->left) {
    port->left = TRUE;
    port->left_at = g_get_monotonic_time ();
    if (state == JMP_VIRTUAL_UNPLUGGED)
      mock_usbfs_device_break (port->device);
    else
      mock_usbfs_device_leave (port->device);
  }
  g_mutex_unlock (&self->lock);
  schedule_update (self);
}

static gpointer
hub_thread (gpointer user_data)
{
  MockUsbfs *self = user_data;

  g_main_context_push_thread_default (self->context);
  g_main_loop_run (self->loop);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

MockUsbfs *
mock_usbfs_new (void)
{
  g_autoptr (UMockdevTestbed) bed = umockdev_testbed_new ();
  MockUsbfs *self;

  /* only true once there is a test bed */
  if (!umockdev_in_mock_environment ())
    return NULL;
  self = g_new0 (MockUsbfs, 1);
  self->bed = g_steal_pointer (&bed);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->ports = g_ptr_array_new_with_free_func ((GDestroyNotify)port_free);
  self->devnum = FIRST_DEVNUM;
  g_mutex_init (&self->lock);
  g_cond_init (&self->settled);
  add_hub (self->bed, "usb1", 1);
  self->hub = g_thread_new ("mock-hub", hub_thread, self);
  return self;
}

static gboolean
quit_cb (gpointer user_data)
{
  MockUsbfs *self = user_data;

  for (guint i = 0; i < self->ports->len; i++) {
    Port *port = g_ptr_array_index (self->ports, i);

    if (port->device != NULL)
      disappear (self, port);
    g_clear_pointer (&port->tty, mock_tty_free);
    g_clear_pointer (&port->console, mock_tty_board_free);
  }
  g_main_loop_quit (self->loop);
  return G_SOURCE_REMOVE;
}

void
mock_usbfs_free (MockUsbfs *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  for (guint i = 0; i < self->ports->len; i++)
    jmp_virtual_board_watch (((Port *)g_ptr_array_index (self->ports, i))->board, NULL, NULL);
  g_source_set_callback (source, quit_cb, self, NULL);
  g_source_attach (source, self->context);
  g_thread_join (self->hub);
  g_ptr_array_unref (self->ports);
  g_object_unref (self->bed);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_cond_clear (&self->settled);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
mock_usbfs_show_consoles (MockUsbfs *self)
{
  self->consoles = TRUE;
}

static Port *
find_port (MockUsbfs *self, const char *path)
{
  for (guint i = 0; i < self->ports->len; i++) {
    Port *port = g_ptr_array_index (self->ports, i);

    if (g_str_equal (port->path, path))
      return port;
  }
  g_error ("simulated usbfs: there is no port %s", path);
}

static gboolean
is_settled (MockUsbfs *self)
{
  for (guint i = 0; i < self->ports->len; i++) {
    Port *port = g_ptr_array_index (self->ports, i);
    gboolean there = jmp_virtual_board_get_state (port->board) == JMP_VIRTUAL_IN_DFU;

    if (port->left || there != (port->device != NULL)
        || has_console (self, port) != (port->tty != NULL))
      return FALSE;
  }
  return TRUE;
}

void
mock_usbfs_settle (MockUsbfs *self)
{
  gint64 end = g_get_monotonic_time () + SETTLE_US;

  g_mutex_lock (&self->lock);
  while (!is_settled (self))
    if (!g_cond_wait_until (&self->settled, &self->lock, end))
      g_error ("simulated usbfs: the boards do not settle");
  g_mutex_unlock (&self->lock);
}

/* Takes @path and @parent over. */
static const char *
add_port (MockUsbfs *self, JmpVirtualBoard *board, char *path, char *parent)
{
  Port *port = g_new0 (Port, 1);

  port->mock = self;
  port->path = path;
  port->parent = parent;
  port->board = jmp_virtual_board_ref (board);
  g_mutex_lock (&self->lock);
  g_ptr_array_add (self->ports, port);
  g_mutex_unlock (&self->lock);
  jmp_virtual_board_watch (board, board_changed_cb, port);
  schedule_update (self);
  mock_usbfs_settle (self);
  return port->path;
}

const char *
mock_usbfs_plug (MockUsbfs *self, JmpVirtualBoard *board)
{
  guint number = self->ports->len + 1;

  return add_port (self, board, g_strdup_printf ("1-%u", number), g_strdup ("usb1"));
}

const char *
mock_usbfs_plug_behind_hub (MockUsbfs *self, JmpVirtualBoard *board, guint port)
{
  guint number = self->ports->len + 1;
  g_autofree char *hub = g_strdup_printf ("usb1/1-%u", number);

  g_mutex_lock (&self->lock);
  add_hub (self->bed, hub, self->devnum++);
  g_mutex_unlock (&self->lock);
  return add_port (self, board, g_strdup_printf ("1-%u.%u", number, port), g_steal_pointer (&hub));
}

void
mock_usbfs_unplug (MockUsbfs *self, const char *path)
{
  jmp_virtual_board_unplug (find_port (self, path)->board);
  mock_usbfs_settle (self);
}

void
mock_usbfs_replug (MockUsbfs *self, const char *path)
{
  jmp_virtual_board_plug (find_port (self, path)->board);
  mock_usbfs_settle (self);
}

/* Root may open anything, unless it gives up that right: for this thread, and for the children that
 * it starts from now on. */
void
mock_give_up_right_to_open (void)
{
  struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
  struct __user_cap_data_struct data[_LINUX_CAPABILITY_U32S_3];

  if (geteuid () != 0)
    return;
  prctl (PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0);
  if (syscall (SYS_capget, &header, data) != 0)
    g_error ("simulated usbfs: capget failed");
  data[0].effective &= ~(1u << CAP_DAC_OVERRIDE);
  if (syscall (SYS_capset, &header, data) != 0)
    g_error ("simulated usbfs: capset failed");
}

void
mock_usbfs_deny_open (MockUsbfs *self, const char *path)
{
  Port *port = find_port (self, path);

  mock_give_up_right_to_open ();
  g_mutex_lock (&self->lock);
  port->denied = TRUE;
  if (port->device != NULL)
    apply_denial (self, port);
  g_mutex_unlock (&self->lock);
}

void
mock_usbfs_allow_open (MockUsbfs *self, const char *path)
{
  Port *port = find_port (self, path);

  g_mutex_lock (&self->lock);
  port->denied = FALSE;
  if (port->device != NULL)
    apply_denial (self, port);
  g_mutex_unlock (&self->lock);
}

/* The device behind a port; the caller is the only one who makes it disappear. */
static MockUsbfsDevice *
get_device (MockUsbfs *self, const char *path)
{
  MockUsbfsDevice *device = find_port (self, path)->device;

  if (device == NULL)
    g_error ("simulated usbfs: nothing is in port %s", path);
  return device;
}

void
mock_usbfs_stall_next (MockUsbfs *self, const char *path)
{
  mock_usbfs_device_fail_next (get_device (self, path), EPIPE);
}

void
mock_usbfs_disturb_next (MockUsbfs *self, const char *path)
{
  mock_usbfs_device_fail_next (get_device (self, path), EPROTO);
}

void
mock_usbfs_hang (MockUsbfs *self, const char *path)
{
  mock_usbfs_device_hang (get_device (self, path));
}

void
mock_usbfs_drag (MockUsbfs *self, const char *path, const JmpVirtualCounters *from, guint us)
{
  mock_usbfs_device_drag (get_device (self, path), from, us);
}

guint
mock_usbfs_get_under_way (MockUsbfs *self, const char *path)
{
  return mock_usbfs_device_get_under_way (get_device (self, path));
}

void
mock_usbfs_prepare_child (MockUsbfs *self, GSubprocessLauncher *launcher)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);
  const char *options = g_getenv ("ASAN_OPTIONS");
  g_autofree char *asan_options = g_strdup_printf ("%s:verify_asan_link_order=0",
                                                   options != NULL ? options : "");

  g_subprocess_launcher_setenv (launcher, "LD_PRELOAD", MOCK_USBFS_PRELOAD, TRUE);
  g_subprocess_launcher_setenv (launcher, "UMOCKDEV_DIR", root, TRUE);
  /* a child with the address sanitizer in it insists on that being the first library, without need */
  g_subprocess_launcher_setenv (launcher, "ASAN_OPTIONS", asan_options, TRUE);
}
