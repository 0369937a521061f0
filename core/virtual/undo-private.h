/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the work that runs has changed, piece by piece, so that losing power in the middle of it leaves
 * the memory as far as it got.
 *
 * Work takes effect when it starts, and is taken back in part when the power goes before its time is
 * over. Part of a board, used under the board's lock. */

#pragma once

#include "virtual/memory-private.h"

G_BEGIN_DECLS

typedef enum {
  JMP_VIRTUAL_ERASES,
  JMP_VIRTUAL_PROGRAMS,
} JmpVirtualChange;

typedef struct {
  GArray *pieces; /* (owned) (nullable) in the order in which they are done */
} JmpVirtualUndo;

void jmp_virtual_undo_clear (JmpVirtualUndo *self);
/* Around the change of one range: before it, and after it, with the time that it takes. */
void jmp_virtual_undo_begin (JmpVirtualUndo *self,
                             JmpVirtualMemory *memory,
                             JmpVirtualChange change,
                             guint alt,
                             guint32 address,
                             gsize length);
void jmp_virtual_undo_end (JmpVirtualUndo *self, JmpVirtualMemory *memory, guint us);
/* The power goes, @done_us after the work began. */
void jmp_virtual_undo_interrupt (JmpVirtualUndo *self, JmpVirtualMemory *memory, guint64 done_us);

G_END_DECLS
