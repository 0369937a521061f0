/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/consent.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/guard.h"
#include "jumperctl/released.h"
#include "jumperctl/work.h"
#include "words/words.h"

#include <glib/gi18n.h>

static JmpPlan *
plan_erase (CtlSession *session, GError **error)
{
  const CtlOptions *options = &session->options;
  JmpDfuInfo *info = jmp_device_get_info (session->board->device);

  if (options->all)
    return jmp_plan_erase_all (info, options->alt, error);
  return jmp_plan_erase_range (
      info, options->alt, options->range_address, options->range_length, error);
}

static gboolean
erase_run (CtlSession *session, GError **error)
{
  g_autofree char *device = NULL;
  g_autofree char *plan = NULL;
  g_autofree char *question = NULL;

  if (session->options.all == session->options.has_range) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "erase: say either --range or --all");
    return FALSE;
  }
  if (!ctl_choose_device (session, error))
    return FALSE;
  session->board->plan = plan_erase (session, error);
  if (session->board->plan == NULL || !ctl_guard_learn (session, session->board, error)
      || !ctl_guard_check (session, session->board, error))
    return FALSE;
  device = jmp_words_device (session->board->device);
  plan = jmp_words_plan (session->board->plan);
  question = g_strdup_printf (_ ("%s: what is there now will be lost. %s Go on?"), device, plan);
  if (!ctl_consent (session, question, error) || !ctl_guard_keep (session, session->board, error))
    return FALSE;
  ctl_released_forget (session);
  if (!ctl_work_run (session, error))
    return FALSE;
  ctl_guard_report (session, session->board);
  return TRUE;
}

const CtlCommand ctl_command_erase = {
  .name = "erase",
  .summary = N_ ("Erase a board's memory, or some of its sectors, and see that they are blank."),
  .examples = "  jumperctl erase --range 0x08020000:128K\n"
              "  jumperctl erase --all --yes --overwrite files",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ALT | CTL_TAKES_RANGE | CTL_TAKES_ALL_MEMORY | CTL_TAKES_YES
           | CTL_TAKES_RECORD | CTL_TAKES_WAIT | CTL_TAKES_GUARD | CTL_TAKES_BOARD,
  .run = erase_run,
};
