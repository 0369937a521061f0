/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What the readers share among themselves. */

#pragma once

#include "image/dfu-suffix.h"

G_BEGIN_DECLS

gboolean jmp_dfu_suffix_apply (const JmpDfuSuffix *suffix,
                               GBytes *bytes,
                               const JmpReadOptions *options,
                               JmpImageBuilder *builder,
                               GError **error);

G_END_DECLS
