/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is read of a board before an image is brought onto it. */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "flash/survey.h"
#include "plan-kit.h"

#define PYBOARD "0 0x08000000 14872 vector; 0 0x08020000 407064"

static char *
look_at_board (Bench *bench, JmpImage *image, JmpImage *recovery, JmpOutcome *outcome)
{
  JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (JmpDfu) dfu = bench_open (bench, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (JmpSurvey) survey = NULL;

  options.recovery = recovery;
  plan = jmp_plan_survey (image, bench->info, &options, &error);
  assert_no_error (error);
  survey = jmp_survey_run (dfu, plan, NULL, NULL, NULL, outcome, &error);
  assert_no_error (error);
  bench_check_rest (bench, plan);
  bench_check_idle (bench);
  bench_check_no_violations (bench);
  return jmp_survey_to_string (survey);
}

static void
put_image (Bench *bench, JmpImage *image)
{
  const JmpImageTarget *target = jmp_image_find_target (image, 0);

  for (guint i = 0; i < target->n_segments; i++) {
    gsize size;
    const guint8 *data = g_bytes_get_data (target->segments[i].bytes, &size);

    jmp_virtual_board_poke (bench->board, 0, target->segments[i].address, data, size);
  }
  bench_remember (bench);
}

static void
test_survey_of_a_board (void **state)
{
  g_autoptr (JmpImage) image = kit_image_new (PYBOARD);
  g_auto (JmpOutcome) first = { 0 };
  g_auto (JmpOutcome) second = { 0 };
  g_autofree char *used = NULL;
  g_autofree char *same = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  used = look_at_board (&bench, image, NULL, &first);
  assert_lines_equal (used,
                      "alt 0 0x08000000 +0x4000 different kept 0x08003A18 +0x05E8\n"
                      "alt 0 0x08020000 +0x20000 different\n"
                      "alt 0 0x08040000 +0x20000 different\n"
                      "alt 0 0x08060000 +0x20000 different\n"
                      "alt 0 0x08080000 +0x20000 blank\n");
  assert_int_equal (first.sectors_unchanged, 0);
  /* one block of each, and all of the one that is blank */
  assert_true (first.transfers < 64 + 60);
  put_image (&bench, image);
  same = look_at_board (&bench, image, NULL, &second);
  assert_lines_equal (same,
                      "alt 0 0x08000000 +0x4000 equal\n"
                      "alt 0 0x08020000 +0x20000 equal\n"
                      "alt 0 0x08040000 +0x20000 equal\n"
                      "alt 0 0x08060000 +0x20000 equal\n"
                      "alt 0 0x08080000 +0x20000 equal\n");
  assert_int_equal (second.sectors_unchanged, 5);
  assert_int_equal (second.bytes_skipped, 14872 + 407064);
  assert_int_equal (second.bytes_verified, 14872 + 407064);
  /* one for each block */
  assert_true (second.transfers < 207 + 30);
  bench_tear_down (&bench);
}

/* What an interrupted run saved counts where the board has nothing or a part, and not where other bytes
 * came there since. */
static void
test_survey_of_saved_bytes (void **state)
{
  static const struct {
    const char *name;
    const char *board; /* what is at 0x08004100 */
    const char *expected;
  } rows[] = {
    { "blank", NULL, "alt 0 0x08004000 +0x4000 blank kept 0x08004100 +0x0100\n" },
    { "in place", "0 0x08004100 0x100", "alt 0 0x08004000 +0x4000 equal\n" },
    { "a part",
      "0 0x08004100 0x40",
      "alt 0 0x08004000 +0x4000 different kept 0x08004000 +0x0100 kept 0x08004100 +0x0100 "
      "kept 0x08004200 +0x3E00\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpImage) image = kit_image_new ("0 0x08008000 32");
    g_autoptr (JmpImage) recovery = kit_image_new ("0 0x08004100 0x100");
    g_autoptr (JmpImage) there = rows[i].board != NULL ? kit_image_new (rows[i].board) : NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autofree guint8 *blank = g_malloc (0x8000);
    g_autofree char *text = NULL;
    g_autofree char *first = NULL;
    Bench bench = { 0 };

    print_message ("  %s\n", rows[i].name);
    bench_set_up (&bench, "pyboard,speed=0");
    memset (blank, 0xFF, 0x8000);
    jmp_virtual_board_poke (bench.board, 0, 0x08004000, blank, 0x8000);
    bench_remember (&bench);
    if (there != NULL)
      put_image (&bench, there);
    text = look_at_board (&bench, image, recovery, &outcome);
    first = g_strndup (text, (gsize)(strchr (text, '\n') + 1 - text));
    assert_lines_equal (first, rows[i].expected);
    bench_tear_down (&bench);
  }
}

typedef struct {
  guint calls;
  double fraction;
  guint64 phase_done;
  guint64 phase_total;
  GHashTable *addresses;
} Watch;

static void
watch_cb (const JmpProgress *progress, gpointer user_data)
{
  Watch *self = user_data;

  assert_true (progress->fraction >= self->fraction && progress->fraction <= 1);
  assert_true (progress->phase_done >= self->phase_done || progress->phase == JMP_PHASE_PREPARE);
  self->calls++;
  self->fraction = progress->fraction;
  self->phase_done = progress->phase_done;
  self->phase_total = progress->phase_total;
  g_hash_table_add (self->addresses, GUINT_TO_POINTER (progress->address));
}

/* Nobody waits before a still picture: every block that is read is told of, and every sector of which
 * enough is known. */
static void
test_survey_tells_of_all_it_does (void **state)
{
  static const struct {
    const char *name;
    const char *image;
    gboolean blank; /* what is at 0x08020000 */
    guint least;    /* blocks and sectors */
    guint32 told;   /* an address that is told of */
  } rows[] = {
    { "every sector differs at once", "0 0x08020000 0x60000", FALSE, 3 + 3, 0x08060000 },
    { "a blank sector is read to its end", "0 0x08020000 0x400", TRUE, 64 + 1, 0x0803FC00 },
    { "bytes to keep are read twice", "0 0x08020000 0x400", FALSE, 1 + 2 * 63 + 1, 0x0803FC00 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const JmpPlanOptions options = { .verify = TRUE, .preserve = JMP_PRESERVE_ALWAYS };
    g_autoptr (JmpImage) image = kit_image_new (rows[i].image);
    g_autoptr (GHashTable) addresses = g_hash_table_new (NULL, NULL);
    Watch watch = { .addresses = addresses };
    g_autofree guint8 *fill = g_malloc (0x60000);
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (JmpSurvey) survey = NULL;
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDfu) dfu = NULL;
    Bench bench = { 0 };

    print_message ("  %s\n", rows[i].name);
    bench_set_up (&bench, "pyboard,speed=0");
    memset (fill, rows[i].blank ? 0xFF : 0x00, 0x60000);
    jmp_virtual_board_poke (bench.board, 0, 0x08020000, fill, 0x60000);
    plan = jmp_plan_survey (image, bench.info, &options, &error);
    assert_no_error (error);
    dfu = bench_open (&bench, NULL);
    survey = jmp_survey_run (dfu, plan, watch_cb, &watch, NULL, &outcome, &error);
    assert_no_error (error);
    assert_true (watch.calls >= rows[i].least);
    assert_true (g_hash_table_contains (addresses, GUINT_TO_POINTER (rows[i].told)));
    assert_true (watch.fraction > 0.99);
    assert_int_equal (watch.phase_done, watch.phase_total);
    bench_tear_down (&bench);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_survey_of_a_board),
    cmocka_unit_test (test_survey_of_saved_bytes),
    cmocka_unit_test (test_survey_tells_of_all_it_does),
  };

  return cmocka_run_group_tests_name ("core/flash/survey", tests, NULL, NULL);
}
