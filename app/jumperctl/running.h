/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards whose program has a DFU interface: brought into DFU mode when there is work for them. Main
 * thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_running_pick (CtlSession *session,
                           GPtrArray *devices,
                           JmpDevice **out,
                           GError **error);

G_END_DECLS
