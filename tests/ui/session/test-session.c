/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "base/paths.h"
#include "ui-kit.h"

static JmpSession *
session_with_file (KitBoard *kit, const KitFirmware *firmware)
{
  JmpSession *session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  assert_true (jmp_session_open_file (session, file));
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_READING);
  kit_wait_for_state (session, JMP_SESSION_READY);
  return session;
}

static void
test_session_wants_a_file_first (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);

  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_NO_FIRMWARE);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NO_FIRMWARE);
  assert_int_equal (jmp_session_get_main_button (session), JMP_MAIN_INSTALL);
  assert_false (jmp_session_start (session));
  assert_null (jmp_session_get_job (session));
}

static void
test_session_installs (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);

  assert_string_equal (jmp_session_get_firmware_name (session), "firmware.dfu");
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);
  assert_false (kit_board_holds (kit, &KIT_GOOD));
  assert_true (jmp_session_start (session));
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_WORKING);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_WORK);
  assert_false (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_true (kit_board_holds (kit, &KIT_GOOD));
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_DONE);
  assert_int_equal (jmp_job_get_outcome (jmp_session_get_job (session))->state, JMP_BOARD_STARTED);
  assert_int_equal (jmp_virtual_board_get_counters (kit->board).violations, 0);

  jmp_session_dismiss (session);
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_READY);
  assert_int_equal (jmp_session_get_main_button (session), JMP_MAIN_REINSTALL);
}

static void
test_session_installs_again (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);

  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  jmp_session_dismiss (session);
  jmp_device_set_gone (kit->device);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_BOARD_GONE);
  kit_board_plug (kit);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
}

/* --- Files that cannot be used --- */

static GFile *
make_text (void)
{
  return kit_file ("notes.txt", "This is not firmware.", 21);
}

static GFile *
make_raw (void)
{
  const guint8 bytes[] = { 0x00, 0x00, 0x02, 0x20, 0x01, 0x02, 0x00, 0x08, 0xFF, 0x00, 0x80, 0x81 };

  return kit_file ("firmware.bin", bytes, sizeof bytes);
}

static GFile *
make_empty (void)
{
  return kit_file ("empty.dfu", "", 0);
}

static GFile *
make_missing (void)
{
  return g_file_new_build_filename (kit_folder (), "nowhere.dfu", NULL);
}

static GFile *
make_folder (void)
{
  return g_file_new_for_path (kit_folder ());
}

static GFile *
make_truncated (void)
{
  g_autoptr (GBytes) bytes = kit_firmware_bytes (&KIT_GOOD);

  return kit_file ("cut.dfu", g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes) / 2);
}

static GFile *
make_flipped (void)
{
  g_autoptr (GBytes) bytes = kit_firmware_bytes (&KIT_GOOD);
  gsize size = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), size);

  data[size / 2] ^= 0x10;
  return kit_file ("flipped.dfu", data, size);
}

static GFile *
make_other_board (void)
{
  const KitFirmware other = { 0x08000000, 100, 0x2341, 0x0368 };

  return kit_firmware_file (&other, "other.dfu");
}

static GFile *
make_too_large (void)
{
  const KitFirmware large = { 0x080F0000, 0x10001, 0x0483, 0xdf11 };

  return kit_firmware_file (&large, "large.dfu");
}

static GFile *
make_elsewhere (void)
{
  const KitFirmware elsewhere = { 0x90000000, 100, 0x0483, 0xdf11 };

  return kit_firmware_file (&elsewhere, "elsewhere.dfu");
}

static const struct {
  const char *name;
  GFile *(*make) (void);
  int code;
  JmpObstacle obstacle;
} BAD_FILES[] = {
  { "text", make_text, JMP_ERROR_INVALID_FILE, JMP_OBSTACLE_FIRMWARE },
  { "bytes without an address", make_raw, JMP_ERROR_USAGE, JMP_OBSTACLE_ADDRESS },
  { "empty", make_empty, JMP_ERROR_INVALID_FILE, JMP_OBSTACLE_FIRMWARE },
  { "missing", make_missing, JMP_ERROR_FILE, JMP_OBSTACLE_NONE },
  { "a folder", make_folder, JMP_ERROR_FILE, JMP_OBSTACLE_NONE },
  { "truncated", make_truncated, -1, JMP_OBSTACLE_FIRMWARE },
  { "a flipped bit", make_flipped, JMP_ERROR_DAMAGED_FILE, JMP_OBSTACLE_FIRMWARE },
  { "another board's ids", make_other_board, JMP_ERROR_MISMATCH, JMP_OBSTACLE_FIRMWARE },
  { "larger than the flash", make_too_large, JMP_ERROR_DOES_NOT_FIT, JMP_OBSTACLE_FIRMWARE },
  { "outside the flash", make_elsewhere, JMP_ERROR_DOES_NOT_FIT, JMP_OBSTACLE_FIRMWARE },
};

static void
test_session_refuses_bad_files (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (BAD_FILES); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
    g_autoptr (GFile) file = BAD_FILES[i].make ();
    const GError *problem;

    print_message ("  %s\n", BAD_FILES[i].name);
    assert_true (jmp_session_open_file (session, file));
    kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
    problem = jmp_session_get_problem (session);
    assert_non_null (problem);
    if (BAD_FILES[i].code >= 0)
      assert_error (problem, JMP_ERROR, BAD_FILES[i].code, NULL);
    assert_int_equal (jmp_session_get_obstacle (session), BAD_FILES[i].obstacle);
    assert_null (jmp_session_get_plan (session));
    assert_false (jmp_session_start (session));
    assert_int_equal (jmp_virtual_board_get_counters (kit->board).bytes_programmed, 0);
  }
}

static void
test_session_takes_the_file_that_was_chosen_last (void **state)
{
  const KitFirmware small = { 0x08000000, 100, 0x0483, 0xdf11 };
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) first = kit_firmware_file (&KIT_GOOD, "first.dfu");
  g_autoptr (GFile) second = kit_firmware_file (&small, "second.dfu");

  assert_true (jmp_session_open_file (session, first));
  assert_true (jmp_session_open_file (session, second));
  kit_wait_for_state (session, JMP_SESSION_READY);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  assert_string_equal (jmp_session_get_firmware_name (session), "second.dfu");
  assert_int_equal (jmp_image_get_size (jmp_session_get_image (session)), 100);
}

static void
test_session_gets_over_a_bad_file (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) bad = make_text ();
  g_autoptr (GFile) good = kit_firmware_file (&KIT_GOOD, "good.dfu");

  assert_true (jmp_session_open_file (session, bad));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_true (jmp_session_open_file (session, good));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_null (jmp_session_get_problem (session));
}

/* --- Work that does not end well --- */

static void
stop_hand (gpointer user_data)
{
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "meanwhile.dfu");

  assert_false (jmp_session_open_file (user_data, file));
  jmp_session_stop (user_data);
  assert_int_equal (jmp_session_get_state (user_data), JMP_SESSION_STOPPING);
  assert_int_equal (jmp_session_get_obstacle (user_data), JMP_OBSTACLE_WORK);
}

static void
unplug_hand (gpointer user_data)
{
  kit_board_unplug (user_data);
}

static const struct {
  const char *name;
  KitMoment moment;
  JmpBoardState after_stop;
  JmpMainButton button;
} MOMENTS[] = {
  { "comparing", KIT_COMPARE, JMP_BOARD_UNTOUCHED, JMP_MAIN_INSTALL },
  { "erasing", KIT_ERASE, JMP_BOARD_INCOMPLETE, JMP_MAIN_CONTINUE },
  { "writing", KIT_WRITE, JMP_BOARD_INCOMPLETE, JMP_MAIN_CONTINUE },
  { "verifying", KIT_VERIFY, JMP_BOARD_UNVERIFIED, JMP_MAIN_CONTINUE },
};

static void
test_session_stops_in_every_phase (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (MOMENTS); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);
    const JmpOutcome *outcome;

    print_message ("  %s\n", MOMENTS[i].name);
    kit_board_at (kit, MOMENTS[i].moment, stop_hand, session);
    assert_true (jmp_session_start (session));
    kit_wait_for_state (session, JMP_SESSION_STOPPED);
    outcome = jmp_job_get_outcome (jmp_session_get_job (session));
    assert_int_equal (outcome->state, MOMENTS[i].after_stop);
    assert_true (outcome->connected);
    assert_int_equal (jmp_session_get_main_button (session), MOMENTS[i].button);
    assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);

    assert_true (jmp_session_start (session));
    kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
    assert_true (kit_board_holds (kit, &KIT_GOOD));
  }
}

/* What stands behind the firmware in its sector, of the pyboard's own program. */
#define BESIDE 0x2400

static void
peek_beside (KitBoard *kit, guint8 bytes[BESIDE])
{
  assert_true (jmp_virtual_board_peek (kit->board, 0, 0x08001800, bytes, BESIDE));
}

static guint
count_saved (void)
{
  g_autofree char *folder = jmp_paths_recovery ();
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
test_session_goes_on_after_unplugging_in_every_phase (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (MOMENTS); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);
    const JmpOutcome *outcome;
    guint8 before[BESIDE], after[BESIDE];

    print_message ("  %s\n", MOMENTS[i].name);
    peek_beside (kit, before);
    kit_board_at (kit, MOMENTS[i].moment, unplug_hand, kit);
    assert_true (jmp_session_start (session));
    kit_wait_for_state (session, JMP_SESSION_WAITING);
    assert_true (jmp_session_is_working (session));
    assert_true (jmp_session_can_stop (session));
    assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_WORK);

    kit_board_plug (kit);
    kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
    outcome = jmp_job_get_outcome (jmp_session_get_job (session));
    assert_int_equal (outcome->state, JMP_BOARD_STARTED);
    assert_null (outcome->recovery_file);
    assert_int_equal (jmp_session_was_resumed (session), MOMENTS[i].moment != KIT_COMPARE);
    assert_true (kit_board_holds (kit, &KIT_GOOD));
    peek_beside (kit, after);
    assert_memory_equal (before, after, BESIDE);
    assert_int_equal (count_saved (), 0);
    assert_int_equal (jmp_virtual_board_get_counters (kit->board).violations, 0);
  }
}

static void
test_session_stops_while_it_waits (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (",serial=3654358E3439");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);
  JmpJob *job;
  guint8 before[BESIDE], after[BESIDE];

  peek_beside (kit, before);
  kit_board_at (kit, KIT_WRITE, unplug_hand, kit);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_WAITING);
  jmp_session_stop (session);
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_STOPPING);
  kit_wait_for_state (session, JMP_SESSION_STOPPED);
  job = jmp_session_get_job (session);
  assert_error (jmp_job_get_error (job), G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_INCOMPLETE);
  assert_non_null (jmp_job_get_outcome (job)->recovery_file);
  assert_int_equal (count_saved (), 1);

  /* The next time puts back what this one had saved. */
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_BOARD_GONE);
  assert_false (jmp_session_start (session));
  kit_board_plug (kit);
  assert_int_equal (jmp_session_get_main_button (session), JMP_MAIN_CONTINUE);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  peek_beside (kit, after);
  assert_memory_equal (before, after, BESIDE);
  assert_int_equal (count_saved (), 0);
}

static void
another_board_hand (gpointer user_data)
{
  KitBoard *kit = user_data;
  g_autoptr (GError) error = NULL;

  kit_board_unplug (kit);
  jmp_virtual_board_unref (kit->board);
  kit->board = jmp_virtual_board_new ("nucleo-h743,speed=0", &error);
  assert_no_error (error);
}

static gboolean
is_over (gpointer user_data)
{
  return !jmp_session_is_working (user_data);
}

static void
test_session_does_not_go_on_with_another_board (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);

  kit_board_at (kit, KIT_WRITE, another_board_hand, kit);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_WAITING);
  jmp_session_stop (session);
  kit_wait (is_over, session);
  assert_int_equal (jmp_virtual_board_get_counters (kit->board).bytes_programmed, 0);
}

static void
test_session_writes_nothing_the_second_time (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_PROGRAM);
  JmpPlan *preview = jmp_session_get_plan (session);
  const JmpOutcome *outcome;

  assert_false (jmp_session_is_surveyed (session));
  assert_int_equal (jmp_plan_get_totals (preview).sectors_erased, 3);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_true (jmp_session_is_surveyed (session));
  assert_false (jmp_session_was_resumed (session));
  jmp_session_dismiss (session);
  kit_board_plug (kit);
  assert_false (jmp_session_is_surveyed (session));
  assert_int_equal (jmp_plan_get_totals (jmp_session_get_plan (session)).sectors_erased, 3);

  jmp_virtual_board_reset_counters (kit->board);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  outcome = jmp_job_get_outcome (jmp_session_get_job (session));
  assert_int_equal (outcome->bytes_skipped, KIT_PROGRAM.size);
  assert_int_equal (outcome->sectors_erased, 0);
  assert_int_equal (jmp_virtual_board_get_counters (kit->board).bytes_programmed, 0);
  assert_int_equal (jmp_virtual_board_get_counters (kit->board).sectors_erased, 0);
  assert_int_equal (jmp_plan_get_totals (jmp_session_get_plan (session)).unchanged,
                    KIT_PROGRAM.size);
}

static void
test_session_reports_a_board_that_is_gone_at_the_start (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_GOOD);

  /* The monitor has not seen it yet. */
  jmp_virtual_board_unplug (kit->board);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_FAILED);
  assert_error (
      jmp_job_get_error (jmp_session_get_job (session)), JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

static void
test_session_of_an_unusable_board (void **state)
{
  g_autoptr (JmpDevice) device = kit_unusable_device_new (JMP_ERROR_PERMISSION);
  g_autoptr (JmpSession) session = jmp_session_new (device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "firmware.dfu");
  g_autoptr (KitBoard) kit = kit_board_new ("");

  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_BOARD_UNUSABLE);
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_non_null (jmp_session_get_image (session));
  assert_null (jmp_session_get_problem (session));
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_BOARD_UNUSABLE);

  /* Permission was given, and it was plugged in again. */
  jmp_device_update (device, kit->device);
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_READY);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);
}

static void
drop_session_hand (gpointer user_data)
{
  g_clear_object ((JmpSession **)user_data);
}

static gboolean
is_null (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

static void
test_session_lives_until_its_work_ends (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  JmpSession *session = session_with_file (kit, &KIT_GOOD);
  gpointer alive = session;

  g_object_add_weak_pointer (G_OBJECT (session), &alive);
  kit_board_at (kit, KIT_WRITE, drop_session_hand, &session);
  assert_true (jmp_session_start (session));
  kit_wait (is_null, &session);
  assert_non_null (alive);
  kit_wait (is_null, &alive);
  assert_true (kit_board_holds (kit, &KIT_GOOD));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_session_wants_a_file_first),
    cmocka_unit_test (test_session_installs),
    cmocka_unit_test (test_session_installs_again),
    cmocka_unit_test (test_session_refuses_bad_files),
    cmocka_unit_test (test_session_takes_the_file_that_was_chosen_last),
    cmocka_unit_test (test_session_gets_over_a_bad_file),
    cmocka_unit_test (test_session_stops_in_every_phase),
    cmocka_unit_test (test_session_goes_on_after_unplugging_in_every_phase),
    cmocka_unit_test (test_session_stops_while_it_waits),
    cmocka_unit_test (test_session_does_not_go_on_with_another_board),
    cmocka_unit_test (test_session_writes_nothing_the_second_time),
    cmocka_unit_test (test_session_reports_a_board_that_is_gone_at_the_start),
    cmocka_unit_test (test_session_of_an_unusable_board),
    cmocka_unit_test (test_session_lives_until_its_work_ends),
  };

  return cmocka_run_group_tests_name ("ui/session", tests, kit_make_folder, kit_remove_folder);
}
