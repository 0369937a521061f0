/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* ELF programs (System V ABI; ELF for the Arm Architecture), 32 bits, little-endian, for ARM: reader.
 * Any thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

gboolean jmp_elf_probe (GBytes *bytes);
JmpImage *jmp_elf_parse (GBytes *bytes,
                         const JmpReadOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
