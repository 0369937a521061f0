/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The microscope: past the wire and all its rules. */

#include "virtual/board-private.h"

/**
 * jmp_virtual_board_get_kind:
 * @self: a board
 *
 * Returns: (transfer none): the first word of its spec
 */
const char *
jmp_virtual_board_get_kind (JmpVirtualBoard *self)
{
  return self->spec.profile->kind;
}

/**
 * jmp_virtual_board_get_serial:
 * @self: a board
 *
 * Returns: (transfer none): its serial number
 */
const char *
jmp_virtual_board_get_serial (JmpVirtualBoard *self)
{
  return self->spec.serial;
}

/**
 * jmp_virtual_board_get_layout:
 * @self: a board
 * @alt: alt setting
 *
 * Returns: (transfer none) (nullable): the memory map of @alt
 */
JmpLayout *
jmp_virtual_board_get_layout (JmpVirtualBoard *self, guint8 alt)
{
  return jmp_virtual_memory_layout (self->memory, alt);
}

/**
 * jmp_virtual_board_is_run_time:
 * @self: a board
 *
 * Returns: whether it is a program with a DFU interface that is on the bus, not the boot loader
 */
gboolean
jmp_virtual_board_is_run_time (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->state == JMP_VIRTUAL_IN_DFU && self->machine.run_time;
}

/**
 * jmp_virtual_board_peek:
 * @self: a board
 * @alt: alt setting
 * @address: first byte
 * @data: (out caller-allocates): takes the bytes
 * @length: how many
 *
 * Looks into the memory, past protocol and protection.
 *
 * Returns: %FALSE when the map does not have them all
 */
gboolean
jmp_virtual_board_peek (
    JmpVirtualBoard *self, guint8 alt, guint32 address, guint8 *data, gsize length)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_memory_peek (self->memory, alt, address, data, length);
}

/**
 * jmp_virtual_board_poke:
 * @self: a board
 * @alt: alt setting
 * @address: first byte
 * @data: the bytes
 * @length: how many
 *
 * Sets the memory, past protocol, protection and the rules of flash.
 *
 * Returns: %FALSE, with nothing set, when the map does not have them all
 */
gboolean
jmp_virtual_board_poke (
    JmpVirtualBoard *self, guint8 alt, guint32 address, const guint8 *data, gsize length)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_memory_poke (self->memory, alt, address, data, length);
}

/**
 * jmp_virtual_board_protect_sector:
 * @self: a board
 * @alt: alt setting
 * @address: in the sector
 *
 * Write-protects a sector: erasing and writing it does nothing and reports success.
 */
void
jmp_virtual_board_protect_sector (JmpVirtualBoard *self, guint8 alt, guint32 address)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  jmp_virtual_memory_protect (self->memory, alt, address);
}

/**
 * jmp_virtual_board_set_read_protection:
 * @self: a board
 * @level: 0 for none; from 1, reading and writing answer errVENDOR; with 2, the boot loader does not
 *   start again
 *
 * Sets the level of read-out protection, and the option byte that holds it.
 */
void
jmp_virtual_board_set_read_protection (JmpVirtualBoard *self, guint level)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  jmp_virtual_protection_store (&self->machine, level);
}

/**
 * jmp_virtual_board_get_started_at:
 * @self: a board
 *
 * Returns: the address of the program that was started last; 0 when none was
 */
guint32
jmp_virtual_board_get_started_at (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->started_at;
}

/**
 * jmp_virtual_board_get_counters:
 * @self: a board
 *
 * Returns: what was counted since the last jmp_virtual_board_reset_counters()
 */
JmpVirtualCounters
jmp_virtual_board_get_counters (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->ledger.counters;
}

/**
 * jmp_virtual_board_reset_counters:
 * @self: a board
 *
 * Starts counting anew, violations included.
 */
void
jmp_virtual_board_reset_counters (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  jmp_virtual_ledger_reset (&self->ledger);
}

/**
 * jmp_virtual_board_get_violations:
 * @self: a board
 *
 * Returns: (transfer full): the rules that the host broke, in words and in order, NULL-terminated;
 *   the first thousand
 */
char **
jmp_virtual_board_get_violations (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_ledger_to_strv (&self->ledger);
}
