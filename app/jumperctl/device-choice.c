/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/device-choice.h"

#include "base/error.h"
#include "device/identity.h"
#include "device/practice.h"
#include "words/words.h"

#include <glib/gi18n.h>

static void
add_once (GPtrArray *devices, JmpDevice *device)
{
  if (!g_ptr_array_find (devices, device, NULL))
    g_ptr_array_add (devices, g_object_ref (device));
}

static gboolean
add_selected (
    CtlSession *session, const char *text, GPtrArray **plugged, GPtrArray *chosen, GError **error)
{
  g_autoptr (JmpSelector) selector = jmp_selector_parse (text, error);

  if (selector == NULL)
    return FALSE;
  if (selector->kind == JMP_SELECT_VIRTUAL) {
    g_autoptr (JmpDevice) practice = jmp_practice_device_parse (text, error);

    if (practice == NULL)
      return FALSE;
    add_once (chosen, practice);
    return TRUE;
  }
  if (*plugged == NULL)
    *plugged = ctl_session_scan (session, error);
  if (*plugged == NULL)
    return FALSE;
  for (guint i = 0; i < (*plugged)->len; i++) {
    JmpDevice *device = g_ptr_array_index (*plugged, i);

    if (jmp_selector_matches (selector, device))
      add_once (chosen, device);
  }
  return TRUE;
}

static GPtrArray *
find_candidates (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) plugged = NULL;
  g_autoptr (GPtrArray) chosen = NULL;

  if (session->options.devices == NULL)
    return ctl_session_scan (session, error);
  chosen = g_ptr_array_new_with_free_func (g_object_unref);
  for (char **text = session->options.devices; *text != NULL; text++) {
    if (!add_selected (session, *text, &plugged, chosen, error))
      return NULL;
  }
  return g_steal_pointer (&chosen);
}

/* Why none of @devices can be used: the reason of the first that is in DFU mode, or that none is. */
static void
explain_none (GPtrArray *devices, GError **error)
{
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_UNUSABLE
        && jmp_device_get_problem (device) != NULL) {
      g_propagate_prefixed_error (error,
                                  g_error_copy (jmp_device_get_problem (device)),
                                  "%s: ",
                                  jmp_device_get_path (device));
      return;
    }
  }
  if (devices->len > 0)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_FOUND,
                 "%s runs its program and is not in DFU mode",
                 jmp_device_get_path (g_ptr_array_index (devices, 0)));
  else
    g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "no board in DFU mode is plugged in");
}

/**
 * ctl_pick_device:
 * @devices: (element-type JmpDevice): the boards that are meant
 * @out: (out) (transfer full): the one that can be used
 * @error: %JMP_ERROR_NOT_FOUND, %JMP_ERROR_SEVERAL, or the problem of a board that cannot be opened
 *
 * The board to work with: the only one that is usable.
 *
 * Returns: %FALSE with @error set where there is none, or more than one
 */
gboolean
ctl_pick_device (GPtrArray *devices, JmpDevice **out, GError **error)
{
  JmpDevice *found = NULL;
  guint n = 0;

  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_DFU) {
      found = device;
      n++;
    }
  }
  if (n == 1) {
    *out = g_object_ref (found);
    return TRUE;
  }
  if (n == 0)
    explain_none (devices, error);
  else
    g_set_error (error, JMP_ERROR, JMP_ERROR_SEVERAL, "%u boards could be meant", n);
  return FALSE;
}

/**
 * ctl_choose_device:
 * @session: a session
 * @error: as ctl_pick_device(), %JMP_ERROR_USAGE, or why USB cannot be used
 *
 * Chooses the board that the command line means. With several, nothing is chosen and the session
 * keeps them for the report.
 *
 * Returns: %FALSE with @error set where no board was chosen
 */
gboolean
ctl_choose_device (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) devices = find_candidates (session, error);
  g_autoptr (GError) problem = NULL;

  if (devices == NULL)
    return FALSE;
  session->board_found = devices->len > 0;
  if (devices->len == 0 && session->options.devices != NULL) {
    g_autofree char *names = g_strjoinv (", ", session->options.devices);

    g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "no board in DFU mode is %s", names);
    return FALSE;
  }
  if (ctl_pick_device (devices, &session->device, &problem))
    return TRUE;
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_SEVERAL))
    session->candidates = g_steal_pointer (&devices);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static gboolean
serial_tells (JmpDevice *device, GPtrArray *among)
{
  const char *serial = jmp_device_get_serial (device);

  if (serial == NULL || !jmp_serial_is_unique (serial))
    return FALSE;
  for (guint i = 0; i < among->len; i++) {
    JmpDevice *other = g_ptr_array_index (among, i);

    if (other != device && g_strcmp0 (jmp_device_get_serial (other), serial) == 0)
      return FALSE;
  }
  return TRUE;
}

/**
 * ctl_device_selector:
 * @device: a board
 * @among: (element-type JmpDevice): all boards
 *
 * What to write behind -d to mean this board and no other.
 *
 * Returns: (transfer full): the text
 */
char *
ctl_device_selector (JmpDevice *device, GPtrArray *among)
{
  if (jmp_device_is_practice (device))
    return g_strdup (jmp_device_get_path (device));
  if (serial_tells (device, among))
    return g_strconcat ("serial:", jmp_device_get_serial (device), NULL);
  return g_strconcat ("path:", jmp_device_get_path (device), NULL);
}

/**
 * ctl_device_line:
 * @device: a board
 * @among: (element-type JmpDevice): all boards
 *
 * A board in one line: what to write behind -d, its name, where it is, and its state.
 *
 * Returns: (transfer full): the text
 */
char *
ctl_device_line (JmpDevice *device, GPtrArray *among)
{
  g_autofree char *selector = ctl_device_selector (device, among);
  g_autofree char *text = jmp_words_device (device);

  return g_strdup_printf (
      "%-24s %s: %s", selector, text, jmp_words_mode (jmp_device_get_mode (device)));
}
