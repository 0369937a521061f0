/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/running.h"

#include "base/error.h"
#include "device/detach.h"
#include "jumperctl/output.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* A boot loader is on the bus again within seconds; some systems take some more until it can be opened. */
#define RETURN_MS 10000

/* Whether the command has work for a board that may restart it. What would be done is told of a board as
 * it stands. */
static gboolean
may_restart (const CtlSession *session)
{
  return (session->command->takes & CTL_TAKES_RECORD) != 0 && session->command != &ctl_command_leave
         && !session->options.dry_run;
}

/* What only may be a board is not restarted unless it was named. */
static gboolean
is_known_board (JmpDevice *device)
{
  const JmpDfuInfo *info = jmp_device_get_info (device);

  return info->dfuse || (info->quirks.flags & JMP_QUIRK_BOARD) != 0;
}

static JmpDevice *
restart (CtlSession *session, JmpDevice *device, GError **error)
{
  g_autofree char *name = jmp_words_device (device);
  g_autofree char *line = NULL;

  if (!jmp_device_is_practice (device) && !ctl_session_open_bus (session, error))
    return NULL;
  line = g_strdup_printf (_ ("%s runs its program: restarting it in DFU mode.\n"), name);
  if (session->options.json == CTL_JSON_OFF)
    ctl_output_note (line);
  return jmp_detach (session->bus, device, RETURN_MS, session->cancellable, error);
}

/**
 * ctl_running_pick:
 * @session: a session
 * @devices: (element-type JmpDevice): the boards that are meant, none of which is in DFU mode
 * @out: (out): the board
 * @error: as jmp_detach(), and %JMP_ERROR_SEVERAL
 *
 * Picks the only board whose program can be asked to go into DFU mode; without -d, only one that is
 * certainly a board. A command that looks is given the board as it is; one that has work for it gets it
 * in DFU mode.
 *
 * Returns: whether @out is set; %FALSE without an error where there is no such board
 */
gboolean
ctl_running_pick (CtlSession *session, GPtrArray *devices, JmpDevice **out, GError **error)
{
  gboolean named = session->options.devices != NULL;
  JmpDevice *found = NULL;
  guint n = 0;

  *out = NULL;
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_detach_is_possible (device) && (named || is_known_board (device))) {
      found = device;
      n++;
    }
  }
  if (n > 1)
    g_set_error (error, JMP_ERROR, JMP_ERROR_SEVERAL, "%u boards could be meant", n);
  if (n != 1)
    return FALSE;
  if (session->command == &ctl_command_info)
    *out = g_object_ref (found);
  else if (may_restart (session))
    *out = restart (session, found, error);
  return *out != NULL;
}
