/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A serial port whose board follows a script, on a clock that is only moved by waiting. One thread. */

#pragma once

#include "serial/serial.h"

G_BEGIN_DECLS

/**
 * ScriptLine:
 * @host: what the host must have sent since the last line matched; %NULL ends the script, "" matches at
 *   once
 * @board: what the board sends then; %NULL makes the port go away
 *
 * "*" at the end of @board makes the board send it for ever.
 */
typedef struct {
  const char *host;
  const char *board;
} ScriptLine;

typedef struct _ScriptSerial ScriptSerial;

JmpSerial *script_serial_new (const ScriptLine *lines);
/* All that the host sent. */
const char *script_serial_get_sent (JmpSerial *serial);
/* How many milliseconds have passed. */
guint script_serial_get_ms (JmpSerial *serial);
/* From now on the board takes no bytes. */
void script_serial_block (JmpSerial *serial);
/* Cancels @cancellable once so many milliseconds have passed. */
void script_serial_cancel_at (JmpSerial *serial, guint ms, GCancellable *cancellable);

G_END_DECLS
