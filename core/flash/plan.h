/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What will be done to a board, as plain data: image x memory map x options -> steps.
 *
 * As text, a step is a line: "ERASE  alt 0 0x08004000 +0x4000", "WRITE  alt 0 0x08004000 +0x0800
 * crc=9f3a21c0", "VERIFY …", "READ …", "LEAVE  0x08000000"; a line with the totals is the last.
 *
 * Pure: no I/O, no clock; the same input gives the same plan. What the command prints with
 * --dry-run, what the window paints on the map, and what run.h carries out. An immutable,
 * ref-counted value. Any thread.
 *
 * Errors: %JMP_ERROR_DOES_NOT_FIT, %JMP_ERROR_WRITE_PROTECTED, %JMP_ERROR_READ_PROTECTED,
 * %JMP_ERROR_REFUSED, %JMP_ERROR_NOT_SUPPORTED, %JMP_ERROR_USAGE; messages name the address. */

#pragma once

#include "dfu/info.h"
#include "image/image.h"

G_BEGIN_DECLS

/**
 * JmpStepKind:
 * @JMP_STEP_ERASE: erase one sector
 * @JMP_STEP_WRITE: write @bytes and fill up with 0xFF to @length, one contiguous run
 * @JMP_STEP_VERIFY: read back and compare with @bytes, or with blank where @bytes is %NULL
 * @JMP_STEP_READ: read into the outcome
 * @JMP_STEP_LEAVE: set the address and start the program there
 */
typedef enum {
  JMP_STEP_ERASE,
  JMP_STEP_WRITE,
  JMP_STEP_VERIFY,
  JMP_STEP_READ,
  JMP_STEP_LEAVE,
} JmpStepKind;

/**
 * JmpStep:
 * @kind: what to do
 * @alt: in which alt setting
 * @address: where it begins
 * @length: how many bytes; 0 for LEAVE
 * @bytes: (nullable): what to write or to expect; at most @length bytes of a WRITE, all of a VERIFY
 */
typedef struct {
  JmpStepKind kind;
  guint8 alt;
  guint32 address;
  guint32 length;
  GBytes *bytes;
} JmpStep;

/* What happens to a sector; several at once. */
typedef enum {
  JMP_FATE_ERASED = 1 << 0,
  JMP_FATE_WRITTEN = 1 << 1,
  JMP_FATE_VERIFIED = 1 << 2,
  JMP_FATE_READ = 1 << 3,
} JmpSectorFate;

/**
 * JmpPlanSector:
 * @alt: alt setting
 * @sector: which sector
 * @fate: what happens to it
 * @image_bytes: how many of its bytes the image names
 */
typedef struct {
  guint8 alt;
  JmpSector sector;
  JmpSectorFate fate;
  guint32 image_bytes;
} JmpPlanSector;

/**
 * JmpPlanTotals:
 * @image: bytes that the image names
 * @erase: bytes of all sectors that are erased
 * @write: bytes that are sent, padding included
 * @verify: bytes that are read back
 * @read: bytes that are read for a backup
 * @sectors_erased: sectors
 * @sectors_written: sectors
 * @blocks_written: DNLOAD data blocks
 */
typedef struct {
  guint64 image;
  guint64 erase;
  guint64 write;
  guint64 verify;
  guint64 read;
  guint sectors_erased;
  guint sectors_written;
  guint blocks_written;
} JmpPlanTotals;

/**
 * JmpPlanOptions:
 * @verify: read back everything that is written
 * @leave: start the program at the end
 * @has_leave_address: whether @leave_address is given; else the image's base
 * @leave_address: where to start
 */
typedef struct {
  gboolean verify;
  gboolean leave;
  gboolean has_leave_address;
  guint32 leave_address;
} JmpPlanOptions;

#define JMP_PLAN_OPTIONS_DEFAULT  \
  {                               \
    .verify = TRUE, .leave = TRUE \
  }

typedef struct _JmpPlan JmpPlan;

JmpPlan *jmp_plan_flash (JmpImage *image,
                         JmpDfuInfo *info,
                         const JmpPlanOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_verify (JmpImage *image,
                          JmpDfuInfo *info,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_backup (JmpDfuInfo *info, guint8 alt, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_backup_range (JmpDfuInfo *info,
                                guint8 alt,
                                guint32 address,
                                guint64 length,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_erase_range (JmpDfuInfo *info,
                               guint8 alt,
                               guint32 address,
                               guint64 length,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_erase_all (JmpDfuInfo *info,
                             guint8 alt,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_leave (JmpDfuInfo *info,
                         guint32 address,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

JmpPlan *jmp_plan_ref (JmpPlan *self);
void jmp_plan_unref (JmpPlan *self);
const JmpStep *jmp_plan_get_steps (JmpPlan *self, guint *n_steps);
const JmpPlanSector *jmp_plan_get_sectors (JmpPlan *self, guint *n_sectors);
JmpPlanTotals jmp_plan_get_totals (JmpPlan *self);
char *jmp_plan_to_string (JmpPlan *self) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_step_kind_to_string (JmpStepKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpPlan, jmp_plan_unref)

G_END_DECLS
