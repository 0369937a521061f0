/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A backup as the first part of a job. */

#include "assert-text.h"

#include "backup/keeper.h"
#include "base/error.h"
#include "store-kit.h"
#include "virtual/virtual-usb.h"

typedef struct {
  JmpVirtualBoard *board;
  JmpDfuInfo *info;
  JmpBackupKeeper *keeper;
  JmpJob *job;
} Fixture;

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  return jmp_virtual_usb_open (user_data, error);
}

static void
fixture_init (Fixture *self, StoreKit *kit)
{
  JmpBackupLabel label = store_kit_label (KIT_DATE);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = NULL;
  g_autoptr (JmpPlan) plan = NULL;

  self->board = jmp_virtual_board_new ("pyboard,speed=0", &error);
  usb = jmp_virtual_usb_open (self->board, &error);
  self->info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  label.info = self->info;
  plan = jmp_plan_backup_all (self->info, FALSE, &error);
  assert_no_error (error);
  self->job = jmp_job_new (self->info, open_cb, self->board, NULL);
  self->keeper = jmp_backup_keeper_new (kit->store, &label);
  jmp_backup_keeper_attach (self->keeper, self->job, plan);
}

static void
fixture_clear (Fixture *self)
{
  g_object_unref (self->job);
  jmp_backup_keeper_unref (self->keeper);
  jmp_dfu_info_unref (self->info);
  jmp_virtual_board_unref (self->board);
}

static void
set_flash (Fixture *self)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 0x1000");

  jmp_job_set_flash (self->job, image, &options);
}

static void
test_keeper_keeps_before_the_work (void **state)
{
  StoreKit *kit = *state;
  Fixture self = { 0 };
  g_autofree char *list = NULL;
  g_autoptr (JmpImage) kept = NULL;
  g_autoptr (GError) error = NULL;
  guint8 before[64], after[64];
  const guint8 *saved;

  fixture_init (&self, kit);
  jmp_virtual_board_peek (self.board, 0, 0x08000000, before, sizeof before);
  set_flash (&self);
  jmp_job_run (self.job, NULL, &error);
  assert_no_error (error);
  jmp_virtual_board_peek (self.board, 0, 0x08000000, after, sizeof after);
  assert_memory_not_equal (before, after, sizeof before);
  list = store_kit_list (kit, KIT_IDENTITY);
  assert_string_equal (list, "+0 s, 1048576 bytes, first-flash\n");
  kept = jmp_backup_store_load (
      kit->store, jmp_backup_keeper_get_backup (self.keeper), NULL, &error);
  assert_no_error (error);
  saved = g_bytes_get_data (jmp_image_get_target (kept, 0)->segments[0].bytes, NULL);
  assert_memory_equal (saved, before, sizeof before);
  fixture_clear (&self);
}

static void
test_keeper_is_all_the_work (void **state)
{
  StoreKit *kit = *state;
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  fixture_init (&self, kit);
  jmp_job_run (self.job, NULL, &error);
  assert_no_error (error);
  assert_non_null (jmp_backup_keeper_get_backup (self.keeper));
  assert_int_equal (jmp_job_get_outcome (self.job)->state, JMP_BOARD_UNTOUCHED);
  assert_int_equal (jmp_virtual_board_get_counters (self.board).bytes_erased, 0);
  fixture_clear (&self);
}

/* Without a backup that is safe, nothing is changed. */
static void
test_keeper_that_cannot_keep_stops_the_work (void **state)
{
  StoreKit *kit = *state;
  g_autofree char *path = g_build_filename (kit->folder, "backups", NULL);
  Fixture self = { 0 };
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  fixture_init (&self, kit);
  set_flash (&self);
  assert_false (jmp_job_run (self.job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping a backup");
  assert_null (jmp_backup_keeper_get_backup (self.keeper));
  assert_int_equal (jmp_virtual_board_get_counters (self.board).bytes_erased, 0);
  assert_int_equal (jmp_virtual_board_get_counters (self.board).bytes_programmed, 0);
  fixture_clear (&self);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, store_kit_set_up, store_kit_tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_keeper_keeps_before_the_work),
    TEST (test_keeper_is_all_the_work),
    TEST (test_keeper_that_cannot_keep_stops_the_work),
  };

  return cmocka_run_group_tests_name ("backup/keeper", tests, NULL, NULL);
}
