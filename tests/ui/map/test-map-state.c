/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "flash/survey.h"
#include "map-kit.h"
#include "map/map-state.h"
#include "map/map-text.h"
#include "virtual/virtual-usb.h"

/* Three sectors of the pyboard: rewritten, in the middle of it, and not touched. */
#define IMAGE "0 0x08020000 200000"

/* What is shown of a case, as a text: the states of all spans that are not "untouched", with
 * percentages where there is work. */
static char *
states_to_string (GArray *spans, const JmpMapWork *work)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++) {
    const JmpMapSpan *span = &g_array_index (spans, JmpMapSpan, i);
    JmpMapNow now = jmp_map_state_of (span, work, FALSE);

    if (now.state == JMP_MAP_UNTOUCHED)
      continue;
    g_string_append_printf (text,
                            "%s%u:%s",
                            text->len > 0 ? " " : "",
                            span->first,
                            jmp_map_state_to_string (now.state));
    if (jmp_map_state_is_work (now.state))
      g_string_append_printf (text, " %.0f%%", now.fraction * 100);
  }
  return g_string_free (text, FALSE);
}

typedef struct {
  JmpPlan *plan;
  GArray *spans;
} Case;

static Case
case_new (const char *const *layouts, JmpPlan *(*make) (JmpDfuInfo *))
{
  g_autoptr (JmpDfuInfo) info = kit_info_new (layouts);
  Case c = { .plan = make (info) };
  JmpMapSpanInput input = { .layout = jmp_dfu_info_find_alt (info, 0)->layout };

  input.sectors = jmp_plan_get_sectors (c.plan, &input.n_sectors);
  c.spans = jmp_map_spans_new (&input);
  return c;
}

static void
case_clear (Case *c)
{
  jmp_plan_unref (c->plan);
  g_array_unref (c->spans);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Case, case_clear)

static JmpMapWork
work_of (Case *c)
{
  JmpMapWork work = { .planned = TRUE };

  work.steps = jmp_plan_get_steps (c->plan, &work.n_steps);
  return work;
}

static JmpPlan *
flash (JmpDfuInfo *info)
{
  return kit_flash_new (info, IMAGE);
}

static JmpPlan *
flash_unverified (JmpDfuInfo *info)
{
  const JmpPlanOptions options = { .verify = FALSE };
  g_autoptr (JmpImage) image = kit_image_new (IMAGE);

  return jmp_plan_flash (image, info, &options, NULL);
}

static JmpPlan *
compare (JmpDfuInfo *info)
{
  g_autoptr (JmpImage) image = kit_image_new (IMAGE);

  return jmp_plan_verify (image, info, NULL);
}

static JmpPlan *
erase (JmpDfuInfo *info)
{
  return jmp_plan_erase_range (info, 0, 0x08020000, 0x40000, NULL);
}

static JmpPlan *
backup (JmpDfuInfo *info)
{
  return jmp_plan_backup_range (info, 0, 0x08020000, 0x40000, NULL);
}

static void
test_state_nothing_planned (void **state)
{
  const JmpMapSpan span = { .count = 1, .sector_size = 1024 };
  const JmpMapWork work = { 0 };

  assert_int_equal (jmp_map_state_of (&span, &work, TRUE).state, JMP_MAP_IDLE);
}

static void
test_state_own_files_are_kept (void **state)
{
  const JmpMapSpan span = { .count = 1, .sector_size = 1024 };
  const JmpMapWork work = { .planned = TRUE };

  assert_int_equal (jmp_map_state_of (&span, &work, TRUE).state, JMP_MAP_KEPT);
  assert_int_equal (jmp_map_state_of (&span, &work, FALSE).state, JMP_MAP_UNTOUCHED);
}

static void
test_state_before (void **state)
{
  static const struct {
    const char *name;
    JmpPlan *(*make) (JmpDfuInfo *);
    const char *expected;
  } cases[] = {
    { "flash", flash, "5:will-rewrite 6:will-rewrite" },
    { "compare", compare, "5:will-compare 6:will-compare" },
    { "erase", erase, "5:will-erase 6:will-erase" },
    { "backup", backup, "5:will-read 6:will-read" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = case_new (kit_pyboard, cases[i].make);
    JmpMapWork work = work_of (&c);
    g_autofree char *text = states_to_string (c.spans, &work);

    assert_lines_equal (text, cases[i].expected);
  }
}

static void
test_state_during_flash (void **state)
{
  static const struct {
    const char *name;
    JmpStepKind kind;
    guint32 address;
    guint32 length;
    const char *expected;
  } cases[] = {
    { "first erase", JMP_STEP_ERASE, 0x08020000, 0x20000, "5:erasing 0% 6:will-rewrite" },
    { "second erase", JMP_STEP_ERASE, 0x08040000, 0x20000, "5:erased 6:erasing 0%" },
    { "a quarter written", JMP_STEP_WRITE, 0x08027800, 0x800, "5:writing 25% 6:erased" },
    { "the first is full", JMP_STEP_WRITE, 0x0803F800, 0x800, "5:written 6:writing 0%" },
    { "in the second", JMP_STEP_WRITE, 0x08040000, 0x800, "5:written 6:writing 3%" },
    { "verify begins", JMP_STEP_VERIFY, 0x08020000, 0x800, "5:verifying 2% 6:written" },
    { "half verified", JMP_STEP_VERIFY, 0x0803F800, 0x800, "5:verified 6:verifying 0%" },
  };
  g_auto (Case) c = case_new (kit_pyboard, flash);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpMapWork work = work_of (&c);
    JmpProgress progress = kit_progress (c.plan,
                                         kit_find_step (c.plan, cases[i].kind, cases[i].address),
                                         cases[i].address,
                                         cases[i].length);
    g_autofree char *text = NULL;

    work.progress = &progress;
    text = states_to_string (c.spans, &work);
    assert_lines_equal (text, cases[i].expected);
  }
}

static void
test_state_getting_ready_changes_nothing (void **state)
{
  g_auto (Case) c = case_new (kit_pyboard, flash);
  JmpMapWork work = work_of (&c);
  const JmpProgress progress = { .phase = JMP_PHASE_PREPARE };
  g_autofree char *text = NULL;

  work.progress = &progress;
  text = states_to_string (c.spans, &work);
  assert_lines_equal (text, "5:will-rewrite 6:will-rewrite");
}

/* The job's backup is a plan of its own: its step numbers are not this plan's. */
static void
test_state_backup_before_the_plan (void **state)
{
  g_auto (Case) c = case_new (kit_pyboard, flash);
  JmpMapWork work = work_of (&c);
  const JmpProgress progress = {
    .phase = JMP_PHASE_BACKUP, .step = 1, .address = 0x08027800, .length = 0x800
  };
  g_autofree char *text = NULL;

  work.progress = &progress;
  text = states_to_string (c.spans, &work);
  assert_lines_equal (text, "5:reading 25% 6:will-rewrite");
}

static void
test_state_pages_share_a_fraction (void **state)
{
  g_autoptr (JmpDfuInfo) info = kit_info_new (kit_f072);
  g_autoptr (JmpPlan) plan = kit_flash_new (info, "0 0x08000000 16384");
  JmpMapSpanInput input = { .layout = jmp_dfu_info_find_alt (info, 0)->layout };
  g_autoptr (GArray) spans = NULL;
  JmpMapWork work = { .planned = TRUE };
  JmpProgress progress = kit_progress (plan, 3, 0x08001800, 0x800);
  g_autofree char *text = NULL;

  input.sectors = jmp_plan_get_sectors (plan, &input.n_sectors);
  spans = jmp_map_spans_new (&input);
  work.steps = jmp_plan_get_steps (plan, &work.n_steps);
  work.progress = &progress;
  text = states_to_string (spans, &work);
  assert_lines_equal (text, "0:erasing 75% 4:will-rewrite");
}

static void
test_state_after_success (void **state)
{
  static const struct {
    const char *name;
    JmpPlan *(*make) (JmpDfuInfo *);
    const char *expected;
  } cases[] = {
    { "flash", flash, "5:verified 6:verified" },
    { "flash, not verified", flash_unverified, "5:unverified 6:unverified" },
    { "compare", compare, "5:equal 6:equal" },
    { "erase", erase, "5:blank 6:blank" },
    { "backup", backup, "5:read 6:read" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (Case) c = case_new (kit_pyboard, cases[i].make);
    JmpMapWork work = work_of (&c);
    const JmpOutcome outcome = { .state = JMP_BOARD_COMPLETE, .step = work.n_steps };
    g_autofree char *text = NULL;

    work.outcome = &outcome;
    text = states_to_string (c.spans, &work);
    assert_lines_equal (text, cases[i].expected);
  }
}

static void
test_state_after_failure (void **state)
{
  static const struct {
    const char *name;
    JmpStepKind kind;
    guint32 address;
    guint32 length;
    JmpOutcome outcome;
    const char *expected;
  } cases[] = {
    { "nothing was changed",
      JMP_STEP_ERASE,
      0x08020000,
      0x20000,
      { .state = JMP_BOARD_UNTOUCHED },
      "5:unchanged 6:unchanged" },
    { "first erase",
      JMP_STEP_ERASE,
      0x08020000,
      0x20000,
      { .state = JMP_BOARD_INCOMPLETE },
      "5:incomplete 6:unchanged" },
    { "second erase",
      JMP_STEP_ERASE,
      0x08040000,
      0x20000,
      { .state = JMP_BOARD_INCOMPLETE },
      "5:left-erased 6:incomplete" },
    { "writing",
      JMP_STEP_WRITE,
      0x08027800,
      0x800,
      { .state = JMP_BOARD_INCOMPLETE },
      "5:incomplete 6:left-erased" },
    { "writing the second",
      JMP_STEP_WRITE,
      0x08045000,
      0x800,
      { .state = JMP_BOARD_INCOMPLETE },
      "5:unverified 6:incomplete" },
    { "verifying the second",
      JMP_STEP_VERIFY,
      0x08045000,
      0x800,
      { .state = JMP_BOARD_UNVERIFIED },
      "5:verified 6:unverified" },
    { "a difference",
      JMP_STEP_VERIFY,
      0x0803F000,
      0x800,
      { .state = JMP_BOARD_DIFFERS,
        .has_difference = TRUE,
        .difference_address = 0x0803FFFF,
        .expected = 1,
        .found = 2 },
      "5:differs 6:unverified" },
  };
  g_auto (Case) c = case_new (kit_pyboard, flash);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpMapWork work = work_of (&c);
    JmpOutcome outcome = cases[i].outcome;
    guint step = kit_find_step (c.plan, cases[i].kind, cases[i].address);
    JmpProgress progress = kit_progress (c.plan, step, cases[i].address, cases[i].length);
    g_autofree char *text = NULL;

    outcome.step = step;
    work.progress = &progress;
    work.outcome = &outcome;
    text = states_to_string (c.spans, &work);
    assert_lines_equal (text, cases[i].expected);
  }
}

/* Cancelled between two steps: progress still speaks of the one before. */
static void
test_state_after_a_stop_between_steps (void **state)
{
  g_auto (Case) c = case_new (kit_pyboard, flash);
  JmpMapWork work = work_of (&c);
  JmpProgress progress = kit_progress (c.plan, 0, 0x08020000, 0x20000);
  const JmpOutcome outcome = { .state = JMP_BOARD_INCOMPLETE, .step = 1 };
  g_autofree char *text = NULL;

  work.progress = &progress;
  work.outcome = &outcome;
  text = states_to_string (c.spans, &work);
  assert_lines_equal (text, "5:left-erased 6:unchanged");
}

static void
test_state_numbers_out_of_range_are_harmless (void **state)
{
  g_auto (Case) c = case_new (kit_pyboard, flash);
  JmpMapWork work = work_of (&c);
  const JmpProgress progress = {
    .phase = JMP_PHASE_WRITE, .step = G_MAXUINT, .address = G_MAXUINT32, .length = G_MAXUINT32
  };
  const JmpOutcome outcome = {
    .state = JMP_BOARD_DIFFERS,
    .step = G_MAXUINT,
    .has_difference = TRUE,
    .difference_address = G_MAXUINT32,
  };
  g_autofree char *during = NULL;
  g_autofree char *after = NULL;

  work.progress = &progress;
  during = states_to_string (c.spans, &work);
  assert_lines_equal (during, "5:verified 6:verified");
  work.outcome = &outcome;
  after = states_to_string (c.spans, &work);
  assert_lines_equal (after, "5:verified 6:verified");
}

/* What a sector lives through, as the work itself reports it on a virtual board. */
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
test_state_of_real_work (void **state)
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

/* --- With a survey --- */

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
  exact = states_to_string (film->spans, &film->work);
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
test_state_of_a_surveyed_run (void **state)
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
  after = states_to_string (film.spans, &film.work);
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
test_state_knows_what_is_kept (void **state)
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

/* A survey that was stopped: its step numbers say nothing about the plan. */
static void
test_state_after_a_comparison_that_was_stopped (void **state)
{
  static const struct {
    JmpBoardState state;
    const char *expected;
  } cases[] = {
    { JMP_BOARD_UNTOUCHED, "5:unchanged 6:unchanged" },
    { JMP_BOARD_INCOMPLETE, "5:incomplete 6:incomplete" },
  };
  g_auto (Case) c = case_new (kit_pyboard, flash);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpMapWork work = work_of (&c);
    const JmpProgress progress = {
      .phase = JMP_PHASE_COMPARE, .step = 2, .address = 0x08040000, .length = 0x800
    };
    const JmpOutcome outcome = { .state = cases[i].state, .step = 2 };
    g_autofree char *text = NULL;

    work.progress = &progress;
    work.outcome = &outcome;
    text = states_to_string (c.spans, &work);
    assert_lines_equal (text, cases[i].expected);
  }
}

static void
test_state_words_are_distinct (void **state)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = JMP_MAP_IDLE; i < JMP_MAP_STATE_N; i++) {
    assert_true (g_hash_table_add (ids, (gpointer)jmp_map_state_to_string ((JmpMapState)i)));
    assert_true (g_hash_table_add (words, (gpointer)jmp_map_text_state ((JmpMapState)i)));
  }
  assert_int_equal (JMP_MAP_STATE_N, JMP_MAP_DIFFERS + 1);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_state_nothing_planned),
    cmocka_unit_test (test_state_own_files_are_kept),
    cmocka_unit_test (test_state_before),
    cmocka_unit_test (test_state_during_flash),
    cmocka_unit_test (test_state_getting_ready_changes_nothing),
    cmocka_unit_test (test_state_backup_before_the_plan),
    cmocka_unit_test (test_state_pages_share_a_fraction),
    cmocka_unit_test (test_state_after_success),
    cmocka_unit_test (test_state_after_failure),
    cmocka_unit_test (test_state_after_a_stop_between_steps),
    cmocka_unit_test (test_state_numbers_out_of_range_are_harmless),
    cmocka_unit_test (test_state_of_real_work),
    cmocka_unit_test (test_state_of_a_surveyed_run),
    cmocka_unit_test (test_state_knows_what_is_kept),
    cmocka_unit_test (test_state_after_a_comparison_that_was_stopped),
    cmocka_unit_test (test_state_words_are_distinct),
  };

  return cmocka_run_group_tests_name ("ui/map/map-state", tests, NULL, NULL);
}
