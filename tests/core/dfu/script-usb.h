/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A device that follows a script, for tests of what goes over the wire.
 *
 * Each line is a request, " = " and what comes back:
 *
 *   GETSTATUS = OK 100 dfuDNBUSY      bStatus, bwPollTimeout, bState, and iString where not 0
 *   GETSTATUS = 00 00                 bytes, which need not be as many as were asked for
 *   DNLOAD 0 21 00 00 00 08 = ok      block number and bytes, or "(2048 bytes)" when more than 8
 *   UPLOAD 2 4 = 01 02 03 04          block number and length
 *   CLRSTATUS, ABORT, RESET, SETALT 1, CLAIM 0, DETACH 1000, GETSTATE,
 *   FUNCTIONAL interface, FUNCTIONAL device, STRING 4 = text
 *
 * In place of an answer: stall, timeout, gone, io, none (no bytes), busy. A line that begins with
 * "forever " is never used up, and a line "otherwise = ok" behind it answers what it does not.
 * Anything else than the next line's request fails the test. The clock stands still but for waits and
 * time-outs. */

#pragma once

#include "dfu/dfu.h"

JmpUsb *script_usb_new (const char *name, const char *script);
void script_usb_set_descriptors (JmpUsb *usb, const guint8 *data, gsize size);
/* The pauses between transfers in milliseconds: "1 2 4". */
const char *script_usb_waits (JmpUsb *usb);
guint script_usb_elapsed_ms (JmpUsb *usb);
/* Fails the test when the script has lines left. */
void script_usb_assert_finished (JmpUsb *usb);
/* A DfuSe device with interface 0 and blocks of 2048 bytes, without going over the wire. */
JmpDfuInfo *script_info_new (guint16 vid, guint16 pid, guint16 bcd_device);
/* An open interface of such a device. */
JmpDfu *script_dfu_new (
    const char *name, const char *script, guint16 vid, guint16 pid, guint16 bcd_device);

/* What is said, and what comes of it. */
typedef struct {
  const char *name;
  const char *script;
  int code;            /* of JMP_ERROR, or SCRIPT_OK */
  const char *message; /* part of the error's; NULL: any */
  const char *waits;   /* as script_usb_waits(); NULL: any */
} ScriptRow;

#define SCRIPT_OK -1

/* Compares the end with the row, and closes @dfu. */
void script_check_end (JmpDfu *dfu, const ScriptRow *row, gboolean done, const GError *error);

#define OLD_ROM 0x0483, 0xDF11, 0x2200
#define NEW_ROM 0x0483, 0xDF11, 0x0200
#define MBOOT   0x0483, 0xDF11, 0x0300
#define GD32    0x28E9, 0x0189, 0x1000
