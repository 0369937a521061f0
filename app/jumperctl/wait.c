/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/wait.h"

#include "base/error.h"
#include "base/pause.h"
#include "jumperctl/console.h"
#include "usb/usb.h"

/* How long a board that was not asked to be waited for may take to be seen, or to restart. */
#define FOLLOW_SECONDS 15
/* Between two attempts to open a board that went away; the monitor looks for it meanwhile. */
#define TRY_AGAIN_MS 100

/**
 * ctl_has_usable:
 * @devices: (element-type JmpDevice): boards
 *
 * Returns: whether one of them can be used
 */
gboolean
ctl_has_usable (GPtrArray *devices)
{
  for (guint i = 0; i < devices->len; i++) {
    if (jmp_device_get_mode (g_ptr_array_index (devices, i)) == JMP_DEVICE_DFU)
      return TRUE;
  }
  return FALSE;
}

static GPtrArray *
list_rows (JmpMonitor *monitor)
{
  GPtrArray *devices = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (monitor));

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (devices, g_list_model_get_item (G_LIST_MODEL (monitor), i));
  return devices;
}

static gboolean
over_cb (gpointer user_data)
{
  gboolean *over = user_data;

  *over = TRUE;
  return G_SOURCE_REMOVE;
}

/* Wakes the main loop, which then looks at the cancellable itself. */
static gboolean
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  return G_SOURCE_REMOVE;
}

static GSource *
add_timeout (double seconds, gboolean *over)
{
  GSource *source = g_timeout_source_new ((guint)(seconds * 1000));

  g_source_set_callback (source, over_cb, over, NULL);
  g_source_attach (source, NULL);
  return source;
}

static GSource *
add_cancellable (GCancellable *cancellable)
{
  GSource *source = g_cancellable_source_new (cancellable);

  g_source_set_callback (source, G_SOURCE_FUNC (cancelled_cb), NULL, NULL);
  g_source_attach (source, NULL);
  return source;
}

static void
remove_source (GSource *source)
{
  if (source == NULL)
    return;
  g_source_destroy (source);
  g_source_unref (source);
}

/* Lets the monitor's rows change until they are enough; NULL when they were not in time. */
static GPtrArray *
follow (CtlSession *session, CtlEnoughFunc enough, gpointer user_data)
{
  gboolean over = FALSE;
  double seconds = session->options.wait_seconds;
  GSource *timeout = seconds >= 0 ? add_timeout (seconds, &over) : NULL;
  GSource *cancelled = add_cancellable (session->cancellable);
  g_autoptr (GPtrArray) devices = list_rows (session->monitor);

  while (!over && !enough (devices, user_data)
         && !g_cancellable_is_cancelled (session->cancellable)) {
    g_main_context_iteration (NULL, TRUE);
    g_ptr_array_unref (devices);
    devices = list_rows (session->monitor);
  }
  remove_source (timeout);
  remove_source (cancelled);
  return enough (devices, user_data) ? g_steal_pointer (&devices) : NULL;
}

/**
 * ctl_wait_for_boards:
 * @session: a session
 * @enough: (scope call): whether the boards that are there are what is wanted
 * @user_data: for @enough
 * @error: as ctl_session_scan(), and %G_IO_ERROR_CANCELLED
 *
 * Looks at what is plugged in: once, or with --wait until @enough agrees or the time is over; then
 * what is there is returned, whatever it is. Who waited goes on following the boards, so that one that
 * goes away is found again.
 *
 * Returns: (transfer full) (element-type JmpDevice) (nullable): the boards
 */
GPtrArray *
ctl_wait_for_boards (CtlSession *session, CtlEnoughFunc enough, gpointer user_data, GError **error)
{
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (JmpRunningIds) running = NULL;

  if (!session->options.wait)
    return ctl_session_scan (session, error);
  if (!ctl_session_open_bus (session, error))
    return NULL;
  session->monitor = jmp_monitor_new (session->bus);
  running = ctl_console_ids ();
  jmp_monitor_set_running_ids (session->monitor, running);
  jmp_monitor_start (session->monitor);
  devices = follow (session, enough, user_data);
  if (devices != NULL)
    return g_steal_pointer (&devices);
  jmp_monitor_stop (session->monitor);
  g_clear_object (&session->monitor);
  if (g_cancellable_set_error_if_cancelled (session->cancellable, error))
    return NULL;
  /* A look that asks no patience tells why there is nothing. */
  return ctl_session_scan (session, error);
}

/**
 * ctl_wait_follow:
 * @session: a session before its board is chosen
 *
 * Has the boards followed even without --wait, so that one that restarts in the middle of its work is
 * found again. A board that is there at once is not waited for.
 */
void
ctl_wait_follow (CtlSession *session)
{
  if (session->options.wait)
    return;
  session->options.wait = TRUE;
  session->options.wait_seconds = FOLLOW_SECONDS;
}

/* Whether the board may still come, or become usable: some systems set permissions late. */
static gboolean
may_come (const GError *error)
{
  return g_error_matches (error, JMP_ERROR, JMP_ERROR_DISCONNECTED)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_PERMISSION)
         || g_error_matches (error, JMP_ERROR, JMP_ERROR_BUSY);
}

/* Opens the board; what was plugged in in its place is no better than nothing. */
static JmpUsb *
open_same (JmpDevice *device, GBytes *descriptors, GError **error)
{
  g_autoptr (JmpUsb) usb = jmp_device_open (device, error);
  g_autoptr (GBytes) found = NULL;

  if (usb != NULL)
    found = jmp_usb_descriptors (usb, error);
  if (found == NULL)
    return NULL;
  if (g_bytes_equal (found, descriptors))
    return g_steal_pointer (&usb);
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DISCONNECTED,
               "%s: another board is in its place",
               jmp_device_get_path (device));
  return NULL;
}

/**
 * ctl_wait_for_return:
 * @device: a board that went away; the main loop keeps it up to date meanwhile
 * @descriptors: the board's
 * @seconds: how long to wait, or less than 0 for ever
 * @cancellable: (nullable): ends the wait
 * @error: why it could not be opened at last, or %G_IO_ERROR_CANCELLED
 *
 * Waits until the board can be opened again. Any thread.
 *
 * Returns: (transfer full) (nullable): the board, open
 */
JmpUsb *
ctl_wait_for_return (JmpDevice *device,
                     GBytes *descriptors,
                     double seconds,
                     GCancellable *cancellable,
                     GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);

  for (;;) {
    g_autoptr (GError) problem = NULL;
    JmpUsb *usb = open_same (device, descriptors, &problem);

    if (usb != NULL)
      return usb;
    if (!may_come (problem) || (seconds >= 0 && g_get_monotonic_time () >= end)) {
      g_propagate_error (error, g_steal_pointer (&problem));
      return NULL;
    }
    if (!jmp_pause (TRY_AGAIN_MS, cancellable, error))
      return NULL;
  }
}

static gboolean
wake_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/**
 * ctl_wait_here_for_return:
 * @session: a session that follows the boards, see ctl_wait_follow()
 * @device: a board that went away
 * @descriptors: the board's
 * @seconds: how long to wait
 * @error: as ctl_wait_for_return()
 *
 * As ctl_wait_for_return(), on the main thread, where nothing else keeps @device up to date.
 *
 * Returns: (transfer full) (nullable): the board, open
 */
JmpUsb *
ctl_wait_here_for_return (
    CtlSession *session, JmpDevice *device, GBytes *descriptors, double seconds, GError **error)
{
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);
  guint wake = g_timeout_add (TRY_AGAIN_MS, wake_cb, NULL);
  JmpUsb *usb = NULL;

  for (;;) {
    g_autoptr (GError) problem = NULL;

    usb = ctl_wait_for_return (device, descriptors, 0, session->cancellable, &problem);
    if (usb != NULL)
      break;
    if (!may_come (problem) || g_get_monotonic_time () >= end) {
      g_propagate_error (error, g_steal_pointer (&problem));
      break;
    }
    if (g_cancellable_set_error_if_cancelled (session->cancellable, error))
      break;
    g_main_context_iteration (NULL, TRUE);
  }
  g_source_remove (wake);
  return usb;
}
