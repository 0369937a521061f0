/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/board.h"

/**
 * ctl_board_new:
 *
 * A board of which nothing is known yet.
 *
 * Returns: (transfer full): the board
 */
CtlBoard *
ctl_board_new (void)
{
  CtlBoard *self = g_new0 (CtlBoard, 1);

  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->agreed = g_ptr_array_new_with_free_func (g_free);
  return self;
}

/**
 * ctl_board_free:
 * @self: (transfer full): a board whose job has ended
 *
 * Frees @self.
 */
void
ctl_board_free (CtlBoard *self)
{
  g_clear_object (&self->job);
  g_clear_object (&self->device);
  g_clear_pointer (&self->plan, jmp_plan_unref);
  g_clear_pointer (&self->backup, jmp_plan_unref);
  g_clear_pointer (&self->keeper, jmp_backup_keeper_unref);
  g_clear_pointer (&self->hits, g_array_unref);
  g_clear_pointer (&self->regions, jmp_regions_free);
  g_ptr_array_unref (self->agreed);
  g_clear_error (&self->error);
  g_ptr_array_unref (self->warnings);
  g_free (self->label);
  g_free (self->memory);
  g_free (self->backup_path);
  g_free (self);
}

static gboolean
is_taken (const char *label, GPtrArray *among)
{
  for (guint i = 0; i < among->len; i++) {
    if (g_strcmp0 (((CtlBoard *)g_ptr_array_index (among, i))->label, label) == 0)
      return TRUE;
  }
  return FALSE;
}

/**
 * ctl_board_set_device:
 * @self: a board
 * @device: which board it is
 * @among: (element-type CtlBoard): the boards of the run
 *
 * Says which board it is, and labels it. Practice boards of a kind have the same id: the second is
 * labelled with a number.
 */
void
ctl_board_set_device (CtlBoard *self, JmpDevice *device, GPtrArray *among)
{
  const char *id = jmp_device_get_id (device);

  g_set_object (&self->device, device);
  g_clear_pointer (&self->label, g_free);
  for (guint n = 1; self->label == NULL; n++) {
    g_autofree char *label = n == 1 ? g_strdup (id) : g_strdup_printf ("%s#%u", id, n);

    if (!is_taken (label, among))
      self->label = g_steal_pointer (&label);
  }
}

/**
 * ctl_board_warn:
 * @self: a board
 * @format: a sentence
 *
 * Keeps a warning that is about this board.
 */
void
ctl_board_warn (CtlBoard *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * ctl_board_file_name:
 * @self: a board with a device
 * @extension: with its dot
 *
 * The name of a file that is this board's own: its label, with what no file system minds.
 *
 * Returns: (transfer full): the name
 */
char *
ctl_board_file_name (const CtlBoard *self, const char *extension)
{
  char *name = g_strconcat (self->label, extension, NULL);

  return g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._", '-');
}

/**
 * ctl_board_get_outcome:
 * @self: a board
 *
 * Returns: (transfer none) (nullable): what was done, once the work has ended
 */
const JmpOutcome *
ctl_board_get_outcome (const CtlBoard *self)
{
  return self->job != NULL ? jmp_job_get_outcome (self->job) : NULL;
}
