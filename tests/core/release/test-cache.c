/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "release-kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define URL   "https://micropython.org/resources/firmware/PYBV11-20260824-v1.29.0.dfu"
#define OTHER "https://micropython.org/resources/firmware/PYBV10-20260824-v1.29.0.dfu"

static char *folder;

static int
set_up (void **state)
{
  folder = kit_folder ();
  return 0;
}

static int
tear_down (void **state)
{
  kit_remove (folder);
  g_clear_pointer (&folder, g_free);
  return 0;
}

static GBytes *
content (char fill, gsize size)
{
  guint8 *data = g_malloc (size);

  memset (data, fill, size);
  return g_bytes_new_take (data, size);
}

static void
put (JmpCache *cache, const char *key, GBytes *bytes)
{
  g_autoptr (GError) error = NULL;

  jmp_cache_put (cache, key, bytes, "\"1\"", "Mon, 24 Aug 2026 10:00:00 GMT", &error);
  assert_no_error (error);
}

static void
put_fill (JmpCache *cache, const char *key, char fill, gsize size)
{
  g_autoptr (GBytes) bytes = content (fill, size);

  put (cache, key, bytes);
}

static JmpCacheState
look (JmpCache *cache, const char *key)
{
  g_autoptr (JmpCacheEntry) entry = NULL;
  JmpCacheState state = jmp_cache_get (cache, key, &entry);

  assert_int_equal (entry != NULL, state == JMP_CACHE_PRESENT);
  return state;
}

/* The only file of a folder of the cache. */
static char *
find_file (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *file = g_dir_read_name (dir);

  assert_non_null (file);
  return g_build_filename (path, file, NULL);
}

static guint
count_files (const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
set_time (const char *path, gint64 seconds)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);

  assert_true (g_file_set_attribute_uint64 (
      file, G_FILE_ATTRIBUTE_TIME_MODIFIED, (guint64)seconds, G_FILE_QUERY_INFO_NONE, NULL, NULL));
}

/* When the content of @fill was last used. */
static void
set_used (char fill, gsize size, gint64 seconds)
{
  g_autoptr (GBytes) bytes = content (fill, size);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autofree char *path = g_build_filename (folder, "objects", hash, NULL);

  set_time (path, seconds);
}

static void
test_cache_gives_back_what_was_put_in (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
  g_autoptr (JmpCache) later = jmp_cache_new (folder, 0);
  g_autoptr (GBytes) bytes = content ('a', 1000);
  g_autofree char *hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  g_autoptr (JmpCacheEntry) entry = NULL;
  guint64 size = 0;

  assert_int_equal (look (cache, URL), JMP_CACHE_ABSENT);
  assert_false (jmp_cache_has (cache, URL, &size));
  put (cache, URL, bytes);
  assert_true (jmp_cache_has (later, URL, &size));
  assert_int_equal (size, 1000);
  assert_int_equal (jmp_cache_get (later, URL, &entry), JMP_CACHE_PRESENT);
  assert_true (g_bytes_equal (entry->bytes, bytes));
  assert_string_equal (entry->sha256, hash);
  assert_string_equal (entry->etag, "\"1\"");
  assert_string_equal (entry->last_modified, "Mon, 24 Aug 2026 10:00:00 GMT");
  assert_in_range (jmp_cache_entry_get_age (entry, g_get_real_time () / G_USEC_PER_SEC), 0, 3600);
  assert_int_equal (jmp_cache_entry_get_age (entry, entry->date - 1), -1);
  assert_int_equal (look (later, OTHER), JMP_CACHE_ABSENT);
}

/* What a server sends as its ETag may be any bytes (RFC 9110, 8.8.3). */
static void
test_cache_keeps_what_has_an_etag_that_is_no_text (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
  g_autoptr (GBytes) bytes = content ('a', 10);
  g_autoptr (JmpCacheEntry) entry = NULL;
  g_autoptr (GError) error = NULL;

  jmp_cache_put (cache, URL, bytes, "\"\xff\"", "\xff", &error);
  assert_no_error (error);
  assert_int_equal (jmp_cache_get (cache, URL, &entry), JMP_CACHE_PRESENT);
  assert_true (g_bytes_equal (entry->bytes, bytes));
  assert_null (entry->etag);
  assert_null (entry->last_modified);
}

static void
test_cache_replaces_and_removes (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);

  put_fill (cache, URL, 'a', 1000);
  put_fill (cache, OTHER, 'a', 1000);
  assert_int_equal (jmp_cache_get_size (cache), 1000);
  put_fill (cache, URL, 'b', 500);
  assert_int_equal (jmp_cache_get_size (cache), 1500);
  put_fill (cache, URL, 'c', 100);
  assert_int_equal (jmp_cache_get_size (cache), 1100);
  jmp_cache_remove (cache, URL);
  assert_int_equal (look (cache, URL), JMP_CACHE_ABSENT);
  assert_int_equal (look (cache, OTHER), JMP_CACHE_PRESENT);
  jmp_cache_remove (cache, OTHER);
  jmp_cache_remove (cache, OTHER);
  assert_int_equal (count_files ("objects"), 0);
  assert_int_equal (count_files ("records"), 0);
}

/* Whatever a source calls its files, nothing lands outside the two folders. */
static void
test_cache_makes_no_path_of_a_name (void **state)
{
  static const char *const keys[] = {
    "../../escape", "/etc/passwd", "C:\\CON", "a\nb\tc", "file:///../x", "%2e%2e%2f", "", ".",
  };
  g_autofree char *inner = g_build_filename (folder, "a", "b", NULL);
  g_autofree char *records = g_build_filename ("a", "b", "records", NULL);
  g_autofree char *between = g_build_filename ("a", NULL);
  g_autoptr (JmpCache) cache = jmp_cache_new (inner, 0);
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (keys); i++) {
    put_fill (cache, keys[i], 'a', 10);
    assert_int_equal (look (cache, keys[i]), JMP_CACHE_PRESENT);
  }
  assert_int_equal (count_files (records), G_N_ELEMENTS (keys));
  assert_int_equal (count_files (between), 1);
  assert_int_equal (count_files ("."), 1);
}

static void
test_cache_refuses_what_is_no_address (void **state)
{
  g_autofree char *endless = g_strnfill (1024 * 1024, 'a');
  const char *const keys[] = { endless, "\xFF\xFE" };
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
  g_autoptr (GBytes) bytes = content ('a', 10);
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (keys); i++) {
    g_autoptr (GError) error = NULL;

    assert_false (jmp_cache_put (cache, keys[i], bytes, NULL, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "its address cannot be kept");
    assert_int_equal (look (cache, keys[i]), JMP_CACHE_ABSENT);
  }
}

static void
test_cache_notices_a_damaged_content (void **state)
{
  static const struct {
    const char *name;
    const char *text;
    gssize length;
  } cases[] = {
    { "a bit flipped", "aaaaaaaaab", 10 },
    { "too short", "aaaaaaaaa", 9 },
    { "too long", "aaaaaaaaaaa", 11 },
    { "empty", "", 0 },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
    g_autofree char *path = NULL;

    print_message ("  %s\n", cases[i].name);
    put_fill (cache, URL, 'a', 10);
    path = find_file ("objects");
    assert_true (g_file_set_contents (path, cases[i].text, cases[i].length, NULL));
    assert_int_equal (look (cache, URL), JMP_CACHE_DAMAGED);
    assert_int_equal (look (cache, URL), JMP_CACHE_ABSENT);
    assert_int_equal (count_files ("objects"), 0);
    put_fill (cache, URL, 'a', 10);
    assert_int_equal (look (cache, URL), JMP_CACHE_PRESENT);
    jmp_cache_remove (cache, URL);
  }
}

static void
test_cache_notices_a_damaged_record (void **state)
{
  static const char *const texts[] = {
    "",
    "{",
    "[]",
    "null",
    "\"text\"",
    "{}",
    "{\"version\": 1}",
    "{\"version\": 1, \"key\": \"" URL "\", \"sha256\": \"../../../etc/passwd\", \"size\": 10}",
    "{\"version\": 1, \"key\": \"" URL "\", \"sha256\": 7, \"size\": \"ten\"}",
    "{\"version\": 1, \"key\": [], \"sha256\": {}, \"size\": 1e99}",
    "{\"version\": 2, \"key\": \"" URL "\", \"sha256\": "
    "\"bf2cb58a68f684d95a3b78ef8f661c9a4e5b09e82cc8f9cc88cce90528caeb27\", \"size\": 10}",
    "{\"version\": 1, \"key\": \"" OTHER "\", \"sha256\": "
    "\"bf2cb58a68f684d95a3b78ef8f661c9a4e5b09e82cc8f9cc88cce90528caeb27\", \"size\": 10}",
  };
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
  gsize i;

  for (i = 0; i <= G_N_ELEMENTS (texts); i++) {
    g_autofree char *path = NULL;
    g_autofree char *endless = g_strnfill (100000, '[');

    put_fill (cache, URL, 'a', 10);
    path = find_file ("records");
    assert_true (
        g_file_set_contents (path, i < G_N_ELEMENTS (texts) ? texts[i] : endless, -1, NULL));
    assert_false (jmp_cache_has (cache, URL, NULL));
    assert_int_equal (look (cache, URL), JMP_CACHE_DAMAGED);
    assert_int_equal (look (cache, URL), JMP_CACHE_ABSENT);
  }
}

/* What was not used for longest goes first; a time in the future counts as long ago. */
static void
test_cache_forgets_what_was_not_used (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 1000);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  put_fill (cache, "a", 'a', 300);
  put_fill (cache, "b", 'b', 300);
  put_fill (cache, "c", 'c', 300);
  set_used ('a', 300, now - 3000);
  set_used ('b', 300, now - 2000);
  set_used ('c', 300, now - 1000);
  assert_int_equal (look (cache, "a"), JMP_CACHE_PRESENT);
  put_fill (cache, "d", 'd', 300);
  assert_true (jmp_cache_has (cache, "a", NULL));
  assert_false (jmp_cache_has (cache, "b", NULL));
  assert_true (jmp_cache_has (cache, "c", NULL));
  assert_true (jmp_cache_has (cache, "d", NULL));
  assert_int_equal (count_files ("records"), 3);

  set_used ('d', 300, now + 1000000);
  put_fill (cache, "e", 'e', 300);
  assert_false (jmp_cache_has (cache, "d", NULL));
  assert_int_equal (jmp_cache_get_size (cache), 900);

  put_fill (cache, "f", 'f', 2000);
  assert_int_equal (look (cache, "f"), JMP_CACHE_PRESENT);
  assert_int_equal (count_files ("objects"), 1);
}

static void
test_cache_removes_leftovers (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
  g_autofree char *old = g_build_filename (folder, "objects", "abc.XYZ123", NULL);
  g_autofree char *young = g_build_filename (folder, "objects", "abd.XYZ123", NULL);

  put_fill (cache, "a", 'a', 300);
  assert_true (g_file_set_contents (old, "half", -1, NULL));
  assert_true (g_file_set_contents (young, "half", -1, NULL));
  set_time (old, g_get_real_time () / G_USEC_PER_SEC - 2 * 24 * 60 * 60);
  put_fill (cache, "b", 'b', 300);
  assert_false (g_file_test (old, G_FILE_TEST_EXISTS));
  assert_true (g_file_test (young, G_FILE_TEST_EXISTS));
}

static void
test_cache_that_cannot_be_written_says_so (void **state)
{
  g_autofree char *in_the_way = g_build_filename (folder, "file", NULL);
  g_autoptr (JmpCache) cache = jmp_cache_new (in_the_way, 0);
  g_autoptr (GBytes) bytes = content ('a', 10);
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (in_the_way, "a file", -1, NULL));
  assert_false (jmp_cache_put (cache, URL, bytes, NULL, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, in_the_way);
  assert_int_equal (look (cache, URL), JMP_CACHE_ABSENT);
  assert_int_equal (jmp_cache_get_size (cache), 0);
  jmp_cache_remove (cache, URL);
}

static void
test_cache_confirms (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);
  g_autoptr (JmpCacheEntry) entry = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *text = NULL;
  g_autofree char *old = NULL;
  char *date;

  assert_true (jmp_cache_confirm (cache, URL, &error));
  put_fill (cache, URL, 'a', 10);
  path = find_file ("records");
  assert_true (g_file_get_contents (path, &text, NULL, NULL));
  date = strstr (text, "\"date\" : ");
  assert_non_null (date);
  *date = '\0';
  old = g_strconcat (text, "\"date\" : 5}", NULL);
  assert_true (g_file_set_contents (path, old, -1, NULL));
  assert_true (jmp_cache_confirm (cache, URL, &error));
  assert_int_equal (jmp_cache_get (cache, URL, &entry), JMP_CACHE_PRESENT);
  assert_true (entry->date > 5);
  assert_string_equal (entry->etag, "\"1\"");
}

#define N_THREADS 4
#define N_ROUNDS  25

/* Each thread is a program of its own, as far as the cache is concerned. */
static gpointer
user_thread_func (gpointer data)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 3000);
  g_autoptr (GRand) rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  guint wrong = 0;
  guint i;

  for (i = 0; i < N_ROUNDS; i++) {
    const char *key = g_rand_boolean (rand) ? URL : OTHER;
    g_autoptr (GBytes) bytes = content (g_rand_boolean (rand) ? 'a' : 'b', 1000);
    g_autoptr (JmpCacheEntry) entry = NULL;

    if (!jmp_cache_put (cache, key, bytes, NULL, NULL, NULL))
      wrong++;
    if (g_rand_int_range (rand, 0, 4) == 0)
      jmp_cache_remove (cache, key);
    if (jmp_cache_get (cache, key, &entry) == JMP_CACHE_DAMAGED)
      wrong++;
  }
  return GUINT_TO_POINTER (wrong);
}

static void
test_cache_is_shared_by_programs (void **state)
{
  GThread *threads[N_THREADS];
  guint wrong = 0;
  guint i;

  for (i = 0; i < N_THREADS; i++)
    threads[i] = g_thread_new ("user", user_thread_func, GUINT_TO_POINTER (i + 1));
  for (i = 0; i < N_THREADS; i++)
    wrong += GPOINTER_TO_UINT (g_thread_join (threads[i]));
  assert_int_equal (wrong, 0);
}

static void
test_cache_clear_leaves_nothing (void **state)
{
  g_autoptr (JmpCache) cache = jmp_cache_new (folder, 0);

  jmp_cache_clear (cache);
  put_fill (cache, URL, 1, 1000);
  put_fill (cache, OTHER, 2, 2000);
  assert_int_equal (jmp_cache_get_size (cache), 3000);
  jmp_cache_clear (cache);
  assert_int_equal (jmp_cache_get_size (cache), 0);
  assert_int_equal (count_files ("objects"), 0);
  assert_int_equal (count_files ("records"), 0);
  assert_int_equal (look (cache, URL), JMP_CACHE_ABSENT);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_cache_gives_back_what_was_put_in, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_replaces_and_removes, set_up, tear_down),
    cmocka_unit_test_setup_teardown (
        test_cache_keeps_what_has_an_etag_that_is_no_text, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_clear_leaves_nothing, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_makes_no_path_of_a_name, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_refuses_what_is_no_address, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_notices_a_damaged_content, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_notices_a_damaged_record, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_forgets_what_was_not_used, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_removes_leftovers, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_that_cannot_be_written_says_so, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_confirms, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_cache_is_shared_by_programs, set_up, tear_down),
  };

  return cmocka_run_group_tests_name ("core/release/cache", tests, NULL, NULL);
}
