/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The text of a recording, for its writer (recorder.c) and its reader (replay.c).
 *
 * One line for each thing that was asked of the device, in order. A line that begins with # is a
 * comment; blank lines count for nothing. A line is
 *
 *   @START+TOOK REQUEST -> RESULT
 *
 * START: microseconds since the recording began; TOOK: how many it took. REQUEST is one of
 *
 *   descriptors
 *   claim INTERFACE
 *   set-alt INTERFACE ALT
 *   reset
 *   out TYPE REQUEST VALUE INDEX LENGTH [DATA]     a control transfer to the device
 *   in TYPE REQUEST VALUE INDEX LENGTH             one from the device
 *
 * with the setup stage (USB 2.0, 9.3) and DATA in lower-case hexadecimal, the other numbers and
 * LENGTH in decimal. RESULT is "ok", for a transfer "ok COUNT" with the bytes moved, and where bytes
 * came from the device "ok COUNT DATA"; or else a word of jmp_error_to_string() or "cancelled", and
 * then ": MESSAGE".
 *
 *   @4210+390 out 21 01 0000 0000 5 2100000008 -> ok 5
 *   @4600+310 in a1 03 0000 0000 6 -> ok 6 006800000400
 *   @4950+120 in a1 03 0000 0000 6 -> stalled: the device refused the request
 *
 * Waits are not written down: they show in the times. Private to core/usb. */

#pragma once

#include "usb/usb.h"

G_BEGIN_DECLS

#define JMP_RECORDING_HEADER    "# Jumper USB recording 1"
#define JMP_RECORDING_ARROW     " -> "
#define JMP_RECORDING_CANCELLED "cancelled"

char *jmp_recording_descriptors (void);
char *jmp_recording_claim (guint8 interface);
char *jmp_recording_set_alt (guint8 interface, guint8 alt);
char *jmp_recording_reset (void);
char *jmp_recording_control (const JmpUsbSetup *setup, const guint8 *data);

G_END_DECLS
