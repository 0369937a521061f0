/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/stages.h"

#include "words/words.h"

#include <glib/gi18n-lib.h>

/* The first step with which something is changed again after something was verified. */
static guint
find_finish (const JmpStep *steps, guint n_steps)
{
  gboolean verified = FALSE;

  for (guint i = 0; i < n_steps; i++) {
    const gboolean changes = steps[i].kind == JMP_STEP_WRITE || steps[i].kind == JMP_STEP_ERASE;

    if (verified && changes)
      return i;
    verified = verified || steps[i].kind == JMP_STEP_VERIFY;
  }
  return n_steps;
}

static JmpStage
stage_of (JmpStepKind kind)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return JMP_STAGE_ERASE;
  case JMP_STEP_WRITE:
    return JMP_STAGE_WRITE;
  case JMP_STEP_VERIFY:
    return JMP_STAGE_VERIFY;
  case JMP_STEP_READ:
    return JMP_STAGE_BACKUP;
  case JMP_STEP_LEAVE:
    return JMP_STAGE_RESTART;
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    return JMP_STAGE_COMPARE;
  }
  return JMP_STAGE_COMPARE;
}

static JmpStage
stage_of_step (const JmpStep *steps, guint n_steps, guint step)
{
  const JmpStage stage = stage_of (steps[step].kind);

  if (stage != JMP_STAGE_RESTART && step >= find_finish (steps, n_steps))
    return JMP_STAGE_FINISH;
  return stage;
}

static gboolean
has_stage (JmpPlan *plan, JmpStage stage)
{
  guint n_steps = 0;
  const JmpStep *steps = plan != NULL ? jmp_plan_get_steps (plan, &n_steps) : NULL;

  for (guint i = 0; i < n_steps; i++) {
    if (stage_of_step (steps, n_steps, i) == stage)
      return TRUE;
  }
  return FALSE;
}

/**
 * jmp_stage_is_in:
 * @stage: a stage
 * @look: (nullable): how the board is looked at
 * @plan: (nullable): what is done to it
 *
 * Returns: whether the work has that stage
 */
gboolean
jmp_stage_is_in (JmpStage stage, JmpPlan *look, JmpPlan *plan)
{
  return has_stage (look, stage) || has_stage (plan, stage);
}

/**
 * jmp_stage_now:
 * @plan: (nullable): what is done
 * @progress: how far it is
 *
 * Returns: the stage that the work is in; getting ready is part of the comparison, which
 *   says nothing as long as all is different
 */
JmpStage
jmp_stage_now (JmpPlan *plan, const JmpProgress *progress)
{
  guint n_steps = 0;
  const JmpStep *steps = plan != NULL ? jmp_plan_get_steps (plan, &n_steps) : NULL;

  if (progress->phase == JMP_PHASE_BACKUP)
    return JMP_STAGE_BACKUP;
  if (progress->phase == JMP_PHASE_PREPARE || progress->phase == JMP_PHASE_COMPARE)
    return JMP_STAGE_COMPARE;
  if (progress->step < n_steps)
    return stage_of_step (steps, n_steps, progress->step);
  return JMP_STAGE_RESTART;
}

/**
 * jmp_stage_to_words:
 * @stage: a stage
 *
 * Returns: (transfer none): its translated title
 */
const char *
jmp_stage_to_words (JmpStage stage)
{
  switch (stage) {
  case JMP_STAGE_BACKUP:
    return jmp_words_phase (JMP_PHASE_BACKUP);
  case JMP_STAGE_COMPARE:
    return jmp_words_phase (JMP_PHASE_COMPARE);
  case JMP_STAGE_ERASE:
    return jmp_words_phase (JMP_PHASE_ERASE);
  case JMP_STAGE_WRITE:
    return jmp_words_phase (JMP_PHASE_WRITE);
  case JMP_STAGE_VERIFY:
    return jmp_words_phase (JMP_PHASE_VERIFY);
  case JMP_STAGE_FINISH:
    /* Translators: the last sector is written, the one that lets the board start. */
    return C_ ("phase", "Finishing");
  case JMP_STAGE_RESTART:
    return jmp_words_phase (JMP_PHASE_LEAVE);
  }
  return "";
}
