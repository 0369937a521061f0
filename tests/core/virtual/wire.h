/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The host's end of the wire, in bytes written by hand: no function of core/dfu is used, because two
 * sides written from one mistake would agree with each other. */

#pragma once

#include "assert-text.h"

#include "virtual/board.h"

/* Holds a conversation and compares it with what was written down. Each line of @text is
 *   21 01 00 00 00 00 05 00 | 41 00 40 00 08 -> ok
 *   A1 03 00 00 00 00 06 00 -> 00 64 00 00 04 00
 * the setup stage, "|" and the data to the board where there is any, and the answer: "ok", the bytes
 * that came, "stall" or "gone". A line with "#" first is a remark. Time passes as the board says. */
void converse (JmpVirtualBoard *board, const char *text);

/* One transfer; time passes until it is over. */
JmpVirtualTransfer wire_transfer (JmpVirtualBoard *board,
                                  guint8 request_type,
                                  guint8 request,
                                  guint16 value,
                                  guint8 *data,
                                  guint16 length);

/* SET_INTERFACE. */
void wire_alt (JmpVirtualBoard *board, guint8 alt);
/* CLRSTATUS out of the error in which some boards start. */
void wire_ready (JmpVirtualBoard *board);
/* DNLOAD and GETSTATUS until the board is not busy; returns bStatus. */
guint8 wire_download (JmpVirtualBoard *board, guint16 block, const guint8 *data, guint16 length);
guint8 wire_set_address (JmpVirtualBoard *board, guint32 address);
guint8 wire_erase (JmpVirtualBoard *board, guint32 address);
void wire_abort (JmpVirtualBoard *board);
/* Empty DNLOAD and GETSTATUS. */
void wire_leave (JmpVirtualBoard *board);

/* The violations, one line each. */
void assert_violations (JmpVirtualBoard *board, const char *expected);
JmpVirtualBoard *new_board (const char *spec);
