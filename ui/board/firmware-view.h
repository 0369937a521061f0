/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The firmware that is chosen for a board: what is in the file, whether it fits and what it would do,
 * and the main button with the reason beside it. Main thread only. */

#pragma once

#include "session/session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define JMP_TYPE_FIRMWARE_VIEW (jmp_firmware_view_get_type ())
G_DECLARE_FINAL_TYPE (JmpFirmwareView, jmp_firmware_view, JMP, FIRMWARE_VIEW, GtkBox)

void jmp_firmware_view_set_session (JmpFirmwareView *self, JmpSession *session);
void jmp_firmware_view_set_narrow (JmpFirmwareView *self, gboolean narrow);

G_END_DECLS
