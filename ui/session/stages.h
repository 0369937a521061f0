/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The phases of the work as a list that a person reads from left to right, and that never goes back.
 *
 * The work itself does: what makes a board start is written when all else is verified, and a sector
 * that reads back wrong is done again. The first is a stage of its own, "finishing"; the second stays
 * in the stage that it happened in. Pure; any thread. */

#pragma once

#include "flash/run.h"

G_BEGIN_DECLS

typedef enum {
  JMP_STAGE_BACKUP,
  JMP_STAGE_COMPARE,
  JMP_STAGE_ERASE,
  JMP_STAGE_WRITE,
  JMP_STAGE_VERIFY,
  JMP_STAGE_FINISH,
  JMP_STAGE_RESTART,
} JmpStage;

#define JMP_STAGE_N 7

gboolean jmp_stage_is_in (JmpStage stage, JmpPlan *look, JmpPlan *plan);
JmpStage jmp_stage_now (JmpPlan *plan, const JmpProgress *progress);
const char *jmp_stage_to_words (JmpStage stage);

G_END_DECLS
