/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "jumperctl/progress-line.h"

static const CtlNews half = {
  .progress = {
    .phase = JMP_PHASE_WRITE,
    .alt = 0,
    .address = 0x08004000,
    .phase_done = 2048,
    .phase_total = 8192,
    .fraction = 0.4375,
  },
  .speed = 20480,
  .seconds_left = 8.0004,
};

static void
test_progress_line_fits_its_terminal (void **state)
{
  static const struct {
    guint width;
    const char *text;
  } rows[] = {
    { 79, " 43 %  Writing  20.0 KiB/s  8 seconds left" },
    { 43, " 43 %  Writing  20.0 KiB/s  8 seconds left" },
    { 40, " 43 %  Writing  20.0 KiB/s" },
    { 25, " 43 %  Writing" },
    { 14, " 43 %  Writing" },
    { 13, " 43 %" },
    { 5, " 43 %" },
    { 4, "" },
    { 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = ctl_progress_format (NULL, &half, rows[i].width);

    assert_string_equal (text, rows[i].text);
  }
}

static void
test_progress_line_leaves_out_what_is_not_known (void **state)
{
  CtlNews unknown = half;
  g_autofree char *text = NULL;

  unknown.speed = 0;
  unknown.seconds_left = -1;
  text = ctl_progress_format (NULL, &unknown, 79);
  assert_string_equal (text, " 43 %  Writing");
}

static void
test_progress_line_says_which_board (void **state)
{
  static const struct {
    guint width;
    const char *text;
  } rows[] = {
    { 79, "path:1-4.2   43 %  Writing  20.0 KiB/s  8 seconds left" },
    { 26, "path:1-4.2   43 %  Writing" },
    { 25, "path:1-4.2   43 %" },
    { 16, "path:1-4.2" },
    { 4, "path" },
    { 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = ctl_progress_format ("path:1-4.2", &half, rows[i].width);

    assert_string_equal (text, rows[i].text);
  }
}

static void
test_progress_line_says_that_a_board_is_waited_for (void **state)
{
  CtlNews away = half;
  g_autofree char *redrawn = NULL;
  g_autofree char *plain = NULL;
  g_autofree char *of_one = NULL;

  away.progress.waiting = TRUE;
  redrawn = ctl_progress_format (NULL, &away, 79);
  assert_string_equal (redrawn, " 43 %  Waiting for the board to come back");
  plain = ctl_progress_plain (NULL, &away);
  assert_string_equal (plain, "Waiting for the board to come back: 43 %");
  of_one = ctl_progress_plain ("path:1-1", &half);
  assert_string_equal (of_one, "path:1-1: Writing: 43 %");
}

static void
test_line_of_a_board_is_cut (void **state)
{
  g_autofree char *whole = ctl_line_join ("path:1-1", "Done.", 79);
  g_autofree char *part = ctl_line_join ("path:1-1", "書き込み", 13);

  assert_string_equal (whole, "path:1-1  Done.");
  assert_string_equal (part, "path:1-1  書");
}

/* What is shown of work that is told of every hundredth, ten milliseconds apart. */
static void
test_progress_is_shown_when_there_is_news (void **state)
{
  static const struct {
    const char *name;
    CtlShow show;
    guint times;
  } rows[] = {
    { "nothing", CTL_SHOW_NOTHING, 0 },
    { "every tenth", CTL_SHOW_PLAIN, 11 },
    { "ten times a second", CTL_SHOW_REDRAWN, 11 },
    { "every hundredth", CTL_SHOW_JSON, 101 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    CtlDue due = { 0 };
    guint times = 0;

    print_message ("%s\n", rows[i].name);
    for (guint n = 0; n <= 100; n++) {
      const JmpProgress progress = { .phase = JMP_PHASE_WRITE, .fraction = (n + 0.5) / 100 };

      times += ctl_due_check (&due, rows[i].show, &progress, n * 10 * 1000) ? 1 : 0;
    }
    assert_int_equal (times, rows[i].times);
  }
}

static void
test_progress_is_shown_when_something_else_begins (void **state)
{
  JmpProgress progress = half.progress;
  CtlDue due = { 0 };

  assert_true (ctl_due_check (&due, CTL_SHOW_PLAIN, &progress, 0));
  assert_false (ctl_due_check (&due, CTL_SHOW_PLAIN, &progress, 0));
  progress.phase = JMP_PHASE_VERIFY;
  assert_true (ctl_due_check (&due, CTL_SHOW_PLAIN, &progress, 0));
  progress.waiting = TRUE;
  assert_true (ctl_due_check (&due, CTL_SHOW_PLAIN, &progress, 0));
  progress.waiting = FALSE;
  assert_true (ctl_due_check (&due, CTL_SHOW_PLAIN, &progress, 0));
  progress.fraction = 0.999;
  assert_true (ctl_due_check (&due, CTL_SHOW_REDRAWN, &progress, 200000));
  progress.fraction = 1;
  assert_true (ctl_due_check (&due, CTL_SHOW_REDRAWN, &progress, 200000));
  assert_false (ctl_due_check (&due, CTL_SHOW_REDRAWN, &progress, 200000));
}

static void
test_progress_line_knows_wide_characters (void **state)
{
  assert_int_equal (ctl_text_width ("abc"), 3);
  assert_int_equal (ctl_text_width ("ä€"), 2);
  assert_int_equal (ctl_text_width ("書き込み"), 8);
  assert_int_equal (ctl_text_width ("e\xCC\x81"), 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_progress_line_fits_its_terminal),
    cmocka_unit_test (test_progress_line_leaves_out_what_is_not_known),
    cmocka_unit_test (test_progress_line_says_which_board),
    cmocka_unit_test (test_progress_line_says_that_a_board_is_waited_for),
    cmocka_unit_test (test_line_of_a_board_is_cut),
    cmocka_unit_test (test_progress_is_shown_when_there_is_news),
    cmocka_unit_test (test_progress_is_shown_when_something_else_begins),
    cmocka_unit_test (test_progress_line_knows_wide_characters),
  };

  return cmocka_run_group_tests_name ("app/progress-line", tests, NULL, NULL);
}
