/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the parts of a known board's memory are called. Only a board that is known for certain has
 * names: the ids of ST's boot loader are those of a hundred boards. Any thread. */

#pragma once

#include "board/board.h"
#include "map/map-span.h"

G_BEGIN_DECLS

GArray *jmp_regions_of_board (JmpBoard *board) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
