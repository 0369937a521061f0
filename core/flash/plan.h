/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What will be done to a board, as plain data: image x memory map x what is on the board x options
 * -> steps.
 *
 * Two plans bring an image onto a board. The survey only reads: COMPARE and KEEP steps, which
 * survey.h carries out and whose result is a #JmpSurvey. The other is made from that and does no
 * more than what is left to do. Without a survey, every sector is erased and written.
 *
 * As text, a step is a line: "ERASE  alt 0 0x08004000 +0x4000", "WRITE  alt 0 0x08004000 +0x0800
 * crc=9f3a21c0", "VERIFY …", "READ …", "LEAVE  0x08000000"; a line with the totals is the last. A
 * plan that was made from a survey begins with what it leaves as it is: "EQUAL  alt 0 0x08020000
 * +0x20000" for a sector, "KEPT   alt 0 0x08003A18 +0x05E8 crc=…" for bytes that are put back.
 *
 * A board that speaks plain DFU 1.1 has no memory map: what goes to an alt setting is one file, which is
 * one WRITE without an erase, at the address that its first byte is known to have, or 0. It is read back
 * where that proves something; LEAVE ends the download where it was not ended before, and has the
 * program started. A backup is a READ of length 0, "to its end".
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
 * @JMP_STEP_WRITE: write @bytes and fill up to @length with what erased bytes read, one contiguous run
 * @JMP_STEP_VERIFY: read back and compare with @bytes, or with blank where @bytes is %NULL
 * @JMP_STEP_READ: read into the outcome; with length 0, of a plain board, up to the end
 * @JMP_STEP_LEAVE: set the address and start the program there
 * @JMP_STEP_COMPARE: of a survey: compare with @bytes, until the first difference in the sector
 * @JMP_STEP_KEEP: of a survey: read what has to be put back, if the sector has to be erased; with
 *   @bytes, what an interrupted run had saved of it
 */
typedef enum {
  JMP_STEP_ERASE,
  JMP_STEP_WRITE,
  JMP_STEP_VERIFY,
  JMP_STEP_READ,
  JMP_STEP_LEAVE,
  JMP_STEP_COMPARE,
  JMP_STEP_KEEP,
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

/**
 * JmpSectorFate:
 * @JMP_FATE_ERASED: it is erased
 * @JMP_FATE_WRITTEN: it is written
 * @JMP_FATE_VERIFIED: what was done to it is read back
 * @JMP_FATE_READ: it is read for a backup
 * @JMP_FATE_COMPARED: of a survey: it is compared with the image
 * @JMP_FATE_EQUAL: it holds what it should and stays as it is
 * @JMP_FATE_KEPT: bytes of it that the image does not name are put back
 *
 * What happens to a sector; several at once.
 */
typedef enum {
  JMP_FATE_ERASED = 1 << 0,
  JMP_FATE_WRITTEN = 1 << 1,
  JMP_FATE_VERIFIED = 1 << 2,
  JMP_FATE_READ = 1 << 3,
  JMP_FATE_COMPARED = 1 << 4,
  JMP_FATE_EQUAL = 1 << 5,
  JMP_FATE_KEPT = 1 << 6,
} JmpSectorFate;

/**
 * JmpPlanSector:
 * @alt: alt setting
 * @sector: which sector
 * @fate: what happens to it
 * @image_bytes: how many of its bytes the image names
 * @kept_bytes: how many others are put back after the erase; in a survey, how many may be
 * @lost_bytes: how many others an erase takes away, some of which may be blank
 */
typedef struct {
  guint8 alt;
  JmpSector sector;
  JmpSectorFate fate;
  guint32 image_bytes;
  guint32 kept_bytes;
  guint32 lost_bytes;
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
 * @compare: bytes that a survey compares, if it finds no difference
 * @unchanged: bytes of the image in sectors that stay as they are
 * @kept: bytes that the image does not name and that are put back
 * @sectors_unchanged: sectors that stay as they are
 * @sectors_preserved: sectors with bytes that are put back
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
  guint64 compare;
  guint64 unchanged;
  guint64 kept;
  guint sectors_unchanged;
  guint sectors_preserved;
} JmpPlanTotals;

/**
 * JmpPreserve:
 * @JMP_PRESERVE_AUTO: what stands before or between the image's segments, in a known region that is
 *   not code, or beside data
 * @JMP_PRESERVE_ALWAYS: everything that the image does not name
 * @JMP_PRESERVE_NEVER: nothing
 *
 * Which bytes of an erased sector are put back.
 */
typedef enum {
  JMP_PRESERVE_AUTO,
  JMP_PRESERVE_ALWAYS,
  JMP_PRESERVE_NEVER,
} JmpPreserve;

/**
 * JmpPlanRegion:
 * @alt: alt setting
 * @address: first byte
 * @length: bytes
 * @is_code: whether an update may overwrite it: firmware, and no files, keys or settings
 * @name: (nullable): what it is called
 *
 * What is known to stand in a board's memory.
 */
typedef struct {
  guint8 alt;
  guint32 address;
  guint32 length;
  gboolean is_code;
  const char *name;
} JmpPlanRegion;

/**
 * JmpPlanOptions:
 * @verify: read back everything that is written
 * @leave: start the program at the end
 * @has_leave_address: whether @leave_address is given; else the image's base
 * @leave_address: where to start
 * @full: do not compare first: erase and write every sector
 * @preserve: which bytes are kept
 * @special: whether option bytes and OTP memory may be written, where the image names them: only with
 *   the person's typed consent, and never what jmp_option_bytes_check_write() forbids
 * @regions: (array length=n_regions) (nullable): what is known of the board's memory
 * @n_regions: how many
 * @recovery: (nullable): bytes that an interrupted run saved and could not put back. They must fit
 *   the board (jmp_recovery_fits())
 */
typedef struct {
  gboolean verify;
  gboolean leave;
  gboolean has_leave_address;
  guint32 leave_address;
  gboolean full;
  JmpPreserve preserve;
  gboolean special;
  const JmpPlanRegion *regions;
  guint n_regions;
  JmpImage *recovery;
} JmpPlanOptions;

#define JMP_PLAN_OPTIONS_DEFAULT  \
  {                               \
    .verify = TRUE, .leave = TRUE \
  }

typedef struct _JmpPlan JmpPlan;
typedef struct _JmpSurvey JmpSurvey;

JmpPlan *jmp_plan_survey (JmpImage *image,
                          JmpDfuInfo *info,
                          const JmpPlanOptions *options,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_flash_surveyed (JmpImage *image,
                                  JmpDfuInfo *info,
                                  JmpSurvey *survey,
                                  const JmpPlanOptions *options,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_flash (JmpImage *image,
                         JmpDfuInfo *info,
                         const JmpPlanOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_verify (JmpImage *image,
                          JmpDfuInfo *info,
                          GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_backup (JmpDfuInfo *info, guint8 alt, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpPlan *jmp_plan_backup_all (JmpDfuInfo *info,
                              gboolean settings,
                              GError **error) G_GNUC_WARN_UNUSED_RESULT;
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

/* Option bytes, OTP, device features: how the chip works, or what can be written once only. */
gboolean jmp_plan_is_special (const JmpDfuAlt *alt);

JmpPlan *jmp_plan_ref (JmpPlan *self);
void jmp_plan_unref (JmpPlan *self);
const JmpStep *jmp_plan_get_steps (JmpPlan *self, guint *n_steps);
const JmpPlanSector *jmp_plan_get_sectors (JmpPlan *self, guint *n_sectors);
JmpPlanTotals jmp_plan_get_totals (JmpPlan *self);
JmpImage *jmp_plan_get_kept (JmpPlan *self);
char *jmp_plan_to_string (JmpPlan *self) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_step_kind_to_string (JmpStepKind kind);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpPlan, jmp_plan_unref)

G_END_DECLS
