/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/options-private.h"

#include "base/error.h"
#include "image/uf2.h"
#include "jumperctl/numbers.h"

#include <string.h>

/* Fills in what GOption left as text. */
static gboolean
read_numbers (CtlOptions *self, const CtlRawOptions *raw, GError **error)
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
read_wait (CtlOptions *self, const CtlRawOptions *raw, GError **error)
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
read_preserve (CtlOptions *self, const CtlRawOptions *raw, GError **error)
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
read_family (CtlOptions *self, const CtlRawOptions *raw, GError **error)
{
  guint64 number = 0;

  if (raw->family == NULL)
    return TRUE;
  self->has_family = TRUE;
  if (jmp_uf2_family_from_string (raw->family, &self->family))
    return TRUE;
  if (ctl_parse_number (raw->family, G_MAXUINT32, &number)) {
    self->family = (guint32)number;
    return TRUE;
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_USAGE,
               "--family %s: neither the name of a family (STM32F4) nor a number (0x57755A57)",
               raw->family);
  return FALSE;
}

static gboolean
read_channel (CtlOptions *self, const CtlRawOptions *raw, GError **error)
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
read_accept_changed (CtlOptions *self, GError **error)
{
  g_autofree char *given = g_steal_pointer (&self->accept_changed);

  if (given == NULL)
    return TRUE;
  self->accept_changed = g_ascii_strdown (given, -1);
  if (strlen (given) == 64 && strspn (self->accept_changed, "0123456789abcdef") == 64)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_USAGE,
               "--accept-changed %s: not the 64 hexadecimal digits of a SHA-256",
               given);
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
raw_clear (CtlRawOptions *raw)
{
  ctl_options_clear (&raw->options);
  g_free (raw->alt);
  g_free (raw->address);
  g_free (raw->range);
  g_free (raw->wait_seconds);
  g_free (raw->preserve);
  g_free (raw->channel);
  g_free (raw->family);
}

/* Runs GOption over the arguments; it takes the first for the program's name. */
static gboolean
parse_into (CtlRawOptions *raw,
            const CtlCommand *command,
            const char *const *arguments,
            GError **error)
{
  g_autoptr (GOptionContext) context = ctl_options_make_context (command, raw);
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
  CtlRawOptions raw = { 0 };
  gboolean ok = ctl_options_check_values (arguments, error)
                && parse_into (&raw, command, arguments, error);

  *self = raw.options;
  raw.options = (CtlOptions){ 0 };
  self->json = raw.json_lines ? CTL_JSON_LINES : ctl_options_find_json (arguments);
  ok = ok && read_numbers (self, &raw, error) && read_wait (self, &raw, error)
       && read_preserve (self, &raw, error) && read_channel (self, &raw, error)
       && read_accept_changed (self, error) && read_family (self, &raw, error)
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
  g_free (self->board);
  g_strfreev (self->overwrite);
  g_free (self->part);
  g_free (self->accept_changed);
  g_free (self->record);
  g_free (self->output);
  *self = (CtlOptions){ 0 };
}
