/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of the program, as a table: each one also stands in gtk/help-overlay.ui, and a test compares
 * the two. Main thread only. */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * JmpAccel:
 * @action: a detailed action name
 * @accels: (array zero-terminated=1): keys, as for gtk_accelerator_parse()
 */
typedef struct {
  const char *action;
  const char *accels[3];
} JmpAccel;

const JmpAccel *jmp_accels (guint *n_accels);
void jmp_accels_install (GtkApplication *app);

G_END_DECLS
