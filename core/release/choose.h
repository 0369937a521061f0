/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which board it is, and so which file it takes: from what is known to what may be offered.
 *
 * The boot loader in a chip's ROM is the same for dozens of boards: nothing is chosen for the person
 * when more than one board fits. Pure; any thread. */

#pragma once

#include "board/catalogue.h"
#include "release/release.h"
#include "release/version.h"

G_BEGIN_DECLS

/**
 * JmpEvidence:
 * @build: (nullable): sys.implementation._build of the firmware that ran before DFU mode: "PYBV11-DP"
 * @machine: (nullable): what that firmware called the board: "PYBv1.1 with STM32F405RG"
 * @version: (nullable): the version that ran
 * @remembered: (nullable): what was chosen for this serial number before, written as a build; leave it
 *   out where serial numbers are not unique
 * @memory: (nullable): some of the flash, from jmp_look_read()
 * @info: (nullable): what the device in DFU mode says about itself
 *
 * What is known about a board.
 */
typedef struct {
  const char *build;
  const char *machine;
  const char *version;
  const char *remembered;
  GBytes *memory;
  const JmpDfuInfo *info;
} JmpEvidence;

/**
 * JmpReason:
 * @JMP_REASON_FITS: its USB ids, and its memory map where that is known
 * @JMP_REASON_MEMORY: its name stands in the flash
 * @JMP_REASON_REMEMBERED: it was chosen for this serial number before
 * @JMP_REASON_RUNNING: its firmware said so
 *
 * The best reason to believe that it is a board, from weak to strong.
 */
typedef enum {
  JMP_REASON_FITS,
  JMP_REASON_MEMORY,
  JMP_REASON_REMEMBERED,
  JMP_REASON_RUNNING,
} JmpReason;

/**
 * JmpCandidate:
 * @board: (not owned): the board
 * @reason: the best reason for it
 * @variant: (nullable): the build of its firmware, where @variant_known
 * @variant_known: whether the build is known; @variant is %NULL for the standard one
 */
typedef struct {
  JmpBoard *board;
  JmpReason reason;
  char *variant;
  gboolean variant_known;
} JmpCandidate;

/**
 * JmpChoice:
 * @candidates: (element-type JmpCandidate): the boards that it can be, the likeliest first
 * @sure: (nullable): the one candidate that may be taken without asking; %NULL to ask
 * @contradiction: whether the evidence names two boards, or one that the device cannot be
 * @version: (nullable): the version on the board, from what ran or what stands in the flash
 */
typedef struct {
  GArray *candidates;
  const JmpCandidate *sure;
  gboolean contradiction;
  char *version;
} JmpChoice;

JmpChoice *jmp_choose_board (JmpCatalogue *catalogue, const JmpEvidence *evidence);
void jmp_choice_free (JmpChoice *self);
JmpRelease *jmp_choose_release (GPtrArray *releases,
                                JmpBoard *board,
                                const char *variant,
                                const char *version,
                                JmpChannel channel);
char *jmp_choose_write_build (JmpBoard *board, const char *variant);
const char *jmp_reason_to_string (JmpReason reason);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpChoice, jmp_choice_free)

G_END_DECLS
