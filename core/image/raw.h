/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Raw bytes: no format at all, only an address that somebody names. Any thread. */

#pragma once

#include "image/reader.h"

G_BEGIN_DECLS

JmpImage *jmp_raw_parse (GBytes *bytes,
                         const JmpReadOptions *options,
                         GError **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes *jmp_raw_write (JmpImage *image, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
