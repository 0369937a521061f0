/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include <glib/gstdio.h>

#include "base/error.h"
#include "release/feeds-file.h"

#define T(text) ((char *)(text))

static int
make_folder (void **state)
{
  *state = g_dir_make_tmp ("jumper-feeds-XXXXXX", NULL);
  return *state == NULL ? -1 : 0;
}

static int
remove_folder (void **state)
{
  g_autofree char *path = *state;
  g_autofree char *inner = g_build_filename (path, "inner", NULL);
  g_autofree char *file = g_build_filename (inner, "feeds.json", NULL);

  g_remove (file);
  g_rmdir (inner);
  return g_rmdir (path);
}

static GPtrArray *
make_sources (void)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  JmpSource one = { .id = T ("mine"),
                    .kind = JMP_SOURCE_GITHUB,
                    .url = T ("https://github.com/me/fw"),
                    .board = T ("PYBV11"),
                    .pattern = T ("*.dfu"),
                    .personal = TRUE };
  JmpSource other = {
    .id = T ("shelf"), .kind = JMP_SOURCE_FOLDER, .url = T ("file:///srv/fw"), .personal = TRUE
  };

  g_ptr_array_add (sources, jmp_source_new (&one, NULL));
  g_ptr_array_add (sources, jmp_source_new (&other, NULL));
  return sources;
}

static void
test_feeds_file_there_and_back (void **state)
{
  g_autofree char *path = g_build_filename (*state, "inner", "feeds.json", NULL);
  g_autoptr (GPtrArray) sources = make_sources ();
  g_autoptr (GPtrArray) none = NULL;
  g_autoptr (GPtrArray) again = NULL;
  g_autoptr (GError) error = NULL;
  const JmpSource *first;

  none = jmp_feeds_file_read (path, &error);
  assert_no_error (error);
  assert_int_equal (none->len, 0);
  assert_true (jmp_feeds_file_write (path, sources, &error));
  assert_no_error (error);
  assert_true (jmp_feeds_file_write (path, sources, &error));
  again = jmp_feeds_file_read (path, &error);
  assert_int_equal (again->len, 2);
  first = again->pdata[0];
  assert_string_equal (first->id, "mine");
  assert_string_equal (first->pattern, "*.dfu");
  assert_true (first->personal);
}

/* A slip in the file must not cost the person what else is in it. */
static void
test_feeds_file_keeps_what_it_cannot_read (void **state)
{
  g_autofree char *path = g_build_filename (*state, "inner", "feeds.json", NULL);
  g_autofree char *inner = g_build_filename (*state, "inner", NULL);
  g_autoptr (GPtrArray) sources = make_sources ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  assert_int_equal (g_mkdir (inner, 0700), 0);
  assert_true (g_file_set_contents (path, "{\"schema\": 1, \"feeds\": [}", -1, NULL));
  assert_false (jmp_feeds_file_write (path, sources, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, path);
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  assert_string_equal (text, "{\"schema\": 1, \"feeds\": [}");
}

static void
test_feeds_file_that_cannot_be_written (void **state)
{
  g_autofree char *inner = g_build_filename (*state, "inner", NULL);
  g_autofree char *path = g_build_filename (inner, "feeds.json", NULL);
  g_autoptr (GPtrArray) sources = make_sources ();
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (inner, "a file where a folder is meant", -1, NULL));
  assert_false (jmp_feeds_file_write (path, sources, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, inner);
  assert_int_equal (g_remove (inner), 0);
}

static void
test_feeds_file_refuses (void **state)
{
  static const struct {
    const char *text;
    int code;
    const char *message;
  } cases[] = {
    { "", JMP_ERROR_INVALID_FILE, "nothing in it" },
    { "[]", JMP_ERROR_INVALID_FILE, "feeds: not an object" },
    { "{\"feeds\": []}", JMP_ERROR_INVALID_FILE, "no \"schema\"" },
    { "{\"schema\": 2, \"list\": []}", JMP_ERROR_NOT_SUPPORTED, "feeds of schema 2" },
    { "{\"schema\": 1}", JMP_ERROR_INVALID_FILE, "no \"feeds\"" },
    { "{\"schema\": 1, \"feeds\": [], \"x\": 1}", JMP_ERROR_INVALID_FILE, "not known" },
    { "{\"schema\": 1, \"feeds\": [{\"id\": \"a\", \"kind\": \"links\", \"url\": \"http://h/\"}]}",
      JMP_ERROR_INVALID_FILE,
      "its address" },
    { "{\"schema\": 1, \"feeds\": [{\"id\": \"a\", \"kind\": \"links\", \"url\": \"https://h/\"},"
      "{\"id\": \"A\", \"kind\": \"links\", \"url\": \"https://h/\"}]}",
      JMP_ERROR_INVALID_FILE,
      "two feeds A" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GBytes) bytes = g_bytes_new_static (cases[i].text, strlen (cases[i].text));
    g_autoptr (GError) error = NULL;

    if (jmp_feeds_file_parse (bytes, &error) != NULL)
      fail_msg ("accepted: %s", cases[i].text);
    assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
  }
}

#define FOLDER_TEST(name) cmocka_unit_test_setup_teardown (name, make_folder, remove_folder)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    FOLDER_TEST (test_feeds_file_there_and_back),
    FOLDER_TEST (test_feeds_file_keeps_what_it_cannot_read),
    FOLDER_TEST (test_feeds_file_that_cannot_be_written),
    cmocka_unit_test (test_feeds_file_refuses),
  };

  return cmocka_run_group_tests_name ("core/release/feeds-file", tests, NULL, NULL);
}
