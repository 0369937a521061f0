/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "world.h"

#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define SIZE    300000
#define PYBOARD "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define SMALL   "@Internal Flash  /0x08000000/04*016Kg"

static GBytes *firmware;
static GBytes *other;
static char *hash;

static JmpFetched *
get (World *world, GError **error)
{
  return jmp_fetcher_get (world->fetcher, &world->release, NULL, NULL, error);
}

static JmpFetched *
get_offline (World *world, GError **error)
{
  const JmpFetchOptions offline = { .offline = TRUE };

  return jmp_fetcher_get (world->fetcher, &world->release, &offline, NULL, error);
}

static void
assert_fetched (const JmpFetched *fetched, const GError *error, JmpTrust trust, gboolean from_cache)
{
  assert_no_error (error);
  assert_non_null (fetched);
  assert_true (g_bytes_equal (fetched->bytes, firmware));
  assert_string_equal (fetched->sha256, hash);
  assert_string_equal (jmp_trust_to_string (fetched->trust), jmp_trust_to_string (trust));
  assert_int_equal (fetched->from_cache, from_cache);
  assert_int_equal (jmp_image_get_crc (fetched->image), JMP_CRC_OK);
}

/* From nothing, then again without a network, then from a new process. */
static void
test_fetch_keeps_what_it_got (void **state)
{
  const TestAnswer answer = { .body = firmware };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) first = NULL;
  g_autoptr (JmpFetched) second = NULL;
  guint64 size = 0;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  assert_null (get_offline (&world, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, WORLD_FILE ": not on this computer");
  g_clear_error (&error);
  assert_false (jmp_fetcher_has (world.fetcher, &world.release, &size));

  first = get (&world, &error);
  assert_fetched (first, error, JMP_TRUST_UNPUBLISHED, FALSE);
  assert_false (first->encrypted);
  assert_no_error (first->not_kept);
  assert_true (jmp_fetcher_has (world.fetcher, &world.release, &size));
  assert_int_equal (size, g_bytes_get_size (firmware));

  second = get_offline (&world, &error);
  assert_fetched (second, error, JMP_TRUST_SEEN, TRUE);
  assert_int_equal (world_n_requests (&world), 1);
}

static void
test_fetch_says_what_is_known (void **state)
{
  static const struct {
    const char *name;
    JmpHashSource source;
    gboolean wrong_hash;
    guint64 size_off;
    JmpTrust trust;
    const char *message;
  } cases[] = {
    { "no hash", JMP_HASH_NONE, FALSE, 0, JMP_TRUST_UNPUBLISHED, NULL },
    { "pinned", JMP_HASH_PINNED, FALSE, 0, JMP_TRUST_PINNED, NULL },
    { "published", JMP_HASH_FEED, FALSE, 0, JMP_TRUST_PUBLISHED, NULL },
    { "not what is pinned",
      JMP_HASH_PINNED,
      TRUE,
      0,
      JMP_TRUST_PINNED,
      "expected SHA-256 00000000000000000000" },
    { "not what is published",
      JMP_HASH_FEED,
      TRUE,
      0,
      JMP_TRUST_PINNED,
      "not the file that was published" },
    { "another size",
      JMP_HASH_FEED,
      FALSE,
      1,
      JMP_TRUST_PINNED,
      "expected 300310 bytes, got 300309" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    const TestAnswer answer = { .body = firmware };
    g_auto (World) world = { 0 };
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpFetched) fetched = NULL;
    g_autofree char *zeros = g_strnfill (64, '0');

    print_message ("  %s\n", cases[i].name);
    world_open (&world);
    test_server_answer (world.server, WORLD_PATH, &answer, 1);
    world.release.hash_source = cases[i].source;
    world.release.sha256 = cases[i].wrong_hash ? zeros : hash;
    world.release.size = g_bytes_get_size (firmware) + cases[i].size_off;
    fetched = get (&world, &error);
    if (cases[i].message == NULL) {
      assert_fetched (fetched, error, cases[i].trust, FALSE);
      continue;
    }
    assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, cases[i].message);
    assert_non_null (strstr (error->message, WORLD_FILE));
    assert_int_equal (jmp_cache_get_size (world.cache), 0);
  }
}

/* A file that is right by itself, but not for this board or not a right one at all. */
static void
test_fetch_keeps_out_what_fails_a_check (void **state)
{
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (firmware, 0, 200000);
  gsize size = g_bytes_get_size (firmware);
  guint8 *flipped = g_memdup2 (g_bytes_get_data (firmware, NULL), size);
  g_autoptr (GBytes) bad_crc = g_bytes_new_take (flipped, size);
  g_autoptr (GBytes) text = g_bytes_new_static ("no such board", 13);
  const struct {
    const char *name;
    GBytes *body;
    guint16 pid;
    const char *map;
    JmpError code;
    const char *message;
  } cases[] = {
    { "cut", cut, 0xDF11, PYBOARD, JMP_ERROR_DAMAGED_FILE, WORLD_FILE },
    { "a bit flipped", bad_crc, 0xDF11, PYBOARD, JMP_ERROR_DAMAGED_FILE, WORLD_FILE },
    { "text", text, 0xDF11, PYBOARD, JMP_ERROR_INVALID_FILE, WORLD_FILE },
    { "another board",
      firmware,
      0xDF12,
      PYBOARD,
      JMP_ERROR_MISMATCH,
      "for boards with 0483:df11, this board has 0483:df12" },
    { "a smaller board",
      firmware,
      0xDF11,
      SMALL,
      JMP_ERROR_DOES_NOT_FIT,
      "fills 0x08020000 to 0x080693DF, but the board has nothing to write at 0x08020000" },
  };
  gsize i;

  flipped[1000] ^= 1;
  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    const TestAnswer answer = { .body = cases[i].body };
    g_auto (World) world = { 0 };
    g_autoptr (GError) error = NULL;
    JmpDfuInfo *board = kit_board (cases[i].pid, cases[i].map);
    const JmpFetchOptions options = { .board = board };

    print_message ("  %s\n", cases[i].name);
    world_open (&world);
    test_server_answer (world.server, WORLD_PATH, &answer, 1);
    assert_null (jmp_fetcher_get (world.fetcher, &world.release, &options, NULL, &error));
    assert_error (error, JMP_ERROR, (int)cases[i].code, cases[i].message);
    assert_int_equal (jmp_cache_get_size (world.cache), 0);
    assert_int_equal (world_n_requests (&world), 1);
    kit_board_free (board);
  }
}

/* What is in the cache is checked against the board as well, and nothing is asked for it. */
static void
test_fetch_checks_the_board_from_the_cache (void **state)
{
  const TestAnswer answer = { .body = firmware };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;
  JmpDfuInfo *board = kit_board (0xDF12, PYBOARD);
  const JmpFetchOptions options = { .board = board };

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  fetched = get (&world, &error);
  assert_fetched (fetched, error, JMP_TRUST_UNPUBLISHED, FALSE);
  assert_null (jmp_fetcher_get (world.fetcher, &world.release, &options, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_MISMATCH, "this board has 0483:df12");
  assert_int_equal (world_n_requests (&world), 1);
  assert_true (jmp_fetcher_has (world.fetcher, &world.release, NULL));
  kit_board_free (board);
}

/* The same address gives another file, with a right CRC: an alarm, until a person accepts it. */
static void
test_fetch_alarms_when_a_file_has_changed (void **state)
{
  const TestAnswer answers[] = { { .body = firmware }, { .body = other } };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) first = NULL;
  g_autoptr (JmpFetched) accepted = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, 2);
  first = get (&world, &error);
  assert_fetched (first, error, JMP_TRUST_UNPUBLISHED, FALSE);
  jmp_cache_remove (world.cache, world.url);
  assert_null (get (&world, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_CHANGED, "has changed since it first came");
  assert_non_null (strstr (error->message, hash));
  assert_false (jmp_fetcher_has (world.fetcher, &world.release, NULL));
  g_clear_error (&error);

  jmp_memory_forget (world.memory, world.url);
  accepted = get (&world, &error);
  assert_no_error (error);
  assert_int_equal (accepted->trust, JMP_TRUST_UNPUBLISHED);
}

static JmpFetched *
get_accepting (World *world, const char *sha256, JmpFileChange **change, GError **error)
{
  const JmpFetchOptions options = { .accept_sha256 = sha256, .change = change };

  return jmp_fetcher_get (world->fetcher, &world->release, &options, NULL, error);
}

/* A person has looked into the change: that very file is taken, and no third one. */
static void
test_fetch_takes_the_change_that_is_accepted (void **state)
{
  const TestAnswer answers[] = { { .body = other }, { .body = firmware } };
  g_autofree char *before = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, other);
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFileChange) change = NULL;
  g_autoptr (JmpFetched) first = NULL;
  g_autoptr (JmpFetched) accepted = NULL;
  g_autoptr (JmpFetched) again = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, 2);
  first = get (&world, &error);
  assert_no_error (error);
  jmp_cache_remove (world.cache, world.url);
  assert_null (get_accepting (&world, before, &change, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_CHANGED, "");
  assert_string_equal (change->before, before);
  assert_string_equal (change->now, hash);
  assert_true (change->first_seen > 0);
  g_clear_error (&error);
  accepted = get_accepting (&world, change->now, NULL, &error);
  assert_fetched (accepted, error, JMP_TRUST_UNPUBLISHED, FALSE);
  again = get (&world, &error);
  assert_fetched (again, error, JMP_TRUST_SEEN, TRUE);
  assert_int_equal (world_n_requests (&world), 3);
}

/* What was pinned or published cannot be talked away. */
static void
test_fetch_accepts_no_wrong_hash (void **state)
{
  const TestAnswer answer = { .body = other };
  g_autofree char *came = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, other);
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFileChange) change = NULL;

  world_open (&world);
  world.release.hash_source = JMP_HASH_PINNED;
  world.release.sha256 = hash;
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  assert_null (get_accepting (&world, came, &change, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "not the file that was published");
  assert_null (change);
}

/* A new file under an old address that the source itself publishes the hash of is no alarm; what is in
 * the cache is then not what is wanted. */
static void
test_fetch_follows_a_published_hash (void **state)
{
  const TestAnswer answers[] = { { .body = other }, { .body = firmware } };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) first = NULL;
  g_autoptr (JmpFetched) second = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, 2);
  first = get (&world, &error);
  assert_no_error (error);
  world.release.hash_source = JMP_HASH_FEED;
  world.release.sha256 = hash;
  second = get (&world, &error);
  assert_fetched (second, error, JMP_TRUST_PUBLISHED, FALSE);
  assert_int_equal (world_n_requests (&world), 2);
}

static void
damage_objects (const World *world)
{
  g_autofree char *folder = g_build_filename (world->folder, "cache", "objects", NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *data = NULL;
    gsize size;

    assert_true (g_file_get_contents (path, &data, &size, NULL));
    data[size / 2] ^= 1;
    assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  }
}

static void
test_fetch_gets_a_damaged_entry_again (void **state)
{
  const TestAnswer answer = { .body = firmware };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) first = NULL;
  g_autoptr (JmpFetched) second = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  first = get (&world, &error);
  assert_fetched (first, error, JMP_TRUST_UNPUBLISHED, FALSE);
  damage_objects (&world);
  second = get (&world, &error);
  assert_fetched (second, error, JMP_TRUST_SEEN, FALSE);
  assert_true (second->was_damaged);
  assert_int_equal (world_n_requests (&world), 2);
}

/* The cache cannot be written: the download is good all the same. */
static void
test_fetch_works_without_a_cache (void **state)
{
  const TestAnswer answer = { .body = firmware };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;
  g_autofree char *in_the_way = NULL;

  world.folder = kit_folder ();
  in_the_way = world_path (&world, "cache");
  assert_true (g_file_set_contents (in_the_way, "a file", -1, NULL));
  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  fetched = get (&world, &error);
  assert_fetched (fetched, error, JMP_TRUST_UNPUBLISHED, FALSE);
  assert_error (fetched->not_kept, JMP_ERROR, JMP_ERROR_FILE, "cache");
}

static void
test_fetch_works_with_a_full_disk (void **state)
{
  const TestAnswer answer = { .body = firmware };
  const struct rlimit small = { .rlim_cur = 100000, .rlim_max = RLIM_INFINITY };
  struct rlimit before;
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;
  g_autoptr (JmpFetched) later = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, &answer, 1);
  signal (SIGXFSZ, SIG_IGN);
  getrlimit (RLIMIT_FSIZE, &before);
  setrlimit (RLIMIT_FSIZE, &small);
  fetched = get (&world, &error);
  setrlimit (RLIMIT_FSIZE, &before);
  assert_fetched (fetched, error, JMP_TRUST_UNPUBLISHED, FALSE);
  assert_error (fetched->not_kept, JMP_ERROR, JMP_ERROR_FILE, "keeping ");
  assert_int_equal (jmp_cache_get_size (world.cache), 0);

  later = get (&world, &error);
  assert_fetched (later, error, JMP_TRUST_SEEN, FALSE);
  assert_no_error (later->not_kept);
  assert_int_equal (world_n_requests (&world), 2);
}

/* A download that broke off goes on the next time, and its beginning does not stay behind. */
static void
test_fetch_goes_on_where_it_broke_off (void **state)
{
  const TestAnswer answers[] = {
    { .body = firmware, .etag = "\"1\"", .cut = 60000 },
    { .body = firmware, .etag = "\"1\"", .cut = 60000 },
    { .body = firmware, .etag = "\"1\"", .cut = 60000 },
    { .body = firmware, .etag = "\"1\"" },
  };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;
  g_autofree char *asked = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, 4);
  assert_null (get (&world, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "broke off");
  g_clear_error (&error);
  assert_false (jmp_fetcher_has (world.fetcher, &world.release, NULL));
  assert_int_equal (jmp_cache_get_size (world.cache), 180000);

  fetched = get (&world, &error);
  assert_fetched (fetched, error, JMP_TRUST_UNPUBLISHED, FALSE);
  asked = test_server_last (world.server, WORLD_PATH);
  assert_non_null (strstr (asked, "Range: bytes=180000-"));
  assert_int_equal (world_n_requests (&world), 4);
  assert_int_equal (jmp_cache_get_size (world.cache), g_bytes_get_size (firmware));
}

static void
cancel_cb (const JmpDownloadProgress *progress, gpointer user_data)
{
  if (progress->bytes >= 60000)
    g_cancellable_cancel (user_data);
}

/* The same after a person has stopped it. */
static void
test_fetch_goes_on_after_a_cancel (void **state)
{
  const TestAnswer answers[] = {
    { .body = firmware, .etag = "\"1\"", .cut = 60000, .then = TEST_HANG },
    { .body = firmware, .etag = "\"1\"" },
  };
  g_auto (World) world = { 0 };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const JmpFetchOptions options = { .progress = cancel_cb, .user_data = cancellable };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;
  g_autofree char *asked = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, 2);
  assert_null (jmp_fetcher_get (world.fetcher, &world.release, &options, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  fetched = get (&world, &error);
  assert_fetched (fetched, error, JMP_TRUST_UNPUBLISHED, FALSE);
  asked = test_server_last (world.server, WORLD_PATH);
  assert_non_null (strstr (asked, "Range: bytes=60000-"));
  assert_int_equal (world_n_requests (&world), 2);
}

/* A server that gives two versions the same name: the file's CRC notices, and it is got as a whole. */
static void
test_fetch_does_not_mix_versions (void **state)
{
  const TestAnswer answers[] = {
    { .body = other, .etag = "\"1\"", .cut = 60000 },
    { .body = firmware, .etag = "\"1\"" },
    { .body = firmware, .etag = "\"1\"" },
  };
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpFetched) fetched = NULL;

  world_open (&world);
  test_server_answer (world.server, WORLD_PATH, answers, 3);
  fetched = get (&world, &error);
  assert_fetched (fetched, error, JMP_TRUST_UNPUBLISHED, FALSE);
  assert_int_equal (world_n_requests (&world), 3);
}

static void
test_fetch_reads_a_local_file (void **state)
{
  g_auto (World) world = { 0 };
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (JmpFetched) fetched = NULL;

  world_open (&world);
  path = world_path (&world, "own file.dfu");
  uri = g_filename_to_uri (path, NULL, NULL);
  world.release.url = uri;
  assert_null (get_offline (&world, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "reading " WORLD_FILE);
  g_clear_error (&error);
  assert_true (g_file_set_contents (
      path, g_bytes_get_data (firmware, NULL), (gssize)g_bytes_get_size (firmware), NULL));
  fetched = get_offline (&world, &error);
  assert_fetched (fetched, error, JMP_TRUST_LOCAL, FALSE);
  assert_int_equal (world_n_requests (&world), 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fetch_keeps_what_it_got),
    cmocka_unit_test (test_fetch_says_what_is_known),
    cmocka_unit_test (test_fetch_keeps_out_what_fails_a_check),
    cmocka_unit_test (test_fetch_checks_the_board_from_the_cache),
    cmocka_unit_test (test_fetch_alarms_when_a_file_has_changed),
    cmocka_unit_test (test_fetch_takes_the_change_that_is_accepted),
    cmocka_unit_test (test_fetch_accepts_no_wrong_hash),
    cmocka_unit_test (test_fetch_follows_a_published_hash),
    cmocka_unit_test (test_fetch_gets_a_damaged_entry_again),
    cmocka_unit_test (test_fetch_works_without_a_cache),
    cmocka_unit_test (test_fetch_works_with_a_full_disk),
    cmocka_unit_test (test_fetch_goes_on_where_it_broke_off),
    cmocka_unit_test (test_fetch_goes_on_after_a_cancel),
    cmocka_unit_test (test_fetch_does_not_mix_versions),
    cmocka_unit_test (test_fetch_reads_a_local_file),
  };
  int failed;

  kit_forget_proxies ();
  firmware = kit_firmware (SIZE, 1);
  other = kit_firmware (SIZE, 2);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, firmware);
  failed = cmocka_run_group_tests_name ("release-http/fetch", tests, NULL, NULL);
  g_bytes_unref (firmware);
  g_bytes_unref (other);
  g_free (hash);
  return failed;
}
