/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Blocks of boards that have no addresses: a file is one stream, and cannot be entered in the middle. */

#include "dfu/plain.h"
#include "flash/blocks.h"

/* Begins a file, in either direction. */
gboolean
jmp_blocks_plain_begin (JmpBlocks *self, GError **error)
{
  self->number = 0;
  return jmp_blocks_settle (self, error);
}

/* Sends the next block. */
gboolean
jmp_blocks_plain_write (JmpBlocks *self, const guint8 *data, guint16 length, GError **error)
{
  guint64 before = jmp_dfu_get_transfers (self->dfu);
  GError *failure = NULL;
  gboolean ok;

  self->mode = JMP_BLOCKS_DOWNLOAD;
  /* numbers have 16 bits and begin again at 0 (DFU 1.1, 6.1.1) */
  ok = jmp_plain_write_block (
      self->dfu, (guint16)self->number, data, length, self->cancellable, &failure);
  if (ok || jmp_blocks_may_have_changed (jmp_dfu_get_transfers (self->dfu) - before, failure)) {
    self->touched = TRUE;
    self->unfinished = TRUE;
  }
  self->number++;
  if (!ok)
    g_propagate_error (error, failure);
  return ok;
}

/* Reads the next block into @block. Returns: how many bytes came, fewer than a whole block at the end
 * of the memory, or -1 */
gssize
jmp_blocks_plain_read (JmpBlocks *self, GError **error)
{
  gssize got;

  self->mode = JMP_BLOCKS_UPLOAD;
  got = jmp_plain_read_block (
      self->dfu, (guint16)self->number, self->block, self->cancellable, error);
  self->number++;
  if (got >= 0 && got < self->info->transfer_size)
    self->mode = JMP_BLOCKS_IDLE;
  return got;
}

/* Ends the file that was sent; @left: whether the board has left. */
gboolean
jmp_blocks_plain_end (JmpBlocks *self, gboolean *left, GError **error)
{
  JmpPlainEnd end;

  self->ending = TRUE;
  if (!jmp_plain_manifest (self->dfu, (guint16)self->number, &end, self->cancellable, error))
    return FALSE;
  self->ending = FALSE;
  self->unfinished = FALSE;
  self->mode = JMP_BLOCKS_IDLE;
  *left = end == JMP_PLAIN_LEFT;
  return TRUE;
}

/* Resets the board, so that it starts its program; @left: whether it has left. */
gboolean
jmp_blocks_plain_start (JmpBlocks *self, gboolean *left, GError **error)
{
  JmpPlainEnd end;

  if (!jmp_blocks_settle (self, error) || !jmp_plain_restart (self->dfu, &end, error))
    return FALSE;
  *left = end == JMP_PLAIN_LEFT;
  return TRUE;
}
