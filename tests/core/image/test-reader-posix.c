/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that only POSIX has: pipes, links, permissions, files with holes. */

#include "assert-text.h"
#include "base/error.h"
#include "image/reader.h"

#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static int
make_folder (void **state)
{
  *state = g_dir_make_tmp ("jumper-reader-XXXXXX", NULL);
  return *state == NULL ? -1 : 0;
}

static int
remove_folder (void **state)
{
  g_autofree char *path = *state;
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);

    g_remove (child);
  }
  return g_rmdir (path);
}

static JmpImage *
read_path (const char *path, GError **error)
{
  const JmpReadOptions options = { .has_address = TRUE, .address = 0x08000000 };
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return jmp_image_read_file (file, &options, NULL, error);
}

static void
test_reader_pipe (void **state)
{
  g_autofree char *fifo = g_build_filename (*state, "fifo", NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (mkfifo (fifo, 0600), 0);
  assert_null (read_path (fifo, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "not a regular file");
}

static void
test_reader_link_to_itself (void **state)
{
  g_autofree char *loop = g_build_filename (*state, "loop", NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (symlink (loop, loop), 0);
  assert_null (read_path (loop, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, loop);
}

static void
test_reader_file_without_permission (void **state)
{
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  if (geteuid () == 0)
    skip ();
  path = g_build_filename (*state, "secret.dfu", NULL);
  assert_true (g_file_set_contents (path, "x", 1, NULL));
  assert_int_equal (g_chmod (path, 0), 0);
  assert_null (read_path (path, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "ermission");
}

/* Files of /proc say that they are empty, and are not: the same as one that grows meanwhile. */
static void
test_reader_file_with_another_size_than_it_says (void **state)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test ("/proc/self/status", G_FILE_TEST_EXISTS))
    skip ();
  assert_null (read_path ("/proc/self/status", &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "changed while it was read");
}

/* The limit is looked at before anything is read: the file has no blocks on the disk. */
static void
test_reader_file_past_the_limit (void **state)
{
  g_autofree char *path = g_build_filename (*state, "huge.bin", NULL);
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (path, "", 0, NULL));
  assert_int_equal (truncate (path, (off_t)1 << 40), 0);
  assert_null (read_path (path, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "1099511627776 bytes are more");
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown (name, make_folder, remove_folder)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    FOLDER_TEST (test_reader_pipe),
    FOLDER_TEST (test_reader_link_to_itself),
    FOLDER_TEST (test_reader_file_without_permission),
    FOLDER_TEST (test_reader_file_with_another_size_than_it_says),
    FOLDER_TEST (test_reader_file_past_the_limit),
  };

  return cmocka_run_group_tests_name ("core/image/reader-posix", tests, NULL, NULL);
}
