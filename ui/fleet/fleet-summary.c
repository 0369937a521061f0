/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All boards of a fleet together, in sentences. */

#include "config.h"

#include "fleet/fleet-private.h"
#include "fleet/fleet-words.h"
#include "guide/guide-after.h"
#include "releases/offer.h"
#include "session/report.h"
#include "words/words-releases.h"

#include <glib/gi18n-lib.h>

/**
 * jmp_fleet_status_button:
 * @fleet: a fleet
 *
 * Returns: (transfer full): the main button's label, with a mnemonic
 */
char *
jmp_fleet_status_button (JmpFleet *fleet)
{
  const guint n = jmp_fleet_count (fleet, JMP_FLEET_BOARD_READY);

  if (n == 0)
    return g_strdup (C_ ("main button", "_Install"));
  return g_strdup_printf (ngettext ("_Install on %u Board", "_Install on %u Boards", n), n);
}

/**
 * jmp_fleet_status_obstacle:
 * @fleet: a fleet that is not begun
 *
 * Returns: (transfer full) (nullable): why the main button cannot be pressed, or %NULL when it can
 */
char *
jmp_fleet_status_obstacle (JmpFleet *fleet)
{
  if (jmp_fleet_count (fleet, JMP_FLEET_BOARD_READY) > 0)
    return NULL;
  if (fleet->boards->len == 0)
    return g_strdup (_ ("Choose the boards in the list first."));
  if (jmp_fleet_count (fleet, JMP_FLEET_BOARD_GETTING) > 0)
    return g_strdup (_ ("Getting the firmware…"));
  return g_strdup (_ ("None of these boards can be updated like this. See below why."));
}

/**
 * jmp_fleet_status_summary:
 * @fleet: a fleet
 *
 * How many boards take part, or how many of them have ended.
 *
 * Returns: (transfer full): a sentence
 */
char *
jmp_fleet_status_summary (JmpFleet *fleet)
{
  const guint n_out = jmp_fleet_count (fleet, JMP_FLEET_BOARD_OUT);
  const guint n_begun = jmp_fleet_count_begun (fleet);
  const guint n_working = jmp_fleet_count (fleet, JMP_FLEET_BOARD_WORKING);

  if (n_begun > 0)
    return g_strdup_printf (
        ngettext ("%u of %u board has ended", "%u of %u boards have ended", n_begun),
        n_begun - n_working,
        n_begun);
  if (n_out > 0)
    return g_strdup_printf (ngettext ("%u board is left out", "%u boards are left out", n_out),
                            n_out);
  return g_strdup (_ ("Each is updated by itself, all at the same time"));
}

/**
 * jmp_fleet_status_result:
 * @fleet: a fleet whose work has ended
 *
 * Returns: (transfer full): what came of it, as a title
 */
char *
jmp_fleet_status_result (JmpFleet *fleet)
{
  const guint n_begun = jmp_fleet_count_begun (fleet);
  const guint n_done = jmp_fleet_count (fleet, JMP_FLEET_BOARD_DONE);

  if (n_done == n_begun)
    return g_strdup_printf (ngettext ("%u Board Updated", "All %u Boards Updated", n_done), n_done);
  return g_strdup_printf (
      ngettext ("%u of %u Board Updated", "%u of %u Boards Updated", n_begun), n_done, n_begun);
}

/**
 * jmp_fleet_status_files_lost:
 * @fleet: a fleet with boards on which the person's files would be overwritten
 *
 * Returns: (transfer none): that, and whether there is a backup of them first, in sentences
 */
const char *
jmp_fleet_status_files_lost (JmpFleet *fleet)
{
  return jmp_fleet_keeps_files_first (fleet)
             ? _ ("The firmware overwrites the place where the boards keep files. A backup of each "
                  "board is made first.")
             : _ ("The firmware overwrites the place where the boards keep files. Not every one of "
                  "these boards gets a backup first.");
}

/**
 * jmp_fleet_status_after:
 * @fleet: a fleet whose work has ended
 *
 * Returns: (transfer full) (nullable): what a hand has to do so that the boards start; %NULL where they
 *   start by themselves
 */
char *
jmp_fleet_status_after (JmpFleet *fleet)
{
  const JmpGuideAfter *first = NULL;

  for (guint i = 0; i < fleet->boards->len; i++) {
    const JmpFleetBoard *board = fleet->boards->pdata[i];
    const JmpGuideAfter *after;

    after = jmp_guide_after (jmp_session_get_board (board->session),
                             jmp_session_came_by_itself (board->session));
    if (board->state != JMP_FLEET_BOARD_DONE || after == jmp_guide_after (NULL, TRUE))
      continue;
    if (first != NULL && after != first)
      return g_strdup (
          _ ("If a jumper or a switch brought a board into update mode, take that back "
             "first. Then press its reset button."));
    first = after;
  }
  return first != NULL ? g_strdup (_ (first->text)) : NULL;
}

/* The names of the releases that the boards get, each once. */
static GPtrArray *
list_releases (JmpFleet *fleet)
{
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < fleet->boards->len; i++) {
    JmpFleetBoard *board = fleet->boards->pdata[i];
    const JmpRelease *release = jmp_fleet_release_of (board->session);
    g_autofree char *name = release != NULL ? jmp_words_release_name (release) : NULL;

    if (name != NULL && !g_ptr_array_find_with_equal_func (names, name, g_str_equal, NULL))
      g_ptr_array_add (names, g_steal_pointer (&name));
  }
  return names;
}

/**
 * jmp_fleet_status_releases:
 * @fleet: a fleet
 *
 * Returns: (transfer full): which releases the boards get
 */
char *
jmp_fleet_status_releases (JmpFleet *fleet)
{
  g_autoptr (GPtrArray) names = list_releases (fleet);

  if (names->len == 0)
    return g_strdup (_ ("Known for boards of which it is known which they are"));
  if (names->len > 3)
    return g_strdup_printf (ngettext ("%u different release", "%u different releases", names->len),
                            names->len);
  g_ptr_array_add (names, NULL);
  return g_strjoinv (C_ ("between the members of a list", ", "), (char **)names->pdata);
}

/* --- The report --- */

static const char *
state_name (JmpFleetBoardState state)
{
  switch (state) {
  case JMP_FLEET_BOARD_OUT:
    return "left out";
  case JMP_FLEET_BOARD_GETTING:
    return "firmware not there yet";
  case JMP_FLEET_BOARD_READY:
    return "ready";
  case JMP_FLEET_BOARD_WORKING:
    return "working";
  case JMP_FLEET_BOARD_DONE:
    return "done";
  case JMP_FLEET_BOARD_FAILED:
    return "failed";
  case JMP_FLEET_BOARD_STOPPED:
    return "stopped";
  }
  return "";
}

/**
 * jmp_fleet_report:
 * @fleet: a fleet
 *
 * What jmp_report_session() says of one board, for each; what is the same for all is said once.
 *
 * Returns: (transfer full): lines of text, in English and without what is private
 */
char *
jmp_fleet_report (JmpFleet *fleet)
{
  g_autofree char *system = jmp_report_system ();
  GString *text = g_string_new (system);

  for (guint i = 0; i < fleet->boards->len; i++) {
    JmpFleetBoard *board = fleet->boards->pdata[i];
    g_autofree char *one = jmp_report_session (board->session);

    g_string_append_printf (
        text, "\n%u of %u: %s\n", i + 1, fleet->boards->len, state_name (board->state));
    g_string_append (text, g_str_has_prefix (one, system) ? one + strlen (system) : one);
    if (board->begun && board->job == NULL && board->error != NULL)
      g_string_append_printf (text, "not begun: %s\n", board->error->message);
  }
  return g_string_free (text, FALSE);
}
