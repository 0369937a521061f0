/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backups that are kept on this computer. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_backups_keep (CtlSession *session, JmpImage *read, GError **error);
gboolean ctl_backups_resolve (CtlSession *session, GError **error);
void ctl_backups_note_work (CtlSession *session);

G_END_DECLS
