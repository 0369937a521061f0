/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "flash/estimate.h"
#include "plan-kit.h"

#include <math.h>

static void
test_estimate_pyboard_is_about_six_seconds (void **state)
{
  static const char *const layouts[] = { "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
                                         NULL };
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 307200");
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &options, NULL);
  double seconds = jmp_estimate_plan (plan);

  assert_true (seconds > 5 && seconds < 8);
  jmp_dfu_info_unref (board);
}

static void
test_estimate_grows_with_the_sector (void **state)
{
  double last = 0;

  for (guint32 size = 1024; size <= 1024 * 1024; size *= 4) {
    double seconds = jmp_estimate_bytes (JMP_STEP_ERASE, size);

    assert_true (seconds > 0 && seconds >= last);
    last = seconds;
  }
}

/* Work that goes as it is expected to: time left falls from the first guess to nothing. */
static void
test_pace_of_even_work (void **state)
{
  JmpPace pace;
  double last = -1;

  jmp_pace_init (&pace, 1000000);
  assert_true (pace.seconds_left < 0);
  assert_true (pace.speed <= 0);
  for (guint i = 1; i <= 1000; i++) {
    const JmpProgress progress = {
      .phase = JMP_PHASE_WRITE,
      .phase_done = i * 2048,
      .phase_total = 2048000,
      .fraction = i / 1000.0,
    };

    jmp_pace_update (&pace, 1000000 + i * 10000, &progress);
    if (last >= 0)
      assert_true (pace.seconds_left <= last);
    last = pace.seconds_left;
    if (i == 100)
      assert_true (fabs (pace.seconds_left - 9) < 0.5);
    if (i == 500) {
      assert_true (fabs (pace.seconds_left - 5) < 0.5);
      assert_true (fabs (pace.speed - 204800) < 1000);
    }
  }
  assert_true (pace.seconds_left < 0.1);
}

/* A board that is slow from the middle on: time left rises once, and not to nonsense. */
static void
test_pace_of_work_that_slows_down (void **state)
{
  JmpPace pace;
  gint64 now = 0;
  double last = -1;
  guint rises = 0;

  jmp_pace_init (&pace, now);
  for (guint i = 1; i <= 1000; i++) {
    const JmpProgress progress = {
      .phase = JMP_PHASE_VERIFY,
      .phase_done = i,
      .phase_total = 1000,
      .fraction = i / 1000.0,
    };

    now += i <= 500 ? 10000 : 100000;
    jmp_pace_update (&pace, now, &progress);
    assert_true (pace.seconds_left < 100);
    rises += last >= 0 && pace.seconds_left > last + 0.001;
    last = pace.seconds_left;
  }
  assert_true (rises > 0 && rises <= 5);
  assert_true (pace.seconds_left < 1);
}

/* Each phase has its own bytes: a new one starts from nothing. */
static void
test_pace_speed_belongs_to_a_phase (void **state)
{
  JmpPace pace;
  JmpProgress progress = { .phase = JMP_PHASE_ERASE };

  jmp_pace_init (&pace, 0);
  jmp_pace_update (&pace, 0, &progress);
  progress.phase_done = 131072;
  jmp_pace_update (&pace, 1000000, &progress);
  assert_true (fabs (pace.speed - 131072) < 1);
  progress.phase = JMP_PHASE_WRITE;
  progress.phase_done = 0;
  jmp_pace_update (&pace, 1000001, &progress);
  assert_true (pace.speed <= 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_estimate_pyboard_is_about_six_seconds),
    cmocka_unit_test (test_estimate_grows_with_the_sector),
    cmocka_unit_test (test_pace_of_even_work),
    cmocka_unit_test (test_pace_of_work_that_slows_down),
    cmocka_unit_test (test_pace_speed_belongs_to_a_phase),
  };

  return cmocka_run_group_tests_name ("core/flash/estimate", tests, NULL, NULL);
}
