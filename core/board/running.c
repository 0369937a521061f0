/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/running.h"

#include "base/error.h"

#include <string.h>

#define MAX_TEXT 200

/**
 * jmp_running_code:
 *
 * The Python that makes a board say what it runs, a word and a value on each line. It opens no file and
 * binds no name, so that nothing of the program's is changed. `_build` is there since MicroPython 1.25,
 * `_machine` since 1.20, and os.uname() tells the machine before.
 *
 * Returns: (transfer none): the code
 */
const char *
jmp_running_code (void)
{
  return "print('name',__import__('sys').implementation.name)\n"
         "print('version',__import__('sys').implementation.version)\n"
         "print('text',__import__('sys').version)\n"
         "print('build',getattr(__import__('sys').implementation,'_build',''))\n"
         "print('machine',getattr(__import__('sys').implementation,'_machine','')"
         "or __import__('os').uname().machine)\n";
}

/* Text of one line that can be shown, or NULL. */
static char *
take_text (const char *text)
{
  gsize length = strlen (text);

  if (length == 0 || length > MAX_TEXT || !g_utf8_validate (text, (gssize)length, NULL))
    return NULL;
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return NULL;
  return g_strdup (text);
}

static const char *
skip_number (const char *at, GString *out)
{
  guint digits = 0;

  for (; g_ascii_isdigit (*at) && digits < 5; digits++)
    g_string_append_c (out, *at++);
  return digits > 0 && !g_ascii_isdigit (*at) ? at : NULL;
}

/* "1.29.0-preview" of "(1, 29, 0, 'preview')"; the word is missing before MicroPython 1.22, and empty in
 * a release. */
static char *
read_version (const char *tuple)
{
  g_autoptr (GString) version = g_string_new (NULL);
  const char *at = tuple;
  const char *end;

  if (*at++ != '(')
    return NULL;
  for (guint i = 0; i < 3; i++) {
    if (i > 0) {
      if (!g_str_has_prefix (at, ", "))
        return NULL;
      at += 2;
      g_string_append_c (version, '.');
    }
    at = skip_number (at, version);
    if (at == NULL)
      return NULL;
  }
  if (*at == ')')
    return g_strdup (version->str);
  if (!g_str_has_prefix (at, ", '"))
    return NULL;
  at += 3;
  end = at + strspn (at, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");
  if (*end != '\'' || end - at > 32)
    return NULL;
  if (end != at)
    g_string_append_printf (version, "-%.*s", (int)(end - at), at);
  return g_strdup (version->str);
}

/* "v1.29.0 on 2026-08-24" of "3.4.0; MicroPython v1.29.0 on 2026-08-24" */
static char *
read_description (const char *text)
{
  const char *name = strstr (text, "; ");
  const char *at = name != NULL ? strchr (name + 2, ' ') : NULL;

  return at != NULL ? take_text (at + 1) : NULL;
}

static void
set_once (char **field, char *text)
{
  if (*field == NULL)
    *field = text;
  else
    g_free (text);
}

static void
read_line (JmpRunning *self, char *line)
{
  char *value = strchr (line, ' ');

  if (value == NULL)
    return;
  *value++ = '\0';
  if (strcmp (line, "name") == 0)
    set_once (&self->name, take_text (value));
  else if (strcmp (line, "version") == 0)
    set_once (&self->version, read_version (value));
  else if (strcmp (line, "text") == 0)
    set_once (&self->description, read_description (value));
  else if (strcmp (line, "build") == 0)
    set_once (&self->build, take_text (value));
  else if (strcmp (line, "machine") == 0)
    set_once (&self->machine, take_text (value));
}

/**
 * jmp_running_parse:
 * @text: (array length=size): what a board printed
 * @size: how many bytes
 * @error: return location
 *
 * Reads the answer to jmp_running_code(). Lines that are none of it are passed over, and so are values
 * that make no sense; the name and the version must be there.
 *
 * Returns: (transfer full): what runs, or %NULL with %JMP_ERROR_PROTOCOL
 */
JmpRunning *
jmp_running_parse (const char *text, gsize size, GError **error)
{
  g_autofree char *copy = g_strndup (text, MIN (size, JMP_RUNNING_MAX_ANSWER));
  g_auto (GStrv) lines = g_strsplit (copy, "\n", -1);
  g_autoptr (JmpRunning) self = g_new0 (JmpRunning, 1);

  for (char **line = lines; *line != NULL; line++)
    read_line (self, g_strchomp (*line));
  if (self->name != NULL && self->version != NULL)
    return g_steal_pointer (&self);
  g_set_error_literal (
      error, JMP_ERROR, JMP_ERROR_PROTOCOL, "the board does not say which firmware it runs");
  return NULL;
}

/**
 * jmp_running_copy:
 * @self: what runs
 *
 * Returns: (transfer full): the same
 */
JmpRunning *
jmp_running_copy (const JmpRunning *self)
{
  JmpRunning *copy = g_new0 (JmpRunning, 1);

  copy->name = g_strdup (self->name);
  copy->version = g_strdup (self->version);
  copy->description = g_strdup (self->description);
  copy->build = g_strdup (self->build);
  copy->machine = g_strdup (self->machine);
  return copy;
}

/**
 * jmp_running_free:
 * @self: (nullable) (transfer full): what runs
 *
 * Frees the value.
 */
void
jmp_running_free (JmpRunning *self)
{
  if (self == NULL)
    return;
  g_free (self->name);
  g_free (self->version);
  g_free (self->description);
  g_free (self->build);
  g_free (self->machine);
  g_free (self);
}

/**
 * jmp_running_ids_from_catalogue:
 * @catalogue: the catalogue
 *
 * The USB ids that the boards of the catalogue have while their firmware runs: what jmp_monitor_new()'s
 * monitor is told to look for.
 *
 * Returns: (transfer full): the ids
 */
JmpRunningIds *
jmp_running_ids_from_catalogue (JmpCatalogue *catalogue)
{
  JmpRunningIds *ids = jmp_running_ids_new ();
  GPtrArray *boards = jmp_catalogue_get_boards (catalogue);

  for (guint i = 0; i < boards->len; i++) {
    const JmpBoard *board = boards->pdata[i];

    for (guint j = 0; j < board->normal_ids->len; j++) {
      const JmpUsbId *id = &g_array_index (board->normal_ids, JmpUsbId, j);

      jmp_running_ids_add (ids, id->vid, id->pid);
    }
  }
  return ids;
}
