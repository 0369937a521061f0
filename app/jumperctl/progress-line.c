/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/progress-line.h"

#include "jumperctl/json.h"
#include "jumperctl/output.h"
#include "jumperctl/terminal.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* A redrawn line changes at most ten times a second: more cannot be read. */
#define REDRAW_US 100000

struct _CtlProgress {
  CtlJson json;
  gboolean terminal;
  gboolean begun;
  JmpPhase phase;
  guint percent;
  gint64 drawn_at;
  guint drawn_width;
};

static guint
to_percent (double fraction)
{
  return (guint)(CLAMP (fraction, 0.0, 1.0) * 100);
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

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);

    if (!g_unichar_iszerowidth (c))
      width += g_unichar_iswide (c) ? 2 : 1;
  }
  return width;
}

/* Takes @part into the line if it still fits. */
static void
append_part (GString *line, const char *part, guint width)
{
  if (part != NULL && ctl_text_width (line->str) + 2 + ctl_text_width (part) <= width)
    g_string_append_printf (line, "  %s", part);
}

/**
 * ctl_progress_format:
 * @progress: how far the work is
 * @speed: bytes per second
 * @seconds_left: less than 0 where it is not known
 * @width: columns that may be used
 *
 * One line: per cent, phase, speed, time left; what does not fit is left out from the end.
 *
 * Returns: (transfer full): the line, at most @width columns
 */
char *
ctl_progress_format (const JmpProgress *progress, double speed, double seconds_left, guint width)
{
  g_autofree char *percent = g_strdup_printf (_ ("%3u %%"), to_percent (progress->fraction));
  g_autofree char *left = jmp_words_time_left (seconds_left);
  g_autofree char *rate = speed > 0 ? jmp_words_speed (speed) : NULL;
  GString *line = g_string_new (NULL);

  if (ctl_text_width (percent) <= width)
    g_string_append (line, percent);
  append_part (line, jmp_words_phase (progress->phase), width);
  append_part (line, rate, width);
  append_part (line, left, width);
  return g_string_free (line, FALSE);
}

static void
redraw (CtlProgress *self, const JmpProgress *progress, double speed, double seconds_left)
{
  guint width = ctl_terminal_width ();
  /* The last column stays free: some terminals go to the next line when it is written. */
  g_autofree char *text = ctl_progress_format (progress, speed, seconds_left, width - 1);
  guint now = ctl_text_width (text);
  GString *line = g_string_new (text);

  for (guint i = now; i < MIN (self->drawn_width, width - 1); i++)
    g_string_append_c (line, ' ');
  ctl_output_raw_note (line->str);
  g_string_free (line, TRUE);
  self->drawn_width = now;
}

static void
print_line (const JmpProgress *progress)
{
  g_autofree char *line = g_strdup_printf (
      _ ("%s: %u %%\n"), jmp_words_phase (progress->phase), to_percent (progress->fraction));

  ctl_output_note (line);
}

/* Whether there is enough news for another line. */
static gboolean
is_due (CtlProgress *self, const JmpProgress *progress)
{
  guint percent = to_percent (progress->fraction);
  guint step = self->json == CTL_JSON_LINES ? 1 : 10;

  if (!self->begun || progress->phase != self->phase)
    return TRUE;
  if (percent == 100 && self->percent < 100)
    return TRUE;
  if (self->terminal && self->json == CTL_JSON_OFF)
    return g_get_monotonic_time () - self->drawn_at >= REDRAW_US;
  return percent / step > self->percent / step;
}

/**
 * ctl_progress_new:
 * @json: which kind of JSON is printed
 *
 * Progress that was not shown yet.
 *
 * Returns: (transfer full): the progress
 */
CtlProgress *
ctl_progress_new (CtlJson json)
{
  CtlProgress *self = g_new0 (CtlProgress, 1);

  self->json = json;
  self->terminal = ctl_terminal_is (CTL_STDERR);
  return self;
}

/**
 * ctl_progress_update:
 * @self: progress
 * @progress: how far the work is
 * @speed: bytes per second
 * @seconds_left: less than 0 where it is not known
 *
 * Shows how far the work is, if that is news.
 */
void
ctl_progress_update (CtlProgress *self,
                     const JmpProgress *progress,
                     double speed,
                     double seconds_left)
{
  if (self->json == CTL_JSON_OBJECT || !is_due (self, progress))
    return;
  self->begun = TRUE;
  self->phase = progress->phase;
  self->percent = to_percent (progress->fraction);
  self->drawn_at = g_get_monotonic_time ();
  if (self->json == CTL_JSON_LINES) {
    g_autofree char *line = ctl_json_progress (progress, speed, seconds_left);

    ctl_output_json (line);
  } else if (self->terminal) {
    redraw (self, progress, speed, seconds_left);
  } else {
    print_line (progress);
  }
}

/**
 * ctl_progress_free:
 * @self: (transfer full): progress
 *
 * Ends the redrawn line, so that what follows begins on its own.
 */
void
ctl_progress_free (CtlProgress *self)
{
  if (self->drawn_width > 0)
    ctl_output_note ("\n");
  g_free (self);
}
