/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The console of a practice board as a #JmpSerial. Time is the board's. Threads as serial.h says. */

#pragma once

#include "serial/serial.h"
#include "virtual/board.h"

G_BEGIN_DECLS

JmpSerial *jmp_practice_serial_open (JmpVirtualBoard *board,
                                     GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
