/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Clean accessible names. GTK 4.8 names a button with a mnemonic "_Install Install": once by its
 * label as it is written, and once by the label that stands in it. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void jmp_names_tidy (GtkWidget *root);
void jmp_names_label_entry_row (GtkWidget *row);
void jmp_names_set_button_label (GtkButton *button, const char *label);

G_END_DECLS
