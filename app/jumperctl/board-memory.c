/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/board-memory.h"

#include "device/identity.h"
#include "release/version.h"

#include <glib/gi18n.h>

/* What the board is remembered by; %NULL for one that cannot be told from others. A practice board is
 * the one that has its memory in a certain file. */
static char *
make_key (JmpDevice *device, const char *memory)
{
  const char *serial = jmp_device_get_serial (device);
  g_autofree char *hash = NULL;

  if (!jmp_device_is_practice (device))
    return g_strdup (jmp_serial_is_unique (serial) ? serial : NULL);
  if (memory == NULL)
    return NULL;
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, memory, -1);
  return g_strconcat ("practice ", hash, NULL);
}

static JmpKnownBoard *
find (JmpDevice *device, const char *memory)
{
  g_autoptr (JmpKnownBoards) boards = jmp_known_boards_new (NULL);
  g_autofree char *key = make_key (device, memory);
  JmpKnownBoard *known = jmp_known_boards_find (boards, key);

  if (known == NULL && jmp_device_get_info (device) == NULL)
    known = jmp_known_boards_find_running (boards, key);
  return known;
}

/**
 * ctl_board_memory_find_build:
 * @device: a board
 * @memory: (nullable): of a practice board, the file that it keeps its memory in
 *
 * Returns: (transfer full) (nullable): which board it is, and which build it takes, as it was said or
 *   seen before: "PYBV11-DP"
 */
char *
ctl_board_memory_find_build (JmpDevice *device, const char *memory)
{
  g_autoptr (JmpKnownBoard) known = find (device, memory);

  if (known == NULL || known->board_id == NULL)
    return NULL;
  return known->variant != NULL ? g_strdup_printf ("%s-%s", known->board_id, known->variant)
                                : g_strdup (known->board_id);
}

/**
 * ctl_board_memory_find_version:
 * @board: a board with a device
 * @board_id: which kind of board it should be
 *
 * Returns: (transfer full) (nullable): the version that it was given last, if that was for such a board
 */
char *
ctl_board_memory_find_version (const CtlBoard *board, const char *board_id)
{
  g_autoptr (JmpKnownBoard) known = find (board->device, board->memory);

  if (known == NULL || g_strcmp0 (known->board_id, board_id) != 0 || known->version == NULL
      || !jmp_version_is_valid (known->version))
    return NULL;
  return g_steal_pointer (&known->version);
}

static void
keep (JmpKnownBoards *boards, CtlBoard *board, const JmpKnownBoard *known)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  if (!jmp_known_boards_set (boards, known, &error))
    ctl_board_warn (board, _ ("What is known of this board cannot be kept: %s."), error->message);
  problem = jmp_known_boards_steal_problem (boards);
  if (problem != NULL && error == NULL)
    ctl_board_warn (board, _ ("What was known of this board is lost: %s."), problem->message);
}

/**
 * ctl_board_memory_note:
 * @board: a board with a device
 * @release: what it has now
 *
 * Remembers which kind of board it is, which build it takes, and which version it has, where it can be
 * told from others. Where that cannot be kept, the board says so.
 */
void
ctl_board_memory_note (CtlBoard *board, const JmpRelease *release)
{
  g_autoptr (JmpKnownBoards) boards = jmp_known_boards_new (NULL);
  g_autofree char *key = make_key (board->device, board->memory);
  g_autoptr (JmpKnownBoard) known = jmp_known_boards_find (boards, key);

  if (key == NULL)
    return;
  if (known == NULL) {
    known = g_new0 (JmpKnownBoard, 1);
    known->serial = g_steal_pointer (&key);
  }
  g_free (known->board_id);
  g_free (known->variant);
  g_free (known->version);
  known->board_id = g_strdup (release->board_id);
  known->variant = g_strdup (release->variant);
  known->version = g_strdup (release->version);
  known->unfinished = FALSE;
  keep (boards, board, known);
}

/**
 * ctl_board_memory_forget:
 * @board: a board that is about to change
 *
 * Its version is not known any more. Which kind of board it is stays.
 */
void
ctl_board_memory_forget (CtlBoard *board)
{
  g_autoptr (JmpKnownBoards) boards = jmp_known_boards_new (NULL);
  g_autofree char *key = board->device != NULL ? make_key (board->device, board->memory) : NULL;
  g_autoptr (JmpKnownBoard) known = jmp_known_boards_find (boards, key);

  if (known == NULL || known->version == NULL)
    return;
  g_clear_pointer (&known->version, g_free);
  keep (boards, board, known);
}
