/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which board is meant: -d, or the only one there is. Never guessed. Main thread. */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

gboolean ctl_choose_device (CtlSession *session, GError **error);
gboolean ctl_choose_devices (CtlSession *session, GError **error);
gboolean ctl_pick_device (GPtrArray *devices, JmpDevice **out, GError **error);
char *ctl_device_selector (JmpDevice *device, GPtrArray *among) G_GNUC_WARN_UNUSED_RESULT;
char *ctl_device_line (JmpDevice *device, GPtrArray *among) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
