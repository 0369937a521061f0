/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/firmware.h"
#include "jumperctl/guard.h"
#include "jumperctl/json.h"
#include "jumperctl/plain.h"
#include "jumperctl/released.h"
#include "jumperctl/wait.h"
#include "jumperctl/work.h"

#include <errno.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>

/* Says which of several boards an error is about. */
static gboolean
name_board (CtlSession *session, CtlBoard *board, GError **error)
{
  if (ctl_session_is_for_several (session))
    g_prefix_error (error, "%s: ", board->label);
  return FALSE;
}

/* The plan is the one that looks: what it refuses is refused before anything is done. */
static gboolean
prepare_board (CtlSession *session, CtlBoard *board, GPtrArray *images, GError **error)
{
  if (board->error != NULL)
    return TRUE;
  if (ctl_firmware_check_ids (session, board, images, error)
      && ctl_released_check (session, board, error) && ctl_guard_learn (session, board, error)) {
    const JmpPlanOptions how = ctl_guard_options (session, board);

    board->plan = jmp_plan_survey (
        session->image, jmp_device_get_info (board->device), &how, error);
  }
  if (board->plan == NULL || !ctl_guard_check (session, board, error))
    return name_board (session, board, error);
  ctl_plain_warn (session, board);
  return TRUE;
}

/* A folder that is to hold the files of several boards. The one that it is in must be there, so that a
 * name that was mistyped is found. */
static gboolean
make_folder (const char *path, GError **error)
{
  int problem;
  g_autofree char *name = NULL;

  if (path == NULL || g_file_test (path, G_FILE_TEST_IS_DIR) || g_mkdir (path, 0700) == 0)
    return TRUE;
  problem = errno;
  name = g_filename_display_name (path);
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_FILE,
               "%s: no folder for the files of several boards: %s",
               name,
               g_strerror (problem));
  return FALSE;
}

/* A backup of an earlier state is worth more than one of the state that is about to go: it is not
 * overwritten by accident. */
static gboolean
check_backup (CtlSession *session, CtlBoard *board, GError **error)
{
  if (!session->options.yes && g_file_test (board->backup_path, G_FILE_TEST_EXISTS)) {
    g_autofree char *name = g_filename_display_name (board->backup_path);

    session->wants_yes = TRUE;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_REFUSED,
                 "the backup %s is there already: it would be lost",
                 name);
    return FALSE;
  }
  return jmp_backup_file_check (board->backup_path, TRUE, error);
}

static gboolean
prepare_files (CtlSession *session, CtlBoard *board, GError **error)
{
  const CtlOptions *options = &session->options;
  JmpDfuInfo *info = jmp_device_get_info (board->device);

  if (board->error != NULL)
    return TRUE;
  board->backup_path = ctl_session_make_path (session, board, options->backup, ".dfu");
  if (board->backup_path == NULL)
    return ctl_guard_keep (session, board, error) || name_board (session, board, error);
  board->backup = jmp_plan_backup (info, info->dfuse ? 0 : options->alt, error);
  if (board->backup == NULL) {
    g_prefix_error (error, "planning the backup: ");
    return name_board (session, board, error);
  }
  return check_backup (session, board, error)
         && (ctl_guard_keep (session, board, error) || name_board (session, board, error));
}

static gboolean
do_flash (CtlSession *session, GError **error)
{
  const CtlOptions *options = &session->options;
  gboolean done;

  if (ctl_session_is_for_several (session)
      && (!make_folder (options->backup, error) || !make_folder (options->record, error)))
    return FALSE;
  for (guint i = 0; i < session->boards->len; i++) {
    if (!prepare_files (session, g_ptr_array_index (session->boards, i), error))
      return FALSE;
  }
  ctl_released_forget (session);
  done = ctl_work_run (session, error);
  ctl_released_remember (session);
  for (guint i = 0; done && i < session->boards->len; i++)
    ctl_guard_report (session, g_ptr_array_index (session->boards, i));
  return done;
}

static void
add_plan (JsonBuilder *builder, CtlSession *session, CtlBoard *board)
{
  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", "ok");
  ctl_json_string (builder, "command", session->command->name);
  ctl_json_boolean (builder, "dry_run", TRUE);
  ctl_json_string (builder, "device", board->label);
  ctl_json_string (builder, "file", session->file);
  ctl_json_plan (builder, board->plan);
  json_builder_end_object (builder);
}

static void
print_plan (CtlSession *session, CtlBoard *board)
{
  g_autofree char *text = jmp_plan_to_string (board->plan);

  if (ctl_session_is_for_several (session))
    ctl_session_print (session, "%s:\n", board->label);
  ctl_session_print (session, "%s", text);
}

static void
print_plans (CtlSession *session)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  gboolean several = ctl_session_is_for_several (session);

  if (several) {
    json_builder_begin_object (builder);
    ctl_json_string (builder, "result", "ok");
    ctl_json_string (builder, "command", session->command->name);
    ctl_json_boolean (builder, "dry_run", TRUE);
    json_builder_set_member_name (builder, "boards");
    json_builder_begin_array (builder);
  }
  for (guint i = 0; i < session->boards->len; i++) {
    CtlBoard *board = g_ptr_array_index (session->boards, i);

    if (board->plan == NULL)
      continue;
    add_plan (builder, session, board);
    print_plan (session, board);
  }
  if (several) {
    json_builder_end_array (builder);
    json_builder_end_object (builder);
  }
  session->result = json_builder_get_root (builder);
}

static gboolean
dry_run (CtlSession *session, GError **error)
{
  if (!ctl_work_run (session, error))
    return FALSE;
  print_plans (session);
  return TRUE;
}

static gboolean
take_images (CtlSession *session, GPtrArray *images, GError **error)
{
  session->image = ctl_firmware_join (images, error);
  return session->image != NULL;
}

/* Everything that can be known to go wrong is found before anything is begun on any board. */
static gboolean
flash_run (CtlSession *session, GError **error)
{
  const CtlOptions *options = &session->options;
  g_autoptr (GPtrArray) images = NULL;
  gboolean raw;
  gboolean found;

  if (!ctl_plain_read (session, &images, &raw, error)
      || (!raw && !take_images (session, images, error)))
    return FALSE;
  session->how = (JmpPlanOptions){
    .verify = !options->no_verify,
    .leave = !options->no_leave,
    .full = options->full,
    .preserve = options->preserve,
  };
  if (ctl_guard_writes_options (session))
    ctl_wait_follow (session);
  found = ctl_session_is_for_several (session) ? ctl_choose_devices (session, error)
                                               : ctl_choose_device (session, error);
  if (!found)
    return ctl_plain_fail (session, raw, error);
  if (raw) {
    images = ctl_plain_read_placed (session, error);
    found = images != NULL && take_images (session, images, error);
  }
  for (guint i = 0; found && i < session->boards->len; i++)
    found = prepare_board (session, g_ptr_array_index (session->boards, i), images, error);
  if (!found)
    return FALSE;
  return options->dry_run ? dry_run (session, error) : do_flash (session, error);
}

const CtlCommand ctl_command_flash = {
  .name = "flash",
  .parameters = N_ ("FILE… | BOARD[-VARIANT][@VERSION]"),
  .summary = N_ ("Write firmware to a board, read every byte back, and start it."),
  .examples = "  jumperctl flash firmware.dfu\n"
              "  jumperctl flash PYBV11@1.29.0\n"
              "  jumperctl flash firmware.dfu --backup before.dfu\n"
              "  jumperctl flash firmware.dfu --all --wait\n"
              "  jumperctl flash firmware.bin --address 0x08000000 --dry-run\n"
              "  jumperctl flash firmware.dfu -d virtual:pyboard,flash=board.bin",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ALL_BOARDS | CTL_TAKES_ALT | CTL_TAKES_ADDRESS
           | CTL_TAKES_FLASH | CTL_TAKES_YES | CTL_TAKES_RECORD | CTL_TAKES_WAIT | CTL_TAKES_CHANNEL
           | CTL_TAKES_OFFLINE | CTL_TAKES_CHANGED | CTL_TAKES_GUARD | CTL_TAKES_BOARD
           | CTL_TAKES_FAMILY,
  .min_files = 1,
  .max_files = 64,
  .run = flash_run,
};
