/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How wide text is that wraps, asked for once.
 *
 * A horizontal box asks what stands in it how wide it likes to be for the height that it gets. What wraps
 * answers by trying width after width: a GtkLabel, and a vertical box with labels in it, as each row of
 * libadwaita has one, with a dozen or more layouts of every sentence. On a page with twenty sentences that is
 * most of the time until it can be seen. Where nothing else beside it wraps, nobody needs the answer: text is as
 * high as its width makes it. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_TEXT_LAYOUT (jmp_text_layout_get_type ())
G_DECLARE_FINAL_TYPE (JmpTextLayout, jmp_text_layout, JMP, TEXT_LAYOUT, GtkLayoutManager)

void jmp_text_layout_use (GtkWidget *root);

G_END_DECLS
