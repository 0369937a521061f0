/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Bytes at addresses in the order in which a file has them, before they become segments.
 *
 * For formats of many small pieces (HEX, S-record, UF2, ELF). A piece is only a place in a pool of
 * bytes; pieces that follow one another become one segment, gaps stay gaps. One thread. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

/* @address and @size: where it belongs; @offset: in the pool; @place: where in the file, for
 * messages: a line, a block. */
typedef struct {
  guint32 address;
  guint32 size;
  guint32 offset;
  guint32 place;
} JmpChunk;

/* @chunks: of JmpChunk; @unit: what @place counts ("line"); @repeats: whether the same bytes may
 * come twice. */
typedef struct {
  GArray *chunks;
  const char *unit;
  gboolean repeats;
} JmpChunks;

void jmp_chunks_init (JmpChunks *self, const char *unit, gboolean repeats);
void jmp_chunks_clear (JmpChunks *self);
gboolean jmp_chunks_add (
    JmpChunks *self, guint64 address, gsize size, gsize offset, guint32 place, GError **error);
gboolean jmp_chunks_end (
    JmpChunks *self, const guint8 *pool, guint8 alt, JmpImageBuilder *builder, GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpChunks, jmp_chunks_clear)

G_END_DECLS
