/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "base/pause.h"
#include "board/console.h"
#include "device/identity.h"
#include "jumperctl/console.h"
#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>
#include <string.h>

/* A boot loader is on the bus within three seconds; some systems take some more until it may be opened. */
#define ARRIVAL_SECONDS 10
#define LOOK_MS         200

/* A practice board's device follows its board on the main context. */
static JmpDevice *
look_at_practice (JmpDevice *device)
{
  while (g_main_context_iteration (NULL, FALSE))
    ;
  return jmp_device_get_mode (device) == JMP_DEVICE_DFU ? g_object_ref (device) : NULL;
}

/* What comes to the port that the board has just left is the board, even where its boot loader gives it
 * another serial number. */
static gboolean
is_the_board (JmpDevice *device, JmpDevice *seen)
{
  return strcmp (jmp_device_get_path (device), jmp_device_get_path (seen)) == 0
         || jmp_identity_is_same (device, seen);
}

/* The board where it is now, in DFU mode; NULL with @problem set when it is there and cannot be used. */
static JmpDevice *
look_at_bus (CtlSession *session, JmpDevice *device, GError **problem)
{
  g_autoptr (GPtrArray) devices = jmp_device_scan (session->bus, problem);

  for (guint i = 0; devices != NULL && i < devices->len; i++) {
    JmpDevice *seen = g_ptr_array_index (devices, i);

    if (!is_the_board (device, seen))
      continue;
    if (jmp_device_get_mode (seen) == JMP_DEVICE_DFU)
      return g_object_ref (seen);
    if (jmp_device_get_problem (seen) != NULL)
      g_propagate_error (problem, g_error_copy (jmp_device_get_problem (seen)));
    return NULL;
  }
  return NULL;
}

/* Waits until the board is in DFU mode: only that is success. */
static JmpDevice *
await_arrival (CtlSession *session, JmpDevice *device, GError **error)
{
  double seconds = session->options.wait ? session->options.wait_seconds : ARRIVAL_SECONDS;
  gint64 end = g_get_monotonic_time () + (gint64)(seconds * G_USEC_PER_SEC);

  for (;;) {
    g_autoptr (GError) problem = NULL;
    JmpDevice *arrived = jmp_device_is_practice (device) ? look_at_practice (device)
                                                         : look_at_bus (session, device, &problem);

    if (arrived != NULL)
      return arrived;
    if (seconds >= 0 && g_get_monotonic_time () >= end) {
      if (problem != NULL)
        g_propagate_error (error, g_steal_pointer (&problem));
      else
        g_set_error (error,
                     JMP_ERROR,
                     JMP_ERROR_TIMED_OUT,
                     "%s left, and was not seen in DFU mode within %.0f s",
                     jmp_device_get_path (device),
                     seconds);
      return NULL;
    }
    if (!jmp_pause (LOOK_MS, session->cancellable, error))
      return NULL;
  }
}

static void
show (CtlSession *session, JmpDevice *device)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = jmp_words_device (device);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", "ok");
  json_builder_set_member_name (builder, "device");
  ctl_json_device (builder, device, FALSE);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
  ctl_session_print (session, _ ("%s is in DFU mode.\n"), text);
}

/* Whether the one board that is meant is where it should be already. */
static JmpDevice *
find_arrived (GPtrArray *devices)
{
  JmpDevice *device = devices->len == 1 ? g_ptr_array_index (devices, 0) : NULL;

  return device != NULL && jmp_device_get_mode (device) == JMP_DEVICE_DFU ? device : NULL;
}

static gboolean
bootloader_run (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) devices = ctl_console_find (session, error);
  g_autoptr (JmpSerial) serial = NULL;
  g_autoptr (JmpDevice) arrived = NULL;

  if (devices == NULL)
    return FALSE;
  if (find_arrived (devices) != NULL) {
    show (session, find_arrived (devices));
    return TRUE;
  }
  if (!ctl_console_choose (session, devices, error))
    return FALSE;
  serial = jmp_device_open_serial (session->board->device, error);
  if (serial == NULL
      || !jmp_console_restart (serial, JMP_CONSOLE_LIMIT_MS, session->cancellable, error))
    return FALSE;
  arrived = await_arrival (session, session->board->device, error);
  if (arrived == NULL)
    return FALSE;
  show (session, arrived);
  return TRUE;
}

const CtlCommand ctl_command_bootloader = {
  .name = "bootloader",
  .summary = N_ ("Restart a board that runs MicroPython in DFU mode, without a jumper."),
  .examples = "  jumperctl bootloader\n"
              "  jumperctl bootloader -d path:1-4 --wait=30\n"
              "  jumperctl bootloader -d virtual:pyboard,running=on",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_WAIT,
  .run = bootloader_run,
};
