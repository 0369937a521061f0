/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/look-private.h"

#include "device/monitor.h"

typedef struct {
  JmpUsbBus *bus;
  JmpUsbEntry *entry;
} Opener;

static void
opener_free (gpointer data)
{
  Opener *self = data;

  jmp_usb_entry_unref (self->entry);
  jmp_usb_bus_unref (self->bus);
  g_free (self);
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  Opener *self = user_data;

  return jmp_usb_bus_open (self->bus, self->entry, error);
}

/* Headsets, radios and docks have a DFU interface for their own updates too: of what is not in DFU mode,
 * only a device that says DfuSe counts. */
gboolean
jmp_look_is_board (const JmpDfuInfo *info)
{
  return info->dfu_mode || info->dfuse;
}

/* What an entry's descriptors say, or NULL for what is no board. */
JmpDfuInfo *
jmp_look_at_descriptors (JmpUsbEntry *entry)
{
  g_autoptr (JmpDfuInfo) info = jmp_dfu_info_parse (jmp_usb_entry_get_descriptors (entry), NULL);

  return info != NULL && jmp_look_is_board (info) ? g_steal_pointer (&info) : NULL;
}

/* Opens a board in DFU mode, reads it and closes it. One that runs its program is left alone, and
 * one that cannot be read has a problem, and what its descriptors say. */
JmpDevice *
jmp_look (JmpUsbBus *bus, JmpUsbEntry *entry, JmpDfuInfo *described, GCancellable *cancellable)
{
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (JmpDfuInfo) read = NULL;
  g_autoptr (GError) problem = NULL;
  Opener *opener = g_new (Opener, 1);
  JmpDeviceSource source = {
    .path = jmp_usb_entry_get_path (entry),
    .address = jmp_usb_entry_get_address (entry),
    .open = open_cb,
    .user_data = opener,
    .destroy = opener_free,
  };

  opener->bus = jmp_usb_bus_ref (bus);
  opener->entry = jmp_usb_entry_ref (entry);
  if (described->dfu_mode)
    usb = jmp_usb_bus_open (bus, entry, &problem);
  if (usb != NULL)
    read = jmp_dfu_info_read (usb, cancellable, &problem);
  return jmp_device_new (&source, read != NULL ? read : described, problem);
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
 * Looks once at all boards that are plugged in: each in DFU mode is opened, read and closed, so none
 * may be in use. A board that cannot be opened is in the list with its problem.
 *
 * Returns: (transfer full) (element-type JmpDevice): the boards by path, perhaps none, or %NULL when
 *   the bus cannot be listed, with an error as in usb.h
 */
GPtrArray *
jmp_device_scan (JmpUsbBus *bus, GError **error)
{
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (bus, error);
  g_autoptr (GPtrArray) devices = g_ptr_array_new_with_free_func (g_object_unref);

  if (entries == NULL)
    return NULL;
  for (guint i = 0; i < entries->len; i++) {
    g_autoptr (JmpDfuInfo) described = jmp_look_at_descriptors (entries->pdata[i]);

    if (described != NULL)
      g_ptr_array_add (devices, jmp_look (bus, entries->pdata[i], described, NULL));
  }
  g_ptr_array_sort (devices, compare_devices);
  return g_steal_pointer (&devices);
}
