/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/wait-private.h"

void
jmp_wait_init (JmpWait *self)
{
  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->done = FALSE;
  self->cancelled = FALSE;
}

void
jmp_wait_clear (JmpWait *self)
{
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
}

/* Before what is waited for is started. */
void
jmp_wait_restart (JmpWait *self)
{
  g_mutex_lock (&self->lock);
  self->done = FALSE;
  self->cancelled = FALSE;
  g_mutex_unlock (&self->lock);
}

/* What was waited for has happened. Any thread. */
void
jmp_wait_done (JmpWait *self)
{
  g_mutex_lock (&self->lock);
  self->done = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

static void
cancelled_cb (GCancellable *cancellable, gpointer user_data)
{
  JmpWait *self = user_data;

  g_mutex_lock (&self->lock);
  self->cancelled = TRUE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

/* Waits at most @ms milliseconds. What has happened counts, even where the time is up as well. */
JmpWaitResult
jmp_wait_for (JmpWait *self, guint ms, GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + (gint64)ms * 1000;
  gulong handler = 0;
  gboolean in_time = TRUE;
  JmpWaitResult result = JMP_WAIT_TIMED_OUT;

  /* the lock must not be held: connecting calls back at once when it is cancelled already, and
   * disconnecting waits for a callback that is running */
  if (cancellable != NULL)
    handler = g_cancellable_connect (cancellable, G_CALLBACK (cancelled_cb), self, NULL);
  g_mutex_lock (&self->lock);
  while (!self->done && !self->cancelled && in_time)
    in_time = g_cond_wait_until (&self->changed, &self->lock, end);
  if (self->done)
    result = JMP_WAIT_DONE;
  else if (self->cancelled)
    result = JMP_WAIT_CANCELLED;
  g_mutex_unlock (&self->lock);
  if (handler != 0)
    g_cancellable_disconnect (cancellable, handler);
  return result;
}

/* For what is sure to happen. */
void
jmp_wait_for_ever (JmpWait *self)
{
  g_mutex_lock (&self->lock);
  while (!self->done)
    g_cond_wait (&self->changed, &self->lock);
  g_mutex_unlock (&self->lock);
}

/* Returns: %FALSE, for the return statement of the caller */
gboolean
jmp_wait_set_cancelled (GError **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  return FALSE;
}
