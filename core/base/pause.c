/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "base/pause.h"

/**
 * jmp_pause:
 * @ms: how long, in milliseconds
 * @cancellable: (nullable): ends it at once
 * @error: return location for a #GError
 *
 * Waits, for what can only be looked at again a little later.
 *
 * Errors: %G_IO_ERROR_CANCELLED.
 *
 * Returns: %FALSE with @error set when it was cancelled
 */
gboolean
jmp_pause (guint ms, GCancellable *cancellable, GError **error)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd)) {
    g_poll (&fd, 1, (int)ms);
    g_cancellable_release_fd (cancellable);
  } else {
    g_usleep ((gulong)ms * 1000);
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}
