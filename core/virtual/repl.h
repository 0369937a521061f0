/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The console of a virtual board that runs MicroPython: bytes in, bytes out, written from "The
 * MicroPython Interactive Interpreter Mode (aka REPL)" of MicroPython's documentation: the prompt, the
 * paste mode, and the raw mode that programs use.
 *
 * It knows nothing of the host side (core/board's console), and understands a handful of expressions:
 * what sys, os, time and machine say of the firmware, print() and getattr(). The firmware is what
 * stands in the board's flash: its banner. A handle is for one opening of the port, and has one owner;
 * one thread at a time. */

#pragma once

#include "virtual/board.h"

G_BEGIN_DECLS

typedef struct _JmpVirtualRepl JmpVirtualRepl;

JmpVirtualRepl *jmp_virtual_repl_new (const char *banner,
                                      const char *build) G_GNUC_WARN_UNUSED_RESULT;
JmpVirtualRepl *jmp_virtual_repl_open (JmpVirtualBoard *board,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_virtual_repl_free (JmpVirtualRepl *self);

/* The wire; FALSE and -1 when there is none any more. */
gboolean jmp_virtual_repl_put (JmpVirtualRepl *self, const guint8 *data, gsize size);
gssize jmp_virtual_repl_take (JmpVirtualRepl *self, guint8 *data, gsize size);

/* The microscope. */
char *jmp_virtual_board_get_banner (JmpVirtualBoard *board, char **build) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpVirtualRepl, jmp_virtual_repl_free)

G_END_DECLS
