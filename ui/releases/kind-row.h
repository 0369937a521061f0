/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which board of the catalogue a board is, and the way to say so. Main thread only. */

#pragma once

#include "session/session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define JMP_TYPE_KIND_ROW (jmp_kind_row_get_type ())
G_DECLARE_FINAL_TYPE (JmpKindRow, jmp_kind_row, JMP, KIND_ROW, AdwActionRow)

void jmp_kind_row_set_session (JmpKindRow *self, JmpSession *session);

G_END_DECLS
