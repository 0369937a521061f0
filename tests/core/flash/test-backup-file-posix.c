/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that is full, as a limit on the size of files makes it. */

#include "assert-text.h"
#include "base/error.h"
#include "flash/backup-file.h"
#include "plan-kit.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>

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

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_backup_file_full_disk),
  };

  return cmocka_run_group_tests_name ("core/flash/backup-file-posix", tests, NULL, NULL);
}
