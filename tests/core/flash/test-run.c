/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "image/reader.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

#define PYBOARD_SHAPE "0 0x08000000 14872 vector; 0 0x08020000 407064"

/* 3 for each block that is written and each sector that is erased, 1 for each block that is read back
 * and 5 to get to the first of a run and back to writing, and a few besides. */
static void
check_count_model (JmpPlan *plan, JmpDfuInfo *info, guint64 transfers)
{
  JmpPlanTotals totals = jmp_plan_get_totals (plan);
  guint n_steps;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n_steps);
  guint64 model = 3 * ((guint64)totals.blocks_written + totals.sectors_erased);

  for (guint i = 0; i < n_steps; i++) {
    if (steps[i].kind == JMP_STEP_VERIFY)
      model += 5 + (steps[i].length + info->transfer_size - 1) / info->transfer_size;
  }
  print_message ("  %u blocks, %u sectors: %u transfers, %u above the model\n",
                 totals.blocks_written,
                 totals.sectors_erased,
                 (guint)transfers,
                 (guint)(transfers - model));
  assert_true (transfers < model + 30);
}

typedef struct {
  double last;
  JmpPhase phase;
  guint calls;
} Watch;

/* Phases follow each other; only what makes the image start is written when the rest is verified. */
static gboolean
may_follow (JmpPhase phase, JmpPhase last)
{
  return phase >= last || (phase == JMP_PHASE_WRITE && last == JMP_PHASE_VERIFY);
}

static void
watch_cb (const JmpProgress *progress, gpointer user_data)
{
  Watch *watch = user_data;

  assert_true (progress->fraction >= watch->last && progress->fraction <= 1);
  assert_true (may_follow (progress->phase, watch->phase));
  assert_true (progress->phase_done <= progress->phase_total);
  watch->last = progress->fraction;
  watch->phase = progress->phase;
  watch->calls++;
}

/* Flashes an image, and checks everything that can be seen of it. */
static void
flash_and_check (const char *spec, JmpImage *image, gboolean counts)
{
  Bench bench = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (JmpDfu) dfu = NULL;
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  Watch watch = { 0 };
  JmpPlanTotals totals;
  JmpVirtualCounters counters;
  JmpVectorTable table;

  bench_set_up (&bench, spec);
  plan = bench_plan (&bench, image, NULL);
  totals = jmp_plan_get_totals (plan);
  dfu = bench_open (&bench, NULL);
  jmp_virtual_board_reset_counters (bench.board);
  jmp_flash_run (dfu, plan, watch_cb, &watch, NULL, &outcome, &error);
  assert_no_error (error);

  counters = jmp_virtual_board_get_counters (bench.board);
  bench_check_no_violations (&bench);
  assert_true (bench_holds (&bench, image));
  bench_check_rest (&bench, plan);
  assert_int_equal (counters.sectors_erased, totals.sectors_erased);
  assert_int_equal (counters.bytes_programmed, totals.write);
  assert_true (counters.bytes_read >= totals.image);
  if (counts)
    check_count_model (plan, bench.info, outcome.transfers);

  assert_int_equal (outcome.state, JMP_BOARD_STARTED);
  assert_false (outcome.connected);
  assert_int_equal (outcome.bytes_written, totals.write);
  assert_int_equal (outcome.bytes_verified, totals.image);
  assert_int_equal (outcome.sectors_erased, totals.sectors_erased);
  assert_int_equal (outcome.sectors_written, totals.sectors_written);
  assert_true (outcome.seconds[JMP_PHASE_ERASE] > 0);
  assert_true (outcome.seconds[JMP_PHASE_WRITE] > 0);
  assert_true (watch.last >= 1);
  if (jmp_image_find_vector_table (image, &table))
    assert_int_equal (jmp_virtual_board_get_started_at (bench.board), table.address);
  bench_tear_down (&bench);
}

static void
test_run_flashes (void **state)
{
  static const struct {
    const char *name;
    const char *spec;
    const char *image;
    gboolean counts;
  } cases[] = {
    { "the pyboard's shape", "pyboard,speed=0", PYBOARD_SHAPE, TRUE },
    { "three bytes", "pyboard,speed=0", "0 0x08010001 3", TRUE },
    { "to the last byte", "pyboard,speed=0", "0 0x080ffc00 1024", TRUE },
    { "1024-byte blocks", "nucleo-h743,speed=0", "0 0x08000000 300001 vector", TRUE },
    { "a unit in common", "nucleo-h743,speed=0", "0 0x08000000 17; 0 0x08000012 3", TRUE },
    { "stalls when polled early", "f072,speed=0", "0 0x08000000 30001 vector", FALSE },
    { "first block of a sector", "f072,speed=0", "0 0x08000800 2049 vector", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpImage) image = kit_image_new (cases[i].image);

    print_message ("  %s\n", cases[i].name);
    flash_and_check (cases[i].spec, image, cases[i].counts);
  }
}

static void
test_run_flashes_real_firmware (void **state)
{
  g_autofree char *path = firmware_path ("pybv11-network-v1.11.dfu");
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GError) error = NULL;
  const JmpReadOptions options = { 0 };

  if (path == NULL)
    skip ();
  file = g_file_new_for_path (path);
  image = jmp_image_read_file (file, &options, NULL, &error);
  assert_no_error (error);
  flash_and_check ("pyboard,speed=0", image, TRUE);
}

/* One plan on one board, ending as it may. */
static gboolean
run_plan (Bench *bench, JmpPlan *plan, JmpOutcome *outcome, GError **error)
{
  g_autoptr (JmpDfu) dfu = bench_open (bench, NULL);

  return jmp_flash_run (dfu, plan, NULL, NULL, NULL, outcome, error);
}

static void
test_run_without_verify_is_unverified (void **state)
{
  const JmpPlanOptions options = { .verify = FALSE, .leave = FALSE };
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08008000 3000");
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  plan = bench_plan (&bench, image, &options);
  assert_true (run_plan (&bench, plan, &outcome, NULL));
  assert_int_equal (outcome.state, JMP_BOARD_UNVERIFIED);
  assert_true (outcome.connected);
  bench_check_idle (&bench);
  bench_tear_down (&bench);
}

static void
test_run_verify_changes_nothing (void **state)
{
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08008000 3000");
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  Bench bench = { 0 };
  guint8 wrong;

  bench_set_up (&bench, "pyboard,speed=0");
  plan = jmp_plan_verify (image, bench.info, NULL);
  for (guint32 i = 0; i < 3000; i++) {
    guint8 byte = kit_byte_at (0x08008000 + i);

    jmp_virtual_board_poke (bench.board, 0, 0x08008000 + i, &byte, 1);
  }
  bench_remember (&bench);
  assert_true (run_plan (&bench, plan, &outcome, &error));
  assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
  assert_int_equal (outcome.bytes_verified, 3000);
  bench_check_idle (&bench);

  wrong = (guint8)~kit_byte_at (0x08008ABC);
  jmp_virtual_board_poke (bench.board, 0, 0x08008ABC, &wrong, 1);
  bench_remember (&bench);
  assert_false (run_plan (&bench, plan, &outcome, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_VERIFY, "0x08008ABC holds");
  assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
  assert_true (outcome.has_difference);
  assert_int_equal (outcome.difference_address, 0x08008ABC);
  assert_int_equal (outcome.expected, kit_byte_at (0x08008ABC));
  assert_int_equal (outcome.found, wrong);
  assert_true (outcome.connected);
  bench_check_idle (&bench);
  bench_check_rest (&bench, plan);
  bench_check_no_violations (&bench);
  bench_tear_down (&bench);
}

/* Where the memory map may be another chip's, that is said, and only there. */
static void
test_run_doubts_the_map (void **state)
{
  static const struct {
    const char *name;
    gboolean may_lie;
    gboolean protected;
  } rows[] = {
    { "protected, the map may be wrong", TRUE, TRUE },
    { "protected, the map is known", FALSE, TRUE },
    { "different, the map may be wrong", TRUE, FALSE },
    { "different, the map is known", FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpImage) image = kit_image_new ("0 0x08020000 3000");
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    Bench bench = { 0 };

    print_message ("  %s\n", rows[i].name);
    bench_set_up (&bench, "pyboard,speed=0");
    if (rows[i].may_lie)
      bench.info->quirks.flags |= JMP_QUIRK_MAP_MAY_LIE;
    if (rows[i].protected)
      jmp_virtual_board_protect_sector (bench.board, 0, 0x08020000);
    plan = rows[i].protected ? bench_plan (&bench, image, NULL)
                             : jmp_plan_verify (image, bench.info, NULL);
    assert_false (run_plan (&bench, plan, &outcome, &error));
    assert_error (error,
                  JMP_ERROR,
                  rows[i].protected ? JMP_ERROR_WRITE_PROTECTED : JMP_ERROR_VERIFY,
                  "0x08020000 holds");
    assert_true ((strstr (error->message, "memory map") != NULL) == rows[i].may_lie);
    bench_tear_down (&bench);
  }
}

/* The ROM reports the erase and the writes as done; the bytes say otherwise. */
static void
test_run_write_protected_sector_is_no_success (void **state)
{
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08020000 3000");
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  jmp_virtual_board_protect_sector (bench.board, 0, 0x08020000);
  plan = bench_plan (&bench, image, NULL);
  assert_false (run_plan (&bench, plan, &outcome, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED, "0x08020000 holds");
  assert_int_equal (outcome.state, JMP_BOARD_DIFFERS);
  assert_true (outcome.has_difference);
  assert_true (outcome.connected);
  bench_check_idle (&bench);
  bench_tear_down (&bench);
}

static void
test_run_erase (void **state)
{
  static const struct {
    const char *name;
    guint32 address;
    guint64 length;
    gboolean protected;
  } cases[] = {
    { "two sectors", 0x08004000, 0x8000, FALSE },
    { "the last one", 0x080E0000, 0x20000, FALSE },
    { "a write-protected one", 0x08004000, 0x4000, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_autofree guint8 *after = NULL;
    Bench bench = { 0 };
    gboolean ok;

    print_message ("  %s\n", cases[i].name);
    bench_set_up (&bench, "pyboard,speed=0");
    if (cases[i].protected)
      jmp_virtual_board_protect_sector (bench.board, 0, cases[i].address);
    plan = jmp_plan_erase_range (bench.info, 0, cases[i].address, cases[i].length, &error);
    assert_no_error (error);
    ok = run_plan (&bench, plan, &outcome, &error);
    after = bench_flash (&bench);
    bench_check_rest (&bench, plan);
    bench_check_idle (&bench);
    bench_check_no_violations (&bench);
    if (cases[i].protected) {
      assert_false (ok);
      assert_error (error, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED, "after an erase");
      assert_int_equal (outcome.state, JMP_BOARD_DIFFERS);
    } else {
      assert_no_error (error);
      assert_int_equal (outcome.state, JMP_BOARD_COMPLETE);
      for (guint64 j = 0; j < cases[i].length; j++)
        assert_int_equal (after[cases[i].address - bench.base + j], 0xFF);
    }
    bench_tear_down (&bench);
  }
}

static void
test_run_erase_all (void **state)
{
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  plan = jmp_plan_erase_all (bench.info, 0, NULL);
  run_plan (&bench, plan, &outcome, &error);
  assert_no_error (error);
  assert_int_equal (outcome.state, JMP_BOARD_COMPLETE);
  assert_int_equal (outcome.sectors_erased, 12);
  assert_int_equal (outcome.bytes_verified, 1024 * 1024);
  bench_tear_down (&bench);
}

static void
test_run_backup_is_the_memory (void **state)
{
  static const char *const kinds[] = { "pyboard,speed=0", "nucleo-h743,speed=0", "f072,speed=0" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (GError) error = NULL;
    const JmpImageTarget *target;
    Bench bench = { 0 };
    guint64 blocks;

    bench_set_up (&bench, kinds[i]);
    plan = jmp_plan_backup (bench.info, 0, NULL);
    run_plan (&bench, plan, &outcome, &error);
    assert_no_error (error);
    assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
    assert_int_equal (outcome.bytes_read, bench.size);
    assert_int_equal (jmp_image_get_vid (outcome.read), bench.info->vid);
    assert_int_equal (jmp_image_get_pid (outcome.read), bench.info->pid);
    target = jmp_image_get_target (outcome.read, 0);
    assert_int_equal (target->n_segments, 1);
    assert_int_equal (target->segments[0].address, bench.base);
    assert_memory_equal (
        g_bytes_get_data (target->segments[0].bytes, NULL), bench.before, bench.size);
    blocks = bench.size / bench.info->transfer_size;
    assert_true (outcome.transfers < blocks + 20);
    bench_check_idle (&bench);
    bench_check_no_violations (&bench);
    bench_tear_down (&bench);
  }
}

static void
test_run_backup_range (void **state)
{
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  const JmpImageTarget *target;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  plan = jmp_plan_backup_range (bench.info, 0, 0x080FF001, 0xFFF, NULL);
  run_plan (&bench, plan, &outcome, &error);
  assert_no_error (error);
  target = jmp_image_get_target (outcome.read, 0);
  assert_int_equal (g_bytes_get_size (target->segments[0].bytes), 0xFFF);
  assert_memory_equal (
      g_bytes_get_data (target->segments[0].bytes, NULL), bench.before + 0xFF001, 0xFFF);
  bench_check_no_violations (&bench);
  bench_tear_down (&bench);
}

static void
test_run_other_alt (void **state)
{
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };
  guint8 otp[528];

  bench_set_up (&bench, "pyboard,speed=0");
  assert_true (jmp_virtual_board_peek (bench.board, 2, 0x1FFF7800, otp, sizeof otp));
  plan = jmp_plan_backup (bench.info, 2, NULL);
  run_plan (&bench, plan, &outcome, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_target (outcome.read, 0)->alt, 2);
  assert_memory_equal (
      g_bytes_get_data (jmp_image_get_target (outcome.read, 0)->segments[0].bytes, NULL),
      otp,
      sizeof otp);
  bench_check_no_violations (&bench);
  bench_tear_down (&bench);
}

static void
test_run_leave (void **state)
{
  g_auto (JmpOutcome) outcome = { 0 };
  g_autoptr (JmpPlan) plan = NULL;
  g_autoptr (GError) error = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  plan = jmp_plan_leave (bench.info, 0x08000000, NULL);
  run_plan (&bench, plan, &outcome, &error);
  assert_no_error (error);
  assert_int_equal (outcome.state, JMP_BOARD_STARTED);
  assert_false (outcome.connected);
  assert_int_equal (jmp_virtual_board_get_state (bench.board), JMP_VIRTUAL_RUNNING);
  bench_tear_down (&bench);
}

/* Everything fails with a code that says why, and nothing was touched. */
static void
test_run_read_protected (void **state)
{
  static const char *const kinds[] = { "pyboard,speed=0", "nucleo-h743,speed=0", "f072,speed=0" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++) {
    g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 3000 vector");
    Bench bench = { 0 };
    JmpPlan *plans[4];

    bench_set_up (&bench, kinds[i]);
    jmp_virtual_board_set_read_protection (bench.board, 1);
    plans[0] = bench_plan (&bench, image, NULL);
    plans[1] = jmp_plan_verify (image, bench.info, NULL);
    plans[2] = jmp_plan_backup (bench.info, 0, NULL);
    plans[3] = jmp_plan_erase_all (bench.info, 0, NULL);
    for (guint j = 0; j < G_N_ELEMENTS (plans); j++) {
      g_auto (JmpOutcome) outcome = { 0 };
      g_autoptr (GError) error = NULL;

      assert_false (run_plan (&bench, plans[j], &outcome, &error));
      assert_error (error, JMP_ERROR, JMP_ERROR_READ_PROTECTED, NULL);
      assert_int_equal (outcome.state, JMP_BOARD_UNTOUCHED);
      assert_true (outcome.connected);
      assert_null (outcome.read);
      bench_check_rest (&bench, plans[1]);
      bench_check_idle (&bench);
    }
    for (guint j = 0; j < G_N_ELEMENTS (plans); j++)
      jmp_plan_unref (plans[j]);
    bench_tear_down (&bench);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_run_flashes),
    cmocka_unit_test (test_run_flashes_real_firmware),
    cmocka_unit_test (test_run_without_verify_is_unverified),
    cmocka_unit_test (test_run_verify_changes_nothing),
    cmocka_unit_test (test_run_doubts_the_map),
    cmocka_unit_test (test_run_write_protected_sector_is_no_success),
    cmocka_unit_test (test_run_erase),
    cmocka_unit_test (test_run_erase_all),
    cmocka_unit_test (test_run_backup_is_the_memory),
    cmocka_unit_test (test_run_backup_range),
    cmocka_unit_test (test_run_other_alt),
    cmocka_unit_test (test_run_leave),
    cmocka_unit_test (test_run_read_protected),
  };

  return cmocka_run_group_tests_name ("core/flash/run", tests, NULL, NULL);
}
