/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs a command with virtual boards plugged in, over real libusb:
 *
 *   with-board [--counters FILE] [--deny-open] [--consoles] SPEC [SPEC…] -- COMMAND [ARGUMENT…]
 *
 * SPEC is what jmp_virtual_board_new() takes ("pyboard,speed=0,flash=FILE"); the boards go into ports
 * 1-1, 1-2 and so on. With --deny-open, nobody may open them; with --consoles, those that run
 * MicroPython are there with their serial ports. Afterwards FILE has one line for each
 * board with its counters, and behind it one for each rule that was broken. The exit status is the
 * command's; 128 and the number of the signal that ended it; 127 when it cannot be run; 77 where a
 * simulated usbfs cannot be had; 2 when the arguments make no sense. */

#include "mock-usbfs.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#define EXIT_USAGE   2
#define EXIT_SKIPPED 77
#define EXIT_CANNOT  127

static volatile sig_atomic_t child_pid;

/* The boards must be saved, whatever ends the command: a signal is its own business. */
static void
pass_on (int signal_number)
{
  if (child_pid != 0 && signal_number == SIGTERM)
    kill ((pid_t)child_pid, signal_number);
}

static int
fail (const char *what, const GError *error)
{
  fprintf (
      stderr, "with-board: %s%s%s\n", what, error != NULL ? ": " : "", error ? error->message : "");
  return EXIT_USAGE;
}

static void
append_counters (GString *text, JmpVirtualBoard *board, const char *path)
{
  JmpVirtualCounters c = jmp_virtual_board_get_counters (board);
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (board);

  g_string_append_printf (text,
                          "%s path=%s transfers=%" G_GUINT64_FORMAT " wire_us=%" G_GUINT64_FORMAT
                          " busy_us=%" G_GUINT64_FORMAT " bytes_read=%" G_GUINT64_FORMAT
                          " bytes_programmed=%" G_GUINT64_FORMAT " bytes_erased=%" G_GUINT64_FORMAT
                          " sectors_erased=%u violations=%u\n",
                          jmp_virtual_board_get_kind (board),
                          path,
                          c.transfers,
                          c.wire_us,
                          c.busy_us,
                          c.bytes_read,
                          c.bytes_programmed,
                          c.bytes_erased,
                          c.sectors_erased,
                          c.violations);
  for (guint i = 0; violations[i] != NULL; i++)
    g_string_append_printf (text, "  violation: %s\n", violations[i]);
}

/* Returns: the exit status */
static int
run (MockUsbfs *mock, char **command)
{
  g_autoptr (GSubprocessLauncher)
      launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_INHERIT);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *identifier;

  mock_usbfs_prepare_child (mock, launcher);
  signal (SIGINT, pass_on);
  signal (SIGTERM, pass_on);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)command, &error);
  if (process == NULL) {
    fail (command[0], error);
    return EXIT_CANNOT;
  }
  /* There is none once the child has ended, which may be by now. */
  identifier = g_subprocess_get_identifier (process);
  child_pid = identifier != NULL ? atoi (identifier) : 0;
  g_subprocess_wait (process, NULL, NULL);
  child_pid = 0;
  if (g_subprocess_get_if_signaled (process))
    return 128 + g_subprocess_get_term_sig (process);
  return g_subprocess_get_exit_status (process);
}

/* Saves the boards and writes what they counted. */
static gboolean
finish (GPtrArray *boards, GPtrArray *paths, const char *counters_file)
{
  g_autoptr (GString) counters = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < boards->len; i++) {
    if (!jmp_virtual_board_save (boards->pdata[i], &error)) {
      fail ("saving a board", error);
      return FALSE;
    }
    append_counters (counters, boards->pdata[i], paths->pdata[i]);
  }
  if (counters_file != NULL && !g_file_set_contents (counters_file, counters->str, -1, &error)) {
    fail ("writing the counters", error);
    return FALSE;
  }
  return TRUE;
}

static int
with_boards (
    char **specs, char **command, gboolean deny, gboolean consoles, const char *counters_file)
{
  g_autoptr (GPtrArray)
      boards = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_virtual_board_unref);
  g_autoptr (GPtrArray) paths = g_ptr_array_new ();
  g_autoptr (MockUsbfs) mock = NULL;
  int status;

  for (guint i = 0; specs[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    JmpVirtualBoard *board = jmp_virtual_board_new (specs[i], &error);

    if (board == NULL)
      return fail (specs[i], error);
    g_ptr_array_add (boards, board);
  }
  mock = mock_usbfs_new ();
  if (mock == NULL) {
    fail ("umockdev is not preloaded", NULL);
    return EXIT_SKIPPED;
  }
  if (consoles)
    mock_usbfs_show_consoles (mock);
  for (guint i = 0; i < boards->len; i++) {
    g_ptr_array_add (paths, (gpointer)mock_usbfs_plug (mock, boards->pdata[i]));
    if (deny)
      mock_usbfs_deny_open (mock, paths->pdata[i]);
  }
  status = run (mock, command);
  return finish (boards, paths, counters_file) ? status : EXIT_USAGE;
}

int
main (int argc, char **argv)
{
  g_autofree char *counters = NULL;
  gboolean deny = FALSE;
  gboolean consoles = FALSE;
  const GOptionEntry entries[] = {
    { "counters", 0, 0, G_OPTION_ARG_FILENAME, &counters, "Write the boards' counters", "FILE" },
    { "deny-open", 0, 0, G_OPTION_ARG_NONE, &deny, "Let nobody open the boards", NULL },
    { "consoles", 0, 0, G_OPTION_ARG_NONE, &consoles, "Show the serial ports of programs", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("SPEC [SPEC…] -- COMMAND [ARGUMENT…]");
  g_auto (GStrv) specs = NULL;
  g_autoptr (GError) error = NULL;
  int dashes = 1;

  /* the command's options are its own */
  while (dashes < argc && !g_str_equal (argv[dashes], "--"))
    dashes++;
  if (dashes + 1 >= argc)
    return fail ("usage: with-board [OPTION…] SPEC [SPEC…] -- COMMAND [ARGUMENT…]", NULL);
  specs = g_new0 (char *, dashes + 1);
  for (int i = 0; i < dashes; i++)
    specs[i] = g_strdup (argv[i]);
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse_strv (context, &specs, &error))
    return fail ("arguments", error);
  if (specs[0] == NULL || specs[1] == NULL)
    return fail ("no board", NULL);
  return with_boards (specs + 1, argv + dashes + 1, deny, consoles, counters);
}
