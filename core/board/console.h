/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The console of a board that runs MicroPython: asking what it runs, and sending it into DFU mode.
 *
 * Both need the raw REPL, and so interrupt the program that runs (Ctrl-C); it stays interrupted until
 * the board is reset. So nobody asks by itself: what the USB strings tell is known without
 * (device/device.h), and this is for when a person wants it, or right after an update, when the board
 * has just been started anyway. Nothing else is changed: no file is touched, no name is bound, the board
 * is not reset, and the raw REPL is left again, whatever happens. Synchronous; any thread. */

#pragma once

#include "board/running.h"
#include "serial/serial.h"

G_BEGIN_DECLS

/* What is enough for a board that answers at all, in milliseconds. */
#define JMP_CONSOLE_LIMIT_MS 5000

JmpRunning *jmp_console_read (JmpSerial *serial,
                              guint limit_ms,
                              GCancellable *cancellable,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean jmp_console_restart (JmpSerial *serial,
                              guint limit_ms,
                              GCancellable *cancellable,
                              GError **error);

G_END_DECLS
