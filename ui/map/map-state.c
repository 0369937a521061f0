/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-state.h"

/* Bytes of one kind of work in a span. */
typedef struct {
  guint64 total;
  guint64 done;
} Tally;

/* All that counts for a span's state. @doing is the kind of the step that is at work in it now. */
typedef struct {
  Tally erase;
  Tally write;
  Tally verify;
  Tally read;
  Tally compare;
  gboolean here;
  JmpStepKind doing;
} Tallies;

static guint64
overlap (const JmpMapSpan *span, guint64 begin, guint64 end)
{
  guint64 from = MAX (begin, span->address);
  guint64 to = MIN (end, jmp_map_span_end (span));

  return to > from ? to - from : 0;
}

static JmpPhase
phase_of (JmpStepKind kind)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return JMP_PHASE_ERASE;
  case JMP_STEP_WRITE:
    return JMP_PHASE_WRITE;
  case JMP_STEP_VERIFY:
    return JMP_PHASE_VERIFY;
  case JMP_STEP_READ:
    return JMP_PHASE_BACKUP;
  case JMP_STEP_LEAVE:
    return JMP_PHASE_LEAVE;
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    return JMP_PHASE_COMPARE;
  }
  g_return_val_if_reached (JMP_PHASE_LEAVE);
}

/* The step that progress speaks of, or NULL when it speaks of something else: a backup before the
 * plan, or getting ready. */
static const JmpStep *
current_step (const JmpMapWork *work)
{
  const JmpProgress *progress = work->progress;
  const JmpStep *step;

  if (progress == NULL || progress->step >= work->n_steps)
    return NULL;
  step = &work->steps[progress->step];
  return phase_of (step->kind) == progress->phase ? step : NULL;
}

/* How many steps are behind us. */
static guint
steps_done (const JmpMapWork *work)
{
  const gboolean other_plan = work->progress != NULL
                              && (work->progress->phase == JMP_PHASE_BACKUP
                                  || work->progress->phase == JMP_PHASE_COMPARE)
                              && current_step (work) == NULL;

  /* A backup and a comparison are plans of their own and count their own steps. */
  if (other_plan)
    return 0;
  if (work->outcome != NULL)
    return MIN (work->outcome->step, work->n_steps);
  if (work->progress == NULL)
    return 0;
  return MIN (work->progress->step, work->n_steps);
}

static Tally *
tally_of (Tallies *tallies, JmpStepKind kind)
{
  switch (kind) {
  case JMP_STEP_ERASE:
    return &tallies->erase;
  case JMP_STEP_WRITE:
    return &tallies->write;
  case JMP_STEP_VERIFY:
    return &tallies->verify;
  case JMP_STEP_READ:
    return &tallies->read;
  case JMP_STEP_LEAVE:
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    return NULL;
  }
  return NULL;
}

static guint64
step_overlap (const JmpMapSpan *span, const JmpStep *step)
{
  if (step->alt != span->alt)
    return 0;
  return overlap (span, step->address, (guint64)step->address + step->length);
}

/* Counts what the step at work has done in @span, and whether it is at work there right now. An
 * erase that is reported has begun; a block that is reported is done. */
static void
count_current (Tallies *tallies, const JmpMapSpan *span, const JmpMapWork *work)
{
  const JmpStep *step = current_step (work);
  Tally *tally = step != NULL ? tally_of (tallies, step->kind) : NULL;
  guint64 end, at;

  if (tally == NULL || step_overlap (span, step) == 0)
    return;
  tallies->doing = step->kind;
  if (step->kind == JMP_STEP_ERASE) {
    tallies->here = TRUE;
    return;
  }
  end = (guint64)step->address + step->length;
  at = CLAMP ((guint64)work->progress->address + work->progress->length, step->address, end);
  tally->done += overlap (span, step->address, at);
  at = MIN (at, end - 1);
  tallies->here = at >= span->address && at < jmp_map_span_end (span);
}

/* A backup before the plan, which has no step in it: progress alone says where it is. */
static void
count_backup (Tallies *tallies, const JmpMapSpan *span, const JmpMapWork *work)
{
  const JmpProgress *progress = work->progress;
  guint64 at;

  if (work->outcome != NULL || progress == NULL || progress->phase != JMP_PHASE_BACKUP
      || progress->alt != span->alt || current_step (work) != NULL)
    return;
  at = (guint64)progress->address + progress->length;
  tallies->here = at > span->address && at < jmp_map_span_end (span);
  tallies->doing = JMP_STEP_READ;
  tallies->read.total = jmp_map_span_size (span);
  tallies->read.done = tallies->here ? at - span->address : 0;
}

static gboolean
is_comparing (const JmpMapWork *work)
{
  return work->progress != NULL && work->progress->phase == JMP_PHASE_COMPARE;
}

/* A comparison before the plan is found by its place: its step numbers may be those of a larger one,
 * which also looks for what an interrupted run left. It goes through the sectors in one order, and
 * leaves each at its first difference. */
static void
count_comparison (Tallies *tallies, const JmpMapSpan *span, const JmpMapWork *work)
{
  const JmpProgress *progress = work->progress;
  guint64 at = (guint64)progress->address + progress->length;
  gboolean passed = FALSE;

  tallies->doing = JMP_STEP_COMPARE;
  for (guint i = work->n_look; i-- > 0;) {
    const JmpStep *step = &work->look[i];
    const guint64 bytes = step_overlap (span, step);
    const guint64 end = (guint64)step->address + step->length;
    const gboolean is_now = !passed && progress->length > 0 && step->alt == progress->alt
                            && progress->address >= step->address && progress->address < end;

    tallies->compare.total += bytes;
    if (passed)
      tallies->compare.done += bytes;
    if (!is_now)
      continue;
    passed = TRUE;
    if (bytes == 0)
      continue;
    tallies->compare.done += overlap (span, step->address, MIN (at, end));
    tallies->here = progress->address >= span->address
                    && progress->address < jmp_map_span_end (span);
  }
}

static Tallies
count (const JmpMapSpan *span, const JmpMapWork *work)
{
  Tallies tallies = { 0 };
  guint done = steps_done (work);

  for (guint i = 0; span->fate != 0 && i < work->n_steps; i++) {
    Tally *tally = tally_of (&tallies, work->steps[i].kind);
    guint64 bytes = tally != NULL ? step_overlap (span, &work->steps[i]) : 0;

    if (bytes == 0)
      continue;
    tally->total += bytes;
    tally->done += i < done ? bytes : 0;
  }
  if (span->fate != 0)
    count_current (&tallies, span, work);
  if (is_comparing (work))
    count_comparison (&tallies, span, work);
  count_backup (&tallies, span, work);
  return tallies;
}

static gboolean
all_done (const Tally *tally)
{
  return tally->total > 0 && tally->done >= tally->total;
}

static gboolean
begun (const Tallies *tallies, const Tally *tally, JmpStepKind kind)
{
  return tally->done > 0 || (tallies->here && tallies->doing == kind);
}

static JmpMapNow
now (JmpMapState state, const Tally *tally)
{
  JmpMapNow result = { .state = state };

  if (tally != NULL && tally->total > 0)
    result.fraction = CLAMP ((double)tally->done / (double)tally->total, 0.0, 1.0);
  return result;
}

static JmpMapState
planned (const JmpMapSpan *span, gboolean own_files)
{
  if (span->fate & JMP_FATE_WRITTEN)
    return span->fate & JMP_FATE_ERASED ? JMP_MAP_WILL_REWRITE : JMP_MAP_WILL_WRITE;
  if (span->fate & JMP_FATE_ERASED)
    return JMP_MAP_WILL_ERASE;
  if (span->fate & JMP_FATE_VERIFIED)
    return JMP_MAP_WILL_COMPARE;
  if (span->fate & JMP_FATE_READ)
    return JMP_MAP_WILL_READ;
  if (span->fate & JMP_FATE_EQUAL)
    return JMP_MAP_EQUAL;
  return own_files ? JMP_MAP_KEPT : JMP_MAP_UNTOUCHED;
}

/* All that was to be done in the span is done: what that makes it. */
static JmpMapState
finished (const JmpMapSpan *span, const Tallies *tallies)
{
  if (span->fate & JMP_FATE_WRITTEN)
    return tallies->verify.total > 0 ? JMP_MAP_VERIFIED : JMP_MAP_UNVERIFIED;
  if (span->fate & JMP_FATE_ERASED)
    return JMP_MAP_BLANK;
  return span->fate & JMP_FATE_VERIFIED ? JMP_MAP_EQUAL : JMP_MAP_READ;
}

static gboolean
is_finished (const Tallies *tallies)
{
  const Tally *all[] = { &tallies->erase, &tallies->write, &tallies->verify, &tallies->read };
  gboolean any = FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (all); i++) {
    if (all[i]->total > 0 && !all_done (all[i]))
      return FALSE;
    any |= all[i]->total > 0;
  }
  return any;
}

/* Before and during the work: the latest thing that has begun decides. */
static JmpMapNow
live (const JmpMapSpan *span, const Tallies *tallies, gboolean own_files)
{
  if (tallies->compare.done > 0 || (tallies->here && tallies->doing == JMP_STEP_COMPARE))
    return tallies->here ? now (JMP_MAP_COMPARING, &tallies->compare)
                         : now (JMP_MAP_COMPARED, NULL);
  if (is_finished (tallies) && span->fate != 0)
    return now (finished (span, tallies), NULL);
  if (begun (tallies, &tallies->verify, JMP_STEP_VERIFY))
    return now (JMP_MAP_VERIFYING, &tallies->verify);
  if (all_done (&tallies->write))
    return now (JMP_MAP_WRITTEN, NULL);
  if (begun (tallies, &tallies->write, JMP_STEP_WRITE))
    return now (JMP_MAP_WRITING, &tallies->write);
  if (all_done (&tallies->erase))
    return now (JMP_MAP_ERASED, NULL);
  if (begun (tallies, &tallies->erase, JMP_STEP_ERASE))
    return now (JMP_MAP_ERASING, &tallies->erase);
  if (tallies->here && tallies->doing == JMP_STEP_READ)
    return now (JMP_MAP_READING, &tallies->read);
  return now (planned (span, own_files), NULL);
}

static gboolean
holds_difference (const JmpMapSpan *span, const JmpMapWork *work)
{
  const JmpOutcome *outcome = work->outcome;

  if (!outcome->has_difference || outcome->difference_address < span->address
      || outcome->difference_address >= jmp_map_span_end (span))
    return FALSE;
  return outcome->step >= work->n_steps || work->steps[outcome->step].alt == span->alt;
}

/* After the work: what was begun and not ended is named for what it leaves behind. */
static JmpMapState
ended (const JmpMapSpan *span, const JmpMapWork *work, const Tallies *tallies, gboolean own_files)
{
  gboolean changes = (span->fate & (JMP_FATE_ERASED | JMP_FATE_WRITTEN)) != 0;

  if (holds_difference (span, work))
    return JMP_MAP_DIFFERS;
  if (span->fate == 0)
    return planned (span, own_files);
  if (is_finished (tallies))
    return finished (span, tallies);
  if (!changes && (span->fate & JMP_FATE_EQUAL) != 0)
    return JMP_MAP_EQUAL;
  if (work->outcome->state == JMP_BOARD_UNTOUCHED || !changes)
    return JMP_MAP_UNCHANGED;
  /* It had come back after changes were made, and what it holds was not found out any more. */
  if (is_comparing (work))
    return JMP_MAP_INCOMPLETE;
  if (all_done (&tallies->write))
    return JMP_MAP_UNVERIFIED;
  if (begun (tallies, &tallies->write, JMP_STEP_WRITE))
    return JMP_MAP_INCOMPLETE;
  if (all_done (&tallies->erase))
    return JMP_MAP_LEFT_ERASED;
  return begun (tallies, &tallies->erase, JMP_STEP_ERASE) ? JMP_MAP_INCOMPLETE : JMP_MAP_UNCHANGED;
}

/**
 * jmp_map_state_of:
 * @span: a span
 * @work: the plan, how far it is, and what came of it
 * @own_files: whether the person's own files are known to be there
 *
 * What is true of a span now. With an outcome, progress still says how far the step was that failed.
 *
 * Returns: its state, and how much of the phase it is in is done
 */
JmpMapNow
jmp_map_state_of (const JmpMapSpan *span, const JmpMapWork *work, gboolean own_files)
{
  Tallies tallies;

  if (!work->planned && work->progress == NULL && work->outcome == NULL)
    return now (JMP_MAP_IDLE, NULL);
  tallies = count (span, work);
  if (work->outcome != NULL)
    return now (ended (span, work, &tallies, own_files), NULL);
  return live (span, &tallies, own_files);
}

/**
 * jmp_map_state_is_work:
 * @state: a state
 *
 * Whether something is going on in a span, so that it has a fraction.
 *
 * Returns: %TRUE if so
 */
gboolean
jmp_map_state_is_work (JmpMapState state)
{
  return state == JMP_MAP_COMPARING || state == JMP_MAP_READING || state == JMP_MAP_ERASING
         || state == JMP_MAP_WRITING || state == JMP_MAP_VERIFYING;
}

/**
 * jmp_map_state_to_string:
 * @state: a state
 *
 * The word for a state in the stylesheet and in tests: "will-rewrite".
 *
 * Returns: (transfer none): the word
 */
const char *
jmp_map_state_to_string (JmpMapState state)
{
  static const char *const words[JMP_MAP_STATE_N] = {
    "idle",       "untouched",  "unchanged",    "kept",       "will-rewrite",
    "will-erase", "will-write", "will-compare", "will-read",  "comparing",
    "compared",   "reading",    "erasing",      "erased",     "writing",
    "written",    "verifying",  "read",         "blank",      "verified",
    "equal",      "unverified", "left-erased",  "incomplete", "differs",
  };

  g_return_val_if_fail ((guint)state < JMP_MAP_STATE_N, words[0]);
  return words[state];
}
