/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "device/practice.h"
#include "fleet/fleet-words.h"
#include "ui-kit.h"

#define N_BOARDS 8

/* As many pyboards as are asked for, and their fleet. */
typedef struct {
  GListStore *boards;
  GPtrArray *kits;
  GPtrArray *sessions;
  JmpFleet *fleet;
  guint finished;
} Class;

static void
finished_cb (Class *self)
{
  self->finished++;
}

static Class *
class_new (void)
{
  Class *self = g_new0 (Class, 1);

  self->boards = g_list_store_new (JMP_TYPE_DEVICE);
  self->kits = g_ptr_array_new_with_free_func ((GDestroyNotify)kit_board_free);
  self->sessions = g_ptr_array_new_with_free_func (g_object_unref);
  self->fleet = jmp_fleet_new (NULL);
  g_signal_connect_swapped (self->fleet, "finished", G_CALLBACK (finished_cb), self);
  return self;
}

static JmpSession *
add_device (Class *self, JmpDevice *device)
{
  JmpSession *session = jmp_session_new (device, G_LIST_MODEL (self->boards));

  g_list_store_append (self->boards, device);
  g_ptr_array_add (self->sessions, session);
  return session;
}

static KitBoard *
add_board (Class *self, const char *spec)
{
  KitBoard *kit = kit_board_new (spec);

  g_ptr_array_add (self->kits, kit);
  add_device (self, kit->device);
  return kit;
}

static JmpSession *
add_practice (Class *self, const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse (text, &error);

  assert_no_error (error);
  return add_device (self, device);
}

static Class *
class_of (guint n)
{
  Class *self = class_new ();

  for (guint i = 0; i < n; i++)
    add_board (self, "");
  return self;
}

static void
class_free (Class *self)
{
  g_object_unref (self->fleet);
  g_ptr_array_unref (self->sessions);
  g_ptr_array_unref (self->kits);
  g_object_unref (self->boards);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Class, class_free)

static JmpFleetBoard *
member (Class *self, guint i)
{
  JmpFleetBoard *board = g_list_model_get_item (G_LIST_MODEL (self->fleet), i);

  g_object_unref (board); /* the fleet has it */
  return board;
}

static KitBoard *
kit (Class *self, guint i)
{
  return self->kits->pdata[i];
}

/* --- Waiting --- */

typedef struct {
  Class *class;
  JmpFleetBoardState state;
  guint n;
} Count;

static gboolean
has_count (gpointer user_data)
{
  const Count *count = user_data;

  return jmp_fleet_count (count->class->fleet, count->state) == count->n;
}

static void
wait_for (Class *self, guint n, JmpFleetBoardState state)
{
  Count count = { self, state, n };

  kit_wait (has_count, &count);
}

static gboolean
is_done (gpointer user_data)
{
  return jmp_fleet_get_state (user_data) == JMP_FLEET_DONE;
}

static gboolean
is_decided (gpointer user_data)
{
  JmpFleet *fleet = user_data;
  JmpSession *reader = jmp_fleet_get_reader (fleet);

  return jmp_session_get_state (reader) != JMP_SESSION_READING
         && jmp_fleet_count (fleet, JMP_FLEET_BOARD_GETTING) == 0;
}

static void
open_file (Class *self, const KitFirmware *firmware)
{
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  assert_true (jmp_fleet_set_sessions (self->fleet, self->sessions));
  assert_true (jmp_fleet_open_file (self->fleet, file));
  kit_wait (is_decided, self->fleet);
}

/* --- All is well --- */

static void
test_fleet_installs_on_all_at_once (void **state)
{
  g_autoptr (Class) class = class_of (N_BOARDS);
  g_autofree char *result = NULL;

  open_file (class, &KIT_PROGRAM);
  wait_for (class, N_BOARDS, JMP_FLEET_BOARD_READY);
  assert_true (jmp_fleet_start (class->fleet, FALSE));
  assert_int_equal (jmp_fleet_get_state (class->fleet), JMP_FLEET_WORKING);
  assert_false (jmp_fleet_start (class->fleet, FALSE));
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_DONE), N_BOARDS);
  assert_int_equal (class->finished, 1);
  assert_float_equal (jmp_fleet_get_fraction (class->fleet), 1, 0);
  result = jmp_fleet_status_result (class->fleet);
  assert_string_equal (result, "All 8 Boards Updated");
  for (guint i = 0; i < N_BOARDS; i++)
    assert_true (kit_board_holds (kit (class, i), &KIT_PROGRAM));
}

/* One file for all means the same bytes for all, whatever becomes of the file meanwhile. */
static void
test_fleet_reads_a_file_once (void **state)
{
  g_autoptr (Class) class = class_of (3);
  JmpFirmware *firmware;

  open_file (class, &KIT_GOOD);
  wait_for (class, 3, JMP_FLEET_BOARD_READY);
  firmware = jmp_session_get_firmware (jmp_fleet_get_reader (class->fleet));
  for (guint i = 0; i < 3; i++)
    assert_ptr_equal (jmp_session_get_firmware (class->sessions->pdata[i]), firmware);
}

static void
test_fleet_gives_the_file_to_who_comes_later (void **state)
{
  g_autoptr (Class) class = class_of (1);

  open_file (class, &KIT_GOOD);
  add_board (class, "");
  assert_true (jmp_fleet_set_sessions (class->fleet, class->sessions));
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
}

static void
test_fleet_lets_go_of_boards (void **state)
{
  g_autoptr (Class) class = class_of (3);
  g_autoptr (GPtrArray) few = g_ptr_array_new ();

  open_file (class, &KIT_GOOD);
  g_ptr_array_add (few, class->sessions->pdata[1]);
  assert_true (jmp_fleet_set_sessions (class->fleet, few));
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (class->fleet)), 1);
  assert_true (jmp_fleet_has (class->fleet, class->sessions->pdata[1]));
  assert_false (jmp_fleet_has (class->fleet, class->sessions->pdata[0]));
  jmp_fleet_forget (class->fleet, class->sessions->pdata[1]);
  assert_int_equal (g_list_model_get_n_items (G_LIST_MODEL (class->fleet)), 0);
}

/* --- Who is left out --- */

static JmpSession *
add_without_permission (Class *class)
{
  g_autoptr (JmpDevice) device = kit_unusable_device_new (JMP_ERROR_PERMISSION);

  return add_device (class, device);
}

static JmpSession *
add_unplugged (Class *class)
{
  kit_board_unplug (add_board (class, ""));
  return class->sessions->pdata[class->sessions->len - 1];
}

static JmpSession *
add_small (Class *class)
{
  return add_practice (class, "virtual:bluepill,speed=0");
}

static JmpSession *
add_held (Class *class)
{
  add_board (class, "");
  jmp_session_hold (class->sessions->pdata[class->sessions->len - 1], TRUE);
  return class->sessions->pdata[class->sessions->len - 1];
}

static void
test_fleet_leaves_out_who_cannot_take_it (void **state)
{
  const struct {
    const char *name;
    JmpSession *(*add) (Class *class);
    JmpFleetReason reason;
    const char *text;
  } rows[] = {
    { "no permission", add_without_permission, JMP_FLEET_UNUSABLE, "" },
    { "not connected", add_unplugged, JMP_FLEET_GONE, "not connected" },
    { "made for another board", add_small, JMP_FLEET_FIRMWARE, "" },
    { "something else is done with it", add_held, JMP_FLEET_BUSY, "Something else" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Class) class = class_of (1);
    g_autofree char *text = NULL;
    g_autofree char *fix = NULL;

    rows[i].add (class);
    open_file (class, &KIT_GOOD);
    wait_for (class, 1, JMP_FLEET_BOARD_READY);
    wait_for (class, 1, JMP_FLEET_BOARD_OUT);
    if (jmp_fleet_board_get_reason (member (class, 1)) != rows[i].reason)
      fail_msg (
          "%s: the reason is %d", rows[i].name, jmp_fleet_board_get_reason (member (class, 1)));
    text = jmp_fleet_status_text (member (class, 1));
    fix = jmp_fleet_status_fix (member (class, 1));
    if (*text == '\0' || strstr (text, rows[i].text) == NULL || fix == NULL)
      fail_msg ("%s: is told as \"%s\", \"%s\"", rows[i].name, text, fix);
    jmp_fleet_start (class->fleet, FALSE);
    kit_wait (is_done, class->fleet);
    assert_int_equal (jmp_fleet_count_begun (class->fleet), 1);
    assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_DONE), 1);
  }
}

static void
test_fleet_needs_a_file_that_can_be_read (void **state)
{
  g_autoptr (Class) class = class_of (2);
  g_autoptr (GFile) file = kit_file ("empty.dfu", "", 0);
  g_autofree char *obstacle = NULL;

  jmp_fleet_set_sessions (class->fleet, class->sessions);
  jmp_fleet_open_file (class->fleet, file);
  kit_wait (is_decided, class->fleet);
  wait_for (class, 2, JMP_FLEET_BOARD_OUT);
  assert_non_null (jmp_session_get_problem (jmp_fleet_get_reader (class->fleet)));
  assert_false (jmp_fleet_start (class->fleet, FALSE));
  obstacle = jmp_fleet_status_obstacle (class->fleet);
  assert_non_null (obstacle);
}

static JmpUsb *
refuse_open (gpointer user_data, GError **error)
{
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "it runs its program");
  return NULL;
}

static void
test_fleet_says_the_way_of_each_board (void **state)
{
  const JmpDeviceSource source = {
    .path = "1-3", .open = refuse_open, .vid = 0xf055, .pid = 0x9800
  };
  g_autoptr (JmpDevice) device = jmp_device_new (&source, NULL, NULL);
  g_autoptr (Class) class = class_of (1);
  JmpSession *session = add_device (class, device);
  JmpCatalogue *catalogue = jmp_library_get_catalogue (kit_library ());
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;

  open_file (class, &KIT_GOOD);
  wait_for (class, 1, JMP_FLEET_BOARD_OUT);
  assert_int_equal (jmp_fleet_board_get_reason (member (class, 1)), JMP_FLEET_RUNNING);
  before = jmp_fleet_status_fix (member (class, 1));
  assert_string_equal (before,
                       "Bring it into update mode by hand, with a jumper or with its buttons.");
  jmp_session_set_knowledge (session, kit_library (), NULL);
  jmp_session_set_board (session, jmp_catalogue_find_board (catalogue, "NUCLEO_F401RE"), NULL);
  after = jmp_fleet_status_fix (member (class, 1));
  assert_string_equal (
      after,
      "Bring it into update mode by hand:\n1. Disconnect the USB Cable\n2. Set BOOT0 "
      "High\n3. Connect the USB Cable");
}

/* The question before files are lost says what will be done. */
static void
test_fleet_says_whether_files_are_kept_first (void **state)
{
  const KitFirmware large = { 0x08000000, 0x5000, 0x0483, 0xdf11, TRUE };
  g_autoptr (Class) class = class_new ();
  g_autoptr (JmpBackupStore) store = jmp_backup_store_new (kit_folder ());

  for (guint i = 0; i < 2; i++) {
    JmpSession *session = add_practice (class, "virtual:pyboard,speed=0");

    jmp_session_set_knowledge (session, kit_library (), NULL);
    jmp_session_set_store (session, store, FALSE);
  }
  open_file (class, &large);
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
  assert_int_equal (jmp_fleet_count_losing_files (class->fleet), 2);
  assert_non_null (
      strstr (jmp_fleet_status_files_lost (class->fleet), "A backup of each board is made first."));
  jmp_session_set_backup_first (class->sessions->pdata[1], FALSE);
  assert_non_null (strstr (jmp_fleet_status_files_lost (class->fleet),
                           "Not every one of these boards gets a backup first."));
}

/* Which board it is is not known, and so not which release: never a guess. */
static void
test_fleet_gives_no_release_to_a_stranger (void **state)
{
  g_autoptr (Class) class = class_of (2);

  jmp_session_set_knowledge (class->sessions->pdata[0], kit_library (), NULL);
  jmp_session_set_knowledge (class->sessions->pdata[1], kit_library (), NULL);
  jmp_fleet_set_sessions (class->fleet, class->sessions);
  wait_for (class, 2, JMP_FLEET_BOARD_OUT);
  assert_int_equal (jmp_fleet_board_get_reason (member (class, 0)), JMP_FLEET_UNKNOWN_KIND);
  assert_false (jmp_fleet_start (class->fleet, FALSE));
}

static gboolean
is_offered (gpointer user_data)
{
  return jmp_fleet_find_known (user_data) != NULL;
}

static void
test_fleet_gives_a_release_to_its_kind_only (void **state)
{
  g_autoptr (Class) class = class_of (1);
  g_autoptr (JmpRelease) release = NULL;
  JmpSession *known = add_practice (class, "virtual:pyboard,speed=0");

  jmp_session_set_knowledge (class->sessions->pdata[0], kit_library (), NULL);
  jmp_session_set_knowledge (known, kit_library (), NULL);
  jmp_fleet_set_sessions (class->fleet, class->sessions);
  kit_wait (is_offered, class->fleet);
  assert_ptr_equal (jmp_fleet_find_known (class->fleet), known);
  release = jmp_release_ref (jmp_firmware_loader_get_release (jmp_session_get_loader (known)));
  assert_true (jmp_fleet_choose_release (class->fleet, release));
  assert_ptr_equal (jmp_fleet_get_release (class->fleet), release);
  wait_for (class, 1, JMP_FLEET_BOARD_OUT);
  assert_int_equal (jmp_fleet_board_get_reason (member (class, 0)), JMP_FLEET_UNKNOWN_KIND);
}

/* --- What goes wrong --- */

static void
test_fleet_goes_on_when_one_fails (void **state)
{
  g_autoptr (Class) class = class_of (2);
  g_autofree char *result = NULL;
  g_autofree char *text = NULL;
  g_autofree char *fix = NULL;
  g_autofree char *report = NULL;

  add_board (class, ",rdp=1");
  open_file (class, &KIT_PROGRAM);
  wait_for (class, 3, JMP_FLEET_BOARD_READY);
  jmp_fleet_start (class->fleet, FALSE);
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_DONE), 2);
  assert_int_equal (jmp_fleet_board_get_state (member (class, 2)), JMP_FLEET_BOARD_FAILED);
  result = jmp_fleet_status_result (class->fleet);
  assert_string_equal (result, "2 of 3 Boards Updated");
  text = jmp_fleet_status_text (member (class, 2));
  fix = jmp_fleet_status_fix (member (class, 2));
  assert_true (*text != '\0');
  assert_non_null (fix);
  report = jmp_fleet_report (class->fleet);
  assert_non_null (strstr (report, "1 of 3: done"));
  assert_non_null (strstr (report, "3 of 3: failed"));
  assert_ptr_equal (strstr (report, "Jumper: "), report);
  assert_null (strstr (report + 1, "\nJumper: "));
}

static void
pull_out (gpointer user_data)
{
  kit_board_unplug (user_data);
}

/* It waits for its board while the others end; stopped, and plugged in again, only it is done again. */
static void
test_fleet_tries_again_only_what_failed (void **state)
{
  g_autoptr (Class) class = class_of (3);
  guint64 erased;

  kit_board_at (kit (class, 1), KIT_WRITE, pull_out, kit (class, 1));
  open_file (class, &KIT_PROGRAM);
  wait_for (class, 3, JMP_FLEET_BOARD_READY);
  jmp_fleet_start (class->fleet, FALSE);
  wait_for (class, 2, JMP_FLEET_BOARD_DONE);
  assert_int_equal (jmp_fleet_get_state (class->fleet), JMP_FLEET_WORKING);
  assert_int_equal (class->finished, 0);
  kit_wait_for_state (class->sessions->pdata[1], JMP_SESSION_WAITING);
  jmp_fleet_stop (class->fleet);
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_STOPPED), 1);
  assert_int_equal (class->finished, 1);

  erased = jmp_virtual_board_get_counters (kit (class, 0)->board).bytes_erased;
  kit_board_plug (kit (class, 1));
  assert_true (jmp_fleet_retry (class->fleet));
  assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_WORKING), 1);
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_DONE), 3);
  assert_int_equal (class->finished, 2);
  assert_true (kit_board_holds (kit (class, 1), &KIT_PROGRAM));
  assert_int_equal (jmp_virtual_board_get_counters (kit (class, 0)->board).bytes_erased, erased);
  assert_false (jmp_fleet_retry (class->fleet));
}

static void
test_fleet_tries_a_board_that_is_still_away (void **state)
{
  g_autoptr (Class) class = class_of (2);

  kit_board_at (kit (class, 1), KIT_WRITE, pull_out, kit (class, 1));
  open_file (class, &KIT_PROGRAM);
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
  jmp_fleet_start (class->fleet, FALSE);
  kit_wait_for_state (class->sessions->pdata[1], JMP_SESSION_WAITING);
  jmp_fleet_stop (class->fleet);
  kit_wait (is_done, class->fleet);
  assert_true (jmp_fleet_retry (class->fleet));
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_board_get_state (member (class, 1)), JMP_FLEET_BOARD_FAILED);
  assert_int_equal (jmp_fleet_board_get_reason (member (class, 1)), JMP_FLEET_GONE);
}

static void
stop_fleet (gpointer user_data)
{
  jmp_fleet_stop (user_data);
}

static void
test_fleet_stops_all (void **state)
{
  g_autoptr (Class) class = class_of (2);

  kit_board_at (kit (class, 0), KIT_COMPARE, stop_fleet, class->fleet);
  open_file (class, &KIT_PROGRAM);
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
  jmp_fleet_start (class->fleet, FALSE);
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_board_get_state (member (class, 0)), JMP_FLEET_BOARD_STOPPED);
}

static void
test_fleet_goes_on_from_results (void **state)
{
  g_autoptr (Class) class = class_of (2);

  open_file (class, &KIT_GOOD);
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
  jmp_fleet_start (class->fleet, FALSE);
  kit_wait (is_done, class->fleet);
  assert_false (jmp_fleet_set_sessions (class->fleet, class->sessions));
  jmp_fleet_dismiss (class->fleet);
  assert_int_equal (jmp_fleet_get_state (class->fleet), JMP_FLEET_CHOOSING);
  assert_false (jmp_session_is_finished (class->sessions->pdata[0]));
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
}

/* --- Boards that run --- */

static void
test_fleet_brings_running_boards_into_dfu_mode (void **state)
{
  g_autoptr (Class) class = class_of (1);
  JmpSession *running = add_practice (class, "virtual:pyboard,speed=0,running=on");

  assert_true (jmp_session_has_console (running));
  open_file (class, &KIT_PROGRAM);
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
  assert_true (jmp_fleet_start (class->fleet, TRUE));
  kit_wait (is_done, class->fleet);
  assert_int_equal (jmp_fleet_board_get_reason (member (class, 1)), JMP_FLEET_TAKES_PART);
  assert_int_equal (jmp_fleet_count (class->fleet, JMP_FLEET_BOARD_DONE), 2);
}

static void
test_fleet_is_freed_in_the_middle_of_its_work (void **state)
{
  g_autoptr (Class) class = class_of (2);
  JmpFleet *fleet = class->fleet;

  open_file (class, &KIT_PROGRAM);
  wait_for (class, 2, JMP_FLEET_BOARD_READY);
  jmp_fleet_start (fleet, FALSE);
  assert_int_equal (G_OBJECT (fleet)->ref_count, 1);
  class->fleet = jmp_fleet_new (NULL);
  g_object_unref (fleet);
  for (guint i = 0; i < 2; i++)
    jmp_session_stop (class->sessions->pdata[i]);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fleet_installs_on_all_at_once),
    cmocka_unit_test (test_fleet_reads_a_file_once),
    cmocka_unit_test (test_fleet_gives_the_file_to_who_comes_later),
    cmocka_unit_test (test_fleet_lets_go_of_boards),
    cmocka_unit_test (test_fleet_leaves_out_who_cannot_take_it),
    cmocka_unit_test (test_fleet_needs_a_file_that_can_be_read),
    cmocka_unit_test (test_fleet_says_the_way_of_each_board),
    cmocka_unit_test (test_fleet_says_whether_files_are_kept_first),
    cmocka_unit_test (test_fleet_gives_no_release_to_a_stranger),
    cmocka_unit_test (test_fleet_gives_a_release_to_its_kind_only),
    cmocka_unit_test (test_fleet_goes_on_when_one_fails),
    cmocka_unit_test (test_fleet_tries_again_only_what_failed),
    cmocka_unit_test (test_fleet_tries_a_board_that_is_still_away),
    cmocka_unit_test (test_fleet_stops_all),
    cmocka_unit_test (test_fleet_goes_on_from_results),
    cmocka_unit_test (test_fleet_brings_running_boards_into_dfu_mode),
    cmocka_unit_test (test_fleet_is_freed_in_the_middle_of_its_work),
  };

  return cmocka_run_group_tests_name ("ui/fleet", tests, kit_make_folder, kit_remove_folder);
}
