/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands where on a board, and what of it is not erased or written without typed consent:
 * --board, --overwrite, and the backup that is made before. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_guard_learn (CtlSession *session, CtlBoard *board, GError **error);
JmpPlanOptions ctl_guard_options (const CtlSession *session, const CtlBoard *board);
gboolean ctl_guard_learn_from_flash (CtlSession *session, CtlBoard *board, GError **error);
gboolean ctl_guard_check (CtlSession *session, CtlBoard *board, GError **error);
gboolean ctl_guard_keep (CtlSession *session, CtlBoard *board, GError **error);
void ctl_guard_set_job (const CtlBoard *board, JmpJob *job);
gboolean ctl_guard_writes_options (const CtlSession *session);
gboolean ctl_guard_is_named (const CtlSession *session, const char *name, const char *code);
char *ctl_guard_find_backup (const CtlBoard *board) G_GNUC_WARN_UNUSED_RESULT;
void ctl_guard_report (CtlSession *session, const CtlBoard *board);

G_END_DECLS
