/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/status.h"

#include "base/error.h"
#include "board/fit-report.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* How many chips a sentence lists. */
#define MAX_TAKERS 6

static JmpStatus
make (const char *text, const char *icon, const char *style)
{
  return (JmpStatus){ .text = g_strdup (text), .icon = icon, .style = style };
}

static JmpStatus
problem_status (const GError *problem)
{
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_PERMISSION))
    return make (C_ ("board state", "No permission"), "system-lock-screen-symbolic", "warning");
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_NO_DRIVER))
    return make (C_ ("board state", "Driver missing"), "dialog-warning-symbolic", "warning");
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_BUSY))
    return make (C_ ("board state", "In use"), "system-lock-screen-symbolic", "warning");
  return make (jmp_words_mode (JMP_DEVICE_UNUSABLE), "dialog-warning-symbolic", "warning");
}

/* With the version, where it is known. */
static JmpStatus
running_status (JmpSession *session)
{
  const char *version = jmp_session_get_version (session);

  if (version == NULL)
    return make (jmp_words_mode (JMP_DEVICE_RUNNING), "media-playback-start-symbolic", "");
  return (JmpStatus){
    /* Translators: %s is a version: "1.29.0". */
    .text = g_strdup_printf (C_ ("board state", "Running v%s"), version),
    .icon = "media-playback-start-symbolic",
    .style = "",
  };
}

static JmpStatus
device_status (JmpSession *session)
{
  JmpDevice *device = jmp_session_get_device (session);
  const JmpDeviceMode mode = jmp_device_get_mode (device);

  switch (mode) {
  case JMP_DEVICE_DFU:
    return make (jmp_words_mode (mode), "emblem-ok-symbolic", "success");
  case JMP_DEVICE_RUNNING:
    return running_status (session);
  case JMP_DEVICE_UNUSABLE:
    return problem_status (jmp_device_get_problem (device));
  case JMP_DEVICE_GONE:
    if (jmp_session_is_restarting (session))
      return make (C_ ("board state", "Restarting…"), "content-loading-symbolic", "");
    return make (jmp_words_mode (mode), "action-unavailable-symbolic", "");
  }
  return make (jmp_words_mode (mode), "action-unavailable-symbolic", "");
}

static JmpStatus
working_status (JmpSession *session)
{
  const JmpProgress progress = jmp_session_get_progress (session);
  const int percent = (int)(progress.fraction * 100);

  return (JmpStatus){
    .text = jmp_session_is_restore (session)
                /* Translators: %d is a percentage. */
                ? g_strdup_printf (C_ ("board state", "Restoring %d %%"), percent)
                /* Translators: %d is a percentage. */
                : g_strdup_printf (C_ ("board state", "Updating %d %%"), percent),
    .icon = "emblem-synchronizing-symbolic",
    .style = "accent",
  };
}

/**
 * jmp_status_get:
 * @session: a board's session
 *
 * The state of a board in a word or two, with a symbol and a colour.
 *
 * Returns: the status; release with jmp_status_clear()
 */
JmpStatus
jmp_status_get (JmpSession *session)
{
  const gboolean restore = jmp_session_is_restore (session);

  switch (jmp_session_get_state (session)) {
  case JMP_SESSION_WORKING:
    return working_status (session);
  case JMP_SESSION_WAITING:
    return make (
        C_ ("board state", "Waiting for the board"), "content-loading-symbolic", "warning");
  case JMP_SESSION_STOPPING:
    return make (C_ ("board state", "Stopping…"), "media-playback-stop-symbolic", "warning");
  case JMP_SESSION_SUCCEEDED:
    return make (restore ? C_ ("board state", "Restored") : C_ ("board state", "Updated"),
                 "object-select-symbolic",
                 "success");
  case JMP_SESSION_FAILED:
    return make (restore ? C_ ("board state", "Restoring failed")
                         : C_ ("board state", "Update failed"),
                 "dialog-error-symbolic",
                 "error");
  case JMP_SESSION_STOPPED:
    return make (C_ ("board state", "Stopped"), "media-playback-stop-symbolic", "warning");
  case JMP_SESSION_NO_FIRMWARE:
  case JMP_SESSION_CHOSEN:
  case JMP_SESSION_READING:
  case JMP_SESSION_BAD_FIRMWARE:
  case JMP_SESSION_READY:
    break;
  }
  return device_status (session);
}

/**
 * jmp_status_clear:
 * @self: a status
 *
 * Frees what it holds.
 */
void
jmp_status_clear (JmpStatus *self)
{
  g_clear_pointer (&self->text, g_free);
}

static const char *
chosen_version (JmpSession *session)
{
  JmpFirmwareLoader *loader = jmp_session_get_loader (session);
  const JmpFirmware *firmware = jmp_session_get_firmware (session);
  const JmpRelease *release = loader != NULL ? jmp_firmware_loader_get_release (loader) : NULL;

  if (release != NULL)
    return release->version;
  return firmware != NULL ? firmware->version : NULL;
}

/* A version is not ours: what looks like a mnemonic in it is none. */
static char *
escape_version (const char *version)
{
  g_auto (GStrv) parts = g_strsplit (version != NULL ? version : "", "_", -1);

  return g_strjoinv ("__", parts);
}

/**
 * jmp_status_button:
 * @session: a board's session
 *
 * Returns: (transfer full): the main button's label, with a mnemonic
 */
char *
jmp_status_button (JmpSession *session)
{
  g_autofree char *version = escape_version (chosen_version (session));

  switch (jmp_session_get_main_button (session)) {
  case JMP_MAIN_INSTALL:
    break;
  case JMP_MAIN_UPDATE:
    /* Translators: %s is a version: "1.29.0". */
    return g_strdup_printf (C_ ("main button", "_Update to %s"), version);
  case JMP_MAIN_REINSTALL:
    return g_strdup (C_ ("main button", "_Reinstall"));
  case JMP_MAIN_REPAIR:
    return g_strdup (C_ ("main button", "_Repair"));
  case JMP_MAIN_RESTORE:
    return g_strdup (C_ ("main button", "_Restore"));
  case JMP_MAIN_CONTINUE:
    return g_strdup (C_ ("main button", "_Continue"));
  case JMP_MAIN_TRY_AGAIN:
    return g_strdup (C_ ("main button", "_Try Again"));
  case JMP_MAIN_RESTART:
    return g_strdup (C_ ("main button", "_Restart into Update Mode"));
  }
  if (*version == '\0')
    return g_strdup (C_ ("main button", "_Install"));
  /* Translators: %s is a version: "1.29.0". */
  return g_strdup_printf (C_ ("main button", "_Install %s"), version);
}

/* The firmware's problem with its way out; a board that has not said what it has leaves it open. */
static char *
firmware_obstacle (const GError *problem)
{
  if (problem == NULL)
    return g_strdup (_ ("Whether this firmware fits is known once the board can be used."));
  return g_strdup_printf ("%s %s", jmp_words_error (problem), jmp_words_error_advice (problem));
}

/* By how much the firmware is too large, where it is. */
static char *
excess (JmpSession *session)
{
  JmpImage *image = jmp_session_get_image (session);
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (session));
  g_autoptr (JmpFitReport) report = image != NULL && info != NULL ? jmp_fit_check_info (image, info)
                                                                  : NULL;
  g_autofree char *size = NULL;

  if (report == NULL || report->past == 0)
    return NULL;
  size = jmp_words_size (report->past);
  /* Translators: %s is a number of bytes. */
  return g_strdup_printf (_ ("It is %s too large for the memory of this board."), size);
}

/* Chips with room for it. */
static char *
takers (JmpSession *session)
{
  GPtrArray *parts = jmp_session_get_takers (session);
  g_autoptr (GString) names = g_string_new (NULL);

  if (parts == NULL)
    return NULL;
  for (guint i = 0; i < MIN (parts->len, MAX_TAKERS); i++)
    g_string_append_printf (names,
                            "%s%s",
                            i > 0 ? C_ ("between the members of a list", ", ") : "",
                            (const char *)parts->pdata[i]);
  if (parts->len > MAX_TAKERS)
    g_string_append (names, "…");
  /* Translators: %s are names of chips: "STM32F103CB, STM32F103CC". */
  return g_strdup_printf (_ ("Chips of the same line with room for it: %s"), names->str);
}

/**
 * jmp_status_problem:
 * @session: a session whose firmware cannot be had, or not be used
 *
 * What exactly is wrong with the firmware, and what to do about it.
 *
 * Returns: (transfer full): sentences
 */
char *
jmp_status_problem (JmpSession *session)
{
  const GError *problem = jmp_session_get_problem (session);
  g_autofree char *size = excess (session);
  g_autofree char *parts = takers (session);
  g_autofree char *details = NULL;

  if (jmp_session_wants_address (session))
    return g_strdup (_ ("It is bytes without an address in memory."));
  if (jmp_session_wants_place (session))
    return g_strdup (_ ("It fits several places of this board."));
  if (size != NULL && parts != NULL)
    return g_strdup_printf ("%s %s", size, parts);
  if (size != NULL)
    return g_steal_pointer (&size);
  details = jmp_words_error_details (problem);
  return g_strdup_printf ("%s %s", jmp_words_error_advice (problem), details);
}

/**
 * jmp_status_obstacle:
 * @session: a board's session
 *
 * Why the main button cannot be pressed, and what to do about it.
 *
 * Returns: (transfer full) (nullable): sentences, or %NULL when it can, or when the page says it
 */
char *
jmp_status_obstacle (JmpSession *session)
{
  switch (jmp_session_get_obstacle (session)) {
  case JMP_OBSTACLE_NONE:
    return jmp_session_get_console_problem (session) != NULL
               ? g_strdup (jmp_words_error (jmp_session_get_console_problem (session)))
               : NULL;
  case JMP_OBSTACLE_WORK:
  case JMP_OBSTACLE_DONE:
    return NULL;
  case JMP_OBSTACLE_BOARD_UNUSABLE:
    return g_strdup (_ ("The board cannot be used yet. See above."));
  case JMP_OBSTACLE_BOARD_RUNNING:
    return g_strdup (_ ("The board runs its program. Bring it into update mode first."));
  case JMP_OBSTACLE_TALKING:
    return g_strdup (_ ("Speaking to the board…"));
  case JMP_OBSTACLE_BOARD_GONE:
    return g_strdup (_ ("Connect the board in update mode first."));
  case JMP_OBSTACLE_NO_FIRMWARE:
    return g_strdup (_ ("Choose firmware first."));
  case JMP_OBSTACLE_READING:
    return g_strdup (_ ("Getting the firmware…"));
  case JMP_OBSTACLE_ADDRESS:
    return g_strdup (_ ("Say where in memory this file belongs first."));
  case JMP_OBSTACLE_FIRMWARE:
    return firmware_obstacle (jmp_session_get_problem (session));
  }
  return NULL;
}
