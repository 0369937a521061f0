/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "flash/backup-file.h"
#include "jumperctl/backups.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/work.h"

#include <glib/gi18n.h>

/* Whether it goes to the other backups on this computer, and not into a file. */
static gboolean
is_kept (CtlSession *session)
{
  return session->options.files == NULL || session->options.files[0] == NULL;
}

static JmpPlan *
plan_backup (CtlSession *session, GError **error)
{
  const CtlOptions *options = &session->options;
  JmpDfuInfo *info = jmp_device_get_info (session->board->device);

  if (!options->has_range && !options->has_alt && is_kept (session))
    return jmp_plan_backup_all (info, TRUE, error);
  if (!options->has_range)
    return jmp_plan_backup (info, options->alt, error);
  return jmp_plan_backup_range (
      info, options->alt, options->range_address, options->range_length, error);
}

/* The file that was asked for may be there already: naming it says what to do with it. It is
 * replaced only by a complete backup. */
static gboolean
backup_run (CtlSession *session, GError **error)
{
  const char *path = is_kept (session) ? NULL : session->options.files[0];
  const JmpOutcome *outcome;

  if (path != NULL)
    session->file = g_filename_display_name (path);
  if ((path != NULL && !jmp_backup_file_check (path, TRUE, error))
      || !ctl_choose_device (session, error))
    return FALSE;
  session->board->plan = plan_backup (session, error);
  if (session->board->plan == NULL || !ctl_work_run (session, error))
    return FALSE;
  outcome = jmp_job_get_outcome (session->board->job);
  if (path == NULL)
    return ctl_backups_keep (session, outcome->read, error);
  if (!jmp_backup_file_save (outcome->read, path, jmp_backup_format_for_path (path), error))
    return FALSE;
  ctl_session_print (session, _ ("Kept in %s.\n"), session->file);
  return TRUE;
}

const CtlCommand ctl_command_backup = {
  .name = "backup",
  .parameters = N_ ("[FILE]"),
  .summary = N_ (
      "Read a board's memory into a file (.dfu, or .bin for the bytes alone), or keep it on "
      "this computer."),
  .examples = "  jumperctl backup\n"
              "  jumperctl backup before.dfu\n"
              "  jumperctl backup files.bin --range 0x08004000:112K",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ALT | CTL_TAKES_RANGE | CTL_TAKES_RECORD | CTL_TAKES_WAIT,
  .min_files = 0,
  .max_files = 1,
  .run = backup_run,
};
