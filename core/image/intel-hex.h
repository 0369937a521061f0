/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Intel HEX (Intel, "Hexadecimal Object File Format Specification", revision A): reader. Any
 * thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

gboolean jmp_intel_hex_probe (GBytes *bytes);
JmpImage *jmp_intel_hex_parse (GBytes *bytes,
                               const JmpReadOptions *options,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
