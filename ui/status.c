/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "status.h"

#include "base/error.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

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

static JmpStatus
device_status (JmpDevice *device)
{
  const JmpDeviceMode mode = jmp_device_get_mode (device);

  switch (mode) {
  case JMP_DEVICE_DFU:
    return make (jmp_words_mode (mode), "emblem-ok-symbolic", "success");
  case JMP_DEVICE_RUNNING:
    return make (jmp_words_mode (mode), "media-playback-start-symbolic", "");
  case JMP_DEVICE_UNUSABLE:
    return problem_status (jmp_device_get_problem (device));
  case JMP_DEVICE_GONE:
    return make (jmp_words_mode (mode), "action-unavailable-symbolic", "");
  }
  return make (jmp_words_mode (mode), "action-unavailable-symbolic", "");
}

static JmpStatus
working_status (JmpSession *session)
{
  const JmpProgress progress = jmp_session_get_progress (session);

  /* Translators: %d is a percentage. */
  return (JmpStatus){
    .text = g_strdup_printf (C_ ("board state", "Updating %d %%"), (int)(progress.fraction * 100)),
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
  switch (jmp_session_get_state (session)) {
  case JMP_SESSION_WORKING:
    return working_status (session);
  case JMP_SESSION_WAITING:
    return make (
        C_ ("board state", "Waiting for the board"), "content-loading-symbolic", "warning");
  case JMP_SESSION_STOPPING:
    return make (C_ ("board state", "Stopping…"), "media-playback-stop-symbolic", "warning");
  case JMP_SESSION_SUCCEEDED:
    return make (C_ ("board state", "Updated"), "object-select-symbolic", "success");
  case JMP_SESSION_FAILED:
    return make (C_ ("board state", "Update failed"), "dialog-error-symbolic", "error");
  case JMP_SESSION_STOPPED:
    return make (C_ ("board state", "Stopped"), "media-playback-stop-symbolic", "warning");
  case JMP_SESSION_NO_FILE:
  case JMP_SESSION_READING:
  case JMP_SESSION_BAD_FILE:
  case JMP_SESSION_READY:
    break;
  }
  return device_status (jmp_session_get_device (session));
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

/**
 * jmp_status_button:
 * @session: a board's session
 *
 * Returns: (transfer none): the main button's label, with a mnemonic
 */
const char *
jmp_status_button (JmpSession *session)
{
  switch (jmp_session_get_main_button (session)) {
  case JMP_MAIN_INSTALL:
    return C_ ("main button", "_Install");
  case JMP_MAIN_INSTALL_AGAIN:
    return C_ ("main button", "_Install Again");
  case JMP_MAIN_TRY_AGAIN:
    return C_ ("main button", "_Try Again");
  }
  return C_ ("main button", "_Install");
}

/* The file's problem with its way out; a board that has not said what it has leaves it open. */
static char *
file_obstacle (const GError *problem)
{
  if (problem == NULL)
    return g_strdup (_ ("Whether this file fits is known once the board can be used."));
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_USAGE))
    return g_strdup (_ ("This file does not say where in memory it belongs. Choose a .dfu file."));
  return g_strdup_printf ("%s %s", jmp_words_error (problem), jmp_words_error_advice (problem));
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
  case JMP_OBSTACLE_WORK:
  case JMP_OBSTACLE_DONE:
    return NULL;
  case JMP_OBSTACLE_BOARD_UNUSABLE:
    return g_strdup (_ ("The board cannot be used yet. See above."));
  case JMP_OBSTACLE_BOARD_RUNNING:
    return g_strdup (_ ("The board runs its program. Bring it into update mode first."));
  case JMP_OBSTACLE_BOARD_GONE:
    return g_strdup (_ ("Connect the board in update mode first."));
  case JMP_OBSTACLE_NO_FILE:
    return g_strdup (_ ("Choose a firmware file first."));
  case JMP_OBSTACLE_READING:
    return g_strdup (_ ("Reading the file…"));
  case JMP_OBSTACLE_FILE:
    return file_obstacle (jmp_session_get_problem (session));
  }
  return NULL;
}
