/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The work itself: what is planned for the chosen boards, carried out and watched. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_work_run (CtlSession *session, GError **error);

G_END_DECLS
