/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The DFU side of a virtual board: states, requests and commands, as DFU 1.1 (appendix A) and AN3156
 * have them. It has no clock: it says how long the work takes, and the board lets that time pass
 * before it asks again. Part of a board, used under the board's lock. */

#pragma once

#include "usb/usb.h"
#include "virtual/ledger-private.h"
#include "virtual/memory-private.h"
#include "virtual/undo-private.h"

G_BEGIN_DECLS

#define JMP_VIRTUAL_MAX_BLOCK 4096

/* The first byte of a DNLOAD with wBlockNum 0 (AN3156, 5), and of the answer to Get commands */
typedef enum {
  JMP_VIRTUAL_GET_COMMANDS = 0x00,
  JMP_VIRTUAL_SET_ADDRESS = 0x21,
  JMP_VIRTUAL_ERASE = 0x41,
  JMP_VIRTUAL_READ_UNPROTECT = 0x92,
} JmpVirtualCommand;

/* bState (DFU 1.1, 6.1.2) */
typedef enum {
  JMP_VIRTUAL_APP_IDLE = 0,
  JMP_VIRTUAL_APP_DETACH = 1,
  JMP_VIRTUAL_IDLE = 2,
  JMP_VIRTUAL_DNLOAD_SYNC = 3,
  JMP_VIRTUAL_DNBUSY = 4,
  JMP_VIRTUAL_DNLOAD_IDLE = 5,
  JMP_VIRTUAL_MANIFEST_SYNC = 6,
  JMP_VIRTUAL_MANIFEST = 7,
  JMP_VIRTUAL_MANIFEST_WAIT_RESET = 8,
  JMP_VIRTUAL_UPLOAD_IDLE = 9,
  JMP_VIRTUAL_ERROR = 10,
  /* Not of the standard: ST's stack puts the status errSTALLEDPKT where the state belongs. */
  JMP_VIRTUAL_STRAY = 15,
} JmpVirtualDfuState;

/* bStatus (DFU 1.1, 6.1.2) */
typedef enum {
  JMP_VIRTUAL_STATUS_OK = 0x00,
  JMP_VIRTUAL_ERR_TARGET = 0x01,
  JMP_VIRTUAL_ERR_ERASE = 0x04,
  JMP_VIRTUAL_ERR_PROG = 0x06,
  JMP_VIRTUAL_ERR_ADDRESS = 0x08,
  JMP_VIRTUAL_ERR_FIRMWARE = 0x0A,
  JMP_VIRTUAL_ERR_VENDOR = 0x0B,
  JMP_VIRTUAL_ERR_UNKNOWN = 0x0E,
  JMP_VIRTUAL_ERR_STALLEDPKT = 0x0F,
} JmpVirtualDfuStatus;

/**
 * JmpVirtualAfter:
 * @JMP_VIRTUAL_STAY: nothing
 * @JMP_VIRTUAL_START: the board leaves DFU mode and starts the program
 * @JMP_VIRTUAL_RESTART: the board resets
 * @JMP_VIRTUAL_TO_DFU: the program makes room for the boot loader
 *
 * What happens to the board once the transfer is over.
 */
typedef enum {
  JMP_VIRTUAL_STAY,
  JMP_VIRTUAL_START,
  JMP_VIRTUAL_RESTART,
  JMP_VIRTUAL_TO_DFU,
} JmpVirtualAfter;

/**
 * JmpVirtualAnswer:
 * @reply: what the host sees
 * @length: bytes of the data stage
 * @work_us: how long the board is busy after the transfer
 * @after: what follows
 */
typedef struct {
  JmpVirtualReply reply;
  gsize length;
  guint work_us;
  JmpVirtualAfter after;
} JmpVirtualAnswer;

typedef struct {
  const JmpVirtualProfile *profile; /* (not owned) static */
  JmpVirtualMemory *memory;         /* (not owned) the board's */
  JmpVirtualLedger *ledger;         /* (not owned) the board's */

  gboolean run_time; /* it is the program that answers */
  JmpVirtualDfuState state;
  JmpVirtualDfuStatus status;
  guint8 string; /* iString: why */
  guint8 alt;
  guint32 pointer;
  guint32 random;

  /* Plain DFU: the number that the next block has, and whether a short one was the last */
  guint16 next_block;
  gboolean file_ended;

  /* The DNLOAD that waits for its GETSTATUS */
  gboolean pending;
  guint16 block;
  gsize buffered;
  guint8 buffer[JMP_VIRTUAL_MAX_BLOCK];

  /* The work that runs */
  JmpVirtualDfuStatus outcome;
  gboolean fails;
  guint8 outcome_string;
  JmpVirtualUndo undo; /* (owned) */

  guint read_protection; /* level; outlives a restart */
  guint erases;          /* page erases since the board was made */
  guint stuck_at;        /* the erase that never ends; 0: none */
  gboolean stuck;
} JmpVirtualMachine;

/* What the work of a command asks of the rest. */
typedef struct {
  JmpVirtualDfuStatus status;
  gboolean fails;
  guint8 string;
  guint us;
  guint32 poll_ms;
  JmpVirtualAfter after;
} JmpVirtualWork;

void jmp_virtual_machine_init (JmpVirtualMachine *self,
                               const JmpVirtualProfile *profile,
                               JmpVirtualMemory *memory,
                               JmpVirtualLedger *ledger);
void jmp_virtual_machine_clear (JmpVirtualMachine *self);
void jmp_virtual_machine_power_on (JmpVirtualMachine *self, gboolean run_time);
JmpVirtualAfter jmp_virtual_machine_bus_reset (JmpVirtualMachine *self);
JmpVirtualAnswer jmp_virtual_machine_request (JmpVirtualMachine *self,
                                              const JmpUsbSetup *setup,
                                              guint8 *data);

/* machine.c, for the files below. */
JmpVirtualAnswer jmp_virtual_machine_fail_upload (JmpVirtualMachine *self,
                                                  JmpVirtualDfuStatus status);
const char *jmp_virtual_machine_state_name (JmpVirtualMachine *self);

/* status.c */
JmpVirtualAnswer jmp_virtual_machine_status (JmpVirtualMachine *self,
                                             const JmpUsbSetup *setup,
                                             guint8 *data);

/* upload.c */
JmpVirtualAnswer jmp_virtual_machine_upload (JmpVirtualMachine *self,
                                             const JmpUsbSetup *setup,
                                             guint8 *data);

/* work.c */
JmpVirtualWork jmp_virtual_machine_work (JmpVirtualMachine *self);
gboolean jmp_virtual_machine_block_address (JmpVirtualMachine *self,
                                            guint16 block,
                                            gsize length,
                                            guint32 *address);
guint jmp_virtual_machine_erase (JmpVirtualMachine *self, const JmpSector *sector);
JmpVirtualProgram jmp_virtual_machine_program (JmpVirtualMachine *self, guint32 address);

/* run-time.c: a program with a DFU interface of its own */
JmpVirtualAnswer jmp_virtual_run_time_request (JmpVirtualMachine *self,
                                               const JmpUsbSetup *setup,
                                               guint8 *data);

/* plain.c: DFU 1.1 without ST's additions */
gboolean jmp_virtual_plain_accepts (JmpVirtualMachine *self, const JmpUsbSetup *setup);
JmpVirtualWork jmp_virtual_plain_work (JmpVirtualMachine *self);
JmpVirtualAnswer jmp_virtual_plain_upload (JmpVirtualMachine *self,
                                           const JmpUsbSetup *setup,
                                           guint8 *data);

/* protection.c: the level of read protection and the option byte that holds it */
void jmp_virtual_protection_load (JmpVirtualMachine *self);
void jmp_virtual_protection_store (JmpVirtualMachine *self, guint level);
void jmp_virtual_protection_lift (JmpVirtualMachine *self);

G_END_DECLS
