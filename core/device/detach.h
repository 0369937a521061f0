/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* From a board's program to its boot loader, over the DFU interface that some programs have (DFU 1.1,
 * 4.1 and 5.1).
 *
 * The board leaves the bus and comes back as another device, perhaps with another product id, at the
 * same port. Who has a monitor only asks, with jmp_detach_ask(), and sees the board come back;
 * jmp_detach() looks for it itself. Synchronous, any thread; both can be cancelled. */

#pragma once

#include "device/device.h"
#include "usb/bus.h"

G_BEGIN_DECLS

gboolean jmp_detach_is_possible (JmpDevice *device);
gboolean jmp_detach_ask (JmpDevice *device,
                         char **serial,
                         GCancellable *cancellable,
                         GError **error);
JmpDevice *jmp_detach (JmpUsbBus *bus,
                       JmpDevice *device,
                       guint wait_ms,
                       GCancellable *cancellable,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
