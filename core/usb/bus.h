/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The USB devices of this computer, through libusb.
 *
 * A bus owns the libusb context and the one thread that handles its events. It lists what is plugged
 * in (without opening anything), opens a device as a #JmpUsb, and says when something came or went
 * where libusb can tell. Any thread; the change callback runs on the event thread and must return
 * at once. */

#pragma once

#include "usb/usb.h"

G_BEGIN_DECLS

typedef struct _JmpUsbBus JmpUsbBus;
typedef struct _JmpUsbEntry JmpUsbEntry;

typedef void (*JmpUsbChangedFunc) (gpointer user_data);

JmpUsbBus *jmp_usb_bus_new (GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpUsbBus *jmp_usb_bus_ref (JmpUsbBus *self);
void jmp_usb_bus_unref (JmpUsbBus *self);

GPtrArray *jmp_usb_bus_list (JmpUsbBus *self, GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_usb_bus_can_watch (JmpUsbBus *self);
void jmp_usb_bus_watch (JmpUsbBus *self, JmpUsbChangedFunc changed, gpointer user_data);
void jmp_usb_bus_unwatch (JmpUsbBus *self);
JmpUsb *jmp_usb_bus_open (JmpUsbBus *self,
                          JmpUsbEntry *entry,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;

JmpUsbEntry *jmp_usb_entry_ref (JmpUsbEntry *self);
void jmp_usb_entry_unref (JmpUsbEntry *self);
const char *jmp_usb_entry_get_path (JmpUsbEntry *self);
guint jmp_usb_entry_get_address (JmpUsbEntry *self);
GBytes *jmp_usb_entry_get_descriptors (JmpUsbEntry *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpUsbBus, jmp_usb_bus_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpUsbEntry, jmp_usb_entry_unref)

G_END_DECLS
