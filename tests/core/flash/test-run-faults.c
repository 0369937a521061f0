/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can go wrong, at every transfer of a small piece of work. */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "plan-kit.h"
#include "usb/recorder.h"
#include "virtual/virtual-usb.h"

#define SMALL_IMAGE "0 0x08000000 100 vector; 0 0x08004000 2100"
/* As large as the firmware of a pyboard. */
#define PYBOARD_IMAGE "0 0x08000000 14872 vector; 0 0x08020000 354776"

/* Whether the outcome tells the truth about the board. */
static void
check_truth (Bench *bench, JmpPlan *plan, JmpImage *image, gboolean ok, const JmpOutcome *outcome)
{
  bench_check_rest (bench, plan);
  switch (outcome->state) {
  case JMP_BOARD_UNTOUCHED: {
    g_autofree guint8 *after = bench_flash (bench);

    assert_memory_equal (after, bench->before, bench->size);
    assert_false (ok);
    break;
  }
  case JMP_BOARD_INCOMPLETE:
  case JMP_BOARD_UNVERIFIED:
    assert_false (ok);
    break;
  case JMP_BOARD_DIFFERS:
    assert_false (ok);
    assert_true (outcome->has_difference);
    break;
  case JMP_BOARD_COMPLETE:
  case JMP_BOARD_STARTED:
    assert_true (bench_holds (bench, image));
    break;
  }
  if (ok)
    assert_int_equal (outcome->state, JMP_BOARD_STARTED);
}

/* Makes the plan for @spec, runs it with one fault, and checks what can be known. Returns how many
 * transfers there were. */
static guint64
run_with_fault (const char *spec, JmpImage *image, guint64 transfer, JmpFault fault)
{
  Bench bench = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  JmpUsb *usb = NULL;
  JmpDfu *dfu;
  guint64 transfers;
  gboolean ok;

  bench_set_up (&bench, spec);
  plan = bench_plan (&bench, image, NULL);
  dfu = bench_open (&bench, &usb);
  if (transfer > 0)
    jmp_usb_fault_at (usb, transfer, fault);
  ok = jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
  transfers = jmp_usb_fault_get_transfers (usb);
  jmp_dfu_free (dfu);

  assert_true (ok || error->domain == JMP_ERROR);
  check_truth (&bench, plan, image, ok, &outcome);
  assert_true (outcome.seconds_total < 300);
  if (outcome.state != JMP_BOARD_STARTED) {
    gboolean here = jmp_virtual_board_get_state (bench.board) == JMP_VIRTUAL_IN_DFU
                    && !(transfer > 0 && fault == JMP_FAULT_UNPLUG);

    assert_int_equal (outcome.connected, here);
    if (here)
      bench_check_idle (&bench);
  }
  bench_tear_down (&bench);
  return transfers;
}

static void
test_run_one_fault_anywhere (void **state)
{
  static const char *const kinds[] = { "pyboard,speed=0", "nucleo-h743,speed=0", "f072,speed=0" };
  g_autoptr (JmpImage) image = kit_image_new (SMALL_IMAGE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    guint64 transfers = run_with_fault (kinds[i], image, 0, JMP_FAULT_STALL);

    print_message ("  %s: %u transfers\n", kinds[i], (guint)transfers);
    for (int fault = 0; fault < JMP_FAULT_N; fault++) {
      for (guint64 at = 1; at <= transfers; at++)
        run_with_fault (kinds[i], image, at, (JmpFault)fault);
    }
  }
}

typedef struct {
  guint lines;
  guint cancel_at;
  GCancellable *cancellable;
} Canceller;

static void
line_cb (const char *line, gpointer user_data)
{
  Canceller *self = user_data;

  if (++self->lines == self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

/* Returns how many lines a recording has. */
static guint
run_with_cancel (const char *spec, JmpImage *image, guint cancel_at)
{
  Canceller canceller = { .cancel_at = cancel_at, .cancellable = g_cancellable_new () };
  Bench bench = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  JmpUsb *usb;
  JmpDfu *dfu;
  gboolean ok;

  bench_set_up (&bench, spec);
  plan = bench_plan (&bench, image, NULL);
  usb = jmp_usb_recorder_new (jmp_virtual_usb_open (bench.board, NULL), line_cb, &canceller);
  dfu = jmp_dfu_open (usb, bench.info, &error);
  assert_no_error (error);
  ok = jmp_flash_run (dfu, plan, NULL, NULL, canceller.cancellable, &outcome, &error);
  jmp_dfu_free (dfu);

  if (!ok) {
    assert_true (jmp_error_is_cancelled (error));
    assert_true (outcome.connected);
    bench_check_idle (&bench);
  }
  check_truth (&bench, plan, image, ok, &outcome);
  bench_check_no_violations (&bench);
  g_object_unref (canceller.cancellable);
  bench_tear_down (&bench);
  return canceller.lines;
}

static void
test_run_cancel_anywhere (void **state)
{
  static const char *const kinds[] = { "pyboard,speed=0", "nucleo-h743,speed=0", "f072,speed=0" };
  g_autoptr (JmpImage) image = kit_image_new (SMALL_IMAGE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    guint lines = run_with_cancel (kinds[i], image, 0);

    for (guint at = 1; at <= lines; at++)
      run_with_cancel (kinds[i], image, at);
  }
}

static void
test_run_cancelled_before_it_begins (void **state)
{
  g_autoptr (JmpImage) image = kit_image_new (SMALL_IMAGE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  Bench bench = { 0 };
  JmpDfu *dfu;

  bench_set_up (&bench, "pyboard,speed=0");
  plan = bench_plan (&bench, image, NULL);
  dfu = bench_open (&bench, NULL);
  g_cancellable_cancel (cancellable);
  assert_false (jmp_flash_run (dfu, plan, NULL, NULL, cancellable, &outcome, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
  assert_true (outcome.connected);
  jmp_dfu_free (dfu);
  bench_check_idle (&bench);
  bench_tear_down (&bench);
}

/* Many faults in one run: whatever comes of it, success means that the flash is right. */
static void
test_run_random_faults (void **state)
{
  const double probability[JMP_FAULT_N] = { 0.01, 0.005, 0.01, 0.01, 0.001 };
  g_autoptr (JmpImage) image = kit_image_new (SMALL_IMAGE);
  guint successes = 0;

  for (guint32 seed = 1; seed <= 150; seed++) {
    Bench bench = { 0 };
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    JmpUsb *usb = NULL;
    JmpDfu *dfu;
    gboolean ok;

    bench_set_up (&bench, "f072,speed=0");
    plan = bench_plan (&bench, image, NULL);
    dfu = bench_open (&bench, &usb);
    jmp_usb_fault_seed (usb, seed, probability);
    ok = jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
    jmp_dfu_free (dfu);
    check_truth (&bench, plan, image, ok, &outcome);
    assert_true (outcome.seconds_total < 600);
    successes += ok;
    bench_tear_down (&bench);
  }
  print_message ("  %u of 150 runs came through\n", successes);
  assert_true (successes > 0 && successes < 150);
}

/* Lots of F411 stall a block in sixteen, and some of those again when they are tried again. Nothing is
 * wrong then: every seed must end with an image that was proven. */
static void
test_run_f411_always_ends_verified (void **state)
{
  g_autoptr (JmpImage) image = kit_image_new (PYBOARD_IMAGE);

  for (guint seed = 1; seed <= 200; seed++) {
    g_autofree char *spec = g_strdup_printf ("f411,seed=%u,speed=0", seed);
    Bench bench = { 0 };
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    JmpDfu *dfu;

    bench_set_up (&bench, spec);
    plan = bench_plan (&bench, image, NULL);
    dfu = bench_open (&bench, NULL);
    if (!jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error))
      fail_msg ("seed %u: %s", seed, error->message);
    jmp_dfu_free (dfu);
    check_truth (&bench, plan, image, TRUE, &outcome);
    bench_check_no_violations (&bench);
    bench_tear_down (&bench);
  }
}

/* Any request may be stalled where nothing is wrong: SET_ADDRESS, an erase, an UPLOAD, an ABORT. */
static void
test_run_stalls_of_every_kind (void **state)
{
  const double probability[JMP_FAULT_N] = { [JMP_FAULT_STALL] = 1.0 / 16 };
  g_autoptr (JmpImage) image = kit_image_new (SMALL_IMAGE);

  for (guint32 seed = 1; seed <= 200; seed++) {
    Bench bench = { 0 };
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    JmpUsb *usb = NULL;
    JmpDfu *dfu;

    bench_set_up (&bench, "pyboard,speed=0");
    plan = bench_plan (&bench, image, NULL);
    dfu = bench_open (&bench, &usb);
    jmp_usb_fault_seed (usb, seed, probability);
    if (!jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error))
      fail_msg ("seed %u: %s", seed, error->message);
    jmp_dfu_free (dfu);
    check_truth (&bench, plan, image, TRUE, &outcome);
    bench_tear_down (&bench);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_run_one_fault_anywhere),
    cmocka_unit_test (test_run_cancel_anywhere),
    cmocka_unit_test (test_run_cancelled_before_it_begins),
    cmocka_unit_test (test_run_random_faults),
    cmocka_unit_test (test_run_f411_always_ends_verified),
    cmocka_unit_test (test_run_stalls_of_every_kind),
  };

  return cmocka_run_group_tests_name ("core/flash/run-faults", tests, NULL, NULL);
}
