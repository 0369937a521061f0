/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a command over real libusb while a hand plugs boards in and pulls one out:
 *
 *   with-hand [--late] [--pull SECTORS [--back]] SPEC [SPEC…] -- COMMAND [ARGUMENT…]
 *
 * With --late, the boards are plugged in a little after the command was started. With --pull, the first
 * board is pulled out when so many of its sectors are erased; with --back, it is plugged in again a
 * little later. Boards are saved at the end. The exit status is the command's; 77 where a simulated
 * usbfs cannot be had, 2 when something else is wrong, a broken rule of a board included. */

#include "mock-usbfs.h"

#include <stdio.h>

#define EXIT_WRONG   2
#define EXIT_SKIPPED 77

/* How long the hand takes; nothing depends on it being longer than what the command does meanwhile. */
#define MOVE_US (300 * 1000)
#define LOOK_US 500

typedef struct {
  gboolean late;
  int pull;
  gboolean back;
  GPtrArray *boards;
  const char *first;
  MockUsbfs *mock;
  int ended; /* atomic */
} Hand;

static int
fail (const char *what)
{
  fprintf (stderr, "with-hand: %s\n", what);
  return EXIT_WRONG;
}

static void
plug_all (Hand *hand)
{
  for (guint i = 0; i < hand->boards->len; i++) {
    const char *path = mock_usbfs_plug (hand->mock, hand->boards->pdata[i]);

    if (i == 0)
      hand->first = path;
  }
}

/* Pulls the first board out once it is time, unless the command ends before. */
static void
pull (Hand *hand)
{
  JmpVirtualBoard *board = hand->boards->pdata[0];

  while (!g_atomic_int_get (&hand->ended)
         && jmp_virtual_board_get_counters (board).sectors_erased < (guint)hand->pull)
    g_usleep (LOOK_US);
  if (g_atomic_int_get (&hand->ended))
    return;
  mock_usbfs_unplug (hand->mock, hand->first);
  if (!hand->back)
    return;
  g_usleep (MOVE_US);
  mock_usbfs_replug (hand->mock, hand->first);
}

static gpointer
wait_for_end (gpointer data)
{
  GSubprocess *process = ((gpointer *)data)[0];
  Hand *hand = ((gpointer *)data)[1];

  g_subprocess_wait (process, NULL, NULL);
  g_atomic_int_set (&hand->ended, 1);
  return NULL;
}

static int
run (Hand *hand, char **command)
{
  g_autoptr (GSubprocessLauncher)
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_INHERIT);
  g_autoptr (GSubprocess) process = NULL;
  gpointer both[2] = { NULL, hand };
  GThread *waiter;

  mock_usbfs_prepare_child (hand->mock, launcher);
  if (!hand->late)
    plug_all (hand);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)command, NULL);
  if (process == NULL)
    return fail ("the command cannot be run");
  both[0] = process;
  waiter = g_thread_new ("waiter", wait_for_end, both);
  if (hand->late) {
    g_usleep (MOVE_US);
    plug_all (hand);
  }
  if (hand->pull > 0)
    pull (hand);
  g_thread_join (waiter);
  return g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                              : fail ("the command was killed");
}

static gboolean
save (Hand *hand)
{
  for (guint i = 0; i < hand->boards->len; i++) {
    g_auto (GStrv) violations = jmp_virtual_board_get_violations (hand->boards->pdata[i]);

    if (!jmp_virtual_board_save (hand->boards->pdata[i], NULL))
      return FALSE;
    for (char **v = violations; *v != NULL; v++)
      fail (*v);
    if (*violations != NULL)
      return FALSE;
  }
  return TRUE;
}

int
main (int argc, char **argv)
{
  Hand hand = { 0 };
  const GOptionEntry entries[] = {
    { "late", 0, 0, G_OPTION_ARG_NONE, &hand.late, NULL, NULL },
    { "pull", 0, 0, G_OPTION_ARG_INT, &hand.pull, NULL, NULL },
    { "back", 0, 0, G_OPTION_ARG_NONE, &hand.back, NULL, NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("");
  g_auto (GStrv) specs = NULL;
  int dashes = 1;
  int status;

  while (dashes < argc && !g_str_equal (argv[dashes], "--"))
    dashes++;
  if (dashes + 1 >= argc)
    return fail ("no command");
  specs = g_new0 (char *, dashes + 1);
  for (int i = 0; i < dashes; i++)
    specs[i] = g_strdup (argv[i]);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &specs, NULL))
    return fail ("wrong options");
  hand.boards = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_virtual_board_unref);
  for (char **spec = specs + 1; *spec != NULL; spec++) {
    JmpVirtualBoard *board = jmp_virtual_board_new (*spec, NULL);

    if (board == NULL)
      return fail (*spec);
    g_ptr_array_add (hand.boards, board);
  }
  hand.mock = mock_usbfs_new ();
  if (hand.mock == NULL)
    return EXIT_SKIPPED;
  status = run (&hand, argv + dashes + 1);
  mock_usbfs_free (hand.mock);
  if (!save (&hand))
    status = fail ("the boards are not as they should be");
  g_ptr_array_unref (hand.boards);
  return status;
}
