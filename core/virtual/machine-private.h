/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The DFU side of a virtual board: states, requests and commands, as DFU 1.1 (appendix A) and AN3156
 * have them. It has no clock: it says how long the work takes, and the board lets that time pass
 * before it asks again. Part of a board, used under the board's lock. */

#pragma once

#include "usb/usb.h"
#include "virtual/ledger-private.h"
#include "virtual/memory-private.h"

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
  JMP_VIRTUAL_IDLE = 2,
  JMP_VIRTUAL_DNLOAD_SYNC = 3,
  JMP_VIRTUAL_DNBUSY = 4,
  JMP_VIRTUAL_DNLOAD_IDLE = 5,
  JMP_VIRTUAL_MANIFEST_SYNC = 6,
  JMP_VIRTUAL_MANIFEST = 7,
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
 * @JMP_VIRTUAL_START: the board leaves DFU mode and jumps to the address pointer
 * @JMP_VIRTUAL_RESTART: the board resets
 *
 * What happens to the board once the transfer is over.
 */
typedef enum {
  JMP_VIRTUAL_STAY,
  JMP_VIRTUAL_START,
  JMP_VIRTUAL_RESTART,
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

  JmpVirtualDfuState state;
  JmpVirtualDfuStatus status;
  guint8 alt;
  guint32 pointer;

  /* The DNLOAD that waits for its GETSTATUS */
  gboolean pending;
  guint16 block;
  gsize buffered;
  guint8 buffer[JMP_VIRTUAL_MAX_BLOCK];

  JmpVirtualDfuStatus outcome; /* of the work that runs */
  guint read_protection;       /* level; outlives a restart */
  guint erases;                /* page erases since the board was made */
  guint stuck_at;              /* the erase that never ends; 0: none */
  gboolean stuck;
} JmpVirtualMachine;

/* What the work of a command asks of the rest. */
typedef struct {
  JmpVirtualDfuStatus status;
  guint us;
  guint poll_ms;
  JmpVirtualAfter after;
} JmpVirtualWork;

void jmp_virtual_machine_init (JmpVirtualMachine *self,
                               const JmpVirtualProfile *profile,
                               JmpVirtualMemory *memory,
                               JmpVirtualLedger *ledger);
void jmp_virtual_machine_power_on (JmpVirtualMachine *self);
void jmp_virtual_machine_bus_reset (JmpVirtualMachine *self);
JmpVirtualAnswer jmp_virtual_machine_request (JmpVirtualMachine *self,
                                              const JmpUsbSetup *setup,
                                              guint8 *data);

/* work.c */
JmpVirtualWork jmp_virtual_machine_work (JmpVirtualMachine *self);
gboolean jmp_virtual_machine_block_address (JmpVirtualMachine *self,
                                            guint16 block,
                                            gsize length,
                                            guint32 *address);

G_END_DECLS
