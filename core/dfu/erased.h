/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the erased bytes of a memory read: a property of its technology, which the table of quirks.h
 * has for each memory.
 *
 * Pure; any thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * JmpErased:
 * @JMP_ERASED_ONES: 0xFF
 * @JMP_ERASED_ZEROS: 0x00
 * @JMP_ERASED_UNKNOWN: one of these; nothing is left out because it would be there anyway
 */
typedef enum {
  JMP_ERASED_ONES,
  JMP_ERASED_ZEROS,
  JMP_ERASED_UNKNOWN,
} JmpErased;

guint8 jmp_erased_fill (JmpErased self);
gboolean jmp_erased_is_blank (JmpErased self, const guint8 *data, gsize size);
JmpErased jmp_erased_learn (JmpErased self, const guint8 *data, gsize size);

G_END_DECLS
