/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The inside of the ELF reader: elf.c has segments and sections, elf-attributes.c what the compiler
 * notes about the processor. */

#pragma once

#include "image/image.h"

G_BEGIN_DECLS

void jmp_elf_read_attributes (const guint8 *data, gsize size, JmpImageHints *hints);

G_END_DECLS
