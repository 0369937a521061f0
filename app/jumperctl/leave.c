/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/work.h"

#include <glib/gi18n.h>

/* Where programs of an STM32 begin, for a board that does not say where its memory is. */
#define FLASH_BASE 0x08000000

static guint32
start_of_memory (const JmpDfuInfo *info)
{
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);
    JmpSector first;

    if (alt->layout != NULL && jmp_layout_get_sector (alt->layout, 0, &first))
      return first.address;
  }
  return FLASH_BASE;
}

static gboolean
leave_run (CtlSession *session, GError **error)
{
  JmpDfuInfo *info;
  guint32 address;

  if (!ctl_choose_device (session, error))
    return FALSE;
  info = jmp_device_get_info (session->board->device);
  address = session->options.has_address ? session->options.address : start_of_memory (info);
  session->board->plan = jmp_plan_leave (info, address, error);
  return session->board->plan != NULL && ctl_work_run (session, error);
}

const CtlCommand ctl_command_leave = {
  .name = "leave",
  .summary = N_ ("Start the program that is on a board, and leave DFU mode."),
  .examples = "  jumperctl leave\n"
              "  jumperctl leave --address 0x08020000",
  .takes = CTL_TAKES_DEVICE | CTL_TAKES_ADDRESS | CTL_TAKES_RECORD | CTL_TAKES_WAIT,
  .run = leave_run,
};
