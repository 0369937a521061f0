/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Opens a board for a job, and waits for the same board when it went away.
 *
 * Made and freed on the main thread, where the monitor tells of the board; opened and waited for on the
 * job's thread. One job at a time. */

#pragma once

#include "device/device.h"

G_BEGIN_DECLS

typedef struct _JmpReopen JmpReopen;

JmpReopen *jmp_reopen_new (JmpDevice *device, double limit_seconds) G_GNUC_WARN_UNUSED_RESULT;
void jmp_reopen_free (JmpReopen *self);
JmpUsb *jmp_reopen_open (JmpReopen *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpUsb *jmp_reopen_wait (JmpReopen *self,
                         GCancellable *cancellable,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpReopen, jmp_reopen_free)

G_END_DECLS
