/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Putting a layout together: what layout.c and layout-parse.c share. Any thread. */

#pragma once

#include "dfu/layout.h"

G_BEGIN_DECLS

#define JMP_LAYOUT_FOUR_GIB (G_GUINT64_CONSTANT (1) << 32)

/**
 * JmpLayoutBuilder:
 * @runs: (element-type JmpSectorRun): what there is so far
 * @n_sectors: how many sectors they have
 * @mask: what may be done with any of them at most
 */
typedef struct {
  GArray *runs;
  guint64 n_sectors;
  JmpAccess mask;
} JmpLayoutBuilder;

guint64 jmp_layout_builder_add (
    JmpLayoutBuilder *builder, guint64 address, guint64 count, guint64 size, JmpAccess access);
JmpLayout *jmp_layout_builder_end (JmpLayoutBuilder *builder,
                                   const char *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
