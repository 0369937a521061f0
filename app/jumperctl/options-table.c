/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/options-private.h"

#include "base/error.h"

#include <glib/gi18n.h>

#include <string.h>

typedef struct {
  CtlTakes takes;
  const char *name;
  char letter;
  GOptionArg kind;
  gsize where;
  const char *text;
  const char *value;
} Row;

#define OPTION(member) G_STRUCT_OFFSET (CtlRawOptions, options.member)
#define RAW(member)    G_STRUCT_OFFSET (CtlRawOptions, member)

/* Every option of every command; one without a text is not in the help. */
static const Row rows[] = {
  { CTL_TAKES_DEVICE,
    "device",
    'd',
    G_OPTION_ARG_FILENAME_ARRAY,
    OPTION (devices),
    N_ ("the board: serial:TEXT, path:BUS-PORT, VID:PID, or virtual[:KIND] for a practice board"),
    N_ ("DEVICE") },
  { CTL_TAKES_ALL_BOARDS,
    "all",
    0,
    G_OPTION_ARG_NONE,
    OPTION (all),
    N_ ("all boards that are plugged in, at the same time"),
    NULL },
  { CTL_TAKES_PART,
    "part",
    0,
    G_OPTION_ARG_STRING,
    OPTION (part),
    N_ ("compare with a kind of board that the program knows, or with a chip (STM32F103C8)"),
    N_ ("NAME") },
  { CTL_TAKES_ALT,
    "alt",
    0,
    G_OPTION_ARG_STRING,
    RAW (alt),
    N_ ("the memory: number of the alt setting (0, the flash, if not given)"),
    N_ ("N") },
  { CTL_TAKES_ADDRESS,
    "address",
    0,
    G_OPTION_ARG_STRING,
    RAW (address),
    N_ ("start address, for what names none itself (0x08000000)"),
    N_ ("ADDR") },
  { CTL_TAKES_RANGE,
    "range",
    0,
    G_OPTION_ARG_STRING,
    RAW (range),
    N_ ("a part of the memory (0x08004000:112K)"),
    N_ ("ADDR:LENGTH") },
  { CTL_TAKES_ALL_MEMORY,
    "all",
    0,
    G_OPTION_ARG_NONE,
    OPTION (all),
    N_ ("the whole memory"),
    NULL },
  { CTL_TAKES_FLASH,
    "full",
    0,
    G_OPTION_ARG_NONE,
    OPTION (full),
    N_ ("erase and write every sector that the file names, also those that hold the right bytes"),
    NULL },
  { CTL_TAKES_FLASH,
    "preserve",
    0,
    G_OPTION_ARG_STRING,
    RAW (preserve),
    N_ ("which bytes that share a sector with the file are put back: auto, always or never"),
    N_ ("WHICH") },
  { CTL_TAKES_FLASH,
    "no-verify",
    0,
    G_OPTION_ARG_NONE,
    OPTION (no_verify),
    N_ ("do not read back what was written; the report will say so"),
    NULL },
  { CTL_TAKES_FLASH,
    "no-leave",
    0,
    G_OPTION_ARG_NONE,
    OPTION (no_leave),
    N_ ("stay in DFU mode instead of starting the new program"),
    NULL },
  { CTL_TAKES_FLASH | CTL_TAKES_GUARD,
    "backup",
    0,
    G_OPTION_ARG_FILENAME,
    OPTION (backup),
    N_ ("first keep what is on the board in FILE (.dfu, or .bin for the bytes alone); with several "
        "boards, a folder"),
    N_ ("FILE") },
  { CTL_TAKES_FLASH,
    "dry-run",
    0,
    G_OPTION_ARG_NONE,
    OPTION (dry_run),
    N_ ("print the steps and do nothing"),
    NULL },
  { CTL_TAKES_BOARD,
    "board",
    0,
    G_OPTION_ARG_STRING,
    OPTION (board),
    N_ ("which kind of board it is (PYBV11), where several fit: what it keeps is then known"),
    N_ ("NAME") },
  { CTL_TAKES_GUARD | CTL_TAKES_OVERWRITE,
    "overwrite",
    0,
    G_OPTION_ARG_STRING_ARRAY,
    OPTION (overwrite),
    N_ ("a protected part of the memory that is meant to be changed; may be given several times"),
    N_ ("NAME") },
  { CTL_TAKES_FAMILY,
    "family",
    0,
    G_OPTION_ARG_STRING,
    RAW (family),
    N_ ("of a UF2 file for several families, the one that is meant (STM32F4 or 0x57755A57)"),
    N_ ("FAMILY") },
  { CTL_TAKES_YES,
    "yes",
    'y',
    G_OPTION_ARG_NONE,
    OPTION (yes),
    N_ ("do not ask: yes, this is meant"),
    NULL },
  { CTL_TAKES_WAIT,
    "wait",
    0,
    G_OPTION_ARG_NONE,
    RAW (wait),
    N_ ("wait for a board that can be used (--wait=SECONDS: at most so long)"),
    NULL },
  { CTL_TAKES_WAIT, "wait-seconds", 0, G_OPTION_ARG_STRING, RAW (wait_seconds), NULL, NULL },
  { CTL_TAKES_RECORD,
    "record",
    0,
    G_OPTION_ARG_FILENAME,
    OPTION (record),
    N_ ("write every USB transfer to FILE, for a report; with several boards, a folder"),
    N_ ("FILE") },
  { CTL_TAKES_OUTPUT,
    "output",
    'o',
    G_OPTION_ARG_FILENAME,
    OPTION (output),
    N_ ("where to write: a file, or for unpack a folder"),
    N_ ("OUT") },
  { CTL_TAKES_IDS,
    "device",
    'd',
    G_OPTION_ARG_FILENAME_ARRAY,
    OPTION (devices),
    N_ ("the board that the file is for"),
    N_ ("VID:PID") },
  { CTL_TAKES_REFRESH,
    "refresh",
    0,
    G_OPTION_ARG_NONE,
    OPTION (refresh),
    N_ ("ask the sources on the network for newer releases"),
    NULL },
  { CTL_TAKES_CHANNEL,
    "channel",
    0,
    G_OPTION_ARG_STRING,
    RAW (channel),
    N_ ("which releases count: stable, or preview for those made on the way as well"),
    N_ ("WHICH") },
  { CTL_TAKES_OFFLINE,
    "offline",
    0,
    G_OPTION_ARG_NONE,
    OPTION (offline),
    N_ ("use no network, only what is on this computer"),
    NULL },
  { CTL_TAKES_CHANGED,
    "accept-changed",
    0,
    G_OPTION_ARG_STRING,
    OPTION (accept_changed),
    N_ ("take a file that has changed since it was first seen, if it is the one with this SHA-256"),
    N_ ("SHA256") },
  { CTL_TAKES_NOTES,
    "notes",
    0,
    G_OPTION_ARG_NONE,
    OPTION (notes),
    N_ ("show what is new in each release that is listed, where that is known"),
    NULL },
  { CTL_TAKES_NOTHING,
    "json",
    0,
    G_OPTION_ARG_NONE,
    RAW (json),
    N_ ("print one JSON object (--json=lines: progress too, one object a line)"),
    NULL },
  { CTL_TAKES_NOTHING, "json-lines", 0, G_OPTION_ARG_NONE, RAW (json_lines), NULL, NULL },
  { CTL_TAKES_NOTHING,
    "help",
    'h',
    G_OPTION_ARG_NONE,
    OPTION (help),
    N_ ("print this help"),
    NULL },
  { CTL_TAKES_NOTHING, "version", 0, G_OPTION_ARG_NONE, OPTION (version), NULL, NULL },
  { CTL_TAKES_NOTHING,
    G_OPTION_REMAINING,
    0,
    G_OPTION_ARG_FILENAME_ARRAY,
    OPTION (files),
    NULL,
    NULL },
};

static void
add_row (GOptionGroup *group, const Row *row, CtlRawOptions *raw)
{
  const GOptionEntry entry[] = {
    { .long_name = row->name,
      .short_name = row->letter,
      .flags = row->text != NULL ? 0 : G_OPTION_FLAG_HIDDEN,
      .arg = row->kind,
      .arg_data = G_STRUCT_MEMBER_P (raw, row->where),
      .description = row->text,
      .arg_description = row->value },
    { NULL },
  };

  g_option_group_add_entries (group, entry);
}

/*
 * ctl_options_make_context:
 * @command: a command
 * @raw: where the values go
 *
 * The options of @command, for GOption.
 *
 * Returns: (transfer full): the context
 */
GOptionContext *
ctl_options_make_context (const CtlCommand *command, CtlRawOptions *raw)
{
  GOptionContext *context = g_option_context_new (
      command->parameters != NULL ? _ (command->parameters) : NULL);
  GOptionGroup *group = g_option_group_new ("", "", "", NULL, NULL);

  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    if (rows[i].takes == CTL_TAKES_NOTHING || (command->takes & rows[i].takes) != 0)
      add_row (group, &rows[i], raw);
  }
  g_option_context_set_main_group (context, group);
  g_option_context_set_help_enabled (context, FALSE);
  return context;
}

static const char *
exit_statuses (void)
{
  return _ ("Exit status:\n"
            "  0 done and verified       5 no permission or driver       9 network\n"
            "  1 failed                  6 file not valid, does not fit  10 refused\n"
            "  2 wrong usage             7 what was read back differs    130 interrupted\n"
            "  3 no such board           8 the board went away\n"
            "  4 several boards: name one with -d");
}

/**
 * ctl_options_help:
 * @command: a command
 *
 * What --help says: usage, options, examples, exit statuses.
 *
 * Returns: (transfer full): the text
 */
char *
ctl_options_help (const CtlCommand *command)
{
  CtlRawOptions raw = { 0 };
  g_autoptr (GOptionContext) context = ctl_options_make_context (command, &raw);
  g_autofree char *name = g_strconcat ("jumperctl ", command->name, NULL);
  g_autofree char *description = NULL;
  g_autofree char *kept = g_strdup (g_get_prgname ());
  char *help;

  description = command->examples != NULL ? g_strconcat (
                    _ ("Examples:"), "\n", command->examples, "\n\n", exit_statuses (), "\n", NULL)
                                          : g_strconcat (exit_statuses (), "\n", NULL);
  g_option_context_set_summary (context, _ (command->summary));
  g_option_context_set_description (context, description);
  g_set_prgname (name);
  help = g_option_context_get_help (context, TRUE, NULL);
  g_set_prgname (kept);
  return help;
}

/*
 * ctl_options_check_values:
 * @arguments: the command line, up to %NULL
 * @error: %JMP_ERROR_USAGE
 *
 * GOption takes "--yes=no" for "--yes": what has no value must be given none.
 *
 * Returns: %FALSE with @error set where one is
 */
gboolean
ctl_options_check_values (const char *const *arguments, GError **error)
{
  for (; *arguments != NULL && !g_str_equal (*arguments, "--"); arguments++) {
    const char *equals = strchr (*arguments, '=');

    if (equals == NULL || !g_str_has_prefix (*arguments, "--")
        || g_str_equal (*arguments, "--json=lines"))
      continue;
    for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
      gsize length = strlen (rows[i].name);

      if (rows[i].kind == G_OPTION_ARG_NONE && length == (gsize)(equals - *arguments) - 2
          && !g_str_equal (rows[i].name, "wait")
          && strncmp (*arguments + 2, rows[i].name, length) == 0) {
        g_set_error (
            error, JMP_ERROR, JMP_ERROR_USAGE, "%s: this option takes no such value", *arguments);
        return FALSE;
      }
    }
  }
  return TRUE;
}
