/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/signals.h"

#include <windows.h>

static int idle;
static gint64 first;
static GCancellable *to_cancel;

/* Called by the system on a thread of its own. */
static BOOL WINAPI
on_console_event (DWORD event)
{
  if (first != 0 && g_get_monotonic_time () - first > G_USEC_PER_SEC)
    ExitProcess (CTL_INTERRUPTED);
  if (first == 0)
    first = g_get_monotonic_time ();
  /* In this order: who becomes idle looks at the cancellable afterwards. */
  g_cancellable_cancel (to_cancel);
  if (g_atomic_int_get (&idle) != 0)
    ExitProcess (CTL_INTERRUPTED);
  return TRUE;
}

void
ctl_signals_set_up (GCancellable *cancellable)
{
  to_cancel = g_object_ref (cancellable);
  SetConsoleCtrlHandler (on_console_event, TRUE);
}

void
ctl_signals_set_idle (gboolean is_idle)
{
  g_atomic_int_set (&idle, is_idle ? 1 : 0);
}
