/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/paths.h"

/**
 * jmp_paths_data:
 *
 * The folder of what belongs to the person, and would be missed: what is known of their boards. (XDG
 * Base Directory Specification, $XDG_DATA_HOME.)
 *
 * Returns: (transfer full) (type filename): the folder, which need not be there
 */
char *
jmp_paths_data (void)
{
  return g_build_filename (g_get_user_data_dir (), "jumper", NULL);
}

/**
 * jmp_paths_state:
 *
 * The folder of what is remembered from one run to the next and is of no use on another computer: the
 * speeds of boards, and what belongs to them. (XDG Base Directory Specification, $XDG_STATE_HOME.)
 *
 * Returns: (transfer full) (type filename): the folder, which need not be there
 */
char *
jmp_paths_state (void)
{
  return g_build_filename (g_get_user_state_dir (), "jumper", NULL);
}

/**
 * jmp_paths_recovery:
 *
 * The folder of the bytes that were taken off boards and are not back in place.
 *
 * Returns: (transfer full) (type filename): the folder, which need not be there
 */
char *
jmp_paths_recovery (void)
{
  return g_build_filename (g_get_user_state_dir (), "jumper", "recovery", NULL);
}
