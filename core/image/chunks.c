/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/chunks-private.h"

#include "base/error.h"

#include <string.h>

void
jmp_chunks_init (JmpChunks *self, const char *unit, gboolean repeats)
{
  self->chunks = g_array_new (FALSE, FALSE, sizeof (JmpChunk));
  self->unit = unit;
  self->repeats = repeats;
}

void
jmp_chunks_clear (JmpChunks *self)
{
  g_clear_pointer (&self->chunks, g_array_unref);
}

/* Adds @size bytes at @offset of the pool; none are passed over. */
gboolean
jmp_chunks_add (
    JmpChunks *self, guint64 address, gsize size, gsize offset, guint32 place, GError **error)
{
  JmpChunk chunk = { (guint32)address, (guint32)size, (guint32)offset, place };

  if (size == 0)
    return TRUE;
  if (address > G_MAXUINT32 || size > (guint64)G_MAXUINT32 + 1 - address
      || offset > G_MAXUINT32 - size) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_INVALID_FILE,
                 "%s %u: %zu bytes at 0x%08" G_GINT64_MODIFIER "X pass 4 GiB",
                 self->unit,
                 place,
                 size,
                 address);
    return FALSE;
  }
  g_array_append_val (self->chunks, chunk);
  return TRUE;
}

static int
compare_chunks (gconstpointer a, gconstpointer b)
{
  const JmpChunk *ca = a;
  const JmpChunk *cb = b;

  if (ca->address != cb->address)
    return ca->address < cb->address ? -1 : 1;
  return ca->place < cb->place ? -1 : ca->place > cb->place;
}

/* Files have their pieces in order; sorting takes memory that they then do not need. */
static void
sort_chunks (GArray *chunks)
{
  for (guint i = 1; i < chunks->len; i++) {
    if (compare_chunks (&g_array_index (chunks, JmpChunk, i - 1),
                        &g_array_index (chunks, JmpChunk, i))
        > 0) {
      g_array_sort (chunks, compare_chunks);
      return;
    }
  }
}

static guint64
chunk_end (const JmpChunk *chunk)
{
  return (guint64)chunk->address + chunk->size;
}

static gboolean
is_repeat (const JmpChunks *self, const JmpChunk *a, const JmpChunk *b, const guint8 *pool)
{
  return self->repeats && a->address == b->address && a->size == b->size
         && memcmp (pool + a->offset, pool + b->offset, a->size) == 0;
}

/* Appends the chunks from @first on that follow one another; returns the first that does not. */
static gboolean
join_chunks (JmpChunks *self, guint *first, const guint8 *pool, GByteArray *bytes, GError **error)
{
  const JmpChunk *chunk = &g_array_index (self->chunks, JmpChunk, *first);
  guint next = *first + 1;

  g_byte_array_append (bytes, pool + chunk->offset, chunk->size);
  for (; next < self->chunks->len; next++) {
    const JmpChunk *other = &g_array_index (self->chunks, JmpChunk, next);

    if (other->address > chunk_end (chunk))
      break;
    if (is_repeat (self, chunk, other, pool))
      continue;
    if (other->address < chunk_end (chunk)) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "%s %u and %s %u both have bytes for 0x%08X",
                   self->unit,
                   MIN (chunk->place, other->place),
                   self->unit,
                   MAX (chunk->place, other->place),
                   other->address);
      return FALSE;
    }
    g_byte_array_append (bytes, pool + other->offset, other->size);
    chunk = other;
  }
  *first = next;
  return TRUE;
}

/* Gives the builder one segment for each run of chunks. @pool is where their offsets count from. */
gboolean
jmp_chunks_end (
    JmpChunks *self, const guint8 *pool, guint8 alt, JmpImageBuilder *builder, GError **error)
{
  sort_chunks (self->chunks);
  for (guint i = 0; i < self->chunks->len;) {
    guint32 address = g_array_index (self->chunks, JmpChunk, i).address;
    GByteArray *joined = g_byte_array_new ();
    gboolean ok = join_chunks (self, &i, pool, joined, error);
    g_autoptr (GBytes) bytes = g_byte_array_free_to_bytes (joined);

    if (!ok || !jmp_image_builder_add (builder, alt, address, bytes, error))
      return FALSE;
  }
  return TRUE;
}
