/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Releases as what is flashed: "flash BOARD[-VARIANT][@VERSION]" in the place of a file, what may
 * speak against it, and which release a board was given last. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

JmpImage *ctl_released_read (CtlSession *session,
                             const char *text,
                             gboolean *is_release,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_released_check (CtlSession *session, CtlBoard *board, GError **error);
const char *ctl_released_board_id (const CtlSession *session);
void ctl_released_json (CtlSession *session, JsonBuilder *builder);
void ctl_released_forget (CtlSession *session);
void ctl_released_remember (CtlSession *session);

G_END_DECLS
