/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards that run their programs: which are known by their USB ids, and which one is meant. Main
 * thread. */

#pragma once

#include "device/running-ids.h"
#include "jumperctl/session.h"

G_BEGIN_DECLS

JmpRunningIds *ctl_console_ids (void) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *ctl_console_find (CtlSession *session, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean ctl_console_choose (CtlSession *session, GPtrArray *devices, GError **error);

G_END_DECLS
