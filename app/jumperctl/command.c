/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/command.h"

/**
 * ctl_commands:
 *
 * All commands, in the order of the help.
 *
 * Returns: (transfer none): up to %NULL
 */
const CtlCommand *const *
ctl_commands (void)
{
  static const CtlCommand *const commands[] = {
    &ctl_command_list,
    &ctl_command_info,
    &ctl_command_inspect,
    &ctl_command_flash,
    &ctl_command_verify,
    &ctl_command_backup,
    &ctl_command_backups,
    &ctl_command_restore,
    &ctl_command_erase,
    &ctl_command_unprotect,
    &ctl_command_leave,
    &ctl_command_version,
    &ctl_command_bootloader,
    &ctl_command_doctor,
    &ctl_command_pack,
    &ctl_command_unpack,
    &ctl_command_releases,
    &ctl_command_fetch,
    NULL,
  };

  return commands;
}

/**
 * ctl_command_find:
 * @name: what was typed
 *
 * The command of this very name; a prefix is no name.
 *
 * Returns: (transfer none) (nullable): the command
 */
const CtlCommand *
ctl_command_find (const char *name)
{
  for (const CtlCommand *const *c = ctl_commands (); *c != NULL; c++) {
    if (g_str_equal ((*c)->name, name))
      return *c;
  }
  return NULL;
}
