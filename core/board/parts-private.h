/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of a table of parts, for parts.c and parts-parse.c alone. */

#pragma once

#include "board/parts.h"

G_BEGIN_DECLS

/* Parts with the same memories share one. @ram: of JmpRam. */
typedef struct {
  char *series;
  guint8 cpu_arch;
  gboolean has_fpu;
  JmpLayout *layout;
  GArray *ram;
} JmpPartShape;

/* @shapes: of JmpPartShape; @parts: of JmpPart, by name. */
struct _JmpParts {
  GArray *shapes;
  GArray *parts;
};

JmpParts *jmp_parts_new_empty (void) G_GNUC_WARN_UNUSED_RESULT;
void jmp_parts_add (JmpParts *self, const char *name, guint shape);
void jmp_parts_sort (JmpParts *self);

G_END_DECLS
