/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The way into update mode for one board: a drawing, numbered steps that tick themselves, and what is
 * being waited for.
 *
 * Signals: "arrived" (JmpDevice) when a board came in update mode, "late" when it is time to offer
 * help, "way-changed" when the person chose another way. Main thread only. */

#pragma once

#include "board/board.h"
#include "guide/guide-ways.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_GUIDE_VIEW (jmp_guide_view_get_type ())
G_DECLARE_FINAL_TYPE (JmpGuideView, jmp_guide_view, JMP, GUIDE_VIEW, GtkWidget)

GtkWidget *jmp_guide_view_new (void);
void jmp_guide_view_set_boards (JmpGuideView *self, GListModel *boards);
void jmp_guide_view_set_board (JmpGuideView *self, JmpBoard *board, gboolean is_known);
void jmp_guide_view_begin (JmpGuideView *self);
void jmp_guide_view_update_at (JmpGuideView *self, gint64 now);
const JmpGuideWay *jmp_guide_view_get_way (JmpGuideView *self);
JmpBoard *jmp_guide_view_get_board (JmpGuideView *self);

G_END_DECLS
