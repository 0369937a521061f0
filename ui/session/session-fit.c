/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which chips would take firmware that does not fit the session's board. The table of chips is read on a
 * worker. */

#include "session/session-private.h"

#include "base/error.h"
#include "board/fit-report.h"

typedef struct {
  JmpImage *image;
  JmpDfuInfo *info;
  char *part; /* (nullable): of the board that it certainly is */
} Search;

static void
search_free (gpointer data)
{
  Search *self = data;

  jmp_image_unref (self->image);
  jmp_dfu_info_unref (self->info);
  g_free (self->part);
  g_free (self);
}

static JmpLayout *
main_layout (const JmpDfuInfo *info)
{
  const JmpDfuAlt *alt = info->alts->len > 0 ? info->alts->pdata[0] : NULL;

  return alt != NULL ? alt->layout : NULL;
}

static gboolean
is_same_memory (JmpLayout *a, JmpLayout *b)
{
  const guint n = jmp_layout_get_n_sectors (a);
  JmpSector first;
  JmpSector second;

  if (n != jmp_layout_get_n_sectors (b))
    return FALSE;
  for (guint i = 0; i < n; i++) {
    if (!jmp_layout_get_sector (a, i, &first) || !jmp_layout_get_sector (b, i, &second)
        || first.address != second.address || first.size != second.size)
      return FALSE;
  }
  return TRUE;
}

/* A board that nobody knows has a chip with its memory, where all such chips are of one line. */
static const JmpPart *
find_by_memory (JmpParts *parts, const JmpDfuInfo *info)
{
  JmpLayout *layout = main_layout (info);
  const JmpPart *found = NULL;

  for (guint i = 0; layout != NULL && i < jmp_parts_get_n (parts); i++) {
    const JmpPart *part = jmp_parts_get (parts, i);

    if (!is_same_memory (part->layout, layout))
      continue;
    if (found != NULL && !jmp_part_is_same_line (found, part))
      return NULL;
    found = part;
  }
  return found;
}

static void
find_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Search *search = task_data;
  g_autoptr (JmpParts) parts = jmp_parts_new_built_in (NULL);
  const JmpPart *part = NULL;
  g_autoptr (JmpFitReport) report = NULL;

  if (parts != NULL && search->part != NULL)
    part = jmp_parts_lookup (parts, search->part, NULL);
  else if (parts != NULL)
    part = find_by_memory (parts, search->info);
  if (part != NULL)
    report = jmp_fit_check_part (search->image, parts, part);
  g_task_return_pointer (task,
                         report != NULL ? g_ptr_array_ref (report->takers) : NULL,
                         (GDestroyNotify)g_ptr_array_unref);
}

static void
found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;
  const Search *search = g_task_get_task_data (G_TASK (result));
  g_autoptr (GPtrArray) takers = g_task_propagate_pointer (G_TASK (result), NULL);

  if (takers == NULL || takers->len == 0 || jmp_session_get_image (self) != search->image
      || !g_error_matches (self->problem, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT))
    return;
  self->takers = g_steal_pointer (&takers);
  jmp_session_changed (self);
}

/* After planning: what does not fit is asked about. */
void
jmp_session_look_for_takers (JmpSession *self)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);
  JmpBoard *board = jmp_session_get_board (self);
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_clear_pointer (&self->takers, g_ptr_array_unref);
  if (!g_error_matches (self->problem, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT))
    return;
  search = g_new0 (Search, 1);
  search->image = jmp_image_ref (jmp_session_get_image (self));
  search->info = jmp_dfu_info_ref (info);
  search->part = board != NULL ? g_strdup (board->part) : NULL;
  task = g_task_new (NULL, NULL, found_cb, g_object_ref (self));
  g_task_set_task_data (task, search, search_free);
  g_task_run_in_thread (task, find_func);
}

/**
 * jmp_session_get_takers:
 * @self: a session whose firmware does not fit its board
 *
 * Returns: (transfer none) (nullable) (element-type utf8): chips of the same line that take it, the
 *   smallest first; %NULL as long as none is known
 */
GPtrArray *
jmp_session_get_takers (JmpSession *self)
{
  return self->takers;
}
