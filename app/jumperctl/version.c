/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "board/console.h"
#include "jumperctl/console.h"
#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>

static JsonNode *
to_json (JmpDevice *device, const JmpRunning *running)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "device", jmp_device_get_id (device));
  ctl_json_string (builder, "port", jmp_device_get_port_name (device));
  ctl_json_string (builder, "firmware", running->name);
  ctl_json_string (builder, "version", running->version);
  ctl_json_string (builder, "text", running->description);
  ctl_json_string (builder, "build", running->build);
  ctl_json_string (builder, "machine", running->machine);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

/* MicroPython spells its name so for people; another firmware is called what it calls itself. */
static const char *
firmware_name (const JmpRunning *running)
{
  return g_str_equal (running->name, "micropython") ? "MicroPython" : running->name;
}

static void
print_running (CtlSession *session, const JmpRunning *running)
{
  g_autofree char *device = jmp_words_device (session->board->device);
  g_autofree char *version = running->description != NULL
                                 ? g_strdup (running->description)
                                 : g_strconcat ("v", running->version, NULL);

  ctl_session_print (session, "%s\n", device);
  /* Translators: the name of a firmware, and its version with the day. */
  ctl_session_print (session, _ ("  Runs: %s %s\n"), firmware_name (running), version);
  if (running->machine != NULL)
    ctl_session_print (session, _ ("  Board: %s\n"), running->machine);
  if (running->build != NULL)
    ctl_session_print (session, _ ("  Build: %s\n"), running->build);
}

static gboolean
version_run (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) devices = ctl_console_find (session, error);
  g_autoptr (JmpSerial) serial = NULL;
  g_autoptr (JmpRunning) running = NULL;

  if (devices == NULL || !ctl_console_choose (session, devices, error))
    return FALSE;
  serial = jmp_device_open_serial (session->board->device, error);
  if (serial != NULL)
    running = jmp_console_read (serial, JMP_CONSOLE_LIMIT_MS, session->cancellable, error);
  if (running == NULL)
    return FALSE;
  session->result = to_json (session->board->device, running);
  print_running (session, running);
  return TRUE;
}

const CtlCommand ctl_command_version = {
  .name = "version",
  .summary = N_ (
      "Show which firmware a board runs. Its program is interrupted for that, until the board "
      "is reset."),
  .examples = "  jumperctl version\n"
              "  jumperctl version -d path:1-4 --json\n"
              "  jumperctl version -d virtual:pyboard,running=on",
  .takes = CTL_TAKES_DEVICE,
  .run = version_run,
};
