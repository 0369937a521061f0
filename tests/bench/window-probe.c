/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "window-probe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Animations, icons and what else comes after the first frame. */
#define SETTLE_S 3

/**
 * Turns:
 * @woke_at: when the last poll() returned, and what the thread had used of a processor by then
 * @n: how many turns there were
 * @longest: from the return of a poll() to the next call, microseconds
 * @longest_busy: what the thread used of a processor in that one
 * @over: how many took longer than a sixtieth of a second, and a thirtieth
 */
typedef struct {
  gint64 woke_at;
  gint64 busy_at;
  guint64 n;
  gint64 longest;
  gint64 longest_busy;
  guint over[2];
} Turns;

static struct {
  GPollFunc poll;
  Turns phases[2];
  Turns *turns;         /* the current one */
  GHashTable *switches; /* of each thread, when the measurement began */
  gboolean drawn;
  guint seconds; /* 0: ends with the first frame */
  WindowProbeFunc begin;
  gpointer user_data;
} probe;

static gint64
busy_us (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64)time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* All that the main loop does is done between two of these. */
static int
poll_cb (GPollFD *fds, guint n_fds, int timeout)
{
  Turns *turns = probe.turns;
  gint64 took = g_get_monotonic_time () - turns->woke_at;
  int n;

  if (turns->woke_at != 0) {
    turns->n++;
    turns->over[0] += took > G_USEC_PER_SEC / 60;
    turns->over[1] += took > G_USEC_PER_SEC / 30;
    if (took > turns->longest) {
      turns->longest = took;
      turns->longest_busy = busy_us () - turns->busy_at;
    }
  }
  n = probe.poll (fds, n_fds, timeout);
  turns->woke_at = g_get_monotonic_time ();
  turns->busy_at = busy_us ();
  return n;
}

/* Returns: the number behind @field in a file of /proc, 0 where there is none */
static guint64
read_field (const char *path, const char *field)
{
  g_autofree char *text = NULL;
  const char *found;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  found = strstr (text, field);
  return found != NULL ? g_ascii_strtoull (found + strlen (field), NULL, 10) : 0;
}

/* How often each thread of the program was woken from a sleep, by the thread's name. */
static GHashTable *
count_switches (void)
{
  GHashTable *all = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GDir) tasks = g_dir_open ("/proc/self/task", 0, NULL);
  const char *task;

  while (tasks != NULL && (task = g_dir_read_name (tasks)) != NULL) {
    g_autofree char *comm = g_build_filename ("/proc/self/task", task, "comm", NULL);
    g_autofree char *status = g_build_filename ("/proc/self/task", task, "status", NULL);
    g_autofree char *name = NULL;
    gsize n = read_field (status, "\nvoluntary_ctxt_switches:");

    if (!g_file_get_contents (comm, &name, NULL, NULL))
      continue;
    g_strdelimit (name, "\n\"\\", '\0');
    n += GPOINTER_TO_SIZE (g_hash_table_lookup (all, name));
    g_hash_table_insert (all, g_steal_pointer (&name), GSIZE_TO_POINTER (n));
  }
  return all;
}

static void
append_switches (GString *text)
{
  g_autoptr (GHashTable) now = count_switches ();
  const char *separator = "";
  GHashTableIter iter;
  gpointer name, n;

  g_hash_table_iter_init (&iter, now);
  while (g_hash_table_iter_next (&iter, &name, &n)) {
    gsize before = GPOINTER_TO_SIZE (g_hash_table_lookup (probe.switches, name));

    g_string_append_printf (text,
                            "%s\"%s\": %" G_GSIZE_FORMAT,
                            separator,
                            (const char *)name,
                            GPOINTER_TO_SIZE (n) - MIN (before, GPOINTER_TO_SIZE (n)));
    separator = ", ";
  }
}

static void
append_turns (GString *text, const Turns *turns)
{
  g_string_append_printf (text,
                          "{\"n\": %" G_GUINT64_FORMAT ", \"longest_us\": %" G_GINT64_FORMAT
                          ", \"longest_busy_us\": %" G_GINT64_FORMAT
                          ", \"over_16_ms\": %u, \"over_33_ms\": %u}",
                          turns->n,
                          turns->longest,
                          turns->longest_busy,
                          turns->over[0],
                          turns->over[1]);
}

/* A program that is measured is not closed: it could have something to say about that. */
static gboolean
end_cb (gpointer user_data)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text,
                          "{\"seconds\": %u, \"resident_kib\": %" G_GUINT64_FORMAT ", \"turns\": [",
                          probe.seconds,
                          read_field ("/proc/self/status", "VmRSS:"));
  append_turns (text, &probe.phases[0]);
  g_string_append (text, ", ");
  append_turns (text, &probe.phases[1]);
  g_string_append (text, "], \"wake_ups\": {");
  append_switches (text);
  printf ("%s}}\n", text->str);
  fflush (stdout);
  _exit (EXIT_SUCCESS);
}

static gboolean
settled_cb (gpointer window)
{
  probe.switches = count_switches ();
  probe.phases[0] = (Turns){ .woke_at = 0 };
  if (probe.begin != NULL)
    probe.begin (window, probe.user_data);
  g_timeout_add_seconds (probe.seconds, end_cb, NULL);
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (GdkFrameClock *clock, GtkWindow *window)
{
  if (probe.drawn || !gtk_widget_get_mapped (GTK_WIDGET (window)))
    return;
  probe.drawn = TRUE;
  if (probe.seconds == 0)
    _exit (EXIT_SUCCESS);
  g_timeout_add_seconds (SETTLE_S, settled_cb, window);
}

static void
realize_cb (GtkWidget *window)
{
  g_signal_connect (
      gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (after_paint_cb), window);
}

static void
window_added_cb (GtkApplication *app, GtkWindow *window)
{
  g_signal_connect_after (window, "realize", G_CALLBACK (realize_cb), NULL);
}

static int
run (GtkApplication *app)
{
  char *arguments[] = { (char *)"window", NULL };

  g_signal_connect (app, "window-added", G_CALLBACK (window_added_cb), NULL);
  return g_application_run (G_APPLICATION (app), 1, arguments);
}

int
window_probe_first_frame (GtkApplication *app)
{
  return run (app);
}

int
window_probe_work (GtkApplication *app, guint seconds, WindowProbeFunc begin, gpointer user_data)
{
  probe.seconds = seconds;
  probe.begin = begin;
  probe.user_data = user_data;
  probe.turns = &probe.phases[0];
  probe.poll = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, poll_cb);
  return run (app);
}

int
window_probe_rest (GtkApplication *app, guint seconds)
{
  return window_probe_work (app, seconds, NULL, NULL);
}

void
window_probe_next_phase (void)
{
  probe.turns = &probe.phases[1];
}
