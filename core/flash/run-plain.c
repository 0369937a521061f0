/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The steps of a plan for a board that speaks plain DFU 1.1. A file goes there or comes from there as
 * one stream: what fails in the middle is begun again from its first block, or not at all. */

#include "base/error.h"
#include "flash/run-private.h"

#include <string.h>

/* How often a file is read, where a bus may bring wrong bytes. */
#define READS 2

static gboolean
is_tolerant (const JmpRun *run)
{
  return (run->blocks.info->attributes & JMP_DFU_MANIFESTATION_TOLERANT) != 0;
}

/* A device that stays after the end of a file gets the end at once, so that what it made of the file
 * can be read back; another gets it with the LEAVE step. */
static gboolean
do_write (JmpRun *run, const JmpStep *step, GError **error)
{
  gboolean left = FALSE;

  if (!jmp_blocks_plain_begin (&run->blocks, error))
    return FALSE;
  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = jmp_run_block_length (run, step, done);
    const guint8 *data = jmp_run_block_bytes (run, step, done, length);

    if (jmp_run_is_cancelled (run, error)
        || !jmp_blocks_plain_write (&run->blocks, data, length, error)) {
      g_prefix_error (error, "writing 0x%08X: ", address);
      return FALSE;
    }
    done += length;
    run->outcome->bytes_written += length;
    jmp_run_note_written (run, step->alt, address, length);
    jmp_run_advance (run, step->kind, address, length);
  }
  if (!is_tolerant (run)) {
    if ((run->blocks.info->quirks.flags & JMP_QUIRK_KEEPS_BLOCKS) != 0)
      run->blocks.unfinished = FALSE;
    return TRUE;
  }
  if (!jmp_blocks_plain_end (&run->blocks, &left, error))
    return FALSE;
  run->left = left;
  return TRUE;
}

/* What a file that was read is like. */
typedef enum {
  FILE_EQUAL,
  FILE_DIFFERS,
  FILE_SHORT,
  FILE_FAILED,
} FileResult;

/* Notes the first byte that differs. */
static void
note_difference (JmpRun *run, guint32 address, const guint8 *expected, gsize length)
{
  for (gsize i = 0; i < length; i++) {
    if (expected[i] != run->blocks.block[i]) {
      jmp_run_note_difference (run, address + (guint32)i, expected[i], run->blocks.block[i]);
      return;
    }
  }
}

/* Reads as many bytes as the step has and compares them; no more than that is asked of the device. */
static FileResult
compare_file (JmpRun *run, const JmpStep *step, gboolean counts, GError **error)
{
  const guint8 *expected = g_bytes_get_data (step->bytes, NULL);

  if (!jmp_blocks_plain_begin (&run->blocks, error))
    return FILE_FAILED;
  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = jmp_run_block_length (run, step, done);
    gssize got = -1;

    if (!jmp_run_is_cancelled (run, error))
      got = jmp_blocks_plain_read (&run->blocks, error);
    if (got < 0) {
      g_prefix_error (error, "reading back 0x%08X: ", address);
      return FILE_FAILED;
    }
    if (memcmp (expected + done, run->blocks.block, MIN ((gsize)got, length)) != 0) {
      note_difference (run, address, expected + done, MIN ((gsize)got, length));
      return FILE_DIFFERS;
    }
    if (got < length) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_VERIFY,
                   "only %" G_GUINT64_FORMAT " of %u bytes can be read back",
                   (guint64)done + (guint64)got,
                   step->length);
      return FILE_SHORT;
    }
    done += length;
    if (counts)
      jmp_run_advance (run, step->kind, address, length);
  }
  run->outcome->bytes_verified += step->length;
  run->outcome->has_difference = FALSE;
  return FILE_EQUAL;
}

static gboolean
may_read_again (JmpRun *run, FileResult result, const GError *failure)
{
  if (result == FILE_DIFFERS)
    return TRUE;
  return !g_error_matches (failure, JMP_ERROR, JMP_ERROR_DISCONNECTED)
         && !jmp_error_is_cancelled (failure) && jmp_blocks_recover (&run->blocks);
}

/* A device that has left with its file cannot be read: then nothing is proven, and nothing has failed. */
static gboolean
do_verify (JmpRun *run, const JmpStep *step, GError **error)
{
  if (run->left) {
    run->unread = TRUE;
    return TRUE;
  }
  for (guint reads = 1;; reads++) {
    g_autoptr (GError) failure = NULL;
    FileResult result = compare_file (run, step, reads == 1, &failure);

    if (result == FILE_EQUAL)
      return TRUE;
    if (reads < READS && may_read_again (run, result, failure))
      continue;
    if (result == FILE_DIFFERS)
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_VERIFY,
                   "0x%08X holds 0x%02X, not 0x%02X",
                   run->outcome->difference_address,
                   run->outcome->found,
                   run->outcome->expected);
    else
      g_propagate_error (error, g_steal_pointer (&failure));
    return FALSE;
  }
}

static gboolean
check_read (const GByteArray *all, const JmpStep *step, GError **error)
{
  if (all->len == 0) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_READ_PROTECTED, "alt setting %u gives no bytes", step->alt);
    return FALSE;
  }
  if (step->length == 0 || all->len == step->length)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_DOES_NOT_FIT,
               "alt setting %u gives %u bytes, and %u were asked for",
               step->alt,
               all->len,
               step->length);
  return FALSE;
}

/* How much there is nobody knows until it is read: then there is no fraction of it either. */
static void
advance_read (JmpRun *run, const JmpStep *step, guint32 address, guint32 length)
{
  if (step->length != 0) {
    jmp_run_advance (run, step->kind, address, length);
    return;
  }
  jmp_run_count (run, length);
  jmp_run_tell (run, address, length);
}

/* Reads what the step asks for, or all that the device gives. */
static gboolean
do_read (JmpRun *run, const JmpStep *step, GError **error)
{
  g_autoptr (GByteArray) all = g_byte_array_new ();
  g_autoptr (GBytes) bytes = NULL;
  guint most = step->length != 0 ? step->length : JMP_PLAN_MAX_BACKUP;
  gssize got = run->blocks.info->transfer_size;

  if (!jmp_blocks_plain_begin (&run->blocks, error))
    return FALSE;
  while (all->len < most && got == run->blocks.info->transfer_size) {
    guint32 address = step->address + all->len;
    guint taken;

    got = jmp_run_is_cancelled (run, error) ? -1 : jmp_blocks_plain_read (&run->blocks, error);
    if (got < 0) {
      g_prefix_error (error, "reading 0x%08X: ", address);
      return FALSE;
    }
    taken = MIN ((guint)got, most - all->len);
    g_byte_array_append (all, run->blocks.block, taken);
    run->outcome->bytes_read += taken;
    advance_read (run, step, address, taken);
  }
  if (step->length == 0 && all->len == most) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "alt setting %u gives more than %u bytes, which a backup cannot hold",
                 step->alt,
                 most);
    return FALSE;
  }
  if (!check_read (all, step, error))
    return FALSE;
  if (run->read == NULL)
    run->read = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&all));
  return jmp_image_builder_add (run->read, step->alt, step->address, bytes, error);
}

/* Ends the file that was sent, where that was not done, and starts the program. That a board which has
 * its file stays in its boot loader is no failure; it is one where nothing else was asked for. */
static gboolean
do_leave (JmpRun *run, const JmpStep *step, GError **error)
{
  gboolean left = run->left;

  jmp_run_tell (run, step->address, 0);
  if (!left && jmp_run_is_cancelled (run, error))
    return FALSE;
  if (!left && run->blocks.mode == JMP_BLOCKS_DOWNLOAD) {
    if (!jmp_blocks_plain_end (&run->blocks, &left, error))
      return FALSE;
  } else if (!left && !jmp_blocks_plain_start (&run->blocks, &left, error)) {
    g_prefix_error_literal (error, "starting the program: ");
    return FALSE;
  }
  run->left = left;
  if (!left && !run->blocks.touched) {
    g_set_error_literal (error,
                         JMP_ERROR,
                         JMP_ERROR_NOT_SUPPORTED,
                         "the board stays in its boot loader when it is reset over USB");
    return FALSE;
  }
  jmp_run_advance (run, step->kind, step->address, step->length);
  return TRUE;
}

/* Does a step on a board without addresses. */
gboolean
jmp_run_plain_step (JmpRun *self, const JmpStep *step, GError **error)
{
  switch (step->kind) {
  case JMP_STEP_WRITE:
    return do_write (self, step, error);
  case JMP_STEP_VERIFY:
    return do_verify (self, step, error);
  case JMP_STEP_READ:
    return do_read (self, step, error);
  case JMP_STEP_LEAVE:
    return do_leave (self, step, error);
  case JMP_STEP_ERASE:
  case JMP_STEP_COMPARE:
  case JMP_STEP_KEEP:
    break;
  }
  g_set_error_literal (
      error, JMP_ERROR, JMP_ERROR_USAGE, "a board without a memory map has no such step");
  return FALSE;
}
