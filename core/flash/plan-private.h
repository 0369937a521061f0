/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How plans are put together: what the plan-….c files share with plan.c. Private to this
 * room. */

#pragma once

#include "flash/plan.h"

G_BEGIN_DECLS

/**
 * JmpPlanDraft:
 * @steps: (element-type JmpStep): so far
 * @sectors: (element-type JmpPlanSector): all that are touched, each once
 * @target: the alt setting that @index is for
 * @index: sector index -> position in @sectors, plus 1
 *
 * A plan that is being made.
 */
typedef struct {
  GArray *steps;
  GArray *sectors;
  const JmpDfuAlt *target;
  GHashTable *index;
} JmpPlanDraft;

/**
 * JmpPlanUse:
 * @access: what each sector must allow
 * @fate: what happens to it; ERASED and VERIFIED only where it allows that
 * @of_image: whether the bytes are the image's
 *
 * What a range of memory is wanted for.
 */
typedef struct {
  JmpAccess access;
  JmpSectorFate fate;
  gboolean of_image;
} JmpPlanUse;

void jmp_plan_draft_init (JmpPlanDraft *self);
void jmp_plan_draft_clear (JmpPlanDraft *self);
void jmp_plan_draft_begin_target (JmpPlanDraft *self, const JmpDfuAlt *alt);
gboolean jmp_plan_draft_use (
    JmpPlanDraft *self, guint32 address, guint64 length, const JmpPlanUse *use, GError **error);
void jmp_plan_draft_use_sector (JmpPlanDraft *self, const JmpSector *sector, JmpSectorFate fate);
void jmp_plan_draft_step (
    JmpPlanDraft *self, JmpStepKind kind, guint32 address, guint64 length, GBytes *bytes);
void jmp_plan_draft_sort (JmpPlanDraft *self);
void jmp_plan_draft_erase_steps (JmpPlanDraft *self);
JmpPlan *jmp_plan_draft_end (JmpPlanDraft *self, guint16 transfer_size) G_GNUC_WARN_UNUSED_RESULT;

const JmpDfuAlt *jmp_plan_find_memory (JmpDfuInfo *info, guint8 alt, GError **error);
const JmpDfuAlt *jmp_plan_find_main (JmpDfuInfo *info);
gboolean jmp_plan_is_special (const JmpDfuAlt *alt);
gboolean jmp_plan_refuse_special (const JmpDfuAlt *alt, GError **error);
gboolean jmp_plan_find_sector (JmpPlan *self, guint8 alt, guint32 address, guint *index);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpPlanDraft, jmp_plan_draft_clear)

G_END_DECLS
