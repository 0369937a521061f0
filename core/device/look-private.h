/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One look at one thing on the bus: whether it is a board, and what it says of itself. Any thread. */

#pragma once

#include "device/device.h"
#include "usb/bus.h"

G_BEGIN_DECLS

gboolean jmp_look_is_board (const JmpDfuInfo *info);
JmpDfuInfo *jmp_look_at_descriptors (JmpUsbEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
JmpDevice *jmp_look (JmpUsbBus *bus,
                     JmpUsbEntry *entry,
                     JmpDfuInfo *described,
                     GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
int jmp_path_compare (const char *a, const char *b);

G_END_DECLS
