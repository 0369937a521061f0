/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a file brings into a part of the memory, as hex and text. Pure: knows no toolkit. Any thread. */

#pragma once

#include "map/map-span.h"

G_BEGIN_DECLS

/**
 * JmpMapContents:
 * @size: how many bytes the file has for the part; 0 for none
 * @crc: their CRC-32 (IEEE 802.3), in the order of their addresses
 * @dump: the first of them, a line for every eight: address, hex, text
 *
 * Release with jmp_map_contents_clear().
 */
typedef struct {
  gsize size;
  guint32 crc;
  char *dump;
} JmpMapContents;

JmpMapContents jmp_map_contents_of (JmpPlan *plan, const JmpMapSpan *span);
void jmp_map_contents_clear (JmpMapContents *self);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JmpMapContents, jmp_map_contents_clear)

G_END_DECLS
