/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map-kit.h"
#include "map/map-state.h"
#include "map/map-text.h"

/* Three sectors of the pyboard: rewritten, in the middle of it, and not touched. */
#define IMAGE "0 0x08020000 200000"

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
    g_autofree char *text = kit_states_to_string (c.spans, &work);

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
    text = kit_states_to_string (c.spans, &work);
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
  text = kit_states_to_string (c.spans, &work);
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
  text = kit_states_to_string (c.spans, &work);
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
  text = kit_states_to_string (spans, &work);
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
    text = kit_states_to_string (c.spans, &work);
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
    text = kit_states_to_string (c.spans, &work);
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
  text = kit_states_to_string (c.spans, &work);
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
  during = kit_states_to_string (c.spans, &work);
  assert_lines_equal (during, "5:verified 6:verified");
  work.outcome = &outcome;
  after = kit_states_to_string (c.spans, &work);
  assert_lines_equal (after, "5:verified 6:verified");
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
    text = kit_states_to_string (c.spans, &work);
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
    cmocka_unit_test (test_state_after_a_comparison_that_was_stopped),
    cmocka_unit_test (test_state_words_are_distinct),
  };

  return cmocka_run_group_tests_name ("ui/map/map-state", tests, NULL, NULL);
}
