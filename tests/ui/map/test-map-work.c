/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the map shows of work as a virtual board reports it. */

#include "assert-text.h"

#include "flash/survey.h"
#include "map-kit.h"
#include "map/map-text.h"
#include "virtual/virtual-usb.h"

#define IMAGE "0 0x08020000 200000"

/* What a sector lives through. */
typedef struct {
  JmpMapSpan span;
  JmpMapWork work;
  JmpMapState last;
  double fraction;
  GString *life;
} Life;

static void
note_state (Life *life)
{
  JmpMapNow now = jmp_map_state_of (&life->span, &life->work, FALSE);

  if (now.state != life->last)
    g_string_append_printf (life->life, "%s\n", jmp_map_state_to_string (now.state));
  else
    assert_true (now.fraction >= life->fraction);
  life->last = now.state;
  life->fraction = now.fraction;
}

static void
progress_cb (const JmpProgress *progress, gpointer user_data)
{
  Life *life = user_data;

  life->work.progress = progress;
  note_state (life);
  life->work.progress = NULL;
}

static void
test_work_of_real_work (void **state)
{
  static const struct {
    guint sector;
    const char *expected;
  } cases[] = {
    { 4, "untouched\n" },
    { 5, "will-rewrite\nerasing\nerased\nwriting\nwritten\nverifying\nverified\n" },
    { 6, "will-rewrite\nerasing\nerased\nwriting\nwritten\nverifying\nverified\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0", &error);
    JmpUsb *usb = jmp_virtual_usb_open (board, &error);
    g_autoptr (JmpDfuInfo) info = jmp_dfu_info_read (usb, NULL, &error);
    g_autoptr (JmpDfu) dfu = jmp_dfu_open (usb, info, &error);
    g_autoptr (JmpPlan) plan = kit_flash_new (info, IMAGE);
    g_auto (JmpOutcome) outcome = { 0 };
    JmpSector sector;
    Life life = { .work.planned = TRUE, .life = g_string_new (NULL) };
    g_autofree char *text = NULL;

    assert_no_error (error);
    assert_true (
        jmp_layout_get_sector (jmp_dfu_info_find_alt (info, 0)->layout, cases[i].sector, &sector));
    life.span = (JmpMapSpan){ .count = 1, .address = sector.address, .sector_size = sector.size };
    if (cases[i].sector >= 5)
      life.span.fate = JMP_FATE_ERASED | JMP_FATE_WRITTEN | JMP_FATE_VERIFIED;
    life.work.steps = jmp_plan_get_steps (plan, &life.work.n_steps);
    note_state (&life);
    assert_true (jmp_flash_run (dfu, plan, progress_cb, &life, NULL, &outcome, &error));
    life.work.outcome = &outcome;
    note_state (&life);
    text = g_string_free (life.life, FALSE);
    assert_lines_equal (text, cases[i].expected);
  }
}

typedef struct {
  JmpVirtualBoard *board;
  JmpDfuInfo *info;
  JmpDfu *dfu;
} Bench;

static Bench
bench_new (void)
{
  g_autoptr (GError) error = NULL;
  Bench bench = { .board = jmp_virtual_board_new ("pyboard,speed=0", &error) };
  JmpUsb *usb = jmp_virtual_usb_open (bench.board, &error);

  assert_no_error (error);
  bench.info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  bench.dfu = jmp_dfu_open (usb, bench.info, &error);
  assert_no_error (error);
  return bench;
}

static void
bench_clear (Bench *self)
{
  jmp_dfu_free (self->dfu);
  jmp_dfu_info_unref (self->info);
  jmp_virtual_board_unref (self->board);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Bench, bench_clear)

/* Zeros, as the image has them, where @address says; the rest is the pyboard's own. */
static void
put_zeros (Bench *bench, guint32 address, gsize length)
{
  g_autofree guint8 *zeros = g_malloc0 (length);

  assert_true (jmp_virtual_board_poke (bench->board, 0, address, zeros, length));
}

typedef struct {
  GArray *spans;
  JmpMapWork work;
  GRegex *percent;
  GString *text;
  char *last;
} Film;

static void
film_cb (const JmpProgress *progress, gpointer user_data)
{
  Film *film = user_data;
  g_autofree char *exact = NULL;
  char *states;

  film->work.progress = progress;
  exact = kit_states_to_string (film->spans, &film->work);
  film->work.progress = NULL;
  states = g_regex_replace_literal (film->percent, exact, -1, 0, "", 0, NULL);
  if (g_strcmp0 (states, film->last) != 0)
    g_string_append_printf (film->text, "%s\n", states);
  g_free (film->last);
  film->last = states;
}

static GArray *
spans_of (Bench *bench, JmpPlan *plan)
{
  JmpMapSpanInput input = { .layout = jmp_dfu_info_find_alt (bench->info, 0)->layout };

  input.sectors = jmp_plan_get_sectors (plan, &input.n_sectors);
  return jmp_map_spans_new (&input);
}

static void
film_plan (Film *film, Bench *bench, JmpPlan *plan)
{
  g_clear_pointer (&film->spans, g_array_unref);
  film->spans = spans_of (bench, plan);
  film->work.planned = TRUE;
  film->work.steps = jmp_plan_get_steps (plan, &film->work.n_steps);
}

/* Sector 5 is right already, sector 6 is not: what the map shows of the whole of it. */
static void
test_work_of_a_surveyed_run (void **state)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_auto (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = kit_image_new (IMAGE);
  g_autoptr (JmpPlan) preview = jmp_plan_flash (image, bench.info, &options, &error);
  g_autoptr (JmpPlan) look = jmp_plan_survey (image, bench.info, &options, &error);
  g_autoptr (JmpSurvey) survey = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GRegex) percent = g_regex_new (" [0-9]+%", 0, 0, NULL);
  Film film = { .text = g_string_new (NULL), .percent = percent };
  g_autofree char *text = NULL;
  g_autofree char *after = NULL;

  assert_no_error (error);
  put_zeros (&bench, 0x08020000, 0x20000);
  put_zeros (&bench, 0x08040000, 0x1000);
  film_plan (&film, &bench, preview);
  film.work.look = jmp_plan_get_steps (look, &film.work.n_look);
  survey = jmp_survey_run (bench.dfu, look, film_cb, &film, NULL, &outcome, &error);
  assert_no_error (error);
  jmp_outcome_clear (&outcome);
  plan = jmp_plan_flash_surveyed (image, bench.info, survey, &options, &error);
  assert_no_error (error);
  film_plan (&film, &bench, plan);
  assert_true (jmp_flash_run (bench.dfu, plan, film_cb, &film, NULL, &outcome, &error));
  film.work.outcome = &outcome;
  after = kit_states_to_string (film.spans, &film.work);
  g_string_append (film.text, after);
  text = g_string_free (film.text, FALSE);
  g_free (film.last);
  g_array_unref (film.spans);
  assert_lines_equal (text,
                      "5:will-rewrite 6:will-rewrite\n"
                      "5:comparing 6:will-rewrite\n"
                      "5:compared 6:comparing\n"
                      "5:equal 6:will-rewrite\n"
                      "5:equal 6:erasing\n"
                      "5:equal 6:writing\n"
                      "5:equal 6:written\n"
                      "5:equal 6:verifying\n"
                      "5:equal 6:verified\n"
                      "5:equal 6:verified");
}

/* Data in the middle of a sector: what stands beside it is kept, and the span knows how much. */
static void
test_work_knows_what_is_kept (void **state)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_auto (Bench) bench = bench_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08022000 4096");
  g_autoptr (JmpPlan) look = jmp_plan_survey (image, bench.info, &options, &error);
  g_autoptr (JmpSurvey) survey = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GArray) spans = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  g_autofree char *kept = NULL;

  assert_no_error (error);
  survey = jmp_survey_run (bench.dfu, look, NULL, NULL, NULL, &outcome, &error);
  assert_no_error (error);
  plan = jmp_plan_flash_surveyed (image, bench.info, survey, &options, &error);
  assert_no_error (error);
  spans = spans_of (&bench, plan);
  assert_int_equal (g_array_index (spans, JmpMapSpan, 5).kept_bytes, 0x1F000);
  kept = jmp_map_text_kept (&g_array_index (spans, JmpMapSpan, 5));
  assert_string_equal (kept, "124 KiB kept");
  assert_null (jmp_map_text_kept (&g_array_index (spans, JmpMapSpan, 4)));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_work_of_real_work),
    cmocka_unit_test (test_work_of_a_surveyed_run),
    cmocka_unit_test (test_work_knows_what_is_kept),
  };

  return cmocka_run_group_tests_name ("ui/map/map-work", tests, NULL, NULL);
}
