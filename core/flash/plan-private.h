/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* How plans are put together: what the plan-….c files share with plan.c. Private to this
 * room. */

#pragma once

#include "flash/plan.h"

G_BEGIN_DECLS

/**
 * JmpPlanCommit:
 * @exists: whether the image has one
 * @can_erase: whether it can be made to start nothing
 * @alt: alt setting
 * @sector: which sector
 * @start: where the program unit with the vector table begins
 * @end: the address behind it
 * @was_stopped: of a survey: whether an interrupted run that saved bytes had taken it away
 *
 * The sector that makes an image start: the one with its vector table.
 */
typedef struct {
  gboolean exists;
  gboolean can_erase;
  guint8 alt;
  JmpSector sector;
  guint32 start;
  guint64 end;
  gboolean was_stopped;
} JmpPlanCommit;

/**
 * JmpPlanDraft:
 * @steps: (element-type JmpStep): so far
 * @sectors: (element-type JmpPlanSector): all that are touched, each once
 * @kept: (element-type JmpStep): ranges that are put back, with their bytes
 * @kept_image: (nullable): the same
 * @commit: the sector that makes the image start
 * @target: the alt setting that @index is for
 * @index: sector index -> position in @sectors, plus 1
 *
 * A plan that is being made.
 */
typedef struct {
  GArray *steps;
  GArray *sectors;
  GArray *kept;
  JmpImage *kept_image;
  JmpPlanCommit commit;
  const JmpDfuAlt *target;
  GHashTable *index;
} JmpPlanDraft;

/**
 * JmpPlanUse:
 * @access: what each sector must allow
 * @fate: what happens to it; ERASED and VERIFIED only where it allows that
 * @of_image: whether the bytes are the image's
 * @special: whether they may be written to option bytes and OTP memory
 *
 * What a range of memory is wanted for.
 */
typedef struct {
  JmpAccess access;
  JmpSectorFate fate;
  gboolean of_image;
  gboolean special;
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

void jmp_plan_draft_keep (JmpPlanDraft *self, guint8 alt, guint32 address, GBytes *bytes);
const JmpPlanCommit *jmp_plan_get_commit (JmpPlan *self);

/* The largest unit that any STM32 programs at once (H7: 256 bits). Writes in erased sectors begin and
 * end on such a unit, so that no unit is ever programmed twice, which newer flash forbids. */
#define JMP_PROGRAM_UNIT 32u

/* A backup becomes a file, whose own parts need room below the limit for files. */
#define JMP_PLAN_MAX_BACKUP (JMP_IMAGE_MAX_FILE - 4096)

gboolean jmp_plan_check_can (JmpDfuInfo *info, JmpDfuAttributes what, GError **error);
gboolean jmp_plan_use_target (JmpPlanDraft *draft,
                              JmpDfuInfo *info,
                              const JmpImageTarget *target,
                              const JmpPlanUse *use,
                              GError **error);
void jmp_plan_add_runs (JmpPlanDraft *draft,
                        JmpStepKind kind,
                        GArray *segments,
                        guint16 transfer_size);
JmpPlanCommit jmp_plan_find_commit (JmpImage *image, JmpDfuInfo *info);
const JmpDfuAlt *jmp_plan_find_memory (JmpDfuInfo *info, guint8 alt, GError **error);
const JmpDfuAlt *jmp_plan_find_main (JmpDfuInfo *info);
gboolean jmp_plan_refuse_special (const JmpDfuAlt *alt, GError **error);
gboolean jmp_plan_check_special (const JmpDfuInfo *info,
                                 const JmpDfuAlt *alt,
                                 const JmpImageTarget *target,
                                 GError **error);
gboolean jmp_plan_find_sector (JmpPlan *self, guint8 alt, guint32 address, guint *index);

/* plan-plain.c: the same plans for a board without addresses. */
JmpPlan *jmp_plan_plain_flash (JmpImage *image,
                               JmpDfuInfo *info,
                               const JmpPlanOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_plain_survey (JmpImage *image,
                                JmpDfuInfo *info,
                                const JmpPlanOptions *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_plain_verify (JmpImage *image,
                                JmpDfuInfo *info,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_plain_backup (JmpDfuInfo *info,
                                guint8 number,
                                guint32 address,
                                guint64 length,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_plain_backup_all (JmpDfuInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_plain_leave (JmpDfuInfo *info, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpPlanDraft, jmp_plan_draft_clear)

G_END_DECLS
