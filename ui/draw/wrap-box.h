/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Children side by side, in the middle, going on in further rows where the width ends: buttons and
 * phases stay whole in a narrow window and with large text. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_WRAP_BOX (jmp_wrap_box_get_type ())
G_DECLARE_FINAL_TYPE (JmpWrapBox, jmp_wrap_box, JMP, WRAP_BOX, GtkWidget)

G_END_DECLS
