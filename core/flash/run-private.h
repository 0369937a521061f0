/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the files that carry out a plan share: one run of one plan. Private to this room; one thread. */

#pragma once

#include "flash/blocks.h"
#include "flash/meter.h"
#include "flash/plan-private.h"
#include "flash/run.h"
#include "flash/survey.h"

G_BEGIN_DECLS

/**
 * JmpRun:
 * @blocks: moves the bytes
 * @plan: (not owned): what to do
 * @steps: (not owned): its steps
 * @n_steps: how many
 * @func: (nullable): is told how far it is
 * @user_data: for @func
 * @progress: what it is told
 * @phase_done: bytes done, by phase
 * @own_meter: where nobody brought one
 * @meter: (not owned): measures the work
 * @started_us: when the run began
 * @phase_us: when the phase began
 * @outcome: (not owned): what was done
 * @read: (nullable): what READ steps brought
 * @unwritten: by sector of the plan: bytes that are still to be written
 * @redone: by sector of the plan: whether it was done once more
 * @padded: room for a block that is filled up
 * @seen: room for a block that was read
 * @left: whether the program was started
 * @unread: whether the board has left before it could be read back
 * @idle: whether the device is known to be in dfuIDLE when the run begins
 */
typedef struct {
  JmpBlocks blocks;
  JmpPlan *plan;
  const JmpStep *steps;
  guint n_steps;

  JmpProgressFunc func;
  gpointer user_data;
  JmpProgress progress;
  guint64 phase_done[JMP_PHASE_N];
  JmpMeter own_meter;
  JmpMeter *meter;
  gint64 started_us;
  gint64 phase_us;

  JmpOutcome *outcome;
  JmpImageBuilder *read;
  guint64 *unwritten;
  gboolean *redone;
  guint8 *padded;
  guint8 *seen;
  gboolean left;
  gboolean unread;
  gboolean idle;
} JmpRun;

/* run.c */
gboolean jmp_run_begin (JmpRun *self, GError **error);
void jmp_run_init (JmpRun *self,
                   JmpDfu *dfu,
                   JmpPlan *plan,
                   JmpMeter *meter,
                   GCancellable *cancellable,
                   JmpOutcome *outcome);
void jmp_run_clear (JmpRun *self);
void jmp_run_end (JmpRun *self, guint64 transfers, const GError *failure);
void jmp_run_enter_phase (JmpRun *self, JmpPhase phase);
void jmp_run_tell (JmpRun *self, guint32 address, guint32 length);
void jmp_run_count (JmpRun *self, guint64 length);
void jmp_run_measure (JmpRun *self, JmpStepKind kind, guint32 address, guint32 length);
void jmp_run_advance (JmpRun *self, JmpStepKind kind, guint32 address, guint32 length);
void jmp_run_note_written (JmpRun *self, guint8 alt, guint32 address, guint32 length);
gboolean jmp_run_is_cancelled (JmpRun *self, GError **error);
guint16 jmp_run_block_length (const JmpRun *self, const JmpStep *step, guint32 done);
const guint8 *jmp_run_block_bytes (JmpRun *self, const JmpStep *step, guint32 done, guint16 length);
gboolean jmp_flash_run_metered (JmpDfu *dfu,
                                JmpPlan *plan,
                                JmpMeter *meter,
                                gboolean idle,
                                JmpProgressFunc progress,
                                gpointer user_data,
                                GCancellable *cancellable,
                                JmpOutcome *outcome,
                                GError **error);
JmpSurvey *jmp_survey_run_metered (JmpDfu *dfu,
                                   JmpPlan *plan,
                                   JmpMeter *meter,
                                   gboolean idle,
                                   JmpProgressFunc progress,
                                   gpointer user_data,
                                   GCancellable *cancellable,
                                   JmpOutcome *outcome,
                                   GError **error);

/* run-transfer.c: each of these tries again what may work the second time. */
typedef enum {
  JMP_WRITE_DONE,
  JMP_WRITE_FAILED,
  JMP_WRITE_SPOILED, /* what is there now can only be put right by an erase */
} JmpWriteResult;

const guint8 *jmp_run_read (JmpRun *self, guint32 address, guint16 length, GError **error);
gboolean jmp_run_erase (JmpRun *self, guint32 address, guint32 size, GError **error);
JmpWriteResult jmp_run_write (
    JmpRun *self, guint32 address, const guint8 *data, guint16 length, GError **error);
gboolean jmp_run_start (JmpRun *self, guint32 address, GError **error);
gboolean jmp_run_is_blank (
    JmpRun *self, guint32 address, guint32 length, gboolean *blank, GError **error);

/* run-plain.c */
gboolean jmp_run_plain_step (JmpRun *self, const JmpStep *step, GError **error);

/* run-verify.c */
gboolean jmp_run_verify (JmpRun *self, const JmpStep *step, GError **error);

/* run-redo.c: a sector that was spoiled, done once more up to where the work is. */
gboolean jmp_run_redo (
    JmpRun *self, const JmpStep *step, guint32 offset, guint32 address, GError **error);
void jmp_run_note_difference (JmpRun *self, guint32 address, guint8 expected, guint8 found);
gboolean jmp_run_differs (JmpRun *self,
                          const JmpStep *step,
                          guint32 offset,
                          guint16 length,
                          gboolean *differs,
                          guint16 *where,
                          GError **error);

G_END_DECLS
