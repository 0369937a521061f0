/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The boards that are plugged in, as a #GListModel of #JmpDevice that keeps itself up to date.
 *
 * One row for one board. The monitor's own thread looks (at once when libusb's hotplug says so, and
 * by a slow poll always); rows change on the main context that was the thread's default when the
 * monitor was made, and every function here is called on that thread. A board is opened once, when it
 * appears, and never again while it can be used: a job may have it. A row goes when its board is
 * unplugged, unless jmp_monitor_hold() keeps it; the board that comes back gets its held row back.
 * Boards that run their programs are listed when their ids are told (jmp_monitor_set_running_ids()); the
 * row of a held board follows it from its program into DFU mode and back. Serial ports are listed and
 * never opened. jmp_device_scan() is the same look once, synchronously, for programs without a main loop. */

#pragma once

#include "device/device.h"
#include "device/running-ids.h"
#include "usb/bus.h"

G_BEGIN_DECLS

#define JMP_TYPE_MONITOR (jmp_monitor_get_type ())
G_DECLARE_FINAL_TYPE (JmpMonitor, jmp_monitor, JMP, MONITOR, GObject)

JmpMonitor *jmp_monitor_new (JmpUsbBus *bus) G_GNUC_WARN_UNUSED_RESULT;
void jmp_monitor_set_running_ids (JmpMonitor *self, JmpRunningIds *running);
void jmp_monitor_start (JmpMonitor *self);
void jmp_monitor_stop (JmpMonitor *self);
gboolean jmp_monitor_is_looking (JmpMonitor *self);
void jmp_monitor_add (JmpMonitor *self, JmpDevice *device);
void jmp_monitor_remove (JmpMonitor *self, JmpDevice *device);
void jmp_monitor_hold (JmpMonitor *self, JmpDevice *device);
void jmp_monitor_release (JmpMonitor *self, JmpDevice *device);

GPtrArray *jmp_device_scan (JmpUsbBus *bus, GError **error) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray *jmp_device_scan_all (JmpUsbBus *bus,
                                JmpRunningIds *running,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
