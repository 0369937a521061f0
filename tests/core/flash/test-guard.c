/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board-kit.h"
#include "flash/guard.h"
#include "flash/job.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

#define F405         "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define OPTION_BYTES "@Option Bytes  /0x1FFFC000/01*016 e"
#define CORE         "@Internal Flash  /0x08000000/20*001Ka,108*001Kg"
#define SPI          "@SPI Flash : SST25x/0x00000000/512*04Kg"

static const JmpGuardRegion core_regions[] = {
  { 0, 0x08000000, 0x4C00, "Spark boot loader", "boot-loader" },
  { 1, 0x00001000, 0x1000, "server public key", "keys" },
  { 1, 0x00002000, 0x1000, "device private key", "keys" },
  { 1, 0x00020000, 0x20000, "factory firmware", "update" },
};

/* Inside one sector of an F405, with code beside it. */
static const JmpGuardRegion f405_regions[] = {
  { 0, 0x08004000, 0x1C000, "settings", "settings" },
  { 1, 0x1FFFC000, 0x10, "option bytes", "option-bytes" },
};

static char *
list (JmpPlan *plan, const JmpGuardRegion *regions, guint n_regions)
{
  g_autoptr (GArray) hits = jmp_guard_find (plan, regions, n_regions);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < hits->len; i++) {
    const JmpGuardHit *hit = &g_array_index (hits, JmpGuardHit, i);

    g_string_append_printf (text,
                            "%s: %u 0x%08x +0x%x, %u bytes\n",
                            hit->region->name,
                            hit->region->alt,
                            hit->address,
                            hit->length,
                            hit->bytes);
  }
  return g_string_free (text, FALSE);
}

typedef struct {
  const char *name;
  const char *image;
  const char *expected;
} Case;

static const Case core_cases[] = {
  { "user data", "1 0x80000 0x5000", "" },
  { "the application, at an address that the keys have in the other memory",
    "0 0x08005000 0x400",
    "" },
  { "one byte of a key", "1 0x2FFF 1", "device private key: 1 0x00002000 +0x1000, 4096 bytes\n" },
  { "beside the keys", "1 0 0x1000; 1 0x3000 0x1000", "" },
  { "across both keys",
    "1 0xF00 0x2000",
    "server public key: 1 0x00001000 +0x1000, 4096 bytes\n"
    "device private key: 1 0x00002000 +0x1000, 4096 bytes\n" },
  { "the last sector of the factory firmware",
    "1 0x3F000 0x2000",
    "factory firmware: 1 0x0003f000 +0x1000, 4096 bytes\n" },
};

static void
test_guard_finds_what_an_image_changes (void **state)
{
  const char *const layouts[] = { CORE, SPI, NULL };
  const JmpPlanOptions how = { .verify = TRUE, .preserve = JMP_PRESERVE_NEVER };
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);

  for (guint i = 0; i < G_N_ELEMENTS (core_cases); i++) {
    const Case *c = &core_cases[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = kit_image_new (c->image);
    g_autoptr (JmpPlan) look = jmp_plan_survey (image, board, &how, &error);
    g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &how, &error);
    g_autofree char *before = NULL;
    g_autofree char *after = NULL;

    print_message ("  %s\n", c->name);
    assert_no_error (error);
    before = list (look, core_regions, G_N_ELEMENTS (core_regions));
    after = list (plan, core_regions, G_N_ELEMENTS (core_regions));
    assert_lines_equal (before, c->expected);
    assert_lines_equal (after, c->expected);
  }
}

static void
test_guard_knows_what_is_kept (void **state)
{
  const char *const layouts[] = { F405, OPTION_BYTES, NULL };
  JmpPlanOptions how = { .verify = TRUE, .preserve = JMP_PRESERVE_ALWAYS };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08010000 0x100 v");
  g_autoptr (JmpPlan) kept = jmp_plan_survey (image, board, &how, &error);
  g_autoptr (JmpPlan) lost = NULL;
  g_autofree char *with = list (kept, f405_regions, G_N_ELEMENTS (f405_regions));
  g_autofree char *without = NULL;

  /* the image names 256 bytes of a sector of 64 KiB, which the region has as a whole */
  assert_lines_equal (with, "settings: 0 0x08010000 +0x100, 256 bytes\n");
  how.preserve = JMP_PRESERVE_NEVER;
  lost = jmp_plan_survey (image, board, &how, &error);
  without = list (lost, f405_regions, G_N_ELEMENTS (f405_regions));
  assert_lines_equal (without, "settings: 0 0x08010000 +0x10000, 65536 bytes\n");
}

static void
test_guard_finds_what_an_erase_takes (void **state)
{
  const char *const layouts[] = { CORE, SPI, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (JmpPlan) all = jmp_plan_erase_all (board, 1, &error);
  g_autoptr (JmpPlan) range = jmp_plan_erase_range (board, 1, 0x80000, 0x1000, &error);
  g_autoptr (JmpPlan) read = jmp_plan_backup (board, 1, &error);
  g_autofree char *text = list (all, core_regions, G_N_ELEMENTS (core_regions));
  g_autofree char *nothing = list (range, core_regions, G_N_ELEMENTS (core_regions));
  g_autofree char *none = list (read, core_regions, G_N_ELEMENTS (core_regions));

  assert_no_error (error);
  assert_lines_equal (text,
                      "server public key: 1 0x00001000 +0x1000, 4096 bytes\n"
                      "device private key: 1 0x00002000 +0x1000, 4096 bytes\n"
                      "factory firmware: 1 0x00020000 +0x20000, 131072 bytes\n");
  assert_string_equal (nothing, "");
  assert_string_equal (none, "");
  assert_false (jmp_guard_check (all, core_regions, G_N_ELEMENTS (core_regions), &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "0x00001000+0x1000 (alt 1)");
  assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "server public key");
  assert_true (jmp_guard_check (range, core_regions, G_N_ELEMENTS (core_regions), NULL));
  assert_true (jmp_guard_check (all, NULL, 0, NULL));
}

static void
test_guard_special_memory (void **state)
{
  const char *const layouts[] = { F405, OPTION_BYTES, NULL };
  JmpPlanOptions how = { .verify = TRUE };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 0x100 v; 1 0x1FFFC000 0x10");
  g_autoptr (JmpPlan) refused = jmp_plan_survey (image, board, &how, &error);
  g_autoptr (JmpPlan) plan = NULL;
  g_autofree char *text = NULL;

  assert_null (refused);
  assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "Option Bytes");
  g_clear_error (&error);
  how.special = TRUE;
  plan = jmp_plan_survey (image, board, &how, &error);
  assert_no_error (error);
  text = list (plan, f405_regions, G_N_ELEMENTS (f405_regions));
  assert_lines_equal (text, "option bytes: 1 0x1fffc000 +0x10, 16 bytes\n");
}

static void
test_guard_plans_the_backup (void **state)
{
  const char *const layouts[] = { CORE, SPI, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) board = kit_board_new (layouts);
  g_autoptr (JmpPlan) erase = jmp_plan_erase_range (board, 1, 0x1000, 0x3000, &error);
  g_autoptr (JmpPlan) whole = jmp_plan_backup (board, 0, &error);
  g_autoptr (GArray) hits = jmp_guard_find (erase, core_regions, G_N_ELEMENTS (core_regions));
  g_autoptr (JmpPlan) alone = jmp_guard_plan_backup (board, NULL, hits, &error);
  g_autoptr (JmpPlan) both = jmp_guard_plan_backup (board, whole, hits, &error);
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;

  assert_no_error (error);
  one = jmp_plan_to_string (alone);
  two = jmp_plan_to_string (both);
  assert_lines_equal (one, "READ   alt 1 0x00001000 +0x2000\nTOTAL  read 8192\n");
  assert_lines_equal (two,
                      "READ   alt 0 0x08000000 +0x20000\nREAD   alt 1 0x00001000 +0x2000\n"
                      "TOTAL  read 139264\n");
  board->attributes = JMP_DFU_CAN_DOWNLOAD;
  assert_null (jmp_guard_plan_backup (board, NULL, hits, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "read back");
}

static JmpUsb *
open_bench (gpointer user_data, GError **error)
{
  Bench *bench = user_data;

  return jmp_virtual_usb_open (bench->board, error);
}

static JmpJob *
make_job (Bench *bench, JmpImage *image, guint n_regions)
{
  const JmpPlanOptions how = { .verify = TRUE };
  JmpJob *job = jmp_job_new (bench->info, open_bench, bench, NULL);

  jmp_job_set_flash (job, image, &how);
  jmp_job_set_guard (job, core_regions, n_regions);
  return job;
}

/* Whoever forgot to ask: the job does not do it. */
static void
test_guard_stops_a_job (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpImage) image = kit_image_new ("1 0x2000 0x100");
  g_autoptr (JmpJob) stopped = NULL;
  g_autoptr (JmpJob) done = NULL;
  g_autoptr (JmpJob) again = NULL;
  Bench bench;

  bench_set_up (&bench, "spark,speed=0");
  stopped = make_job (&bench, image, G_N_ELEMENTS (core_regions));
  assert_false (jmp_job_run (stopped, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "device private key");
  assert_int_equal (jmp_job_get_outcome (stopped)->state, JMP_BOARD_UNTOUCHED);
  g_clear_error (&error);

  done = make_job (&bench, image, 2);
  assert_true (jmp_job_run (done, NULL, &error));
  assert_no_error (error);
  /* what is there already is not written, so nothing has to be agreed to */
  again = make_job (&bench, image, G_N_ELEMENTS (core_regions));
  assert_true (jmp_job_run (again, NULL, &error));
  assert_no_error (error);
  bench_check_no_violations (&bench);
  bench_tear_down (&bench);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_guard_finds_what_an_image_changes),
    cmocka_unit_test (test_guard_knows_what_is_kept),
    cmocka_unit_test (test_guard_finds_what_an_erase_takes),
    cmocka_unit_test (test_guard_special_memory),
    cmocka_unit_test (test_guard_plans_the_backup),
    cmocka_unit_test (test_guard_stops_a_job),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
