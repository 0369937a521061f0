/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Where a block goes: addresses and block numbers, and which state a transfer needs.
 *
 * Moves one block or erases one sector at a time. Keeps to few transfers: blocks that follow each
 * other go by number, and the address is set again only where that is not safe. Private to this room;
 * one thread. */

#pragma once

#include "dfu/dfuse.h"

G_BEGIN_DECLS

typedef enum {
  JMP_BLOCKS_IDLE,
  JMP_BLOCKS_DOWNLOAD,
  JMP_BLOCKS_UPLOAD,
} JmpBlocksMode;

/**
 * JmpBlocks:
 * @dfu: (not owned): the interface
 * @info: (not owned): of it
 * @layout: (not owned): of the alt setting that is selected
 * @erased: what its erased bytes read, as far as that is known, or was seen
 * @cancellable: (nullable) (not owned): for every transfer
 * @mode: which transfers the device takes as it is
 * @streaming: whether the device takes @next as block @number
 * @next: address behind the last block
 * @number: its block number
 * @plain: whether the board has no addresses: a file goes to it in blocks from 0 on
 * @unfinished: of a plain board: whether it has a part of a file, or all of it without the end
 * @ending: of a plain board: whether it may be making a file its program
 * @touched: whether anything was erased or written, or may have been
 * @block: a block's bytes
 */
typedef struct {
  JmpDfu *dfu;
  JmpDfuInfo *info;
  JmpLayout *layout;
  JmpErased erased;
  GCancellable *cancellable;
  JmpBlocksMode mode;
  gboolean streaming;
  guint64 next;
  guint number;
  gboolean plain;
  gboolean unfinished;
  gboolean ending;
  gboolean touched;
  guint8 *block;
} JmpBlocks;

void jmp_blocks_init (JmpBlocks *self, JmpDfu *dfu, GCancellable *cancellable);
void jmp_blocks_clear (JmpBlocks *self);
gboolean jmp_blocks_select (JmpBlocks *self, guint8 alt, GError **error);
gboolean jmp_blocks_erase (JmpBlocks *self, guint32 address, guint32 size, GError **error);
gboolean jmp_blocks_write (
    JmpBlocks *self, guint32 address, const guint8 *data, guint16 length, GError **error);
const guint8 *jmp_blocks_read (JmpBlocks *self, guint32 address, guint16 length, GError **error);
gboolean jmp_blocks_leave (JmpBlocks *self, guint32 address, GError **error);
gboolean jmp_blocks_recover (JmpBlocks *self);
gboolean jmp_blocks_settle (JmpBlocks *self, GError **error);

/* blocks-plain.c: for boards without addresses. A file is begun from dfuIDLE, and @number counts. */
gboolean jmp_blocks_plain_begin (JmpBlocks *self, GError **error);
gboolean jmp_blocks_plain_write (JmpBlocks *self,
                                 const guint8 *data,
                                 guint16 length,
                                 GError **error);
gssize jmp_blocks_plain_read (JmpBlocks *self, GError **error);
gboolean jmp_blocks_plain_end (JmpBlocks *self, gboolean *left, GError **error);
gboolean jmp_blocks_plain_start (JmpBlocks *self, gboolean *left, GError **error);

/* Whether an erase or a write that failed after @transfers may have changed something. */
gboolean jmp_blocks_may_have_changed (guint64 transfers, const GError *failure);

G_END_DECLS
