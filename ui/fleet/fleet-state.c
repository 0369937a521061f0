/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is true of a fleet and its boards now. */

#include "fleet/fleet-private.h"

#include "releases/offer.h"
#include "session/consent.h"

/* Of the chosen firmware; bytes that were had for another board know it as well. */
JmpRelease *
jmp_fleet_release_of (JmpSession *session)
{
  const JmpFirmware *firmware = jmp_session_get_firmware (session);
  JmpFirmwareLoader *loader = jmp_session_get_loader (session);

  if (firmware != NULL && firmware->release != NULL)
    return firmware->release;
  return loader != NULL ? jmp_firmware_loader_get_release (loader) : NULL;
}

gboolean
jmp_fleet_is_same (const JmpRelease *a, const JmpRelease *b)
{
  return a != NULL && b != NULL && g_str_equal (a->url, b->url);
}

/* --- Why a board is left out --- */

static JmpFleetReason
check_device (JmpFleetBoard *board)
{
  switch (jmp_device_get_mode (jmp_session_get_device (board->session))) {
  case JMP_DEVICE_DFU:
    break;
  case JMP_DEVICE_RUNNING:
    if (!jmp_session_has_console (board->session))
      return JMP_FLEET_RUNNING;
    break;
  case JMP_DEVICE_UNUSABLE:
    return JMP_FLEET_UNUSABLE;
  case JMP_DEVICE_GONE:
    return JMP_FLEET_GONE;
  }
  return jmp_session_get_obstacle (board->session) == JMP_OBSTACLE_WORK ? JMP_FLEET_BUSY
                                                                        : JMP_FLEET_TAKES_PART;
}

/* A release is for one kind of board, and only for a board that is known to be one. */
static JmpFleetReason
check_kind (JmpFleet *self, JmpSession *session)
{
  const JmpRelease *release = jmp_fleet_release_of (session);
  const JmpFirmware *firmware = jmp_session_get_firmware (session);
  JmpBoard *board = jmp_session_get_board (session);
  const char *id = release != NULL    ? release->board_id
                   : firmware != NULL ? firmware->board_id
                                      : NULL;

  if (self->kind == JMP_FLEET_FILE && id == NULL)
    return JMP_FLEET_TAKES_PART;
  if (board == NULL)
    return JMP_FLEET_UNKNOWN_KIND;
  if (self->kind == JMP_FLEET_RELEASE && !jmp_fleet_is_same (release, self->release))
    return JMP_FLEET_OTHER_KIND;
  if (id != NULL && !jmp_board_is_called (board, id))
    return JMP_FLEET_OTHER_KIND;
  return JMP_FLEET_TAKES_PART;
}

/* What could be lost that is worth more than files is agreed to for one board at a time. */
static gboolean
is_for_one_alone (JmpSession *session)
{
  g_autoptr (GPtrArray) list = jmp_consent_list (session);

  for (guint i = 0; i < list->len; i++) {
    const JmpConsent *consent = list->pdata[i];

    if (consent->kind != JMP_CONSENT_FILES)
      return TRUE;
  }
  return FALSE;
}

/* Whether the firmware that the session has may be brought onto its board, as far as that is known. */
JmpFleetReason
jmp_fleet_check_firmware (JmpFleet *self, JmpFleetBoard *board)
{
  const JmpFleetReason reason = check_kind (self, board->session);

  if (reason != JMP_FLEET_TAKES_PART)
    return reason;
  if (jmp_session_get_loader (board->session) == NULL)
    return JMP_FLEET_NO_FIRMWARE;
  if (jmp_session_get_problem (board->session) != NULL)
    return JMP_FLEET_FIRMWARE;
  return is_for_one_alone (board->session) ? JMP_FLEET_ALONE : JMP_FLEET_TAKES_PART;
}

/* --- One board --- */

static gboolean
is_getting (JmpFleet *self, JmpSession *session)
{
  JmpOffer *offer = jmp_offer_get (session);

  if (self->kind == JMP_FLEET_FILE)
    return jmp_session_get_state (self->reader) == JMP_SESSION_READING
           || jmp_session_get_state (session) == JMP_SESSION_READING;
  return jmp_session_get_state (session) == JMP_SESSION_READING
         || (jmp_session_get_loader (session) == NULL && offer != NULL
             && jmp_session_get_board (session) != NULL && jmp_offer_is_looking (offer));
}

/* Before it is begun. */
static JmpFleetReason
find_reason (JmpFleet *self, JmpFleetBoard *board)
{
  const JmpFleetReason reason = check_device (board);

  if (reason != JMP_FLEET_TAKES_PART)
    return reason;
  if (is_getting (self, board->session))
    return JMP_FLEET_TAKES_PART;
  if (self->kind == JMP_FLEET_FILE && jmp_session_get_firmware (self->reader) == NULL)
    return JMP_FLEET_NO_FIRMWARE;
  return jmp_fleet_check_firmware (self, board);
}

void
jmp_fleet_look_at (JmpFleet *self,
                   JmpFleetBoard *board,
                   JmpFleetBoardState *state,
                   JmpFleetReason *reason)
{
  if (board->begun) {
    *state = board->work;
    *reason = board->refused;
    return;
  }
  *reason = find_reason (self, board);
  if (*reason != JMP_FLEET_TAKES_PART)
    *state = JMP_FLEET_BOARD_OUT;
  else
    *state = is_getting (self, board->session) ? JMP_FLEET_BOARD_GETTING : JMP_FLEET_BOARD_READY;
}

/* --- All of them --- */

/**
 * jmp_fleet_count:
 * @self: a fleet
 * @state: a state
 *
 * Returns: how many boards are in it
 */
guint
jmp_fleet_count (JmpFleet *self, JmpFleetBoardState state)
{
  guint n = 0;

  for (guint i = 0; i < self->boards->len; i++)
    n += ((JmpFleetBoard *)self->boards->pdata[i])->state == state;
  return n;
}

/**
 * jmp_fleet_count_begun:
 * @self: a fleet
 *
 * Returns: how many boards were started
 */
guint
jmp_fleet_count_begun (JmpFleet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->boards->len; i++)
    n += ((JmpFleetBoard *)self->boards->pdata[i])->begun;
  return n;
}

/**
 * jmp_fleet_get_state:
 * @self: a fleet
 *
 * Returns: where it stands
 */
JmpFleetState
jmp_fleet_get_state (JmpFleet *self)
{
  if (jmp_fleet_count (self, JMP_FLEET_BOARD_WORKING) > 0)
    return JMP_FLEET_WORKING;
  return jmp_fleet_count_begun (self) > 0 ? JMP_FLEET_DONE : JMP_FLEET_CHOOSING;
}

static gboolean
loses_files (const JmpFleetBoard *board)
{
  return board->state == JMP_FLEET_BOARD_READY && jmp_consent_is_needed (board->session);
}

/**
 * jmp_fleet_count_losing_files:
 * @self: a fleet that is not begun
 *
 * Returns: on how many of the boards that take part the person's files would be overwritten, as far as it
 *   is known before they are in DFU mode
 */
guint
jmp_fleet_count_losing_files (JmpFleet *self)
{
  guint n = 0;

  for (guint i = 0; i < self->boards->len; i++)
    n += loses_files (self->boards->pdata[i]);
  return n;
}

/**
 * jmp_fleet_keeps_files_first:
 * @self: a fleet that is not begun
 *
 * Returns: whether the work begins with a backup on each of the boards that
 *   jmp_fleet_count_losing_files() counts
 */
gboolean
jmp_fleet_keeps_files_first (JmpFleet *self)
{
  for (guint i = 0; i < self->boards->len; i++) {
    const JmpFleetBoard *board = self->boards->pdata[i];

    if (loses_files (board) && !jmp_session_get_backup_first (board->session))
      return FALSE;
  }
  return TRUE;
}

/**
 * jmp_fleet_is_mixed:
 * @self: a fleet
 *
 * Returns: whether the boards that take part are not all known to be of one kind
 */
gboolean
jmp_fleet_is_mixed (JmpFleet *self)
{
  JmpBoard *first = NULL;

  for (guint i = 0; i < self->boards->len; i++) {
    JmpFleetBoard *member = self->boards->pdata[i];
    JmpBoard *board = jmp_session_get_board (member->session);

    if (member->state == JMP_FLEET_BOARD_OUT)
      continue;
    if (board == NULL || (first != NULL && !g_str_equal (board->id, first->id)))
      return TRUE;
    first = board;
  }
  return FALSE;
}

/**
 * jmp_fleet_get_fraction:
 * @self: a fleet
 *
 * Returns: how far the work is, of all boards together, 0 to 1
 */
double
jmp_fleet_get_fraction (JmpFleet *self)
{
  double sum = 0;
  guint n = 0;

  for (guint i = 0; i < self->boards->len; i++) {
    JmpFleetBoard *board = self->boards->pdata[i];

    if (!board->begun)
      continue;
    sum += jmp_fleet_board_get_fraction (board);
    n++;
  }
  return n > 0 ? sum / n : 0;
}

/**
 * jmp_fleet_get_seconds_left:
 * @self: a fleet
 *
 * Returns: how long the slowest board still takes, in seconds; less than 0 where that is not known
 */
double
jmp_fleet_get_seconds_left (JmpFleet *self)
{
  double longest = -1;

  for (guint i = 0; i < self->boards->len; i++) {
    const JmpFleetBoard *board = self->boards->pdata[i];
    JmpJob *job = jmp_session_get_job (board->session);
    double left;

    if (board->state != JMP_FLEET_BOARD_WORKING)
      continue;
    left = job != NULL && !board->wanted ? jmp_job_get_seconds_left (job) : -1;
    if (!(left >= 0))
      return -1;
    longest = MAX (longest, left);
  }
  return longest;
}
