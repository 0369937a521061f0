/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "release-kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define URL  "https://micropython.org/resources/firmware/PYBV11-20260824-v1.29.0.dfu"
#define NAME "PYBV11-20260824-v1.29.0.dfu"
#define MAP  "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"

static char *folder;
static GBytes *firmware;
static GBytes *other;
static char *hash;

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

static JmpMemory *
remember (GBytes *bytes)
{
  JmpMemory *memory = jmp_memory_new (folder);
  g_autoptr (GError) error = NULL;

  jmp_memory_note (memory, URL, bytes, &error);
  assert_no_error (error);
  return memory;
}

static void
test_trust_says_the_best_that_is_known (void **state)
{
  const struct {
    const char *name;
    const char *sha256;
    JmpHashSource source;
    GBytes *before;
    JmpTrust trust;
    int code; /* -1: fine */
    const char *message;
  } cases[] = {
    { "nothing known", NULL, JMP_HASH_NONE, NULL, JMP_TRUST_UNPUBLISHED, -1, NULL },
    { "the same before", NULL, JMP_HASH_NONE, firmware, JMP_TRUST_SEEN, -1, NULL },
    { "another before",
      NULL,
      JMP_HASH_NONE,
      other,
      JMP_TRUST_SEEN,
      JMP_ERROR_CHANGED,
      NAME ": the file has changed since it first came to this computer: expected SHA-256 " },
    { "pinned", hash, JMP_HASH_PINNED, NULL, JMP_TRUST_PINNED, -1, NULL },
    { "pinned, another before", hash, JMP_HASH_PINNED, other, JMP_TRUST_PINNED, -1, NULL },
    { "published", hash, JMP_HASH_FEED, NULL, JMP_TRUST_PUBLISHED, -1, NULL },
    { "published, another before", hash, JMP_HASH_FEED, other, JMP_TRUST_PUBLISHED, -1, NULL },
    { "published, but nobody says by whom",
      hash,
      JMP_HASH_NONE,
      NULL,
      JMP_TRUST_UNPUBLISHED,
      -1,
      NULL },
    { "not as pinned, the same before",
      "0000000000000000000000000000000000000000000000000000000000000000",
      JMP_HASH_PINNED,
      firmware,
      JMP_TRUST_PINNED,
      JMP_ERROR_DAMAGED_FILE,
      NAME ": not the file that was published: expected SHA-256 0000000000000000000000000000000000"
           "000000000000000000000000000000, got " },
    { "published as something that is no hash",
      "",
      JMP_HASH_FEED,
      NULL,
      JMP_TRUST_PUBLISHED,
      JMP_ERROR_DAMAGED_FILE,
      "not the file that was published" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    const JmpRelease release = {
      .url = (char *)URL,
      .file_name = (char *)NAME,
      .sha256 = (char *)cases[i].sha256,
      .hash_source = cases[i].source,
    };
    g_autoptr (JmpMemory) memory = cases[i].before != NULL ? remember (cases[i].before)
                                                           : jmp_memory_new (folder);
    g_autoptr (GError) error = NULL;
    JmpTrust trust;
    gboolean ok = jmp_trust_check_hash (&release, firmware, memory, &trust, &error);

    print_message ("  %s: %s\n", cases[i].name, jmp_trust_to_string (trust));
    assert_int_equal (ok, cases[i].code == -1);
    assert_string_equal (jmp_trust_to_string (trust), jmp_trust_to_string (cases[i].trust));
    if (!ok) {
      assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
      assert_non_null (strstr (error->message, hash));
    }
    jmp_memory_forget (memory, URL);
  }
}

static void
test_trust_has_words_for_all (void **state)
{
  assert_string_equal (jmp_trust_to_string (JMP_TRUST_PINNED), "pinned");
  assert_string_equal (jmp_trust_to_string (JMP_TRUST_PUBLISHED), "published");
  assert_string_equal (jmp_trust_to_string (JMP_TRUST_SEEN), "seen");
  assert_string_equal (jmp_trust_to_string (JMP_TRUST_UNPUBLISHED), "unpublished");
  assert_string_equal (jmp_trust_to_string (JMP_TRUST_LOCAL), "local");
}

/* A file of one's own may change as often as one likes. */
static void
test_trust_leaves_local_files_alone (void **state)
{
  const JmpRelease release = { .url = (char *)"file:///home/me/own.dfu",
                               .file_name = (char *)"own.dfu" };
  g_autoptr (JmpMemory) memory = jmp_memory_new (folder);
  g_autoptr (GError) error = NULL;
  JmpTrust trust;

  assert_true (jmp_memory_note (memory, release.url, other, &error));
  assert_true (jmp_trust_check_hash (&release, firmware, memory, &trust, &error));
  assert_int_equal (trust, JMP_TRUST_LOCAL);
}

/* The record of the first time stays; one that cannot be read is as good as none. */
static void
test_trust_remembers_the_first_time (void **state)
{
  const JmpRelease release = { .url = (char *)URL, .file_name = (char *)NAME };
  g_autoptr (JmpMemory) memory = remember (firmware);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autofree char *path = g_build_filename (folder, g_dir_read_name (dir), NULL);
  g_autofree char *first = NULL;
  g_autofree char *again = NULL;
  g_autofree char *old = NULL;
  g_autoptr (GError) error = NULL;
  char *date;
  JmpTrust trust;

  assert_true (g_file_get_contents (path, &first, NULL, NULL));
  date = strstr (first, "\"date\" : ");
  assert_non_null (date);
  *date = '\0';
  old = g_strconcat (first, "\"date\" : 5}", NULL);
  assert_true (g_file_set_contents (path, old, -1, NULL));
  assert_true (jmp_memory_note (memory, URL, firmware, &error));
  assert_true (g_file_get_contents (path, &again, NULL, NULL));
  assert_string_equal (again, old);

  assert_true (g_file_set_contents (path, "{", -1, NULL));
  assert_true (jmp_trust_check_hash (&release, firmware, memory, &trust, &error));
  assert_int_equal (trust, JMP_TRUST_UNPUBLISHED);
}

static void
test_trust_says_when_it_cannot_remember (void **state)
{
  g_autofree char *in_the_way = g_build_filename (folder, "file", NULL);
  g_autoptr (JmpMemory) memory = jmp_memory_new (in_the_way);
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (in_the_way, "a file", -1, NULL));
  assert_false (jmp_memory_note (memory, URL, firmware, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, in_the_way);
}

static void
test_trust_checks_the_file_itself (void **state)
{
  gsize size = g_bytes_get_size (firmware);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (firmware, 0, size - 1);
  g_autoptr (GBytes) raw = g_bytes_new_static ("\x00\x00\x02\x20\x01\x01\x00\x08", 8);
  const JmpReadOptions lenient = { .accept_damaged = TRUE };
  const JmpReadOptions at = { .has_address = TRUE, .address = 0x08000000 };
  const JmpReadOptions outside = { .has_address = TRUE, .address = 0x08100000 };
  const JmpReadOptions second = { .has_address = TRUE, .address = 0x08000000, .alt = 1 };
  const struct {
    const char *name;
    GBytes *bytes;
    guint64 size;
    const JmpReadOptions *options;
    guint16 pid;
    int code; /* -1: fine */
    const char *message;
  } cases[] = {
    { "right", firmware, 0, NULL, 0xDF11, -1, NULL },
    { "right, size known", firmware, size, NULL, 0xDF11, -1, NULL },
    { "right, no board", firmware, 0, NULL, 0, -1, NULL },
    { "another size", firmware, 5, NULL, 0, JMP_ERROR_DAMAGED_FILE, "expected 5 bytes, got 1309" },
    { "cut", cut, 0, NULL, 0, JMP_ERROR_DAMAGED_FILE, NAME },
    { "cut, and a caller who does not mind", cut, 0, &lenient, 0, JMP_ERROR_DAMAGED_FILE, NAME },
    { "another board", firmware, 0, NULL, 0x5740, JMP_ERROR_MISMATCH, "this board has 0483:5740" },
    { "bytes without an address", raw, 0, NULL, 0xDF11, JMP_ERROR_USAGE, NAME },
    { "bytes with an address", raw, 0, &at, 0xDF11, -1, NULL },
    { "bytes outside of the flash",
      raw,
      0,
      &outside,
      0xDF11,
      JMP_ERROR_DOES_NOT_FIT,
      "nothing to write at 0x08100000 in Internal Flash" },
    { "an alt setting that is not there",
      raw,
      0,
      &second,
      0xDF11,
      JMP_ERROR_DOES_NOT_FIT,
      "for alt setting 1" },
  };
  gsize i;

  for (i = 0; i < G_N_ELEMENTS (cases); i++) {
    const JmpRelease release = { .url = (char *)URL,
                                 .file_name = (char *)NAME,
                                 .size = cases[i].size };
    JmpDfuInfo *board = kit_board (cases[i].pid, MAP);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = NULL;

    print_message ("  %s\n", cases[i].name);
    image = jmp_trust_check_file (
        &release, cases[i].bytes, cases[i].options, cases[i].pid != 0 ? board : NULL, &error);
    if (cases[i].code == -1) {
      assert_no_error (error);
      assert_non_null (image);
    } else {
      assert_null (image);
      assert_error (error, JMP_ERROR, cases[i].code, cases[i].message);
      assert_true (g_str_has_prefix (error->message, NAME ": "));
    }
    kit_board_free (board);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_setup_teardown (test_trust_says_the_best_that_is_known, set_up, tear_down),
    cmocka_unit_test (test_trust_has_words_for_all),
    cmocka_unit_test_setup_teardown (test_trust_leaves_local_files_alone, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_trust_remembers_the_first_time, set_up, tear_down),
    cmocka_unit_test_setup_teardown (test_trust_says_when_it_cannot_remember, set_up, tear_down),
    cmocka_unit_test (test_trust_checks_the_file_itself),
  };
  int failed;

  firmware = kit_firmware (1000, 1);
  other = kit_firmware (1000, 2);
  hash = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, firmware);
  failed = cmocka_run_group_tests_name ("core/release/trust", tests, NULL, NULL);
  g_bytes_unref (firmware);
  g_bytes_unref (other);
  g_free (hash);
  return failed;
}
