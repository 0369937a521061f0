/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What was found on a board: how each sector that an image touches compares with it, and the bytes of
 * it that have to be put back.
 *
 * An immutable, ref-counted value; any thread. jmp_survey_run() finds it out, in the caller's thread;
 * jmp_plan_flash_surveyed() makes the plan from it. */

#pragma once

#include "flash/run.h"

G_BEGIN_DECLS

/**
 * JmpSurveyState:
 * @JMP_SURVEY_UNKNOWN: not looked at
 * @JMP_SURVEY_EQUAL: it holds what it should
 * @JMP_SURVEY_DIFFERENT: it does not, or has to be written again for another reason
 * @JMP_SURVEY_BLANK: all of it reads as erased bytes do
 */
typedef enum {
  JMP_SURVEY_UNKNOWN,
  JMP_SURVEY_EQUAL,
  JMP_SURVEY_DIFFERENT,
  JMP_SURVEY_BLANK,
} JmpSurveyState;

/**
 * JmpSurveySector:
 * @alt: alt setting
 * @sector: which sector
 * @state: what was found
 * @looked: bytes outside the image that were looked at in order to keep them, or would have been
 * @kept: (array length=n_kept) (nullable): what they should be after the work, blank ones included, by
 *   address
 * @n_kept: how many
 */
typedef struct {
  guint8 alt;
  JmpSector sector;
  JmpSurveyState state;
  guint32 looked;
  JmpSegment *kept;
  guint n_kept;
} JmpSurveySector;

JmpSurvey *jmp_survey_new (const JmpSurveySector *sectors,
                           guint n_sectors) G_GNUC_WARN_UNUSED_RESULT;
JmpSurvey *jmp_survey_ref (JmpSurvey *self);
void jmp_survey_unref (JmpSurvey *self);
const JmpSurveySector *jmp_survey_get_sectors (JmpSurvey *self, guint *n_sectors);
const JmpSurveySector *jmp_survey_find (JmpSurvey *self, guint8 alt, guint32 address);
gboolean jmp_survey_has_stale (JmpSurvey *self);
JmpImage *jmp_survey_get_replaced (JmpSurvey *self);
char *jmp_survey_to_string (JmpSurvey *self) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_survey_state_to_string (JmpSurveyState state);

JmpSurvey *jmp_survey_run (JmpDfu *dfu,
                           JmpPlan *plan,
                           JmpProgressFunc progress,
                           gpointer user_data,
                           GCancellable *cancellable,
                           JmpOutcome *outcome,
                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpSurvey, jmp_survey_unref)

G_END_DECLS
