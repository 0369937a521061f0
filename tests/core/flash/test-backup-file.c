/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "flash/backup-file.h"
#include "image/reader.h"
#include "plan-kit.h"

#include <glib/gstdio.h>

static int
set_up (void **state)
{
  *state = g_dir_make_tmp ("jumper-backup-XXXXXX", NULL);
  return *state != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  GDir *dir = g_dir_open (*state, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (*state, name, NULL);

    if (g_remove (path) != 0)
      g_rmdir (path);
  }
  g_dir_close (dir);
  g_rmdir (*state);
  g_free (*state);
  return 0;
}

static guint
count_files (const char *folder)
{
  GDir *dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (dir) != NULL)
    count++;
  g_dir_close (dir);
  return count;
}

static void
test_backup_file_format_by_name (void **state)
{
  static const struct {
    const char *path;
    JmpBackupFormat format;
  } cases[] = {
    { "a.dfu", JMP_BACKUP_DFUSE }, { "dir.dfu/A.DFU", JMP_BACKUP_DFUSE },
    { ".dfu", JMP_BACKUP_DFUSE },  { "a.bin", JMP_BACKUP_RAW },
    { "dfu", JMP_BACKUP_RAW },     { "a.dfu.bak", JMP_BACKUP_RAW },
    { "", JMP_BACKUP_RAW },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_int_equal (jmp_backup_format_for_path (cases[i].path), cases[i].format);
}

static void
test_backup_file_check (void **state)
{
  g_autofree char *there = g_build_filename (*state, "there.dfu", NULL);
  g_autofree char *absent = g_build_filename (*state, "absent.dfu", NULL);
  g_autofree char *nowhere = g_build_filename (*state, "no", "such", "folder.dfu", NULL);
  const struct {
    const char *path;
    gboolean overwrite;
    const char *problem;
  } cases[] = {
    { absent, FALSE, NULL },
    { there, TRUE, NULL },
    { there, FALSE, "already there" },
    { nowhere, TRUE, "no such folder" },
    { *state, TRUE, "it is a folder" },
  };

  assert_true (g_file_set_contents (there, "x", 1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    gboolean ok = jmp_backup_file_check (cases[i].path, cases[i].overwrite, &error);

    assert_int_equal (ok, cases[i].problem == NULL);
    if (cases[i].problem != NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_FILE, cases[i].problem);
  }
  assert_int_equal (count_files (*state), 1);
}

static void
test_backup_file_saves_for_its_owner_alone (void **state)
{
  g_autofree char *path = g_build_filename (*state, "board.bin", NULL);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 5000");
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize size;
  GStatBuf info;

  /* One that is there already, for everybody to read. */
  assert_true (g_file_set_contents (path, "old", 3, NULL));
  assert_int_equal (g_chmod (path, 0644), 0);
  jmp_backup_file_save (image, path, JMP_BACKUP_RAW, &error);
  assert_no_error (error);

  assert_int_equal (g_stat (path, &info), 0);
  if (G_DIR_SEPARATOR == '/')
    assert_int_equal (info.st_mode & 0777, 0600);
  assert_true (g_file_get_contents (path, &contents, &size, NULL));
  assert_int_equal (size, 5000);
  assert_int_equal ((guint8)contents[4999], kit_byte_at (0x08000000 + 4999));
  assert_int_equal (count_files (*state), 1);
}

static void
test_backup_file_leaves_nothing_when_it_fails (void **state)
{
  g_autofree char *folder = g_build_filename (*state, "folder.dfu", NULL);
  g_autofree char *nowhere = g_build_filename (*state, "no", "folder.dfu", NULL);
  g_autofree char *raw = g_build_filename (*state, "two.bin", NULL);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 50; 0 0x08001000 50");
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir (folder, 0700), 0);
  assert_false (jmp_backup_file_save (image, folder, JMP_BACKUP_DFUSE, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "folder.dfu");
  g_clear_error (&error);
  assert_false (jmp_backup_file_save (image, nowhere, JMP_BACKUP_DFUSE, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "folder.dfu");
  g_clear_error (&error);
  assert_false (jmp_backup_file_save (image, raw, JMP_BACKUP_RAW, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "two.bin");
  assert_int_equal (count_files (*state), 1);
}

static void
run_on (Bench *bench, JmpPlan *plan, JmpOutcome *outcome)
{
  g_autoptr (JmpDfu) dfu = bench_open (bench, NULL);
  g_autoptr (GError) error = NULL;

  assert_non_null (plan);
  jmp_flash_run (dfu, plan, NULL, NULL, NULL, outcome, &error);
  assert_no_error (error);
}

/* Backup, wipe, flash the backup as any other file: the board is what it was. */
static void
test_backup_file_restores_by_itself (void **state)
{
  g_autofree char *path = g_build_filename (*state, "board.dfu", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const JmpReadOptions read_options = { 0 };
  const JmpPlanOptions options = { .verify = TRUE, .leave = FALSE };
  g_autoptr (JmpPlan) backup = NULL;
  g_autoptr (JmpPlan) wipe = NULL;
  g_autoptr (JmpPlan) restore = NULL;
  g_auto (JmpOutcome) saved = { 0 };
  g_auto (JmpOutcome) wiped = { 0 };
  g_auto (JmpOutcome) restored = { 0 };
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *after = NULL;
  Bench bench = { 0 };

  bench_set_up (&bench, "pyboard,speed=0");
  backup = jmp_plan_backup (bench.info, 0, NULL);
  run_on (&bench, backup, &saved);
  jmp_backup_file_save (saved.read, path, JMP_BACKUP_DFUSE, &error);
  assert_no_error (error);
  wipe = jmp_plan_erase_all (bench.info, 0, NULL);
  run_on (&bench, wipe, &wiped);

  image = jmp_image_read_file (file, &read_options, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_crc (image), JMP_CRC_OK);
  assert_int_equal (jmp_image_get_vid (image), 0x0483);
  assert_int_equal (jmp_image_get_pid (image), 0xDF11);
  assert_string_equal (jmp_image_get_target (image, 0)->name, "Internal Flash");
  restore = jmp_plan_flash (image, bench.info, &options, &error);
  assert_no_error (error);
  run_on (&bench, restore, &restored);
  assert_int_equal (restored.state, JMP_BOARD_COMPLETE);
  after = bench_flash (&bench);
  assert_memory_equal (after, bench.before, bench.size);
  bench_check_no_violations (&bench);
  bench_tear_down (&bench);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_backup_file_format_by_name),
    cmocka_unit_test_setup_teardown (test_backup_file_check, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_backup_file_saves_for_its_owner_alone, set_up, tear_down),
    cmocka_unit_test_setup_teardown (
        test_backup_file_leaves_nothing_when_it_fails, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_backup_file_restores_by_itself, set_up, tear_down),
  };

  return cmocka_run_group_tests_name ("core/flash/backup-file", tests, NULL, NULL);
}
