/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/session.h"

#include "jumperctl/console.h"

static void
free_board (gpointer data)
{
  ctl_board_free (data);
}

/**
 * ctl_session_new:
 * @command: which command
 *
 * A session with nothing in it.
 *
 * Returns: (transfer full): the session
 */
CtlSession *
ctl_session_new (const CtlCommand *command)
{
  CtlSession *self = g_new0 (CtlSession, 1);

  self->command = command;
  self->cancellable = g_cancellable_new ();
  self->text = g_string_new (NULL);
  self->warnings = g_ptr_array_new_with_free_func (g_free);
  self->boards = g_ptr_array_new_with_free_func (free_board);
  self->board = ctl_board_new ();
  g_ptr_array_add (self->boards, self->board);
  return self;
}

/**
 * ctl_session_free:
 * @self: (transfer full): a session
 *
 * Frees @self and closes what it has open.
 */
void
ctl_session_free (CtlSession *self)
{
  g_ptr_array_unref (self->boards);
  g_clear_pointer (&self->image, jmp_image_unref);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  g_clear_object (&self->monitor);
  g_clear_pointer (&self->bus, jmp_usb_bus_unref);
  g_clear_pointer (&self->released, g_ptr_array_unref);
  g_clear_pointer (&self->result, json_node_unref);
  g_string_free (self->text, TRUE);
  g_ptr_array_unref (self->warnings);
  g_free (self->file);
  g_free (self->wants_overwrite);
  g_object_unref (self->cancellable);
  ctl_options_clear (&self->options);
  g_free (self);
}

/**
 * ctl_session_warn:
 * @self: a session
 * @format: a sentence
 *
 * Keeps a warning: it goes to standard error, and into the JSON.
 */
void
ctl_session_warn (CtlSession *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_ptr_array_add (self->warnings, g_strdup_vprintf (format, args));
  va_end (args);
}

/**
 * ctl_session_print:
 * @self: a session
 * @format: text of the result
 *
 * Adds to what is printed where no JSON is asked for.
 */
void
ctl_session_print (CtlSession *self, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (self->text, format, args);
  va_end (args);
}

/**
 * ctl_session_add_board:
 * @self: a session
 * @device: a board to work on
 *
 * Chooses a board, besides those that were chosen before.
 *
 * Returns: (transfer none): the board
 */
CtlBoard *
ctl_session_add_board (CtlSession *self, JmpDevice *device)
{
  CtlBoard *board = self->board;

  if (board->device != NULL) {
    board = ctl_board_new ();
    g_ptr_array_add (self->boards, board);
  }
  ctl_board_set_device (board, device, self->boards);
  return board;
}

/**
 * ctl_session_is_for_several:
 * @self: a session
 *
 * Whether several boards were asked for, be there as many as there may: then the results are a
 * list.
 *
 * Returns: %TRUE with --all, or more than one -d, of a command that takes several
 */
gboolean
ctl_session_is_for_several (const CtlSession *self)
{
  const CtlOptions *options = &self->options;

  return (self->command->takes & CTL_TAKES_ALL_BOARDS) != 0
         && (options->all || (options->devices != NULL && g_strv_length (options->devices) > 1));
}

/**
 * ctl_session_is_unproven:
 * @self: a session whose work has ended
 * @board: (nullable): one of its boards, or %NULL for any of them
 *
 * Whether a board was changed, and its boot loader gave no way to prove it, although that was wanted.
 *
 * Returns: %TRUE where success must not be claimed
 */
gboolean
ctl_session_is_unproven (const CtlSession *self, const CtlBoard *board)
{
  for (guint i = 0; i < self->boards->len; i++) {
    const CtlBoard *one = g_ptr_array_index (self->boards, i);
    const JmpOutcome *outcome = ctl_board_get_outcome (one);

    if ((board == NULL || board == one) && one->error == NULL && outcome != NULL
        && outcome->state == JMP_BOARD_UNVERIFIED && !self->options.no_verify)
      return TRUE;
  }
  return FALSE;
}

/**
 * ctl_session_make_path:
 * @self: a session
 * @board: one of its boards
 * @path: (nullable): a file that was named for what is kept of a board
 * @extension: of the board's own file, where there are several
 *
 * Where something of a board is kept: in @path, or when several boards were asked for, in the board's
 * own file in the folder @path.
 *
 * Returns: (transfer full) (nullable): the path; %NULL without @path
 */
char *
ctl_session_make_path (const CtlSession *self,
                       const CtlBoard *board,
                       const char *path,
                       const char *extension)
{
  g_autofree char *name = NULL;

  if (path == NULL || !ctl_session_is_for_several (self))
    return g_strdup (path);
  name = ctl_board_file_name (board, extension);
  return g_build_filename (path, name, NULL);
}

/**
 * ctl_session_open_bus:
 * @self: a session
 * @error: as jmp_usb_bus_new()
 *
 * Makes sure that the session has the bus.
 *
 * Returns: %FALSE with @error set where USB cannot be used
 */
gboolean
ctl_session_open_bus (CtlSession *self, GError **error)
{
  if (self->bus == NULL)
    self->bus = jmp_usb_bus_new (error);
  return self->bus != NULL;
}

/**
 * ctl_session_scan:
 * @self: a session
 * @error: as jmp_usb_bus_new() and jmp_device_scan()
 *
 * Looks at what is plugged in.
 *
 * Returns: (transfer container) (element-type JmpDevice) (nullable): the boards
 */
GPtrArray *
ctl_session_scan (CtlSession *self, GError **error)
{
  g_autoptr (JmpRunningIds) running = NULL;

  if (!ctl_session_open_bus (self, error))
    return NULL;
  running = ctl_console_ids ();
  return jmp_device_scan_all (self->bus, running, error);
}
