/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A hand on a simulated USB: plugs boards in and pulls them out as it is told, line by line, while
 * programs run:
 *
 *   hand [--consoles]
 *
 * It says the environment of programs that are to see its boards, then "ok", and then "ok [TEXT]" or
 * "no TEXT" to each line:
 *
 *   plug SPEC                               its port: "1-1"
 *   unplug PORT | replug PORT
 *   jumper PORT on|off
 *   protect PORT 0|1                        level of read protection
 *   deny PORT | allow PORT                  nobody may open it, or everybody
 *   drag PORT READ PROGRAMMED SECTORS MS    see mock_usbfs_drag()
 *   look PORT                               its state, what it counted, and rules that were broken
 *   save PORT                               writes its flash file
 *
 * It goes when there are no more lines. 77 where a simulated usbfs cannot be had. */

#include "mock-usbfs.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXIT_SKIPPED 77

typedef struct {
  MockUsbfs *mock;
  GHashTable *boards; /* port -> board */
} Hand;

static void G_GNUC_PRINTF (2, 3) say (const char *word, const char *format, ...)
{
  va_list arguments;

  fputs (word, stdout);
  va_start (arguments, format);
  vprintf (format, arguments);
  va_end (arguments);
  fputc ('\n', stdout);
  fflush (stdout);
}

static void
plug (Hand *self, const char *spec)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, &error);
  const char *port;

  if (board == NULL) {
    say ("no ", "%s", error->message);
    return;
  }
  port = mock_usbfs_plug (self->mock, board);
  g_hash_table_insert (self->boards, g_strdup (port), g_steal_pointer (&board));
  say ("ok ", "%s", port);
}

static const char *
state_to_string (JmpVirtualBoard *board)
{
  switch (jmp_virtual_board_get_state (board)) {
  case JMP_VIRTUAL_IN_DFU:
    return "dfu";
  case JMP_VIRTUAL_RUNNING:
    return "running";
  case JMP_VIRTUAL_UNPLUGGED:
    return "unplugged";
  }
  return "";
}

static void
look (JmpVirtualBoard *board)
{
  const JmpVirtualCounters c = jmp_virtual_board_get_counters (board);
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (board);
  g_autofree char *broken = g_strjoinv ("; ", violations);

  say ("ok ",
       "%s %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %u %s",
       state_to_string (board),
       c.bytes_read,
       c.bytes_programmed,
       c.sectors_erased,
       broken);
}

static void
drag (Hand *self, const char *port, char **numbers)
{
  const JmpVirtualCounters from = {
    .bytes_read = g_ascii_strtoull (numbers[0], NULL, 10),
    .bytes_programmed = g_ascii_strtoull (numbers[1], NULL, 10),
    .sectors_erased = (guint)g_ascii_strtoull (numbers[2], NULL, 10),
  };

  mock_usbfs_drag (self->mock, port, &from, (guint)g_ascii_strtoull (numbers[3], NULL, 10) * 1000);
  say ("ok", " ");
}

static void
save (JmpVirtualBoard *board)
{
  g_autoptr (GError) error = NULL;

  if (jmp_virtual_board_save (board, &error))
    say ("ok", " ");
  else
    say ("no ", "%s", error->message);
}

static void
handle (Hand *self, char **words)
{
  const guint n = g_strv_length (words);
  JmpVirtualBoard *board = n > 1 ? g_hash_table_lookup (self->boards, words[1]) : NULL;

  if (n == 2 && g_str_equal (words[0], "plug")) {
    plug (self, words[1]);
  } else if (board == NULL) {
    say ("no ", "there is no such board");
  } else if (g_str_equal (words[0], "look")) {
    look (board);
  } else if (g_str_equal (words[0], "save")) {
    save (board);
  } else if (n == 6 && g_str_equal (words[0], "drag")) {
    drag (self, words[1], words + 2);
  } else if (n == 3 && g_str_equal (words[0], "jumper")) {
    jmp_virtual_board_set_jumper (board, g_str_equal (words[2], "on"));
    say ("ok", " ");
  } else if (n == 3 && g_str_equal (words[0], "protect")) {
    jmp_virtual_board_set_read_protection (board, g_str_equal (words[2], "1") ? 1 : 0);
    say ("ok", " ");
  } else if (g_str_equal (words[0], "deny")) {
    mock_usbfs_deny_open (self->mock, words[1]);
    say ("ok", " ");
  } else if (g_str_equal (words[0], "allow")) {
    mock_usbfs_allow_open (self->mock, words[1]);
    say ("ok", " ");
  } else if (g_str_equal (words[0], "unplug")) {
    mock_usbfs_unplug (self->mock, words[1]);
    say ("ok", " ");
  } else if (g_str_equal (words[0], "replug")) {
    mock_usbfs_replug (self->mock, words[1]);
    say ("ok", " ");
  } else {
    say ("no ", "a hand cannot do that");
  }
}

/* What a program has in its environment that sees the boards. */
static gboolean
say_environment (Hand *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_NONE);
  g_autoptr (GSubprocess) process = NULL;

  mock_usbfs_prepare_child (self->mock, launcher);
  process = g_subprocess_launcher_spawn (launcher, NULL, "env", NULL);
  return process != NULL && g_subprocess_wait_check (process, NULL, NULL);
}

static void
run (Hand *self)
{
  char line[1024];

  say ("ok", " ");
  while (fgets (line, sizeof line, stdin) != NULL) {
    g_auto (GStrv) words = g_strsplit (g_strchomp (line), " ", -1);

    handle (self, words);
  }
}

int
main (int argc, char **argv)
{
  Hand hand = { .mock = mock_usbfs_new () };

  if (hand.mock == NULL)
    return EXIT_SKIPPED;
  if (argc > 1 && g_str_equal (argv[1], "--consoles"))
    mock_usbfs_show_consoles (hand.mock);
  hand.boards = g_hash_table_new_full (
      g_str_hash, g_str_equal, g_free, (GDestroyNotify)jmp_virtual_board_unref);
  if (!say_environment (&hand))
    return EXIT_FAILURE;
  run (&hand);
  mock_usbfs_free (hand.mock);
  g_hash_table_unref (hand.boards);
  return EXIT_SUCCESS;
}
