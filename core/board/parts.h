/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The chips that DfuSe boards have: memories and core, by ordering code.
 *
 * An immutable, ref-counted value. The one that is compiled in is data/parts.json, which
 * tools/make-parts makes. A device does not say which part it is; a person does, or a board's entry
 * in the catalogue. Any thread. */

#pragma once

#include "dfu/layout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define JMP_PARTS_SCHEMA   1
#define JMP_PARTS_MAX_SIZE (4u * 1024 * 1024)

/**
 * JmpRam:
 * @address: its first byte
 * @size: its bytes, at least 1; it ends at or below 4 GiB
 */
typedef struct {
  guint32 address;
  guint32 size;
} JmpRam;

/**
 * JmpPart:
 * @name: ordering code without package and temperature ("STM32F103C8")
 * @series: what its maker calls the series ("STM32F1")
 * @cpu_arch: Tag_CPU_arch of its core (image/image.h), or 0 when it is no ARM core
 * @has_fpu: whether it has an FPU
 * @layout: its main flash
 * @ram: (array length=n_ram): its RAM by address; contiguous RAM is one
 * @n_ram: how many
 *
 * A part lives as long as its table.
 */
typedef struct {
  char *name;
  const char *series;
  guint8 cpu_arch;
  gboolean has_fpu;
  JmpLayout *layout;
  const JmpRam *ram;
  guint n_ram;
} JmpPart;

typedef struct _JmpParts JmpParts;

JmpParts *jmp_parts_parse (GBytes *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpParts *jmp_parts_new_built_in (GError **error) G_GNUC_WARN_UNUSED_RESULT;
JmpParts *jmp_parts_ref (JmpParts *self);
void jmp_parts_unref (JmpParts *self);
guint jmp_parts_get_n (JmpParts *self);
const JmpPart *jmp_parts_get (JmpParts *self, guint index);
const JmpPart *jmp_parts_lookup (JmpParts *self, const char *code, GError **error);
gboolean jmp_part_is_same_line (const JmpPart *self, const JmpPart *other);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpParts, jmp_parts_unref)

G_END_DECLS
