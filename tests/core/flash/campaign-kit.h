/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One board that is flashed again and again: what goes wrong on the bus and in the chip is chosen for
 * each run, and what must hold afterwards is checked. */

#pragma once

#include "board-kit.h"
#include "flash/job.h"

/**
 * Trouble:
 * @unplug_at: the transfer before which the board is unplugged; 0 for never
 * @late_us: how long after the transfer before that the power goes: work may be half done then
 * @comes_back: whether it is plugged in again while the job waits
 * @seed: of the random faults; 0 for none
 * @probability: of each kind of fault
 * @lies: of 65536 answers to GETSTATUS, how many are wrong
 * @stuck: address of a cell whose lowest bit is always 0; 0 for none
 * @protect: address in a sector that is write-protected; 0 for none
 */
typedef struct {
  guint64 unplug_at;
  guint late_us;
  gboolean comes_back;
  guint32 seed;
  double probability[JMP_FAULT_N];
  guint lies;
  guint32 stuck;
  guint32 protect;
} Trouble;

typedef struct {
  const char *spec;
  Bench bench;
  JmpImage *image;
  JmpPlanOptions options;
  char *folder;
  guint8 blank;     /* what its erased bytes read */
  guint8 *expected; /* the flash after a run without trouble */
  /* Of the last run. */
  guint8 *begun; /* the flash before it */
  guint32 stuck; /* a cell that nothing can be asked of */
  gboolean bad_chip;
  gboolean ok;
  GError *error;
  JmpOutcome outcome;
  guint64 transfers;
  guint waits;
} Campaign;

/* A used board, and what it will be after a run without trouble. */
void campaign_set_up (Campaign *self, const char *spec, const char *image);
void campaign_tear_down (Campaign *self);
/* The same board as it was at first. */
void campaign_reset (Campaign *self);
void campaign_run (Campaign *self, const Trouble *trouble);

/* Whether the flash is as it was, and as it shall be. */
gboolean campaign_is_old (Campaign *self);
gboolean campaign_is_new (Campaign *self);
/* A board whose program would start has all of it. A chip that cannot be erased or written may be one
 * that cannot be stopped: then nothing is checked. */
void campaign_check_start (Campaign *self, const char *when);
/* What had to be kept is on the board, or safe in the recovery file. */
void campaign_check_kept (Campaign *self, const char *when);
gboolean campaign_has_recovery_file (Campaign *self);
void campaign_check_no_claim (Campaign *self, const char *when);
