/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/file-name.h"

#include <string.h>

#include "board/fields.h"
#include "release/version.h"

#define DATE_LENGTH 8

static gboolean
is_date (const char *at)
{
  int month;
  int day;

  if (strlen (at) < DATE_LENGTH || !g_str_has_prefix (at, "20")
      || strspn (at, "0123456789") < DATE_LENGTH)
    return FALSE;
  month = (at[4] - '0') * 10 + at[5] - '0';
  day = (at[6] - '0') * 10 + at[7] - '0';
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/**
 * jmp_date_from_text:
 * @text: a text that starts with a day, "2026-08-24T10:00:00Z" or "20260824"
 *
 * Returns: (nullable) (transfer full): the day as YYYYMMDD
 */
char *
jmp_date_from_text (const char *text)
{
  g_autofree char *digits = g_strndup (text, strnlen (text, 10));

  if (strlen (digits) == 10 && digits[4] == '-' && digits[7] == '-') {
    memmove (digits + 4, digits + 5, 2);
    memmove (digits + 6, digits + 8, 3);
  }
  digits[MIN (strlen (digits), DATE_LENGTH)] = '\0';
  return is_date (digits) ? g_steal_pointer (&digits) : NULL;
}

/**
 * jmp_glob_matches:
 * @pattern: a pattern, in which "*" is any run of characters and "?" any one
 * @text: a text
 *
 * Whether a pattern covers a whole text, in any case of ASCII letters. The work is bounded by the
 * product of the two lengths, whatever the pattern is.
 *
 * Returns: %FALSE when it does not
 */
gboolean
jmp_glob_matches (const char *pattern, const char *text)
{
  const char *star = NULL;
  const char *from = NULL;

  while (*text != '\0') {
    if (*pattern == '*') {
      star = pattern++;
      from = text;
    } else if (*pattern == '?' || g_ascii_tolower (*pattern) == g_ascii_tolower (*text)) {
      pattern++;
      text++;
    } else if (star != NULL) {
      pattern = star + 1;
      text = ++from;
    } else {
      return FALSE;
    }
  }
  return pattern[strspn (pattern, "*")] == '\0';
}

/* The last "-YYYYMMDD-v" or "-YYYYMMDD-unstable-v" of a name: where its first half ends. */
static const char *
find_date (const char *name)
{
  const char *found = NULL;

  for (const char *at = strchr (name, '-'); at != NULL; at = strchr (at + 1, '-')) {
    const char *after = at + 1 + DATE_LENGTH;

    if (!is_date (at + 1))
      continue;
    if (g_str_has_prefix (after, "-unstable-"))
      after += strlen ("-unstable");
    if (g_str_has_prefix (after, "-v") && g_ascii_isdigit (after[2]))
      found = at;
  }
  return found;
}

/**
 * jmp_file_name_free:
 * @self: (transfer full): what a name says
 *
 * Gives it back.
 */
void
jmp_file_name_free (JmpFileName *self)
{
  g_clear_pointer (&self->board, jmp_board_unref);
  g_free (self->variant);
  g_free (self->date);
  g_free (self->version);
  g_free (self);
}

/**
 * jmp_file_name_parse:
 * @catalogue: the boards, by whose names board and variant are told apart
 * @name: a file name
 *
 * Takes apart the name of a firmware file of MicroPython, new or old:
 * BOARD[-VARIANT]-YYYYMMDD-[unstable-]vX.Y[.Z][-preview.N.gHASH|-N-gHASH].dfu, in any case.
 *
 * Returns: (nullable) (transfer full): what it says; %NULL when it has another form
 */
JmpFileName *
jmp_file_name_parse (JmpCatalogue *catalogue, const char *name)
{
  g_autoptr (JmpFileName) self = g_new0 (JmpFileName, 1);
  const char *middle = jmp_release_name_is_safe (name) ? find_date (name) : NULL;
  g_autofree char *build = NULL;
  const char *version;
  JmpBoard *board;

  if (middle == NULL || middle == name || !jmp_release_format_from_name (name, &self->format)
      || self->format == JMP_RELEASE_BIN)
    return NULL;
  build = g_strndup (name, (gsize)(middle - name));
  self->date = g_strndup (middle + 1, DATE_LENGTH);
  version = middle + 1 + DATE_LENGTH + 1;
  self->channel = JMP_CHANNEL_STABLE;
  if (g_str_has_prefix (version, "unstable-")) {
    version += strlen ("unstable-");
    self->channel = JMP_CHANNEL_PREVIEW;
  }
  version++;
  self->version = g_strndup (version, strlen (version) - strlen (".dfu"));
  if (!jmp_version_is_valid (self->version)
      || !jmp_word_is_plain (self->version, JMP_RELEASE_MAX_WORD))
    return NULL;
  if (jmp_version_is_preview (self->version))
    self->channel = JMP_CHANNEL_PREVIEW;
  board = jmp_catalogue_find_by_build (catalogue, build, &self->variant);
  self->board = board != NULL ? jmp_board_ref (board) : NULL;
  return g_steal_pointer (&self);
}
