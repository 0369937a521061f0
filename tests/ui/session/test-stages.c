/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "session/stages.h"
#include "ui-kit.h"

/* What a person sees of an installation: the stages in their order, each as often as it was entered. */
typedef struct {
  JmpJob *job;
  GString *seen;
  int last;
} Watch;

static void
watch_cb (const JmpProgress *progress, gpointer user_data)
{
  Watch *watch = user_data;
  const JmpStage stage = jmp_stage_now (jmp_job_get_plan (watch->job), progress);

  if ((int)stage == watch->last)
    return;
  assert_true ((int)stage > watch->last);
  watch->last = (int)stage;
  g_string_append_printf (watch->seen, "%s\n", jmp_stage_to_words (stage));
}

static JmpPlan *
survey (JmpImage *image, JmpDfuInfo *info)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  g_autoptr (GError) error = NULL;
  JmpPlan *plan = jmp_plan_survey (image, info, &options, &error);

  assert_no_error (error);
  return plan;
}

static char *
list_stages (JmpPlan *look, JmpPlan *plan)
{
  GString *text = g_string_new (NULL);

  for (JmpStage stage = JMP_STAGE_BACKUP; stage < JMP_STAGE_N; stage++) {
    if (jmp_stage_is_in (stage, look, plan))
      g_string_append_printf (text, "%s\n", jmp_stage_to_words (stage));
  }
  return g_string_free (text, FALSE);
}

static JmpSession *
session_with_file (KitBoard *kit, const KitFirmware *firmware)
{
  JmpSession *session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_READY);
  return session;
}

static const struct {
  const char *name;
  const KitFirmware *firmware;
  const char *stages;
} CASES[] = {
  { "data", &KIT_GOOD, "Comparing\nErasing\nWriting\nVerifying\nStarting\n" },
  { "a program", &KIT_PROGRAM, "Comparing\nErasing\nWriting\nVerifying\nFinishing\nStarting\n" },
};

static void
test_stages_of_work (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession) session = session_with_file (kit, CASES[i].firmware);
    g_autofree char *text = list_stages (jmp_session_get_look (session),
                                         jmp_session_get_plan (session));

    print_message ("  %s\n", CASES[i].name);
    assert_lines_equal (text, CASES[i].stages);
  }
}

static void
test_stages_go_away_when_nothing_is_to_be_done (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = session_with_file (kit, &KIT_PROGRAM);
  g_autoptr (JmpPlan)
      look = survey (jmp_session_get_image (session), jmp_device_get_info (kit->device));
  g_autofree char *text = NULL;

  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  jmp_session_dismiss (session);
  kit_board_plug (kit);
  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  text = list_stages (look, jmp_session_get_plan (session));
  assert_lines_equal (text, "Comparing\nStarting\n");
}

/* The board holds it all, but for one byte. */
static void
almost_install (KitBoard *kit, JmpSession *session)
{
  const guint8 other = 0xA5;

  assert_true (jmp_session_start (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  jmp_session_dismiss (session);
  kit_board_plug (kit);
  assert_true (jmp_virtual_board_poke (kit->board, 0, 0x08001001, &other, 1));
}

static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  return jmp_device_open (user_data, error);
}

/* A job without a thread tells each step where it happens. */
static void
test_stages_never_go_back (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (CASES); i++) {
    const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
    g_autoptr (KitBoard) kit = kit_board_new ("");
    g_autoptr (JmpSession) session = session_with_file (kit, CASES[i].firmware);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpJob)
        job = jmp_job_new (jmp_device_get_info (kit->device), open_board, kit->device, NULL);
    Watch watch = { .job = job, .seen = g_string_new (NULL), .last = -1 };
    g_autofree char *text = NULL;

    print_message ("  %s\n", CASES[i].name);
    almost_install (kit, session);
    jmp_job_set_flash (job, jmp_session_get_image (session), &options);
    jmp_job_set_progress (job, watch_cb, &watch);
    jmp_job_run (job, NULL, &error);
    assert_no_error (error);
    text = g_string_free (watch.seen, FALSE);
    assert_lines_equal (text, CASES[i].stages);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_stages_of_work),
    cmocka_unit_test (test_stages_go_away_when_nothing_is_to_be_done),
    cmocka_unit_test (test_stages_never_go_back),
  };

  return cmocka_run_group_tests_name ("ui/stages", tests, kit_make_folder, kit_remove_folder);
}
