/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/report.h"

#include "base/error.h"
#include "jumperctl/progress-line.h"
#include "words/words.h"

#include <glib/gi18n.h>

#define N_COLUMNS 4

typedef struct {
  char *cells[N_COLUMNS];
} Row;

static void
row_clear (gpointer data)
{
  Row *self = data;

  for (guint i = 0; i < N_COLUMNS; i++)
    g_free (self->cells[i]);
}

static const char *
describe_result (const CtlBoard *board, const JmpOutcome *outcome)
{
  if (jmp_error_is_cancelled (board->error))
    return C_ ("result", "stopped");
  if (board->error != NULL)
    return C_ ("result", "failed");
  return outcome->bytes_verified > 0 ? C_ ("result", "verified") : C_ ("result", "not verified");
}

static void
append_row (GArray *rows, const CtlBoard *board)
{
  static const JmpOutcome nothing = { 0 };
  const JmpOutcome *outcome = ctl_board_get_outcome (board);
  Row row;

  if (outcome == NULL)
    outcome = &nothing;
  row.cells[0] = g_strdup (board->label);
  row.cells[1] = g_strdup (describe_result (board, outcome));
  row.cells[2] = jmp_words_size (outcome->bytes_written);
  row.cells[3] = jmp_words_duration (outcome->seconds_total);
  g_array_append_val (rows, row);
}

static guint
column_width (GArray *rows, guint column)
{
  guint width = 0;

  for (guint i = 0; i < rows->len; i++)
    width = MAX (width, ctl_text_width (g_array_index (rows, Row, i).cells[column]));
  return width;
}

static void
append_line (GString *text, const Row *row, const guint widths[N_COLUMNS])
{
  for (guint i = 0; i < N_COLUMNS; i++) {
    g_string_append (text, row->cells[i]);
    for (guint w = ctl_text_width (row->cells[i]); i + 1 < N_COLUMNS && w < widths[i] + 2; w++)
      g_string_append_c (text, ' ');
  }
  g_string_append_c (text, '\n');
}

/**
 * ctl_report_table:
 * @boards: (element-type CtlBoard): boards whose work has ended
 *
 * What came of the work, a line for each board.
 *
 * Returns: (transfer full): the lines
 */
char *
ctl_report_table (GPtrArray *boards)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (Row));
  GString *text = g_string_new (NULL);
  guint widths[N_COLUMNS];
  guint failed = 0;
  Row head = { { g_strdup (C_ ("table", "Board")),
                 g_strdup (C_ ("table", "Result")),
                 g_strdup (C_ ("table", "Written")),
                 g_strdup (C_ ("table", "Time")) } };

  g_array_set_clear_func (rows, row_clear);
  g_array_append_val (rows, head);
  for (guint i = 0; i < boards->len; i++) {
    const CtlBoard *board = g_ptr_array_index (boards, i);

    append_row (rows, board);
    failed += board->error != NULL;
  }
  for (guint i = 0; i < N_COLUMNS; i++)
    widths[i] = column_width (rows, i);
  for (guint i = 0; i < rows->len; i++)
    append_line (text, &g_array_index (rows, Row, i), widths);
  if (failed == 0)
    g_string_append_printf (
        text,
        ngettext ("%u board is done.\n", "All %u boards are done.\n", boards->len),
        boards->len);
  else
    g_string_append_printf (text, _ ("%u of %u boards failed.\n"), failed, boards->len);
  return g_string_free (text, FALSE);
}
