/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading what has to be put back, and judging what an interrupted run had saved of it. */

#include "base/error.h"
#include "flash/keep.h"
#include "flash/survey-private.h"

#include <string.h>

/* What has to be put back is read until it was the same twice. */
#define KEEP_TRIES 6

/* Reads a block until it was the same twice: what is put back must not hold what a bus made up. */
static gboolean
read_surely (JmpSurveySearch *self, guint32 address, guint8 *out, guint16 length, GError **error)
{
  for (guint tries = 0; tries < KEEP_TRIES; tries++) {
    const guint8 *found = jmp_run_read (self->run, address, length, error);

    if (found == NULL) {
      g_prefix_error (error, "saving 0x%08X: ", address);
      return FALSE;
    }
    if (tries > 0 && memcmp (found, out, length) == 0)
      return TRUE;
    memcpy (out, found, length);
  }
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_PROTOCOL,
               "saving 0x%08X: the board answers differently each time",
               address);
  return FALSE;
}

/* Two passes, so that blocks follow each other on the way. */
static gboolean
read_range (JmpSurveySearch *self, const JmpStep *step, guint8 *out, GError **error)
{
  JmpRun *run = self->run;

  self->kept_read = TRUE;
  jmp_meter_expect (run->meter, JMP_STEP_KEEP, step->length);
  for (guint pass = 0; pass < 2; pass++) {
    for (guint32 done = 0; done < step->length;) {
      guint32 address = step->address + done;
      guint16 length = jmp_run_block_length (run, step, done);
      const guint8 *found = jmp_run_read (run, address, length, error);

      if (found == NULL) {
        g_prefix_error (error, "saving 0x%08X: ", address);
        return FALSE;
      }
      if (pass == 0)
        memcpy (out + done, found, length);
      else if (memcmp (out + done, found, length) != 0
               && !read_surely (self, address, out + done, length, error))
        return FALSE;
      jmp_run_measure (run, JMP_STEP_KEEP, address, length);
      done += length;
    }
  }
  return TRUE;
}

/* Takes what has to be put back. The blank bytes of it, too: an erase that is interrupted leaves
 * anything in their place. */
static void
take_kept (JmpSurveySearch *self, guint32 address, const guint8 *data, gsize length)
{
  JmpSegment kept = { .address = address, .bytes = g_bytes_new (data, length) };

  g_array_append_val (self->kept, kept);
}

/* Whether an interrupted run's copy counts, and not what is on the board. Where that is neither blank
 * nor a part of the copy, it may be a sector whose erase was interrupted, which reads as anything. A
 * board that was left without a program and has one has been given it by someone else, and with it
 * what is there now. One that had its program all the time may have written there itself: then both
 * are kept, one of them aside. */
static gboolean
prefer_saved (JmpSurveySearch *self,
              const JmpStep *step,
              const guint8 *copy,
              const guint8 *found,
              gboolean *prefer,
              GError **error)
{
  JmpSurveySaved *saved = self->saved;
  g_autoptr (GBytes) bytes = NULL;

  *prefer = jmp_keep_judge (self->run->blocks.erased, copy, found, step->length) != JMP_SAVED_STALE;
  if (*prefer)
    return TRUE;
  *prefer = !(saved->was_stopped && saved->starts);
  saved->stale = saved->stale || !*prefer;
  if (saved->was_stopped)
    return TRUE;
  if (saved->replaced == NULL)
    saved->replaced = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  bytes = g_bytes_new (found, step->length);
  return jmp_image_builder_add (saved->replaced, step->alt, step->address, bytes, error);
}

/* What has to be put back of one range. */
static gboolean
keep_range (JmpSurveySearch *self, const JmpStep *step, GError **error)
{
  g_autofree guint8 *found = g_malloc (step->length);
  const guint8 *saved = step->bytes != NULL ? g_bytes_get_data (step->bytes, NULL) : NULL;
  gboolean prefer = FALSE;

  if (!read_range (self, step, found, error)
      || (saved != NULL && !prefer_saved (self, step, saved, found, &prefer, error)))
    return FALSE;
  if (prefer)
    memcpy (found, saved, step->length);
  take_kept (self, step->address, found, step->length);
  return TRUE;
}

/* Reads what has to be put back of a sector, or takes what was saved of one that is @blank. */
gboolean
jmp_survey_keep (JmpSurveySearch *self, gboolean blank, GError **error)
{
  for (guint i = 0; i < self->n_steps; i++) {
    const JmpStep *step = &self->steps[i];

    if (step->kind != JMP_STEP_KEEP)
      continue;
    if (!blank) {
      if (!keep_range (self, step, error))
        return FALSE;
    } else if (step->bytes != NULL) {
      take_kept (self, step->address, g_bytes_get_data (step->bytes, NULL), step->length);
    }
  }
  jmp_segments_sort (self->kept);
  return TRUE;
}
