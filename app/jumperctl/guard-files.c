/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The person's files on a board that nobody has named. */

#include "config.h"

#include "board/look.h"
#include "jumperctl/evidence.h"
#include "jumperctl/guard.h"

/**
 * ctl_guard_learn_from_flash:
 * @session: a session
 * @board: a board with a plan, of which ctl_guard_learn() learned
 * @error: %G_IO_ERROR_CANCELLED
 *
 * The ids and the map of ST's boot loader are those of many boards. Where files are that the plan could
 * take, the firmware in the flash is asked which board it is. A flash that cannot be read is no error.
 *
 * Returns: %FALSE with @error set
 */
gboolean
ctl_guard_learn_from_flash (CtlSession *session, CtlBoard *board, GError **error)
{
  JmpCatalogue *catalogue = ctl_evidence_catalogue ();
  g_autoptr (CtlEvidence) evidence = NULL;

  if (board->restores || board->regions->board != NULL || catalogue == NULL)
    return TRUE;
  if (!jmp_look_finds_files (catalogue, board->device, board->plan, session->cancellable))
    return !g_cancellable_set_error_if_cancelled (session->cancellable, error);
  evidence = ctl_evidence_look (session, board, error);
  if (evidence == NULL)
    return FALSE;
  if (evidence->choice == NULL || evidence->choice->sure == NULL)
    return TRUE;
  jmp_regions_free (board->regions);
  board->regions = jmp_regions_new_for_device (
      catalogue, board->device, evidence->choice->sure->board->id);
  return TRUE;
}
