/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the rest of this room may change in a device. Main thread. */

#pragma once

#include "device/device.h"

G_BEGIN_DECLS

void jmp_device_set_mode (JmpDevice *self, JmpDeviceMode mode);
void jmp_device_set_info (JmpDevice *self, JmpDfuInfo *info);
void jmp_device_set_port_name (JmpDevice *self, const char *port_name);

/* name.c */
char *jmp_device_make_name (const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
char *jmp_device_make_running_name (const char *product) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_device_is_named_by_loader (const char *name);

G_END_DECLS
