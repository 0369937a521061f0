/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The backup before the work, and putting one back, as a session does it. */

#include "assert-text.h"

#include "backup/history.h"
#include "backups/session-backups.h"
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
    TEST (test_session_and_backups_take_turns),
  };

  return cmocka_run_group_tests_name (
      "ui/session-backup", tests, kit_make_folder, kit_remove_folder);
}
