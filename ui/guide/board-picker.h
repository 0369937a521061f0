/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* "Which board do you have?": the boards of the catalogue, which can be searched; pyboards first, and
 * one row for a board that is not listed.
 *
 * Signals: "chosen" (pointer to a #JmpBoard, or NULL for one that is not listed), "cancelled". The
 * catalogue is read on a thread when the picker is first shown. Main thread only. */

#pragma once

#include "board/board.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_BOARD_PICKER (jmp_board_picker_get_type ())
G_DECLARE_FINAL_TYPE (JmpBoardPicker, jmp_board_picker, JMP, BOARD_PICKER, GtkWidget)

GtkWidget *jmp_board_picker_new (void);
void jmp_board_picker_search (JmpBoardPicker *self, const char *words);
gboolean jmp_board_picker_is_filled (JmpBoardPicker *self);

G_END_DECLS
