/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/signals.h"

#include <windows.h>

static int idle;
static gint64 first;
static GCancellable *to_cancel;

static void
end_at_once (void)
{
  static const char text[] =
      "\njumperctl: ended at once; what state the board is in is not known\n";
  DWORD written;

  if (g_atomic_int_get (&idle) == 0)
    WriteFile (GetStdHandle (STD_ERROR_HANDLE), text, sizeof text - 1, &written, NULL);
  ExitProcess (CTL_INTERRUPTED);
}

/* Called by the system on a thread of its own. When the console goes away, or the person logs out, the
 * program is ended as soon as this returns, and after some seconds all the same: it waits for the main
 * thread, which ends the program when what is under way is finished. */
static BOOL WINAPI
on_console_event (DWORD event)
{
  if (first != 0 && g_get_monotonic_time () - first > G_USEC_PER_SEC)
    end_at_once ();
  if (first == 0)
    first = g_get_monotonic_time ();
  /* In this order: who becomes idle looks at the cancellable afterwards. */
  g_cancellable_cancel (to_cancel);
  if (g_atomic_int_get (&idle) != 0)
    end_at_once ();
  if (event != CTRL_C_EVENT && event != CTRL_BREAK_EVENT)
    Sleep (INFINITE);
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
