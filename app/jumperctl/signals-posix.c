/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/signals.h"

#include <signal.h>
#include <unistd.h>

static int idle;

static void
end_at_once (void)
{
  static const char text[] =
      "\njumperctl: ended at once; what state the board is in is not known\n";

  if (g_atomic_int_get (&idle) == 0)
    (void)!write (STDERR_FILENO, text, sizeof text - 1);
  _exit (CTL_INTERRUPTED);
}

/* Waits for signals where any function may be called, unlike in a signal handler. timeout(1) and
 * some shells send a signal twice, to the process and to its group: hence the second of grace. */
static gpointer
wait_for_signals (gpointer data)
{
  GCancellable *cancellable = data;
  gint64 first = 0;
  sigset_t set;

  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  for (;;) {
    int number = 0;

    if (sigwait (&set, &number) != 0)
      continue;
    if (first != 0 && g_get_monotonic_time () - first > G_USEC_PER_SEC)
      end_at_once ();
    if (first == 0)
      first = g_get_monotonic_time ();
    /* In this order: who becomes idle looks at the cancellable afterwards. */
    g_cancellable_cancel (cancellable);
    if (g_atomic_int_get (&idle) != 0)
      end_at_once ();
  }
  return NULL;
}

void
ctl_signals_set_up (GCancellable *cancellable)
{
  struct sigaction ignore = { .sa_handler = SIG_IGN };
  sigset_t set;

  /* A reader that goes away must not end the program in the middle of a write to the board. */
  sigaction (SIGPIPE, &ignore, NULL);
  sigemptyset (&set);
  sigaddset (&set, SIGINT);
  sigaddset (&set, SIGTERM);
  sigaddset (&set, SIGHUP);
  pthread_sigmask (SIG_BLOCK, &set, NULL);
  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
}

void
ctl_signals_set_idle (gboolean is_idle)
{
  g_atomic_int_set (&idle, is_idle ? 1 : 0);
}
