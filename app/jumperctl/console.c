/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/console.h"

#include "base/error.h"
#include "board/running.h"
#include "device/identity.h"
#include "device/practice.h"
#include "jumperctl/evidence.h"

/**
 * ctl_console_ids:
 *
 * The USB ids of boards that run their programs, by the catalogue.
 *
 * Returns: (transfer full) (nullable): the ids; %NULL where the catalogue cannot be read
 */
JmpRunningIds *
ctl_console_ids (void)
{
  JmpCatalogue *catalogue = ctl_evidence_catalogue ();

  return catalogue != NULL ? jmp_running_ids_from_catalogue (catalogue) : NULL;
}

/* The one -d there may be. */
static JmpSelector *
read_selector (CtlSession *session, GError **error)
{
  char **devices = session->options.devices;

  if (devices[1] == NULL)
    return jmp_selector_parse (devices[0], error);
  g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "-d %s: this is for one board", devices[1]);
  return NULL;
}

static GPtrArray *
keep_matching (GPtrArray *devices, const JmpSelector *selector)
{
  GPtrArray *kept = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (selector == NULL || jmp_selector_matches (selector, device))
      g_ptr_array_add (kept, g_object_ref (device));
  }
  return kept;
}

/**
 * ctl_console_find:
 * @session: a session
 * @error: %JMP_ERROR_USAGE, or why USB cannot be used
 *
 * Finds the boards that the command line means, whatever they are doing.
 *
 * Returns: (transfer full) (element-type JmpDevice) (nullable): the boards, perhaps none
 */
GPtrArray *
ctl_console_find (CtlSession *session, GError **error)
{
  g_autoptr (JmpSelector) selector = NULL;
  g_autoptr (GPtrArray) devices = NULL;

  if (session->options.devices != NULL) {
    selector = read_selector (session, error);
    if (selector == NULL)
      return NULL;
  }
  if (selector != NULL && selector->kind == JMP_SELECT_VIRTUAL) {
    JmpDevice *practice = jmp_practice_device_parse (session->options.devices[0], error);

    if (practice == NULL)
      return NULL;
    devices = g_ptr_array_new_with_free_func (g_object_unref);
    g_ptr_array_add (devices, practice);
    return g_steal_pointer (&devices);
  }
  devices = ctl_session_scan (session, error);
  return devices != NULL ? keep_matching (devices, selector) : NULL;
}

static void
explain_none (GPtrArray *devices, GError **error)
{
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_RUNNING)
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_NOT_SUPPORTED,
                   "%s runs its program, which has no serial port",
                   jmp_device_get_path (device));
    else
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_NOT_FOUND,
                   "%s is in DFU mode and runs no program",
                   jmp_device_get_path (device));
    return;
  }
  g_set_error_literal (
      error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "no board that runs its program is plugged in");
}

/**
 * ctl_console_choose:
 * @session: a session
 * @devices: (element-type JmpDevice): the boards that are meant
 * @error: %JMP_ERROR_NOT_FOUND, %JMP_ERROR_SEVERAL, or %JMP_ERROR_NOT_SUPPORTED for a board that runs a
 *   program without a console
 *
 * Chooses the only board that runs its program and has a console. With several, nothing is chosen and
 * the session keeps them for the report.
 *
 * Returns: %FALSE with @error set where no board was chosen
 */
gboolean
ctl_console_choose (CtlSession *session, GPtrArray *devices, GError **error)
{
  JmpDevice *found = NULL;
  guint n = 0;

  session->board_found = devices->len > 0;
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_RUNNING
        && jmp_device_get_port_name (device) != NULL) {
      found = device;
      n++;
    }
  }
  if (n == 1) {
    ctl_session_add_board (session, found);
    return TRUE;
  }
  if (n == 0) {
    explain_none (devices, error);
  } else {
    session->candidates = g_ptr_array_ref (devices);
    g_set_error (error, JMP_ERROR, JMP_ERROR_SEVERAL, "%u boards could be meant", n);
  }
  return FALSE;
}
