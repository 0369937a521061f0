/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "jumperctl/wait.h"
#include "words/words.h"

#include <glib/gi18n.h>

static gboolean
is_usable_there (GPtrArray *devices, gpointer user_data)
{
  return ctl_has_usable (devices);
}

static JsonNode *
to_json (GPtrArray *devices)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < devices->len; i++)
    ctl_json_device (builder, g_ptr_array_index (devices, i), FALSE);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
list_run (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) devices = ctl_wait_for_boards (session, is_usable_there, NULL, error);
  g_autoptr (GError) problem = NULL;
  g_autoptr (JmpDevice) usable = NULL;

  if (devices == NULL)
    return FALSE;
  session->result = to_json (devices);
  if (devices->len == 0)
    ctl_session_print (session, "%s\n", _ ("No board in DFU mode is plugged in."));
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);
    g_autofree char *line = ctl_device_line (device, devices);

    ctl_session_print (session, "%s\n", line);
    if (jmp_device_get_port_name (device) != NULL)
      ctl_session_print (session,
                         _ ("    Its serial port is %s. If it runs MicroPython, “jumperctl "
                            "bootloader” restarts it in "
                            "DFU mode.\n"),
                         jmp_device_get_port_name (device));
    if (jmp_device_get_problem (device) != NULL)
      ctl_session_print (session,
                         "    %s\n    %s\n",
                         jmp_words_error (jmp_device_get_problem (device)),
                         jmp_words_error_advice (jmp_device_get_problem (device)));
  }
  /* Waiting in vain is a failure, and looking is none. */
  if (session->options.wait && !ctl_pick_device (devices, &usable, &problem)
      && !g_error_matches (problem, JMP_ERROR, JMP_ERROR_SEVERAL)) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  return TRUE;
}

const CtlCommand ctl_command_list = {
  .name = "list",
  .summary = N_ ("List the boards that are plugged in."),
  .examples = "  jumperctl list\n"
              "  jumperctl list --wait=30 --json",
  .takes = CTL_TAKES_WAIT,
  .run = list_run,
};
