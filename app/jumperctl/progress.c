/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/progress.h"

#include "jumperctl/json.h"
#include "jumperctl/output.h"
#include "jumperctl/terminal.h"

#include <glib/gi18n.h>

struct _CtlProgress {
  CtlShow show;
  char **labels;
  gboolean labelled;
  guint n;
  char **heads; /* the labels, all as wide as the widest */
  char **lines; /* of a block, one for each board */
  guint rows;   /* that the block takes already */
  guint drawn_width;
};

/* A block that is higher than its terminal could not be drawn over. */
static CtlShow
choose_show (CtlJson json, guint n)
{
  if (json == CTL_JSON_OBJECT)
    return CTL_SHOW_NOTHING;
  if (json == CTL_JSON_LINES)
    return CTL_SHOW_JSON;
  if (!ctl_terminal_is (CTL_STDERR))
    return CTL_SHOW_PLAIN;
  if (n > 1 && (n >= ctl_terminal_height () || !ctl_terminal_can_move ()))
    return CTL_SHOW_PLAIN;
  return CTL_SHOW_REDRAWN;
}

/* The last column stays free: some terminals go to the next line when it is written. */
static guint
usable_width (void)
{
  return ctl_terminal_width () - 1;
}

static char **
make_heads (char **labels)
{
  char **heads = g_strdupv (labels);
  guint widest = 0;

  for (char **label = labels; *label != NULL; label++)
    widest = MAX (widest, ctl_text_width (*label));
  for (char **head = heads; *head != NULL; head++) {
    g_autofree char *label = *head;

    *head = g_strdup_printf ("%s%*s", label, (int)(widest - ctl_text_width (label)), "");
  }
  return heads;
}

/**
 * ctl_progress_new:
 * @json: which kind of JSON is printed
 * @labels: the boards, up to %NULL
 * @labelled: whether a single line says which board it is about
 *
 * Progress that was not shown yet.
 *
 * Returns: (transfer full): the progress
 */
CtlProgress *
ctl_progress_new (CtlJson json, const char *const *labels, gboolean labelled)
{
  CtlProgress *self = g_new0 (CtlProgress, 1);

  self->labels = g_strdupv ((char **)labels);
  self->n = g_strv_length (self->labels);
  self->labelled = labelled;
  self->show = choose_show (json, self->n);
  self->heads = make_heads (self->labels);
  self->lines = g_new0 (char *, self->n + 1);
  for (guint i = 0; i < self->n; i++)
    self->lines[i] = ctl_line_join (self->labels[i], NULL, usable_width ());
  return self;
}

/**
 * ctl_progress_get_show:
 * @self: progress
 *
 * Returns: how it is shown
 */
CtlShow
ctl_progress_get_show (CtlProgress *self)
{
  return self->show;
}

static const char *
label_of (CtlProgress *self, guint board)
{
  if (!self->labelled)
    return NULL;
  return self->show == CTL_SHOW_REDRAWN ? self->heads[board] : self->labels[board];
}

static void
redraw_line (CtlProgress *self, const char *text)
{
  guint now = ctl_text_width (text);
  GString *line = g_string_new (text);

  for (guint i = now; i < MIN (self->drawn_width, usable_width ()); i++)
    g_string_append_c (line, ' ');
  ctl_output_raw_note (line->str);
  g_string_free (line, TRUE);
  self->drawn_width = now;
}

static void
redraw_block (CtlProgress *self, guint board, char *text)
{
  g_free (self->lines[board]);
  self->lines[board] = text;
  ctl_output_block (self->lines, self->rows);
  self->rows = self->n;
}

static void
show_redrawn (CtlProgress *self, guint board, const CtlNews *news)
{
  g_autofree char *text = ctl_progress_format (label_of (self, board), news, usable_width ());

  if (self->n == 1)
    redraw_line (self, text);
  else
    redraw_block (self, board, g_steal_pointer (&text));
}

static void
print_line (const char *text)
{
  g_autofree char *line = g_strconcat (text, "\n", NULL);

  ctl_output_note (line);
}

/**
 * ctl_progress_update:
 * @self: progress
 * @board: which board, counted from 0
 * @news: how far its work is
 *
 * Shows it.
 */
void
ctl_progress_update (CtlProgress *self, guint board, const CtlNews *news)
{
  g_autofree char *text = NULL;

  switch (self->show) {
  case CTL_SHOW_NOTHING:
    return;
  case CTL_SHOW_PLAIN:
    text = ctl_progress_plain (label_of (self, board), news);
    print_line (text);
    return;
  case CTL_SHOW_REDRAWN:
    show_redrawn (self, board, news);
    return;
  case CTL_SHOW_JSON:
    text = ctl_json_progress (self->labels[board], news);
    ctl_output_json (text);
    return;
  }
}

/**
 * ctl_progress_end_board:
 * @self: progress
 * @board: which board, counted from 0
 * @text: what came of it, in a sentence
 *
 * Shows that the work on one of several boards has ended; the report follows when all have.
 */
void
ctl_progress_end_board (CtlProgress *self, guint board, const char *text)
{
  const char *label = label_of (self, board);

  if (label == NULL)
    return;
  if (self->show == CTL_SHOW_PLAIN) {
    g_autofree char *line = g_strdup_printf ("%s: %s", label, text);

    print_line (line);
  } else if (self->show == CTL_SHOW_REDRAWN) {
    g_autofree char *line = ctl_line_join (label, text, usable_width ());

    if (self->n == 1)
      redraw_line (self, line);
    else
      redraw_block (self, board, g_steal_pointer (&line));
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
  g_strfreev (self->labels);
  g_strfreev (self->heads);
  g_strfreev (self->lines);
  g_free (self);
}
