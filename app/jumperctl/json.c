/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/json.h"

#include "base/error.h"
#include "jumperctl/guard.h"
#include "jumperctl/released.h"
#include "jumperctl/report.h"
#include "words/words.h"

/**
 * ctl_json_string:
 * @builder: in an object
 * @name: member
 * @value: (nullable): UTF-8, or %NULL for null
 *
 * Adds a string.
 */
void
ctl_json_string (JsonBuilder *builder, const char *name, const char *value)
{
  json_builder_set_member_name (builder, name);
  if (value != NULL)
    json_builder_add_string_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * ctl_json_number:
 * @builder: in an object
 * @name: member
 * @value: at most 2⁶³ - 1
 *
 * Adds a whole number.
 */
void
ctl_json_number (JsonBuilder *builder, const char *name, guint64 value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64)MIN (value, G_MAXINT64));
}

/**
 * ctl_json_real:
 * @builder: in an object
 * @name: member
 * @value: a number; less than 0, or none, for null
 *
 * Adds a number that is never negative.
 */
void
ctl_json_real (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0 && value <= G_MAXDOUBLE)
    json_builder_add_double_value (builder, value);
  else
    json_builder_add_null_value (builder);
}

/**
 * ctl_json_boolean:
 * @builder: in an object
 * @name: member
 * @value: true or false
 *
 * Adds a truth value.
 */
void
ctl_json_boolean (JsonBuilder *builder, const char *name, gboolean value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_boolean_value (builder, value);
}

/**
 * ctl_json_id:
 * @builder: in an object
 * @name: member
 * @value: a USB id
 *
 * Adds a USB id as four hexadecimal digits.
 */
void
ctl_json_id (JsonBuilder *builder, const char *name, guint16 value)
{
  g_autofree char *text = g_strdup_printf ("%04x", value);

  ctl_json_string (builder, name, text);
}

static void
add_cause (JsonBuilder *builder, const GError *error)
{
  g_autofree char *details = jmp_words_error_details (error);
  const char *code = "failed";

  if (jmp_error_is_cancelled (error))
    code = "cancelled";
  else if (error->domain == JMP_ERROR)
    code = jmp_error_to_string ((JmpError)error->code);
  ctl_json_string (builder, "code", code);
  ctl_json_string (builder, "text", jmp_words_error (error));
  ctl_json_string (builder, "where", details);
}

/**
 * ctl_json_error:
 * @builder: where a value goes
 * @error: (nullable): what went wrong
 *
 * Adds {"code","text","where"}, or null.
 */
void
ctl_json_error (JsonBuilder *builder, const GError *error)
{
  if (error == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_cause (builder, error);
  json_builder_end_object (builder);
}

static void
add_work_numbers (JsonBuilder *builder, const JmpOutcome *outcome, const JmpPlanTotals *totals)
{
  json_builder_set_member_name (builder, "bytes");
  json_builder_begin_object (builder);
  ctl_json_number (builder, "image", totals->image);
  ctl_json_number (builder, "written", outcome->bytes_written);
  ctl_json_number (builder, "skipped", outcome->bytes_skipped);
  ctl_json_number (builder, "verified", outcome->bytes_verified);
  ctl_json_number (builder, "kept", outcome->bytes_kept);
  ctl_json_number (builder, "read", outcome->bytes_read);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "sectors");
  json_builder_begin_object (builder);
  ctl_json_number (builder, "erased", outcome->sectors_erased);
  ctl_json_number (builder, "written", outcome->sectors_written);
  ctl_json_number (builder, "unchanged", outcome->sectors_unchanged);
  ctl_json_number (builder, "preserved", outcome->sectors_preserved);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "seconds");
  json_builder_begin_object (builder);
  ctl_json_real (builder, "total", outcome->seconds_total);
  ctl_json_real (builder, "compare", outcome->seconds[JMP_PHASE_COMPARE]);
  ctl_json_real (builder, "backup", outcome->seconds[JMP_PHASE_BACKUP]);
  ctl_json_real (builder, "erase", outcome->seconds[JMP_PHASE_ERASE]);
  ctl_json_real (builder, "write", outcome->seconds[JMP_PHASE_WRITE]);
  ctl_json_real (builder, "verify", outcome->seconds[JMP_PHASE_VERIFY]);
  json_builder_end_object (builder);
  ctl_json_number (builder, "transfers", outcome->transfers);
}

static void
add_difference (JsonBuilder *builder, const JmpOutcome *outcome)
{
  json_builder_set_member_name (builder, "difference");
  if (!outcome->has_difference) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  ctl_json_number (builder, "address", outcome->difference_address);
  ctl_json_number (builder, "expected", outcome->expected);
  ctl_json_number (builder, "found", outcome->found);
  json_builder_end_object (builder);
}

static void
add_work (JsonBuilder *builder, CtlSession *session, CtlBoard *board, const GError *error)
{
  static const JmpOutcome nothing = { .state = JMP_BOARD_UNTOUCHED };
  const JmpOutcome *outcome = ctl_board_get_outcome (board);
  JmpPlanTotals totals = { 0 };
  g_autofree char *path = ctl_guard_find_backup (board);
  g_autofree char *backup = path != NULL ? g_filename_display_name (path) : NULL;
  guint64 named;

  if (outcome == NULL)
    outcome = &nothing;
  if (board->plan != NULL)
    totals = jmp_plan_get_totals (board->plan);
  /* What was there already was proven by comparing it, and is not read back. */
  named = MAX (totals.image, totals.verify);
  ctl_json_string (builder, "device", board->label);
  ctl_json_string (builder, "file", session->file);
  ctl_json_string (
      builder, "state", session->board_found ? jmp_board_state_to_string (outcome->state) : NULL);
  ctl_json_boolean (
      builder, "verified", error == NULL && named > 0 && outcome->bytes_verified >= named);
  add_work_numbers (builder, outcome, &totals);
  ctl_json_string (builder, "backup", backup);
  add_difference (builder, outcome);
}

static void
add_strings (JsonBuilder *builder, GPtrArray *strings)
{
  for (guint i = 0; i < strings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (strings, i));
}

static void
add_candidates (JsonBuilder *builder, CtlSession *session)
{
  if (session->candidates == NULL)
    return;
  json_builder_set_member_name (builder, "devices");
  json_builder_begin_array (builder);
  for (guint i = 0; i < session->candidates->len; i++)
    ctl_json_device (builder, g_ptr_array_index (session->candidates, i), FALSE);
  json_builder_end_array (builder);
}

/* @unproven: that of the board, or of any of several. */
static void
begin_result (JsonBuilder *builder, CtlSession *session, gboolean unproven, const GError *error)
{
  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", error != NULL ? "failed" : unproven ? "unverified" : "ok");
  ctl_json_string (builder, "command", session->command->name);
}

/* What went wrong, where, the state that the board is in now, and what to do next. */
static void
add_error (JsonBuilder *builder, CtlSession *session, CtlBoard *board, const GError *error)
{
  g_autofree char *state = error != NULL ? ctl_report_state (session, board) : NULL;
  g_autofree char *advice = error != NULL ? ctl_report_next (session, board, error) : NULL;

  if (error == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  add_cause (builder, error);
  ctl_json_string (builder, "state", state);
  ctl_json_string (builder, "advice", advice);
  json_builder_end_object (builder);
}

/* What belongs to an error, in the order in which it is told. */
static void
end_result (JsonBuilder *builder, CtlSession *session, CtlBoard *board, const GError *error)
{
  g_autofree char *next = ctl_report_next (session, board, error);

  json_builder_set_member_name (builder, "error");
  add_error (builder, session, board, error);
  ctl_json_string (builder, "next", next);
  json_builder_end_object (builder);
}

/* One of several boards: the same object as for a board alone. */
static void
add_board (JsonBuilder *builder, CtlSession *session, CtlBoard *board)
{
  begin_result (builder, session, ctl_session_is_unproven (session, board), board->error);
  add_work (builder, session, board, board->error);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  add_strings (builder, board->warnings);
  json_builder_end_array (builder);
  end_result (builder, session, board, board->error);
}

/* Once the work was begun, errors are the boards'; before, no board has anything to tell. */
static JsonNode *
several_to_node (CtlSession *session, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  begin_result (builder, session, ctl_session_is_unproven (session, NULL), error);
  ctl_json_string (builder, "file", session->file);
  json_builder_set_member_name (builder, "boards");
  json_builder_begin_array (builder);
  for (guint i = 0; session->begun && i < session->boards->len; i++)
    add_board (builder, session, g_ptr_array_index (session->boards, i));
  json_builder_end_array (builder);
  ctl_released_json (session, builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  add_strings (builder, session->warnings);
  json_builder_end_array (builder);
  add_candidates (builder, session);
  end_result (builder, session, NULL, session->begun ? NULL : error);
  return json_builder_get_root (builder);
}

static JsonNode *
single_to_node (CtlSession *session, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  begin_result (builder, session, ctl_session_is_unproven (session, NULL), error);
  if ((session->command->takes & CTL_TAKES_RECORD) != 0)
    add_work (builder, session, session->board, error);
  ctl_released_json (session, builder);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  add_strings (builder, session->warnings);
  add_strings (builder, session->board->warnings);
  json_builder_end_array (builder);
  add_candidates (builder, session);
  end_result (builder, session, session->board, error);
  return json_builder_get_root (builder);
}

/**
 * ctl_json_result:
 * @session: a session whose command has ended
 * @error: (nullable): why it failed
 *
 * The one object that --json prints at the end. A command that only looks has its own; it stands for
 * a failure only where something could be said in spite of it (a damaged file).
 *
 * Returns: (transfer full): the text, without a line's end
 */
char *
ctl_json_result (CtlSession *session, const GError *error)
{
  g_autoptr (JsonNode) node = NULL;

  if (session->result != NULL)
    return ctl_json_to_text (session->result);
  if (ctl_session_is_for_several (session))
    node = several_to_node (session, error);
  else
    node = single_to_node (session, error);
  return ctl_json_to_text (node);
}

/**
 * ctl_json_progress:
 * @device: which board
 * @news: how far its work is
 *
 * One line of --json=lines.
 *
 * Returns: (transfer full): the text, without a line's end
 */
char *
ctl_json_progress (const char *device, const CtlNews *news)
{
  const JmpProgress *progress = &news->progress;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "progress");
  json_builder_begin_object (builder);
  ctl_json_string (builder, "device", device);
  ctl_json_string (builder, "phase", jmp_phase_to_string (progress->phase));
  ctl_json_boolean (builder, "waiting", progress->waiting);
  ctl_json_real (builder, "fraction", progress->fraction);
  ctl_json_number (builder, "alt", progress->alt);
  ctl_json_number (builder, "address", progress->address);
  ctl_json_number (builder, "done", progress->phase_done);
  ctl_json_number (builder, "total", progress->phase_total);
  ctl_json_real (builder, "speed", news->speed);
  ctl_json_real (builder, "seconds_left", news->seconds_left);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return ctl_json_to_text (node);
}
