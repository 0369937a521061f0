/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What survey.c and survey-run.c share. Private to this room. */

#pragma once

#include "flash/survey.h"

G_BEGIN_DECLS

void jmp_survey_set_stale (JmpSurvey *self);
void jmp_survey_take_replaced (JmpSurvey *self, JmpImage *replaced);

G_END_DECLS
