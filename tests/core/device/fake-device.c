/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "fake-device.h"

#include "base/error.h"
#include "virtual/virtual-usb.h"

static guint freed;

JmpDfuInfo *
fake_info (const char *serial)
{
  g_autofree char *spec = serial != NULL ? g_strdup_printf ("pyboard,speed=0,serial=%s", serial)
                                         : g_strdup ("pyboard,speed=0");
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, &error);
  g_autoptr (JmpUsb) usb = NULL;
  JmpDfuInfo *info;

  assert_no_error (error);
  usb = jmp_virtual_usb_open (board, &error);
  assert_no_error (error);
  info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  return info;
}

/* Not to be opened: the message says which appearance was asked. */
static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "%s", (const char *)user_data);
  return NULL;
}

static void
destroy_cb (gpointer user_data)
{
  freed++;
  g_free (user_data);
}

JmpDevice *
fake_device (const char *path, guint address, const char *serial)
{
  JmpDeviceSource source = {
    .path = path,
    .address = address,
    .open = open_cb,
    .user_data = g_strdup_printf ("%s@%u", path, address),
    .destroy = destroy_cb,
  };
  g_autoptr (GError) problem = NULL;
  g_autoptr (JmpDfuInfo) info = NULL;

  if (serial != NULL)
    info = fake_info (serial);
  else
    problem = g_error_new (JMP_ERROR, JMP_ERROR_PERMISSION, "opening %s", path);
  return jmp_device_new (&source, info, problem);
}

guint
fake_device_take_freed (void)
{
  guint count = freed;

  freed = 0;
  return count;
}
