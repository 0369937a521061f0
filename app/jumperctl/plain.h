/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards that speak plain DFU 1.1, which have no addresses: what the commands do differently for them.
 * Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_plain_read (CtlSession *session, GPtrArray **images, gboolean *raw, GError **error);
GPtrArray *ctl_plain_read_placed (CtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_plain_fail (CtlSession *session, gboolean raw, GError **error);
gboolean ctl_plain_place (CtlSession *session);
void ctl_plain_warn (CtlSession *session, CtlBoard *board);
char *ctl_plain_describe (const JmpDfuAlt *alt) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_plain_version (const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
