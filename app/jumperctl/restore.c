/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/backups.h"
#include "jumperctl/consent.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/firmware.h"
#include "jumperctl/guard.h"
#include "jumperctl/leave-out.h"
#include "jumperctl/plain.h"
#include "jumperctl/released.h"
#include "jumperctl/wait.h"
#include "jumperctl/work.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* Where a raw backup belongs: at the start of the memory whose size it has, if that is in one piece. */
static gboolean
find_base (const JmpDfuInfo *info, guint8 alt_number, guint64 size, guint32 *out)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, alt_number);
  const JmpSectorRun *runs;
  guint64 next;
  guint n = 0;

  if (alt == NULL || alt->layout == NULL || jmp_layout_get_size (alt->layout) != size)
    return FALSE;
  runs = jmp_layout_get_runs (alt->layout, &n);
  next = n > 0 ? runs[0].address : 0;
  for (guint i = 0; i < n; i++) {
    if (runs[i].address != next)
      return FALSE;
    next += (guint64)runs[i].size * runs[i].count;
  }
  *out = n > 0 ? runs[0].address : 0;
  return n > 0;
}

/* Gives a raw file the address of the whole memory, if it has its size. */
static void
place_raw_file (CtlSession *session)
{
  CtlOptions *options = &session->options;
  g_autoptr (GFile) file = g_file_new_for_path (options->files[0]);
  g_autoptr (GFileInfo) about = g_file_query_info (
      file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE, NULL, NULL);

  if (ctl_plain_place (session))
    return;
  options->has_address = about != NULL
                         && find_base (jmp_device_get_info (session->board->device),
                                       options->alt,
                                       (guint64)g_file_info_get_size (about),
                                       &options->address);
}

static char *
question (CtlSession *session)
{
  g_autofree char *device = jmp_words_device (session->board->device);
  g_autofree char *plan = jmp_words_plan (session->board->plan);

  return g_strdup_printf (_ ("%s: what is there now will be lost. %s Go on?"), device, plan);
}

/* What is not a program (files, an empty board) is not started. */
static JmpPlan *
plan_restore (CtlSession *session, JmpImage *image, GError **error)
{
  JmpVectorTable table;
  JmpPlanOptions how;

  if (!ctl_guard_learn (session, session->board, error))
    return NULL;
  session->image = ctl_leave_out (session, session->board, image, error);
  if (session->image == NULL)
    return NULL;
  session->how = (JmpPlanOptions)JMP_PLAN_OPTIONS_DEFAULT;
  session->how.leave = jmp_image_find_vector_table (session->image, &table);
  how = ctl_guard_options (session, session->board);
  return jmp_plan_survey (
      session->image, jmp_device_get_info (session->board->device), &how, error);
}

static gboolean
restore_run (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) images = NULL;
  g_autofree char *text = NULL;
  gboolean raw;

  if (!ctl_backups_resolve (session, error))
    return FALSE;
  if (ctl_guard_writes_options (session))
    ctl_wait_follow (session);
  if (!ctl_plain_read (session, &images, &raw, error) || !ctl_choose_device (session, error))
    return FALSE;
  if (raw) {
    place_raw_file (session);
    images = ctl_firmware_read (session, error);
  }
  if (images == NULL || !ctl_firmware_check_ids (session, session->board, images, error))
    return FALSE;
  session->board->restores = TRUE;
  session->board->plan = plan_restore (session, g_ptr_array_index (images, 0), error);
  if (session->board->plan == NULL || !ctl_guard_check (session, session->board, error))
    return FALSE;
  ctl_plain_warn (session, session->board);
  text = question (session);
  if (!ctl_consent (session, text, error) || !ctl_guard_keep (session, session->board, error))
    return FALSE;
  ctl_released_forget (session);
  if (!ctl_work_run (session, error))
    return FALSE;
  ctl_guard_report (session, session->board);
  return TRUE;
}

const CtlCommand ctl_command_restore = {
  .name = "restore",
  .parameters = N_ ("FILE"),
  .summary = N_ ("Put a backup back on a board, and read every byte back."),
  .examples = "  jumperctl restore before.dfu\n"
              "  jumperctl restore files.bin --address 0x08004000 --yes",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ALT | CTL_TAKES_ADDRESS | CTL_TAKES_YES | CTL_TAKES_RECORD
           | CTL_TAKES_WAIT | CTL_TAKES_GUARD | CTL_TAKES_BOARD,
  .min_files = 1,
  .max_files = 1,
  .run = restore_run,
};
