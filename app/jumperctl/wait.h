/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* --wait: for boards to appear, and for one that went away to come back. Main thread, but for
 * ctl_wait_for_return(). */

#pragma once

#include "jumperctl/session.h"

G_BEGIN_DECLS

/* Whether the boards that are there now are what was waited for. */
typedef gboolean (*CtlEnoughFunc) (GPtrArray *devices, gpointer user_data);

GPtrArray *ctl_wait_for_boards (CtlSession *session,
                                CtlEnoughFunc enough,
                                gpointer user_data,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
void ctl_wait_follow (CtlSession *session);
gboolean ctl_has_usable (GPtrArray *devices);
JmpUsb *ctl_wait_here_for_return (CtlSession *session,
                                  JmpDevice *device,
                                  GBytes *descriptors,
                                  double seconds,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpUsb *ctl_wait_for_return (JmpDevice *device,
                             GBytes *descriptors,
                             double seconds,
                             GCancellable *cancellable,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
