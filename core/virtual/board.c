/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/board-private.h"

/* Tells the watcher that the state changed. No lock held: the watcher is a stranger. */
void
jmp_virtual_board_notify (JmpVirtualBoard *self)
{
  JmpVirtualChangedFunc changed;
  gpointer data;

  g_mutex_lock (&self->lock);
  changed = self->changed;
  data = self->changed_data;
  g_mutex_unlock (&self->lock);
  if (changed != NULL)
    changed (self, data);
}

/**
 * jmp_virtual_board_new:
 * @spec: KIND[,flash=FILE][,speed=N][,serial=TEXT][,jumper=on|off][,rdp=N][,running=on][,runtime=on]
 *   [,seed=N][,stuck=N][,unplug=MS]
 * @error: return location for an error
 *
 * Makes a board, plugged in and in DFU mode.
 *
 * KIND is one of jmp_virtual_board_kinds(). `flash` keeps alt setting 0 as raw bytes in FILE between
 * runs, and any other alt setting that was ever changed in FILE.altN; a FILE that does not exist is a
 * fresh board. `speed` is how fast time passes: 1 real, 0 none (a fake clock, for tests). `jumper=on`
 * means that whatever happens the board comes back in DFU mode, `off` that it starts its program on
 * every power-on and leave; with neither, the jumper is joined until the board is told to leave, and
 * then taken off. A board that holds no program always comes back in DFU mode. `rdp` is the level of
 * read protection; at 2 the chip has no boot loader and runs its program for ever. `seed` chooses where
 * a board fails that fails at random, `stuck=N` makes the Nth erase never end, and `unplug=MS` pulls the
 * cable so many milliseconds of the board's clock after it was made. With `runtime=on`, for kinds whose
 * programs have a DFU interface, the board begins with its program running, which is on the bus, too.
 * With `running=on` it begins with its program, which is not, and with the jumper off unless jumper= says
 * otherwise; see virtual/repl.h for its console.
 *
 * Errors: %JMP_ERROR_USAGE for a spec that makes no sense, %JMP_ERROR_INVALID_FILE for a FILE of the
 * wrong size, %JMP_ERROR_FILE for one that cannot be read.
 *
 * Returns: (transfer full): a board
 */
JmpVirtualBoard *
jmp_virtual_board_new (const char *spec, GError **error)
{
  g_autoptr (JmpVirtualBoard) self = g_new0 (JmpVirtualBoard, 1);

  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->lock);
  jmp_virtual_ledger_init (&self->ledger);
  if (!jmp_virtual_spec_parse (&self->spec, spec, error))
    return NULL;
  self->memory = jmp_virtual_memory_new (self->spec.profile, error);
  if (self->memory == NULL)
    return NULL;
  if (self->spec.flash_file != NULL
      && !jmp_virtual_flash_file_load (self->memory, self->spec.flash_file, error))
    return NULL;

  jmp_virtual_clock_init (&self->clock, self->spec.speed);
  jmp_virtual_machine_init (&self->machine, self->spec.profile, self->memory, &self->ledger);
  self->machine.stuck_at = self->spec.stuck_at;
  if (self->spec.seed != 0)
    self->machine.random = self->spec.seed;
  if (self->spec.has_protection)
    jmp_virtual_protection_store (&self->machine, self->spec.protection);
  self->unplug_at = (gint64)self->spec.unplug_ms * 1000;
  self->usb = (JmpVirtualUsbDevice){
    .profile = self->spec.profile,
    .serial = self->spec.serial,
    .machine = &self->machine,
  };
  self->jumper = self->spec.jumper;
  jmp_virtual_board_appear (self, self->spec.run_time, 0);
  if (self->spec.running)
    jmp_virtual_board_start_program (self);
  if (self->machine.read_protection == 2)
    self->state = JMP_VIRTUAL_RUNNING;
  return g_steal_pointer (&self);
}

/**
 * jmp_virtual_board_kinds:
 *
 * Returns: (transfer none): the names of all kinds, NULL-terminated
 */
const char *const *
jmp_virtual_board_kinds (void)
{
  return jmp_virtual_profile_kinds ();
}

/**
 * jmp_virtual_board_ref:
 * @self: a board
 *
 * Returns: (transfer full): @self
 */
JmpVirtualBoard *
jmp_virtual_board_ref (JmpVirtualBoard *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * jmp_virtual_board_unref:
 * @self: (transfer full): a board
 *
 * Gives back a reference; with the last one the memory is saved, as by jmp_virtual_board_save(),
 * except that nobody learns of an error: who wants to, saves before.
 */
void
jmp_virtual_board_unref (JmpVirtualBoard *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  if (self->memory != NULL) {
    jmp_virtual_board_save (self, NULL);
    jmp_virtual_machine_clear (&self->machine);
    jmp_virtual_memory_free (self->memory);
  }
  jmp_virtual_ledger_clear (&self->ledger);
  jmp_virtual_spec_clear (&self->spec);
  g_mutex_clear (&self->lock);
  g_free (self);
}

/**
 * jmp_virtual_board_save:
 * @self: a board
 * @error: return location for an error
 *
 * Writes what was changed since the last time to the file that the spec names, each file as a whole
 * or not at all. The board does so by itself when it leaves DFU mode.
 *
 * Errors: %JMP_ERROR_FILE.
 *
 * Returns: %TRUE, also where there is no file or nothing to write
 */
gboolean
jmp_virtual_board_save (JmpVirtualBoard *self, GError **error)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->spec.flash_file == NULL)
    return TRUE;
  return jmp_virtual_flash_file_save (self->memory, self->spec.flash_file, error);
}

/**
 * jmp_virtual_board_get_descriptors:
 * @self: a board
 *
 * Returns: (transfer full): the device descriptor and, behind it, the configuration
 */
GBytes *
jmp_virtual_board_get_descriptors (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_usb_device_descriptors (&self->usb);
}

/**
 * jmp_virtual_board_now:
 * @self: a board
 *
 * Returns: microseconds of the board's clock, which began when the board was made
 */
gint64
jmp_virtual_board_now (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_clock_now (&self->clock);
}

/* See board-private.h. */
gint64
jmp_virtual_board_real_until (JmpVirtualBoard *self, gint64 time_us)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  jmp_virtual_clock_advance (&self->clock, time_us);
  return jmp_virtual_clock_real_until (&self->clock, time_us);
}

/**
 * jmp_virtual_board_sleep_until:
 * @self: a board
 * @time_us: microseconds of the board's clock
 *
 * Lets time pass until @time_us; on a fake clock, at once.
 */
void
jmp_virtual_board_sleep_until (JmpVirtualBoard *self, gint64 time_us)
{
  gint64 left;

  while ((left = jmp_virtual_board_real_until (self, time_us)) > 0)
    g_usleep ((gulong)MIN (left, G_USEC_PER_SEC));
}

/**
 * jmp_virtual_board_is_fake_time:
 * @self: a board
 *
 * Returns: whether sleeping on the board's clock takes no real time
 */
gboolean
jmp_virtual_board_is_fake_time (JmpVirtualBoard *self)
{
  return jmp_virtual_clock_is_fake (&self->clock);
}

/* See board-private.h. */
gboolean
jmp_virtual_board_claim (JmpVirtualBoard *self, gconstpointer owner)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->owner == NULL)
    self->owner = owner;
  return self->owner == owner;
}

/* See board-private.h. */
void
jmp_virtual_board_release (JmpVirtualBoard *self, gconstpointer owner)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->owner == owner)
    self->owner = NULL;
}

/**
 * jmp_virtual_board_get_state:
 * @self: a board
 *
 * Returns: where the board is
 */
JmpVirtualState
jmp_virtual_board_get_state (JmpVirtualBoard *self)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->state;
}

/**
 * jmp_virtual_board_watch:
 * @self: a board
 * @changed: (nullable): called, in the thread that caused it, after every change of state; a board
 *   that comes back by itself changes twice
 * @user_data: for @changed
 *
 * Sets the one watcher. It may call every function of the board. When the watcher is taken off, a
 * call in another thread may still be on its way.
 */
void
jmp_virtual_board_watch (JmpVirtualBoard *self, JmpVirtualChangedFunc changed, gpointer user_data)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->changed = changed;
  self->changed_data = user_data;
}
