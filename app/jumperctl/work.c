/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/work.h"

#include "base/error.h"
#include "base/paths.h"
#include "device/identity.h"
#include "device/practice.h"
#include "jumperctl/backups.h"
#include "jumperctl/guard.h"
#include "jumperctl/progress.h"
#include "jumperctl/recording.h"
#include "jumperctl/wait.h"
#include "words/words.h"

#include <glib/gi18n.h>

typedef struct _Work Work;

/* One board's part. What stands behind @board is the job's thread's while it runs. */
typedef struct {
  Work *work;
  guint index;
  CtlBoard *board;
  CtlDue due;
  CtlRecording *recording;
  GBytes *descriptors; /* of the board when it was first opened */
} Part;

struct _Work {
  CtlSession *session;
  CtlProgress *progress;
  CtlShow show;
  Part *parts;
  guint n;
  guint running;
};

/* News on its way from the job's thread to the main loop. */
typedef struct {
  Part *part;
  CtlNews news;
} Message;

static JmpUsb *
wrap (Part *part, JmpUsb *usb)
{
  return part->recording != NULL ? ctl_recording_wrap (part->recording, usb) : usb;
}

/* On the job's thread. */
static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  Part *part = user_data;
  g_autoptr (JmpUsb) usb = jmp_device_open (part->board->device, error);

  if (usb == NULL)
    return NULL;
  part->descriptors = jmp_usb_descriptors (usb, error);
  return part->descriptors != NULL ? wrap (part, g_steal_pointer (&usb)) : NULL;
}

/* On the job's thread. */
static JmpUsb *
reopen_board (gpointer user_data, GCancellable *cancellable, GError **error)
{
  Part *part = user_data;
  const CtlOptions *options = &part->work->session->options;
  JmpUsb *usb = ctl_wait_for_return (
      part->board->device, part->descriptors, options->wait_seconds, cancellable, error);

  return usb != NULL ? wrap (part, usb) : NULL;
}

static gboolean
show_cb (gpointer user_data)
{
  Message *message = user_data;

  ctl_progress_update (message->part->work->progress, message->part->index, &message->news);
  return G_SOURCE_REMOVE;
}

/* On the job's thread: what is news goes to the main loop, before the job's end does. Nothing here
 * waits for the terminal, so a slow one holds up no board. */
static void
progress_cb (const JmpProgress *progress, gpointer user_data)
{
  Part *part = user_data;
  Message *message;
  g_autoptr (GSource) source = NULL;

  if (!ctl_due_check (&part->due, part->work->show, progress, g_get_monotonic_time ()))
    return;
  message = g_new (Message, 1);
  message->part = part;
  message->news.progress = *progress;
  message->news.speed = jmp_job_get_speed (part->board->job);
  message->news.seconds_left = jmp_job_get_seconds_left (part->board->job);
  source = g_idle_source_new ();
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, show_cb, message, g_free);
  g_source_attach (source, NULL);
}

/* What a practice board with flash=FILE remembers is written when its work ends, also when that
 * failed: so would a real board's flash. */
static gboolean
save_practice (CtlBoard *board, GError **error)
{
  if (!jmp_device_is_practice (board->device))
    return TRUE;
  return jmp_virtual_board_save (jmp_practice_device_get_board (board->device), error);
}

static void
take_plan (CtlBoard *board)
{
  JmpPlan *plan = jmp_job_get_plan (board->job);

  if (plan == NULL)
    return;
  jmp_plan_ref (plan);
  g_clear_pointer (&board->plan, jmp_plan_unref);
  board->plan = plan;
}

/* What the person should know besides whether it worked. */
static void
warn (Part *part)
{
  CtlBoard *board = part->board;
  const JmpOutcome *outcome = ctl_board_get_outcome (board);

  if (part->recording != NULL && !ctl_recording_end (g_steal_pointer (&part->recording)))
    ctl_board_warn (board, "%s", _ ("The recording could not be written completely."));
  if (board->error == NULL && outcome->bytes_written > 0 && part->work->session->options.no_verify)
    ctl_board_warn (board, "%s", _ ("What was written was not verified."));
  if (ctl_session_is_unproven (part->work->session, board))
    ctl_board_warn (board, "%s", _ ("What was done could not be verified by this boot loader."));
  if (outcome->recovery_aside != NULL) {
    g_autofree char *name = g_filename_display_name (outcome->recovery_aside);

    ctl_board_warn (board,
                    _ ("What an earlier run had saved was not put back (%s); it is in %s."),
                    outcome->recovery_problem,
                    name);
  }
  if (outcome->recovery_file != NULL) {
    g_autofree char *name = g_filename_display_name (outcome->recovery_file);

    ctl_board_warn (
        board,
        _ ("Bytes that were to be kept are not back in place; they are in %s, and the next "
           "run on this board puts them back."),
        name);
  }
}

static void
finished_cb (JmpJob *job, gpointer user_data)
{
  Part *part = user_data;
  CtlBoard *board = part->board;
  const GError *failure = jmp_job_get_error (job);

  if (failure != NULL)
    board->error = g_error_copy (failure);
  save_practice (board, board->error == NULL ? &board->error : NULL);
  take_plan (board);
  warn (part);
  ctl_progress_end_board (part->work->progress,
                          part->index,
                          board->error != NULL ? jmp_words_error (board->error) : _ ("Done."));
  part->work->running--;
}

/* Which board it is, for what an interrupted run saved of it. The port tells twins apart. */
static char *
make_identity (CtlSession *session, CtlBoard *board)
{
  const char *serial = jmp_device_get_serial (board->device);
  gboolean has_twin = FALSE;

  if (jmp_device_is_practice (board->device))
    return board->memory != NULL ? g_strconcat ("memory:", board->memory, NULL) : NULL;
  for (guint i = 0; i < session->boards->len; i++) {
    CtlBoard *other = g_ptr_array_index (session->boards, i);

    has_twin = has_twin
               || (other != board
                   && g_strcmp0 (jmp_device_get_serial (other->device), serial) == 0);
  }
  if (jmp_serial_is_unique (serial) && !has_twin)
    return g_strconcat ("serial:", serial, NULL);
  return g_strconcat ("path:", jmp_device_get_path (board->device), NULL);
}

/* Brings the image onto the board: what it takes is found out on the way. */
static void
set_flash (Part *part)
{
  CtlSession *session = part->work->session;
  const JmpPlanOptions how = ctl_guard_options (session, part->board);
  JmpJob *job = part->board->job;
  g_autofree char *identity = make_identity (session, part->board);
  g_autofree char *state = jmp_paths_state ();
  g_autofree char *recovery = jmp_paths_recovery ();

  jmp_job_set_flash (job, session->image, &how);
  jmp_job_set_dry_run (job, session->options.dry_run);
  if (session->options.wait)
    jmp_job_set_reopen (job, reopen_board, part);
  if (identity != NULL)
    jmp_job_set_recovery_dir (job, recovery, identity);
  if (!jmp_device_is_practice (part->board->device))
    jmp_job_set_speeds_dir (job, state);
}

static void
make_job (Part *part)
{
  CtlBoard *board = part->board;

  board->job = jmp_job_new (jmp_device_get_info (board->device), open_board, part, NULL);
  if (part->work->session->image != NULL)
    set_flash (part);
  else
    jmp_job_set_plan (board->job, board->plan);
  ctl_guard_set_job (board, board->job);
  if (board->keeper != NULL)
    jmp_backup_keeper_attach (board->keeper, board->job, board->backup);
  else if (board->backup != NULL)
    jmp_job_set_backup (board->job,
                        board->backup,
                        board->backup_path,
                        jmp_backup_format_for_path (board->backup_path));
  jmp_job_set_progress (board->job, progress_cb, part);
  g_signal_connect (board->job, "finished", G_CALLBACK (finished_cb), part);
}

/* Any thread. */
static void
cancel_cb (GCancellable *cancellable, gpointer user_data)
{
  Work *work = user_data;

  for (guint i = 0; i < work->n; i++)
    jmp_job_cancel (work->parts[i].board->job);
}

/* Does the work on all boards at once, each on its own thread, and follows it until the last has
 * ended. */
static void
carry_out (Work *work)
{
  gulong handler;

  for (guint i = 0; i < work->n; i++)
    make_job (&work->parts[i]);
  work->running = work->n;
  handler = g_cancellable_connect (work->session->cancellable, G_CALLBACK (cancel_cb), work, NULL);
  for (guint i = 0; i < work->n; i++) {
    if (work->session->monitor != NULL)
      jmp_monitor_hold (work->session->monitor, work->parts[i].board->device);
    jmp_job_start (work->parts[i].board->job);
  }
  while (work->running > 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_disconnect (work->session->cancellable, handler);
}

/* Where a recording cannot be begun, no work is. */
static gboolean
begin_recordings (Work *work, GError **error)
{
  const char *file = work->session->options.record;

  for (guint i = 0; file != NULL && i < work->n; i++) {
    Part *part = &work->parts[i];
    g_autofree char *path = ctl_session_make_path (work->session, part->board, file, ".txt");

    part->recording = ctl_recording_new (path, error);
    if (part->recording == NULL)
      return FALSE;
  }
  return TRUE;
}

static void
work_init (Work *work, CtlSession *session)
{
  g_autoptr (GPtrArray) labels = g_ptr_array_new ();

  work->session = session;
  work->parts = g_new0 (Part, session->boards->len);
  for (guint i = 0; i < session->boards->len; i++) {
    CtlBoard *board = g_ptr_array_index (session->boards, i);

    if (board->error != NULL)
      continue;
    g_ptr_array_add (labels, board->label);
    work->parts[work->n] = (Part){ .work = work, .index = work->n, .board = board };
    work->n++;
  }
  g_ptr_array_add (labels, NULL);
  work->progress = ctl_progress_new (session->options.json,
                                     (const char *const *)labels->pdata,
                                     ctl_session_is_for_several (session));
  work->show = ctl_progress_get_show (work->progress);
}

static void
work_clear (Work *work)
{
  for (guint i = 0; i < work->n; i++) {
    if (work->parts[i].recording != NULL)
      ctl_recording_end (work->parts[i].recording);
    g_clear_pointer (&work->parts[i].descriptors, g_bytes_unref);
  }
  ctl_progress_free (work->progress);
  g_free (work->parts);
}

/* The error of the run: that of the first board that failed. */
static gboolean
find_failure (CtlSession *session, GError **error)
{
  for (guint i = 0; i < session->boards->len; i++) {
    CtlBoard *board = g_ptr_array_index (session->boards, i);

    if (board->error != NULL) {
      g_propagate_error (error, g_error_copy (board->error));
      return FALSE;
    }
  }
  return TRUE;
}

/**
 * ctl_work_run:
 * @session: a session with boards and what is to be done to them
 * @error: as jmp_job_run(), and %JMP_ERROR_FILE; that of the first board that failed
 *
 * Does the work on every board that has no error, all at the same time; one that fails does not stop
 * the others, and Ctrl+C stops all. Each board's job has its outcome, and each that failed its error.
 *
 * Returns: %FALSE with @error set where the work on any board failed or was stopped
 */
gboolean
ctl_work_run (CtlSession *session, GError **error)
{
  Work work = { 0 };
  gboolean begun;

  work_init (&work, session);
  begun = begin_recordings (&work, error);
  if (begun)
    carry_out (&work);
  work_clear (&work);
  if (begun)
    ctl_backups_note_work (session);
  session->begun = begun;
  return begun && find_failure (session, error);
}
