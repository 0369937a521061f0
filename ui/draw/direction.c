/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "draw/direction.h"

#include <gtk/gtk.h>

/**
 * jmp_direction_mark:
 *
 * What to put before a line that may begin with a Latin name: Pango takes a line's direction from its
 * first letter, and would put such a line on the other side of its neighbours.
 *
 * Returns: (transfer none): RIGHT-TO-LEFT MARK in a language that is written so, "" in the others
 */
const char *
jmp_direction_mark (void)
{
  return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "\u200F" : "";
}
