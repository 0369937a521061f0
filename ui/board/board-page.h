/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Everything about one board, top to bottom: what it is, what is wrong with it, its memory map, and
 * below that the firmware before the work, the work while it runs; a result stands above the map.
 *
 * A page is made once for a board and stays, so that a map goes on while another board is looked at.
 * Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_BOARD_PAGE (jmp_board_page_get_type ())
G_DECLARE_FINAL_TYPE (JmpBoardPage, jmp_board_page, JMP, BOARD_PAGE, GtkWidget)

GtkWidget *jmp_board_page_new (JmpSession *session);
void jmp_board_page_toggle_table (JmpBoardPage *self);
void jmp_board_page_back_up (JmpBoardPage *self);

G_END_DECLS
