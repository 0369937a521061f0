/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/detach.h"

#include "base/error.h"
#include "base/pause.h"
#include "device/identity.h"
#include "device/monitor.h"
#include "device/practice.h"
#include "dfu/plain.h"

#include <string.h>

/* Between two looks at the bus. */
#define PAUSE_MS 100

/**
 * jmp_detach_is_possible:
 * @device: a board
 *
 * Returns: whether it runs a program that can be asked to go into DFU mode
 */
gboolean
jmp_detach_is_possible (JmpDevice *device)
{
  const JmpDfuInfo *info = jmp_device_get_info (device);

  return jmp_device_get_mode (device) == JMP_DEVICE_RUNNING && info != NULL
         && jmp_dfu_info_can_detach (info);
}

/**
 * jmp_detach_ask:
 * @device: a board for which jmp_detach_is_possible()
 * @serial: (out) (optional) (nullable) (transfer full): the serial number that its program has
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks the board's program to go into DFU mode, which it does within its wDetachTimeOut; that it comes
 * back is not waited for.
 *
 * Errors: those of opening the board and of usb.h; %JMP_ERROR_NOT_SUPPORTED when its interface is not
 * that of a program.
 *
 * Returns: whether the board is on its way
 */
gboolean
jmp_detach_ask (JmpDevice *device, char **serial, GCancellable *cancellable, GError **error)
{
  g_autoptr (JmpUsb) usb = jmp_device_open (device, error);
  g_autoptr (JmpDfuInfo) info = NULL;
  g_autoptr (JmpDfu) dfu = NULL;

  if (usb != NULL)
    info = jmp_dfu_info_read (usb, cancellable, error);
  if (info == NULL)
    return FALSE;
  if (!jmp_dfu_info_can_detach (info)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "%s: its program cannot be asked to go into DFU mode",
                 jmp_device_get_path (device));
    return FALSE;
  }
  dfu = jmp_dfu_open (g_steal_pointer (&usb), info, error);
  if (dfu == NULL || !jmp_plain_detach (dfu, cancellable, error))
    return FALSE;
  if (serial != NULL)
    *serial = g_strdup (info->serial);
  return TRUE;
}

/* Whether a board in a list is the one that was asked: at its port, unless their serial numbers differ,
 * or elsewhere with a serial number of its own. */
static gboolean
is_same (JmpDevice *seen, JmpDevice *asked, const char *serial)
{
  const char *found = jmp_device_get_serial (seen);

  if (strcmp (jmp_device_get_path (seen), jmp_device_get_path (asked)) == 0)
    return serial == NULL || found == NULL || strcmp (serial, found) == 0;
  return g_strcmp0 (serial, found) == 0 && jmp_serial_is_unique (serial);
}

/* One look: %NULL without an error where the board is not back yet. */
static JmpDevice *
look_for (JmpUsbBus *bus, JmpDevice *asked, const char *serial, GError **error)
{
  JmpVirtualBoard *board = jmp_practice_device_get_board (asked);
  g_autoptr (GPtrArray) devices = NULL;

  if (board != NULL) {
    if (jmp_virtual_board_get_state (board) != JMP_VIRTUAL_IN_DFU
        || jmp_virtual_board_is_run_time (board))
      return NULL;
    return jmp_practice_device_new (board, error);
  }
  devices = jmp_device_scan (bus, error);
  for (guint i = 0; devices != NULL && i < devices->len; i++) {
    JmpDevice *seen = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (seen) == JMP_DEVICE_DFU && is_same (seen, asked, serial))
      return g_object_ref (seen);
  }
  return NULL;
}

/**
 * jmp_detach:
 * @bus: (nullable): the USB bus; not needed for a practice board
 * @device: a board for which jmp_detach_is_possible()
 * @wait_ms: how long its return is waited for, in milliseconds
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Asks the board's program to go into DFU mode, and waits until the same board is there: at the same
 * port with the same serial number, as far as it has one in both modes.
 *
 * Errors: those of jmp_detach_ask() and jmp_device_scan(); %JMP_ERROR_DISCONNECTED when it does not come
 * back in time.
 *
 * Returns: (transfer full): the board in DFU mode
 */
JmpDevice *
jmp_detach (
    JmpUsbBus *bus, JmpDevice *device, guint wait_ms, GCancellable *cancellable, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64)wait_ms * 1000;
  g_autofree char *serial = NULL;

  if (!jmp_detach_ask (device, &serial, cancellable, error)) {
    g_prefix_error (error, "restarting %s in DFU mode: ", jmp_device_get_path (device));
    return NULL;
  }
  for (;;) {
    g_autoptr (GError) problem = NULL;
    JmpDevice *found = look_for (bus, device, serial, &problem);

    if (found != NULL)
      return found;
    if (problem != NULL) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (g_get_monotonic_time () >= end) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_DISCONNECTED,
                   "%s was asked to go into DFU mode and did not come back in it",
                   jmp_device_get_path (device));
      return NULL;
    }
    if (!jmp_pause (PAUSE_MS, cancellable, error))
      return NULL;
  }
}
