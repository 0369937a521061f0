/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking into a board that nobody has named, before files of the person's can be lost on it: what is in
 * its flash may say which board it is, and so where they are. */

#include "session/session-private.h"

#include "board/look.h"

typedef struct {
  JmpLibrary *library;
  JmpDevice *device;
  JmpPlan *plan;
} Looking;

static void
looking_free (gpointer data)
{
  Looking *self = data;

  jmp_library_unref (self->library);
  g_object_unref (self->device);
  jmp_plan_unref (self->plan);
  g_free (self);
}

/* What cannot be read says nothing: the guard of the work knows no more then. */
static void
look_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Looking *looking = task_data;
  JmpCatalogue *catalogue = jmp_library_get_catalogue (looking->library);
  GBytes *memory = NULL;

  if (jmp_look_finds_files (catalogue, looking->device, looking->plan, cancellable))
    memory = jmp_look_read (catalogue, looking->device, cancellable, NULL);
  g_task_return_pointer (task, memory, (GDestroyNotify)g_bytes_unref);
}

static void
looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;
  g_autoptr (GBytes) memory = g_task_propagate_pointer (G_TASK (result), NULL);
  gboolean same;

  if (g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  same = self->looked_for == self->loader;
  if (memory != NULL)
    jmp_session_set_seen (self, &(JmpEvidence){ .memory = memory });
  else
    jmp_session_changed (self);
  /* other firmware may be chosen now, by whoever knows the board */
  if (same && self->looked_for == self->loader)
    jmp_session_begin (self);
}

/* Returns: whether the board is being looked into; it goes on from there */
gboolean
jmp_session_look_first (JmpSession *self)
{
  JmpDfuInfo *info = jmp_device_get_info (self->device);
  g_autoptr (GTask) task = NULL;
  Looking *looking;

  if (self->library == NULL || jmp_session_get_board (self) != NULL || self->look == NULL
      || self->looked_for == self->loader || info == NULL
      || jmp_firmware_loader_get_origin (self->loader) == JMP_FIRMWARE_BACKUP
      || !jmp_look_may_take_files (jmp_library_get_catalogue (self->library), info, self->look))
    return FALSE;
  g_clear_pointer (&self->looked_for, jmp_firmware_loader_unref);
  self->looked_for = jmp_firmware_loader_ref (self->loader);
  self->looking = g_cancellable_new ();
  looking = g_new0 (Looking, 1);
  looking->library = jmp_library_ref (self->library);
  looking->device = g_object_ref (self->device);
  looking->plan = jmp_plan_ref (self->look);
  task = g_task_new (NULL, self->looking, looked_cb, g_object_ref (self));
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, looking, looking_free);
  g_task_run_in_thread (task, look_func);
  jmp_session_changed (self);
  return TRUE;
}

void
jmp_session_forget_look (JmpSession *self)
{
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->looked_for, jmp_firmware_loader_unref);
}
