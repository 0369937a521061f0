/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What a virtual board counts, and the rules that its host broke, in words.
 *
 * Part of a board, used under the board's lock. */

#pragma once

#include "virtual/board.h"

G_BEGIN_DECLS

typedef struct {
  JmpVirtualCounters counters;
  GPtrArray *violations; /* (owned) (element-type utf8): the first thousand */
} JmpVirtualLedger;

void jmp_virtual_ledger_init (JmpVirtualLedger *self);
void jmp_virtual_ledger_clear (JmpVirtualLedger *self);
void jmp_virtual_ledger_reset (JmpVirtualLedger *self);
void jmp_virtual_ledger_violation (JmpVirtualLedger *self, const char *format, ...)
    G_GNUC_PRINTF (2, 3);
void jmp_virtual_ledger_violation_v (JmpVirtualLedger *self, const char *format, va_list args)
    G_GNUC_PRINTF (2, 0);
char **jmp_virtual_ledger_to_strv (JmpVirtualLedger *self);

G_END_DECLS
