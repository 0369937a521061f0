/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The end of a run: what is printed where, and the exit status. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

int ctl_report (CtlSession *session, const GError *error);
void ctl_report_error (CtlSession *session, CtlBoard *board, const GError *error);
char *ctl_report_state (CtlSession *session, CtlBoard *board) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_report_next (CtlSession *session,
                       CtlBoard *board,
                       const GError *error) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_report_table (GPtrArray *boards) G_GNUC_WARN_UNUSED_RESULT;
int ctl_exit_status (const GError *error);

G_END_DECLS
