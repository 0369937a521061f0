/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/progress-line.h"

#include "words/words.h"

#include <glib/gi18n.h>
#include <string.h>

/* A redrawn line changes at most ten times a second: more cannot be read. */
#define REDRAW_US 100000

static guint
to_percent (double fraction)
{
  return (guint)(CLAMP (fraction, 0.0, 1.0) * 100);
}

static guint
char_width (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

/**
 * ctl_text_width:
 * @text: UTF-8
 *
 * How many columns of a terminal @text takes.
 *
 * Returns: columns
 */
guint
ctl_text_width (const char *text)
{
  guint width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += char_width (g_utf8_get_char (p));
  return width;
}

/* As much of @text as @width columns have room for. */
static char *
cut (const char *text, guint width)
{
  const char *p = text;

  while (*p != '\0' && char_width (g_utf8_get_char (p)) <= width) {
    width -= char_width (g_utf8_get_char (p));
    p = g_utf8_next_char (p);
  }
  return g_strndup (text, (gsize)(p - text));
}

/* Takes @part into the line if it still fits. */
static void
append_part (GString *line, const char *part, guint width)
{
  const char *gap = line->len > 0 ? "  " : "";

  if (part != NULL && ctl_text_width (line->str) + strlen (gap) + ctl_text_width (part) <= width)
    g_string_append_printf (line, "%s%s", gap, part);
}

static const char *
phase_words (const JmpProgress *progress)
{
  return progress->waiting ? _ ("Waiting for the board to come back")
                           : jmp_words_phase (progress->phase);
}

/**
 * ctl_progress_format:
 * @label: (nullable): which board
 * @news: how far its work is
 * @width: columns that may be used
 *
 * One line: board, per cent, phase, speed, time left; what does not fit is left out from the end.
 *
 * Returns: (transfer full): the line, at most @width columns
 */
char *
ctl_progress_format (const char *label, const CtlNews *news, guint width)
{
  const JmpProgress *progress = &news->progress;
  g_autofree char *percent = g_strdup_printf (_ ("%3u %%"), to_percent (progress->fraction));
  g_autofree char *left = jmp_words_time_left (news->seconds_left);
  g_autofree char *rate = news->speed > 0 ? jmp_words_speed (news->speed) : NULL;
  GString *line = g_string_new (NULL);

  if (label != NULL) {
    g_autofree char *board = cut (label, width);

    g_string_append (line, board);
  }
  append_part (line, percent, width);
  append_part (line, phase_words (progress), width);
  if (!progress->waiting) {
    append_part (line, rate, width);
    append_part (line, left, width);
  }
  return g_string_free (line, FALSE);
}

/**
 * ctl_progress_plain:
 * @label: (nullable): which board
 * @news: how far its work is
 *
 * The same as a line that stays.
 *
 * Returns: (transfer full): the line
 */
char *
ctl_progress_plain (const char *label, const CtlNews *news)
{
  const char *board = label != NULL ? label : "";

  return g_strdup_printf (_ ("%s%s%s: %u %%"),
                          board,
                          label != NULL ? ": " : "",
                          phase_words (&news->progress),
                          to_percent (news->progress.fraction));
}

/**
 * ctl_line_join:
 * @label: which board
 * @text: (nullable): what is to be said of it
 * @width: columns that may be used
 *
 * A line about a board whose work has not begun or has ended, cut to what there is room for.
 *
 * Returns: (transfer full): the line, at most @width columns
 */
char *
ctl_line_join (const char *label, const char *text, guint width)
{
  g_autofree char *line = g_strjoin ("  ", label, text, NULL);

  return cut (line, width);
}

/**
 * ctl_due_check:
 * @self: what was shown last
 * @show: how progress is shown
 * @progress: how far the work is
 * @now_us: microseconds of a clock
 *
 * Whether there is enough news to show it, which is taken for shown then: a phase begins, the board
 * went away or came back, another tenth is done (as JSON: a hundredth), or all; on a terminal, the
 * tenth of a second in which nobody could read more is over.
 *
 * Returns: %TRUE when it is to be shown
 */
gboolean
ctl_due_check (CtlDue *self, CtlShow show, const JmpProgress *progress, gint64 now_us)
{
  guint percent = to_percent (progress->fraction);
  guint step = show == CTL_SHOW_JSON ? 1 : 10;
  gboolean due;

  if (show == CTL_SHOW_NOTHING)
    return FALSE;
  if (!self->begun || progress->phase != self->phase || progress->waiting != self->waiting
      || (percent == 100 && self->percent < 100))
    due = TRUE;
  else if (show == CTL_SHOW_REDRAWN)
    due = now_us - self->at >= REDRAW_US;
  else
    due = percent / step > self->percent / step;
  if (due)
    *self = (CtlDue){ TRUE, progress->phase, progress->waiting, percent, now_us };
  return due;
}
