/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The release that is chosen for a board, or could be: version, day, whether it takes a network, and what
 * is new in it. Main thread only. */

#pragma once

#include "session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_RELEASE_ROW (jmp_release_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpReleaseRow, jmp_release_row, JMP, RELEASE_ROW, AdwExpanderRow)

void jmp_release_row_set_session (JmpReleaseRow *self, JmpSession *session);
void jmp_release_row_set_narrow (JmpReleaseRow *self, gboolean narrow);

G_END_DECLS
