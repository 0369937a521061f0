/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What runs on a board after an installation, and which firmware that was. */

#include "config.h"

#include "session/status.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

static const char *
expected_version (JmpSession *session)
{
  const JmpFirmware *firmware = jmp_session_get_firmware (session);

  return firmware != NULL ? firmware->version : NULL;
}

/**
 * jmp_status_is_other_version:
 * @session: a session
 *
 * Returns: whether the board runs another version than the one that was installed
 */
gboolean
jmp_status_is_other_version (JmpSession *session)
{
  const JmpRunning *running = jmp_session_get_running (session);
  const char *expected = expected_version (session);

  return running != NULL && expected != NULL
         && jmp_version_compare (running->version, expected) != 0;
}

static const char *
firmware_name (const JmpRunning *running)
{
  return g_strcmp0 (running->name, "micropython") == 0 ? "MicroPython" : running->name;
}

/**
 * jmp_status_running_title:
 * @session: a session whose work succeeded
 *
 * Returns: (transfer full) (nullable): what runs on the board, as a title; %NULL when nothing is known
 */
char *
jmp_status_running_title (JmpSession *session)
{
  const JmpRunning *running = jmp_session_get_running (session);

  if (jmp_session_is_talking (session))
    return g_strdup (_ ("Asking the Board What It Runs…"));
  if (running == NULL)
    return NULL;
  if (jmp_status_is_other_version (session))
    return g_strdup (_ ("Another Version Runs"));
  /* Translators: the name of a firmware, and its version: "MicroPython v1.29.0 on This Board". */
  return g_strdup_printf (_ ("%s v%s on This Board"), firmware_name (running), running->version);
}

/**
 * jmp_status_running:
 * @session: a session whose work succeeded
 *
 * Returns: (transfer full): what was expected to run and what does; empty when nothing was expected
 */
char *
jmp_status_running (JmpSession *session)
{
  const JmpRunning *running = jmp_session_get_running (session);
  const char *expected = expected_version (session);

  if (running == NULL || expected == NULL)
    return g_strdup ("");
  /* Translators: two versions. */
  return g_strdup_printf (_ ("Expected v%s, running v%s."), expected, running->version);
}

/**
 * jmp_status_installed:
 * @session: a session whose work succeeded
 *
 * Returns: (transfer full) (nullable): which release was installed and how far it can be trusted; %NULL
 *   for other firmware
 */
char *
jmp_status_installed (JmpSession *session)
{
  const JmpFirmware *firmware = jmp_session_get_firmware (session);

  if (firmware == NULL || firmware->origin != JMP_FIRMWARE_RELEASE)
    return NULL;
  return g_strdup_printf ("%s · %s", firmware->name, jmp_words_trust_short (firmware->trust));
}
