/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Reading back. A difference is believed when it was read twice; then the sector is done once more. */

#include "base/error.h"
#include "flash/run-private.h"

#include <string.h>

/* The byte that a VERIFY step expects: its own, or blank. */
static guint8
expected_at (const JmpRun *self, const JmpStep *step, guint32 offset)
{
  const guint8 *bytes = step->bytes != NULL ? g_bytes_get_data (step->bytes, NULL) : NULL;

  return bytes != NULL ? bytes[offset] : jmp_erased_fill (self->blocks.erased);
}

static gboolean
find_difference (const JmpRun *self,
                 const JmpStep *step,
                 guint32 offset,
                 const guint8 *found,
                 guint16 length,
                 guint16 *where)
{
  const guint8 *bytes = step->bytes != NULL ? g_bytes_get_data (step->bytes, NULL) : NULL;

  if (bytes != NULL && memcmp (bytes + offset, found, length) == 0)
    return FALSE;
  for (guint16 i = 0; i < length; i++) {
    if (found[i] != expected_at (self, step, offset + i)) {
      *where = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* Reads a block of a VERIFY step and compares it. A difference is read a second time: a bus may bring
 * wrong bytes, too. The block is in @seen afterwards where it differs, at @where. */
gboolean
jmp_run_differs (JmpRun *self,
                 const JmpStep *step,
                 guint32 offset,
                 guint16 length,
                 gboolean *differs,
                 guint16 *where,
                 GError **error)
{
  *differs = TRUE;
  for (guint tries = 0; tries < 2 && *differs; tries++) {
    const guint8 *found = jmp_run_read (self, step->address + offset, length, error);

    if (found == NULL) {
      g_prefix_error (error, "reading back 0x%08X: ", step->address + offset);
      return FALSE;
    }
    if (step->bytes == NULL)
      self->blocks.erased = jmp_erased_learn (self->blocks.erased, found, length);
    *differs = find_difference (self, step, offset, found, length, where);
    if (*differs)
      memcpy (self->seen, found, length);
  }
  if (*differs)
    jmp_run_note_difference (self,
                             step->address + offset + *where,
                             expected_at (self, step, offset + *where),
                             self->seen[*where]);
  return TRUE;
}

/* Does a VERIFY step. */
gboolean
jmp_run_verify (JmpRun *self, const JmpStep *step, GError **error)
{
  for (guint32 done = 0; done < step->length;) {
    guint32 address = step->address + done;
    guint16 length = jmp_run_block_length (self, step, done);
    gboolean differs;
    guint16 where;

    if (!jmp_run_differs (self, step, done, length, &differs, &where, error))
      return FALSE;
    if (differs) {
      if (!jmp_run_redo (self, step, done, address + where, error))
        return FALSE;
      continue;
    }
    done += length;
    self->outcome->bytes_verified += length;
    jmp_run_advance (self, step->kind, address, length);
  }
  return TRUE;
}
