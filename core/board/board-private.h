/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A board before anyone else sees it. Private to the catalogue's reader. */

#pragma once

#include "board/board.h"

JmpBoard *jmp_board_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;
