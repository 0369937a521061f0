/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The DfuSe file format (UM0391, "DFU file format"): reader and writer. Any thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

gboolean jmp_dfuse_file_probe (GBytes *bytes);
JmpImage *jmp_dfuse_file_parse (GBytes *bytes,
                                const JmpReadOptions *options,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_dfuse_file_write (JmpImage *image, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
