/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The memories of a virtual board, one for each alt setting, with the rules of their technology.
 *
 * Addresses are those of the memory map. What is asked for here was checked against the map before
 * (jmp_layout_allows()); a range outside it is refused all the same. Part of a board, used under the
 * board's lock. */

#pragma once

#include "dfu/layout.h"
#include "virtual/profile-private.h"

G_BEGIN_DECLS

typedef struct _JmpVirtualMemory JmpVirtualMemory;

/**
 * JmpVirtualProgram:
 * @us: how long it takes
 * @conflict: whether a bit had to go back to what it is when it is erased, which only an erase can do
 * @conflict_at: the first such byte
 * @refused: whether the chip checked that, and stopped there
 */
typedef struct {
  guint us;
  gboolean conflict;
  guint32 conflict_at;
  gboolean refused;
} JmpVirtualProgram;

JmpVirtualMemory *jmp_virtual_memory_new (const JmpVirtualProfile *profile,
                                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_virtual_memory_free (JmpVirtualMemory *self);

guint jmp_virtual_memory_n_alts (JmpVirtualMemory *self);
JmpLayout *jmp_virtual_memory_layout (JmpVirtualMemory *self, guint alt);
gboolean jmp_virtual_memory_is_view (JmpVirtualMemory *self, guint alt);
JmpVirtualMemoryKind jmp_virtual_memory_kind (JmpVirtualMemory *self, guint alt);

guint jmp_virtual_memory_erase (JmpVirtualMemory *self, guint alt, const JmpSector *sector);
gboolean jmp_virtual_memory_is_erased_with_all (JmpVirtualMemory *self, const JmpSector *sector);
void jmp_virtual_memory_wipe (JmpVirtualMemory *self, const JmpSector *sector);
JmpVirtualProgram jmp_virtual_memory_program (
    JmpVirtualMemory *self, guint alt, guint32 address, const guint8 *data, gsize length);
guint jmp_virtual_memory_program_unit (JmpVirtualMemory *self);
guint8 jmp_virtual_memory_blank_byte (JmpVirtualMemory *self);
gboolean jmp_virtual_memory_protect (JmpVirtualMemory *self, guint alt, guint32 address);

/* Past all rules: the microscope and the file. */
gboolean jmp_virtual_memory_peek (
    JmpVirtualMemory *self, guint alt, guint32 address, guint8 *data, gsize length);
gboolean jmp_virtual_memory_poke (
    JmpVirtualMemory *self, guint alt, guint32 address, const guint8 *data, gsize length);
guint8 *jmp_virtual_memory_raw (JmpVirtualMemory *self, guint alt, gsize *size);
gboolean jmp_virtual_memory_is_changed (JmpVirtualMemory *self, guint alt);
void jmp_virtual_memory_set_changed (JmpVirtualMemory *self, guint alt, gboolean changed);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpVirtualMemory, jmp_virtual_memory_free)

G_END_DECLS
