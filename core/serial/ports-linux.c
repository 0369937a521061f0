/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The serial ports of Linux, out of sysfs. libserialport would open the ports of the old kind to see
 * whether they are there; this only reads, and knows the USB port besides. */

#include "serial/serial.h"

#include "serial/port-private.h"

#include <string.h>

#define TTY_FOLDER "/sys/class/tty"
#define USB_FOLDER "/sys/bus/usb/devices"
#define MAX_TEXT   512

/* BUS-PORT[.PORT…], followed by ":" */
static gboolean
is_interface (const char *name, gsize *length)
{
  gsize i = 0;

  while (g_ascii_isdigit (name[i]))
    i++;
  if (i == 0 || name[i] != '-')
    return FALSE;
  for (i++; g_ascii_isdigit (name[i]) || name[i] == '.'; i++)
    ;
  *length = i;
  return name[i] == ':';
}

/* See port-private.h. The last interface in the path counts: that of the device itself. */
char *
jmp_serial_find_usb_path (const char *sysfs_path)
{
  g_auto (GStrv) parts = g_strsplit (sysfs_path, "/", -1);
  guint n = g_strv_length (parts);

  while (n-- > 0) {
    gsize length;

    if (is_interface (parts[n], &length))
      return g_strndup (parts[n], length);
  }
  return NULL;
}

/* One line of a device's own; NULL when it does not say. */
static char *
read_attribute (const char *path, const char *name)
{
  g_autofree char *file = g_build_filename (USB_FOLDER, path, name, NULL);
  g_autofree char *text = NULL;
  gsize size;

  if (!g_file_get_contents (file, &text, &size, NULL) || size > MAX_TEXT)
    return NULL;
  return g_strdup (g_strchomp (text));
}

static guint16
read_id (const char *path, const char *name)
{
  g_autofree char *text = read_attribute (path, name);
  guint64 value = 0;

  if (text == NULL || !g_ascii_string_to_unsigned (text, 16, 0, G_MAXUINT16, &value, NULL))
    return 0;
  return (guint16)value;
}

/* NULL for a terminal that no cable leads to. */
static JmpSerialPort *
look_at (const char *tty)
{
  g_autofree char *link = g_build_filename (TTY_FOLDER, tty, NULL);
  g_autofree char *target = g_file_read_link (link, NULL);
  g_autofree char *path = NULL;
  g_autofree char *name = NULL;
  g_autofree char *serial = NULL;
  g_autofree char *manufacturer = NULL;
  g_autofree char *product = NULL;

  if (target == NULL || strstr (target, "/virtual/") != NULL)
    return NULL;
  name = g_strconcat ("/dev/", tty, NULL);
  path = jmp_serial_find_usb_path (target);
  if (path == NULL)
    return jmp_serial_port_new (&(JmpSerialPort){ .name = name });
  serial = read_attribute (path, "serial");
  manufacturer = read_attribute (path, "manufacturer");
  product = read_attribute (path, "product");
  return jmp_serial_port_new (&(JmpSerialPort){
      .name = name,
      .path = path,
      .vid = read_id (path, "idVendor"),
      .pid = read_id (path, "idProduct"),
      .serial = serial,
      .manufacturer = manufacturer,
      .product = product,
  });
}

static int
compare_ports (gconstpointer a, gconstpointer b)
{
  return jmp_serial_name_compare ((*(JmpSerialPort *const *)a)->name,
                                  (*(JmpSerialPort *const *)b)->name);
}

static void
free_port (gpointer data)
{
  jmp_serial_port_free (data);
}

/**
 * jmp_serial_list_ports:
 * @error: (out) (optional): %JMP_ERROR_FAILED when the system does not list them
 *
 * Lists the serial ports of this computer, without opening any.
 *
 * Returns: (transfer full) (element-type JmpSerialPort): the ports by name, perhaps none
 */
GPtrArray *
jmp_serial_list_ports (GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GDir) folder = g_dir_open (TTY_FOLDER, 0, &problem);
  GPtrArray *ports = g_ptr_array_new_with_free_func (free_port);
  const char *tty;

  /* a system without one, as some containers are, has no ports */
  if (folder == NULL && g_error_matches (problem, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return ports;
  if (folder == NULL) {
    g_ptr_array_unref (ports);
    g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "listing serial ports: %s", problem->message);
    return NULL;
  }
  while ((tty = g_dir_read_name (folder)) != NULL) {
    JmpSerialPort *port = look_at (tty);

    if (port != NULL)
      g_ptr_array_add (ports, port);
  }
  g_ptr_array_sort (ports, compare_ports);
  return ports;
}
