/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/keep.h"

#include <string.h>

/* Interrupted work leaves blank bytes and, in the block that it was in, a few wrong bits. More bits
 * than these, and more of all than one in eight, are someone else's bytes. */
#define WRONG_BITS 8

guint64
jmp_segment_end (const JmpSegment *segment)
{
  return (guint64)segment->address + g_bytes_get_size (segment->bytes);
}

/* The first segment that ends behind @address, or their number. */
guint
jmp_segments_find (const JmpImageTarget *target, guint64 address)
{
  guint low = 0;
  guint high = target->n_segments;

  while (low < high) {
    guint middle = low + (high - low) / 2;

    if (jmp_segment_end (&target->segments[middle]) <= address)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

static void
segment_clear (gpointer data)
{
  g_bytes_unref (((JmpSegment *)data)->bytes);
}

/* An empty list of segments, which lets go of their bytes at the end. */
GArray *
jmp_segments_new (void)
{
  GArray *segments = g_array_new (FALSE, FALSE, sizeof (JmpSegment));

  g_array_set_clear_func (segments, segment_clear);
  return segments;
}

static int
compare_segments (gconstpointer a, gconstpointer b)
{
  const JmpSegment *left = a;
  const JmpSegment *right = b;

  return left->address < right->address ? -1 : left->address > right->address;
}

/* By address. */
void
jmp_segments_sort (GArray *segments)
{
  g_array_sort (segments, compare_segments);
}

/* What decides about @alt. A vector table is what makes firmware of bytes; parts for other memories
 * have none and are data. */
JmpKeep
jmp_keep_for (JmpImage *image, const JmpPlanOptions *options, guint8 alt)
{
  JmpVectorTable table;
  gboolean wants_saved = options->recovery != NULL && options->preserve != JMP_PRESERVE_NEVER;

  return (JmpKeep){
    .alt = alt,
    .image = jmp_image_find_target (image, alt),
    .recovery = wants_saved ? jmp_image_find_target (options->recovery, alt) : NULL,
    .is_firmware = alt == 0 && jmp_image_find_vector_table (image, &table),
    .options = options,
  };
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const JmpRange *left = a;
  const JmpRange *right = b;

  return left->start < right->start ? -1 : left->start > right->start;
}

static void
add_range (GArray *ranges, guint64 start, guint64 end)
{
  const JmpRange range = { .start = start, .end = end };

  if (start < end)
    g_array_append_val (ranges, range);
}

/* In order, and those that touch as one. */
static void
merge (GArray *ranges)
{
  guint kept = 0;

  g_array_sort (ranges, compare_ranges);
  for (guint i = 1; i < ranges->len; i++) {
    JmpRange *last = &g_array_index (ranges, JmpRange, kept);
    const JmpRange *next = &g_array_index (ranges, JmpRange, i);

    if (next->start <= last->end)
      last->end = MAX (last->end, next->end);
    else
      g_array_index (ranges, JmpRange, ++kept) = *next;
  }
  g_array_set_size (ranges, MIN (ranges->len, kept + 1));
}

/* Takes the bytes that @target names out of @ranges. */
static GArray *
subtract (GArray *ranges, const JmpImageTarget *target)
{
  GArray *left;

  if (target == NULL)
    return ranges;
  left = g_array_new (FALSE, FALSE, sizeof (JmpRange));
  for (guint i = 0; i < ranges->len; i++) {
    const JmpRange *range = &g_array_index (ranges, JmpRange, i);
    guint64 at = range->start;

    for (guint j = jmp_segments_find (target, at);
         j < target->n_segments && target->segments[j].address < range->end;
         j++) {
      add_range (left, at, target->segments[j].address);
      at = jmp_segment_end (&target->segments[j]);
    }
    add_range (left, at, range->end);
  }
  g_array_unref (ranges);
  return left;
}

static gboolean
names_any (const JmpImageTarget *target, const JmpSector *sector)
{
  guint i = target != NULL ? jmp_segments_find (target, sector->address) : 0;

  return target != NULL && i < target->n_segments
         && target->segments[i].address < jmp_sector_end (sector);
}

static void
add_regions (GArray *ranges, const JmpKeep *self, const JmpSector *sector)
{
  for (guint i = 0; i < self->options->n_regions; i++) {
    const JmpPlanRegion *region = &self->options->regions[i];
    guint64 end = (guint64)region->address + region->length;

    if (region->alt == self->alt && !region->is_code)
      add_range (
          ranges, MAX (region->address, sector->address), MIN (end, jmp_sector_end (sector)));
  }
}

/* The bytes of a sector that have to be put back after an erase, as far as they are not blank; those
 * that an interrupted run saved aside. By address; free it with g_array_unref(). */
GArray *
jmp_keep_find_ranges (const JmpKeep *self, const JmpSector *sector)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (JmpRange));
  guint64 end = jmp_sector_end (sector);

  if (self->options->preserve == JMP_PRESERVE_NEVER)
    return ranges;
  if (self->options->preserve == JMP_PRESERVE_ALWAYS || !self->is_firmware
      || !names_any (self->image, sector)) {
    add_range (ranges, sector->address, end);
  } else {
    /* in front of the last segment is before or between them */
    const JmpSegment *last = &self->image->segments[self->image->n_segments - 1];

    add_range (ranges, sector->address, MIN (end, jmp_segment_end (last)));
    add_regions (ranges, self, sector);
    merge (ranges);
  }
  return subtract (subtract (ranges, self->image), self->recovery);
}

/* The bytes of a sector that an interrupted run saved and that the image does not name. */
GArray *
jmp_keep_find_saved (const JmpKeep *self, const JmpSector *sector)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (JmpRange));

  if (self->recovery == NULL)
    return ranges;
  for (guint i = jmp_segments_find (self->recovery, sector->address);
       i < self->recovery->n_segments
       && self->recovery->segments[i].address < jmp_sector_end (sector);
       i++)
    add_range (ranges,
               MAX (self->recovery->segments[i].address, sector->address),
               MIN (jmp_segment_end (&self->recovery->segments[i]), jmp_sector_end (sector)));
  return subtract (ranges, self->image);
}

/* The saved bytes of one of those ranges. */
GBytes *
jmp_keep_saved_bytes (const JmpKeep *self, const JmpRange *range)
{
  const JmpSegment *segment =
      &self->recovery->segments[jmp_segments_find (self->recovery, range->start)];

  return g_bytes_new_from_bytes (
      segment->bytes, (gsize)(range->start - segment->address), (gsize)(range->end - range->start));
}

static guint
count_bits (guint8 byte)
{
  guint bits = 0;

  for (; byte != 0; byte &= (guint8)(byte - 1))
    bits++;
  return bits;
}

/* Whether the board has more bits written than interrupted work does of the saved bytes. @blank: what
 * erased bytes read. */
static gboolean
is_stale (guint8 blank, const guint8 *saved, const guint8 *found, gsize length)
{
  guint8 flip = (guint8)~blank;
  gsize wrong = 0;
  gsize all = 0;

  for (gsize i = 0; i < length; i++) {
    wrong += count_bits ((guint8)((saved[i] ^ flip) & ~(found[i] ^ flip)));
    all += count_bits (saved[i] ^ flip);
  }
  return wrong > WRONG_BITS && wrong > all / 8;
}

/* Judges @length bytes that were saved by what stands in their place now. Erasing sets bits and
 * writing clears them, or the other way about: where the board has bits that the saved bytes have too,
 * and more of the erased ones, writing was interrupted. */
JmpSaved
jmp_keep_judge (JmpErased erased, const guint8 *saved, const guint8 *found, gsize length)
{
  gboolean stale;

  if (memcmp (saved, found, length) == 0)
    return JMP_SAVED_SAME;
  stale = is_stale (jmp_erased_fill (erased), saved, found, length);
  if (stale && erased == JMP_ERASED_UNKNOWN)
    stale = is_stale (jmp_erased_fill (JMP_ERASED_ZEROS), saved, found, length);
  return stale ? JMP_SAVED_STALE : JMP_SAVED_MISSING;
}
