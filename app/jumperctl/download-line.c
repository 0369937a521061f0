/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/download-line.h"

#include "jumperctl/json.h"
#include "jumperctl/output.h"
#include "jumperctl/terminal.h"
#include "words/words.h"

#include <glib/gi18n.h>

/* A redrawn line changes at most ten times a second: more cannot be read. */
#define REDRAW_US 100000

struct _CtlDownloadLine {
  CtlShow show;
  char *file_name;
  gboolean begun;
  guint percent;
  gint64 at;
  guint drawn_width;
};

/**
 * ctl_download_line_new:
 * @json: which kind of JSON is printed
 * @file_name: what is downloaded
 *
 * Nothing is shown until something comes: what is on this computer takes no time.
 *
 * Returns: (transfer full): the line
 */
CtlDownloadLine *
ctl_download_line_new (CtlJson json, const char *file_name)
{
  CtlDownloadLine *self = g_new0 (CtlDownloadLine, 1);

  self->file_name = g_strdup (file_name);
  if (json == CTL_JSON_LINES)
    self->show = CTL_SHOW_JSON;
  else if (json == CTL_JSON_OBJECT)
    self->show = CTL_SHOW_NOTHING;
  else
    self->show = ctl_terminal_is (CTL_STDERR) ? CTL_SHOW_REDRAWN : CTL_SHOW_PLAIN;
  return self;
}

static gboolean
is_due (const CtlDownloadLine *self, guint percent, gint64 now)
{
  guint step = self->show == CTL_SHOW_JSON ? 1 : 10;

  if (self->show == CTL_SHOW_NOTHING)
    return FALSE;
  if (!self->begun || (percent == 100 && self->percent < 100))
    return TRUE;
  if (self->show == CTL_SHOW_REDRAWN)
    return now - self->at >= REDRAW_US;
  return percent / step > self->percent / step;
}

static char *
make_json (CtlDownloadLine *self, const JmpDownloadProgress *progress)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) node = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "progress");
  json_builder_begin_object (builder);
  ctl_json_string (builder, "phase", "download");
  ctl_json_string (builder, "file", self->file_name);
  ctl_json_real (builder,
                 "fraction",
                 progress->total > 0 ? (double)progress->bytes / (double)progress->total : -1);
  ctl_json_number (builder, "done", progress->bytes);
  ctl_json_number (builder, "total", progress->total);
  ctl_json_real (builder, "speed", progress->speed > 0 ? progress->speed : -1);
  ctl_json_real (builder, "seconds_left", progress->seconds_left);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  node = json_builder_get_root (builder);
  return ctl_json_to_text (node);
}

/* Per cent, or bytes where nobody says how many there will be. */
static char *
make_amount (const JmpDownloadProgress *progress, guint percent)
{
  return progress->total > 0 ? g_strdup_printf (_ ("%u %%"), percent)
                             : jmp_words_size (progress->bytes);
}

static void
redraw (CtlDownloadLine *self, const JmpDownloadProgress *progress, const char *amount)
{
  guint width = ctl_terminal_width () - 1;
  g_autofree char *speed = progress->speed > 0 ? jmp_words_speed (progress->speed) : g_strdup ("");
  g_autofree char *left = jmp_words_time_left (progress->seconds_left);
  g_autofree char *rest = g_strjoin (
      "  ", amount, _ ("Downloading"), speed, left != NULL ? left : "", NULL);
  g_autofree char *text = ctl_line_join (rest, NULL, width);
  guint now = ctl_text_width (text);
  GString *line = g_string_new (text);

  for (guint i = now; i < MIN (self->drawn_width, width); i++)
    g_string_append_c (line, ' ');
  ctl_output_raw_note (line->str);
  g_string_free (line, TRUE);
  self->drawn_width = now;
}

/**
 * ctl_download_line_update:
 * @progress: how far it is
 * @line: a #CtlDownloadLine
 *
 * Shows it, when there is enough news. Of the type #JmpDownloadProgressFunc.
 */
void
ctl_download_line_update (const JmpDownloadProgress *progress, gpointer line)
{
  CtlDownloadLine *self = line;
  guint percent = progress->total > 0
                      ? (guint)(100.0 * (double)progress->bytes / (double)progress->total)
                      : 0;
  gint64 now = g_get_monotonic_time ();
  g_autofree char *amount = NULL;
  g_autofree char *text = NULL;

  if (!is_due (self, percent, now))
    return;
  self->begun = TRUE;
  self->percent = percent;
  self->at = now;
  amount = make_amount (progress, percent);
  if (self->show == CTL_SHOW_REDRAWN) {
    redraw (self, progress, amount);
  } else if (self->show == CTL_SHOW_JSON) {
    text = make_json (self, progress);
    ctl_output_json (text);
  } else {
    text = g_strdup_printf (_ ("Downloading %s: %s\n"), self->file_name, amount);
    ctl_output_note (text);
  }
}

/**
 * ctl_download_line_end:
 * @self: a line
 * @size: bytes that came
 *
 * Shows that all of it came: the last news of a download is older than its end.
 */
void
ctl_download_line_end (CtlDownloadLine *self, guint64 size)
{
  const JmpDownloadProgress all = { .bytes = size, .total = size, .seconds_left = 0 };

  self->at = 0;
  if (!self->begun || self->percent < 100)
    ctl_download_line_update (&all, self);
}

/**
 * ctl_download_line_free:
 * @self: (transfer full): a line
 *
 * Ends the redrawn line, so that what follows begins on its own.
 */
void
ctl_download_line_free (CtlDownloadLine *self)
{
  if (self->drawn_width > 0)
    ctl_output_note ("\n");
  g_free (self->file_name);
  g_free (self);
}
