/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The serial ports of a system where libserialport lists them without opening any: COM… on Windows, and on
 * macOS /dev/cu.…, which open without waiting for a carrier as /dev/tty.… do. Which USB port one is behind
 * is not told in libusb's numbers; its address on the bus is. */

#include "serial/serial.h"

#include "serial/port-private.h"

/* 0 where the system does not tell. */
static guint
read_address (const struct sp_port *port)
{
  int bus = 0;
  int address = 0;

  if (sp_get_port_usb_bus_address (port, &bus, &address) != SP_OK)
    return 0;
  return (guint)MAX (address - jmp_serial_address_offset, 0);
}

static JmpSerialPort *
describe (const struct sp_port *port)
{
  int vid = 0;
  int pid = 0;

  if (sp_get_port_transport (port) != SP_TRANSPORT_USB
      || sp_get_port_usb_vid_pid (port, &vid, &pid) != SP_OK)
    return jmp_serial_port_new (&(JmpSerialPort){ .name = sp_get_port_name (port) });
  return jmp_serial_port_new (&(JmpSerialPort){
      .name = sp_get_port_name (port),
      .address = read_address (port),
      .vid = (guint16)vid,
      .pid = (guint16)pid,
      .serial = sp_get_port_usb_serial (port),
      .manufacturer = sp_get_port_usb_manufacturer (port),
      .product = sp_get_port_usb_product (port),
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
  struct sp_port **list = NULL;
  GPtrArray *ports;

  if (sp_list_ports (&list) != SP_OK) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_FAILED, "listing serial ports: the system does not tell");
    return NULL;
  }
  ports = g_ptr_array_new_with_free_func (free_port);
  for (guint i = 0; list[i] != NULL; i++)
    g_ptr_array_add (ports, describe (list[i]));
  sp_free_port_list (list);
  g_ptr_array_sort (ports, compare_ports);
  return ports;
}
