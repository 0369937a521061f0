/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The work itself: a plan carried out on the chosen board, watched by a progress line. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_work_run (CtlSession *session, JmpPlan *backup, GError **error);

G_END_DECLS
