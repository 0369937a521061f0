/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "device/practice.h"
#include "flash/plan.h"
#include "image/reader.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/image.h"
#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Whether the file fits what was asked about. @report: how well; @problem: why not. */
typedef struct {
  gboolean asked;
  char *name;
  const char *kind;
  gboolean ids_match;
  JmpFitReport *report;
  GError *problem;
} Fit;

static void
fit_clear (Fit *self)
{
  g_free (self->name);
  g_clear_pointer (&self->report, jmp_fit_report_unref);
  g_clear_error (&self->problem);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fit, fit_clear)

static void
compare_device (JmpImage *image, JmpDevice *device, Fit *fit)
{
  const JmpPlanOptions how = JMP_PLAN_OPTIONS_DEFAULT;
  JmpDfuInfo *info = jmp_device_get_info (device);
  JmpPlan *plan = jmp_plan_flash (image, info, &how, &fit->problem);

  fit->ids_match = !jmp_image_names_board (image) || jmp_image_is_for (image, info->vid, info->pid);
  fit->report = jmp_fit_check_info (image, info);
  g_clear_pointer (&plan, jmp_plan_unref);
}

/* A practice board, by its kind. */
static gboolean
compare_kind (JmpImage *image, const char *kind, Fit *fit, GError **error)
{
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (kind, error);
  g_autoptr (JmpDevice) device = board != NULL ? jmp_practice_device_new (board, error) : NULL;

  if (device != NULL)
    compare_device (image, device, fit);
  return device != NULL;
}

/* A chip, by its ordering code; a file does not name chips, so any ids match. */
static gboolean
compare_part (JmpImage *image, const char *code, Fit *fit, GError **error)
{
  g_autoptr (JmpParts) parts = jmp_parts_new_built_in (error);
  g_autoptr (GError) problem = NULL;
  const JmpPart *part = parts != NULL ? jmp_parts_lookup (parts, code, &problem) : NULL;

  if (part == NULL) {
    if (problem != NULL)
      g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "--part %s: %s", code, problem->message);
    return FALSE;
  }
  g_free (fit->name);
  fit->name = g_strdup (part->name);
  fit->ids_match = TRUE;
  fit->report = jmp_fit_check_part (image, parts, part);
  fit->problem = jmp_fit_report_to_error (fit->report);
  return TRUE;
}

/* What is wrong with the file is an answer, all else is an error. */
static gboolean
try_fit (CtlSession *session, JmpImage *image, Fit *fit, GError **error)
{
  const CtlOptions *options = &session->options;

  if (options->part == NULL && options->devices == NULL)
    return TRUE;
  fit->asked = TRUE;
  fit->kind = options->part != NULL ? "part" : "device";
  if (options->part != NULL) {
    fit->name = g_strdup (options->part);
    return g_strv_contains (jmp_virtual_board_kinds (), options->part)
               ? compare_kind (image, options->part, fit, error)
               : compare_part (image, options->part, fit, error);
  }
  if (!ctl_choose_device (session, error))
    return FALSE;
  fit->name = g_strdup (jmp_device_get_id (session->board->device));
  compare_device (image, session->board->device, fit);
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
add_fits (JsonBuilder *builder, const Fit *fit)
{
  json_builder_set_member_name (builder, "fits");
  json_builder_begin_array (builder);
  if (fit->asked) {
    json_builder_begin_object (builder);
    ctl_json_string (builder, fit->kind, fit->name);
    ctl_json_boolean (builder, "fits", fit->problem == NULL);
    ctl_json_boolean (builder, "ids_match", fit->ids_match);
    ctl_fit_json (builder, fit->report);
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
  ctl_image_json (builder, image);
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
print_image (CtlSession *session, JmpImage *image, const Fit *fit)
{
  g_autofree char *text = jmp_words_image (image);
  g_autofree char *made_for = jmp_words_made_for (image);
  JmpVectorTable table;

  ctl_session_print (session, "%s: %s\n", session->file, text);
  ctl_image_print (session, image);
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
  ctl_fit_print (session, fit->report);
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
    .has_family = session->options.has_family,
    .family = session->options.family,
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
              "  jumperctl inspect firmware.elf --part STM32F103C8\n"
              "  jumperctl inspect firmware.bin --address 0x08000000 -d virtual:nucleo-h743",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_PART | CTL_TAKES_ALT | CTL_TAKES_ADDRESS | CTL_TAKES_FAMILY,
  .min_files = 1,
  .max_files = 1,
  .run = inspect_run,
};
