/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Whether a file fits a part or a board, and how well: before anything is touched.
 *
 * An immutable, ref-counted value, found by looking at the image and at what is known of the other
 * side. It is "compatible by memory layout" at most: a device does not say which part it is. Any
 * thread. */

#pragma once

#include "board/parts.h"
#include "dfu/info.h"
#include "image/image.h"

G_BEGIN_DECLS

/**
 * JmpFitAnswer:
 * @JMP_FIT_ANSWER_UNKNOWN: cannot be said: the file or the other side has too little
 * @JMP_FIT_ANSWER_YES: right
 * @JMP_FIT_ANSWER_NO: wrong
 */
typedef enum {
  JMP_FIT_ANSWER_UNKNOWN,
  JMP_FIT_ANSWER_YES,
  JMP_FIT_ANSWER_NO,
} JmpFitAnswer;

/**
 * JmpFitRange:
 * @alt: alt setting
 * @address: its first byte
 * @size: its bytes
 * @missing: how many of them have no memory
 * @past: by how many bytes it passes the end of the memory that it is in or behind; 0 when it does
 *   not, or when it is somewhere else altogether
 * @writable: whether all the memory that it has can be written
 *
 * A segment of the file.
 */
typedef struct {
  guint8 alt;
  guint32 address;
  guint32 size;
  guint32 missing;
  guint32 past;
  gboolean writable;
} JmpFitRange;

/**
 * JmpFitSector:
 * @alt: alt setting
 * @sector: it
 * @used: how many of its bytes the file has, 1 to all
 */
typedef struct {
  guint8 alt;
  JmpSector sector;
  guint32 used;
} JmpFitSector;

/**
 * JmpFitReport:
 * @name: what the file was compared with
 * @fits: whether it can be flashed: every range has memory that can be written, and nothing that is
 *   known speaks against it
 * @ranges: (element-type JmpFitRange): the segments of the file
 * @sectors: (element-type JmpFitSector): the sectors that it touches
 * @memory_size: bytes of the memories that the file has something for
 * @used: bytes of the file
 * @touched: bytes of the sectors that it touches
 * @past: by how many bytes it is too large: how far it passes the end of the memory
 * @missing: bytes that have no memory
 * @stack: whether the initial stack pointer lies in the RAM
 * @entry: whether the program's start lies in the file
 * @abi: whether the core can run it
 * @family: whether the UF2 family that the file names has the part
 * @needs_fpu: whether it is the FPU that the core lacks
 * @has_vectors: whether the file has a vector table
 * @vectors: it
 * @least_ram: bytes of RAM that the initial stack pointer implies, or 0
 * @takers: (element-type utf8): parts of the same line that take the file, when this one does not;
 *   the smallest first
 *
 * Borrow the members; do not change them.
 */
typedef struct {
  char *name;
  gboolean fits;
  GArray *ranges;
  GArray *sectors;
  guint64 memory_size;
  guint64 used;
  guint64 touched;
  guint32 past;
  guint64 missing;
  JmpFitAnswer stack;
  JmpFitAnswer entry;
  JmpFitAnswer abi;
  JmpFitAnswer family;
  gboolean needs_fpu;
  gboolean has_vectors;
  JmpVectorTable vectors;
  guint32 least_ram;
  GPtrArray *takers;
} JmpFitReport;

JmpFitReport *jmp_fit_check_part (JmpImage *image,
                                  JmpParts *parts,
                                  const JmpPart *part) G_GNUC_WARN_UNUSED_RESULT;
JmpFitReport *jmp_fit_check_info (JmpImage *image,
                                  const JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
JmpFitReport *jmp_fit_report_ref (JmpFitReport *self);
void jmp_fit_report_unref (JmpFitReport *self);
GError *jmp_fit_report_to_error (const JmpFitReport *self) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_fit_answer_to_string (JmpFitAnswer answer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFitReport, jmp_fit_report_unref)

G_END_DECLS
