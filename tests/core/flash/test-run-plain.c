/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans carried out on virtual boards that speak plain DFU. */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "flash/job.h"
#include "usb/fault.h"
#include "virtual/board.h"
#include "virtual/virtual-usb.h"

#include <string.h>

/**
 * Kind:
 * @spec: the board
 * @alt: where a file goes
 * @memory: in whose memory it is then, and @address where
 * @ends: in what state the board says it is
 * @stays: whether the board stays in its boot loader
 */
typedef struct {
  const char *spec;
  guint8 alt;
  guint8 memory;
  guint32 address;
  JmpBoardState ends;
  gboolean stays;
} Kind;

static const Kind kinds[] = {
  { "bluepill,speed=0", 2, 0, 0x08002000, JMP_BOARD_STARTED, FALSE },
  { "bluepill,speed=0", 1, 0, 0x08005000, JMP_BOARD_STARTED, FALSE },
  { "dapboot,speed=0", 0, 0, 0x08002000, JMP_BOARD_STARTED, FALSE },
  { "dfu10,speed=0", 1, 1, 0, JMP_BOARD_COMPLETE, TRUE },
  { "stm32mp1,speed=0", 0, 0, 0, JMP_BOARD_UNVERIFIED, TRUE },
};

#define SIZE 9000

typedef struct {
  const Kind *kind;
  JmpVirtualBoard *board;
  JmpDfuInfo *info;
  JmpUsb *fault; /* (not owned) */
  JmpImage *image;
  GBytes *bytes;
} Kit;

static JmpImage *
new_image (const Kind *kind, GBytes *bytes)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_RAW);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  assert_true (jmp_image_builder_add (builder, kind->alt, 0, bytes, &error));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  return image;
}

static void
kit_set_up (Kit *self, const Kind *kind)
{
  g_autoptr (GError) error = NULL;
  guint8 *data = g_malloc (SIZE);
  JmpUsb *usb;

  *self = (Kit){ .kind = kind };
  self->board = jmp_virtual_board_new (kind->spec, &error);
  assert_no_error (error);
  usb = jmp_virtual_usb_open (self->board, &error);
  assert_no_error (error);
  self->info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  jmp_usb_free (usb);
  for (guint i = 0; i < SIZE; i++)
    data[i] = (guint8)(i * 7 + (i >> 8));
  jmp_put_u32 (data, 0x20005000);
  jmp_put_u32 (data + 4, kind->address + 0x101);
  self->bytes = g_bytes_new_take (data, SIZE);
  self->image = new_image (kind, self->bytes);
}

static void
kit_tear_down (Kit *self)
{
  g_bytes_unref (self->bytes);
  jmp_image_unref (self->image);
  jmp_dfu_info_unref (self->info);
  jmp_virtual_board_unref (self->board);
}

static JmpDfu *
kit_open (Kit *self)
{
  g_autoptr (GError) error = NULL;
  JmpUsb *usb = jmp_virtual_usb_open (self->board, &error);
  JmpDfu *dfu;

  assert_no_error (error);
  self->fault = jmp_usb_fault_new (usb);
  dfu = jmp_dfu_open (self->fault, self->info, &error);
  assert_no_error (error);
  return dfu;
}

static JmpPlan *
kit_plan (Kit *self)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_flash (self->image, self->info, &options, &error);

  assert_no_error (error);
  return plan;
}

static gboolean
kit_holds (Kit *self)
{
  g_autofree guint8 *found = g_malloc (SIZE);

  assert_true (
      jmp_virtual_board_peek (self->board, self->kind->memory, self->kind->address, found, SIZE));
  return memcmp (found, g_bytes_get_data (self->bytes, NULL), SIZE) == 0;
}

static void
kit_check_no_violations (Kit *self)
{
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (self->board);

  if (violations[0] != NULL)
    fail_msg ("%s complains: %s", self->kind->spec, violations[0]);
}

static void
test_run_plain_flash (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    Kit kit;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;
    gboolean proven;

    print_message ("  %s, alt %u\n", kinds[i].spec, kinds[i].alt);
    kit_set_up (&kit, &kinds[i]);
    dfu = kit_open (&kit);
    plan = kit_plan (&kit);
    proven = kinds[i].ends != JMP_BOARD_UNVERIFIED;
    jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
    assert_no_error (error);
    assert_true (kit_holds (&kit));
    assert_string_equal (jmp_board_state_to_string (outcome.state),
                         jmp_board_state_to_string (kinds[i].ends));
    assert_int_equal (outcome.bytes_verified, proven ? SIZE : 0);
    assert_int_equal (jmp_virtual_board_get_state (kit.board),
                      kinds[i].stays ? JMP_VIRTUAL_IN_DFU : JMP_VIRTUAL_RUNNING);
    if (kinds[i].ends == JMP_BOARD_STARTED)
      assert_int_equal (jmp_virtual_board_get_started_at (kit.board), kinds[i].address);
    kit_check_no_violations (&kit);
    kit_tear_down (&kit);
  }
}

/* What a run that ended says must be true: no success without all bytes in place. */
static void
check_claim (Kit *kit, const JmpOutcome *outcome, gboolean ok, guint64 at)
{
  gboolean claims = outcome->state == JMP_BOARD_COMPLETE || outcome->state == JMP_BOARD_STARTED;

  if (claims && !kit_holds (kit))
    fail_msg ("%s: claims success after transfer %u", kit->kind->spec, (guint)at);
  if (ok && !kit_holds (kit))
    fail_msg ("%s: ends well after transfer %u", kit->kind->spec, (guint)at);
  if (outcome->state == JMP_BOARD_UNTOUCHED && outcome->bytes_written > 0)
    fail_msg ("%s: untouched after transfer %u", kit->kind->spec, (guint)at);
}

/* One run with a fault at a transfer; returns how many transfers there were. */
static guint64
run_with_fault (const Kind *kind, guint64 at, JmpFault fault, gboolean expect_failure)
{
  Kit kit;
  g_autoptr (JmpDfu) dfu = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean ok;
  guint64 transfers;

  kit_set_up (&kit, kind);
  dfu = kit_open (&kit);
  plan = kit_plan (&kit);
  if (at > 0)
    jmp_usb_fault_at (kit.fault, at, fault);
  ok = jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
  transfers = jmp_usb_fault_get_transfers (kit.fault);
  assert_int_equal (ok, error == NULL);
  check_claim (&kit, &outcome, ok, at);
  /* one that is pulled out behind its reset cannot be told from one that starts its program */
  if (expect_failure && ok && outcome.state != kind->ends
      && (outcome.state != JMP_BOARD_STARTED || kind->ends != JMP_BOARD_COMPLETE))
    fail_msg ("%s: %s", kind->spec, jmp_board_state_to_string (outcome.state));
  kit_tear_down (&kit);
  return transfers;
}

/* Unplugged at every single transfer, and disturbed in every other way. */
static void
test_run_plain_interrupted_anywhere (void **state)
{
  static const JmpFault faults[] = {
    JMP_FAULT_UNPLUG, JMP_FAULT_STALL, JMP_FAULT_TIMEOUT, JMP_FAULT_CORRUPT, JMP_FAULT_SHORT_READ
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    guint64 transfers = run_with_fault (&kinds[i], 0, JMP_FAULT_STALL, FALSE);

    print_message ("  %s, alt %u: %u transfers\n", kinds[i].spec, kinds[i].alt, (guint)transfers);
    for (guint f = 0; f < G_N_ELEMENTS (faults); f++) {
      for (guint64 at = 1; at <= transfers; at++)
        run_with_fault (&kinds[i], at, faults[f], TRUE);
    }
  }
}

/* The plug is pulled in the middle of the file: all of it is not there, and it is said so. */
static void
test_run_plain_unplugged_is_incomplete (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    Kit kit;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;

    kit_set_up (&kit, &kinds[i]);
    dfu = kit_open (&kit);
    plan = kit_plan (&kit);
    jmp_usb_fault_at (kit.fault, 10, JMP_FAULT_UNPLUG);
    assert_false (jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "writing 0x");
    assert_int_equal (outcome.state, JMP_BOARD_INCOMPLETE);
    assert_false (outcome.connected);
    kit_tear_down (&kit);
  }
}

static void
cancel_cb (const JmpProgress *progress, gpointer user_data)
{
  if (progress->phase == JMP_PHASE_WRITE && progress->phase_done > 0)
    g_cancellable_cancel (user_data);
}

/* A cancelled board is idle, and the same again makes it right. */
static void
test_run_plain_cancelled_and_run_again (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (GCancellable) cancellable = g_cancellable_new ();
    Kit kit;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_auto (JmpOutcome) stopped = { 0 };
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;
    JmpDfuStatus status;

    kit_set_up (&kit, &kinds[i]);
    dfu = kit_open (&kit);
    plan = kit_plan (&kit);
    assert_false (jmp_flash_run (dfu, plan, cancel_cb, cancellable, cancellable, &stopped, &error));
    assert_true (jmp_error_is_cancelled (error));
    assert_int_equal (stopped.state, JMP_BOARD_INCOMPLETE);
    assert_true (stopped.connected);
    g_clear_error (&error);
    assert_true (jmp_dfu_get_status (dfu, 1000, &status, NULL, &error));
    assert_int_equal (status.state, JMP_DFU_IDLE);
    jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
    assert_no_error (error);
    assert_int_equal (outcome.state, kinds[i].ends);
    assert_true (kit_holds (&kit));
    kit_check_no_violations (&kit);
    kit_tear_down (&kit);
  }
}

/* A chip with a cell that cannot be written: found where the board can be read, by reading. */
static void
test_run_plain_verify_finds_a_difference (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    static const guint8 wrong = 0x55;
    Kit kit;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;

    kit_set_up (&kit, &kinds[i]);
    jmp_virtual_board_poke (
        kit.board, kinds[i].memory, kinds[i].address, g_bytes_get_data (kit.bytes, NULL), SIZE);
    jmp_virtual_board_poke (kit.board, kinds[i].memory, kinds[i].address + 8000, &wrong, 1);
    dfu = kit_open (&kit);
    plan = jmp_plan_verify (kit.image, kit.info, &error);
    assert_no_error (error);
    assert_false (jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_VERIFY, "holds 0x55, not 0x");
    assert_true (outcome.has_difference);
    assert_int_equal (outcome.found, 0x55);
    assert_int_equal (outcome.bytes_verified, 0);
    kit_tear_down (&kit);
  }
}

/* All that is there, in whole blocks and a last one; and a part of it. */
static void
test_run_plain_backup (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    Kit kit;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;
    const JmpImageTarget *target;
    g_autofree guint8 *found = NULL;
    gsize size;
    gconstpointer data;

    kit_set_up (&kit, &kinds[i]);
    dfu = kit_open (&kit);
    plan = jmp_plan_backup (kit.info, kinds[i].alt, &error);
    assert_no_error (error);
    jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
    assert_no_error (error);
    assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
    target = jmp_image_find_target (outcome.read, kinds[i].alt);
    data = g_bytes_get_data (target->segments[0].bytes, &size);
    assert_int_equal (outcome.bytes_read, size);
    found = g_malloc (size);
    assert_true (
        jmp_virtual_board_peek (kit.board, kinds[i].memory, kinds[i].address, found, size));
    assert_memory_equal (found, data, size);
    kit_check_no_violations (&kit);
    kit_tear_down (&kit);
  }
}

/* A device that takes everything and minds the numbers of its blocks. */
typedef struct {
  JmpUsb base;
  guint8 state;
  guint next;
  guint blocks;
} Counter;

static GBytes *
counter_descriptors (JmpUsb *base, GError **error)
{
  return g_bytes_new (NULL, 0);
}

static gboolean
counter_set_alt (JmpUsb *base, guint8 interface, guint8 alt, GError **error)
{
  return TRUE;
}

static gboolean
counter_claim (JmpUsb *base, guint8 interface, GError **error)
{
  return TRUE;
}

static gboolean
counter_reset (JmpUsb *base, GError **error)
{
  return TRUE;
}

static gssize
counter_control (JmpUsb *base,
                 const JmpUsbSetup *setup,
                 guint8 *data,
                 guint timeout_ms,
                 GCancellable *cancellable,
                 GError **error)
{
  Counter *self = (Counter *)base;

  if (setup->request == 1) {
    assert_int_equal (setup->value, self->next % 65536);
    self->next++;
    self->blocks += setup->length > 0;
    self->state = setup->length > 0 ? JMP_DFU_DNLOAD_IDLE : JMP_DFU_IDLE;
  } else if (setup->request == 3) {
    memset (data, 0, 6);
    data[4] = self->state;
  }
  return setup->length;
}

static void
counter_free (JmpUsb *base)
{
}

static const JmpUsbOps counter_ops = {
  .descriptors = counter_descriptors,
  .claim = counter_claim,
  .set_alt = counter_set_alt,
  .control = counter_control,
  .reset = counter_reset,
  .now = jmp_usb_real_now,
  .wait = jmp_usb_real_wait,
  .free = counter_free,
};

/* Block numbers have 16 bits: a file of more blocks than that goes on at 0. */
static void
test_run_plain_blocks_begin_again (void **state)
{
  const JmpPlanOptions options = { .verify = FALSE, .leave = FALSE };
  const gsize size = 8 * 65540;
  Counter counter = { .base.ops = &counter_ops, .state = JMP_DFU_IDLE };
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JmpDfu) dfu = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  Kit kit;

  kit_set_up (&kit, &kinds[3]);
  kit.info->transfer_size = 8;
  bytes = g_bytes_new_take (g_malloc0 (size), size);
  image = new_image (&kinds[3], bytes);
  plan = jmp_plan_flash (image, kit.info, &options, &error);
  assert_no_error (error);
  dfu = jmp_dfu_open (&counter.base, kit.info, &error);
  assert_no_error (error);
  jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error);
  assert_no_error (error);
  assert_int_equal (counter.blocks, 65540);
  assert_int_equal (outcome.bytes_written, size);
  kit_tear_down (&kit);
}

static void
test_run_plain_leave_alone (void **state)
{
  Kit kit;
  g_autoptr (JmpDfu) dfu = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;

  kit_set_up (&kit, &kinds[3]);
  dfu = kit_open (&kit);
  plan = jmp_plan_leave (kit.info, 0, &error);
  assert_no_error (error);
  assert_false (jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "stays in its boot loader");
  assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
  kit_tear_down (&kit);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_run_plain_flash),
    cmocka_unit_test (test_run_plain_interrupted_anywhere),
    cmocka_unit_test (test_run_plain_unplugged_is_incomplete),
    cmocka_unit_test (test_run_plain_cancelled_and_run_again),
    cmocka_unit_test (test_run_plain_verify_finds_a_difference),
    cmocka_unit_test (test_run_plain_backup),
    cmocka_unit_test (test_run_plain_blocks_begin_again),
    cmocka_unit_test (test_run_plain_leave_alone),
  };

  return cmocka_run_group_tests_name ("core/flash/run-plain", tests, NULL, NULL);
}
