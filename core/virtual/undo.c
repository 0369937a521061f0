/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/undo-private.h"

#include <string.h>

typedef struct {
  JmpVirtualChange change;
  guint alt;
  guint32 address;
  gsize length;
  guint us;
  guint8 *before;
  guint8 *after;
} Piece;

static void
piece_clear (gpointer data)
{
  Piece *self = data;

  g_free (self->before);
  g_free (self->after);
}

/* Forgets the work: it is done, or nothing runs. */
void
jmp_virtual_undo_clear (JmpVirtualUndo *self)
{
  g_clear_pointer (&self->pieces, g_array_unref);
}

/* The range as it is now; NULL where the map does not have it, and nothing will change it. */
static guint8 *
look (JmpVirtualMemory *memory, const Piece *piece)
{
  g_autofree guint8 *bytes = g_malloc (piece->length);

  if (!jmp_virtual_memory_peek (memory, piece->alt, piece->address, bytes, piece->length))
    return NULL;
  return g_steal_pointer (&bytes);
}

void
jmp_virtual_undo_begin (JmpVirtualUndo *self,
                        JmpVirtualMemory *memory,
                        JmpVirtualChange change,
                        guint alt,
                        guint32 address,
                        gsize length)
{
  Piece piece = { .change = change, .alt = alt, .address = address, .length = length };

  if (self->pieces == NULL) {
    self->pieces = g_array_new (FALSE, TRUE, sizeof (Piece));
    g_array_set_clear_func (self->pieces, piece_clear);
  }
  piece.before = look (memory, &piece);
  g_array_append_val (self->pieces, piece);
}

void
jmp_virtual_undo_end (JmpVirtualUndo *self, JmpVirtualMemory *memory, guint us)
{
  Piece *piece = &g_array_index (self->pieces, Piece, self->pieces->len - 1);

  piece->us = us;
  piece->after = look (memory, piece);
}

static gboolean
is_blank (const guint8 *bytes, gsize size, guint8 blank)
{
  for (gsize i = 0; i < size; i++) {
    if (bytes[i] != blank)
      return FALSE;
  }
  return TRUE;
}

/* Flash that is half erased reads as anything: not what it was, and not blank either. The same time
 * gives the same bytes. */
static void
half_erase (Piece *piece, guint8 blank, guint64 done_us)
{
  if (is_blank (piece->after, piece->length, blank))
    jmp_virtual_content_noise (
        piece->before, piece->length, piece->address ^ (guint32)(done_us + 1) ^ 0x5EC70000);
}

/* Flash is programmed from the front; the unit that the power failed in has some of its bits only. */
static void
half_program (Piece *piece, guint unit, guint8 blank, guint64 done_us)
{
  gsize length = piece->length;
  gsize done = (gsize)(done_us * length / piece->us) / unit * unit;
  g_autofree guint8 *noise = g_malloc (unit);

  memcpy (piece->before, piece->after, MIN (done, length));
  jmp_virtual_content_noise (noise, unit, piece->address ^ (guint32)(done_us + 1));
  for (gsize i = done; i < length && i < done + unit; i++) {
    if (blank == 0xFF)
      piece->before[i] &= piece->after[i] | noise[i - done];
    else
      piece->before[i] |= piece->after[i] & noise[i - done];
  }
}

/* Turns what was before into what is left. The chip erases option bytes before it writes them. */
static void
interrupt_piece (Piece *piece, JmpVirtualMemory *memory, guint64 done_us)
{
  guint8 blank = jmp_virtual_memory_blank_byte (memory);

  if (jmp_virtual_memory_kind (memory, piece->alt) == JMP_VIRTUAL_OPTION_BYTES)
    memset (piece->before, blank, piece->length);
  else if (piece->change == JMP_VIRTUAL_ERASES)
    half_erase (piece, blank, done_us);
  else
    half_program (piece, jmp_virtual_memory_program_unit (memory), blank, done_us);
}

static void
put_back (Piece *piece, JmpVirtualMemory *memory, const guint8 *bytes)
{
  if (bytes != NULL)
    jmp_virtual_memory_poke (memory, piece->alt, piece->address, bytes, piece->length);
}

void
jmp_virtual_undo_interrupt (JmpVirtualUndo *self, JmpVirtualMemory *memory, guint64 done_us)
{
  guint n_pieces = self->pieces != NULL ? self->pieces->len : 0;

  for (guint i = n_pieces; i > 0; i--) {
    Piece *piece = &g_array_index (self->pieces, Piece, i - 1);

    put_back (piece, memory, piece->before);
  }
  for (guint i = 0; i < n_pieces && done_us > 0; i++) {
    Piece *piece = &g_array_index (self->pieces, Piece, i);

    if (done_us < piece->us && piece->before != NULL) {
      interrupt_piece (piece, memory, done_us);
      put_back (piece, memory, piece->before);
      break;
    }
    put_back (piece, memory, piece->after);
    done_us -= MIN (done_us, piece->us);
  }
  jmp_virtual_undo_clear (self);
}
