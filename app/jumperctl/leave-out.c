/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/leave-out.h"

#include "base/error.h"
#include "jumperctl/guard.h"
#include "words/words.h"

#include <glib/gi18n.h>

typedef struct {
  guint64 from;
  guint64 to;
} Hole;

/* The runs of a memory that cannot be written. A file that names such a place may not be for this board
 * at all, so it is only done for what a backup reads. */
static void
add_read_only (GArray *holes, const JmpDfuAlt *alt)
{
  guint n = 0;
  const JmpSectorRun *runs = jmp_layout_get_runs (alt->layout, &n);

  for (guint i = 0; i < n; i++) {
    const Hole hole = { runs[i].address, runs[i].address + (guint64)runs[i].size * runs[i].count };

    if ((runs[i].access & JMP_ACCESS_WRITE) == 0)
      g_array_append_val (holes, hole);
  }
}

static void
add_boot_loader (GArray *holes, CtlSession *session, CtlBoard *board, guint8 alt)
{
  for (guint i = 0; i < board->regions->all->len; i++) {
    const JmpRegion *region = &g_array_index (board->regions->all, JmpRegion, i);
    const Hole hole = { region->address, (guint64)region->address + region->size };

    if (region->alt == alt && region->kind == JMP_REGION_BOOT_LOADER
        && !ctl_guard_is_named (session, region->name, jmp_region_kind_to_string (region->kind)))
      g_array_append_val (holes, hole);
  }
}

/* Where the next hole begins and ends, from @at on. */
static Hole
find_hole (const GArray *holes, guint64 at)
{
  Hole found = { G_MAXUINT64, G_MAXUINT64 };

  for (guint i = 0; i < holes->len; i++) {
    const Hole *hole = &g_array_index (holes, Hole, i);

    if (hole->to > at && hole->from < found.from)
      found = *hole;
  }
  return found;
}

static gboolean
add_segment (JmpImageBuilder *builder,
             guint8 alt,
             const JmpSegment *segment,
             const GArray *holes,
             GError **error)
{
  guint64 end = segment->address + (guint64)g_bytes_get_size (segment->bytes);

  for (guint64 at = segment->address; at < end;) {
    const Hole hole = find_hole (holes, at);
    guint64 stop = MIN (MAX (hole.from, at), end);
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (
        segment->bytes, (gsize)(at - segment->address), (gsize)(stop - at));

    if (stop > at && !jmp_image_builder_add (builder, alt, at, part, error))
      return FALSE;
    at = hole.from < end ? MAX (hole.to, stop) : end;
  }
  return TRUE;
}

static GArray *
find_holes (CtlSession *session, CtlBoard *board, guint8 alt_number)
{
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (jmp_device_get_info (board->device), alt_number);
  GArray *holes = g_array_new (FALSE, FALSE, sizeof (Hole));

  if (alt != NULL && alt->layout != NULL) {
    add_read_only (holes, alt);
    add_boot_loader (holes, session, board, alt_number);
  }
  return holes;
}

/**
 * ctl_leave_out:
 * @session: a session
 * @board: a board of it, of which ctl_guard_learn() learned
 * @image: a backup
 * @error: %JMP_ERROR_WRITE_PROTECTED when nothing is left
 *
 * The part of a backup that can be put back, and a warning where that is not all of it. A boot loader
 * that --overwrite names stays in.
 *
 * Returns: (transfer full) (nullable): the image
 */
JmpImage *
ctl_leave_out (CtlSession *session, CtlBoard *board, JmpImage *image, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (jmp_image_get_format (image));
  g_autoptr (JmpImage) left = NULL;
  g_autofree char *size = NULL;

  jmp_image_builder_set_ids (builder,
                             jmp_image_get_vid (image),
                             jmp_image_get_pid (image),
                             jmp_image_get_bcd_device (image));
  jmp_image_builder_set_crc (builder, jmp_image_get_crc (image));
  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);
    g_autoptr (GArray) holes = find_holes (session, board, target->alt);

    for (guint s = 0; s < target->n_segments; s++) {
      if (!add_segment (builder, target->alt, &target->segments[s], holes, error))
        return NULL;
    }
  }
  left = jmp_image_builder_end (g_steal_pointer (&builder), NULL);
  if (left == NULL) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED, "nothing of it can be written to this board");
    return NULL;
  }
  if (jmp_image_get_size (left) == jmp_image_get_size (image))
    return jmp_image_ref (image);
  size = jmp_words_size (jmp_image_get_size (image) - jmp_image_get_size (left));
  ctl_board_warn (board,
                  _ ("%s of the backup are of the boot loader, or of memory that cannot be "
                     "written; they were left out."),
                  size);
  return g_steal_pointer (&left);
}
