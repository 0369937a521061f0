/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "preferences/library-task.h"

typedef struct {
  JmpLibrary *library;
  GPtrArray *sources;
} Job;

static void
job_free (gpointer data)
{
  Job *self = data;

  jmp_library_unref (self->library);
  g_clear_pointer (&self->sources, g_ptr_array_unref);
  g_free (self);
}

static void
run (JmpLibrary *library,
     GPtrArray *sources,
     GTaskThreadFunc func,
     GAsyncReadyCallback callback,
     gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, user_data);
  Job *job = g_new0 (Job, 1);

  job->library = jmp_library_ref (library);
  job->sources = sources != NULL ? g_ptr_array_ref (sources) : NULL;
  g_task_set_task_data (task, job, job_free);
  g_task_run_in_thread (task, func);
}

static void
write_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Job *job = task_data;
  GError *error = NULL;

  if (jmp_library_write_sources (job->library, job->sources, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/**
 * jmp_library_write_sources_async:
 * @library: the releases
 * @sources: (element-type JmpSource): the person's own sources; not changed any more
 * @callback: called when they are written
 * @user_data: for @callback
 *
 * Keeps the person's own sources.
 */
void
jmp_library_write_sources_async (JmpLibrary *library,
                                 GPtrArray *sources,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  run (library, sources, write_func, callback, user_data);
}

/**
 * jmp_library_task_finish:
 * @result: what the callback was given
 * @error: as jmp_library_write_sources()
 *
 * Returns: %FALSE with @error set where nothing was kept
 */
gboolean
jmp_library_task_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
return_size (GTask *task, JmpLibrary *library)
{
  const guint64 size = jmp_cache_get_size (jmp_library_get_cache (library));

  g_task_return_pointer (task, g_memdup2 (&size, sizeof size), g_free);
}

static void
measure_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  return_size (task, ((Job *)task_data)->library);
}

static void
clear_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  JmpLibrary *library = ((Job *)task_data)->library;

  jmp_cache_clear (jmp_library_get_cache (library));
  return_size (task, library);
}

/**
 * jmp_library_measure_async:
 * @library: the releases
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Asks how much was downloaded and is kept.
 */
void
jmp_library_measure_async (JmpLibrary *library, GAsyncReadyCallback callback, gpointer user_data)
{
  run (library, NULL, measure_func, callback, user_data);
}

/**
 * jmp_library_clear_async:
 * @library: the releases
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Removes what was downloaded.
 */
void
jmp_library_clear_async (JmpLibrary *library, GAsyncReadyCallback callback, gpointer user_data)
{
  run (library, NULL, clear_func, callback, user_data);
}

/**
 * jmp_library_measure_finish:
 * @result: what the callback of jmp_library_measure_async() or jmp_library_clear_async() was given
 *
 * Returns: how many bytes are kept
 */
guint64
jmp_library_measure_finish (GAsyncResult *result)
{
  g_autofree guint64 *size = g_task_propagate_pointer (G_TASK (result), NULL);

  return size != NULL ? *size : 0;
}
