/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How to connect a board, for when none is chosen: never an empty list. The steps, which board they
 * are for, and what to look at when nothing appears.
 *
 * Signal: "arrived" (JmpDevice) when a board came in update mode while the page waits. Main thread
 * only. */

#pragma once

#include "device/device.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_NO_BOARD_PAGE (jmp_no_board_page_get_type ())
G_DECLARE_FINAL_TYPE (JmpNoBoardPage, jmp_no_board_page, JMP, NO_BOARD_PAGE, GtkWidget)

GtkWidget *jmp_no_board_page_new (void);
void jmp_no_board_page_set_boards (JmpNoBoardPage *self, GListModel *boards);
void jmp_no_board_page_set_usb_problem (JmpNoBoardPage *self, const GError *problem);
void jmp_no_board_page_set_file (JmpNoBoardPage *self, GFile *file);
void jmp_no_board_page_begin (JmpNoBoardPage *self);
gboolean jmp_no_board_page_go_back (JmpNoBoardPage *self);

G_END_DECLS
