/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is remembered of a session's board: read and written on a worker, one write after the other, and
 * only what this session has to say, so that others keep what they wrote. */

#include "session/session-private.h"

#include "device/identity.h"

/* What a worker is to write, or what it has read. */
typedef struct {
  JmpKnownBoards *known;
  JmpKnownBoard *board;
  guint what;
} Note;

static void
note_free (gpointer data)
{
  Note *self = data;

  jmp_known_boards_unref (self->known);
  jmp_known_board_free (self->board);
  g_free (self);
}

/**
 * jmp_session_can_remember:
 * @self: a session
 *
 * Returns: whether what is known of the board outlives the program: it can be told from others
 */
gboolean
jmp_session_can_remember (JmpSession *self)
{
  return self->known != NULL && !jmp_device_is_practice (self->device)
         && jmp_serial_is_unique (jmp_device_get_serial (self->device));
}

static void
take_string (char **to, const char *from)
{
  g_free (*to);
  *to = g_strdup (from);
}

static void
take (JmpKnownBoard *to, const JmpKnownBoard *from, guint what)
{
  if ((what & JMP_SESSION_NOTE_NICKNAME) != 0)
    take_string (&to->nickname, from->nickname);
  if ((what & JMP_SESSION_NOTE_BOARD) != 0) {
    take_string (&to->board_id, from->board_id);
    take_string (&to->variant, from->variant);
  }
  if ((what & JMP_SESSION_NOTE_VERSION) != 0)
    take_string (&to->version, from->version);
  if ((what & JMP_SESSION_NOTE_WORK) != 0)
    to->unfinished = from->unfinished;
}

/* --- Reading --- */

static void
recall_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Note *note = task_data;
  JmpKnownBoard *found = jmp_known_boards_find (note->known, note->board->serial);

  g_task_return_pointer (task, found, (GDestroyNotify)jmp_known_board_free);
}

/* What was said meanwhile is newer. */
static void
recalled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;
  const Note *note = g_task_get_task_data (G_TASK (result));
  g_autoptr (JmpKnownBoard) found = g_task_propagate_pointer (G_TASK (result), NULL);

  if (found == NULL || g_strcmp0 (self->serial, note->board->serial) != 0)
    return;
  take (&self->remembered, found, ~self->unwritten);
  self->remembered.backed_up = found->backed_up;
  jmp_session_choose_board (self);
  jmp_session_changed (self);
}

/* Looks up what is known, once for each serial number: a board that could not be opened tells it later. */
void
jmp_session_recall (JmpSession *self)
{
  const char *serial = jmp_device_get_serial (self->device);
  g_autoptr (GTask) task = NULL;
  Note *note;

  if (!jmp_session_can_remember (self) || g_strcmp0 (self->serial, serial) == 0)
    return;
  take_string (&self->serial, serial);
  note = g_new0 (Note, 1);
  note->known = jmp_known_boards_ref (self->known);
  note->board = jmp_known_board_copy (&(JmpKnownBoard){ .serial = self->serial });
  task = g_task_new (NULL, NULL, recalled_cb, g_object_ref (self));
  g_task_set_task_data (task, note, note_free);
  g_task_run_in_thread (task, recall_func);
}

/* --- Writing --- */

static void
write_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  Note *note = task_data;
  g_autoptr (JmpKnownBoard) board = jmp_known_boards_find (note->known, note->board->serial);
  g_autoptr (GError) error = NULL;

  if (board == NULL)
    board = jmp_known_board_copy (&(JmpKnownBoard){ .serial = note->board->serial });
  take (board, note->board, note->what);
  if (!jmp_known_boards_set (note->known, board, &error))
    g_info ("%s", error->message);
  g_task_return_boolean (task, TRUE);
}

static void write_rest (JmpSession *self);

static void
written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (JmpSession) self = user_data;

  self->writing = FALSE;
  write_rest (self);
}

static void
write_rest (JmpSession *self)
{
  g_autoptr (GTask) task = NULL;
  JmpKnownBoard board = self->remembered;
  Note *note;

  if (self->writing || self->unwritten == 0)
    return;
  board.serial = self->serial;
  note = g_new0 (Note, 1);
  note->known = jmp_known_boards_ref (self->known);
  note->board = jmp_known_board_copy (&board);
  note->what = self->unwritten;
  self->unwritten = 0;
  self->writing = TRUE;
  task = g_task_new (NULL, NULL, written_cb, g_object_ref (self));
  g_task_set_task_data (task, note, note_free);
  g_task_run_in_thread (task, write_func);
}

/* Where the board can be told from others; else the session alone knows. */
void
jmp_session_write_down (JmpSession *self, JmpSessionNote what)
{
  if (!jmp_session_can_remember (self))
    return;
  jmp_session_recall (self);
  self->unwritten |= what;
  write_rest (self);
}
