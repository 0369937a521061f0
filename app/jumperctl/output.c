/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/output.h"

#include "base/error.h"
#include "jumperctl/terminal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

/* Why standard output could not be written, or 0. */
static int failure;

/* Control characters could move the cursor or worse; none is needed but the line's end. */
static char *
without_controls (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  GString *out = g_string_sized_new (strlen (valid));

  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    g_string_append_unichar (out, c == '\n' || !g_unichar_iscntrl (c) ? c : 0xFFFD);
  }
  return g_string_free (out, FALSE);
}

/* In the terminal's character set; what it does not have is written in a similar way, or as '?'. */
static char *
for_terminal (const char *text)
{
  g_autofree char *clean = without_controls (text);
  g_autofree char *similar = NULL;
  const char *charset = NULL;
  char *out;

  if (ctl_terminal_charset (&charset))
    return g_steal_pointer (&clean);
  similar = g_strconcat (charset, "//TRANSLIT", NULL);
  out = g_convert_with_fallback (clean, -1, similar, "UTF-8", "?", NULL, NULL, NULL);
  if (out == NULL)
    out = g_convert_with_fallback (clean, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  return out != NULL ? out : g_steal_pointer (&clean);
}

static void
write_stdout (const char *text)
{
  gsize size = strlen (text);

  if (failure == 0 && (fwrite (text, 1, size, stdout) != size || fflush (stdout) != 0))
    failure = errno;
}

/**
 * ctl_output_text:
 * @text: lines for a person
 *
 * Writes to standard output.
 */
void
ctl_output_text (const char *text)
{
  g_autofree char *out = for_terminal (text);

  write_stdout (out);
}

/**
 * ctl_output_json:
 * @json: one JSON text without a line's end
 *
 * Writes a line of JSON, always in UTF-8, to standard output, at once.
 */
void
ctl_output_json (const char *json)
{
  g_autofree char *line = g_strconcat (json, "\n", NULL);

  write_stdout (line);
}

/**
 * ctl_output_note:
 * @text: lines for a person
 *
 * Writes to standard error. Where that is not possible there is nobody to tell.
 */
void
ctl_output_note (const char *text)
{
  g_autofree char *out = for_terminal (text);

  fputs (out, stderr);
  fflush (stderr);
}

/**
 * ctl_output_raw_note:
 * @text: a line of progress
 *
 * Writes to standard error with the carriage return that redraws a line.
 */
void
ctl_output_raw_note (const char *text)
{
  fputc ('\r', stderr);
  ctl_output_note (text);
}

/**
 * ctl_output_block:
 * @lines: up to %NULL
 * @rows_back: how many lines above the cursor the block begins
 *
 * Writes lines to standard error, over those that are there, with the control sequences of ECMA-48
 * (8.3.22 CUU, 8.3.41 EL) that ctl_terminal_can_move() knows the terminal to have.
 */
void
ctl_output_block (char *const *lines, guint rows_back)
{
  GString *block = g_string_new (NULL);

  if (rows_back > 0)
    g_string_append_printf (block, "\x1b[%uA", rows_back);
  for (; *lines != NULL; lines++) {
    g_autofree char *line = for_terminal (*lines);

    g_string_append_printf (block, "\r%s\x1b[K\n", line);
  }
  fputs (block->str, stderr);
  fflush (stderr);
  g_string_free (block, TRUE);
}

/**
 * ctl_output_finish:
 * @error: %JMP_ERROR_FAILED
 *
 * Whether all that was written to standard output has arrived: a full disk or a reader that went away
 * shows itself here at the latest.
 *
 * Returns: %FALSE with @error set where something was lost
 */
gboolean
ctl_output_finish (GError **error)
{
  if (failure == 0 && fflush (stdout) != 0)
    failure = errno;
  if (failure == 0)
    return TRUE;
  g_set_error (error, JMP_ERROR, JMP_ERROR_FAILED, "writing the result: %s", g_strerror (failure));
  return FALSE;
}
