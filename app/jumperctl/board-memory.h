/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is remembered of a board from one run to the next: which kind it is, and which release it was
 * given last from this computer. What is not known is not an error. Main thread. */

#pragma once

#include "board/known-boards.h"
#include "jumperctl/session.h"
#include "release/release.h"

G_BEGIN_DECLS

char *ctl_board_memory_find_build (JmpDevice *device, const char *memory) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_board_memory_find_version (const CtlBoard *board,
                                     const char *board_id) G_GNUC_WARN_UNUSED_RESULT;
void ctl_board_memory_note (CtlBoard *board, const JmpRelease *release);
void ctl_board_memory_forget (CtlBoard *board);

G_END_DECLS
