/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "device/practice.h"
#include "flash/plan.h"
#include "image/reader.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Whether the file fits the board that was asked about. */
typedef struct {
  gboolean asked;
  char *name;
  const char *kind;
  gboolean ids_match;
  GError *problem;
} Fit;

static void
fit_clear (Fit *self)
{
  g_free (self->name);
  g_clear_error (&self->problem);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fit, fit_clear)

static JmpDevice *
make_part (const char *name, GError **error)
{
  const char *const *kinds = jmp_virtual_board_kinds ();
  g_autoptr (JmpVirtualBoard) board = NULL;
  g_autofree char *known = g_strjoinv (", ", (char **)kinds);

  if (!g_strv_contains (kinds, name)) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_USAGE, "--part %s: not known; there are %s", name, known);
    return NULL;
  }
  board = jmp_virtual_board_new (name, error);
  return board != NULL ? jmp_practice_device_new (board, error) : NULL;
}

/* Tries out a plan; only what is wrong with the file is an answer, all else is an error. */
static gboolean
try_fit (CtlSession *session, JmpImage *image, Fit *fit, GError **error)
{
  const CtlOptions *options = &session->options;
  const JmpPlanOptions how = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (JmpDevice) part = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  JmpDfuInfo *info;

  if (options->part == NULL && options->devices == NULL)
    return TRUE;
  if (options->part != NULL)
    part = make_part (options->part, error);
  else if (ctl_choose_device (session, error))
    part = g_object_ref (session->board->device);
  if (part == NULL)
    return FALSE;
  info = jmp_device_get_info (part);
  fit->asked = TRUE;
  fit->kind = options->part != NULL ? "part" : "device";
  fit->name = g_strdup (options->part != NULL ? options->part : jmp_device_get_id (part));
  fit->ids_match = !jmp_image_names_board (image) || jmp_image_is_for (image, info->vid, info->pid);
  plan = jmp_plan_flash (image, info, &how, &fit->problem);
  return TRUE;
}

static void
add_vector (JsonBuilder *builder, JmpImage *image)
{
  JmpVectorTable table;

  json_builder_set_member_name (builder, "vector");
  if (!jmp_image_find_vector_table (image, &table)) {
    json_builder_add_null_value (builder);
    return;
  }
  json_builder_begin_object (builder);
  ctl_json_number (builder, "address", table.address);
  ctl_json_number (builder, "stack", table.stack);
  ctl_json_number (builder, "reset", table.reset);
  json_builder_end_object (builder);
}

static void
add_target (JsonBuilder *builder, const JmpImageTarget *target)
{
  json_builder_begin_object (builder);
  ctl_json_number (builder, "alt", target->alt);
  ctl_json_string (builder, "name", target->name);
  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, segment->bytes);

    json_builder_begin_object (builder);
    ctl_json_number (builder, "address", segment->address);
    ctl_json_number (builder, "size", g_bytes_get_size (segment->bytes));
    ctl_json_string (builder, "sha256", sum);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_fits (JsonBuilder *builder, const Fit *fit)
{
  json_builder_set_member_name (builder, "fits");
  json_builder_begin_array (builder);
  if (fit->asked) {
    json_builder_begin_object (builder);
    ctl_json_string (builder, fit->kind, fit->name);
    ctl_json_boolean (builder, "fits", fit->problem == NULL);
    ctl_json_boolean (builder, "ids_match", fit->ids_match);
    json_builder_set_member_name (builder, "problem");
    ctl_json_error (builder, fit->problem);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static JsonNode *
to_json (CtlSession *session, JmpImage *image, const Fit *fit)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  const char *const *warnings = jmp_image_get_warnings (image);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "file", session->file);
  ctl_json_string (builder, "format", jmp_image_format_to_string (jmp_image_get_format (image)));
  ctl_json_number (builder, "size", jmp_image_get_size (image));
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    add_target (builder, jmp_image_get_target (image, i));
  json_builder_end_array (builder);
  ctl_json_id (builder, "vid", jmp_image_get_vid (image));
  ctl_json_id (builder, "pid", jmp_image_get_pid (image));
  ctl_json_string (builder, "crc", jmp_crc_state_to_string (jmp_image_get_crc (image)));
  add_vector (builder, image);
  add_fits (builder, fit);
  json_builder_set_member_name (builder, "warnings");
  json_builder_begin_array (builder);
  for (; warnings != NULL && *warnings != NULL; warnings++)
    json_builder_add_string_value (builder, *warnings);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_targets (CtlSession *session, JmpImage *image)
{
  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);

    for (guint i = 0; i < target->n_segments; i++) {
      gsize length = g_bytes_get_size (target->segments[i].bytes);
      g_autofree char *range = jmp_words_range (target->segments[i].address, length);
      g_autofree char *size = jmp_words_size (length);

      ctl_session_print (session, _ ("  alt %u  %s  %s\n"), target->alt, range, size);
    }
  }
}

static void
print_image (CtlSession *session, JmpImage *image, const Fit *fit)
{
  g_autofree char *text = jmp_words_image (image);
  g_autofree char *made_for = jmp_words_made_for (image);
  JmpVectorTable table;

  ctl_session_print (session, "%s: %s\n", session->file, text);
  print_targets (session, image);
  if (made_for != NULL)
    ctl_session_print (session, "  %s\n", made_for);
  if (jmp_image_find_vector_table (image, &table))
    ctl_session_print (session,
                       _ ("  program at 0x%08X: stack 0x%08X, starts at 0x%08X\n"),
                       table.address,
                       table.stack,
                       table.reset & ~1u);
  if (!fit->asked)
    return;
  if (fit->problem == NULL)
    ctl_session_print (session, _ ("  fits the memory map of %s\n"), fit->name);
  if (!fit->ids_match)
    ctl_session_print (session, _ ("  names another board than %s\n"), fit->name);
}

static JmpImage *
read_file (CtlSession *session, GError **error)
{
  const JmpReadOptions how = {
    .has_address = session->options.has_address,
    .address = session->options.address,
    .alt = session->options.alt,
    .accept_damaged = TRUE,
  };
  g_autoptr (GFile) file = g_file_new_for_path (session->options.files[0]);

  session->file = g_filename_display_name (session->options.files[0]);
  return jmp_image_read_file (file, &how, session->cancellable, error);
}

static gboolean
inspect_run (CtlSession *session, GError **error)
{
  g_autoptr (JmpImage) image = NULL;
  g_auto (Fit) fit = { 0 };
  const char *const *warnings;

  if (session->options.part != NULL && session->options.devices != NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "either --device or --part, not both");
    return FALSE;
  }
  image = read_file (session, error);
  if (image == NULL || !try_fit (session, image, &fit, error))
    return FALSE;
  session->result = to_json (session, image, &fit);
  print_image (session, image, &fit);
  warnings = jmp_image_get_warnings (image);
  for (; warnings != NULL && *warnings != NULL; warnings++)
    ctl_session_warn (session, "%s: %s", session->file, *warnings);
  if (jmp_image_get_crc (image) == JMP_CRC_BAD) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "%s: its check sum is wrong", session->file);
    return FALSE;
  }
  if (fit.problem != NULL) {
    g_propagate_prefixed_error (
        error, g_steal_pointer (&fit.problem), "%s on %s: ", session->file, fit.name);
    return FALSE;
  }
  return TRUE;
}

const CtlCommand ctl_command_inspect = {
  .name = "inspect",
  .parameters = N_ ("FILE"),
  .summary = N_ ("Show what is in a firmware file, and whether it fits a board."),
  .examples = "  jumperctl inspect firmware.dfu\n"
              "  jumperctl inspect firmware.dfu --part pyboard\n"
              "  jumperctl inspect firmware.bin --address 0x08000000 -d virtual:nucleo-h743",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_PART | CTL_TAKES_ALT | CTL_TAKES_ADDRESS,
  .min_files = 1,
  .max_files = 1,
  .run = inspect_run,
};
