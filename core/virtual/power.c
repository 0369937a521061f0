/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Coming and going: the cable, the jumper, and what starts when there is power. */

#include "virtual/board-private.h"

#include "base/bytes.h"

/* The board starts its boot loader, or where @run_time a program with a DFU interface: a new device on
 * the bus. Lock held. */
void
jmp_virtual_board_appear (JmpVirtualBoard *self, gboolean run_time, gint64 ready_at)
{
  self->state = JMP_VIRTUAL_IN_DFU;
  self->appearance++;
  self->owner = NULL;
  self->boots_until = ready_at;
  self->busy_until = 0;
  self->usb.configuration = 1;
  jmp_virtual_machine_power_on (&self->machine, run_time);
}

/* The bus loses the board. Lock held. */
void
jmp_virtual_board_disappear (JmpVirtualBoard *self, JmpVirtualState state)
{
  self->state = state;
  self->owner = NULL;
}

/* Whether a program can start at @address: its stack in RAM, its reset handler in the flash. */
gboolean
jmp_virtual_board_has_program (JmpVirtualBoard *self, guint32 address)
{
  const JmpVirtualProfile *profile = self->spec.profile;
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, 0);
  gboolean in_ram = FALSE;
  guint8 vectors[8];
  guint32 stack;
  guint32 reset;

  if (!jmp_virtual_memory_peek (self->memory, 0, address, vectors, sizeof vectors))
    return FALSE;
  stack = jmp_get_u32 (vectors);
  reset = jmp_get_u32 (vectors + 4);
  for (guint i = 0; i < G_N_ELEMENTS (profile->ram); i++)
    in_ram |= stack > profile->ram[i].start && stack <= profile->ram[i].end;
  return in_ram && (reset & 1) == 1
         && jmp_layout_allows (layout, reset & ~(guint32)1, 2, (JmpAccess)0, NULL);
}

/* Where the chip finds a program when it starts: at the start of its flash, or where the boot loader
 * there looks. */
gboolean
jmp_virtual_board_find_program (JmpVirtualBoard *self, guint32 *address)
{
  const JmpVirtualProfile *profile = self->spec.profile;

  *address = profile->start;
  if (profile->programs[0] == 0)
    return jmp_virtual_board_has_program (self, *address);
  for (guint i = 0; i < G_N_ELEMENTS (profile->programs) && profile->programs[i] != 0; i++) {
    *address = profile->programs[i];
    if (jmp_virtual_board_has_program (self, *address))
      return TRUE;
  }
  return FALSE;
}

/* The power goes at @time_us: work that is not over by then stays as far as it got. Lock held. */
void
jmp_virtual_board_lose_power (JmpVirtualBoard *self, gint64 time_us)
{
  if (time_us < self->work_ends)
    jmp_virtual_undo_interrupt (
        &self->machine.undo, self->memory, (guint64)MAX (0, time_us - self->work_begins));
  self->work_ends = 0;
  self->unplug_at = 0;
  jmp_virtual_board_disappear (self, JMP_VIRTUAL_UNPLUGGED);
}

/**
 * jmp_virtual_board_unplug:
 * @self: a board
 *
 * Takes the power away. Work that runs stays as far as it got: of a sector that is being erased
 * nothing can be known, and a block that is being programmed is there up to some byte.
 */
void
jmp_virtual_board_unplug (JmpVirtualBoard *self)
{
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->state != JMP_VIRTUAL_UNPLUGGED;
  if (changed)
    jmp_virtual_board_lose_power (self, jmp_virtual_clock_now (&self->clock));
  g_mutex_unlock (&self->lock);
  if (changed)
    jmp_virtual_board_notify (self);
}

/**
 * jmp_virtual_board_unplug_at:
 * @self: a board
 * @time_us: microseconds of the board's clock; 0 for never
 *
 * Takes the power away at @time_us, as jmp_virtual_board_unplug() would: to interrupt work on a fake
 * clock, which jumps over it. The first transfer that would begin then or later finds the board gone.
 */
void
jmp_virtual_board_unplug_at (JmpVirtualBoard *self, gint64 time_us)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->unplug_at = time_us;
}

/* Starts the program or the boot loader. Lock held. */
static void
power_on (JmpVirtualBoard *self)
{
  gint64 ready_at = jmp_virtual_clock_now (&self->clock) + JMP_VIRTUAL_BOOT_US;
  guint32 program;
  gboolean found = jmp_virtual_board_find_program (self, &program);
  gboolean starts;

  jmp_virtual_protection_load (&self->machine);
  starts = self->machine.read_protection == 2 || (self->jumper == JMP_VIRTUAL_JUMPER_OFF && found);
  if (starts) {
    self->state = JMP_VIRTUAL_RUNNING;
    self->started_at = program;
  }
  if (!starts || self->spec.run_time)
    jmp_virtual_board_appear (self, starts, ready_at);
}

/**
 * jmp_virtual_board_plug:
 * @self: a board
 *
 * Gives it power: it comes up in DFU mode when the jumper is joined or no program is in the flash,
 * and starts its program otherwise. Nothing happens to a board that is plugged in.
 */
void
jmp_virtual_board_plug (JmpVirtualBoard *self)
{
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->state == JMP_VIRTUAL_UNPLUGGED;
  if (changed)
    power_on (self);
  g_mutex_unlock (&self->lock);
  if (changed)
    jmp_virtual_board_notify (self);
}

/**
 * jmp_virtual_board_set_jumper:
 * @self: a board
 * @joined: whether the jumper is joined from now on
 *
 * Joins or opens the jumper; the board looks at it when it is plugged in, leaves or resets.
 */
void
jmp_virtual_board_set_jumper (JmpVirtualBoard *self, gboolean joined)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->jumper = joined ? JMP_VIRTUAL_JUMPER_ON : JMP_VIRTUAL_JUMPER_OFF;
}
