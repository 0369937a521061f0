/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What of a backup stays out when it is put back: sectors that cannot be written, and the boot loader,
 * which a backup has read like the rest. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

JmpImage *ctl_leave_out (CtlSession *session, CtlBoard *board, JmpImage *image, GError **error)
    G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
