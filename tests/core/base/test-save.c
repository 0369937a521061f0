/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "base/save.h"

#include <glib/gstdio.h>

static int
set_up (void **state)
{
  *state = g_dir_make_tmp ("jumper-save-XXXXXX", NULL);
  return *state != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  g_autofree char *folder = *state;
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *file = g_build_filename (inner, "file", NULL);

  g_unlink (file);
  g_rmdir (inner);
  return g_rmdir (folder);
}

static void
assert_holds (const char *path, const char *text)
{
  g_autofree char *found = NULL;

  assert_true (g_file_get_contents (path, &found, NULL, NULL));
  assert_string_equal (found, text);
}

static void
test_save_makes_no_folder (void **state)
{
  g_autofree char *path = g_build_filename (*state, "inner", "file", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("text", 4);
  g_autoptr (GError) error = NULL;

  assert_false (jmp_save_bytes (path, bytes, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "");
}

static void
test_save_replaces_what_was_there (void **state)
{
  g_autofree char *path = g_build_filename (*state, "inner", "file", NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("text", 4);
  g_autoptr (GBytes) none = g_bytes_new_static (NULL, 0);
  g_autoptr (GError) error = NULL;

  assert_true (jmp_keep_bytes (path, bytes, &error));
  assert_no_error (error);
  assert_holds (path, "text");
  assert_true (jmp_save_bytes (path, none, &error));
  assert_no_error (error);
  assert_holds (path, "");
}

static void
test_save_says_what_could_not_be_kept (void **state)
{
  g_autofree char *file = g_build_filename (*state, "inner", NULL);
  g_autofree char *path = g_build_filename (file, "file", NULL);
  g_autofree char *begins = g_strdup_printf ("keeping %s: ", path);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("text", 4);
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (file, "no folder", -1, NULL));
  assert_false (jmp_keep_bytes (path, bytes, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, begins);
  g_unlink (file);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_save_makes_no_folder, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_save_replaces_what_was_there, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_save_says_what_could_not_be_kept, set_up, tear_down),
  };

  return cmocka_run_group_tests_name ("base/save", tests, NULL, NULL);
}
