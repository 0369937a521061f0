/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A fault injector that wraps any #JmpUsb.
 *
 * Faults come at a given transfer, counted from 1 over all control transfers, or seeded at random
 * with a probability for each kind; the same seed gives the same faults. Same thread rule as
 * #JmpUsb. */

#pragma once

#include "usb/usb.h"

G_BEGIN_DECLS

/**
 * JmpFault:
 * @JMP_FAULT_STALL: the transfer is refused; the device never sees it
 * @JMP_FAULT_TIMEOUT: the transfer times out after its whole time limit; the device never sees it
 * @JMP_FAULT_SHORT_READ: an IN transfer brings half of its bytes
 * @JMP_FAULT_CORRUPT: one bit of an IN transfer is wrong
 * @JMP_FAULT_UNPLUG: the device is gone from now on
 *
 * What can go wrong on a bus. A fault that asks for an IN transfer waits for the next one.
 */
typedef enum {
  JMP_FAULT_STALL,
  JMP_FAULT_TIMEOUT,
  JMP_FAULT_SHORT_READ,
  JMP_FAULT_CORRUPT,
  JMP_FAULT_UNPLUG,
} JmpFault;

#define JMP_FAULT_N 5

JmpUsb *jmp_usb_fault_new (JmpUsb *inner) G_GNUC_WARN_UNUSED_RESULT;
void jmp_usb_fault_at (JmpUsb *self, guint64 transfer, JmpFault fault);
void jmp_usb_fault_seed (JmpUsb *self, guint32 seed, const double probability[JMP_FAULT_N]);
guint64 jmp_usb_fault_get_transfers (JmpUsb *self);
guint jmp_usb_fault_get_injected (JmpUsb *self);
const char *jmp_fault_to_string (JmpFault fault);

G_END_DECLS
