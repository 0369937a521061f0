/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "releases/open-library.h"

static void
open_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  JmpLibrary *library = jmp_library_new (&error);

  if (library == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, library, (GDestroyNotify)jmp_library_unref);
}

/**
 * jmp_open_library_async:
 * @cancellable: (nullable): makes that the library is not wanted any more
 * @callback: called when it is there, in the main context that is the default now
 * @user_data: for @callback
 *
 * Opens the library; asks nobody.
 */
void
jmp_open_library_async (GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_run_in_thread (task, open_func);
}

/**
 * jmp_open_library_finish:
 * @result: what the callback was given
 * @error: as jmp_library_new(), or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the library
 */
JmpLibrary *
jmp_open_library_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
