/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Memory whose erased bytes read 0x00, memory whose erased bytes read 0xFF, and memory of which nobody
 * knows: a file with long runs of both comes onto each, and what is called blank is blank. */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "flash/job.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

#include <string.h>

/* Of whole blocks of 2048 bytes: bytes, 0xFF, bytes, 0x00, and some more bytes. */
#define START  0x08001000u
#define BLOCK  2048u
#define LENGTH (10 * BLOCK + 17)

static const struct {
  const char *name;
  const char *spec;
  gboolean unknown;  /* a boot loader that nobody has heard of */
  guint8 blank;      /* what the chip erases to */
  guint blocks_less; /* blank blocks that are not written */
} boards[] = {
  { "pyboard", "pyboard,speed=0", FALSE, 0xFF, 3 },
  { "STM32L0", "l073,speed=0", FALSE, 0x00, 2 },
  { "STM32L1", "l152,speed=0", FALSE, 0x00, 2 },
  { "unknown, with 0xFF", "pyboard,speed=0", TRUE, 0xFF, 0 },
  { "unknown, with 0x00", "l073,speed=0", TRUE, 0x00, 0 },
};

static void
set_up_board (Bench *bench, guint row)
{
  bench_set_up (bench, boards[row].spec);
  for (guint i = 0; boards[row].unknown && i < bench->info->alts->len; i++)
    ((JmpDfuAlt *)g_ptr_array_index (bench->info->alts, i))->quirks.erased = JMP_ERASED_UNKNOWN;
}

static JmpImage *
make_image (void)
{
  g_autofree guint8 *data = g_malloc (LENGTH);
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  for (guint i = 0; i < LENGTH; i++)
    data[i] = (guint8)(kit_byte_at (START + i) | 1);
  memset (data + 2 * BLOCK, 0xFF, 3 * BLOCK);
  memset (data + 7 * BLOCK, 0x00, 2 * BLOCK);
  bytes = g_bytes_new (data, LENGTH);
  assert_true (jmp_image_builder_add (builder, 0, START, bytes, &error));
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  return image;
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  Bench *bench = user_data;

  return jmp_virtual_usb_open (bench->board, error);
}

/* Looks, and does what is left to do. */
static const JmpOutcome *
flash (Bench *bench, JmpImage *image, const JmpPlanOptions *options, JmpJob **job)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (job);
  *job = jmp_job_new (bench->info, open_cb, bench, NULL);
  jmp_job_set_flash (*job, image, options);
  jmp_job_run (*job, NULL, &error);
  assert_no_error (error);
  return jmp_job_get_outcome (*job);
}

static void
fill_board (Bench *bench, guint8 byte)
{
  g_autofree guint8 *bytes = g_malloc (bench->size);

  memset (bytes, byte, bench->size);
  assert_true (jmp_virtual_board_poke (bench->board, 0, bench->base, bytes, bench->size));
  bench_remember (bench);
}

static void
test_erased_file_of_both (void **state)
{
  const JmpPlanOptions options = { .verify = TRUE };

  for (guint row = 0; row < G_N_ELEMENTS (boards); row++) {
    g_autoptr (JmpImage) image = make_image ();
    g_autoptr (JmpJob) job = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    Bench bench = { 0 };
    guint32 padding;

    print_message ("  %s\n", boards[row].name);
    set_up_board (&bench, row);
    fill_board (&bench, 0x5A);
    plan = bench_plan (&bench, image, &options);
    padding = (32 - LENGTH % 32) % 32;
    assert_int_equal (jmp_plan_get_totals (plan).write,
                      LENGTH + padding - boards[row].blocks_less * BLOCK);
    assert_int_equal (flash (&bench, image, &options, &job)->state, JMP_BOARD_COMPLETE);
    assert_true (bench_holds (&bench, image));
    bench_check_no_violations (&bench);
    /* all is there: nothing is left to do */
    assert_int_equal (flash (&bench, image, &options, &job)->sectors_erased, 0);
    bench_tear_down (&bench);
  }
}

/* What is left beside the image is as an erase leaves it, or as it was. */
static void
test_erased_keeps_what_reads_blank_elsewhere (void **state)
{
  const JmpPlanOptions options = { .verify = TRUE, .preserve = JMP_PRESERVE_ALWAYS };

  for (guint row = 0; row < G_N_ELEMENTS (boards); row++) {
    for (guint fill = 0; fill < 2; fill++) {
      g_autoptr (JmpImage) image = kit_image_new ("0 0x08004013 21");
      g_autoptr (JmpJob) job = NULL;
      g_autofree guint8 *after = NULL;
      Bench bench = { 0 };
      guint8 one = 0x3C;

      print_message ("  %s\n", boards[row].name);
      set_up_board (&bench, row);
      fill_board (&bench, fill == 0 ? 0x00 : 0xFF);
      jmp_virtual_board_poke (bench.board, 0, 0x08004070, &one, 1);
      bench_remember (&bench);
      assert_int_equal (flash (&bench, image, &options, &job)->state, JMP_BOARD_COMPLETE);
      assert_true (bench_holds (&bench, image));
      after = bench_flash (&bench);
      memcpy (after + 0x4013, bench.before + 0x4013, 21);
      assert_memory_equal (after, bench.before, bench.size);
      bench_check_no_violations (&bench);
      bench_tear_down (&bench);
    }
  }
}

/* A sector is blank only when it reads what an erase leaves. */
static void
test_erased_blank_sectors_are_not_erased (void **state)
{
  const JmpPlanOptions options = { .verify = TRUE };

  for (guint row = 0; row < G_N_ELEMENTS (boards); row++) {
    for (guint fill = 0; fill < 2; fill++) {
      g_autoptr (JmpImage) image = make_image ();
      g_autoptr (JmpJob) job = NULL;
      Bench bench = { 0 };
      guint8 byte = fill == 0 ? 0x00 : 0xFF;
      gboolean blank = byte == boards[row].blank && !boards[row].unknown;
      const JmpOutcome *outcome;

      set_up_board (&bench, row);
      fill_board (&bench, byte);
      outcome = flash (&bench, image, &options, &job);
      assert_int_equal (outcome->state, JMP_BOARD_COMPLETE);
      if ((outcome->sectors_erased == 0) != blank)
        fail_msg ("%s full of 0x%02X: %u erased", boards[row].name, byte, outcome->sectors_erased);
      assert_true (bench_holds (&bench, image));
      bench_check_no_violations (&bench);
      bench_tear_down (&bench);
    }
  }
}

static void
test_erased_proof_of_an_erase (void **state)
{
  for (guint row = 0; row < G_N_ELEMENTS (boards); row++) {
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    g_autofree guint8 *after = NULL;
    Bench bench = { 0 };

    print_message ("  %s\n", boards[row].name);
    set_up_board (&bench, row);
    fill_board (&bench, 0x5A);
    plan = jmp_plan_erase_all (bench.info, 0, &error);
    assert_no_error (error);
    dfu = bench_open (&bench, NULL);
    assert_true (jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error));
    assert_no_error (error);
    assert_int_equal (outcome.state, JMP_BOARD_COMPLETE);
    assert_int_equal (outcome.bytes_verified, bench.size);
    after = bench_flash (&bench);
    for (gsize i = 0; i < bench.size; i++)
      assert_int_equal (after[i], boards[row].blank);
    bench_tear_down (&bench);
  }
}

/* An erase that was reported as done and was not is found out, also where nobody knows what it should
 * have left. */
static void
test_erased_protected_sector (void **state)
{
  for (guint row = 0; row < G_N_ELEMENTS (boards); row++) {
    g_autoptr (JmpPlan) plan = NULL;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (GError) error = NULL;
    g_auto (JmpOutcome) outcome = { 0 };
    Bench bench = { 0 };

    print_message ("  %s\n", boards[row].name);
    set_up_board (&bench, row);
    fill_board (&bench, 0x5A);
    jmp_virtual_board_protect_sector (bench.board, 0, 0x08010000);
    plan = jmp_plan_erase_all (bench.info, 0, NULL);
    dfu = bench_open (&bench, NULL);
    assert_false (jmp_flash_run (dfu, plan, NULL, NULL, NULL, &outcome, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_WRITE_PROTECTED, "0x08010000 holds 0x5A");
    assert_int_equal (outcome.state, JMP_BOARD_DIFFERS);
    bench_tear_down (&bench);
  }
}

/* Data EEPROM is a memory of its own: written in place, byte by byte, and never erased. */
static void
test_erased_data_eeprom (void **state)
{
  static const struct {
    const char *spec;
    guint32 size;
  } rows[] = { { "l073,speed=0", 6144 }, { "l152,speed=0", 8192 } };
  const JmpPlanOptions options = { .verify = TRUE, .preserve = JMP_PRESERVE_ALWAYS };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpImage) image = kit_image_new ("2 0x08080021 100; 2 0x08080BF0 64");
    g_autofree guint8 *before = g_malloc (rows[i].size);
    g_autofree guint8 *after = g_malloc (rows[i].size);
    g_auto (JmpOutcome) outcome = { 0 };
    g_autoptr (JmpPlan) backup = NULL;
    g_autoptr (JmpPlan) verify = NULL;
    g_autoptr (JmpJob) job = NULL;
    g_autoptr (JmpDfu) dfu = NULL;
    g_autoptr (GError) error = NULL;
    Bench bench = { 0 };

    bench_set_up (&bench, rows[i].spec);
    assert_true (jmp_virtual_board_peek (bench.board, 2, 0x08080000, before, rows[i].size));
    backup = jmp_plan_backup (bench.info, 2, &error);
    assert_no_error (error);
    dfu = bench_open (&bench, NULL);
    assert_true (jmp_flash_run (dfu, backup, NULL, NULL, NULL, &outcome, &error));
    g_clear_pointer (&dfu, jmp_dfu_free);
    assert_int_equal (jmp_image_get_size (outcome.read), rows[i].size);

    assert_int_equal (flash (&bench, image, &options, &job)->state, JMP_BOARD_COMPLETE);
    assert_int_equal (jmp_job_get_outcome (job)->sectors_erased, 0);
    assert_true (jmp_virtual_board_peek (bench.board, 2, 0x08080000, after, rows[i].size));
    for (guint32 n = 0; n < rows[i].size; n++) {
      gboolean named = (n >= 0x21 && n < 0x21 + 100) || (n >= 0xBF0 && n < 0xBF0 + 64);

      assert_int_equal (after[n], named ? kit_byte_at (0x08080000 + n) : before[n]);
    }

    assert_int_equal (flash (&bench, outcome.read, &options, &job)->state, JMP_BOARD_COMPLETE);
    assert_true (jmp_virtual_board_peek (bench.board, 2, 0x08080000, after, rows[i].size));
    assert_memory_equal (after, before, rows[i].size);
    verify = jmp_plan_verify (outcome.read, bench.info, &error);
    assert_no_error (error);
    bench_check_no_violations (&bench);

    assert_null (jmp_plan_erase_all (bench.info, 2, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "DATA Memory (alt 2) can be erased");
    bench_tear_down (&bench);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_erased_file_of_both),
    cmocka_unit_test (test_erased_keeps_what_reads_blank_elsewhere),
    cmocka_unit_test (test_erased_blank_sectors_are_not_erased),
    cmocka_unit_test (test_erased_proof_of_an_erase),
    cmocka_unit_test (test_erased_protected_sector),
    cmocka_unit_test (test_erased_data_eeprom),
  };

  return cmocka_run_group_tests_name ("core/flash/erased", tests, NULL, NULL);
}
