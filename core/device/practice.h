/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A practice board as a #JmpDevice: the virtual board, wearing a device's clothes. */

#pragma once

#include "device/device.h"
#include "virtual/board.h"

G_BEGIN_DECLS

JmpDevice *jmp_practice_device_new (JmpVirtualBoard *board,
                                    GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpDevice *jmp_practice_device_parse (const char *text, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpVirtualBoard *jmp_practice_device_get_board (JmpDevice *device);

G_END_DECLS
