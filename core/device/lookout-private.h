/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The monitor's thread: looks at the bus when it changes and once in a while, and keeps what it saw.
 *
 * Every board is opened once for each appearance; a board that cannot be opened is tried again. When
 * what is there has changed, and after the first look, @changed is called on the lookout's thread, and
 * jmp_lookout_take() gives the list. Started, stopped and freed on one thread. */

#pragma once

#include "device/device.h"
#include "device/running-ids.h"
#include "usb/bus.h"

G_BEGIN_DECLS

typedef struct _JmpLookout JmpLookout;

typedef void (*JmpLookoutFunc) (gpointer user_data);

JmpLookout *jmp_lookout_new (JmpUsbBus *bus,
                             JmpLookoutFunc changed,
                             gpointer user_data) G_GNUC_WARN_UNUSED_RESULT;
void jmp_lookout_free (JmpLookout *self);
/* From the next look on; any thread. */
void jmp_lookout_set_running_ids (JmpLookout *self, JmpRunningIds *running);
void jmp_lookout_start (JmpLookout *self);
void jmp_lookout_stop (JmpLookout *self);
GPtrArray *jmp_lookout_take (JmpLookout *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpLookout, jmp_lookout_free)

G_END_DECLS
