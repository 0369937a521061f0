/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/practice-serial-private.h"

#include "base/error.h"
#include "virtual/repl.h"

/* How long a cancel may go unnoticed while real time passes. */
#define SLICE_US 5000

typedef struct {
  JmpSerial base;
  JmpVirtualBoard *board; /* (owned) */
  JmpVirtualRepl *repl;   /* (owned) */
} PracticeSerial;

static void
set_gone (GError **error)
{
  g_set_error_literal (
      error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the practice board's console went away");
}

static gboolean
practice_wait (JmpSerial *base, guint ms, GCancellable *cancellable, GError **error)
{
  PracticeSerial *self = (PracticeSerial *)base;
  gint64 end = jmp_virtual_board_now (self->board) + (gint64)ms * 1000;
  gint64 now;

  while ((now = jmp_virtual_board_now (self->board)) < end) {
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return FALSE;
    jmp_virtual_board_sleep_until (self->board, MIN (end, now + SLICE_US));
  }
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* The board answers what it is sent at once, so when it has said nothing it will not say anything. */
static gssize
practice_read (JmpSerial *base,
               guint8 *data,
               gsize size,
               guint timeout_ms,
               GCancellable *cancellable,
               GError **error)
{
  PracticeSerial *self = (PracticeSerial *)base;
  gssize n = jmp_virtual_repl_take (self->repl, data, size);

  if (n == 0 && !practice_wait (base, timeout_ms, cancellable, error))
    return -1;
  if (n == 0)
    n = jmp_virtual_repl_take (self->repl, data, size);
  if (n < 0)
    set_gone (error);
  return n;
}

static gboolean
practice_write (JmpSerial *base,
                const guint8 *data,
                gsize size,
                guint timeout_ms,
                GCancellable *cancellable,
                GError **error)
{
  PracticeSerial *self = (PracticeSerial *)base;

  if (jmp_virtual_repl_put (self->repl, data, size))
    return TRUE;
  set_gone (error);
  return FALSE;
}

static gint64
practice_now (JmpSerial *base)
{
  return jmp_virtual_board_now (((PracticeSerial *)base)->board);
}

static void
practice_free (JmpSerial *base)
{
  PracticeSerial *self = (PracticeSerial *)base;

  jmp_virtual_repl_free (self->repl);
  jmp_virtual_board_unref (self->board);
  g_free (self);
}

static const JmpSerialOps practice_ops = {
  .read = practice_read,
  .write = practice_write,
  .now = practice_now,
  .wait = practice_wait,
  .free = practice_free,
};

/* Opens the console; %JMP_ERROR_DISCONNECTED when the board does not run a program that has one. */
JmpSerial *
jmp_practice_serial_open (JmpVirtualBoard *board, GError **error)
{
  JmpVirtualRepl *repl = jmp_virtual_repl_open (board, error);
  PracticeSerial *self;

  if (repl == NULL)
    return NULL;
  self = g_new0 (PracticeSerial, 1);
  self->base.ops = &practice_ops;
  self->board = jmp_virtual_board_ref (board);
  self->repl = repl;
  return &self->base;
}
