/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards that go on saying "busy" after an erase. */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

/* An H743 does not end some erases until it is kicked, although they are done: that costs time, and
 * nothing else. */
static void
test_run_busy_until_kicked (void **state)
{
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08020000 300000");
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (JmpDfu) dfu = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "nucleo-h743,speed=0,stuck=2");
  plan = bench_plan (&bench, image, NULL);
  dfu = bench_open (&bench, NULL);
  jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
  assert_no_error (error);
  assert_true (bench_holds (&bench, image));
  assert_int_equal (outcome.sectors_erased, 3);
  assert_true (outcome.seconds_total < 120);
  bench_tear_down (&bench);
}

/* A board that goes on saying "busy" after its second erase. */
typedef struct {
  JmpUsb base;
  JmpUsb *inner;
  guint erases;
} Busy;

static gssize
busy_control (JmpUsb *usb,
              const JmpUsbSetup *setup,
              guint8 *data,
              guint timeout_ms,
              GCancellable *cancellable,
              GError **error)
{
  Busy *self = (Busy *)usb;
  gssize moved;

  if (setup->request_type == 0x21 && setup->request == 1 && setup->value == 0 && setup->length == 5
      && data[0] == 0x41)
    self->erases++;
  moved = jmp_usb_control (self->inner, setup, data, timeout_ms, cancellable, error);
  if (self->erases >= 2 && setup->request == 3 && moved == 6)
    data[4] = JMP_DFU_DNBUSY;
  return moved;
}

static gboolean
busy_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  return jmp_usb_claim (((Busy *)usb)->inner, interface, error);
}

static gboolean
busy_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  return jmp_usb_set_alt (((Busy *)usb)->inner, interface, alt, error);
}

static gboolean
busy_reset (JmpUsb *usb, GError **error)
{
  return jmp_usb_reset (((Busy *)usb)->inner, error);
}

static gint64
busy_now (JmpUsb *usb)
{
  return jmp_usb_now (((Busy *)usb)->inner);
}

static gboolean
busy_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  return jmp_usb_wait (((Busy *)usb)->inner, ms, cancellable, error);
}

static void
busy_free (JmpUsb *usb)
{
  jmp_usb_free (((Busy *)usb)->inner);
}

/* It is given up, by the fake clock after a stated time. */
static void
test_run_busy_for_ever (void **state)
{
  static const JmpUsbOps ops = {
    .claim = busy_claim,
    .set_alt = busy_set_alt,
    .control = busy_control,
    .reset = busy_reset,
    .now = busy_now,
    .wait = busy_wait,
    .free = busy_free,
  };
  Busy busy = { .base.ops = &ops };
  JmpDfu *dfu;
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08020000 300000");
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "nucleo-h743,speed=0");
  plan = bench_plan (&bench, image, NULL);
  busy.inner = jmp_virtual_usb_open (bench.board, NULL);
  dfu = jmp_dfu_open (&busy.base, bench.info, &error);
  assert_no_error (error);
  assert_false (jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error));
  jmp_dfu_free (dfu);
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "0x08040000");
  assert_int_equal (outcome.state, JMP_BOARD_INCOMPLETE);
  assert_int_equal (outcome.step, 1);
  assert_true (outcome.seconds_total < 120);
  bench_tear_down (&bench);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_run_busy_until_kicked),
    cmocka_unit_test (test_run_busy_for_ever),
  };

  return cmocka_run_group_tests_name ("core/flash/run-busy", tests, NULL, NULL);
}
