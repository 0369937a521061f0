/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "backup/store.h"
#include "base/error.h"
#include "store-kit.h"

#include <glib/gstdio.h>
#include <string.h>

#define FLASH "0 0x08000000 0x4000; 0 0x08020000 0x100; 1 0x90000000 0x200"
#define DAY   (24 * 60 * 60)

static void
check_list (StoreKit *kit, const char *expected)
{
  g_autofree char *list = store_kit_list (kit, KIT_IDENTITY);

  assert_lines_equal (list, expected);
}

static void
check_tree (StoreKit *kit, const char *expected)
{
  g_autofree char *tree = store_kit_tree (kit);

  assert_lines_equal (tree, expected);
}

static gboolean
is_same (JmpImage *one, JmpImage *other)
{
  if (jmp_image_get_n_targets (one) != jmp_image_get_n_targets (other))
    return FALSE;
  for (guint i = 0; i < jmp_image_get_n_targets (one); i++) {
    const JmpImageTarget *a = jmp_image_get_target (one, i);
    const JmpImageTarget *b = jmp_image_get_target (other, i);

    if (a->alt != b->alt || a->n_segments != b->n_segments)
      return FALSE;
    for (guint j = 0; j < a->n_segments; j++)
      if (a->segments[j].address != b->segments[j].address
          || !g_bytes_equal (a->segments[j].bytes, b->segments[j].bytes))
        return FALSE;
  }
  return TRUE;
}

static void
test_store_gives_back_what_was_put_in (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpImage) image = store_kit_image (FLASH);
  g_autoptr (JmpBackup) added = store_kit_add (kit, FLASH, KIT_DATE);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (JmpImage) loaded = NULL;
  g_autoptr (GError) error = NULL;
  JmpBackup *backup;

  all = jmp_backup_store_list (kit->store, KIT_IDENTITY, NULL, &error);
  assert_no_error (error);
  assert_int_equal (all->len, 1);
  backup = g_ptr_array_index (all, 0);
  assert_string_equal (backup->id, added->id);
  assert_null (backup->problem);
  assert_string_equal (backup->identity, KIT_IDENTITY);
  assert_string_equal (backup->board_name, "pyboard v1.1");
  assert_string_equal (backup->board_id, "pyboard-v1.1");
  assert_string_equal (backup->version, "v1.29.0");
  assert_string_equal (backup->machine, "PYBv1.1 with STM32F405RG");
  assert_int_equal (backup->vid, 0x0483);
  assert_int_equal (backup->pid, 0xdf11);
  assert_int_equal (backup->date, KIT_DATE);
  assert_int_equal (backup->size, 0x4300);
  assert_int_equal (backup->ranges->len, 3);
  loaded = jmp_backup_store_load (kit->store, backup, NULL, &error);
  assert_no_error (error);
  assert_true (is_same (image, loaded));
  assert_true (jmp_image_is_for (loaded, 0x0483, 0xdf11));
}

static void
test_store_is_two_files_in_a_folder (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, FLASH, KIT_DATE);
  g_autofree char *file = store_kit_path (backup, "backup.dfu");

  check_tree (kit,
              "serial+3A3254335D3037\n"
              "serial+3A3254335D3037/#\n"
              "serial+3A3254335D3037/#/backup.dfu\n"
              "serial+3A3254335D3037/#/backup.json\n");
  assert_true (g_str_has_prefix (backup->id, "20261121-120000-"));
  assert_only_owner_reads (file);
}

static void
test_store_lists_newest_first_and_by_board (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) second = store_kit_add (kit, FLASH, KIT_DATE + 60);
  g_autoptr (JmpBackup) first = store_kit_add (kit, "0 0x08000000 16", KIT_DATE);
  g_autoptr (JmpBackup) third = store_kit_add (kit, "0 0x08000000 32", KIT_DATE + DAY);
  g_autoptr (JmpBackup) found = NULL;
  g_autofree char *other = store_kit_list (kit, "serial:another");
  g_autofree char *all = store_kit_list (kit, NULL);
  g_autoptr (GError) error = NULL;

  assert_string_not_equal (second->id, third->id);
  check_list (kit,
              "+86400 s, 32 bytes, first-flash\n"
              "+60 s, 17152 bytes, first-flash\n"
              "+0 s, 16 bytes, first-flash\n");
  assert_string_equal (other, "");
  assert_true (g_str_has_prefix (all, "+86400 s"));
  found = jmp_backup_store_find (kit->store, first->id, NULL, &error);
  assert_no_error (error);
  assert_string_equal (found->id, first->id);
  assert_null (jmp_backup_store_find (kit->store, "20261121", NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "there is no backup");
}

static void
test_store_that_is_not_there_is_empty (void **state)
{
  check_list (*state, "");
}

/* What somebody does to the files of a backup, and what the list and a restore say of it then. */
typedef struct {
  const char *name;
  const char *file;
  const char *contents; /* NULL: removed */
  const char *listed;
  const char *loaded;
} Damage;

static const Damage damages[] = {
  { "no file", "backup.dfu", NULL, "damaged: its file is missing\n", "its file is missing" },
  { "short file",
    "backup.dfu",
    "DfuSe",
    "damaged: its file has 5 bytes instead of 17751\n",
    "its file has 5 bytes" },
  { "no description",
    "backup.json",
    NULL,
    "damaged: its description is missing\n",
    "its description is missing" },
  { "empty description",
    "backup.json",
    "",
    "damaged: its description cannot be read: not JSON: nothing in it\n",
    "cannot be read" },
  { "a list", "backup.json", "[]", "damaged: its description is no object\n", "no object" },
  { "no schema", "backup.json", "{}", "damaged: its description has no schema\n", "no schema" },
  { "a later schema",
    "backup.json",
    "{\"schema\": 2}",
    "damaged: a later version of the program made it\n",
    "a later version" },
  { "no date", "backup.json", "{\"schema\": 1}", "damaged: its description has no date\n", "date" },
  { "no file named",
    "backup.json",
    "{\"schema\": 1, \"date\": \"2026-11-21T12:00:00Z\"}",
    "damaged: its description does not say what its file is\n",
    "what its file is" },
  { "no ranges",
    "backup.json",
    "{\"schema\": 1, \"date\": \"2026-11-21T12:00:00Z\", \"file\": {\"size\": 1, \"sha256\":"
    "\"0123456789012345678901234567890123456789012345678901234567890123\"}, \"ranges\": [7]}",
    "damaged: its description does not say which memory it is of\n",
    "which memory" },
};

static void
spoil (JmpBackup *backup, const char *name, const char *contents)
{
  g_autofree char *path = store_kit_path (backup, name);

  if (contents == NULL)
    assert_int_equal (g_remove (path), 0);
  else
    assert_true (g_file_set_contents (path, contents, -1, NULL));
}

static void
check_damage (StoreKit *kit, const Damage *damage)
{
  g_autoptr (JmpBackup) backup = store_kit_add (kit, FLASH, KIT_DATE);
  g_autoptr (GPtrArray) all = NULL;
  g_autoptr (GError) error = NULL;

  spoil (backup, damage->file, damage->contents);
  check_list (kit, damage->listed);
  all = jmp_backup_store_list (kit->store, KIT_IDENTITY, NULL, NULL);
  assert_null (jmp_backup_store_load (kit->store, g_ptr_array_index (all, 0), NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, damage->loaded);
  g_clear_error (&error);
  jmp_backup_store_delete (kit->store, g_ptr_array_index (all, 0), &error);
  assert_no_error (error);
}

static void
test_store_tells_what_is_damaged (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (damages); i++) {
    print_message ("%s\n", damages[i].name);
    check_damage (*state, &damages[i]);
  }
  check_list (*state, "");
}

static void
test_store_notices_a_single_bit (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, FLASH, KIT_DATE);
  g_autofree char *path = store_kit_path (backup, "backup.dfu");
  g_autofree char *data = NULL;
  g_autoptr (GError) error = NULL;
  gsize size;

  assert_true (g_file_get_contents (path, &data, &size, NULL));
  data[1000] ^= 0x10;
  assert_true (g_file_set_contents (path, data, (gssize)size, NULL));
  check_list (kit, "+0 s, 17152 bytes, first-flash\n");
  assert_null (jmp_backup_store_load (kit->store, backup, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "not what it was");
}

static void
test_store_lists_foreign_things_beside_its_own (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, FLASH, KIT_DATE);
  g_autofree char *board = g_path_get_dirname (backup->folder);
  g_autofree char *folder = g_build_filename (board, "holiday", NULL);
  g_autofree char *file = g_build_filename (board, "notes.txt", NULL);
  g_autofree char *hidden = g_build_filename (board, ".directory", NULL);
  g_autofree char *list = NULL;

  assert_int_equal (g_mkdir (folder, 0700), 0);
  assert_true (g_file_set_contents (file, "x", -1, NULL));
  assert_true (g_file_set_contents (hidden, "x", -1, NULL));
  list = store_kit_list (kit, KIT_IDENTITY);
  assert_non_null (strstr (list, "+0 s, 17152 bytes, first-flash\n"));
  assert_int_equal (strlen (list),
                    strlen ("+0 s, 17152 bytes, first-flash\n")
                        + 2 * strlen ("damaged: its description is missing\n"));
}

static void
test_store_lists_nothing_unfinished_and_tidies_it (void **state)
{
  StoreKit *kit = *state;
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, FLASH, KIT_DATE);
  g_autofree char *board = g_path_get_dirname (backup->folder);
  g_autofree char *unfinished = g_build_filename (board, ".new-20261121-1", NULL);
  g_autofree char *file = g_build_filename (unfinished, "backup.dfu", NULL);

  assert_int_equal (g_mkdir (unfinished, 0700), 0);
  assert_true (g_file_set_contents (file, "DfuSe", -1, NULL));
  check_list (kit, "+0 s, 17152 bytes, first-flash\n");
  jmp_backup_store_tidy (kit->store, now);
  assert_true (g_file_test (file, G_FILE_TEST_EXISTS));
  jmp_backup_store_tidy (kit->store, now + 2 * DAY);
  assert_false (g_file_test (unfinished, G_FILE_TEST_EXISTS));
  check_list (kit, "+0 s, 17152 bytes, first-flash\n");
}

static void
test_store_deletes_and_brings_back (void **state)
{
  StoreKit *kit = *state;
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, FLASH, KIT_DATE);
  g_autoptr (GError) error = NULL;
  const struct {
    gint64 days;
    gboolean is_there;
  } ages[] = { { 0, TRUE },
               { JMP_BACKUP_TRASH_DAYS - 1, TRUE },
               { JMP_BACKUP_TRASH_DAYS + 1, FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (ages); i++) {
    g_clear_error (&error);
    assert_true (jmp_backup_store_delete (kit->store, backup, &error));
    check_list (kit, "");
    jmp_backup_store_tidy (kit->store, now + ages[i].days * DAY);
    assert_int_equal (jmp_backup_store_undelete (kit->store, backup, &error), ages[i].is_there);
    check_list (kit, ages[i].is_there ? "+0 s, 17152 bytes, first-flash\n" : "");
  }
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "moving");
  g_clear_error (&error);
  assert_false (jmp_backup_store_delete (kit->store, backup, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "moving");
}

/* What a board says of itself becomes no path. */
static void
test_store_is_not_led_out_of_its_folder (void **state)
{
  StoreKit *kit = *state;
  const char *const identities[] = {
    "serial:../../../etc", "serial:..",   "..",   ".",    ".trash",          "",
    "path:1-1/../..",      "serial:a\nb", "CON:", "C:\\", "serial:\xff\xfe",
  };
  g_autoptr (GDir) dir = NULL;
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 16");

  for (guint i = 0; i < G_N_ELEMENTS (identities); i++) {
    const JmpBackupLabel label = { .identity = identities[i], .board_name = identities[i] };
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpBackup) backup = jmp_backup_store_add (kit->store, &label, image, NULL, &error);
    g_autofree char *list = NULL;

    if (*identities[i] == '\0') {
      jmp_backup_store_delete (kit->store, backup, NULL);
      continue;
    }
    assert_no_error (error);
    list = store_kit_list (kit, identities[i]);
    assert_non_null (strstr (list, "16 bytes, by-hand"));
  }
  dir = g_dir_open (kit->folder, 0, NULL);
  assert_string_equal (g_dir_read_name (dir), "backups");
  assert_null (g_dir_read_name (dir));
}

static void
test_store_keeps_names_of_any_length_apart (void **state)
{
  StoreKit *kit = *state;
  g_autofree char *tail = g_strnfill (5000, 'A');
  g_autofree char *one = g_strconcat ("serial:", tail, "1", NULL);
  g_autofree char *other = g_strconcat ("serial:", tail, "2", NULL);
  const JmpBackupLabel label = { .identity = one, .date = KIT_DATE };
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 16");
  g_autoptr (JmpBackup) backup = jmp_backup_store_add (kit->store, &label, image, NULL, NULL);
  g_autofree char *list = store_kit_list (kit, one);
  g_autofree char *empty = store_kit_list (kit, other);

  assert_non_null (backup);
  assert_string_equal (list, "+0 s, 16 bytes, by-hand\n");
  assert_string_equal (empty, "");
}

static void
test_store_has_a_limit (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 16");
  const JmpBackupLabel label = store_kit_label (KIT_DATE);
  g_autofree char *name = g_build_filename (kit->folder, "backups", "serial+3A3254335D3037", NULL);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir_with_parents (name, 0700), 0);
  for (guint i = 0; i < JMP_BACKUP_MAX_PER_BOARD; i++) {
    g_autofree char *number = g_strdup_printf ("%u", i);
    g_autofree char *path = g_build_filename (name, number, NULL);

    assert_int_equal (g_mkdir (path, 0700), 0);
  }
  assert_null (jmp_backup_store_add (kit->store, &label, image, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "which is the limit");
}

static void
test_store_stops_when_cancelled (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpImage) image = store_kit_image (FLASH);
  const JmpBackupLabel label = store_kit_label (KIT_DATE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  assert_null (jmp_backup_store_add (kit->store, &label, image, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  check_tree (kit, "serial+3A3254335D3037\n");
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, store_kit_set_up, store_kit_tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_store_gives_back_what_was_put_in),
    TEST (test_store_is_two_files_in_a_folder),
    TEST (test_store_lists_newest_first_and_by_board),
    TEST (test_store_that_is_not_there_is_empty),
    TEST (test_store_tells_what_is_damaged),
    TEST (test_store_notices_a_single_bit),
    TEST (test_store_lists_foreign_things_beside_its_own),
    TEST (test_store_lists_nothing_unfinished_and_tidies_it),
    TEST (test_store_deletes_and_brings_back),
    TEST (test_store_is_not_led_out_of_its_folder),
    TEST (test_store_keeps_names_of_any_length_apart),
    TEST (test_store_has_a_limit),
    TEST (test_store_stops_when_cancelled),
  };

  return cmocka_run_group_tests_name ("backup/store", tests, NULL, NULL);
}
