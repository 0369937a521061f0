/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/work.h"

#include "base/error.h"
#include "device/practice.h"
#include "jumperctl/progress-line.h"
#include "usb/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <stdio.h>

/* A recording has what is in the flash, which may hold passwords. */
#define MODE_OWNER_ONLY 0600

typedef struct {
  CtlSession *session;
  CtlProgress *progress;
  FILE *recording;
  gboolean recording_failed;
} Work;

static void
record_line (const char *line, gpointer user_data)
{
  Work *work = user_data;

  if (fprintf (work->recording, "%s\n", line) < 0)
    work->recording_failed = TRUE;
}

static JmpUsb *
open_board (gpointer user_data, GError **error)
{
  Work *work = user_data;
  JmpUsb *usb = jmp_device_open (work->session->device, error);

  if (usb == NULL || work->recording == NULL)
    return usb;
  return jmp_usb_recorder_new (usb, record_line, work);
}

static void
show_progress (const JmpProgress *progress, gpointer user_data)
{
  Work *work = user_data;
  JmpJob *job = work->session->job;

  ctl_progress_update (
      work->progress, progress, jmp_job_get_speed (job), jmp_job_get_seconds_left (job));
}

static FILE *
open_recording (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC, MODE_OWNER_ONLY);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;

  if (fd >= 0 && file == NULL)
    g_close (fd, NULL);
  return file;
}

static gboolean
begin_recording (Work *work, GError **error)
{
  const char *path = work->session->options.record;
  g_autofree char *name = NULL;
  int problem;

  if (path == NULL)
    return TRUE;
  work->recording = open_recording (path);
  if (work->recording != NULL)
    return TRUE;
  problem = errno;
  name = g_filename_display_name (path);
  g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "--record %s: %s", name, g_strerror (problem));
  return FALSE;
}

/* The board is what matters: a recording that is incomplete is a warning. */
static void
end_recording (Work *work)
{
  if (work->recording == NULL)
    return;
  if (ferror (work->recording))
    work->recording_failed = TRUE;
  if (fclose (g_steal_pointer (&work->recording)) != 0 || work->recording_failed)
    ctl_session_warn (work->session, "%s", _ ("The recording could not be written completely."));
}

/* What a practice board with flash=FILE remembers is written before the program ends, also when the
 * work failed: so would a real board's flash. */
static gboolean
save_practice (CtlSession *session, GError **error)
{
  if (!jmp_device_is_practice (session->device))
    return TRUE;
  return jmp_virtual_board_save (jmp_practice_device_get_board (session->device), error);
}

/**
 * ctl_work_run:
 * @session: a session with a board and a plan
 * @backup: (nullable): what to read before, into the file of --backup
 * @error: as jmp_job_run(), and %JMP_ERROR_FILE
 *
 * Does the work. The session's job has the outcome.
 *
 * Returns: %FALSE with @error set where the work failed or was stopped
 */
gboolean
ctl_work_run (CtlSession *session, JmpPlan *backup, GError **error)
{
  Work work = { .session = session };
  gboolean ok;

  if (!begin_recording (&work, error))
    return FALSE;
  work.progress = ctl_progress_new (session->options.json);
  session->job = jmp_job_new (jmp_device_get_info (session->device), open_board, &work, NULL);
  jmp_job_set_plan (session->job, session->plan);
  if (backup != NULL)
    jmp_job_set_backup (session->job,
                        backup,
                        session->options.backup,
                        jmp_backup_format_for_path (session->options.backup));
  jmp_job_set_progress (session->job, show_progress, &work);
  ok = jmp_job_run (session->job, session->cancellable, error);
  ctl_progress_free (work.progress);
  end_recording (&work);
  return save_practice (session, ok ? error : NULL) && ok;
}
