/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/recording.h"

#include "base/error.h"
#include "jumperctl/terminal.h"
#include "usb/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>

/* A recording has what is in the flash, which may hold passwords. */
#define MODE_OWNER_ONLY 0600

struct _CtlRecording {
  FILE *file;
  gboolean failed;
};

static void
record_line (const char *line, gpointer user_data)
{
  CtlRecording *self = user_data;

  if (fprintf (self->file, "%s\n", line) < 0)
    self->failed = TRUE;
}

static FILE *
open_file (const char *path)
{
  int fd = g_open (path, O_WRONLY | O_CREAT | O_TRUNC, MODE_OWNER_ONLY);
  FILE *file = fd >= 0 ? fdopen (fd, "w") : NULL;

  if (fd >= 0 && file == NULL)
    g_close (fd, NULL);
  if (file != NULL)
    ctl_terminal_make_plain (file);
  return file;
}

/**
 * ctl_recording_new:
 * @path: a file, which is replaced
 * @error: %JMP_ERROR_FILE
 *
 * Begins a recording.
 *
 * Returns: (transfer full) (nullable): the recording
 */
CtlRecording *
ctl_recording_new (const char *path, GError **error)
{
  FILE *file = open_file (path);
  CtlRecording *self;

  if (file == NULL) {
    int problem = errno;
    g_autofree char *name = g_filename_display_name (path);

    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "--record %s: %s", name, g_strerror (problem));
    return NULL;
  }
  self = g_new0 (CtlRecording, 1);
  self->file = file;
  return self;
}

/**
 * ctl_recording_wrap:
 * @self: a recording, which must outlive the result
 * @usb: (transfer full): an open board
 *
 * Records what goes over @usb.
 *
 * Returns: (transfer full): what to use in its place
 */
JmpUsb *
ctl_recording_wrap (CtlRecording *self, JmpUsb *usb)
{
  return jmp_usb_recorder_new (usb, record_line, self);
}

/**
 * ctl_recording_end:
 * @self: (transfer full): a recording
 *
 * Ends it.
 *
 * Returns: whether all of it was written
 */
gboolean
ctl_recording_end (CtlRecording *self)
{
  gboolean ok = !self->failed && !ferror (self->file);

  ok = fclose (self->file) == 0 && ok;
  g_free (self);
  return ok;
}
