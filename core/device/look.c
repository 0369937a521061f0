/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/look-private.h"

#include "base/bytes.h"
#include "base/error.h"
#include "device/monitor.h"

/* Where the ids stand in a device descriptor (USB 2.0, 9.6.1) */
#define VENDOR_AT  8
#define PRODUCT_AT 10

typedef struct {
  JmpUsbBus *bus;
  JmpUsbEntry *entry;
  gboolean has_dfu;
  char *port_name; /* (nullable) */
} Opener;

static void
opener_free (gpointer data)
{
  Opener *self = data;

  jmp_usb_entry_unref (self->entry);
  jmp_usb_bus_unref (self->bus);
  g_free (self->port_name);
  g_free (self);
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  Opener *self = user_data;

  if (self->has_dfu)
    return jmp_usb_bus_open (self->bus, self->entry, error);
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DISCONNECTED,
               "%s runs its program and is not in DFU mode",
               jmp_usb_entry_get_path (self->entry));
  return NULL;
}

static JmpSerial *
open_serial_cb (gpointer user_data, GError **error)
{
  Opener *self = user_data;

  return jmp_serial_open (self->port_name, error);
}

static void
read_ids (JmpUsbEntry *entry, guint16 *vid, guint16 *pid)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (jmp_usb_entry_get_descriptors (entry), &size);

  *vid = size >= PRODUCT_AT + 2 ? jmp_get_u16 (bytes + VENDOR_AT) : 0;
  *pid = size >= PRODUCT_AT + 2 ? jmp_get_u16 (bytes + PRODUCT_AT) : 0;
}

gboolean
jmp_look_runs (JmpUsbEntry *entry, JmpRunningIds *running)
{
  guint16 vid;
  guint16 pid;

  read_ids (entry, &vid, &pid);
  return jmp_running_ids_contains (running, vid, pid);
}

/* The serial port of the device at @path: its first, which is the one with the console. Where the system
 * does not tell where ports are, the one of a device with these ids and this address; where that is
 * not told either, the only one of a device with these ids. */
const JmpSerialPort *
jmp_look_find_port (GPtrArray *ports, const char *path, guint address, guint16 vid, guint16 pid)
{
  const JmpSerialPort *only = NULL;
  guint n = 0;

  for (guint i = 0; ports != NULL && i < ports->len; i++) {
    const JmpSerialPort *port = ports->pdata[i];

    if (port->vid != vid || port->pid != pid)
      continue;
    if (g_strcmp0 (port->path, path) == 0)
      return port;
    if (port->path == NULL && port->address == address)
      return port;
    if (port->path == NULL) {
      only = port;
      n++;
    }
  }
  return n == 1 ? only : NULL;
}

/* Headsets, keyboards and docks have a DFU interface for their own updates too: of what is not in DFU mode,
 * only a device counts that says DfuSe, that is known to be a board, or that has nothing of those. */
gboolean
jmp_look_is_board (const JmpDfuInfo *info)
{
  return info->dfu_mode || info->dfuse || (info->quirks.flags & JMP_QUIRK_BOARD) != 0
         || (jmp_dfu_info_can_detach (info) && !info->is_gadget);
}

/* What an entry's descriptors say, or NULL for what is no board. */
JmpDfuInfo *
jmp_look_at_descriptors (JmpUsbEntry *entry)
{
  g_autoptr (JmpDfuInfo) info = jmp_dfu_info_parse (jmp_usb_entry_get_descriptors (entry), NULL);

  return info != NULL && jmp_look_is_board (info) ? g_steal_pointer (&info) : NULL;
}

static JmpDevice *
make_device (JmpUsbBus *bus,
             JmpUsbEntry *entry,
             JmpDfuInfo *info,
             const JmpSerialPort *port,
             const GError *problem)
{
  Opener *opener = g_new0 (Opener, 1);
  JmpDeviceSource source = {
    .path = jmp_usb_entry_get_path (entry),
    .address = jmp_usb_entry_get_address (entry),
    .open = open_cb,
    .user_data = opener,
    .destroy = opener_free,
  };

  opener->bus = jmp_usb_bus_ref (bus);
  opener->entry = jmp_usb_entry_ref (entry);
  opener->has_dfu = info != NULL;
  if (info == NULL || !info->dfu_mode)
    read_ids (entry, &source.vid, &source.pid);
  if (port != NULL) {
    opener->port_name = g_strdup (port->name);
    source.open_serial = open_serial_cb;
    source.serial = port->serial;
    source.product = port->product;
    source.port_name = port->name;
  }
  return jmp_device_new (&source, info, problem);
}

/* Opens a board in DFU mode, reads it and closes it. One that runs its program is left alone, and
 * one that cannot be read has a problem, and what its descriptors say. */
JmpDevice *
jmp_look (JmpUsbBus *bus,
          JmpUsbEntry *entry,
          JmpDfuInfo *described,
          GPtrArray *ports,
          GCancellable *cancellable)
{
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (JmpDfuInfo) read = NULL;
  g_autoptr (GError) problem = NULL;
  const JmpSerialPort *port = NULL;
  guint16 vid;
  guint16 pid;

  if (described != NULL && described->dfu_mode) {
    usb = jmp_usb_bus_open (bus, entry, &problem);
  } else {
    read_ids (entry, &vid, &pid);
    port = jmp_look_find_port (
        ports, jmp_usb_entry_get_path (entry), jmp_usb_entry_get_address (entry), vid, pid);
  }
  if (usb != NULL)
    read = jmp_dfu_info_read (usb, cancellable, &problem);
  return make_device (bus, entry, read != NULL ? read : described, port, problem);
}

/* Orders paths as a person counts: 1-2 before 1-10. */
int
jmp_path_compare (const char *a, const char *b)
{
  while (*a != '\0' && *b != '\0') {
    if (g_ascii_isdigit (*a) && g_ascii_isdigit (*b)) {
      char *end_a;
      char *end_b;
      guint64 number_a = g_ascii_strtoull (a, &end_a, 10);
      guint64 number_b = g_ascii_strtoull (b, &end_b, 10);

      if (number_a != number_b)
        return number_a < number_b ? -1 : 1;
      a = end_a;
      b = end_b;
    } else if (*a != *b) {
      break;
    } else {
      a++;
      b++;
    }
  }
  return (guchar)*a - (guchar)*b;
}

static int
compare_devices (gconstpointer a, gconstpointer b)
{
  return jmp_path_compare (jmp_device_get_path (*(JmpDevice *const *)a),
                           jmp_device_get_path (*(JmpDevice *const *)b));
}

/**
 * jmp_device_scan:
 * @bus: the USB bus
 * @error: return location
 *
 * Looks once at all boards that are plugged in and have a DFU interface: each in DFU mode is opened, read
 * and closed, so none may be in use. A board that cannot be opened is in the list with its problem.
 *
 * Returns: (transfer full) (element-type JmpDevice): the boards by path, perhaps none, or %NULL when
 *   the bus cannot be listed, with an error as in usb.h
 */
GPtrArray *
jmp_device_scan (JmpUsbBus *bus, GError **error)
{
  return jmp_device_scan_all (bus, NULL, error);
}

/**
 * jmp_device_scan_all:
 * @bus: the USB bus
 * @running: (nullable): ids of boards that run their programs
 * @error: return location
 *
 * As jmp_device_scan(), and finds boards that run their programs too, with their serial ports; nothing
 * is sent to them.
 *
 * Returns: (transfer full) (element-type JmpDevice): as jmp_device_scan()
 */
GPtrArray *
jmp_device_scan_all (JmpUsbBus *bus, JmpRunningIds *running, GError **error)
{
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (bus, error);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) ports = NULL;

  if (entries == NULL)
    return NULL;
  if (running != NULL)
    ports = jmp_serial_list_ports (NULL);
  for (guint i = 0; i < entries->len; i++) {
    g_autoptr (JmpDfuInfo) described = jmp_look_at_descriptors (entries->pdata[i]);

    gboolean runs = jmp_look_runs (entries->pdata[i], running);

    if (described != NULL || runs)
      g_ptr_array_add (devices,
                       jmp_look (bus, entries->pdata[i], described, runs ? ports : NULL, NULL));
  }
  g_ptr_array_sort (devices, compare_devices);
  return g_steal_pointer (&devices);
}
