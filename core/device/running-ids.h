/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which USB ids boards have while their programs run: what the monitor looks for besides DFU.
 *
 * An immutable, ref-counted set once it is filled; board/running.h makes it from the catalogue. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _JmpRunningIds JmpRunningIds;

JmpRunningIds *jmp_running_ids_new (void) G_GNUC_WARN_UNUSED_RESULT;
JmpRunningIds *jmp_running_ids_ref (JmpRunningIds *self);
void jmp_running_ids_unref (JmpRunningIds *self);
void jmp_running_ids_add (JmpRunningIds *self, guint16 vid, guint16 pid);
gboolean jmp_running_ids_contains (JmpRunningIds *self, guint16 vid, guint16 pid);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpRunningIds, jmp_running_ids_unref)

G_END_DECLS
