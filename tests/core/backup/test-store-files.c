/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "store-kit.h"
#include "virtual/virtual-usb.h"

#include <string.h>

static GFile *
make_file (StoreKit *kit, const char *name)
{
  g_autofree char *path = g_build_filename (kit->folder, name, NULL);

  return g_file_new_for_path (path);
}

static GBytes *
read_all (GFile *file)
{
  g_autoptr (GError) error = NULL;
  GBytes *bytes = g_file_load_bytes (file, NULL, NULL, &error);

  assert_no_error (error);
  return bytes;
}

static JmpDfuInfo *
read_info (const char *spec)
{
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, NULL);
  g_autoptr (JmpUsb) usb = jmp_virtual_usb_open (board, NULL);
  g_autoptr (GError) error = NULL;
  JmpDfuInfo *info = jmp_dfu_info_read (usb, NULL, &error);

  assert_no_error (error);
  return info;
}

static void
test_files_export_what_can_be_restored (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, "0 0x08000000 64; 0 0x08004000 16", KIT_DATE);
  g_autoptr (GFile) file = make_file (kit, "copy.dfu");
  const JmpReadOptions options = { 0 };
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (jmp_backup_store_export (kit->store, backup, -1, file, NULL, &error));
  image = jmp_image_read_file (file, &options, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_size (image), 80);
  assert_int_equal (jmp_image_get_crc (image), JMP_CRC_OK);
}

static void
test_files_export_the_bytes_of_one_range (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, "0 0x08000000 64; 0 0x08004000 16", KIT_DATE);
  g_autoptr (GFile) file = make_file (kit, "range.bin");
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08004000 16");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (jmp_backup_store_export (kit->store, backup, 1, file, NULL, &error));
  bytes = read_all (file);
  assert_true (g_bytes_equal (bytes, jmp_image_get_target (image, 0)->segments[0].bytes));
  assert_false (jmp_backup_store_export (kit->store, backup, 2, file, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "has no range 2");
}

static void
test_files_export_nothing_that_is_damaged (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, "0 0x08000000 64", KIT_DATE);
  g_autofree char *path = store_kit_path (backup, "backup.dfu");
  g_autoptr (GFile) file = make_file (kit, "copy.dfu");
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (path, "nothing", -1, NULL));
  assert_false (jmp_backup_store_export (kit->store, backup, -1, file, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, NULL);
  assert_false (g_file_query_exists (file, NULL));
}

static void
test_files_import_any_format (void **state)
{
  static const char hex[] = ":020000040800F2\n"
                            ":10000000000102030405060708090A0B0C0D0E0F78\n"
                            ":00000001FF\n";
  StoreKit *kit = *state;
  g_autoptr (GFile) file = make_file (kit, "old.hex");
  g_autofree char *path = g_file_get_path (file);
  g_autoptr (JmpDfuInfo) info = read_info ("pyboard,speed=0");
  const JmpBackupLabel label = { .identity = KIT_IDENTITY, .info = info, .date = KIT_DATE };
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpBackup) backup = NULL;
  g_autofree char *list = NULL;

  assert_true (g_file_set_contents (path, hex, -1, NULL));
  backup = jmp_backup_store_import (kit->store, &label, file, NULL, NULL, &error);
  assert_no_error (error);
  assert_int_equal (backup->vid, 0x0483);
  assert_int_equal (backup->pid, 0xdf11);
  list = store_kit_list (kit, KIT_IDENTITY);
  assert_string_equal (list, "+0 s, 16 bytes, imported\n");
}

static void
test_files_import_nothing_of_another_board (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpBackup) backup = store_kit_add (kit, "0 0x08000000 64", KIT_DATE);
  g_autoptr (GFile) file = make_file (kit, "copy.dfu");
  g_autoptr (GFile) text = make_file (kit, "notes.txt");
  g_autofree char *path = g_file_get_path (text);
  g_autoptr (JmpDfuInfo) info = read_info ("spark,speed=0");
  const JmpBackupLabel label = { .identity = "serial:other", .info = info };
  g_autoptr (GError) error = NULL;

  assert_true (jmp_backup_store_export (kit->store, backup, -1, file, NULL, &error));
  assert_null (jmp_backup_store_import (kit->store, &label, file, NULL, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_MISMATCH, "the file is for 0483:df11");
  g_clear_error (&error);
  assert_true (g_file_set_contents (path, "milk", -1, NULL));
  assert_null (jmp_backup_store_import (kit->store, &label, text, NULL, NULL, &error));
  assert_non_null (error);
}

/* Option bytes and OTP are known afterwards, and no file can write them. */
static void
test_files_hold_no_settings_of_the_chip (void **state)
{
  StoreKit *kit = *state;
  g_autoptr (JmpDfuInfo) info = read_info ("pyboard,speed=0");
  g_autoptr (JmpImage) image = store_kit_image ("0 0x08000000 64; 1 0x1FFFC000 16");
  g_autoptr (JmpImage) options = store_kit_image ("1 0x1FFFC000 16");
  const JmpBackupLabel label = { .identity = KIT_IDENTITY, .info = info };
  g_autoptr (JmpBackup) added = NULL;
  g_autoptr (JmpBackup) backup = NULL;
  g_autoptr (JmpImage) loaded = NULL;
  g_autoptr (GError) error = NULL;
  const JmpBackupRange *range;

  added = jmp_backup_store_add (kit->store, &label, image, NULL, &error);
  assert_no_error (error);
  backup = jmp_backup_store_find (kit->store, added->id, NULL, &error);
  assert_no_error (error);
  assert_int_equal (backup->size, 64);
  assert_int_equal (backup->ranges->len, 2);
  range = g_ptr_array_index (backup->ranges, 1);
  assert_true (g_bytes_equal (range->bytes, jmp_image_get_target (options, 0)->segments[0].bytes));
  loaded = jmp_backup_store_load (kit->store, backup, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_n_targets (loaded), 1);
  assert_int_equal (jmp_image_get_target (loaded, 0)->alt, 0);
  assert_null (jmp_backup_store_add (kit->store, &label, options, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "nothing in it that could be put back");
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, store_kit_set_up, store_kit_tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_files_export_what_can_be_restored),
    TEST (test_files_export_the_bytes_of_one_range),
    TEST (test_files_export_nothing_that_is_damaged),
    TEST (test_files_import_any_format),
    TEST (test_files_import_nothing_of_another_board),
    TEST (test_files_hold_no_settings_of_the_chip),
  };

  return cmocka_run_group_tests_name ("backup/store-files", tests, NULL, NULL);
}
