/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/options.h"

#include "base/error.h"
#include "jumperctl/numbers.h"

#include <glib/gi18n.h>

#include <string.h>

/* What GOption fills in, before it is checked. */
typedef struct {
  CtlOptions options;
  gboolean json;
  gboolean json_lines;
  char *alt;
  char *address;
  char *range;
  char *preserve;
  char *channel;
  gboolean wait;
  char *wait_seconds;
} Raw;

typedef struct {
  CtlTakes takes;
  const char *name;
  char letter;
  GOptionArg kind;
  gsize where;
  const char *text;
  const char *value;
} Row;

#define OPTION(member) G_STRUCT_OFFSET (Raw, options.member)
#define RAW(member)    G_STRUCT_OFFSET (Raw, member)

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
  { CTL_TAKES_FLASH,
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
add_row (GOptionGroup *group, const Row *row, Raw *raw)
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

static GOptionContext *
make_context (const CtlCommand *command, Raw *raw)
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
  Raw raw = { 0 };
  g_autoptr (GOptionContext) context = make_context (command, &raw);
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

/* Fills in what GOption left as text. */
static gboolean
read_numbers (CtlOptions *self, const Raw *raw, GError **error)
{
  guint64 number = 0;

  if (raw->alt != NULL && !ctl_parse_number (raw->alt, 255, &number)) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_USAGE, "--alt %s: not a number from 0 to 255", raw->alt);
    return FALSE;
  }
  self->has_alt = raw->alt != NULL;
  self->alt = (guint8)number;
  number = 0;
  if (raw->address != NULL && !ctl_parse_number (raw->address, G_MAXUINT32, &number)) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_USAGE, "--address %s: not an address of 32 bits", raw->address);
    return FALSE;
  }
  self->has_address = raw->address != NULL;
  self->address = (guint32)number;
  self->has_range = raw->range != NULL;
  return raw->range == NULL
         || ctl_parse_range (raw->range, &self->range_address, &self->range_length, error);
}

static gboolean
read_wait (CtlOptions *self, const Raw *raw, GError **error)
{
  char *end = NULL;

  self->wait = raw->wait || raw->wait_seconds != NULL;
  self->wait_seconds = -1;
  if (raw->wait_seconds == NULL)
    return TRUE;
  self->wait_seconds = g_ascii_strtod (raw->wait_seconds, &end);
  if (end == raw->wait_seconds || *end != '\0' || !(self->wait_seconds >= 0)
      || self->wait_seconds > 1e6) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_USAGE, "--wait=%s: not a number of seconds", raw->wait_seconds);
    return FALSE;
  }
  return TRUE;
}

static gboolean
read_preserve (CtlOptions *self, const Raw *raw, GError **error)
{
  static const char *const words[] = {
    [JMP_PRESERVE_AUTO] = "auto",
    [JMP_PRESERVE_ALWAYS] = "always",
    [JMP_PRESERVE_NEVER] = "never",
  };

  if (raw->preserve == NULL)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (g_str_equal (raw->preserve, words[i])) {
      self->preserve = (JmpPreserve)i;
      return TRUE;
    }
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_USAGE,
               "--preserve=%s: it is auto, always or never",
               raw->preserve);
  return FALSE;
}

static gboolean
read_channel (CtlOptions *self, const Raw *raw, GError **error)
{
  if (raw->channel == NULL)
    return TRUE;
  for (JmpChannel channel = JMP_CHANNEL_STABLE; channel <= JMP_CHANNEL_PREVIEW; channel++) {
    if (g_str_equal (raw->channel, jmp_channel_to_string (channel))) {
      self->channel = channel;
      return TRUE;
    }
  }
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_USAGE, "--channel=%s: it is stable or preview", raw->channel);
  return FALSE;
}

static gboolean
check_files (const CtlOptions *self, const CtlCommand *command, GError **error)
{
  guint n = self->files != NULL ? g_strv_length (self->files) : 0;

  if (self->help || self->version)
    return TRUE;
  if (n < command->min_files) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: the name of a file or of a board is missing",
                 command->name);
    return FALSE;
  }
  if (n > command->max_files) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: \"%s\" is one argument too many",
                 command->name,
                 self->files[command->max_files]);
    return FALSE;
  }
  return TRUE;
}

/* GOption takes "--yes=no" for "--yes": what has no value must be given none. */
static gboolean
check_values (const char *const *arguments, GError **error)
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

/* An optional value is no separate argument: GOption would take the file behind --json for one. */
static char **
split_optional_values (const char *name, const char *const *arguments)
{
  GPtrArray *out = g_ptr_array_new ();
  gboolean options = TRUE;

  g_ptr_array_add (out, g_strdup (name));
  for (; *arguments != NULL; arguments++) {
    const char *a = *arguments;

    if (g_str_equal (a, "--"))
      options = FALSE;
    if (options && g_str_equal (a, "--json=lines"))
      g_ptr_array_add (out, g_strdup ("--json-lines"));
    else if (options && g_str_has_prefix (a, "--wait="))
      g_ptr_array_add (out, g_strconcat ("--wait-seconds=", a + strlen ("--wait="), NULL));
    else
      g_ptr_array_add (out, g_strdup (a));
  }
  g_ptr_array_add (out, NULL);
  return (char **)g_ptr_array_free (out, FALSE);
}

static void
raw_clear (Raw *raw)
{
  ctl_options_clear (&raw->options);
  g_free (raw->alt);
  g_free (raw->address);
  g_free (raw->range);
  g_free (raw->wait_seconds);
  g_free (raw->preserve);
  g_free (raw->channel);
}

/* Runs GOption over the arguments; it takes the first for the program's name. */
static gboolean
parse_into (Raw *raw, const CtlCommand *command, const char *const *arguments, GError **error)
{
  g_autoptr (GOptionContext) context = make_context (command, raw);
  g_autoptr (GError) problem = NULL;
  g_auto (GStrv) line = split_optional_values (command->name, arguments);

  if (g_option_context_parse_strv (context, &line, &problem))
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "%s: %s", command->name, problem->message);
  return FALSE;
}

/**
 * ctl_options_find_json:
 * @arguments: the command line, up to %NULL
 *
 * Which kind of JSON is asked for, also on a command line that is otherwise wrong.
 *
 * Returns: the kind
 */
CtlJson
ctl_options_find_json (const char *const *arguments)
{
  CtlJson found = CTL_JSON_OFF;

  for (; *arguments != NULL && !g_str_equal (*arguments, "--"); arguments++) {
    if (g_str_equal (*arguments, "--json=lines"))
      found = CTL_JSON_LINES;
    else if (g_str_equal (*arguments, "--json") && found == CTL_JSON_OFF)
      found = CTL_JSON_OBJECT;
  }
  return found;
}

/**
 * ctl_options_parse:
 * @self: (out caller-allocates): what was asked for, set in any case; release with
 *   ctl_options_clear()
 * @command: the command
 * @arguments: what follows the command's name, up to %NULL, in the encoding of file names
 * @error: %JMP_ERROR_USAGE
 *
 * Reads the command line of one command.
 *
 * Returns: %FALSE with @error set where it is wrong
 */
gboolean
ctl_options_parse (CtlOptions *self,
                   const CtlCommand *command,
                   const char *const *arguments,
                   GError **error)
{
  Raw raw = { 0 };
  gboolean ok = check_values (arguments, error) && parse_into (&raw, command, arguments, error);

  *self = raw.options;
  raw.options = (CtlOptions){ 0 };
  self->json = raw.json_lines ? CTL_JSON_LINES : ctl_options_find_json (arguments);
  ok = ok && read_numbers (self, &raw, error) && read_wait (self, &raw, error)
       && read_preserve (self, &raw, error) && read_channel (self, &raw, error)
       && check_files (self, command, error);
  raw_clear (&raw);
  return ok;
}

/**
 * ctl_options_clear:
 * @self: what was asked for
 *
 * Frees what @self holds.
 */
void
ctl_options_clear (CtlOptions *self)
{
  g_strfreev (self->devices);
  g_strfreev (self->files);
  g_free (self->backup);
  g_free (self->part);
  g_free (self->record);
  g_free (self->output);
  *self = (CtlOptions){ 0 };
}
