/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The rows of the monitor's list, and how a new look at the bus changes them.
 *
 * Pure bookkeeping: no bus, no thread. What changes is told through one callback, as a list model
 * tells it. Main thread. */

#pragma once

#include "device/device.h"

G_BEGIN_DECLS

typedef struct _JmpRows JmpRows;

typedef void (*JmpRowsFunc) (guint position, guint removed, guint added, gpointer user_data);

JmpRows *jmp_rows_new (JmpRowsFunc changed, gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void jmp_rows_free (JmpRows *self);
guint jmp_rows_get_length (JmpRows *self);
JmpDevice *jmp_rows_get (JmpRows *self, guint position);
void jmp_rows_add (JmpRows *self, JmpDevice *device);
void jmp_rows_remove (JmpRows *self, JmpDevice *device);
void jmp_rows_hold (JmpRows *self, JmpDevice *device);
void jmp_rows_release (JmpRows *self, JmpDevice *device);
void jmp_rows_update (JmpRows *self, GPtrArray *present);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpRows, jmp_rows_free)

G_END_DECLS
