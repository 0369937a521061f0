/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One look at one thing on the bus: whether it is a board, and what it says of itself. Any thread. */

#pragma once

#include "device/device.h"
#include "device/running-ids.h"
#include "usb/bus.h"

G_BEGIN_DECLS

gboolean jmp_look_is_board (const JmpDfuInfo *info);
JmpDfuInfo *jmp_look_at_descriptors (JmpUsbEntry *entry) G_GNUC_WARN_UNUSED_RESULT;
/* Whether an entry that is no DFU device is a board by its ids. */
gboolean jmp_look_runs (JmpUsbEntry *entry, JmpRunningIds *running);
/* @described: (nullable): of an entry that runs; @ports: (nullable): the serial ports, for what is not in
 * DFU mode */
JmpDevice *jmp_look (JmpUsbBus *bus,
                     JmpUsbEntry *entry,
                     JmpDfuInfo *described,
                     GPtrArray *ports,
                     GCancellable *cancellable) G_GNUC_WARN_UNUSED_RESULT;
const JmpSerialPort *jmp_look_find_port (
    GPtrArray *ports, const char *path, guint address, guint16 vid, guint16 pid);
int jmp_path_compare (const char *a, const char *b);

G_END_DECLS
