/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "mock-tty.h"

#include "virtual/repl.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define TICK_MS 5

struct _MockTty {
  UMockdevTestbed *bed;
  MockTtyFunc func;
  gpointer user_data;
  UMockdevIoctlBase *lines;
  char *node;    /* "/dev/ttyACM0" */
  char *link;    /* where that is in the test bed */
  char *syspath; /* of the USB device, and below it */
  char *interface;
  char *tty;
  GThread *thread;
  int master; /* the thread's; -1 after a hang-up */
  gboolean open;
  int stop; /* atomic */
};

/* A pseudo-terminal has no modem lines; a USB port has, and does nothing with them. */
static gboolean
handle_ioctl_cb (UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer user_data)
{
  gulong request = umockdev_ioctl_client_get_request (client);
  int result;
  int error = 0;

  if (request == TIOCMGET || request == TIOCMSET || request == TIOCMBIS || request == TIOCMBIC) {
    g_autoptr (UMockdevIoctlData) value = umockdev_ioctl_data_resolve (
        umockdev_ioctl_client_get_arg (client), 0, sizeof (int), NULL);

    if (request == TIOCMGET && value != NULL) {
      const int both = TIOCM_DTR | TIOCM_RTS;

      umockdev_ioctl_data_update (value, 0, (guint8 *)&both, sizeof both);
    }
    umockdev_ioctl_client_complete (client, 0, 0);
    return TRUE;
  }
  result = umockdev_ioctl_client_execute (client, &error, NULL);
  umockdev_ioctl_client_complete (client, result, error);
  return TRUE;
}

/* An interface for control and one for data, as a CDC ACM device has them (PSTN120, 3.2.2.2). */
static char *
make_descriptors (const MockTtyDevice *device)
{
  const guint8 bytes[] = {
    18,
    1,
    0x00,
    0x02,
    0xEF,
    2,
    1,
    64,
    (guint8)device->vid,
    (guint8)(device->vid >> 8),
    (guint8)device->pid,
    (guint8)(device->pid >> 8),
    0x00,
    0x02,
    1,
    2,
    3,
    1,
    9,
    2,
    48,
    0,
    2,
    1,
    0,
    0x80,
    100,
    9,
    4,
    0,
    0,
    1,
    2,
    2,
    1,
    0,
    7,
    5,
    0x82,
    3,
    8,
    0,
    32,
    9,
    4,
    1,
    0,
    2,
    10,
    0,
    0,
    0,
    7,
    5,
    0x01,
    2,
    64,
    0,
    0,
    7,
    5,
    0x81,
    2,
    64,
    0,
    0,
  };
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < sizeof bytes; i++)
    g_string_append_printf (text, "%02X", bytes[i]);
  return g_string_free (text, FALSE);
}

static void
add_to_bed (MockTty *self, const MockTtyDevice *d)
{
  g_autofree char *descriptors = make_descriptors (d);
  g_autofree char *text = g_strdup_printf (
      "P: /devices/%s/%s\n"
      "E: SUBSYSTEM=usb\nE: DEVTYPE=usb_device\nE: DEVNAME=/dev/bus/usb/001/%03u\n"
      "E: BUSNUM=001\nE: DEVNUM=%03u\n"
      "A: busnum=1\\n\nA: devnum=%u\\n\nA: bConfigurationValue=1\\n\nA: speed=12\\n\n"
      "A: idVendor=%04x\\n\nA: idProduct=%04x\\n\nA: serial=%s\\n\n"
      "A: manufacturer=MicroPython\\n\nA: product=Pyboard Virtual Comm Port in FS Mode\\n\n"
      "H: descriptors=%s\n\n"
      "P: /devices/%s/%s/%s:1.0\nE: SUBSYSTEM=usb\nE: DEVTYPE=usb_interface\n\n"
      "P: /devices/%s/%s/%s:1.0/tty/%s\nE: SUBSYSTEM=tty\nL: device=../../../%s:1.0\n",
      d->parent,
      d->path,
      d->devnum,
      d->devnum,
      d->devnum,
      d->vid,
      d->pid,
      d->serial,
      descriptors,
      d->parent,
      d->path,
      d->path,
      d->parent,
      d->path,
      d->path,
      d->tty,
      d->path);
  g_autoptr (GError) error = NULL;

  if (!umockdev_testbed_add_from_string (self->bed, text, &error))
    g_error ("simulated serial port: %s", error->message);
}

static void
open_pair (MockTty *self)
{
  g_autofree char *root = umockdev_testbed_get_root_dir (self->bed);
  g_autofree char *folder = g_build_filename (root, "dev", NULL);
  struct termios raw;
  char name[128];
  int slave;

  if (openpty (&self->master, &slave, name, NULL, NULL) != 0)
    g_error ("simulated serial port: no pseudo-terminal: %s", g_strerror (errno));
  tcgetattr (slave, &raw);
  cfmakeraw (&raw);
  tcsetattr (slave, TCSANOW, &raw);
  close (slave);
  fcntl (self->master, F_SETFL, O_NONBLOCK);
  g_mkdir_with_parents (folder, 0755);
  self->link = g_build_filename (root, self->node, NULL);
  if (symlink (name, self->link) != 0)
    g_error ("simulated serial port: %s: %s", self->link, g_strerror (errno));
}

/* What the host sent; nothing when it has not, or has the port closed. */
static gsize
receive (MockTty *self, guint8 *bytes, gsize size)
{
  struct pollfd poller = { .fd = self->master, .events = POLLIN };
  gssize n = 0;

  poll (&poller, 1, TICK_MS);
  self->open = (poller.revents & POLLHUP) == 0;
  if ((poller.revents & POLLIN) != 0)
    n = read (self->master, bytes, size);
  else if (!self->open)
    g_usleep (TICK_MS * 1000);
  return n > 0 ? (gsize)n : 0;
}

static gpointer
board_thread (gpointer user_data)
{
  MockTty *self = user_data;

  while (!g_atomic_int_get (&self->stop) && self->master >= 0) {
    guint8 bytes[512];
    gsize n = receive (self, bytes, sizeof bytes);

    self->func (self, bytes, n, self->user_data);
  }
  mock_tty_hang_up (self);
  return NULL;
}

MockTty *
mock_tty_new (UMockdevTestbed *bed,
              const MockTtyDevice *device,
              MockTtyFunc func,
              gpointer user_data)
{
  MockTty *self = g_new0 (MockTty, 1);
  g_autoptr (GError) error = NULL;

  self->bed = g_object_ref (bed);
  self->func = func;
  self->user_data = user_data;
  self->node = g_strconcat ("/dev/", device->tty, NULL);
  self->syspath = g_strdup_printf ("/sys/devices/%s/%s", device->parent, device->path);
  self->interface = g_strdup_printf ("%s/%s:1.0", self->syspath, device->path);
  self->tty = g_strdup_printf ("%s/tty/%s", self->interface, device->tty);
  self->lines = umockdev_ioctl_base_new ();
  g_signal_connect (self->lines, "handle-ioctl", G_CALLBACK (handle_ioctl_cb), NULL);
  if (!umockdev_testbed_attach_ioctl (bed, self->node, self->lines, &error))
    g_error ("simulated serial port: %s", error->message);
  open_pair (self);
  add_to_bed (self, device);
  self->thread = g_thread_new ("mock-tty", board_thread, self);
  return self;
}

void
mock_tty_free (MockTty *self)
{
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  umockdev_testbed_uevent (self->bed, self->syspath, "remove");
  umockdev_testbed_remove_device (self->bed, self->tty);
  umockdev_testbed_remove_device (self->bed, self->interface);
  umockdev_testbed_remove_device (self->bed, self->syspath);
  umockdev_testbed_detach_ioctl (self->bed, self->node, NULL);
  g_remove (self->link);
  g_object_unref (self->lines);
  g_object_unref (self->bed);
  g_free (self->node);
  g_free (self->link);
  g_free (self->syspath);
  g_free (self->interface);
  g_free (self->tty);
  g_free (self);
}

void
mock_tty_deny_open (MockTty *self)
{
  if (g_chmod (self->link, 0) != 0)
    g_error ("simulated serial port: cannot change the mode of %s", self->link);
}

/* What does not fit is lost, as it is on a port that nobody reads from. */
void
mock_tty_send (MockTty *self, const char *data, gssize size)
{
  gsize left = size < 0 ? strlen (data) : (gsize)size;

  while (left > 0 && self->master >= 0) {
    gssize n = write (self->master, data, left);

    if (n <= 0)
      break;
    data += n;
    left -= (gsize)n;
  }
}

void
mock_tty_hang_up (MockTty *self)
{
  if (self->master >= 0)
    close (self->master);
  self->master = -1;
}

gboolean
mock_tty_is_open (MockTty *self)
{
  return self->open;
}

struct _MockTtyBoard {
  JmpVirtualBoard *board;
  JmpVirtualRepl *repl;
};

MockTtyBoard *
mock_tty_board_new (JmpVirtualBoard *board)
{
  MockTtyBoard *self = g_new0 (MockTtyBoard, 1);

  self->board = jmp_virtual_board_ref (board);
  return self;
}

void
mock_tty_board_free (MockTtyBoard *self)
{
  g_clear_pointer (&self->repl, jmp_virtual_repl_free);
  jmp_virtual_board_unref (self->board);
  g_free (self);
}

void
mock_tty_board_func (MockTty *tty, const guint8 *data, gsize size, gpointer user_data)
{
  MockTtyBoard *self = user_data;
  guint8 answer[512];
  gssize n;

  if (!mock_tty_is_open (tty) && size == 0) {
    g_clear_pointer (&self->repl, jmp_virtual_repl_free);
    return;
  }
  if (self->repl == NULL)
    self->repl = jmp_virtual_repl_open (self->board, NULL);
  if (self->repl == NULL)
    return;
  jmp_virtual_repl_put (self->repl, data, size);
  while ((n = jmp_virtual_repl_take (self->repl, answer, sizeof answer)) > 0)
    mock_tty_send (tty, (const char *)answer, n);
  if (n < 0) {
    /* what was sent is fetched before the port goes */
    g_usleep (50 * 1000);
    mock_tty_hang_up (tty);
  }
}
