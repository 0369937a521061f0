/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Which alt setting of a plain DFU board a file is for, where the file itself names none.
 *
 * Such a boot loader has an alt setting for each place that a program can begin at (STM32duino: 1 for
 * 0x08005000, 2 for 0x08002000). For callers who have no --alt to ask for. Pure; any thread. */

#pragma once

#include "dfu/info.h"
#include "image/image.h"

G_BEGIN_DECLS

JmpImage *jmp_aim (JmpImage *image, JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
GArray *jmp_aim_list (JmpImage *image, JmpDfuInfo *info) G_GNUC_WARN_UNUSED_RESULT;
JmpImage *jmp_aim_at (JmpImage *image, guint8 alt) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
