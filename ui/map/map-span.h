/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the map draws as one box: a sector, or identical neighbours taken together.
 *
 * Pure: a memory map, the plan's sectors and the names of known parts in, an array of spans out. A
 * strip with few sectors has a span for each; hundreds of pages become a few spans of equal size that
 * end where what happens to them ends. No toolkit here; any thread. */

#pragma once

#include "flash/plan.h"

G_BEGIN_DECLS

/* No strip has more boxes than this, whatever the board says. */
#define JMP_MAP_MAX_SPANS 64

/**
 * JmpMapName:
 * @alt: alt setting
 * @address: its first byte
 * @length: its bytes
 * @name: what a person calls it ("PYBFLASH"), already translated where it is a word
 * @own_files: whether the person's own files are there: it is "kept" where nothing touches it
 *
 * What a part of a known board's memory is called.
 */
typedef struct {
  guint8 alt;
  guint32 address;
  guint32 length;
  const char *name;
  gboolean own_files;
} JmpMapName;

/**
 * JmpMapSpan:
 * @alt: alt setting
 * @first: index of its first sector in the layout
 * @count: sectors, at least 1
 * @address: its first byte
 * @sector_size: bytes of each sector
 * @access: what may be done with each
 * @fate: what the plan does to its sectors, all taken together
 * @touched: sectors that the plan does something to, at most @count
 * @image_bytes: bytes that the image names there
 * @kept_bytes: other bytes there that are put back after the erase
 * @name: index of its name in the array that was given, or -1
 */
typedef struct {
  guint8 alt;
  guint first;
  guint count;
  guint32 address;
  guint32 sector_size;
  JmpAccess access;
  JmpSectorFate fate;
  guint touched;
  guint64 image_bytes;
  guint64 kept_bytes;
  int name;
} JmpMapSpan;

/**
 * JmpMapSpanInput:
 * @alt: alt setting
 * @layout: its memory map
 * @sectors: (nullable) (array length=n_sectors): the plan's sectors, of every alt setting
 * @n_sectors: how many
 * @names: (nullable) (array length=n_names): names of known parts, of every alt setting
 * @n_names: how many
 */
typedef struct {
  guint8 alt;
  JmpLayout *layout;
  const JmpPlanSector *sectors;
  guint n_sectors;
  const JmpMapName *names;
  guint n_names;
} JmpMapSpanInput;

GArray *jmp_map_spans_new (const JmpMapSpanInput *input) G_GNUC_WARN_UNUSED_RESULT;
guint64 jmp_map_span_size (const JmpMapSpan *span);
guint64 jmp_map_span_end (const JmpMapSpan *span);
gboolean jmp_map_span_same_place (const JmpMapSpan *a, const JmpMapSpan *b);

G_END_DECLS
