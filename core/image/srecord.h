/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Motorola S-records (Motorola, "S-record format", as in srec(5)): reader. Any
 * thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

gboolean jmp_srecord_probe (GBytes *bytes);
JmpImage *jmp_srecord_parse (GBytes *bytes,
                             const JmpReadOptions *options,
                             GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
