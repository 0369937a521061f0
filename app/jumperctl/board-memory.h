/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which release a board was given last from this computer: a file in the state folder, in which a
 * board is known by its serial number alone. What is not known is not an error. Main thread. */

#pragma once

#include "jumperctl/board.h"

G_BEGIN_DECLS

char *ctl_board_memory_find (const CtlBoard *board, const char *board_id) G_GNUC_WARN_UNUSED_RESULT;
void ctl_board_memory_note (const CtlBoard *board, const char *board_id, const char *version);

G_END_DECLS
