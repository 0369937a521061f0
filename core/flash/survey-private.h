/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What survey.c, survey-run.c and survey-keep.c share. Private to this room. */

#pragma once

#include "flash/run-private.h"
#include "flash/survey.h"

G_BEGIN_DECLS

/**
 * JmpSurveySaved:
 * @starts: whether the board would start a program
 * @was_stopped: whether it could not when the bytes were saved
 * @stale: whether saved bytes are not what belongs there any longer
 * @replaced: (nullable): what the board holds in the place of saved bytes
 *
 * What is known about the bytes that an interrupted run saved.
 */
typedef struct {
  gboolean starts;
  gboolean was_stopped;
  gboolean stale;
  JmpImageBuilder *replaced;
} JmpSurveySaved;

/**
 * JmpSurveySearch:
 * @run: the run
 * @sector: the sector that is looked at
 * @steps: its steps
 * @n_steps: how many
 * @ranges: (element-type JmpRange): what was read of it
 * @blank: whether all of that was blank
 * @compared: bytes that were compared
 * @kept_read: whether what has to be put back was read
 * @kept: (element-type JmpSegment): what has to be put back
 * @saved: what is known about saved bytes
 *
 * A sector that is looked at.
 */
typedef struct {
  JmpRun *run;
  const JmpPlanSector *sector;
  const JmpStep *steps;
  guint n_steps;
  GArray *ranges;
  gboolean blank;
  guint64 compared;
  gboolean kept_read;
  GArray *kept;
  JmpSurveySaved *saved;
} JmpSurveySearch;

GArray *jmp_survey_sectors_new (void);
void jmp_survey_set_stale (JmpSurvey *self);
void jmp_survey_take_replaced (JmpSurvey *self, JmpImage *replaced);
gboolean jmp_survey_keep (JmpSurveySearch *self, gboolean blank, GError **error);

G_END_DECLS
