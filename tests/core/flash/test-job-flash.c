/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job that is given an image: it looks at the board, plans, keeps what has to be kept, and goes on
 * when the board comes back. */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "flash/job.h"
#include "flash/recovery.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

#include <glib/gstdio.h>

/* On a used pyboard: 0x1000 bytes of files before it, 0x1000 between, all else behind. */
#define IMAGE    "0 0x08000000 0x100 vector; 0 0x08005000 0x1000; 0 0x08007000 0x1000"
#define IDENTITY "1-4"

typedef struct {
  Bench bench;
  JmpImage *image;
  JmpPlanOptions options;
  char *folder;
  char *file;
  JmpUsb *fault;
  guint64 unplug_at;
  /* What happened. */
  guint returns;
  GError *no_return;
  gboolean saw_file;
  gboolean saw_waiting;
  gboolean state_waiting;
  guint plans;
  JmpJob *job;
  JmpPhase stop_at; /* the board is unplugged when this phase is told of */
} Fixture;

static int
set_up (void **state)
{
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  Fixture *self = g_new0 (Fixture, 1);

  bench_set_up (&self->bench, "pyboard,speed=0");
  self->image = kit_image_new (IMAGE);
  self->options = options;
  self->folder = g_dir_make_tmp ("jumper-flash-XXXXXX", NULL);
  self->file = jmp_recovery_path (self->folder, IDENTITY);
  self->stop_at = JMP_PHASE_N;
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_remove (path);
  }
  g_remove (self->folder);
  g_clear_object (&self->job);
  g_clear_error (&self->no_return);
  g_free (self->file);
  g_free (self->folder);
  jmp_image_unref (self->image);
  bench_tear_down (&self->bench);
  g_free (self);
  return 0;
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  Fixture *self = user_data;

  self->fault = jmp_usb_fault_new (jmp_virtual_usb_open (self->bench.board, error));
  return self->fault;
}

static void
plug_again (Fixture *self)
{
  jmp_virtual_board_unplug (self->bench.board);
  jmp_virtual_board_set_jumper (self->bench.board, TRUE);
  jmp_virtual_board_plug (self->bench.board);
}

static JmpUsb *
reopen_cb (gpointer user_data, GCancellable *cancellable, GError **error)
{
  Fixture *self = user_data;

  self->returns++;
  self->state_waiting = jmp_job_get_state (self->job) == JMP_JOB_WAITING;
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;
  if (self->no_return != NULL) {
    g_propagate_error (error, g_error_copy (self->no_return));
    return NULL;
  }
  plug_again (self);
  return jmp_virtual_usb_open (self->bench.board, error);
}

static void
progress_cb (const JmpProgress *progress, gpointer user_data)
{
  Fixture *self = user_data;

  self->saw_waiting = self->saw_waiting || progress->waiting;
  if (progress->phase == JMP_PHASE_ERASE)
    self->saw_file = g_file_test (self->file, G_FILE_TEST_EXISTS);
  if (progress->phase == self->stop_at && self->returns == 0 && !progress->waiting) {
    self->stop_at = JMP_PHASE_N;
    jmp_virtual_board_unplug (self->bench.board);
  }
}

static JmpJob *
make_job (Fixture *self)
{
  g_clear_object (&self->job);
  self->job = jmp_job_new (self->bench.info, open_cb, self, NULL);
  jmp_job_set_flash (self->job, self->image, &self->options);
  jmp_job_set_progress (self->job, progress_cb, self);
  jmp_job_set_recovery_dir (self->job, self->folder, IDENTITY);
  return self->job;
}

static const JmpOutcome *
run_job (Fixture *self)
{
  g_autoptr (GError) error = NULL;

  jmp_job_run (self->job, NULL, &error);
  assert_no_error (error);
  return jmp_job_get_outcome (self->job);
}

/* The files around the image are what they were. */
static void
check_kept (Fixture *self)
{
  g_autofree guint8 *now = bench_flash (&self->bench);
  const guint8 *before = self->bench.before;

  assert_true (bench_holds (&self->bench, self->image));
  assert_memory_equal (now + 0x100, before + 0x100, 0x4000 - 0x100);
  assert_memory_equal (now + 0x4000, before + 0x4000, 0x1000);
  assert_memory_equal (now + 0x6000, before + 0x6000, 0x1000);
  assert_memory_equal (now + 0x8000, before + 0x8000, self->bench.size - 0x8000);
}

/* A job that finds what it should. */
static void
run_job_again (Fixture *self)
{
  make_job (self);
  run_job (self);
  plug_again (self);
  make_job (self);
  run_job (self);
  assert_int_equal (jmp_job_get_outcome (self->job)->bytes_written, 0);
}

static void
test_job_flash_keeps_and_skips (void **state)
{
  Fixture *self = *state;
  const JmpOutcome *outcome;
  JmpPlanTotals totals;

  make_job (self);
  outcome = run_job (self);
  assert_int_equal (outcome->state, JMP_BOARD_STARTED);
  assert_int_equal (outcome->sectors_erased, 2);
  assert_int_equal (outcome->sectors_preserved, 2);
  assert_int_equal (outcome->sectors_unchanged, 0);
  totals = jmp_plan_get_totals (jmp_job_get_plan (self->job));
  assert_int_equal (outcome->bytes_kept, totals.kept);
  assert_true (totals.kept >= 0x2000);
  assert_true (outcome->seconds[JMP_PHASE_COMPARE] > 0);
  assert_true (self->saw_file);
  assert_null (outcome->recovery_file);
  assert_false (g_file_test (self->file, G_FILE_TEST_EXISTS));
  check_kept (self);

  plug_again (self);
  make_job (self);
  outcome = run_job (self);
  assert_int_equal (outcome->state, JMP_BOARD_STARTED);
  assert_int_equal (outcome->sectors_erased, 0);
  assert_int_equal (outcome->sectors_unchanged, 2);
  assert_int_equal (outcome->bytes_written, 0);
  assert_int_equal (outcome->bytes_skipped, jmp_image_get_size (self->image));
  assert_int_equal (outcome->bytes_verified, jmp_image_get_size (self->image));
  assert_true (jmp_job_get_progress (self->job).fraction >= 1);
  bench_check_no_violations (&self->bench);
}

/* What is there already costs one transfer for each block and, beside those: 3 into dfuIDLE, 4 to the
 * first place that is read and 5 to each other, one out of there, and 5 to start the program. */
static void
test_job_flash_again_in_few_transfers (void **state)
{
  Fixture *self = *state;

  run_job_again (self);
  assert_int_equal (jmp_job_get_outcome (self->job)->transfers, 5 + 3 + 4 + 5 + 5 + 1 + 5);
}

/* Every sector is written, and what stands beside the image is kept all the same. */
static void
test_job_flash_full (void **state)
{
  Fixture *self = *state;
  const JmpOutcome *outcome;

  make_job (self);
  run_job (self);
  plug_again (self);
  self->options.full = TRUE;
  make_job (self);
  outcome = run_job (self);
  assert_int_equal (outcome->sectors_erased, 2);
  assert_int_equal (outcome->bytes_skipped, 0);
  check_kept (self);
}

static void
test_job_flash_never_keeps (void **state)
{
  Fixture *self = *state;
  const JmpOutcome *outcome;
  g_autofree guint8 *now = NULL;

  self->options.preserve = JMP_PRESERVE_NEVER;
  make_job (self);
  outcome = run_job (self);
  assert_int_equal (outcome->bytes_kept, 0);
  assert_false (self->saw_file);
  now = bench_flash (&self->bench);
  assert_int_equal (now[0x4000], 0xFF);
  assert_int_equal (now[0x6FFF], 0xFF);
}

static void
test_job_flash_dry_run_only_reads (void **state)
{
  Fixture *self = *state;
  g_autofree guint8 *now = NULL;
  const JmpOutcome *outcome;
  JmpPlanTotals totals;

  jmp_job_set_dry_run (make_job (self), TRUE);
  assert_null (jmp_job_get_plan (self->job));
  outcome = run_job (self);
  assert_int_equal (outcome->state, JMP_BOARD_UNTOUCHED);
  assert_true (outcome->connected);
  totals = jmp_plan_get_totals (jmp_job_get_plan (self->job));
  assert_int_equal (totals.sectors_erased, 2);
  assert_int_equal (totals.sectors_preserved, 2);
  now = bench_flash (&self->bench);
  assert_memory_equal (now, self->bench.before, self->bench.size);
  assert_false (g_file_test (self->file, G_FILE_TEST_EXISTS));
  bench_check_idle (&self->bench);
}

/* Nothing is erased that is not safe. */
static void
test_job_flash_where_nothing_can_be_saved (void **state)
{
  Fixture *self = *state;
  g_autofree guint8 *now = NULL;
  g_autoptr (GError) error = NULL;

  g_rmdir (self->folder);
  assert_true (g_file_set_contents (self->folder, "a file", -1, NULL));
  make_job (self);
  assert_false (jmp_job_run (self->job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, NULL);
  assert_int_equal (jmp_job_get_outcome (self->job)->state, JMP_BOARD_UNTOUCHED);
  assert_true (jmp_job_get_outcome (self->job)->connected);
  now = bench_flash (&self->bench);
  assert_memory_equal (now, self->bench.before, self->bench.size);
}

static void
check_aside (const JmpOutcome *outcome, const char *contents)
{
  g_autofree char *found = NULL;

  assert_non_null (outcome->recovery_aside);
  assert_non_null (outcome->recovery_problem);
  assert_true (g_file_get_contents (outcome->recovery_aside, &found, NULL, NULL));
  assert_string_equal (found, contents);
}

/* A recovery file that cannot be used is put aside, told of, and never lost. */
static void
test_job_flash_with_a_bad_recovery_file (void **state)
{
  Fixture *self = *state;

  assert_true (g_file_set_contents (self->file, "rubbish", -1, NULL));
  make_job (self);
  check_aside (run_job (self), "rubbish");
  check_kept (self);
}

#define LAST_YEAR "these were the files of last year, long gone"

static void
save_last_year (Fixture *self, gboolean stopped)
{
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) bytes = g_bytes_new_static (LAST_YEAR, strlen (LAST_YEAR));
  g_autoptr (JmpImage) old = NULL;

  jmp_image_builder_set_ids (builder, self->bench.info->vid, self->bench.info->pid, 0x2200);
  assert_true (jmp_image_builder_add (builder, 0, 0x08004800, bytes, NULL));
  jmp_image_builder_name_target (builder, 0, jmp_recovery_target_name (stopped));
  old = jmp_image_builder_end (builder, NULL);
  assert_true (jmp_recovery_save (self->file, old, NULL));
}

/* The board was left without a program and has one now: someone gave it that, and its files. */
static void
test_job_flash_with_an_old_recovery_file (void **state)
{
  Fixture *self = *state;
  const JmpOutcome *outcome;

  save_last_year (self, TRUE);
  make_job (self);
  outcome = run_job (self);
  assert_non_null (outcome->recovery_aside);
  assert_string_equal (outcome->recovery_problem, "the board holds newer bytes in their place");
  assert_true (g_file_test (outcome->recovery_aside, G_FILE_TEST_EXISTS));
  check_kept (self);
}

static gboolean
holds (const char *all, gsize length, const guint8 *part, gsize size)
{
  for (gsize at = 0; at + size <= length; at++) {
    if (memcmp (all + at, part, size) == 0)
      return TRUE;
  }
  return FALSE;
}

/* The board's program ran all the time: what it holds may be newer, or what an erase left. Both are
 * kept. */
static void
test_job_flash_keeps_both_in_doubt (void **state)
{
  Fixture *self = *state;
  const JmpOutcome *outcome;
  g_autofree guint8 *now = NULL;
  g_autofree char *aside = NULL;
  gsize length;

  save_last_year (self, FALSE);
  make_job (self);
  outcome = run_job (self);
  now = bench_flash (&self->bench);
  assert_memory_equal (now + 0x4800, LAST_YEAR, strlen (LAST_YEAR));
  assert_non_null (outcome->recovery_aside);
  assert_true (g_file_get_contents (outcome->recovery_aside, &aside, &length, NULL));
  assert_true (holds (aside, length, self->bench.before + 0x4800, strlen (LAST_YEAR)));
}

/* Without someone who waits, it fails; the file says what is missing, and the next job brings it back. */
static void
test_job_flash_fails_and_is_made_good (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  const JmpOutcome *outcome;

  self->stop_at = JMP_PHASE_WRITE;
  make_job (self);
  assert_false (jmp_job_run (self->job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  outcome = jmp_job_get_outcome (self->job);
  assert_int_equal (outcome->state, JMP_BOARD_INCOMPLETE);
  assert_string_equal (outcome->recovery_file, self->file);
  plug_again (self);
  make_job (self);
  outcome = run_job (self);
  assert_null (outcome->recovery_file);
  check_kept (self);
}

static void
test_job_flash_waits_for_the_board (void **state)
{
  static const JmpPhase phases[] = {
    JMP_PHASE_COMPARE, JMP_PHASE_ERASE, JMP_PHASE_WRITE, JMP_PHASE_VERIFY
  };

  for (guint i = 0; i < G_N_ELEMENTS (phases); i++) {
    Fixture *self;
    const JmpOutcome *outcome;

    tear_down (state);
    set_up (state);
    self = *state;
    print_message ("  %s\n", jmp_phase_to_string (phases[i]));
    self->stop_at = phases[i];
    jmp_job_set_reopen (make_job (self), reopen_cb, self);
    outcome = run_job (self);
    assert_int_equal (outcome->state, JMP_BOARD_STARTED);
    assert_int_equal (self->returns, 1);
    assert_true (self->saw_waiting);
    assert_true (self->state_waiting);
    assert_false (jmp_job_get_progress (self->job).waiting);
    check_kept (self);
  }
}

static void
test_job_flash_board_does_not_return (void **state)
{
  static const struct {
    const char *name;
    GQuark (*domain) (void);
    int code;
    JmpJobState state;
  } rows[] = {
    { "it is waited for no longer", jmp_error_quark, JMP_ERROR_NOT_FOUND, JMP_JOB_FAILED },
    { "cancelled while waiting", g_io_error_quark, G_IO_ERROR_CANCELLED, JMP_JOB_CANCELLED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    Fixture *self;
    g_autoptr (GError) error = NULL;

    tear_down (state);
    set_up (state);
    self = *state;
    print_message ("  %s\n", rows[i].name);
    self->no_return = g_error_new_literal (rows[i].domain (), rows[i].code, "no");
    self->stop_at = JMP_PHASE_WRITE;
    jmp_job_set_reopen (make_job (self), reopen_cb, self);
    assert_false (jmp_job_run (self->job, NULL, &error));
    assert_int_equal (jmp_job_get_state (self->job), rows[i].state);
    if (rows[i].state == JMP_JOB_CANCELLED)
      assert_true (jmp_error_is_cancelled (error));
    else
      assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
    assert_int_equal (jmp_job_get_outcome (self->job)->state, JMP_BOARD_INCOMPLETE);
    assert_false (jmp_job_get_outcome (self->job)->connected);
    assert_string_equal (jmp_job_get_outcome (self->job)->recovery_file, self->file);
  }
}

static void
plan_cb (JmpJob *job, GParamSpec *pspec, gpointer user_data)
{
  Fixture *self = user_data;
  gpointer plan = NULL;

  g_object_get (job, "plan", &plan, NULL);
  assert_non_null (plan);
  self->plans++;
}

static void
test_job_flash_tells_its_plan (void **state)
{
  Fixture *self = *state;
  g_autoptr (GMainContext) context = g_main_context_new ();

  g_main_context_push_thread_default (context);
  make_job (self);
  g_signal_connect (self->job, "notify::plan", G_CALLBACK (plan_cb), self);
  jmp_job_start (self->job);
  while (jmp_job_get_outcome (self->job) == NULL || self->plans == 0)
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    ;
  assert_int_equal (self->plans, 1);
  assert_int_equal (jmp_job_get_state (self->job), JMP_JOB_DONE);
  g_main_context_pop_thread_default (context);
}

static void
test_job_flash_remembers_speeds (void **state)
{
  Fixture *self = *state;
  g_autofree char *file = g_build_filename (self->folder, "speeds.ini", NULL);

  jmp_job_set_speeds_dir (make_job (self), self->folder);
  run_job (self);
  assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_job_flash_keeps_and_skips),
    TEST (test_job_flash_again_in_few_transfers),
    TEST (test_job_flash_full),
    TEST (test_job_flash_never_keeps),
    TEST (test_job_flash_dry_run_only_reads),
    TEST (test_job_flash_where_nothing_can_be_saved),
    TEST (test_job_flash_with_a_bad_recovery_file),
    TEST (test_job_flash_with_an_old_recovery_file),
    TEST (test_job_flash_keeps_both_in_doubt),
    TEST (test_job_flash_fails_and_is_made_good),
    TEST (test_job_flash_waits_for_the_board),
    TEST (test_job_flash_board_does_not_return),
    TEST (test_job_flash_tells_its_plan),
    TEST (test_job_flash_remembers_speeds),
  };

  return cmocka_run_group_tests_name ("core/flash/job-flash", tests, NULL, NULL);
}
