/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "release/feeds-file.h"
#include "release/library.h"

#include <glib/gstdio.h>

#define T(text) ((char *)(text))

/* Before anything asks GLib, which remembers the answer. */
static int
make_home (void **state)
{
  char *home = g_dir_make_tmp ("jumper-library-XXXXXX", NULL);
  static const char *const folders[] = {
    "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"
  };

  *state = home;
  for (guint i = 0; home != NULL && i < G_N_ELEMENTS (folders); i++)
    g_setenv (folders[i], home, TRUE);
  return home == NULL ? -1 : 0;
}

static int
remove_home (void **state)
{
  g_autofree char *home = *state;
  g_autofree char *inner = g_build_filename (home, "jumper", NULL);

  g_rmdir (inner);
  return g_rmdir (home);
}

static int
remove_sources (void **state)
{
  g_autofree char *path = jmp_feeds_file_get_path ();

  g_remove (path);
  return 0;
}

static void
write_text (const char *text)
{
  g_autofree char *path = jmp_feeds_file_get_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_mkdir_with_parents (folder, 0700);
  assert_true (g_file_set_contents (path, text, -1, NULL));
}

static JmpLibrary *
open_library (void)
{
  g_autoptr (GError) error = NULL;
  JmpLibrary *library = jmp_library_new (&error);

  assert_no_error (error);
  return library;
}

static GPtrArray *
make_sources (const char *folder)
{
  GPtrArray *sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  g_autofree char *url = g_filename_to_uri (folder, NULL, NULL);
  const JmpSource shelf = {
    .id = T ("shelf"), .kind = JMP_SOURCE_FOLDER, .url = url, .personal = TRUE
  };

  g_ptr_array_add (sources, jmp_source_new (&shelf, NULL));
  return sources;
}

static void
test_library_opens_without_a_network (void **state)
{
  g_autoptr (JmpLibrary) library = open_library ();
  g_autoptr (JmpLibrary) same = jmp_library_ref (library);
  JmpBoard *board = jmp_catalogue_find_board (jmp_library_get_catalogue (library), "PYBV11");
  g_autoptr (GPtrArray) sources = jmp_library_dup_sources (library);
  g_autoptr (GError) problem = jmp_library_dup_sources_problem (library);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFound) found = jmp_library_find (same, board, JMP_LIBRARY_ASK_NOBODY, NULL, &error);

  assert_no_error (error);
  assert_no_error (problem);
  assert_int_equal (sources->len, 0);
  assert_true (found->releases->len > 0);
  assert_int_equal (found->problems->len, 0);
  assert_int_equal (jmp_downloader_get_n_requests (jmp_library_get_downloader (library)), 0);
  assert_non_null (jmp_library_get_fetcher (library));
  assert_non_null (jmp_library_get_cache (library));
  assert_non_null (jmp_library_get_memory (library));
}

/* One slip in the person's file takes nothing away from what the program knows itself. */
static void
test_library_opens_with_broken_sources (void **state)
{
  g_autoptr (JmpLibrary) library = NULL;
  g_autoptr (GPtrArray) sources = NULL;
  g_autoptr (GError) problem = NULL;
  g_autoptr (GError) none = NULL;
  g_autoptr (GError) error = NULL;

  write_text ("{\"schema\": 1, \"feeds\": [}");
  library = open_library ();
  sources = jmp_library_dup_sources (library);
  assert_int_equal (sources->len, 0);
  problem = jmp_library_dup_sources_problem (library);
  assert_error (problem, JMP_ERROR, JMP_ERROR_INVALID_FILE, "feeds.json");
  assert_false (jmp_library_write_sources (library, sources, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "feeds.json");
  write_text ("{\"schema\": 1, \"feeds\": []}");
  assert_true (jmp_library_read_sources (library, NULL));
  none = jmp_library_dup_sources_problem (library);
  assert_no_error (none);
}

static void
test_library_uses_what_it_writes (void **state)
{
  g_autoptr (JmpLibrary) library = open_library ();
  g_autoptr (GPtrArray) sources = make_sources (*state);
  g_autoptr (GPtrArray) before = jmp_library_dup_sources (library);
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (JmpLibrary) again = NULL;
  g_autoptr (GPtrArray) read = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (jmp_library_write_sources (library, sources, &error));
  assert_no_error (error);
  after = jmp_library_dup_sources (library);
  assert_int_equal (before->len, 0);
  assert_int_equal (after->len, 1);
  again = open_library ();
  read = jmp_library_dup_sources (again);
  assert_string_equal (((JmpSource *)read->pdata[0])->id, "shelf");
}

/* Those that were good before are better than none. */
static void
test_library_keeps_good_sources (void **state)
{
  g_autoptr (JmpLibrary) library = open_library ();
  g_autoptr (GPtrArray) sources = make_sources (*state);
  g_autoptr (GPtrArray) kept = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) problem = NULL;

  assert_true (jmp_library_write_sources (library, sources, NULL));
  write_text ("broken");
  assert_false (jmp_library_read_sources (library, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "feeds.json");
  problem = jmp_library_dup_sources_problem (library);
  assert_error (problem, JMP_ERROR, JMP_ERROR_INVALID_FILE, "feeds.json");
  kept = jmp_library_dup_sources (library);
  assert_int_equal (kept->len, 1);
}

static gpointer
find_often (gpointer data)
{
  JmpLibrary *library = data;
  JmpBoard *board = jmp_catalogue_find_board (jmp_library_get_catalogue (library), "PYBV11");

  for (guint i = 0; i < 20; i++) {
    g_autoptr (JmpFound)
        found = jmp_library_find (library, board, JMP_LIBRARY_ASK_NOBODY, NULL, NULL);

    if (found == NULL || found->releases->len == 0)
      return T ("nothing was found");
  }
  return NULL;
}

static void
test_library_is_used_by_many_threads (void **state)
{
  g_autoptr (JmpLibrary) library = open_library ();
  g_autoptr (GPtrArray) sources = make_sources (*state);
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  GThread *threads[4];
  guint complaints = 0;

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("find", find_often, library);
  for (guint i = 0; i < 10; i++)
    assert_true (jmp_library_write_sources (library, i % 2 == 0 ? sources : none, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    complaints += g_thread_join (threads[i]) != NULL;
  assert_int_equal (complaints, 0);
}

#define LIBRARY_TEST(name) cmocka_unit_test_setup_teardown (name, NULL, remove_sources)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    LIBRARY_TEST (test_library_opens_without_a_network),
    LIBRARY_TEST (test_library_opens_with_broken_sources),
    LIBRARY_TEST (test_library_uses_what_it_writes),
    LIBRARY_TEST (test_library_keeps_good_sources),
    LIBRARY_TEST (test_library_is_used_by_many_threads),
  };

  return cmocka_run_group_tests_name ("core/release/library", tests, make_home, remove_home);
}
