/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* UF2 files (Microsoft, "USB Flashing Format"): reader, and the families that are STM32. Any
 * thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

gboolean jmp_uf2_probe (GBytes *bytes);
JmpImage *jmp_uf2_parse (GBytes *bytes,
                         const JmpReadOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *jmp_uf2_family_to_string (guint32 family);
gboolean jmp_uf2_family_from_string (const char *name, guint32 *family);

G_END_DECLS
