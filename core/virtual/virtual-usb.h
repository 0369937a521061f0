/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A virtual board behind #JmpUsb: the front end of practice boards, of the command's virtual:KIND and
 * of most tests. A handle keeps its board alive, and is for one appearance of it on the bus. Threads
 * as usb.h says; the board may be handled from any other thread meanwhile. */

#pragma once

#include "usb/usb.h"
#include "virtual/board.h"

G_BEGIN_DECLS

JmpUsb *jmp_virtual_usb_open (JmpVirtualBoard *board, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
