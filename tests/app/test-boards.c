/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several boards at once: what happens to each, and what is told of them. */

#include "assert-text.h"
#include "base/error.h"
#include "device/practice.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "jumperctl/report.h"
#include "jumperctl/work.h"

#define BASE 0x08020000u
#define SIZE (384u * 1024)

/* So fast that nothing takes long, and so slow that there is time to pull a cable. */
#define SLOW "virtual:pyboard,speed=20"
#define FAST "virtual:pyboard,speed=0"

static JmpImage *
make_image (void)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (SIZE), SIZE);

  assert_true (jmp_image_builder_add (builder, 0, BASE, bytes, NULL));
  return jmp_image_builder_end (g_steal_pointer (&builder), NULL);
}

/* A session that is about to flash the boards of a command line. */
static CtlSession *
make_session (const char *line)
{
  CtlSession *session = ctl_session_new (&ctl_command_flash);
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  g_autoptr (GError) error = NULL;

  ctl_options_parse (&session->options, session->command, (const char *const *)arguments, &error);
  assert_no_error (error);
  ctl_choose_devices (session, &error);
  assert_no_error (error);
  session->image = make_image ();
  session->how = (JmpPlanOptions)JMP_PLAN_OPTIONS_DEFAULT;
  return session;
}

static CtlBoard *
board_at (CtlSession *session, guint index)
{
  return g_ptr_array_index (session->boards, index);
}

static JmpVirtualBoard *
virtual_at (CtlSession *session, guint index)
{
  return jmp_practice_device_get_board (board_at (session, index)->device);
}

/* The hand that pulls the cable once the first of the sectors is erased. */
static gpointer
pull_cable (gpointer data)
{
  JmpVirtualBoard *board = data;

  while (jmp_virtual_board_get_counters (board).sectors_erased == 0)
    g_usleep (1000);
  jmp_virtual_board_unplug (board);
  return NULL;
}

static gpointer
pull_and_plug (gpointer data)
{
  pull_cable (data);
  jmp_virtual_board_plug (data);
  return NULL;
}

static void
assert_has_image (JmpVirtualBoard *board)
{
  g_autofree guint8 *found = g_malloc (SIZE);
  g_autofree guint8 *wanted = g_malloc0 (SIZE);

  assert_true (jmp_virtual_board_peek (board, 0, BASE, found, SIZE));
  assert_memory_equal (found, wanted, SIZE);
}

/* Member @name of board @index of a result. */
static const char *
member (JsonNode *node, gint index, const char *name)
{
  JsonArray *boards = json_object_get_array_member (json_node_get_object (node), "boards");

  return json_object_get_string_member (json_array_get_object_element (boards, (guint)index), name);
}

static void
test_boards_that_all_succeed (void **state)
{
  g_autoptr (CtlSession)
      session = make_session ("a -d " FAST " -d virtual:nucleo-h743,speed=0 -d " SLOW " --json");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;

  session->how.leave = FALSE;
  ctl_work_run (session, &error);
  assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    assert_has_image (virtual_at (session, i));
  json = ctl_json_result (session, NULL);
  node = json_from_string (json, NULL);
  assert_string_equal (json_object_get_string_member (json_node_get_object (node), "result"), "ok");
  assert_true (json_object_get_null_member (json_node_get_object (node), "error"));
  assert_string_equal (member (node, 0, "device"), "virtual:pyboard");
  assert_string_equal (member (node, 1, "device"), "virtual:nucleo-h743");
  assert_string_equal (member (node, 2, "device"), "virtual:pyboard#2");
  for (int i = 0; i < 3; i++) {
    assert_string_equal (member (node, i, "result"), "ok");
    assert_string_equal (member (node, i, "state"), "complete");
  }
}

static void
test_board_that_fails_does_not_stop_the_others (void **state)
{
  g_autoptr (CtlSession) session = make_session ("a -d " FAST " -d " SLOW " -d " SLOW " --json");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *json = NULL;
  g_autofree char *table = NULL;
  GThread *hand = g_thread_new ("hand", pull_cable, virtual_at (session, 1));

  assert_false (ctl_work_run (session, &error));
  g_thread_join (hand);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "0x080");
  assert_int_equal (ctl_exit_status (error), 8);
  assert_has_image (virtual_at (session, 0));
  assert_has_image (virtual_at (session, 2));
  json = ctl_json_result (session, error);
  node = json_from_string (json, NULL);
  assert_string_equal (json_object_get_string_member (json_node_get_object (node), "result"),
                       "failed");
  assert_string_equal (member (node, 0, "result"), "ok");
  assert_string_equal (member (node, 1, "result"), "failed");
  assert_string_equal (member (node, 1, "state"), "incomplete");
  assert_string_equal (member (node, 2, "result"), "ok");
  assert_string_equal (member (node, 2, "state"), "started");
  table = ctl_report_table (session->boards);
  assert_non_null (strstr (table, "\nvirtual:pyboard    verified  384"));
  assert_non_null (strstr (table, "\nvirtual:pyboard#2  failed "));
  assert_non_null (strstr (table, "\n1 of 3 boards failed.\n"));
}

static void
test_board_that_comes_back_is_done (void **state)
{
  g_autoptr (CtlSession) session = make_session ("a -d " SLOW " -d " FAST " --wait");
  g_autoptr (GError) error = NULL;
  GThread *hand = g_thread_new ("hand", pull_and_plug, virtual_at (session, 0));

  ctl_work_run (session, &error);
  g_thread_join (hand);
  assert_no_error (error);
  assert_has_image (virtual_at (session, 0));
  assert_has_image (virtual_at (session, 1));
}

static void
test_board_that_does_not_come_back_in_time_fails (void **state)
{
  g_autoptr (CtlSession) session = make_session ("a -d " SLOW " -d " FAST " --wait=0.2");
  g_autoptr (GError) error = NULL;
  GThread *hand = g_thread_new ("hand", pull_cable, virtual_at (session, 0));

  assert_false (ctl_work_run (session, &error));
  g_thread_join (hand);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  assert_null (board_at (session, 1)->error);
}

static gpointer
press_ctrl_c (gpointer data)
{
  CtlSession *session = data;

  while (jmp_virtual_board_get_counters (virtual_at (session, 0)).sectors_erased == 0)
    g_usleep (1000);
  g_cancellable_cancel (session->cancellable);
  return NULL;
}

static void
test_boards_are_stopped_together (void **state)
{
  g_autoptr (CtlSession)
      session = make_session ("a -d virtual:pyboard,speed=5 -d virtual:pyboard,speed=5");
  g_autoptr (GError) error = NULL;
  g_autofree char *table = NULL;
  GThread *hand = g_thread_new ("hand", press_ctrl_c, session);

  assert_false (ctl_work_run (session, &error));
  g_thread_join (hand);
  assert_int_equal (ctl_exit_status (error), 130);
  for (guint i = 0; i < 2; i++)
    assert_true (jmp_error_is_cancelled (board_at (session, i)->error));
  table = ctl_report_table (session->boards);
  assert_non_null (strstr (table, "\nvirtual:pyboard    stopped "));
  assert_non_null (strstr (table, "\nvirtual:pyboard#2  stopped "));
}

static void
test_waiting_for_a_board_can_be_stopped (void **state)
{
  g_autoptr (CtlSession) session = make_session ("a -d " SLOW " -d " SLOW " --wait");
  g_autoptr (GError) error = NULL;
  GThread *first = g_thread_new ("hand", pull_cable, virtual_at (session, 0));
  GThread *second = g_thread_new ("hand", press_ctrl_c, session);

  assert_false (ctl_work_run (session, &error));
  g_thread_join (first);
  g_thread_join (second);
  assert_int_equal (ctl_exit_status (error), 130);
}

/* A board that cannot be opened is told of, and nothing else is done with it. */
static void
test_board_with_a_problem_is_left_alone (void **state)
{
  g_autoptr (CtlSession) session = make_session ("a -d " FAST " -d " FAST);
  g_autoptr (GError) error = NULL;
  g_autofree char *table = NULL;

  board_at (session, 0)->error = g_error_new (JMP_ERROR, JMP_ERROR_PERMISSION, "opening: no");
  assert_false (ctl_work_run (session, &error));
  assert_int_equal (ctl_exit_status (error), 5);
  assert_null (board_at (session, 0)->job);
  assert_has_image (virtual_at (session, 1));
  table = ctl_report_table (session->boards);
  assert_non_null (strstr (table, "\nvirtual:pyboard    failed    0 bytes"));
}

/* Before the work begins, no board has anything to tell. */
static void
test_boards_that_were_not_begun (void **state)
{
  g_autoptr (CtlSession) session = make_session ("a -d " FAST " -d " FAST " --json");
  g_autoptr (GError) error = g_error_new (JMP_ERROR, JMP_ERROR_DOES_NOT_FIT, "too long");
  g_autofree char *json = ctl_json_result (session, error);
  g_autofree char *sentence = ctl_report_state (session, NULL);

  assert_non_null (strstr (json, "\"result\":\"failed\""));
  assert_non_null (strstr (json, "\"boards\":[]"));
  assert_non_null (strstr (json, "\"code\":\"does-not-fit\""));
  assert_string_equal (sentence, "Nothing on any board was changed.");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_boards_that_all_succeed),
    cmocka_unit_test (test_board_that_fails_does_not_stop_the_others),
    cmocka_unit_test (test_board_that_comes_back_is_done),
    cmocka_unit_test (test_board_that_does_not_come_back_in_time_fails),
    cmocka_unit_test (test_boards_are_stopped_together),
    cmocka_unit_test (test_waiting_for_a_board_can_be_stopped),
    cmocka_unit_test (test_board_with_a_problem_is_left_alone),
    cmocka_unit_test (test_boards_that_were_not_begun),
  };

  return cmocka_run_group_tests_name ("app/boards", tests, NULL, NULL);
}
