/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "flash/estimate.h"
#include "flash/meter.h"

#include <math.h>

#define KIB 1024
#define N   100

/* @factor times as slow as the data sheets say. */
static void
do_pieces (JmpMeter *meter, JmpStepKind kind, guint count, double factor, gint64 *now)
{
  for (guint i = 0; i < count; i++) {
    double before = meter->fraction;

    *now += (gint64)(jmp_estimate_bytes (kind, 64 * KIB) * factor * G_USEC_PER_SEC);
    jmp_meter_done (meter, kind, 64 * KIB, *now);
    assert_true (jmp_meter_get_fraction (meter) >= before);
  }
}

/* A board that is three times as slow as was guessed is found out, and with it the time left. */
static void
test_meter_learns_the_speed (void **state)
{
  JmpMeter meter;
  gint64 now = 5000000;
  double real;

  jmp_meter_init (&meter, NULL);
  jmp_meter_start (&meter, now);
  for (guint i = 0; i < N; i++)
    jmp_meter_expect (&meter, JMP_STEP_WRITE, 64 * KIB);
  do_pieces (&meter, JMP_STEP_WRITE, N / 2, 3, &now);
  real = N / 2 * jmp_estimate_bytes (JMP_STEP_WRITE, 64 * KIB) * 3;
  assert_true (fabs (jmp_meter_get_seconds_left (&meter) - real) < real * 0.05);
  assert_true (fabs (meter.fraction - 0.5) < 0.01);
  do_pieces (&meter, JMP_STEP_WRITE, N / 2, 3, &now);
  assert_true (meter.fraction > 0.999);
}

/* Each kind has its own speed, and kinds that are the same on the wire share it. */
static void
test_meter_kinds (void **state)
{
  const JmpSpeeds guess = { 2, 1, 1 };
  JmpMeter meter;
  JmpSpeeds speeds;
  gint64 now = 0;

  jmp_meter_init (&meter, &guess);
  jmp_meter_start (&meter, now);
  do_pieces (&meter, JMP_STEP_COMPARE, N, 0.5, &now);
  assert_true (jmp_meter_get_speeds (&meter, &speeds));
  assert_true (fabs (speeds.erase - 2) < 0.01);
  assert_true (fabs (speeds.write - 1) < 0.01);
  assert_true (fabs (speeds.read - 0.5) < 0.01);
  jmp_meter_expect (&meter, JMP_STEP_VERIFY, 64 * KIB * N);
  assert_true (jmp_meter_get_seconds_left (&meter)
               < jmp_estimate_bytes (JMP_STEP_VERIFY, 64 * KIB * N) * 0.7);
}

/* Work that turns out not to be needed makes the bar go on, never back. */
static void
test_meter_forgets (void **state)
{
  JmpMeter meter;
  gint64 now = 0;
  double before;

  jmp_meter_init (&meter, NULL);
  jmp_meter_start (&meter, now);
  jmp_meter_expect (&meter, JMP_STEP_COMPARE, 64 * KIB);
  jmp_meter_expect (&meter, JMP_STEP_ERASE, 128 * KIB);
  do_pieces (&meter, JMP_STEP_COMPARE, 1, 1, &now);
  before = meter.fraction;
  assert_true (before < 0.5);
  jmp_meter_forget (&meter, JMP_STEP_ERASE, 128 * KIB);
  assert_true (jmp_meter_get_fraction (&meter) > 0.999);
  jmp_meter_expect (&meter, JMP_STEP_ERASE, 1024 * KIB);
  assert_true (jmp_meter_get_fraction (&meter) > 0.999);
}

static void
test_meter_knows_nothing_at_first (void **state)
{
  JmpMeter meter;
  JmpSpeeds speeds;

  jmp_meter_init (&meter, NULL);
  assert_false (jmp_meter_get_speeds (&meter, &speeds));
  assert_true (jmp_meter_get_fraction (&meter) <= 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_meter_learns_the_speed),
    cmocka_unit_test (test_meter_kinds),
    cmocka_unit_test (test_meter_forgets),
    cmocka_unit_test (test_meter_knows_nothing_at_first),
  };

  return cmocka_run_group_tests_name ("core/flash/meter", tests, NULL, NULL);
}
