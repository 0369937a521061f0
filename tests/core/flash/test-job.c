/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "board-kit.h"
#include "flash/job.h"
#include "plan-kit.h"
#include "virtual/virtual-usb.h"

#include <glib/gstdio.h>

#define SMALL_IMAGE "0 0x08000000 100 vector; 0 0x08004000 60000"

typedef struct {
  Bench bench;
  JmpImage *image;
  JmpPlan *plan;
  JmpPlan *backup;
  char *folder;
  char *path;
  GThread *main_thread;
  /* What happened. */
  guint opened;
  guint destroyed;
  gboolean destroyed_here;
  GError *open_error;
  guint finished;
  guint notified;
  double fraction;
  JmpPhase phase;
  /* At the first progress of this phase, this is done. */
  gboolean armed;
  JmpPhase when;
  void (*what) (gpointer data);
  gpointer what_data;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  bench_set_up (&self->bench, "pyboard,speed=0");
  self->image = kit_image_new (SMALL_IMAGE);
  self->plan = bench_plan (&self->bench, self->image, NULL);
  self->backup = jmp_plan_backup (self->bench.info, 0, NULL);
  self->folder = g_dir_make_tmp ("jumper-job-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "backup.bin", NULL);
  self->main_thread = g_thread_self ();
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  g_remove (self->path);
  g_rmdir (self->folder);
  g_free (self->path);
  g_free (self->folder);
  g_clear_error (&self->open_error);
  jmp_plan_unref (self->plan);
  jmp_plan_unref (self->backup);
  jmp_image_unref (self->image);
  bench_tear_down (&self->bench);
  g_free (self);
  return 0;
}

static JmpUsb *
open_cb (gpointer user_data, GError **error)
{
  Fixture *self = user_data;

  self->opened++;
  if (self->open_error != NULL) {
    g_propagate_error (error, g_error_copy (self->open_error));
    return NULL;
  }
  return jmp_virtual_usb_open (self->bench.board, error);
}

static void
destroy_cb (gpointer user_data)
{
  Fixture *self = user_data;

  self->destroyed++;
  self->destroyed_here = g_thread_self () == self->main_thread;
}

/* On the job's thread. */
static void
progress_cb (const JmpProgress *progress, gpointer user_data)
{
  Fixture *self = user_data;

  if (progress->fraction < self->fraction || progress->fraction > 1)
    g_error ("progress goes from %f to %f", self->fraction, progress->fraction);
  if (progress->phase < self->phase
      && (progress->phase != JMP_PHASE_WRITE || self->phase != JMP_PHASE_VERIFY))
    g_error (
        "%s after %s", jmp_phase_to_string (progress->phase), jmp_phase_to_string (self->phase));
  self->fraction = progress->fraction;
  self->phase = progress->phase;
  if (self->armed && progress->phase == self->when) {
    self->armed = FALSE;
    self->what (self->what_data);
  }
}

static JmpJob *
make_job (Fixture *self)
{
  JmpJob *job = jmp_job_new (self->bench.info, open_cb, self, destroy_cb);

  jmp_job_set_progress (job, progress_cb, self);
  return job;
}

static void
at_phase (Fixture *self, JmpPhase phase, void (*what) (gpointer data), gpointer data)
{
  self->armed = TRUE;
  self->when = phase;
  self->what = what;
  self->what_data = data;
}

static void
check_untouched (Fixture *self)
{
  g_autofree guint8 *after = bench_flash (&self->bench);

  assert_memory_equal (after, self->bench.before, self->bench.size);
}

static void
test_job_run_flashes (void **state)
{
  Fixture *self = *state;
  JmpJob *job = make_job (self);
  g_autoptr (GError) error = NULL;
  const JmpOutcome *outcome;

  jmp_job_set_plan (job, self->plan);
  assert_int_equal (jmp_job_get_state (job), JMP_JOB_READY);
  assert_null (jmp_job_get_outcome (job));
  assert_true (jmp_job_get_seconds_left (job) < 0);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_job_get_state (job), JMP_JOB_DONE);
  assert_null (jmp_job_get_error (job));
  outcome = jmp_job_get_outcome (job);
  assert_int_equal (outcome->state, JMP_BOARD_STARTED);
  assert_true (bench_holds (&self->bench, self->image));
  assert_true (self->fraction >= 1);
  assert_true (jmp_job_get_progress (job).fraction >= 1);
  assert_ptr_equal (jmp_job_get_plan (job), self->plan);
  g_object_unref (job);
  assert_int_equal (self->opened, 1);
  assert_int_equal (self->destroyed, 1);
  assert_false (g_main_context_pending (NULL));
}

static void
check_backup_file (Fixture *self)
{
  g_autofree char *contents = NULL;
  gsize size;

  assert_true (g_file_get_contents (self->path, &contents, &size, NULL));
  assert_int_equal (size, self->bench.size);
  assert_memory_equal (contents, self->bench.before, size);
}

static void
test_job_saves_backup_first (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;
  const JmpOutcome *outcome;

  jmp_job_set_backup (job, self->backup, self->path, JMP_BACKUP_RAW);
  jmp_job_set_plan (job, self->plan);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
  outcome = jmp_job_get_outcome (job);
  assert_int_equal (outcome->state, JMP_BOARD_STARTED);
  assert_int_equal (outcome->bytes_read, self->bench.size);
  assert_true (outcome->seconds[JMP_PHASE_BACKUP] > 0);
  assert_null (outcome->read);
  assert_true (bench_holds (&self->bench, self->image));
  assert_true (self->fraction >= 1);
  check_backup_file (self);
}

static void
test_job_backup_alone (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  jmp_job_set_backup (job, self->backup, self->path, JMP_BACKUP_RAW);
  jmp_job_run (job, NULL, &error);
  assert_no_error (error);
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_UNTOUCHED);
  assert_true (jmp_job_get_outcome (job)->connected);
  assert_true (self->fraction >= 1);
  check_backup_file (self);
  check_untouched (self);
  bench_check_idle (&self->bench);
}

static void
test_job_without_work (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  assert_false (jmp_job_run (job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "nothing");
  assert_int_equal (self->opened, 0);
}

/* Known before the board is touched. */
static void
test_job_backup_that_cannot_be_saved (void **state)
{
  Fixture *self = *state;
  g_autofree char *nowhere = g_build_filename (self->folder, "no", "backup.bin", NULL);
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  jmp_job_set_backup (job, self->backup, nowhere, JMP_BACKUP_RAW);
  jmp_job_set_plan (job, self->plan);
  assert_false (jmp_job_run (job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "no such folder");
  assert_int_equal (jmp_job_get_state (job), JMP_JOB_FAILED);
  assert_int_equal (self->opened, 0);
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_UNTOUCHED);
  check_untouched (self);
}

static void
remove_folder (gpointer data)
{
  g_rmdir (data);
}

/* Found out when it has been read. */
static void
test_job_backup_whose_folder_goes_away (void **state)
{
  Fixture *self = *state;
  g_autofree char *folder = g_build_filename (self->folder, "folder", NULL);
  g_autofree char *path = g_build_filename (folder, "backup.dfu", NULL);
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  assert_int_equal (g_mkdir (folder, 0700), 0);
  at_phase (self, JMP_PHASE_BACKUP, remove_folder, folder);
  jmp_job_set_backup (job, self->backup, path, JMP_BACKUP_DFUSE);
  jmp_job_set_plan (job, self->plan);
  assert_false (jmp_job_run (job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "backup.dfu");
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_UNTOUCHED);
  assert_true (jmp_job_get_outcome (job)->connected);
  check_untouched (self);
  bench_check_idle (&self->bench);
}

static void
test_job_raw_backup_of_two_zones (void **state)
{
  static const char *const layouts[] = { "@Flash /0x08000000/4*1Kg/0x09000000/4*1Kg", NULL };
  Fixture *self = *state;
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpPlan) backup = jmp_plan_backup (board, 0, NULL);
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  jmp_job_set_backup (job, backup, self->path, JMP_BACKUP_RAW);
  assert_false (jmp_job_run (job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "one range");
  assert_int_equal (self->opened, 0);
  jmp_dfu_info_unref (board);
}

static void
test_job_that_cannot_open (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GError) error = NULL;

  self->open_error = g_error_new (JMP_ERROR, JMP_ERROR_PERMISSION, "opening: no");
  jmp_job_set_plan (job, self->plan);
  assert_false (jmp_job_run (job, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PERMISSION, NULL);
  assert_error (jmp_job_get_error (job), JMP_ERROR, JMP_ERROR_PERMISSION, NULL);
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_UNTOUCHED);
  assert_false (jmp_job_get_outcome (job)->connected);
}

static void
cancel_cancellable (gpointer data)
{
  g_cancellable_cancel (data);
}

static void
test_job_run_is_cancelled_from_outside (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpJob) job = make_job (self);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  at_phase (self, JMP_PHASE_WRITE, cancel_cancellable, cancellable);
  jmp_job_set_plan (job, self->plan);
  assert_false (jmp_job_run (job, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_int_equal (jmp_job_get_state (job), JMP_JOB_CANCELLED);
  assert_int_equal (jmp_job_get_outcome (job)->state, JMP_BOARD_INCOMPLETE);
  assert_true (jmp_job_get_outcome (job)->connected);
  assert_true (jmp_job_get_seconds_left (job) < 0);
  bench_check_idle (&self->bench);
}

static void
finished_cb (JmpJob *job, gpointer user_data)
{
  Fixture *self = user_data;

  assert_ptr_equal (g_thread_self (), self->main_thread);
  assert_true (jmp_job_get_state (job) >= JMP_JOB_DONE);
  assert_non_null (jmp_job_get_outcome (job));
  self->finished++;
}

static void
notify_cb (JmpJob *job, GParamSpec *pspec, gpointer user_data)
{
  Fixture *self = user_data;

  assert_ptr_equal (g_thread_self (), self->main_thread);
  self->notified++;
}

static void
wait_until_finished (Fixture *self, GMainContext *context)
{
  while (self->finished == 0)
    g_main_context_iteration (context, TRUE);
  while (g_main_context_iteration (context, FALSE))
    ;
}

static void
test_job_start_tells_its_own_context (void **state)
{
  Fixture *self = *state;
  g_autoptr (GMainContext) context = g_main_context_new ();
  JmpJob *job;
  gpointer watched;
  double fraction = 0;
  int value = -1;

  g_main_context_push_thread_default (context);
  job = make_job (self);
  watched = job;
  g_object_add_weak_pointer (G_OBJECT (job), &watched);
  g_signal_connect (job, "finished", G_CALLBACK (finished_cb), self);
  g_signal_connect (job, "notify", G_CALLBACK (notify_cb), self);
  jmp_job_set_backup (job, self->backup, self->path, JMP_BACKUP_RAW);
  jmp_job_set_plan (job, self->plan);
  jmp_job_start (job);
  wait_until_finished (self, context);

  assert_int_equal (self->finished, 1);
  assert_true (self->notified > 0);
  assert_int_equal (jmp_job_get_state (job), JMP_JOB_DONE);
  g_object_get (job, "state", &value, "fraction", &fraction, NULL);
  assert_int_equal (value, JMP_JOB_DONE);
  assert_true (fraction >= 1);
  g_object_get (job, "phase", &value, NULL);
  assert_int_equal (value, JMP_PHASE_LEAVE);
  assert_true (bench_holds (&self->bench, self->image));
  assert_false (g_main_context_pending (NULL));
  g_object_unref (job);
  assert_null (watched);
  assert_int_equal (self->destroyed, 1);
  g_main_context_pop_thread_default (context);
}

static void
cancel_job (gpointer data)
{
  jmp_job_cancel (data);
}

static void
test_job_start_is_cancelled (void **state)
{
  Fixture *self = *state;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (JmpJob) job = NULL;

  g_main_context_push_thread_default (context);
  job = make_job (self);
  g_signal_connect (job, "finished", G_CALLBACK (finished_cb), self);
  at_phase (self, JMP_PHASE_ERASE, cancel_job, job);
  jmp_job_set_plan (job, self->plan);
  jmp_job_start (job);
  wait_until_finished (self, context);

  assert_int_equal (self->finished, 1);
  assert_int_equal (jmp_job_get_state (job), JMP_JOB_CANCELLED);
  assert_true (jmp_error_is_cancelled (jmp_job_get_error (job)));
  assert_true (jmp_job_get_outcome (job)->connected);
  bench_check_idle (&self->bench);
  bench_check_rest (&self->bench, self->plan);
  g_main_context_pop_thread_default (context);
}

static void
test_job_cancelled_before_it_starts (void **state)
{
  Fixture *self = *state;
  g_autoptr (GMainContext) context = g_main_context_new ();
  g_autoptr (JmpJob) job = NULL;

  g_main_context_push_thread_default (context);
  job = make_job (self);
  g_signal_connect (job, "finished", G_CALLBACK (finished_cb), self);
  jmp_job_set_plan (job, self->plan);
  jmp_job_cancel (job);
  jmp_job_start (job);
  wait_until_finished (self, context);

  assert_int_equal (jmp_job_get_state (job), JMP_JOB_CANCELLED);
  assert_int_equal (self->opened, 0);
  check_untouched (self);
  g_main_context_pop_thread_default (context);
}

/* Nobody holds it while it runs; it ends all the same, and is finalised where it was made. */
static void
test_job_outlives_who_made_it (void **state)
{
  Fixture *self = *state;
  g_autoptr (GMainContext) context = g_main_context_new ();
  JmpJob *job;

  g_main_context_push_thread_default (context);
  job = make_job (self);
  jmp_job_set_plan (job, self->plan);
  jmp_job_start (job);
  g_object_unref (job);
  while (self->destroyed == 0)
    g_main_context_iteration (context, TRUE);
  assert_int_equal (self->destroyed, 1);
  assert_true (self->destroyed_here);
  assert_true (bench_holds (&self->bench, self->image));
  g_main_context_pop_thread_default (context);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_job_run_flashes),
    TEST (test_job_saves_backup_first),
    TEST (test_job_backup_alone),
    TEST (test_job_without_work),
    TEST (test_job_backup_that_cannot_be_saved),
    TEST (test_job_backup_whose_folder_goes_away),
    TEST (test_job_raw_backup_of_two_zones),
    TEST (test_job_that_cannot_open),
    TEST (test_job_run_is_cancelled_from_outside),
    TEST (test_job_start_tells_its_own_context),
    TEST (test_job_start_is_cancelled),
    TEST (test_job_cancelled_before_it_starts),
    TEST (test_job_outlives_who_made_it),
  };

  return cmocka_run_group_tests_name ("core/flash/job", tests, NULL, NULL);
}
