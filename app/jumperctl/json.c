/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/json.h"

#include "base/error.h"
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
 * @value: a number; less than 0 for null
 *
 * Adds a number that is never negative.
 */
void
ctl_json_real (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  if (value >= 0)
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
  g_autofree char *details = NULL;
  const char *code = "failed";

  if (error == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  if (jmp_error_is_cancelled (error))
    code = "cancelled";
  else if (error->domain == JMP_ERROR)
    code = jmp_error_to_string ((JmpError)error->code);
  details = jmp_words_error_details (error);
  json_builder_begin_object (builder);
  ctl_json_string (builder, "code", code);
  ctl_json_string (builder, "text", jmp_words_error (error));
  ctl_json_string (builder, "where", details);
  json_builder_end_object (builder);
}

static void
add_work_numbers (JsonBuilder *builder, const JmpOutcome *outcome, const JmpPlanTotals *totals)
{
  json_builder_set_member_name (builder, "bytes");
  json_builder_begin_object (builder);
  ctl_json_number (builder, "image", totals->image);
  ctl_json_number (builder, "written", outcome->bytes_written);
  ctl_json_number (builder, "skipped", 0);
  ctl_json_number (builder, "verified", outcome->bytes_verified);
  ctl_json_number (builder, "kept", 0);
  ctl_json_number (builder, "read", outcome->bytes_read);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "sectors");
  json_builder_begin_object (builder);
  ctl_json_number (builder, "erased", outcome->sectors_erased);
  ctl_json_number (builder, "written", outcome->sectors_written);
  ctl_json_number (builder, "unchanged", 0);
  ctl_json_number (builder, "preserved", 0);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "seconds");
  json_builder_begin_object (builder);
  ctl_json_real (builder, "total", outcome->seconds_total);
  ctl_json_real (builder, "compare", 0);
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
add_work (JsonBuilder *builder, CtlSession *session, const GError *error)
{
  static const JmpOutcome nothing = { .state = JMP_BOARD_UNTOUCHED };
  const JmpOutcome *outcome = session->job != NULL ? jmp_job_get_outcome (session->job) : &nothing;
  JmpPlanTotals totals = { 0 };

  if (session->plan != NULL)
    totals = jmp_plan_get_totals (session->plan);
  ctl_json_string (
      builder, "device", session->device != NULL ? jmp_device_get_id (session->device) : NULL);
  ctl_json_string (builder, "file", session->file);
  ctl_json_string (
      builder, "state", session->board_found ? jmp_board_state_to_string (outcome->state) : NULL);
  ctl_json_boolean (builder,
                    "verified",
                    error == NULL && totals.verify > 0 && outcome->bytes_verified >= totals.verify);
  add_work_numbers (builder, outcome, &totals);
  add_difference (builder, outcome);
}

static void
add_strings (JsonBuilder *builder, const char *name, GPtrArray *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < strings->len; i++)
    json_builder_add_string_value (builder, g_ptr_array_index (strings, i));
  json_builder_end_array (builder);
}

/* What belongs to an error, in the order in which it is told. */
static void
add_ending (JsonBuilder *builder, CtlSession *session, const GError *error)
{
  g_autofree char *next = ctl_report_next (session, error);

  add_strings (builder, "warnings", session->warnings);
  if (session->candidates != NULL) {
    json_builder_set_member_name (builder, "devices");
    json_builder_begin_array (builder);
    for (guint i = 0; i < session->candidates->len; i++)
      ctl_json_device (builder, g_ptr_array_index (session->candidates, i), FALSE);
    json_builder_end_array (builder);
  }
  json_builder_set_member_name (builder, "error");
  ctl_json_error (builder, error);
  ctl_json_string (builder, "next", next);
}

static char *
to_text (JsonNode *node)
{
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, node);
  return json_generator_to_data (generator, NULL);
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
  g_autoptr (JsonBuilder) builder = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (session->result != NULL)
    return to_text (session->result);
  builder = json_builder_new ();
  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", error == NULL ? "ok" : "failed");
  ctl_json_string (builder, "command", session->command->name);
  if ((session->command->takes & CTL_TAKES_RECORD) != 0)
    add_work (builder, session, error);
  add_ending (builder, session, error);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return to_text (node);
}

/**
 * ctl_json_progress:
 * @progress: how far the work is
 * @speed: bytes per second
 * @seconds_left: less than 0 where it is not known
 *
 * One line of --json=lines.
 *
 * Returns: (transfer full): the text, without a line's end
 */
char *
ctl_json_progress (const JmpProgress *progress, double speed, double seconds_left)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "progress");
  json_builder_begin_object (builder);
  ctl_json_string (builder, "phase", jmp_phase_to_string (progress->phase));
  ctl_json_real (builder, "fraction", progress->fraction);
  ctl_json_number (builder, "alt", progress->alt);
  ctl_json_number (builder, "address", progress->address);
  ctl_json_number (builder, "done", progress->phase_done);
  ctl_json_number (builder, "total", progress->phase_total);
  ctl_json_real (builder, "speed", speed);
  ctl_json_real (builder, "seconds_left", seconds_left);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return to_text (node);
}
