/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A virtual board behind #JmpUsb. */

#pragma once

#include "usb/usb.h"
#include "virtual/board.h"

G_BEGIN_DECLS

JmpUsb *jmp_virtual_usb_open (JmpVirtualBoard *board, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
