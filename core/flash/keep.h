/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which bytes of an erased sector have to be put back, and which bytes those are after an interrupted
 * run. Pure. Private to this room. */

#pragma once

#include "flash/plan.h"

G_BEGIN_DECLS

/* From @start to the byte before @end. */
typedef struct {
  guint64 start;
  guint64 end;
} JmpRange;

/**
 * JmpKeep:
 * @alt: alt setting
 * @image: (nullable): what the image has for it
 * @recovery: (nullable): what an interrupted run saved of it
 * @is_firmware: whether the image's part begins a program; data otherwise
 * @options: what the person wants
 *
 * What decides about the bytes of an alt setting.
 */
typedef struct {
  guint8 alt;
  const JmpImageTarget *image;
  const JmpImageTarget *recovery;
  gboolean is_firmware;
  const JmpPlanOptions *options;
} JmpKeep;

JmpKeep jmp_keep_for (JmpImage *image, const JmpPlanOptions *options, guint8 alt);
GArray *jmp_keep_find_ranges (const JmpKeep *self, const JmpSector *sector);
GArray *jmp_keep_find_saved (const JmpKeep *self, const JmpSector *sector);
GBytes *jmp_keep_saved_bytes (const JmpKeep *self, const JmpRange *range);

guint jmp_segments_find (const JmpImageTarget *target, guint64 address);
guint64 jmp_segment_end (const JmpSegment *segment);
GArray *jmp_segments_new (void);
void jmp_segments_sort (GArray *segments);

/**
 * JmpSaved:
 * @JMP_SAVED_SAME: the board has them
 * @JMP_SAVED_MISSING: the board has nothing, or a part of them: they must be written
 * @JMP_SAVED_STALE: the board has something else, which came there later
 *
 * What bytes that an interrupted run saved are to what the board holds in their place.
 */
typedef enum {
  JMP_SAVED_SAME,
  JMP_SAVED_MISSING,
  JMP_SAVED_STALE,
} JmpSaved;

JmpSaved jmp_keep_judge (JmpErased erased, const guint8 *saved, const guint8 *found, gsize length);

G_END_DECLS
