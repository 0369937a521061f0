/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of a virtual board, for the files of this room alone. */

#pragma once

#include "virtual/board.h"
#include "virtual/clock-private.h"
#include "virtual/machine-private.h"
#include "virtual/usb-device-private.h"

G_BEGIN_DECLS

/**
 * JmpVirtualJumper:
 * @JMP_VIRTUAL_JUMPER_OFF: not joined: power-on and leave start the program
 * @JMP_VIRTUAL_JUMPER_ON: joined for ever: the board comes back in DFU mode
 * @JMP_VIRTUAL_JUMPER_UNTIL_LEAVE: joined until the board is told to leave; someone takes it off
 */
typedef enum {
  JMP_VIRTUAL_JUMPER_OFF,
  JMP_VIRTUAL_JUMPER_ON,
  JMP_VIRTUAL_JUMPER_UNTIL_LEAVE,
} JmpVirtualJumper;

/* What a spec says. */
typedef struct {
  const JmpVirtualProfile *profile; /* (not owned) static */
  char *serial;                     /* (owned) */
  char *flash_file;                 /* (owned) (nullable) */
  double speed;
  JmpVirtualJumper jumper;
  guint stuck_at;
  guint seed; /* 0: the usual */
  gboolean has_protection;
  guint protection;  /* level of read protection */
  guint unplug_ms;   /* 0: never */
  gboolean run_time; /* the program has a DFU interface, and runs */
  gboolean running;  /* begins with its program, which has none */
} JmpVirtualSpec;

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
  gint64
      work_begins; /* of the work that was started last, whatever has become of the board since */
  gint64 work_ends;
  gint64 unplug_at; /* when the cable will be pulled; 0: it will not */
  guint32 started_at;
  gconstpointer owner; /* (not owned) only compared: who claimed interface 0 */

  JmpVirtualChangedFunc changed;
  gpointer changed_data; /* (not owned) the watcher's */
};

/* From the end of the last transfer to the boot loader's first answer. */
#define JMP_VIRTUAL_BOOT_US 250000

/* spec.c */
gboolean jmp_virtual_spec_parse (JmpVirtualSpec *self, const char *text, GError **error);
void jmp_virtual_spec_clear (JmpVirtualSpec *self);

/* flash-file.c */
gboolean jmp_virtual_flash_file_load (JmpVirtualMemory *memory, const char *path, GError **error);
gboolean jmp_virtual_flash_file_save (JmpVirtualMemory *memory, const char *path, GError **error);

/* power.c: coming and going; board.c: telling. Lock held, except for notify. */
void jmp_virtual_board_appear (JmpVirtualBoard *self, gboolean run_time, gint64 ready_at);
void jmp_virtual_board_disappear (JmpVirtualBoard *self, JmpVirtualState state);
gboolean jmp_virtual_board_find_program (JmpVirtualBoard *self, guint32 *address);
gboolean jmp_virtual_board_has_program (JmpVirtualBoard *self, guint32 address);
void jmp_virtual_board_lose_power (JmpVirtualBoard *self, gint64 time_us);
void jmp_virtual_board_notify (JmpVirtualBoard *self);
/* repl-board.c: runs its program from the first moment, if there is one. */
void jmp_virtual_board_start_program (JmpVirtualBoard *self);

/* transfer.c: for virtual-usb.c. No lock held.
 *
 * One transfer of a handle that was opened at @appearance. @ended: whether it was the last of that
 * appearance, and is delivered although the board is gone. */
JmpVirtualTransfer jmp_virtual_board_exchange (JmpVirtualBoard *self,
                                               guint appearance,
                                               gint64 asked_at,
                                               const JmpUsbSetup *setup,
                                               guint8 *data,
                                               gboolean *ended);
/* The number of this appearance on the bus; FALSE when there is none. */
gboolean jmp_virtual_board_get_appearance (JmpVirtualBoard *self, guint *appearance);
/* How many real microseconds until @time_us; a fake clock jumps there, and 0 are. */
gint64 jmp_virtual_board_real_until (JmpVirtualBoard *self, gint64 time_us);
/* Takes interface 0 for @owner; FALSE when another has it. */
gboolean jmp_virtual_board_claim (JmpVirtualBoard *self, gconstpointer owner);
void jmp_virtual_board_release (JmpVirtualBoard *self, gconstpointer owner);

G_END_DECLS
