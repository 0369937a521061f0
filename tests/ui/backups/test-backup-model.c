/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "backups/backup-firmware.h"
#include "base/error.h"
#include "model-kit.h"

#include <string.h>

static guint
count (ModelKit *kit)
{
  return g_list_model_get_n_items (G_LIST_MODEL (kit->model));
}

static void
change_board (ModelKit *kit)
{
  const guint8 byte = 0x5a;

  assert_true (jmp_virtual_board_poke (kit->board, 0, 0x08012345, &byte, 1));
}

static void
test_model_backs_up_what_is_on_the_board (void **state)
{
  ModelKit *kit = *state;
  const JmpBackupAbout about = { .board_name = "My board",
                                 .board_id = "pyboard-v1.1",
                                 .version = "v1.29.0" };
  const JmpBackup *backup;

  assert_int_equal (count (kit), 0);
  jmp_backup_model_set_about (kit->model, &about);
  model_kit_back_up (kit);
  assert_int_equal (kit->kept, 1);
  backup = jmp_backup_item_get_backup (model_kit_item (kit, 0));
  assert_int_equal (backup->size, 1024 * 1024);
  assert_string_equal (backup->board_name, "My board");
  assert_string_equal (backup->board_id, "pyboard-v1.1");
  assert_string_equal (backup->version, "v1.29.0");
  assert_int_equal (backup->reason, JMP_BACKUP_BY_HAND);
  assert_int_equal (jmp_backup_item_get_state (model_kit_item (kit, 0)), JMP_BACKUP_WHOLE);
  assert_int_equal (jmp_virtual_board_get_counters (kit->board).bytes_erased, 0);
}

static void
test_model_compares_with_the_board (void **state)
{
  ModelKit *kit = *state;
  JmpBackupItem *item;

  model_kit_back_up (kit);
  item = model_kit_item (kit, 0);
  jmp_backup_model_compare (kit->model, item);
  assert_int_equal (jmp_backup_model_get_work (kit->model), JMP_BACKUP_CHORE_COMPARE);
  model_kit_wait (kit, model_kit_is_idle);
  assert_int_equal (jmp_backup_item_get_state (item), JMP_BACKUP_IDENTICAL);
  change_board (kit);
  jmp_backup_model_compare (kit->model, item);
  model_kit_wait (kit, model_kit_is_idle);
  assert_int_equal (jmp_backup_item_get_state (item), JMP_BACKUP_DIFFERENT);
  jmp_backup_model_forget_comparisons (kit->model);
  assert_int_equal (jmp_backup_item_get_state (item), JMP_BACKUP_WHOLE);
  assert_null (kit->problem);
}

static void
test_model_deletes_and_brings_back (void **state)
{
  ModelKit *kit = *state;
  g_autoptr (JmpBackup) backup = NULL;

  model_kit_back_up (kit);
  backup = jmp_backup_ref (jmp_backup_item_get_backup (model_kit_item (kit, 0)));
  jmp_backup_model_delete (kit->model, backup);
  model_kit_wait_for (kit, 0);
  jmp_backup_model_undelete (kit->model, backup);
  model_kit_wait_for (kit, 1);
  assert_null (kit->problem);
}

static void
test_model_finds_damage (void **state)
{
  ModelKit *kit = *state;

  model_kit_back_up (kit);
  model_kit_back_up (kit);
  model_kit_spoil (jmp_backup_item_get_backup (model_kit_item (kit, 1)));
  jmp_backup_model_compare (kit->model, model_kit_item (kit, 1));
  model_kit_wait (kit, model_kit_is_idle);
  assert_int_equal (jmp_backup_item_get_state (model_kit_item (kit, 0)), JMP_BACKUP_WHOLE);
  assert_int_equal (jmp_backup_item_get_state (model_kit_item (kit, 1)), JMP_BACKUP_DAMAGED);
  assert_non_null (
      strstr (jmp_backup_item_get_problem (model_kit_item (kit, 1)), "not what it was"));
  assert_false (jmp_backup_item_is_usable (model_kit_item (kit, 1)));
}

/* A copy that was saved comes back as a backup, with the same bytes. */
static void
test_model_exports_and_imports (void **state)
{
  ModelKit *kit = *state;
  g_autofree char *path = g_strconcat (kit->folder, ".dfu", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  const JmpBackup *imported;

  model_kit_back_up (kit);
  jmp_backup_model_export (kit->model, jmp_backup_item_get_backup (model_kit_item (kit, 0)), file);
  while (!g_file_query_exists (file, NULL))
    g_main_context_iteration (NULL, TRUE);
  jmp_backup_model_import (kit->model, file);
  model_kit_wait_for (kit, 2);
  assert_null (kit->problem);
  assert_int_equal (kit->kept, 2);
  imported = jmp_backup_item_get_backup (model_kit_item (kit, 0));
  if (imported->reason != JMP_BACKUP_IMPORTED)
    imported = jmp_backup_item_get_backup (model_kit_item (kit, 1));
  assert_int_equal (imported->reason, JMP_BACKUP_IMPORTED);
  assert_int_equal (imported->size, 1024 * 1024);
  g_file_delete (file, NULL, NULL);
}

static gboolean
has_problem (ModelKit *kit)
{
  return kit->problem != NULL;
}

static void
test_model_tells_what_cannot_be_imported (void **state)
{
  ModelKit *kit = *state;
  g_autofree char *path = g_build_filename (kit->folder, "nothing.dfu", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  jmp_backup_model_import (kit->model, file);
  model_kit_wait (kit, has_problem);
  assert_int_equal (kit->chore, JMP_BACKUP_CHORE_IMPORT);
  assert_int_equal (kit->problem->code, JMP_ERROR_FILE);
}

static void
test_model_does_nothing_while_it_is_held (void **state)
{
  ModelKit *kit = *state;

  jmp_backup_model_hold (kit->model, TRUE);
  assert_false (jmp_backup_model_can_work (kit->model));
  jmp_backup_model_keep (kit->model);
  assert_true (model_kit_is_idle (kit));
  jmp_backup_model_hold (kit->model, FALSE);
  assert_true (jmp_backup_model_can_work (kit->model));
}

static void
test_model_that_is_stopped_keeps_nothing (void **state)
{
  ModelKit *kit = *state;

  jmp_backup_model_keep (kit->model);
  jmp_backup_model_stop (kit->model);
  model_kit_wait (kit, model_kit_is_idle);
  assert_null (kit->problem);
  assert_int_equal (kit->kept, 0);
}

static void
test_model_tells_when_the_board_goes (void **state)
{
  ModelKit *kit = *state;

  jmp_backup_model_keep (kit->model);
  jmp_virtual_board_unplug (kit->board);
  model_kit_wait (kit, model_kit_is_idle);
  /* it may have been read before the plug was out */
  assert_int_equal ((kit->problem != NULL) + kit->kept, 1);
}

static void
test_model_goes_while_it_works (void **state)
{
  ModelKit *kit = *state;

  jmp_backup_model_keep (kit->model);
  jmp_backup_model_refresh (kit->model);
  jmp_backup_model_refresh (kit->model);
  assert_false (model_kit_is_idle (kit));
}

/* What the session is given when a backup is to be put back. */
static void
test_model_backup_is_firmware (void **state)
{
  ModelKit *kit = *state;
  JmpFirmwareLoad load = { 0 };
  g_autoptr (JmpFirmwareLoader) loader = NULL;
  g_autoptr (JmpFirmware) firmware = NULL;
  g_autoptr (JmpFirmware) damaged = NULL;
  g_autoptr (GError) error = NULL;
  JmpBackup *backup;

  model_kit_back_up (kit);
  backup = jmp_backup_item_get_backup (model_kit_item (kit, 0));
  loader = jmp_backup_loader_new (kit->store, backup);
  assert_int_equal (jmp_firmware_loader_get_origin (loader), JMP_FIRMWARE_BACKUP);
  assert_true (g_str_has_prefix (jmp_firmware_loader_get_name (loader), "Backup: "));
  firmware = jmp_firmware_loader_load (loader, &load, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_size (firmware->image), 1024 * 1024);
  model_kit_spoil (backup);
  damaged = jmp_firmware_loader_load (loader, &load, &error);
  assert_null (damaged);
  assert_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, NULL);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, model_kit_set_up, model_kit_tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_model_backs_up_what_is_on_the_board),
    TEST (test_model_compares_with_the_board),
    TEST (test_model_deletes_and_brings_back),
    TEST (test_model_finds_damage),
    TEST (test_model_exports_and_imports),
    TEST (test_model_tells_what_cannot_be_imported),
    TEST (test_model_does_nothing_while_it_is_held),
    TEST (test_model_that_is_stopped_keeps_nothing),
    TEST (test_model_tells_when_the_board_goes),
    TEST (test_model_goes_while_it_works),
    TEST (test_model_backup_is_firmware),
  };

  return cmocka_run_group_tests_name ("ui/backup-model", tests, NULL, NULL);
}
