/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "device/practice.h"
#include "jumperctl/device-choice.h"
#include "jumperctl/json.h"
#include "jumperctl/report.h"
#include "jumperctl/work.h"

#define SIZE (384u * 1024)

/* A session that is about to flash firmware on a practice board. */
static CtlSession *
make_session (const char *device)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  const char *const arguments[] = { "a.dfu", "-d", device, "--json", NULL };
  CtlSession *session = ctl_session_new (&ctl_command_flash);
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (SIZE), SIZE);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (GError) error = NULL;

  ctl_options_parse (&session->options, session->command, arguments, &error);
  assert_no_error (error);
  ctl_choose_device (session, &error);
  assert_no_error (error);
  jmp_image_builder_add (builder, 0, 0x08020000, bytes, &error);
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  session->board->plan = jmp_plan_flash (
      image, jmp_device_get_info (session->board->device), &options, &error);
  assert_no_error (error);
  return session;
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

/* Real time, five times as fast: there is more than a fifth of a second to pull the cable in. */
static void
test_work_on_a_board_that_is_unplugged (void **state)
{
  g_autoptr (CtlSession) session = make_session ("virtual:pyboard,speed=5");
  g_autoptr (GError) error = NULL;
  g_autofree char *json = NULL;
  g_autofree char *sentence = NULL;
  GThread *hand = g_thread_new (
      "hand", pull_cable, jmp_practice_device_get_board (session->board->device));

  assert_false (ctl_work_run (session, &error));
  g_thread_join (hand);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "0x080");
  assert_int_equal (ctl_exit_status (error), 8);
  json = ctl_json_result (session, error);
  assert_non_null (strstr (json, "\"result\":\"failed\""));
  assert_non_null (strstr (json, "\"state\":\"incomplete\""));
  assert_non_null (strstr (json, "\"code\":\"disconnected\""));
  sentence = ctl_report_state (session, session->board);
  assert_non_null (strstr (sentence, "no complete firmware"));
  assert_non_null (strstr (sentence, "not damaged"));
  assert_non_null (strstr (sentence, "does not answer any more"));
}

static void
test_work_that_was_stopped_before_it_began (void **state)
{
  g_autoptr (CtlSession) session = make_session ("virtual:pyboard,speed=0");
  g_autoptr (GError) error = NULL;
  g_autofree char *sentence = NULL;

  g_cancellable_cancel (session->cancellable);
  assert_false (ctl_work_run (session, &error));
  assert_int_equal (ctl_exit_status (error), 130);
  sentence = ctl_report_state (session, session->board);
  assert_string_equal (sentence, "Nothing on the board was changed.");
}

static void
test_work_that_succeeds (void **state)
{
  g_autoptr (CtlSession) session = make_session ("virtual:pyboard,speed=0");
  g_autoptr (GError) error = NULL;
  g_autofree char *next = NULL;

  ctl_work_run (session, &error);
  assert_no_error (error);
  next = ctl_report_next (session, session->board, NULL);
  assert_null (next);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_work_on_a_board_that_is_unplugged),
    cmocka_unit_test (test_work_that_was_stopped_before_it_began),
    cmocka_unit_test (test_work_that_succeeds),
  };

  return cmocka_run_group_tests_name ("app/work", tests, NULL, NULL);
}
