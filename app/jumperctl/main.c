/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* jumperctl: the core without a window. Main thread. */

#include "config.h"

#include "base/error.h"
#include "jumperctl/output.h"
#include "jumperctl/report.h"
#include "jumperctl/signals.h"
#include "jumperctl/terminal.h"
#include "words/words-locale.h"

#include <glib/gi18n.h>

static char *
program_help (void)
{
  GString *text = g_string_new (_ ("Usage:\n"
                                   "  jumperctl COMMAND [OPTION…] [FILE…]\n"
                                   "\n"
                                   "Puts firmware on boards that speak DfuSe, and reads it back.\n"
                                   "\n"
                                   "Commands:\n"));

  for (const CtlCommand *const *c = ctl_commands (); *c != NULL; c++)
    g_string_append_printf (text, "  %-10s %s\n", (*c)->name, _ ((*c)->summary));
  g_string_append (text,
                   _ ("\n"
                      "“jumperctl COMMAND --help” has more about each. “jumperctl --version” says "
                      "which version this is.\n"
                      "Try everything without a board: "
                      "jumperctl flash -d virtual:pyboard FILE.dfu\n"));
  return g_string_free (text, FALSE);
}

/* Prints a text that was asked for, and claims success only when it arrived. */
static int
print_and_end (const char *text)
{
  g_autoptr (GError) error = NULL;

  ctl_output_text (text);
  if (ctl_output_finish (&error))
    return 0;
  ctl_report_error (NULL, NULL, error);
  return ctl_exit_status (error);
}

static int
run (const CtlCommand *command, const char *const *arguments)
{
  g_autoptr (CtlSession) session = ctl_session_new (command);
  g_autoptr (GError) error = NULL;

  if (!ctl_options_parse (&session->options, command, arguments, &error))
    return ctl_report (session, error);
  if (session->options.help) {
    g_autofree char *help = ctl_options_help (command);

    return print_and_end (help);
  }
  if (session->options.version)
    return print_and_end ("jumperctl " JMP_VERSION "\n");
  ctl_signals_set_up (session->cancellable);
  command->run (session, &error);
  return ctl_report (session, error);
}

static int
unknown (const char *name)
{
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *text = g_strdup_printf (
      _ ("jumperctl: there is no command “%s”.\n  “jumperctl --help” lists them.\n"), shown);

  ctl_output_note (text);
  return 2;
}

int
main (int argc, char **argv)
{
  g_auto (GStrv) arguments = NULL;
  g_autofree char *help = NULL;
  const CtlCommand *command;

  ctl_terminal_set_up ();
  jmp_words_set_language ();
  g_set_prgname ("jumperctl");

  arguments = ctl_terminal_arguments (argc, argv);
  help = program_help ();
  if (arguments[0] == NULL) {
    ctl_output_note (help);
    return 2;
  }
  if (g_str_equal (arguments[0], "--help") || g_str_equal (arguments[0], "-h"))
    return print_and_end (help);
  if (g_str_equal (arguments[0], "--version"))
    return print_and_end ("jumperctl " JMP_VERSION "\n");
  command = ctl_command_find (arguments[0]);
  if (command == NULL)
    return unknown (arguments[0]);
  return run (command, (const char *const *)arguments + 1);
}
