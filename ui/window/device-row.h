/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A board in the list: its name, what tells it from its twins, and its state. Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_DEVICE_ROW (jmp_device_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpDeviceRow, jmp_device_row, JMP, DEVICE_ROW, GtkListBoxRow)

GtkWidget *jmp_device_row_new (JmpSession *session);
JmpSession *jmp_device_row_get_session (JmpDeviceRow *self);
void jmp_device_row_set_check (JmpDeviceRow *self, gboolean visible, gboolean active);

G_END_DECLS
