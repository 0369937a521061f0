/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Transfers that are tried again. Some ROMs stall a block now and then (F411), stall while they work
 * (F072, L4), or get stuck after an erase that they did (H743): what became of the work is looked at by
 * reading before anything is done twice. */

#include "base/error.h"
#include "flash/run-private.h"

#include <string.h>

/* Where one block in sixteen stalls, an image has one that stalls three times in a row. Answers come at
 * once, so that many tries cost nothing; a device that does not answer takes seconds for each. */
#define TRIES             10
#define READS_WHILE_MUTE  4
#define WRITES_WHILE_MUTE 3
#define FEW_TRIES         2

/* Whether the same again may go well. */
static gboolean
may_retry (const GError *failure)
{
  static const JmpError codes[] = { JMP_ERROR_STALLED,
                                    JMP_ERROR_TIMED_OUT,
                                    JMP_ERROR_PROTOCOL,
                                    JMP_ERROR_DEVICE_STATUS,
                                    JMP_ERROR_FAILED };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    if (g_error_matches (failure, JMP_ERROR, (int)codes[i]))
      return TRUE;
  }
  return FALSE;
}

/* How often to try what failed so; @while_mute: where the device does not answer. */
static guint
tries_after (const GError *failure, guint while_mute)
{
  return g_error_matches (failure, JMP_ERROR, JMP_ERROR_TIMED_OUT) ? while_mute : TRIES;
}

/* Whether to go on after @tries tries of @most; the device is in dfuIDLE then. */
static gboolean
can_retry (JmpRun *self, const GError *failure, guint tries, guint most)
{
  return may_retry (failure) && tries < most
         && !g_cancellable_is_cancelled (self->blocks.cancellable)
         && jmp_blocks_recover (&self->blocks);
}

static gboolean
can_look (JmpRun *self, guint32 address, guint32 length)
{
  return (self->blocks.info->attributes & JMP_DFU_CAN_UPLOAD) != 0
         && jmp_layout_allows (self->blocks.layout, address, length, JMP_ACCESS_READ, NULL);
}

/* Reads one block, which is valid until the next transfer. */
const guint8 *
jmp_run_read (JmpRun *self, guint32 address, guint16 length, GError **error)
{
  for (guint tries = 1;; tries++) {
    g_autoptr (GError) failure = NULL;
    const guint8 *found = NULL;

    if (!jmp_run_is_cancelled (self, &failure))
      found = jmp_blocks_read (&self->blocks, address, length, &failure);
    if (found != NULL)
      return found;
    if (!can_retry (self, failure, tries, tries_after (failure, READS_WHILE_MUTE))) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  }
}

/* Reads a range until it is known not to be blank. */
gboolean
jmp_run_is_blank (JmpRun *self, guint32 address, guint32 length, gboolean *blank, GError **error)
{
  *blank = TRUE;
  for (guint32 done = 0; done < length && *blank;) {
    guint16 count = (guint16)MIN (length - done, self->blocks.info->transfer_size);
    const guint8 *found = jmp_run_read (self, address + done, count, error);

    if (found == NULL)
      return FALSE;
    *blank = jmp_erased_is_blank (self->blocks.erased, found, count);
    done += count;
  }
  return TRUE;
}

/* Erases a sector. One whose erase was reported as failed may be erased all the same. */
gboolean
jmp_run_erase (JmpRun *self, guint32 address, guint32 size, GError **error)
{
  for (guint tries = 1;; tries++) {
    g_autoptr (GError) failure = NULL;
    gboolean blank = FALSE;
    guint most;

    if (jmp_blocks_erase (&self->blocks, address, size, &failure))
      return TRUE;
    /* one that was begun takes seconds and wears the flash */
    most = g_error_matches (failure, JMP_ERROR, JMP_ERROR_STALLED) ? TRIES : FEW_TRIES;
    if (!can_retry (self, failure, tries, most)) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
    if (can_look (self, address, size) && jmp_run_is_blank (self, address, size, &blank, NULL)
        && blank)
      return TRUE;
  }
}

/* What became of a block whose writing failed: there, blank, or spoiled. */
static JmpWriteResult
look_at_block (JmpRun *self, guint32 address, const guint8 *data, guint16 length, gboolean *again)
{
  const guint8 *found = jmp_run_read (self, address, length, NULL);
  JmpSector sector;

  *again = FALSE;
  if (found == NULL)
    return JMP_WRITE_FAILED;
  if (memcmp (found, data, length) == 0)
    return JMP_WRITE_DONE;
  *again = jmp_erased_is_blank (self->blocks.erased, found, length)
           || !jmp_layout_find (self->blocks.layout, address, &sector)
           || (sector.access & JMP_ACCESS_ERASE) == 0;
  return JMP_WRITE_SPOILED;
}

/* Writes one block. Without an error when it is spoiled. */
JmpWriteResult
jmp_run_write (JmpRun *self, guint32 address, const guint8 *data, guint16 length, GError **error)
{
  for (guint tries = 1;; tries++) {
    g_autoptr (GError) failure = NULL;
    JmpWriteResult result = JMP_WRITE_FAILED;
    gboolean again = FALSE;

    if (jmp_blocks_write (&self->blocks, address, data, length, &failure))
      return JMP_WRITE_DONE;
    if (can_look (self, address, length)
        && can_retry (self, failure, tries, tries_after (failure, WRITES_WHILE_MUTE)))
      result = look_at_block (self, address, data, length, &again);
    if (result == JMP_WRITE_FAILED)
      g_propagate_error (error, g_steal_pointer (&failure));
    if (!again)
      return result;
  }
}

/* Starts the program. */
gboolean
jmp_run_start (JmpRun *self, guint32 address, GError **error)
{
  for (guint tries = 1;; tries++) {
    g_autoptr (GError) failure = NULL;

    if (jmp_blocks_leave (&self->blocks, address, &failure))
      return TRUE;
    if (!can_retry (self, failure, tries, tries_after (failure, FEW_TRIES))) {
      g_propagate_error (error, g_steal_pointer (&failure));
      return FALSE;
    }
  }
}
