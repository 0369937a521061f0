/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/firmware.h"
#include "jumperctl/json.h"
#include "jumperctl/work.h"

#include <glib/gi18n.h>

static JmpPlan *
plan_flash (CtlSession *session, JmpImage *image, GError **error)
{
  const JmpPlanOptions how = {
    .verify = !session->options.no_verify,
    .leave = !session->options.no_leave,
  };

  return jmp_plan_flash (image, jmp_device_get_info (session->device), &how, error);
}

static void
print_plan (CtlSession *session)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *text = jmp_plan_to_string (session->plan);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "result", "ok");
  ctl_json_string (builder, "command", session->command->name);
  ctl_json_boolean (builder, "dry_run", TRUE);
  ctl_json_string (builder, "device", jmp_device_get_id (session->device));
  ctl_json_string (builder, "file", session->file);
  ctl_json_plan (builder, session->plan);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
  ctl_session_print (session, "%s", text);
}

/* A backup of an earlier state is worth more than one of the state that is about to go: it is not
 * overwritten by accident. */
static gboolean
check_backup (CtlSession *session, GError **error)
{
  if (session->options.backup == NULL)
    return TRUE;
  if (!session->options.yes && g_file_test (session->options.backup, G_FILE_TEST_EXISTS)) {
    g_autofree char *name = g_filename_display_name (session->options.backup);

    session->wants_yes = TRUE;
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_REFUSED,
                 "the backup %s is there already: it would be lost",
                 name);
    return FALSE;
  }
  return jmp_backup_file_check (session->options.backup, TRUE, error);
}

static gboolean
do_flash (CtlSession *session, GError **error)
{
  g_autoptr (JmpPlan) backup = NULL;

  if (session->options.backup != NULL) {
    backup = jmp_plan_backup (jmp_device_get_info (session->device), 0, error);
    if (backup == NULL) {
      g_prefix_error (error, "planning the backup: ");
      return FALSE;
    }
  }
  if (!check_backup (session, error) || !ctl_work_run (session, backup, error))
    return FALSE;
  if (session->options.no_verify)
    ctl_session_warn (session, "%s", _ ("What was written was not verified."));
  return TRUE;
}

static gboolean
flash_run (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) images = ctl_firmware_read (session, error);
  g_autoptr (JmpImage) image = NULL;

  if (images == NULL)
    return FALSE;
  image = ctl_firmware_join (images, error);
  if (image == NULL || !ctl_choose_device (session, error)
      || !ctl_firmware_check_ids (session, images, error))
    return FALSE;
  session->plan = plan_flash (session, image, error);
  if (session->plan == NULL)
    return FALSE;
  if (!session->options.dry_run)
    return do_flash (session, error);
  print_plan (session);
  return TRUE;
}

const CtlCommand ctl_command_flash = {
  .name = "flash",
  .parameters = N_ ("FILE…"),
  .summary = N_ ("Write firmware to a board, read every byte back, and start it."),
  .examples = "  jumperctl flash firmware.dfu\n"
              "  jumperctl flash firmware.dfu --backup before.dfu\n"
              "  jumperctl flash firmware.bin --address 0x08000000 --dry-run\n"
              "  jumperctl flash firmware.dfu -d virtual:pyboard,flash=board.bin",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ALL_BOARDS | CTL_TAKES_ALT | CTL_TAKES_ADDRESS
           | CTL_TAKES_FLASH | CTL_TAKES_YES | CTL_TAKES_RECORD,
  .min_files = 1,
  .max_files = 64,
  .run = flash_run,
};
