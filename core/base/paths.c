/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/paths.h"

/* Longer names than this are no good everywhere. */
#define MAX_NAME 100

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

/**
 * jmp_paths_safe_name:
 * @text: any text, such as what a board says of itself
 *
 * Makes a name of it that is safe for a file or a folder: of letters, digits and "-_+". A dot never
 * stands in it.
 *
 * Returns: (transfer full): the name; a checksum for a text that is too long
 */
char *
jmp_paths_safe_name (const char *text)
{
  GString *name = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++) {
    if (g_ascii_isalnum (*at) || *at == '-' || *at == '_')
      g_string_append_c (name, *at);
    else
      g_string_append_printf (name, "+%02X", (guint8)*at);
  }
  if (name->len > MAX_NAME) {
    g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);

    g_string_assign (name, sum);
  }
  return g_string_free (name, FALSE);
}
