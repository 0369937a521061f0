/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What only POSIX has: a disk that is full, as a limit on the size of files makes it; pipes; links. */

#include "assert-text.h"
#include "base/error.h"
#include "flash/backup-file.h"
#include "plan-kit.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static void
test_backup_file_full_disk (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("jumper-full-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "board.dfu", NULL);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 100000");
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  struct rlimit before, small;
  gboolean ok;
  GDir *dir;

  assert_true (g_file_set_contents (path, "the one before", -1, NULL));
  signal (SIGXFSZ, SIG_IGN);
  assert_int_equal (getrlimit (RLIMIT_FSIZE, &before), 0);
  small = (struct rlimit){ .rlim_cur = 4096, .rlim_max = before.rlim_max };
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &small), 0);
  ok = jmp_backup_file_save (image, path, JMP_BACKUP_DFUSE, &error);
  assert_int_equal (setrlimit (RLIMIT_FSIZE, &before), 0);

  assert_false (ok);
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "board.dfu");
  assert_true (g_file_get_contents (path, &contents, NULL, NULL));
  assert_string_equal (contents, "the one before");
  g_remove (path);
  dir = g_dir_open (folder, 0, NULL);
  assert_null (g_dir_read_name (dir));
  g_dir_close (dir);
  g_rmdir (folder);
}

/* A rename would put a file in the place of a pipe or a device. */
static void
test_backup_file_is_no_pipe (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("jumper-pipe-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "pipe.bin", NULL);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 100");
  g_autoptr (GError) checked = NULL;
  g_autoptr (GError) saved = NULL;
  GStatBuf info;

  assert_int_equal (mkfifo (path, 0600), 0);
  assert_false (jmp_backup_file_check (path, TRUE, &checked));
  assert_error (checked, JMP_ERROR, JMP_ERROR_FILE, "not a regular file");
  assert_false (jmp_backup_file_save (image, path, JMP_BACKUP_RAW, &saved));
  assert_error (saved, JMP_ERROR, JMP_ERROR_FILE, "not a regular file");
  assert_int_equal (g_lstat (path, &info), 0);
  assert_true (S_ISFIFO (info.st_mode));
  g_remove (path);
  g_rmdir (folder);
}

static void
test_backup_file_goes_where_a_link_leads (void **state)
{
  g_autofree char *folder = g_dir_make_tmp ("jumper-link-XXXXXX", NULL);
  g_autofree char *link = g_build_filename (folder, "link.bin", NULL);
  g_autofree char *path = g_build_filename (folder, "real.bin", NULL);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08000000 100");
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  assert_int_equal (symlink ("real.bin", link), 0);
  assert_true (jmp_backup_file_check (link, FALSE, &error));
  assert_true (jmp_backup_file_save (image, link, JMP_BACKUP_RAW, &error));
  assert_no_error (error);
  assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  assert_false (g_file_test (path, G_FILE_TEST_IS_SYMLINK));
  assert_true (g_file_get_contents (path, &contents, &length, NULL));
  assert_int_equal (length, 100);
  g_remove (link);
  g_remove (path);
  g_rmdir (folder);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_backup_file_full_disk),
    cmocka_unit_test (test_backup_file_is_no_pipe),
    cmocka_unit_test (test_backup_file_goes_where_a_link_leads),
  };

  return cmocka_run_group_tests_name ("core/flash/backup-file-posix", tests, NULL, NULL);
}
