/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Disks that are full, folders that may not be written, links that lead elsewhere. */

#include "assert-text.h"

#include "base/error.h"
#include "store-kit.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
limit_files (rlim_t size)
{
  struct rlimit limit;

  assert_int_equal (getrlimit (RLIMIT_FSIZE, &limit), 0);
  limit.rlim_cur = size;
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &limit), 0);
}

static void
test_disk_full_leaves_nothing (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) before = store_kit_add (kit, "0 0x08000000 16", KIT_DATE);
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 0x8000");
  const JmpBackupLabel label = store_kit_label (KIT_DATE + 1);
  g_autoptr (GError) error = NULL;
  g_autofree char *tree = NULL;
  g_autofree char *list = NULL;

  assert_null (before->problem);
  signal (SIGXFSZ, SIG_IGN);
  limit_files (8192);
  assert_null (jmp_backup_store_add (kit->store, &label, image, NULL, &error));
  limit_files (RLIM_INFINITY);
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping a backup");
  list = store_kit_list (kit, KIT_IDENTITY);
  assert_string_equal (list, "+0 s, 16 bytes, first-flash\n");
  tree = store_kit_tree (kit);
  assert_lines_equal (tree,
                      "serial+3A3254335D3037\n"
                      "serial+3A3254335D3037/#\n"
                      "serial+3A3254335D3037/#/backup.dfu\n"
                      "serial+3A3254335D3037/#/backup.json\n");
}

/* root may write everywhere: a file in the way of the folder is the same to everybody. */
static void
test_disk_refuses_the_folder (void **state)
{
  StoreKit *kit = *state;
  g_autofree char *path = g_build_filename (kit->folder, "backups", NULL);
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 16");
  const JmpBackupLabel label = store_kit_label (KIT_DATE);
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (path, "in the way", -1, NULL));
  assert_null (jmp_backup_store_add (kit->store, &label, image, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "keeping a backup");
  g_clear_error (&error);
  assert_null (jmp_backup_store_list (kit->store, NULL, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "listing the backups");
}

/* No link is followed: /dev/zero has no end. */
static void
test_disk_follows_no_link (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) file = store_kit_add (kit, "0 0x08000000 16", KIT_DATE);
  g_autoptr (JmpBackup) description = store_kit_add (kit, "0 0x08000000 16", KIT_DATE);
  g_autofree char *file_path = store_kit_path (file, "backup.dfu");
  g_autofree char *description_path = store_kit_path (description, "backup.json");
  g_autofree char *list = NULL;
  g_autoptr (GError) error = NULL;

  assert_int_equal (unlink (file_path), 0);
  assert_int_equal (symlink ("/dev/zero", file_path), 0);
  assert_int_equal (unlink (description_path), 0);
  assert_int_equal (mkfifo (description_path, 0600), 0);
  list = store_kit_list (kit, KIT_IDENTITY);
  assert_true (g_str_equal (list,
                            "damaged: its description is missing\n"
                            "damaged: its file is missing\n"));
  assert_null (jmp_backup_store_load (kit->store, file, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "its file is missing");
}

/* What is removed for good is the link, not what it leads to. */
static void
test_disk_removes_links_alone (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, "0 0x08000000 16", KIT_DATE);
  g_autofree char *precious = g_build_filename (kit->folder, "precious", NULL);
  g_autofree char *inside = g_build_filename (precious, "letter", NULL);
  g_autofree char *link = store_kit_path (backup, "link");

  assert_int_equal (mkdir (precious, 0700), 0);
  assert_true (g_file_set_contents (inside, "dear", -1, NULL));
  assert_int_equal (symlink (precious, link), 0);
  assert_true (jmp_backup_store_delete (kit->store, backup, NULL));
  jmp_backup_store_tidy (kit->store, g_get_real_time () / G_USEC_PER_SEC + 30 * 24 * 60 * 60);
  assert_false (jmp_backup_store_undelete (kit->store, backup, NULL));
  assert_true (g_file_test (inside, G_FILE_TEST_EXISTS));
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, store_kit_set_up, store_kit_tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_disk_full_leaves_nothing),
    TEST (test_disk_refuses_the_folder),
    TEST (test_disk_follows_no_link),
    TEST (test_disk_removes_links_alone),
  };

  return cmocka_run_group_tests_name ("backup/disk", tests, NULL, NULL);
}
