/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a maintainer would ask for, as text to paste: program, system, board, file, plan, result.
 *
 * In English, so that everybody can read it; without what is private: no serial number, no folder
 * names. Knows no toolkit. Main thread only. */

#pragma once

#include "session/session.h"

G_BEGIN_DECLS

char *jmp_report_system (void) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_report_session (JmpSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
