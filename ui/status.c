/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "status.h"

#include "base/error.h"
#include "words/words.h"

#include <glib/gi18n-lib.h>

/* More sectors than this are counted, not listed. */
#define MAX_LISTED 4

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
  const JmpProgress progress = jmp_job_get_progress (jmp_session_get_job (session));

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

static gboolean
is_loss (const JmpPlanSector *sector)
{
  return (sector->fate & JMP_FATE_ERASED) != 0 && sector->image_bytes < sector->sector.size;
}

/* "0, 4 and 8" */
static char *
list_numbers (const guint *numbers, guint n)
{
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < n; i++) {
    if (i > 0)
      g_string_append (list,
                       i == n - 1 ? C_ ("before the last of a list", " and ")
                                  : C_ ("between the members of a list", ", "));
    g_string_append_printf (list, "%u", numbers[i]);
  }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * jmp_status_losses:
 * @plan: a plan
 *
 * What is erased beyond what is written: a sector can only be erased whole.
 *
 * Returns: (transfer full) (nullable): a sentence, or %NULL when nothing is
 */
char *
jmp_status_losses (JmpPlan *plan)
{
  guint numbers[MAX_LISTED];
  guint n_sectors = 0;
  guint n = 0;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);
  g_autofree char *list = NULL;

  for (guint i = 0; i < n_sectors; i++) {
    if (!is_loss (&sectors[i]))
      continue;
    numbers[MIN (n, MAX_LISTED - 1)] = sectors[i].sector.index;
    n++;
  }
  if (n == 0)
    return NULL;
  if (n > MAX_LISTED)
    return g_strdup_printf (ngettext ("The rest of %u sector will be erased.",
                                      "The rest of %u sectors will be erased.",
                                      n),
                            n);
  list = list_numbers (numbers, n);
  /* Translators: %s is a number, or several: "0, 4 and 8". */
  return g_strdup_printf (ngettext ("The rest of sector %s will be erased.",
                                    "The rest of sectors %s will be erased.",
                                    n),
                          list);
}

/* How many sectors the memories that the plan works on have beside those that it touches: its own
 * list has only these. */
static guint
count_untouched (JmpPlan *plan, const JmpDfuInfo *info)
{
  guint n_sectors = 0;
  guint total = 0;
  int last_alt = -1;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  for (guint i = 0; i < n_sectors; i++) {
    const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, sectors[i].alt);

    if (sectors[i].alt == last_alt || alt == NULL || alt->layout == NULL)
      continue;
    last_alt = sectors[i].alt;
    total += jmp_layout_get_n_sectors (alt->layout);
  }
  return total > n_sectors ? total - n_sectors : 0;
}

/**
 * jmp_status_success:
 * @session: a session whose work succeeded
 *
 * What was proven. Says "byte for byte" only where every byte was read back.
 *
 * Returns: (transfer full): sentences
 */
char *
jmp_status_success (JmpSession *session)
{
  JmpPlan *plan = jmp_session_get_plan (session);
  const JmpOutcome *outcome = jmp_job_get_outcome (jmp_session_get_job (session));
  const JmpPlanTotals totals = jmp_plan_get_totals (plan);
  const JmpDfuInfo *info = jmp_device_get_info (jmp_session_get_device (session));
  const guint untouched = info != NULL ? count_untouched (plan, info) : 0;
  g_autofree char *written = NULL;
  g_autofree char *kept = NULL;

  if (outcome == NULL || totals.image == 0 || outcome->bytes_verified < totals.verify)
    return outcome != NULL ? jmp_words_done (plan, outcome) : g_strdup ("");
  written = g_strdup_printf (ngettext ("%'lu byte was written and read back, byte for byte.",
                                       "%'lu bytes were written and read back, byte for byte.",
                                       (gulong)totals.image),
                             (gulong)totals.image);
  if (untouched == 0)
    return g_steal_pointer (&written);
  kept = g_strdup_printf (
      ngettext ("%u sector was not touched.", "%u sectors were not touched.", untouched),
      untouched);
  return g_strdup_printf ("%s %s", written, kept);
}
