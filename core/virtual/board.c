/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/board-private.h"

#include "base/bytes.h"

/* The wire: full speed, and the round trips of an ordinary host. A small request takes 0.3-1 ms, a
 * DNLOAD of 2048 bytes with its first GETSTATUS 4-5 ms, an UPLOAD about 3 ms for each KiB. */
#define REQUEST_US     500
#define OUT_US_PER_KIB 1750
#define IN_US_PER_KIB  2750

/* From the end of the last transfer to the boot loader's first answer. */
#define BOOT_US 250000

struct _JmpVirtualBoard {
  gatomicrefcount refs;
  GMutex lock; /* of everything below that can change */

  /* Never change */
  JmpVirtualSpec spec;
  JmpVirtualMemory *memory; /* (owned) its bytes do change */

  JmpVirtualMachine machine;
  JmpVirtualUsbDevice usb;
  JmpVirtualLedger ledger;
  JmpVirtualClock clock;
  JmpVirtualState state;
  JmpVirtualJumper jumper;
  guint appearance;   /* counts how often the board came onto the bus */
  gint64 boots_until; /* until then, the board holds every request, whatever its kind */
  gint64 busy_until;
  guint32 started_at;
  gconstpointer owner; /* (not owned) only compared: who claimed interface 0 */

  JmpVirtualChangedFunc changed;
  gpointer changed_data; /* (not owned) the watcher's */
};

/* The board starts its boot loader: a new device on the bus. Lock held. */
static void
appear (JmpVirtualBoard *self, gint64 ready_at)
{
  self->state = JMP_VIRTUAL_IN_DFU;
  self->appearance++;
  self->owner = NULL;
  self->boots_until = ready_at;
  self->busy_until = 0;
  self->usb.configuration = 1;
  jmp_virtual_machine_power_on (&self->machine);
}

/* The bus loses the board. Lock held. */
static void
disappear (JmpVirtualBoard *self, JmpVirtualState state)
{
  self->state = state;
  self->owner = NULL;
}

/* Whether a program can start at @address: its stack in RAM, its reset handler in the flash. */
static gboolean
is_program (JmpVirtualBoard *self, guint32 address)
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

static void
notify (JmpVirtualBoard *self)
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
 * @spec: KIND[,flash=FILE][,speed=N][,serial=TEXT][,jumper=on|off][,stuck=N]
 * @error: return location for an error
 *
 * Makes a board, plugged in and in DFU mode.
 *
 * KIND is one of jmp_virtual_board_kinds(). `flash` keeps alt setting 0 as raw bytes in FILE between
 * runs, and any other alt setting that was ever changed in FILE.altN; a FILE that does not exist is a
 * fresh board. `speed` is how fast time passes: 1 real, 0 none (a fake clock, for tests). `jumper=on`
 * means that whatever happens the board comes back in DFU mode, `off` that it starts its program on
 * every power-on and leave; with neither, the jumper is joined until the board is told to leave, and
 * then taken off. A board that holds no program always comes back in DFU mode. `stuck=N` makes the
 * Nth erase never end.
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
  self->usb = (JmpVirtualUsbDevice){
    .profile = self->spec.profile,
    .serial = self->spec.serial,
    .machine = &self->machine,
  };
  self->jumper = self->spec.jumper;
  appear (self, 0);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->spec.flash_file == NULL)
    return TRUE;
  return jmp_virtual_flash_file_save (self->memory, self->spec.flash_file, error);
}

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

/* The board left the bus at the end of a transfer. Returns whether it will come back. Lock held. */
static gboolean
leave (JmpVirtualBoard *self, JmpVirtualAfter after)
{
  guint32 address = self->spec.profile->start;
  gboolean joined = self->jumper != JMP_VIRTUAL_JUMPER_OFF;

  if (after == JMP_VIRTUAL_START) {
    address = self->machine.pointer;
    check_start (self, address);
    joined = self->jumper == JMP_VIRTUAL_JUMPER_ON;
  }
  disappear (self, JMP_VIRTUAL_RUNNING);
  if (joined || !is_program (self, address))
    return TRUE;
  self->started_at = address;
  self->jumper = JMP_VIRTUAL_JUMPER_OFF;
  return FALSE;
}

/* Tells the watcher that the board left, saves its memory, and lets it come back if it does. No lock
 * held: the watcher is a stranger. */
static void
after_transfer (JmpVirtualBoard *self, guint appearance, gboolean comes_back, gint64 ready_at)
{
  gboolean appeared = FALSE;

  jmp_virtual_board_save (self, NULL);
  notify (self);
  if (!comes_back)
    return;
  g_mutex_lock (&self->lock);
  if (self->state == JMP_VIRTUAL_RUNNING && self->appearance == appearance) {
    appear (self, ready_at);
    appeared = TRUE;
  }
  g_mutex_unlock (&self->lock);
  if (appeared)
    notify (self);
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
transfer (JmpVirtualBoard *self, const JmpUsbSetup *setup, guint8 *data, JmpVirtualAnswer *answer)
{
  JmpVirtualCounters *counters = &self->ledger.counters;
  gint64 begin = MAX (jmp_virtual_clock_now (&self->clock), self->boots_until);
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
  if (answer->work_us > 0)
    self->busy_until = begin + wire + answer->work_us;
  return (JmpVirtualTransfer){
    .reply = answer->reply,
    .length = answer->length,
    .done_at = begin + wire,
  };
}

/* See board-private.h. */
JmpVirtualTransfer
jmp_virtual_board_exchange (JmpVirtualBoard *self,
                            guint appearance,
                            const JmpUsbSetup *setup,
                            guint8 *data,
                            gboolean *ended)
{
  JmpVirtualTransfer result = { .reply = JMP_VIRTUAL_GONE };
  JmpVirtualAnswer answer = { .reply = JMP_VIRTUAL_GONE };
  gboolean comes_back = FALSE;

  *ended = FALSE;
  g_mutex_lock (&self->lock);
  if (self->state == JMP_VIRTUAL_IN_DFU && self->appearance == appearance) {
    result = transfer (self, setup, data, &answer);
    *ended = answer.after != JMP_VIRTUAL_STAY;
  } else {
    result.done_at = jmp_virtual_clock_now (&self->clock);
  }
  if (*ended)
    comes_back = leave (self, answer.after);
  g_mutex_unlock (&self->lock);
  if (*ended)
    after_transfer (self, appearance, comes_back, result.done_at + answer.work_us + BOOT_US);
  return result;
}

/* See board-private.h. */
gboolean
jmp_virtual_board_get_appearance (JmpVirtualBoard *self, guint *appearance)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  *appearance = self->appearance;
  return self->state == JMP_VIRTUAL_IN_DFU;
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
  return jmp_virtual_board_exchange (self, appearance, &decoded, data, &ended);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_usb_device_descriptors (&self->usb);
}

/**
 * jmp_virtual_board_reset:
 * @self: a board
 *
 * A USB bus reset: the boot loader goes on, in dfuIDLE and alt setting 0; work that runs, too.
 */
void
jmp_virtual_board_reset (JmpVirtualBoard *self)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  jmp_virtual_machine_bus_reset (&self->machine);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_clock_now (&self->clock);
}

/* See board-private.h. */
gint64
jmp_virtual_board_real_until (JmpVirtualBoard *self, gint64 time_us)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  if (self->owner == NULL)
    self->owner = owner;
  return self->owner == owner;
}

/* See board-private.h. */
void
jmp_virtual_board_release (JmpVirtualBoard *self, gconstpointer owner)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->state;
}

/**
 * jmp_virtual_board_unplug:
 * @self: a board
 *
 * Takes the power away. Work that runs counts as done: it began with its last request.
 */
void
jmp_virtual_board_unplug (JmpVirtualBoard *self)
{
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->state != JMP_VIRTUAL_UNPLUGGED;
  disappear (self, JMP_VIRTUAL_UNPLUGGED);
  g_mutex_unlock (&self->lock);
  if (changed)
    notify (self);
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
  guint32 start = self->spec.profile->start;
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->state == JMP_VIRTUAL_UNPLUGGED;
  if (changed && self->jumper == JMP_VIRTUAL_JUMPER_OFF && is_program (self, start)) {
    self->state = JMP_VIRTUAL_RUNNING;
    self->started_at = start;
  } else if (changed) {
    appear (self, jmp_virtual_clock_now (&self->clock) + BOOT_US);
  }
  g_mutex_unlock (&self->lock);
  if (changed)
    notify (self);
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->jumper = joined ? JMP_VIRTUAL_JUMPER_ON : JMP_VIRTUAL_JUMPER_OFF;
}

/**
 * jmp_virtual_board_watch:
 * @self: a board
 * @changed: (nullable): called, in the thread that caused it, after every change of state; a board
 *   that comes back by itself changes twice
 * @user_data: for @changed
 *
 * Sets the one watcher. It may call every function of the board.
 */
void
jmp_virtual_board_watch (JmpVirtualBoard *self, JmpVirtualChangedFunc changed, gpointer user_data)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->changed = changed;
  self->changed_data = user_data;
}

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  jmp_virtual_memory_protect (self->memory, alt, address);
}

/**
 * jmp_virtual_board_set_read_protection:
 * @self: a board
 * @level: 0 for none; from 1, reading and writing answer errVENDOR
 *
 * Sets the level of read-out protection.
 */
void
jmp_virtual_board_set_read_protection (JmpVirtualBoard *self, guint level)
{
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  self->machine.read_protection = level;
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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

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
  g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return jmp_virtual_ledger_to_strv (&self->ledger);
}
