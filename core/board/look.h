/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the firmware in a board's flash says of itself: the board that it was built for, and its version.
 *
 * MicroPython has its banner in flash: "MicroPython v1.29.0 on 2026-08-24; PYBv1.1 with STM32F405RG".
 * jmp_look_into() is pure. jmp_look_read() opens the board, reads and closes it: synchronous, can be
 * cancelled, from any thread but the one that draws the window, and while nobody else works with the
 * board. What is found is evidence, no proof: bytes of an older firmware can stand behind the new. */

#pragma once

#include "board/catalogue.h"
#include "device/device.h"
#include "flash/plan.h"

G_BEGIN_DECLS

/* The most that is read for one look, in bytes: some four seconds of a board's time. */
#define JMP_LOOK_MAX_READ (1024u * 1024)

/**
 * JmpLook:
 * @board: (nullable): the board that it names; %NULL for none, or for two
 * @machine: (nullable): how it names the board: "PYBv1.1 with STM32F405RG"; %NULL for none, or for two
 * @version: (nullable): its version, without "v"
 *
 * What firmware says of itself.
 */
typedef struct {
  JmpBoard *board;
  char *machine;
  char *version;
} JmpLook;

JmpLook *jmp_look_into (JmpCatalogue *catalogue, GBytes *memory) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_look_read (JmpCatalogue *catalogue,
                       JmpDevice *device,
                       GCancellable *cancellable,
                       GError **error) G_GNUC_WARN_UNUSED_RESULT;
void jmp_look_free (JmpLook *self);

/* look-files.c: before firmware comes onto a board that nobody has named. */
gboolean jmp_look_may_take_files (JmpCatalogue *catalogue, JmpDfuInfo *info, JmpPlan *plan);
gboolean jmp_look_finds_files (JmpCatalogue *catalogue,
                               JmpDevice *device,
                               JmpPlan *plan,
                               GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpLook, jmp_look_free)

G_END_DECLS
