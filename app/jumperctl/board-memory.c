/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/board-memory.h"

#include "device/identity.h"
#include "device/practice.h"
#include "release/version.h"

#define KEY_BOARD   "board"
#define KEY_VERSION "version"

static char *
make_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "jumper", "boards.ini", NULL);
}

/* The name of the board's group, which holds nothing that the board says; %NULL for one that cannot be
 * told from others. */
static char *
make_group (const CtlBoard *board)
{
  const char *serial = jmp_device_get_serial (board->device);

  if (jmp_device_is_practice (board->device))
    return board->memory != NULL
               ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, board->memory, -1)
               : NULL;
  return jmp_serial_is_unique (serial)
             ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, serial, -1)
             : NULL;
}

static GKeyFile *
load (void)
{
  g_autofree char *path = make_path ();
  GKeyFile *file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

/**
 * ctl_board_memory_find:
 * @board: a board with a device
 * @board_id: which kind of board it should be
 *
 * Returns: (transfer full) (nullable): the version that it was given last, if that was known to be for
 *   such a board
 */
char *
ctl_board_memory_find (const CtlBoard *board, const char *board_id)
{
  g_autofree char *group = make_group (board);
  g_autoptr (GKeyFile) file = group != NULL ? load () : NULL;
  g_autofree char *known = NULL;
  g_autofree char *version = NULL;

  if (file == NULL)
    return NULL;
  known = g_key_file_get_string (file, group, KEY_BOARD, NULL);
  version = g_key_file_get_string (file, group, KEY_VERSION, NULL);
  if (g_strcmp0 (known, board_id) != 0 || version == NULL || !jmp_version_is_valid (version))
    return NULL;
  return g_steal_pointer (&version);
}

/**
 * ctl_board_memory_note:
 * @board: a board with a device
 * @board_id: (nullable): which kind of board it is
 * @version: (nullable): the version that it has now; %NULL when that is not known any more
 *
 * Keeps it, where that is possible.
 */
void
ctl_board_memory_note (const CtlBoard *board, const char *board_id, const char *version)
{
  g_autofree char *group = board->device != NULL ? make_group (board) : NULL;
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *path = make_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  if (group == NULL)
    return;
  file = load ();
  if (version == NULL && !g_key_file_has_group (file, group))
    return;
  if (version != NULL) {
    g_key_file_set_string (file, group, KEY_BOARD, board_id);
    g_key_file_set_string (file, group, KEY_VERSION, version);
  } else {
    g_key_file_remove_group (file, group, NULL);
  }
  if (g_mkdir_with_parents (folder, 0700) == 0)
    g_key_file_save_to_file (file, path, NULL);
}
