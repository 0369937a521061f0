/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backup before the work, and putting one back, as a session does it. */

#include "assert-text.h"

#include "backup/history.h"
#include "backups/session-backups.h"
#include "base/error.h"
#include "device/practice.h"
#include "image/dfuse-file.h"
#include "session/consent.h"
#include "session/status.h"
#include "ui-kit.h"

typedef struct {
  KitBoard *kit;
  JmpBackupStore *store;
  JmpSession *session;
  JmpBackupModel *model;
} Fixture;

static gboolean
is_listed (gpointer user_data)
{
  return jmp_backup_model_is_listed (user_data);
}

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  static guint number;
  g_autofree char *name = g_strdup_printf ("backups-%u", number++);
  g_autofree char *folder = g_build_filename (kit_folder (), name, NULL);

  self->kit = kit_board_new ("");
  self->store = jmp_backup_store_new (folder);
  self->session = jmp_session_new (self->kit->device, NULL);
  jmp_session_set_store (self->session, self->store, TRUE);
  self->model = jmp_session_backups_new (self->session, self->store);
  kit_wait (is_listed, self->model);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  g_object_unref (self->model);
  g_object_unref (self->session);
  jmp_backup_store_unref (self->store);
  kit_board_free (self->kit);
  g_free (self);
  return 0;
}

static guint wanted_n;

static gboolean
has_wanted (gpointer user_data)
{
  return g_list_model_get_n_items (user_data) == wanted_n
         && jmp_backup_model_get_work (user_data) == JMP_BACKUP_CHORE_NONE;
}

static void
wait_for (Fixture *self, guint n)
{
  wanted_n = n;
  kit_wait (has_wanted, self->model);
}

static void
open_file (Fixture *self)
{
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "firmware.dfu");

  assert_true (jmp_session_open_file (self->session, file));
  kit_wait_for_state (self->session, JMP_SESSION_READY);
}

static void
install (Fixture *self)
{
  assert_true (jmp_session_start (self->session));
  kit_wait_for_state (self->session, JMP_SESSION_SUCCEEDED);
}

/* The model holds it. */
static JmpBackupItem *
first_item (Fixture *self)
{
  g_autoptr (JmpBackupItem) item = g_list_model_get_item (G_LIST_MODEL (self->model), 0);

  return item;
}

static JmpBackup *
first_backup (Fixture *self)
{
  return jmp_backup_item_get_backup (first_item (self));
}

/* On the main thread, while the job waits. */
static void
stop_cb (gpointer user_data)
{
  Fixture *self = user_data;

  jmp_session_stop (self->session);
}

static void
test_session_keeps_a_backup_before_the_first_work (void **state)
{
  Fixture *self = *state;

  open_file (self);
  assert_true (jmp_session_get_backup_first (self->session));
  install (self);
  assert_true (jmp_session_has_backup_stage (self->session));
  assert_non_null (jmp_session_get_backup (self->session));
  assert_true (kit_board_holds (self->kit, &KIT_GOOD));
  wait_for (self, 1);
  assert_int_equal (first_backup (self)->reason, JMP_BACKUP_FIRST_FLASH);
  assert_int_equal (first_backup (self)->size, 1024 * 1024);

  /* the second time there is one */
  jmp_session_dismiss (self->session);
  assert_false (jmp_session_get_backup_first (self->session));
  kit_board_plug (self->kit);
  install (self);
  assert_null (jmp_session_get_backup (self->session));
  wait_for (self, 1);
}

/* What is on the board after that is half of something: it is not what anybody wants back. */
static void
test_session_makes_none_of_what_is_half_done (void **state)
{
  Fixture *self = *state;

  open_file (self);
  kit_board_at (self->kit, KIT_WRITE, stop_cb, self);
  assert_true (jmp_session_start (self->session));
  kit_wait_for_state (self->session, JMP_SESSION_STOPPED);
  assert_non_null (jmp_session_get_backup (self->session));
  wait_for (self, 1);
  assert_true (jmp_backup_item_is_usable (first_item (self)));
  jmp_session_dismiss (self->session);
  jmp_session_backups_restore (self->session, self->model, first_backup (self));
  kit_wait_for_state (self->session, JMP_SESSION_READY);
  assert_false (jmp_session_get_backup_first (self->session));
  install (self);
  wait_for (self, 1);
}

static void
test_session_does_as_the_person_says (void **state)
{
  Fixture *self = *state;

  open_file (self);
  jmp_session_set_backup_first (self->session, FALSE);
  assert_false (jmp_session_get_backup_first (self->session));
  install (self);
  assert_null (jmp_session_get_backup (self->session));
  wait_for (self, 0);
  /* what was said counts once */
  jmp_session_dismiss (self->session);
  assert_true (jmp_session_get_backup_first (self->session));
}

static void
test_session_makes_none_where_nobody_wants_it (void **state)
{
  Fixture *self = *state;

  jmp_session_set_store (self->session, self->store, FALSE);
  open_file (self);
  assert_false (jmp_session_get_backup_first (self->session));
  jmp_session_set_backup_first (self->session, TRUE);
  install (self);
  assert_non_null (jmp_session_get_backup (self->session));
}

/* Everything as it was, the person's own files included. */
static void
test_session_restores_what_was_there (void **state)
{
  Fixture *self = *state;
  const gsize size = 1024 * 1024;
  g_autofree guint8 *before = g_malloc (size);
  g_autofree guint8 *after = g_malloc (size);

  assert_true (jmp_virtual_board_peek (self->kit->board, 0, 0x08000000, before, size));
  open_file (self);
  install (self);
  wait_for (self, 1);
  jmp_session_dismiss (self->session);
  kit_board_plug (self->kit);
  jmp_session_backups_restore (self->session, self->model, first_backup (self));
  kit_wait_for_state (self->session, JMP_SESSION_READY);
  assert_int_equal (jmp_session_get_main_button (self->session), JMP_MAIN_RESTORE);
  assert_false (jmp_session_get_backup_first (self->session));
  install (self);
  assert_true (jmp_virtual_board_peek (self->kit->board, 0, 0x08000000, after, size));
  assert_memory_equal (after, before, size);
}

static void
assert_told (Fixture *self, const char *status, const char *title, const char *text)
{
  g_auto (JmpStatus) told = jmp_status_get (self->session);

  assert_string_equal (told.text, status);
  assert_string_equal (jmp_status_result_title (self->session), title);
  if (text != NULL) {
    g_autofree char *success = jmp_status_success (self->session);

    assert_string_equal (success, text);
  }
}

static void
look_and_stop_cb (gpointer user_data)
{
  Fixture *self = user_data;
  g_auto (JmpStatus) told = jmp_status_get (self->session);

  assert_true (g_str_has_prefix (told.text, "Restoring "));
  assert_true (g_str_has_suffix (told.text, " %"));
  jmp_session_stop (self->session);
}

/* Not as firmware that is installed. */
static void
test_session_says_that_a_backup_is_restored (void **state)
{
  Fixture *self = *state;

  open_file (self);
  install (self);
  assert_told (self, "Updated", "Firmware Installed", NULL);
  wait_for (self, 1);
  jmp_session_dismiss (self->session);
  kit_board_plug (self->kit);
  jmp_session_backups_restore (self->session, self->model, first_backup (self));
  kit_wait_for_state (self->session, JMP_SESSION_READY);
  assert_true (jmp_session_is_restore (self->session));
  kit_board_at (self->kit, KIT_WRITE, look_and_stop_cb, self);
  assert_true (jmp_session_start (self->session));
  kit_wait_for_state (self->session, JMP_SESSION_STOPPED);
  assert_told (self, "Stopped", "Restoring Stopped", NULL);
  install (self);
  assert_told (self,
               "Restored",
               "Backup Restored",
               "Everything in the backup is on the board again. 16384 bytes were written and read "
               "back, byte for byte. 1032192 bytes were already right.");
  jmp_session_dismiss (self->session);
  kit_board_plug (self->kit);
  assert_int_equal (jmp_session_get_main_button (self->session), JMP_MAIN_RESTORE);
  install (self);
  assert_told (
      self,
      "Restored",
      "Already as in the Backup",
      "Nothing had to be written: the board already holds what is in this backup, byte for "
      "byte.");
}

/* Only one of them works with the board at a time. */
static void
test_session_and_backups_take_turns (void **state)
{
  Fixture *self = *state;

  open_file (self);
  jmp_backup_model_keep (self->model);
  assert_int_equal (jmp_session_get_obstacle (self->session), JMP_OBSTACLE_WORK);
  assert_false (jmp_session_start (self->session));
  wait_for (self, 1);
  assert_int_equal (jmp_session_get_obstacle (self->session), JMP_OBSTACLE_NONE);
  assert_true (jmp_session_start (self->session));
  assert_false (jmp_backup_model_can_work (self->model));
  kit_wait_for_state (self->session, JMP_SESSION_SUCCEEDED);
}

static gboolean
has_history (gpointer user_data)
{
  g_autoptr (GPtrArray) entries = jmp_history_list (NULL, NULL, NULL);

  return entries != NULL && entries->len == GPOINTER_TO_UINT (user_data);
}

static gboolean
turn_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_session_writes_history (void **state)
{
  Fixture *self = *state;
  guint turning;
  g_autoptr (GPtrArray) entries = NULL;
  const JmpHistoryEntry *entry;

  assert_true (jmp_history_clear (NULL, NULL));
  open_file (self);
  install (self);
  turning = g_idle_add (turn_cb, NULL);
  kit_wait (has_history, GUINT_TO_POINTER (1));
  g_source_remove (turning);
  entries = jmp_history_list (NULL, NULL, NULL);
  entry = g_ptr_array_index (entries, 0);
  assert_int_equal (entry->kind, JMP_HISTORY_INSTALL);
  assert_int_equal (entry->result, JMP_HISTORY_DONE);
  assert_string_equal (entry->firmware, "firmware.dfu");
  assert_string_equal (entry->serial, jmp_virtual_board_get_serial (self->kit->board));
  assert_true (entry->bytes > 0);
}

/* --- What is lost only by the person's word --- */

/* Covers the first sector of PYBFLASH. */
static const KitFirmware OVER_FILES = { 0x08000000, 0x5000, 0x0483, 0xdf11, TRUE };

static void
know_board (Fixture *self)
{
  jmp_session_set_knowledge (self->session, kit_library (), NULL);
  jmp_session_set_board (
      self->session,
      jmp_catalogue_find_board (jmp_library_get_catalogue (kit_library ()), "PYBV11"),
      NULL);
}

static void
open_over_files (Fixture *self)
{
  g_autoptr (GFile) file = kit_firmware_file (&OVER_FILES, "over-files.dfu");

  know_board (self);
  assert_true (jmp_session_open_file (self->session, file));
  kit_wait_for_state (self->session, JMP_SESSION_READY);
}

/* Whoever starts the work: without a word the board stays as it is. */
static void
test_session_stops_before_files_are_lost (void **state)
{
  Fixture *self = *state;

  open_over_files (self);
  assert_true (jmp_session_start (self->session));
  kit_wait_for_state (self->session, JMP_SESSION_FAILED);
  assert_true (g_error_matches (
      jmp_job_get_error (jmp_session_get_job (self->session)), JMP_ERROR, JMP_ERROR_REFUSED));
  assert_int_equal (jmp_job_get_outcome (jmp_session_get_job (self->session))->state,
                    JMP_BOARD_UNTOUCHED);
  assert_false (kit_board_holds (self->kit, &OVER_FILES));
}

static gboolean
is_asked (gpointer asked)
{
  return *(gboolean *)asked;
}

static void
asking_cb (JmpSession *session, gpointer asked)
{
  *(gboolean *)asked = TRUE;
}

/* Nobody has said which board it is: what is in its flash does, when there is something to lose. */
static void
test_session_looks_for_files_of_a_stranger (void **state)
{
  Fixture *self = *state;
  g_autoptr (GFile) file = kit_firmware_file (&OVER_FILES, "over-files.dfu");
  gboolean asked = FALSE;

  jmp_session_set_knowledge (self->session, kit_library (), NULL);
  assert_null (jmp_session_get_board (self->session));
  assert_true (jmp_session_open_file (self->session, file));
  kit_wait_for_state (self->session, JMP_SESSION_READY);
  g_signal_connect (self->session, "asking", G_CALLBACK (asking_cb), &asked);
  assert_true (jmp_session_begin (self->session));
  assert_int_equal (jmp_session_get_obstacle (self->session), JMP_OBSTACLE_TALKING);
  kit_wait (is_asked, &asked);
  assert_string_equal (jmp_session_get_board (self->session)->id, "PYBV11");
  assert_null (jmp_session_get_job (self->session));
  assert_false (kit_board_holds (self->kit, &OVER_FILES));
}

/* They are kept first, also where the person wants no backups otherwise. */
static void
test_session_keeps_files_before_they_are_lost (void **state)
{
  Fixture *self = *state;

  jmp_session_set_store (self->session, self->store, FALSE);
  open_over_files (self);
  assert_true (jmp_session_get_backup_first (self->session));
  jmp_session_agree (self->session);
  install (self);
  assert_true (kit_board_holds (self->kit, &OVER_FILES));
  assert_non_null (jmp_session_get_backup (self->session));
}

static void
test_session_keeps_no_files_where_nobody_wants_them (void **state)
{
  Fixture *self = *state;

  open_over_files (self);
  jmp_session_set_backup_first (self->session, FALSE);
  jmp_session_agree (self->session);
  install (self);
  assert_null (jmp_session_get_backup (self->session));
}

static GFile *
make_key_file (void)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) key = g_bytes_new_take (g_malloc0 (0x1000), 0x1000);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GBytes) bytes = NULL;

  jmp_image_builder_set_ids (builder, 0x1d50, 0x607f, 0xffff);
  assert_true (jmp_image_builder_add (builder, 1, 0x1000, key, NULL));
  image = jmp_image_builder_end (g_steal_pointer (&builder), NULL);
  bytes = jmp_dfuse_file_write (image, NULL);
  return kit_file ("key.dfu", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
}

/* What is reserved has to be typed, and is kept whatever the person says of backups. */
static void
test_session_keeps_what_is_reserved (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:spark,speed=0", NULL);
  g_autoptr (JmpSession) session = jmp_session_new (device, NULL);
  g_autoptr (GFile) file = make_key_file ();
  g_autoptr (GPtrArray) consents = NULL;
  JmpBackup *backup;

  jmp_session_set_knowledge (session, kit_library (), NULL);
  jmp_session_set_store (session, self->store, FALSE);
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_READY);
  consents = jmp_consent_list (session);
  assert_int_equal (consents->len, 1);
  assert_string_equal (((JmpConsent *)consents->pdata[0])->word, "server public key");
  jmp_session_agree (session);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  backup = jmp_session_get_backup (session);
  assert_non_null (backup);
  assert_int_equal (backup->reason, JMP_BACKUP_REGION);
  assert_int_equal (backup->size, 0x1000);
}

int
main (void)
{
#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    TEST (test_session_writes_history),
    TEST (test_session_keeps_a_backup_before_the_first_work),
    TEST (test_session_makes_none_of_what_is_half_done),
    TEST (test_session_does_as_the_person_says),
    TEST (test_session_makes_none_where_nobody_wants_it),
    TEST (test_session_restores_what_was_there),
    TEST (test_session_says_that_a_backup_is_restored),
    TEST (test_session_and_backups_take_turns),
    TEST (test_session_stops_before_files_are_lost),
    TEST (test_session_looks_for_files_of_a_stranger),
    TEST (test_session_keeps_files_before_they_are_lost),
    TEST (test_session_keeps_no_files_where_nobody_wants_them),
    TEST (test_session_keeps_what_is_reserved),
  };

  return cmocka_run_group_tests_name (
      "ui/session-backup", tests, kit_make_folder, kit_remove_folder);
}
