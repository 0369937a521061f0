/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How to connect a board, for when none is chosen: never an empty list. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_NO_BOARD_PAGE (jmp_no_board_page_get_type ())
G_DECLARE_FINAL_TYPE (JmpNoBoardPage, jmp_no_board_page, JMP, NO_BOARD_PAGE, GtkWidget)

GtkWidget *jmp_no_board_page_new (void);
void jmp_no_board_page_set_usb_problem (JmpNoBoardPage *self, const GError *problem);
void jmp_no_board_page_set_file (JmpNoBoardPage *self, GFile *file);

G_END_DECLS
