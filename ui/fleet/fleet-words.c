/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fleet/fleet-words.h"

#include "base/error.h"
#include "guide/guide-ways.h"
#include "session/stages.h"
#include "words/words-releases.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* --- One board --- */

static JmpStatus
make (const char *text, const char *icon, const char *style)
{
  return (JmpStatus){ .text = g_strdup (text), .icon = icon, .style = style };
}

static JmpStatus
working_status (JmpFleetBoard *board)
{
  switch (jmp_session_get_state (jmp_fleet_board_get_session (board))) {
  case JMP_SESSION_WAITING:
    return make (C_ ("board of several", "Waiting"), "content-loading-symbolic", "warning");
  case JMP_SESSION_STOPPING:
    return make (C_ ("board of several", "Stopping"), "media-playback-stop-symbolic", "warning");
  case JMP_SESSION_WORKING:
    return (JmpStatus){
      /* Translators: %d is a percentage. */
      .text = g_strdup_printf (C_ ("board of several", "%d %%"),
                               (int)(jmp_fleet_board_get_fraction (board) * 100)),
      .icon = "emblem-synchronizing-symbolic",
      .style = "accent",
    };
  case JMP_SESSION_NO_FIRMWARE:
  case JMP_SESSION_CHOSEN:
  case JMP_SESSION_READING:
  case JMP_SESSION_BAD_FIRMWARE:
  case JMP_SESSION_READY:
  case JMP_SESSION_SUCCEEDED:
  case JMP_SESSION_FAILED:
  case JMP_SESSION_STOPPED:
    break;
  }
  return make (C_ ("board of several", "Beginning"), "emblem-synchronizing-symbolic", "accent");
}

/**
 * jmp_fleet_status:
 * @board: one of several boards
 *
 * The state of a board in a word or two, with a symbol and a colour.
 *
 * Returns: the status; release with jmp_status_clear()
 */
JmpStatus
jmp_fleet_status (JmpFleetBoard *board)
{
  switch (jmp_fleet_board_get_state (board)) {
  case JMP_FLEET_BOARD_OUT:
    if (jmp_fleet_board_get_reason (board) == JMP_FLEET_GONE)
      return make (jmp_words_mode (JMP_DEVICE_GONE), "action-unavailable-symbolic", "warning");
    return make (C_ ("board of several", "Left out"), "action-unavailable-symbolic", "warning");
  case JMP_FLEET_BOARD_GETTING:
    return make (C_ ("board of several", "Getting firmware"), "content-loading-symbolic", "");
  case JMP_FLEET_BOARD_READY:
    return make (C_ ("board of several", "Ready"), "emblem-ok-symbolic", "success");
  case JMP_FLEET_BOARD_WORKING:
    return working_status (board);
  case JMP_FLEET_BOARD_DONE:
    return make (C_ ("board of several", "Updated"), "object-select-symbolic", "success");
  case JMP_FLEET_BOARD_FAILED:
    return make (C_ ("board of several", "Failed"), "dialog-error-symbolic", "error");
  case JMP_FLEET_BOARD_STOPPED:
    return make (C_ ("board of several", "Stopped"), "media-playback-stop-symbolic", "warning");
  }
  return make ("", "action-unavailable-symbolic", "");
}

static const char *
reason_words (JmpFleetReason reason, const GError *error)
{
  switch (reason) {
  case JMP_FLEET_TAKES_PART:
    break;
  case JMP_FLEET_GONE:
    return _ ("The board is not connected.");
  case JMP_FLEET_RUNNING:
    return _ ("The board runs its program.");
  case JMP_FLEET_NO_ANSWER:
    return _ ("The board did not come into update mode.");
  case JMP_FLEET_BUSY:
    return _ ("Something else is being done with this board.");
  case JMP_FLEET_UNKNOWN_KIND:
    return _ ("It is not known which board this is.");
  case JMP_FLEET_OTHER_KIND:
    return _ ("This firmware is for another kind of board.");
  case JMP_FLEET_NO_FIRMWARE:
    return _ ("There is no firmware for it yet.");
  case JMP_FLEET_ALONE:
    return _ ("Something on this board could be lost that cannot be had again.");
  case JMP_FLEET_UNUSABLE:
  case JMP_FLEET_FIRMWARE:
    break;
  }
  return error != NULL ? jmp_words_error (error) : "";
}

static const char *
reason_fix (JmpFleetReason reason, const GError *error)
{
  switch (reason) {
  case JMP_FLEET_TAKES_PART:
    break;
  case JMP_FLEET_GONE:
    return _ ("Connect it in update mode.");
  case JMP_FLEET_RUNNING:
  case JMP_FLEET_NO_ANSWER:
    return _ ("Bring it into update mode by hand, with a jumper or with its buttons.");
  case JMP_FLEET_BUSY:
    return _ ("Wait until that is done.");
  case JMP_FLEET_UNKNOWN_KIND:
    return _ ("Choose it alone and say which one it is, or choose a file.");
  case JMP_FLEET_OTHER_KIND:
    return _ ("Update it with firmware of its own.");
  case JMP_FLEET_NO_FIRMWARE:
    return _ ("Choose a file.");
  case JMP_FLEET_ALONE:
    return _ ("Update it alone: then you are asked.");
  case JMP_FLEET_UNUSABLE:
  case JMP_FLEET_FIRMWARE:
    break;
  }
  return error != NULL ? jmp_words_error_advice (error) : "";
}

static char *
ready_text (JmpSession *session)
{
  const char *name = jmp_session_get_firmware_name (session);
  g_autofree char *kept = jmp_session_get_plan (session) != NULL ? jmp_status_kept (session) : NULL;

  if (jmp_session_has_console (session))
    /* Translators: %s is the name of firmware: "MicroPython 1.29.0". */
    return g_strdup_printf (_ ("Restarts into update mode, then gets %s."), name);
  if (kept != NULL)
    /* Translators: the name of firmware, and a sentence about what is kept. */
    return g_strdup_printf (_ ("Gets %s. %s"), name, kept);
  return g_strdup_printf (_ ("Gets %s."), name);
}

static char *
working_text (JmpSession *session)
{
  JmpPlan *plan = jmp_session_get_plan (session);
  const JmpProgress progress = jmp_session_get_progress (session);

  switch (jmp_session_get_state (session)) {
  case JMP_SESSION_WAITING:
    return g_strdup (_ ("The board went away. Connect it again in update mode: the work goes on."));
  case JMP_SESSION_WORKING:
  case JMP_SESSION_STOPPING:
    return g_strdup (jmp_stage_to_words (jmp_stage_now (plan, &progress)));
  case JMP_SESSION_READING:
  case JMP_SESSION_CHOSEN:
    return g_strdup (_ ("Getting the firmware…"));
  case JMP_SESSION_NO_FIRMWARE:
  case JMP_SESSION_BAD_FIRMWARE:
  case JMP_SESSION_READY:
  case JMP_SESSION_SUCCEEDED:
  case JMP_SESSION_FAILED:
  case JMP_SESSION_STOPPED:
    break;
  }
  return g_strdup (_ ("Bringing the board into update mode…"));
}

/* What went wrong, and the state that the board is in. */
static char *
failed_text (JmpFleetBoard *board)
{
  JmpSession *session = jmp_fleet_board_get_session (board);
  const JmpOutcome *outcome = jmp_fleet_board_get_outcome (board);
  const GError *error = jmp_fleet_board_get_error (board);
  g_autofree char *state = NULL;

  if (outcome == NULL)
    return g_strdup (reason_words (jmp_fleet_board_get_reason (board), error));
  state = jmp_words_board_state (outcome, jmp_device_get_info (jmp_session_get_device (session)));
  if (error == NULL || jmp_error_is_cancelled (error))
    return g_steal_pointer (&state);
  return g_strdup_printf ("%s %s", jmp_words_error (error), state);
}

/**
 * jmp_fleet_status_text:
 * @board: one of several boards
 *
 * What will be done with the board, is being done, or came of it.
 *
 * Returns: (transfer full): a sentence or two
 */
char *
jmp_fleet_status_text (JmpFleetBoard *board)
{
  JmpSession *session = jmp_fleet_board_get_session (board);

  switch (jmp_fleet_board_get_state (board)) {
  case JMP_FLEET_BOARD_OUT:
    return g_strdup (
        reason_words (jmp_fleet_board_get_reason (board), jmp_fleet_board_get_error (board)));
  case JMP_FLEET_BOARD_GETTING:
    return g_strdup (_ ("Getting the firmware…"));
  case JMP_FLEET_BOARD_READY:
    return ready_text (session);
  case JMP_FLEET_BOARD_WORKING:
    return working_text (session);
  case JMP_FLEET_BOARD_DONE:
    return jmp_session_get_state (session) == JMP_SESSION_SUCCEEDED ? jmp_status_success (session)
                                                                    : g_strdup ("");
  case JMP_FLEET_BOARD_FAILED:
  case JMP_FLEET_BOARD_STOPPED:
    return failed_text (board);
  }
  return g_strdup ("");
}

/* Of a board that is known, by its own steps. */
static char *
say_fix (JmpFleetBoard *board, const GError *error)
{
  const JmpFleetReason reason = jmp_fleet_board_get_reason (board);
  JmpBoard *kind = jmp_session_get_board (jmp_fleet_board_get_session (board));
  const JmpGuideWay *way = kind != NULL ? jmp_guide_way_by_hand (kind) : NULL;
  g_autofree char *steps = NULL;

  if (way == NULL || (reason != JMP_FLEET_RUNNING && reason != JMP_FLEET_NO_ANSWER))
    return g_strdup (reason_fix (reason, error));
  steps = jmp_guide_way_list_steps (way);
  /* Translators: %s are numbered lines with a step on each. */
  return g_strdup_printf (_ ("Bring it into update mode by hand:\n%s"), steps);
}

/**
 * jmp_fleet_status_fix:
 * @board: one of several boards
 *
 * What to do about a board that is left out, or on which the work did not end well.
 *
 * Returns: (transfer full) (nullable): a sentence or two
 */
char *
jmp_fleet_status_fix (JmpFleetBoard *board)
{
  const JmpFleetBoardState state = jmp_fleet_board_get_state (board);
  const JmpOutcome *outcome = jmp_fleet_board_get_outcome (board);
  const GError *error = jmp_fleet_board_get_error (board);
  g_autofree char *fix = NULL;

  if (state == JMP_FLEET_BOARD_OUT || (state == JMP_FLEET_BOARD_FAILED && outcome == NULL))
    fix = say_fix (board, error);
  else if (state == JMP_FLEET_BOARD_FAILED && error != NULL)
    fix = g_strdup (jmp_words_error_advice (error));
  else if (state == JMP_FLEET_BOARD_STOPPED && outcome != NULL)
    fix = g_strdup (jmp_words_board_advice (outcome));
  return fix != NULL && *fix != '\0' ? g_steal_pointer (&fix) : NULL;
}

/**
 * jmp_fleet_status_time:
 * @board: one of several boards
 *
 * Returns: (transfer full) (nullable): how long its work took, where it has ended
 */
char *
jmp_fleet_status_time (JmpFleetBoard *board)
{
  const JmpOutcome *outcome = jmp_fleet_board_get_outcome (board);

  return outcome != NULL && jmp_fleet_board_get_state (board) != JMP_FLEET_BOARD_WORKING
             ? jmp_words_duration (outcome->seconds_total)
             : NULL;
}
