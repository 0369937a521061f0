/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* One transfer after the other, and what it leads to. */

#include "virtual/board-private.h"

#include "base/bytes.h"

/* The wire: full speed, and the round trips of an ordinary host. A small request takes 0.3-1 ms, a
 * DNLOAD of 2048 bytes with its first GETSTATUS 4-5 ms, an UPLOAD about 3 ms for each KiB. */
#define REQUEST_US     500
#define OUT_US_PER_KIB 1750
#define IN_US_PER_KIB  2750

static gint64
wire_time (const JmpUsbSetup *setup, gsize length)
{
  gsize per_kib = (setup->request_type & 0x80) != 0 ? IN_US_PER_KIB : OUT_US_PER_KIB;

  return REQUEST_US + (gint64)(length * per_kib / 1024);
}

/* The start address that AN3156 has the host set is where a program stands, hence a sector's. */
static void
check_start (JmpVirtualBoard *self, guint32 address)
{
  JmpLayout *layout = jmp_virtual_memory_layout (self->memory, 0);
  JmpSector sector;

  if (!jmp_layout_find (layout, address, &sector) || sector.address != address)
    jmp_virtual_ledger_violation (
        &self->ledger, "leave to 0x%08X, not the start of a sector of the flash", address);
}

/* Where the program is that a board which leaves starts; FALSE when it comes back in DFU mode. A ROM
 * jumps to the address pointer; a boot loader in flash, or a reset, knows where to look. */
static gboolean
find_start (JmpVirtualBoard *self, JmpVirtualAfter after, guint32 *address)
{
  if (after == JMP_VIRTUAL_START && self->spec.profile->programs[0] == 0) {
    *address = self->machine.pointer;
    check_start (self, *address);
    return jmp_virtual_board_has_program (self, *address);
  }
  return jmp_virtual_board_find_program (self, address);
}

/* What comes onto the bus next. */
typedef enum {
  NOTHING,
  BOOT_LOADER,
  PROGRAM,
} Next;

/* The board left the bus at the end of a transfer. Returns what comes instead. Lock held. */
static Next
leave (JmpVirtualBoard *self, JmpVirtualAfter after)
{
  guint32 address;
  gboolean joined = self->jumper != JMP_VIRTUAL_JUMPER_OFF;
  gboolean found;

  if (after == JMP_VIRTUAL_TO_DFU) {
    jmp_virtual_board_disappear (self, JMP_VIRTUAL_RUNNING);
    return BOOT_LOADER;
  }
  found = find_start (self, after, &address);
  if (after == JMP_VIRTUAL_START)
    joined = self->jumper == JMP_VIRTUAL_JUMPER_ON;
  else
    jmp_virtual_protection_load (&self->machine);
  jmp_virtual_board_disappear (self, JMP_VIRTUAL_RUNNING);
  if (self->machine.read_protection < 2 && (joined || !found))
    return BOOT_LOADER;
  self->started_at = address;
  self->jumper = JMP_VIRTUAL_JUMPER_OFF;
  return self->spec.run_time ? PROGRAM : NOTHING;
}

/* Tells the watcher that the board left, saves its memory, and lets it come back if it does. No lock
 * held. */
static void
after_transfer (JmpVirtualBoard *self, guint appearance, Next next, gint64 ready_at)
{
  gboolean appeared = FALSE;

  jmp_virtual_board_save (self, NULL);
  jmp_virtual_board_notify (self);
  if (next == NOTHING)
    return;
  g_mutex_lock (&self->lock);
  if (self->state == JMP_VIRTUAL_RUNNING && self->appearance == appearance) {
    jmp_virtual_board_appear (self, next == PROGRAM, ready_at);
    appeared = TRUE;
  }
  g_mutex_unlock (&self->lock);
  if (appeared)
    jmp_virtual_board_notify (self);
}

static JmpVirtualAnswer
answer_request (JmpVirtualBoard *self, const JmpUsbSetup *setup, guint8 *data)
{
  if ((setup->request_type & 0x60) == 0x20)
    return jmp_virtual_machine_request (&self->machine, setup, data);
  return jmp_virtual_usb_device_request (&self->usb, setup, data);
}

/* One request that reached the board, with its times. Lock held. */
static JmpVirtualTransfer
transfer (JmpVirtualBoard *self,
          gint64 asked_at,
          const JmpUsbSetup *setup,
          guint8 *data,
          JmpVirtualAnswer *answer)
{
  JmpVirtualCounters *counters = &self->ledger.counters;
  gint64 begin = MAX (asked_at, self->boots_until);
  gint64 wire;

  *answer = (JmpVirtualAnswer){ .reply = JMP_VIRTUAL_STALL };
  if (begin >= self->busy_until || !self->spec.profile->stalls_while_busy) {
    begin = MAX (begin, self->busy_until);
    *answer = answer_request (self, setup, data);
  }
  wire = wire_time (setup, answer->length);
  counters->wire_us += (guint64)wire;
  counters->busy_us += answer->work_us;
  if ((setup->request_type & 0x60) == 0x20)
    counters->transfers++;
  if (answer->work_us > 0) {
    self->work_begins = begin + wire;
    self->work_ends = begin + wire + answer->work_us;
    self->busy_until = self->work_ends;
  }
  return (JmpVirtualTransfer){
    .reply = answer->reply,
    .length = answer->length,
    .done_at = begin + wire,
  };
}

/* Pulls the cable if its time comes before a request that is made at @asked_at can begin. Lock held. */
static gboolean
is_pulled (JmpVirtualBoard *self, gint64 asked_at)
{
  gint64 begin = MAX (asked_at, self->boots_until);

  if (!self->spec.profile->stalls_while_busy)
    begin = MAX (begin, self->busy_until);
  if (self->unplug_at == 0 || begin < self->unplug_at)
    return FALSE;
  jmp_virtual_clock_advance (&self->clock, self->unplug_at);
  jmp_virtual_board_lose_power (self, self->unplug_at);
  return TRUE;
}

/* See board-private.h. */
JmpVirtualTransfer
jmp_virtual_board_exchange (JmpVirtualBoard *self,
                            guint appearance,
                            gint64 asked_at,
                            const JmpUsbSetup *setup,
                            guint8 *data,
                            gboolean *ended)
{
  JmpVirtualTransfer result = { .reply = JMP_VIRTUAL_GONE };
  JmpVirtualAnswer answer = { .reply = JMP_VIRTUAL_GONE };
  Next next = NOTHING;
  gboolean pulled;

  *ended = FALSE;
  g_mutex_lock (&self->lock);
  pulled = self->state == JMP_VIRTUAL_IN_DFU && is_pulled (self, asked_at);
  if (self->state == JMP_VIRTUAL_IN_DFU && self->appearance == appearance) {
    result = transfer (self, asked_at, setup, data, &answer);
    *ended = answer.after != JMP_VIRTUAL_STAY;
  } else {
    result.done_at = jmp_virtual_clock_now (&self->clock);
  }
  if (*ended)
    next = leave (self, answer.after);
  g_mutex_unlock (&self->lock);
  if (pulled)
    jmp_virtual_board_notify (self);
  if (*ended)
    after_transfer (self, appearance, next, result.done_at + answer.work_us + JMP_VIRTUAL_BOOT_US);
  return result;
}

/* See board-private.h. */
gboolean
jmp_virtual_board_get_appearance (JmpVirtualBoard *self, guint *appearance)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *appearance = self->appearance;
  return self->state == JMP_VIRTUAL_IN_DFU;
}

/**
 * jmp_virtual_board_reset:
 * @self: a board
 *
 * A USB bus reset: the boot loader goes on, in dfuIDLE and alt setting 0; work that runs, too. One that
 * waits for a reset since it has its file starts the program.
 */
void
jmp_virtual_board_reset (JmpVirtualBoard *self)
{
  JmpVirtualAfter after;
  Next next = NOTHING;
  guint appearance;
  gint64 ready_at;

  g_mutex_lock (&self->lock);
  after = jmp_virtual_machine_bus_reset (&self->machine);
  appearance = self->appearance;
  ready_at = jmp_virtual_clock_now (&self->clock) + JMP_VIRTUAL_BOOT_US;
  if (after != JMP_VIRTUAL_STAY)
    next = leave (self, after);
  g_mutex_unlock (&self->lock);
  if (after != JMP_VIRTUAL_STAY)
    after_transfer (self, appearance, next, ready_at);
}

/**
 * jmp_virtual_board_control:
 * @self: a board
 * @setup: the setup stage (USB 2.0, 9.3), 8 bytes
 * @data: holds or takes wLength bytes
 *
 * One control transfer on endpoint 0. It takes no real time: the caller lets the time until
 * @done_at pass, with jmp_virtual_board_sleep_until() or its own way.
 *
 * A board that leaves because of this transfer has already left when this returns, and the watcher
 * was called, in this thread; the reply is still to be delivered.
 *
 * Returns: how the board answered, and when
 */
JmpVirtualTransfer
jmp_virtual_board_control (JmpVirtualBoard *self, const guint8 setup[8], guint8 *data)
{
  return jmp_virtual_board_control_at (self, jmp_virtual_board_now (self), setup, data);
}

/**
 * jmp_virtual_board_control_at:
 * @self: a board
 * @asked_at: when the host asked, in microseconds on the board's clock
 * @setup: as for jmp_virtual_board_control()
 * @data: as for jmp_virtual_board_control()
 *
 * As jmp_virtual_board_control(), for a front end that took time to bring the request here. That time
 * is not the host's, so the transfer begins when the host asked.
 *
 * Returns: how the board answered, and when
 */
JmpVirtualTransfer
jmp_virtual_board_control_at (JmpVirtualBoard *self,
                              gint64 asked_at,
                              const guint8 setup[8],
                              guint8 *data)
{
  const JmpUsbSetup decoded = {
    .request_type = setup[0],
    .request = setup[1],
    .value = jmp_get_u16 (setup + 2),
    .index = jmp_get_u16 (setup + 4),
    .length = jmp_get_u16 (setup + 6),
  };
  guint appearance;
  gboolean ended;

  jmp_virtual_board_get_appearance (self, &appearance);
  return jmp_virtual_board_exchange (self, appearance, asked_at, &decoded, data, &ended);
}
