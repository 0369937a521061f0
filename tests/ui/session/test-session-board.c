/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "device/practice.h"
#include "releases/offer.h"
#include "session/status.h"
#include "ui-kit.h"

#include <glib/gstdio.h>

#define SERIAL ",serial=3254335D3037"

static JmpBoard *
find_board (const char *id)
{
  JmpBoard *board = jmp_catalogue_find_board (jmp_library_get_catalogue (kit_library ()), id);

  assert_non_null (board);
  return board;
}

static JmpKnownBoards *
open_known (void)
{
  g_autofree char *path = g_build_filename (kit_folder (), "known.json", NULL);

  return jmp_known_boards_new (path);
}

static JmpSession *
knowing_session (JmpDevice *device, JmpKnownBoards *known)
{
  JmpSession *session = jmp_session_new (device, NULL);

  jmp_session_set_knowledge (session, kit_library (), known);
  return session;
}

static void
test_session_board_is_never_guessed (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (SERIAL);
  g_autoptr (JmpSession) session = knowing_session (kit->device, NULL);
  const JmpChoice *choice = jmp_session_get_choice (session);

  assert_null (jmp_session_get_board (session));
  assert_non_null (choice);
  assert_true (choice->candidates->len > 1);
  assert_string_equal (jmp_session_get_title (session), jmp_device_get_name (kit->device));
}

typedef struct {
  JmpKnownBoards *known;
  const char *serial;
  const char *board_id;
  const char *nickname;
  const char *version;
} Expected;

static gboolean
is_written (gpointer user_data)
{
  const Expected *expected = user_data;
  g_autoptr (JmpKnownBoard) found = jmp_known_boards_find (expected->known, expected->serial);

  return found != NULL && g_strcmp0 (found->board_id, expected->board_id) == 0
         && g_strcmp0 (found->nickname, expected->nickname) == 0
         && g_strcmp0 (found->version, expected->version) == 0;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
wait_for_file (const Expected *expected)
{
  const guint tick = g_timeout_add (5, tick_cb, NULL);

  kit_wait (is_written, (gpointer)expected);
  g_source_remove (tick);
}

static gboolean
has_board (gpointer session)
{
  return jmp_session_get_board (session) != NULL;
}

static void
test_session_board_remembers_what_was_said (void **state)
{
  g_autoptr (JmpKnownBoards) known = open_known ();
  g_autoptr (KitBoard) kit = kit_board_new (SERIAL);
  const char *serial = jmp_device_get_serial (kit->device);
  g_autoptr (JmpSession) first = knowing_session (kit->device, known);
  g_autoptr (JmpSession) second = NULL;

  assert_true (jmp_session_can_remember (first));
  jmp_session_set_board (first, find_board ("PYBV11"), "DP");
  assert_string_equal (jmp_session_get_board (first)->id, "PYBV11");
  assert_string_equal (jmp_session_get_title (first), "Pyboard v1.1");
  jmp_session_set_nickname (first, "  Desk  ");
  assert_string_equal (jmp_session_get_title (first), "Desk");
  wait_for_file (&(Expected){ known, serial, "PYBV11", "Desk", NULL });

  second = knowing_session (kit->device, known);
  kit_wait (has_board, second);
  assert_string_equal (jmp_session_get_board (second)->id, "PYBV11");
  assert_string_equal (jmp_session_get_variant (second), "DP");
  assert_string_equal (jmp_session_get_nickname (second), "Desk");
}

static void
test_session_board_keeps_what_others_wrote (void **state)
{
  g_autoptr (JmpKnownBoards) known = open_known ();
  g_autoptr (KitBoard) kit = kit_board_new (",serial=3254335D3099");
  const char *serial = jmp_device_get_serial (kit->device);
  g_autoptr (JmpSession) session = knowing_session (kit->device, known);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpKnownBoard) found = NULL;

  assert_true (jmp_known_boards_set (
      known, &(JmpKnownBoard){ .serial = (char *)serial, .backed_up = TRUE }, &error));
  assert_no_error (error);
  jmp_session_set_nickname (session, "Shelf");
  wait_for_file (&(Expected){ known, serial, NULL, "Shelf", NULL });
  found = jmp_known_boards_find (known, serial);
  assert_true (found->backed_up);
}

static gboolean
was_interrupted (gpointer session)
{
  return jmp_session_was_interrupted (session);
}

typedef struct {
  JmpKnownBoards *known;
  const char *serial;
  gboolean unfinished;
} Work;

static gboolean
is_noted (gpointer user_data)
{
  const Work *work = user_data;
  g_autoptr (JmpKnownBoard) found = jmp_known_boards_find (work->known, work->serial);

  return found != NULL && found->unfinished == work->unfinished;
}

static gboolean
turn_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
stop_cb (gpointer session)
{
  jmp_session_stop (session);
}

/* The program may have ended in the middle: it is known when it runs again. */
static void
test_session_board_remembers_work_that_was_not_finished (void **state)
{
  g_autoptr (JmpKnownBoards) known = open_known ();
  g_autoptr (KitBoard) kit = kit_board_new (",serial=3254335D3055");
  g_autoptr (JmpSession) first = knowing_session (kit->device, known);
  g_autoptr (JmpSession) second = NULL;
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "firmware.dfu");
  Work work = { known, jmp_device_get_serial (kit->device), TRUE };
  guint turning;

  assert_true (jmp_session_open_file (first, file));
  kit_wait_for_state (first, JMP_SESSION_READY);
  assert_int_equal (jmp_session_get_main_button (first), JMP_MAIN_INSTALL);
  kit_board_at (kit, KIT_WRITE, stop_cb, first);
  assert_true (jmp_session_start (first));
  kit_wait_for_state (first, JMP_SESSION_STOPPED);
  turning = g_idle_add (turn_cb, NULL);
  kit_wait (is_noted, &work);

  second = knowing_session (kit->device, known);
  kit_wait (was_interrupted, second);
  assert_true (jmp_session_open_file (second, file));
  kit_wait_for_state (second, JMP_SESSION_READY);
  assert_int_equal (jmp_session_get_main_button (second), JMP_MAIN_REPAIR);
  assert_true (jmp_session_start (second));
  kit_wait_for_state (second, JMP_SESSION_SUCCEEDED);
  work.unfinished = FALSE;
  kit_wait (is_noted, &work);
  jmp_session_dismiss (second);
  assert_false (jmp_session_was_interrupted (second));
  g_source_remove (turning);
}

/* Without a number of its own it may be another one when it comes back. */
static void
test_session_board_forgets_a_board_that_has_no_number (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (",serial=000000000000");
  g_autoptr (JmpSession) session = knowing_session (kit->device, NULL);

  assert_false (jmp_session_can_remember (session));
  jmp_session_set_board (session, find_board ("PYBV11"), NULL);
  assert_non_null (jmp_session_get_board (session));
  jmp_device_set_gone (kit->device);
  assert_null (jmp_session_get_board (session));
}

static void
test_session_board_takes_witnesses (void **state)
{
  const struct {
    const char *name;
    JmpEvidence seen;
    const char *board_id;
    const char *variant;
    const char *version;
  } rows[] = {
    { "a build", { .build = "PYBV11-DP", .version = "1.28.0" }, "PYBV11", "DP", "1.28.0" },
    { "a machine", { .machine = "PYBv1.1 with STM32F405RG" }, "PYBV11", NULL, NULL },
    { "another chip's build", { .build = "NUCLEO_H743ZI" }, NULL, NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (KitBoard) kit = kit_board_new (SERIAL);
    g_autoptr (JmpSession) session = knowing_session (kit->device, NULL);
    JmpBoard *board;

    print_message ("  %s\n", rows[i].name);
    jmp_session_set_seen (session, &rows[i].seen);
    board = jmp_session_get_board (session);
    assert_int_equal (g_strcmp0 (board != NULL ? board->id : NULL, rows[i].board_id), 0);
    assert_int_equal (g_strcmp0 (jmp_session_get_variant (session), rows[i].variant), 0);
    assert_int_equal (g_strcmp0 (jmp_session_get_version (session), rows[i].version), 0);
  }
}

/* --- Releases --- */

static void
put_file (const char *folder, const char *name, const KitFirmware *firmware)
{
  g_autoptr (GBytes) bytes = kit_firmware_bytes (firmware);
  g_autofree char *path = g_build_filename (folder, name, NULL);

  assert_true (g_file_set_contents (
      path, g_bytes_get_data (bytes, NULL), (gssize)g_bytes_get_size (bytes), NULL));
}

/* A person's own source: a folder with three versions, one of them older than all others. */
static void
add_folder (void)
{
  g_autofree char *folder = g_build_filename (kit_folder (), "releases", NULL);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  g_autoptr (GError) error = NULL;
  const JmpSource values = { .id = (char *)"mine",
                             .kind = JMP_SOURCE_FOLDER,
                             .url = uri,
                             .board = (char *)"PYBV11",
                             .personal = TRUE };

  assert_int_equal (g_mkdir_with_parents (folder, 0700), 0);
  put_file (folder, "PYBV11-20300101-v9.0.0.dfu", &KIT_GOOD);
  put_file (folder, "PYBV11-20290101-v8.0.0.dfu", &KIT_PROGRAM);
  put_file (folder, "PYBV11-20310101-v10.0.0-preview.3.gabcdef.dfu", &KIT_PROGRAM);
  g_ptr_array_add (sources, jmp_source_new (&values, &error));
  assert_no_error (error);
  assert_true (jmp_library_write_sources (kit_library (), sources, &error));
  assert_no_error (error);
}

static gboolean
is_done_looking (gpointer session)
{
  JmpOffer *offer = jmp_offer_get (session);

  return jmp_offer_get_newest (offer) != NULL && !jmp_offer_is_looking (offer);
}

static void
test_offer_loads_what_is_here (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", &error);
  g_autoptr (JmpSession) session = NULL;
  g_autofree char *button = NULL;
  g_autoptr (GPtrArray) list = NULL;

  assert_no_error (error);
  add_folder ();
  session = knowing_session (device, NULL);
  assert_string_equal (jmp_session_get_board (session)->id, "PYBV11");
  kit_wait (is_done_looking, session);
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_string_equal (jmp_offer_get_newest (jmp_offer_get (session))->version, "9.0.0");
  assert_int_equal (jmp_session_get_firmware (session)->origin, JMP_FIRMWARE_RELEASE);
  assert_int_equal (jmp_session_get_firmware (session)->trust, JMP_TRUST_LOCAL);
  button = jmp_status_button (session);
  assert_string_equal (button, "_Install 9.0.0");
  list = jmp_offer_list (jmp_offer_get (session), NULL);
  assert_true (list->len > 2);
  assert_string_equal (((JmpRelease *)list->pdata[1])->version, "8.0.0");
}

static void
test_offer_says_what_a_version_is_to_the_board (void **state)
{
  const struct {
    const char *on_board;
    JmpMainButton button;
    const char *label;
  } rows[] = {
    { "8.5.0", JMP_MAIN_UPDATE, "_Update to 9.0.0" },
    { "9.0.0", JMP_MAIN_REINSTALL, "_Reinstall" },
    { "9.1.0", JMP_MAIN_INSTALL, "_Install 9.0.0" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (KitBoard) kit = kit_board_new (SERIAL);
    g_autoptr (JmpSession) session = NULL;
    g_autofree char *button = NULL;

    add_folder ();
    session = knowing_session (kit->device, NULL);
    jmp_session_set_seen (session,
                          &(JmpEvidence){ .build = "PYBV11", .version = rows[i].on_board });
    kit_wait_for_state (session, JMP_SESSION_READY);
    button = jmp_status_button (session);
    assert_int_equal (jmp_session_get_main_button (session), rows[i].button);
    assert_string_equal (button, rows[i].label);
  }
}

static void
test_offer_leaves_the_choice_to_the_person (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new (SERIAL);
  g_autoptr (JmpSession) session = NULL;
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "own.dfu");

  add_folder ();
  session = knowing_session (kit->device, NULL);
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_READY);
  jmp_session_set_board (session, find_board ("PYBV11"), NULL);
  kit_wait (is_done_looking, session);
  assert_string_equal (jmp_session_get_firmware_name (session), "own.dfu");
  assert_true (jmp_offer_choose_newest (jmp_offer_get (session)));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_string_equal (jmp_session_get_firmware (session)->version, "9.0.0");
}

static void
test_offer_installed_is_known_from_then_on (void **state)
{
  g_autoptr (JmpKnownBoards) known = open_known ();
  g_autoptr (KitBoard) kit = kit_board_new (",serial=3254335D3055");
  const char *serial = jmp_device_get_serial (kit->device);
  g_autoptr (JmpSession) session = NULL;

  add_folder ();
  session = knowing_session (kit->device, known);
  jmp_session_set_board (session, find_board ("PYBV11"), NULL);
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_true (jmp_session_begin (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_true (kit_board_holds (kit, &KIT_GOOD));
  assert_string_equal (jmp_session_get_version (session), "9.0.0");
  wait_for_file (&(Expected){ known, serial, "PYBV11", NULL, "9.0.0" });
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_session_board_is_never_guessed),
    cmocka_unit_test (test_session_board_remembers_what_was_said),
    cmocka_unit_test (test_session_board_keeps_what_others_wrote),
    cmocka_unit_test (test_session_board_remembers_work_that_was_not_finished),
    cmocka_unit_test (test_session_board_forgets_a_board_that_has_no_number),
    cmocka_unit_test (test_session_board_takes_witnesses),
    cmocka_unit_test (test_offer_loads_what_is_here),
    cmocka_unit_test (test_offer_says_what_a_version_is_to_the_board),
    cmocka_unit_test (test_offer_leaves_the_choice_to_the_person),
    cmocka_unit_test (test_offer_installed_is_known_from_then_on),
  };

  return cmocka_run_group_tests_name (
      "ui/session-board", tests, kit_make_folder, kit_remove_folder);
}
