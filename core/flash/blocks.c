/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "flash/blocks.h"

#include "base/error.h"

/* A device that does not work answers within this time. */
#define ANSWER_MS 2000

/* Begins on an interface that is in dfuIDLE. */
void
jmp_blocks_init (JmpBlocks *self, JmpDfu *dfu, GCancellable *cancellable)
{
  *self = (JmpBlocks){
    .dfu = dfu,
    .info = jmp_dfu_get_info (dfu),
    .cancellable = cancellable,
  };
  self->block = g_malloc (MAX (self->info->transfer_size, 1));
}

void
jmp_blocks_clear (JmpBlocks *self)
{
  g_clear_pointer (&self->block, g_free);
}

/* Whether the device multiplies block numbers with the size that is used here. Where it does not, no
 * block can go by number (AN3156, 5.1: address = pointer + (number - 2) x wTransferSize). */
static gboolean
can_count (const JmpBlocks *self)
{
  return self->info->transfer_size == self->info->device_transfer_size;
}

/* DNLOAD and UPLOAD each stall in the other's state; ABORT goes from one to the other. */
gboolean
jmp_blocks_settle (JmpBlocks *self, GError **error)
{
  self->streaming = FALSE;
  if (self->mode == JMP_BLOCKS_IDLE)
    return TRUE;
  if (!jmp_dfu_abort (self->dfu, self->cancellable, error))
    return FALSE;
  self->mode = JMP_BLOCKS_IDLE;
  return TRUE;
}

/* After a transfer that failed: dfu.h has tidied up already, so one look says whether it worked; only
 * where that look itself fails is the whole ladder climbed. Returns: whether the device is in dfuIDLE */
gboolean
jmp_blocks_recover (JmpBlocks *self)
{
  JmpDfuStatus status;

  self->streaming = FALSE;
  self->mode = JMP_BLOCKS_IDLE;
  if (!jmp_dfu_get_status (self->dfu, ANSWER_MS, &status, NULL, NULL))
    return jmp_dfu_to_idle (self->dfu, NULL, NULL);
  if (status.state == JMP_DFU_IDLE)
    return TRUE;
  return status.state != JMP_DFU_DNBUSY && jmp_dfu_to_idle (self->dfu, NULL, NULL);
}

static gboolean
enter (JmpBlocks *self, JmpBlocksMode mode, GError **error)
{
  if (self->mode == mode)
    return TRUE;
  if (!jmp_blocks_settle (self, error))
    return FALSE;
  self->mode = mode;
  return TRUE;
}

static gboolean
set_address (JmpBlocks *self, guint32 address, GError **error)
{
  if (!enter (self, JMP_BLOCKS_DOWNLOAD, error))
    return FALSE;
  return jmp_dfuse_set_address (self->dfu, address, self->cancellable, error);
}

/* Whether the block at @address can go by its number. Only whole blocks can: some boot loaders
 * multiply with the length of the request, others with wTransferSize. */
static gboolean
follows (const JmpBlocks *self, guint32 address, guint16 length)
{
  return self->streaming && self->next == address && length == self->info->transfer_size
         && self->number <= JMP_DFUSE_LAST_BLOCK;
}

static void
went (JmpBlocks *self, guint32 address, guint number, guint16 length)
{
  self->streaming = can_count (self) && length == self->info->transfer_size;
  self->next = (guint64)address + length;
  self->number = number + 1;
}

/* Whether an erase or a write that failed may have changed something all the same. It cannot have when
 * no transfer was made, when the DNLOAD did not arrive or was refused (the GETSTATUS behind it is what
 * starts the work: DFU 1.1, A.2.4), or when the memory is read-protected. */
gboolean
jmp_blocks_may_have_changed (guint64 transfers, const GError *failure)
{
  if (g_error_matches (failure, JMP_ERROR, JMP_ERROR_DISCONNECTED))
    return transfers > 1;
  return transfers > 0 && !g_error_matches (failure, JMP_ERROR, JMP_ERROR_STALLED)
         && !g_error_matches (failure, JMP_ERROR, JMP_ERROR_READ_PROTECTED);
}

/* Selects the memory that the calls below work on. */
gboolean
jmp_blocks_select (JmpBlocks *self, guint8 alt, GError **error)
{
  const JmpDfuAlt *wanted = jmp_dfu_info_find_alt (self->info, alt);

  self->plain = !self->info->dfuse;
  if (wanted == NULL || (wanted->layout == NULL && !self->plain)) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "alt setting %u has no memory map", alt);
    return FALSE;
  }
  if (self->layout == NULL || self->layout != wanted->layout)
    self->erased = wanted->quirks.erased;
  self->layout = wanted->layout;
  if (jmp_dfu_get_alt (self->dfu) == alt)
    return TRUE;
  if (!jmp_blocks_settle (self, error))
    return FALSE;
  return jmp_dfu_select_alt (self->dfu, alt, self->cancellable, error);
}

/* Erases the sector that is @size bytes at @address. Before the first, the address is set, which
 * changes nothing and which a read-protected board refuses with a status that can be told from that of
 * an erase that failed. */
gboolean
jmp_blocks_erase (JmpBlocks *self, guint32 address, guint32 size, GError **error)
{
  const JmpSector sector = { .address = address, .size = size, .access = JMP_ACCESS_ERASE };
  GError *failure = NULL;
  guint64 before;
  gboolean ok;

  if (!self->touched && !set_address (self, address, error))
    return FALSE;
  if (!enter (self, JMP_BLOCKS_DOWNLOAD, error))
    return FALSE;
  /* Some boot loaders keep the erased sector as the address of the next block. */
  self->streaming = FALSE;
  before = jmp_dfu_get_transfers (self->dfu);
  ok = jmp_dfuse_erase_sector (self->dfu, &sector, self->cancellable, &failure);
  if (ok || jmp_blocks_may_have_changed (jmp_dfu_get_transfers (self->dfu) - before, failure))
    self->touched = TRUE;
  if (!ok)
    g_propagate_error (error, failure);
  return ok;
}

/* Writes one block, at most of the transfer size. */
gboolean
jmp_blocks_write (
    JmpBlocks *self, guint32 address, const guint8 *data, guint16 length, GError **error)
{
  guint number = JMP_DFUSE_FIRST_BLOCK;
  GError *failure = NULL;
  guint64 before;
  gboolean ok;

  if (!enter (self, JMP_BLOCKS_DOWNLOAD, error))
    return FALSE;
  if (follows (self, address, length))
    number = self->number;
  else if (!set_address (self, address, error))
    return FALSE;
  before = jmp_dfu_get_transfers (self->dfu);
  ok = jmp_dfuse_write_block (
      self->dfu, (guint16)number, data, length, self->cancellable, &failure);
  if (ok || jmp_blocks_may_have_changed (jmp_dfu_get_transfers (self->dfu) - before, failure))
    self->touched = TRUE;
  went (self, address, number, length);
  if (!ok)
    g_propagate_error (error, failure);
  return ok;
}

/* Reads one block, at most of the transfer size, into @block. A short one is read whole where the
 * memory map allows it, because whole blocks go by number; never past memory that can be read, which
 * crashes some boot loaders. */
const guint8 *
jmp_blocks_read (JmpBlocks *self, guint32 address, guint16 length, GError **error)
{
  guint16 whole = self->info->transfer_size;
  guint number = JMP_DFUSE_FIRST_BLOCK;

  if (can_count (self) && jmp_layout_allows (self->layout, address, whole, JMP_ACCESS_READ, NULL))
    length = whole;
  if (self->mode == JMP_BLOCKS_DOWNLOAD)
    self->streaming = FALSE;
  if (follows (self, address, length))
    number = self->number;
  else if (!set_address (self, address, error))
    return NULL;
  if (!enter (self, JMP_BLOCKS_UPLOAD, error))
    return NULL;
  if (!jmp_dfuse_read_block (
          self->dfu, (guint16)number, self->block, length, self->cancellable, error))
    return NULL;
  went (self, address, number, length);
  return self->block;
}

/* Starts the program at @address; the board is gone afterwards. */
gboolean
jmp_blocks_leave (JmpBlocks *self, guint32 address, GError **error)
{
  if (!enter (self, JMP_BLOCKS_DOWNLOAD, error))
    return FALSE;
  return jmp_dfuse_leave (self->dfu, address, self->cancellable, error);
}
