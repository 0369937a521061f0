/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A board that sends anything: the first byte says how many bytes come at a time, and whether the port
 * goes away at the end. Each dialogue must end within its limit, having read no more than there is. */

#include "fuzz.h"

#include "base/error.h"
#include "board/console.h"

#include <string.h>

#define LIMIT_MS 2000
/* The last word, and the reads that begin before the limit. */
#define GRACE_MS 500

typedef struct {
  JmpSerial base;
  const guint8 *data;
  gsize size;
  gsize piece;
  gboolean goes;
  gint64 now;
} Board;

static gssize
board_read (JmpSerial *base,
            guint8 *data,
            gsize size,
            guint timeout_ms,
            GCancellable *cancellable,
            GError **error)
{
  Board *self = (Board *)base;
  gsize n = MIN (MIN (size, self->piece), self->size);

  self->now += 20000;
  if (n > 0) {
    memcpy (data, self->data, n);
    self->data += n;
    self->size -= n;
    return (gssize)n;
  }
  if (self->goes) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "gone");
    return -1;
  }
  self->now += (gint64)timeout_ms * 1000;
  return 0;
}

static gboolean
board_write (JmpSerial *base,
             const guint8 *data,
             gsize size,
             guint timeout_ms,
             GCancellable *cancellable,
             GError **error)
{
  return TRUE;
}

static gint64
board_now (JmpSerial *base)
{
  return ((Board *)base)->now;
}

static gboolean
board_wait (JmpSerial *base, guint ms, GCancellable *cancellable, GError **error)
{
  ((Board *)base)->now += (gint64)ms * 1000;
  return TRUE;
}

static void
board_free (JmpSerial *base)
{
}

static const JmpSerialOps board_ops = {
  .read = board_read,
  .write = board_write,
  .now = board_now,
  .wait = board_wait,
  .free = board_free,
};

static Board
make_board (const guint8 *data, gsize size)
{
  return (Board){
    .base.ops = &board_ops,
    .data = data + 1,
    .size = size - 1,
    .piece = 1u + (data[0] & 0x7F),
    .goes = (data[0] & 0x80) != 0,
  };
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpRunning) running = NULL;
  Board board;
  gboolean gone;

  if (size == 0)
    return 0;
  board = make_board (data, size);
  running = jmp_console_read (&board.base, LIMIT_MS, NULL, &error);
  fuzz_check ((running != NULL) == (error == NULL));
  fuzz_check (board.now <= (LIMIT_MS + GRACE_MS) * 1000);
  g_clear_error (&error);
  board = make_board (data, size);
  gone = jmp_console_restart (&board.base, LIMIT_MS, NULL, &error);
  fuzz_check (gone == (error == NULL));
  fuzz_check (board.now <= (LIMIT_MS + GRACE_MS) * 1000);
  return 0;
}
